"""The `gtms` command: every noun it knows is named here and lives in a module of its own."""

import importlib
import sys
from importlib.metadata import version as version_of
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from typer.core import TyperGroup

from gtms.trouble import Trouble

if TYPE_CHECKING:
    from typer._click.core import Command, Context

NOUNS = {
    "demo": "demo",
    "stack": "stack",
    "migrate": "migrate",
    "serve": "serve",
    "process": "process",
    "pseudonymise": "pseudonymise",
    "submit": "submit",
    "import": "imports",
    "simulate": "simulate",
    "indicators": "indicators",
    "release": "release",
    "problems": "problems",
    "profile": "profile",
    "dead-letters": "dead_letters",
    "access": "access",
    "credentials": "credentials",
    "grafana": "grafana",
    "audit": "audit",
    "erase": "erase",
}

COMPLETION = {"install_completion", "show_completion"}
"""Options that typer gives to every app, and that only `gtms` itself should have."""


class Nouns(TyperGroup):
    """Imports a noun's module only when it is asked for, so that each process loads what it needs.

    A module has an `app`: of one command, which then is the noun itself, or of several verbs.
    """

    def list_commands(self, ctx: "Context") -> list[str]:
        """The nouns in the order in which a newcomer meets them."""
        return list(NOUNS)

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":
        """The noun's command, or None for a word that is no noun."""
        if cmd_name not in NOUNS:
            return None
        module = importlib.import_module(f"gtms.cli.{NOUNS[cmd_name]}")
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        command.params = [one for one in command.params if one.name not in COMPLETION]
        return command


app = typer.Typer(
    cls=Nouns,
    name="gtms",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def gtms(
    version: Annotated[bool, typer.Option("--version", help="Say the version and leave.")] = False,
) -> None:
    """The Global Treatment Monitoring System: records in, national indicators out."""
    if version:
        typer.echo(version_of("gtms"))
        raise typer.Exit


def main() -> None:
    """Run the command line; a `Trouble` becomes one line and exit code 1."""
    try:
        app()
    except Trouble as trouble:
        Console(stderr=True, highlight=False, soft_wrap=True).print(
            f"gtms: {trouble}", markup=False
        )
        sys.exit(1)
