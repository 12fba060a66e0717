"""The `gtms` command: every noun it knows is registered here."""

import importlib
import sys
from typing import Annotated

import typer
from rich.console import Console

from gtms.trouble import Trouble

app = typer.Typer(
    name="gtms",
    help="The Global Treatment Monitoring System.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

NOUNS = {
    "stack": "stack",
    "migrate": "migrate",
    "serve": "serve",
    "process": "process",
    "submit": "submit",
    "import": "imports",
    "simulate": "simulate",
    "demo": "demo",
    "indicators": "indicators",
    "dead-letters": "dead_letters",
}


def _register() -> None:
    """Each module has an `app`: one command without a name of its own, or several with names."""
    for noun, module in NOUNS.items():
        try:
            part: typer.Typer = importlib.import_module(f"gtms.cli.{module}").app
        except ModuleNotFoundError as missing:  # while it is being built
            if missing.name != f"gtms.cli.{module}":
                raise
            continue
        commands = part.registered_commands
        if len(commands) == 1 and commands[0].name is None and part.registered_callback is None:
            commands[0].name = noun
            app.registered_commands.append(commands[0])
        else:
            app.add_typer(part, name=noun)


_register()


@app.callback(invoke_without_command=True)
def gtms(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Say the version and leave.")] = False,
) -> None:
    """The Global Treatment Monitoring System: records in, national indicators out."""
    if version:
        from importlib.metadata import version as version_of

        typer.echo(version_of("gtms"))
        raise typer.Exit


def main() -> None:
    """Run the command line; a `Trouble` becomes one line and exit code 1."""
    try:
        app()
    except Trouble as trouble:
        Console(stderr=True, highlight=False).print(f"gtms: {trouble}", markup=False)
        sys.exit(1)
