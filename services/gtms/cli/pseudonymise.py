"""`gtms pseudonymise`: pseudonyms in place of identities, on the national system's own machine.

It reads nothing but its input and the key file, and connects to nothing.
"""

import csv
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from gtms.privacy import conformance, keys
from gtms.privacy.identities import PARTS, Identity, Unreadable
from gtms.privacy.pseudonym_rows import Maker, Table, decoded, mapping, pseudonymised
from gtms.privacy.pseudonyms import FORMS, LINKAGE_KEY, Subject
from gtms.trouble import Trouble

app = typer.Typer(
    no_args_is_help=True,
    help="Make pseudonyms of people's identities, in the country: identities go no further.",
)
said = Console(stderr=True, highlight=False, soft_wrap=True)

KeyFile = Annotated[Path, typer.Option("--key", help="Key file; only its owner may read it.")]
Form = Annotated[str, typer.Option("--algo", help=f"One of: {', '.join(FORMS)}.")]
Names = Annotated[
    list[str],
    typer.Option("--column", help="What the file calls a part: family_name=surname. Repeatable."),
]
Drop = Annotated[list[str], typer.Option("--drop", help="A further column to remove. Repeatable.")]
Delimiter = Annotated[str, typer.Option(help="Between the cells of a row.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="File to write, whole or not at all.")
]
Input = Annotated[Path | None, typer.Argument(help="CSV file with a header; standard input if -.")]


@app.command()
def keygen(
    file: Annotated[Path, typer.Argument(help="File to write; never overwritten.")],
    subject: Annotated[
        Subject, typer.Option("--for", help="People in treatment, or participants of trainings.")
    ] = Subject.CLIENT,
    number: Annotated[
        int, typer.Option(min=1, max=keys.MOST_KEYS, help="Which of the country's keys this is.")
    ] = 1,
) -> None:
    """Make a key of 32 random bytes that only its owner may read.

    Keep a copy where it is safe: without the key nobody can make the same pseudonyms again.
    """
    keys.make(file, subject, number)
    said.print(f"{file}: key {number} for pseudonyms of a {subject.value}", markup=False)


@app.command()
def rows(
    file: Input = None,
    *,
    key: KeyFile,
    algo: Form,
    column: Names = [],  # noqa: B006
    drop: Drop = [],  # noqa: B006
    delimiter: Delimiter = ",",
    output: Output = None,
) -> None:
    """CSV in, CSV out: pseudonym, level and algorithm are added, what identifies is removed.

    Columns of identities are national_id, family_name, given_name, birth_date (YYYY-MM-DD) and sex;
    only sex stays. Without a valid national number a linkage key is made of the others.
    """
    maker = _maker(key, algo)
    levels: Counter[int] = Counter()
    with _reading(file) as lines:
        table = Table(lines, _names(column), drop, delimiter)
        _write(pseudonymised(table, maker, levels), output, delimiter)
    counted = ", ".join(f"{levels[level]} of level {level}" for level in sorted(levels))
    said.print(f"{levels.total()} rows{': ' if counted else ''}{counted}", markup=False)


@app.command()
def lines(*, key: KeyFile, algo: Form, delimiter: Delimiter = "\t") -> None:
    """A pipe: an identity per line in; pseudonym, level and algorithm out, at once.

    A line is a national number; or, for slk-581, family name, given name, birth date and sex; or a
    national number and those four, in that order, a tab between them.
    """
    maker = _maker(key, algo)
    alone = PARTS[1:] if algo == LINKAGE_KEY else PARTS[:1]
    for number, line in enumerate(decoded(sys.stdin.buffer), 1):
        cells = line.rstrip("\r\n").split(delimiter)
        parts = PARTS if len(cells) == len(PARTS) else alone
        if len(cells) != len(parts):
            raise Trouble(f"line {number}: {len(cells)} parts instead of {len(parts)}")
        try:
            made = maker.of(Identity(**dict(zip(parts, cells, strict=True))))
        except Unreadable as wrong:
            place = parts.index(wrong.part) + 1
            raise Trouble(f"line {number}, part {place} ({wrong.part}): {wrong.why}") from None
        print(made.value, made.linkage_level, made.algo_id, sep=delimiter, flush=True)  # noqa: T201


@app.command()
def check(
    answers: Annotated[
        Path | None, typer.Argument(help="What a sender has made: vector,pseudonym,…; or -.")
    ] = None,
    *,
    algo: Annotated[str, typer.Option(help="An algorithm, as nid-luhn-v1 or slk-581-v1.")],
    show: Annotated[bool, typer.Option("--print", help="Print the vectors to compute.")] = False,
) -> None:
    """Conformance: print the vectors, check a sender's answers, or check this command itself.

    The key of all vectors is the bytes 00 01 02 … 1f.
    """
    algorithm = conformance.algorithm_named(algo)
    every = conformance.vectors(algorithm)
    if show:
        header = ("vector", *PARTS)
        told = [[v.number, *(getattr(v.identity, part) for part in PARTS)] for v in every]
        _write([header, *told], None, ",")
        return
    if answers is None:
        given = conformance.ours(algorithm)
    else:
        with _reading(answers) as opened:
            given = list(csv.DictReader(opened))
    wrong = conformance.differing(algorithm, given)
    if wrong:
        raise Trouble(
            f"{algorithm.algo_id}: {len(wrong)} of {len(every)} vectors are missing or differ: "
            f"{', '.join(wrong)}"
        )
    said.print(f"{algorithm.algo_id}: all {len(every)} vectors agree", markup=False)


@app.command()
def rotate(
    file: Input = None,
    *,
    old_key: Annotated[Path, typer.Option(help="The key so far.")],
    new_key: Annotated[Path, typer.Option(help="The next: keygen --number, one more.")],
    old_algo: Annotated[str, typer.Option(help="The algorithm so far.")],
    new_algo: Annotated[str, typer.Option(help="The next; the same if left out.")] = "",
    column: Names = [],  # noqa: B006
    delimiter: Delimiter = ",",
    output: Output = None,
) -> None:
    """The mapping table of an overlap: which new pseudonym stands for which old one.

    Reads the identities as `rows` does. The table is as secret as a key: it stays in the country.
    """
    old, new = _maker(old_key, old_algo), _maker(new_key, new_algo or old_algo)
    with _reading(file) as opened:
        table = Table(opened, _names(column), (), delimiter)
        _write(mapping(table, old, new), output, ",")


def _maker(key: Path, algo: str) -> Maker:
    form = algo.removesuffix("-v1")
    read = keys.read(key)
    read.algorithm(form)
    return Maker(read, form)


def _names(given: Iterable[str]) -> dict[str, str]:
    found = {}
    for each in given:
        part, equals, name = each.partition("=")
        if not equals:
            raise Trouble("--column is PART=NAME, as family_name=surname")
        found[part] = name
    return found


@contextmanager
def _reading(file: Path | None) -> Iterator[Iterator[str]]:
    if file is None or str(file) == "-":
        yield decoded(sys.stdin.buffer)
        return
    try:
        opened = file.open("rb")
    except OSError as error:
        raise Trouble(f"{file}: {error.strerror}") from None
    with opened:
        yield decoded(opened)


def _write(table: Iterable[Sequence[str]], output: Path | None, delimiter: str) -> None:
    if output is None:
        csv.writer(sys.stdout, delimiter=delimiter, lineterminator="\n").writerows(table)
        return
    unfinished = output.with_name(f"{output.name}.new")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as opened:
            csv.writer(opened, delimiter=delimiter, lineterminator="\n").writerows(table)
        unfinished.rename(output)
    except OSError as error:
        raise Trouble(f"{unfinished}: {error.strerror}") from None
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
