"""A delimited file as it was found: what encoding, which separator, and its rows one at a time.

Nothing here knows what the columns mean. A file of any length is read in bounded memory: the one
pass of `inspect` keeps 1 MiB, and rows are handed out as they are read.
"""

import codecs
import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

SEPARATORS = (",", ";", "\t")
MAX_LINE = 1 << 20
_BLOCK = 1 << 20
_NOT_TEXT = {
    b"PK\x03\x04": "a ZIP archive or an Excel workbook",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
}
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_NOT_IN_WINDOWS_1252 = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
_NAMES = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252 (Latin-1)", "latin-1": "Latin-1"}


class FileTrouble(Exception):
    """The file cannot be imported at all: one line that says why and what to do."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that can be read as text. `sha256` (hex) and `size` are of the bytes on disk."""

    path: Path
    sha256: str
    size: int
    encoding: str

    @property
    def encoding_note(self) -> str:
        """What to tell the person about the encoding; empty when it is UTF-8."""
        if self.encoding in ("utf-8", "utf-8-sig"):
            return ""
        name = _NAMES.get(self.encoding, self.encoding.upper())
        return f"not UTF-8: read as {name}; check names, or say --encoding"


@dataclass(frozen=True, slots=True)
class Layout:
    """The separator and the first line of a file, names stripped of space around them."""

    separator: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `number` counts as a spreadsheet does: the header is 1, the first record 2.

    `broken` says why the row cannot be read; its cells are then empty. `position` is how many bytes
    of the file have been read.
    """

    number: int
    cells: tuple[str, ...]
    position: int
    broken: str = ""


def inspect(path: Path, encoding: str | None = None) -> SourceFile:
    """Read the file once: its digest, its size, and its encoding unless that is said.

    Raises:
        FileTrouble: no such file, not a plain file, empty, packed, or not text.
    """
    if not path.is_file():
        raise FileTrouble(f"{path}: no such file" if not path.exists() else f"{path}: not a file")
    try:
        with path.open("rb") as file:
            return _inspect(path, iter(lambda: file.read(_BLOCK), b""), encoding)
    except OSError as error:
        raise FileTrouble(f"{path}: {error.strerror}") from None


def _inspect(path: Path, blocks: Iterable[bytes], encoding: str | None) -> SourceFile:
    digest, size, marked = hashlib.sha256(), 0, None
    decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
    windows = True
    for block in blocks:
        if not size:
            _refuse_packed(path, block)
            marked = next(
                (e for bom, e in _BYTE_ORDER_MARKS.items() if block.startswith(bom)), None
            )
        if b"\0" in block and marked != "utf-16" and encoding is None:
            raise FileTrouble(f"{path}: not a text file; save it as CSV in UTF-8")
        digest.update(block)
        size += len(block)
        decoder = _still_utf8(decoder, block)
        windows = windows and not any(byte in block for byte in _NOT_IN_WINDOWS_1252)
    if not size:
        raise FileTrouble(f"{path}: the file is empty")
    utf8 = _still_utf8(decoder, b"", final=True) is not None
    guessed = marked or ("utf-8" if utf8 else "cp1252" if windows else "latin-1")
    return SourceFile(path, digest.hexdigest(), size, _known(encoding) if encoding else guessed)


def _refuse_packed(path: Path, block: bytes) -> None:
    for magic, what in _NOT_TEXT.items():
        if block.startswith(magic):
            raise FileTrouble(f"{path}: {what}, not CSV; unpack it or save it as CSV first")


def _still_utf8(
    decoder: codecs.IncrementalDecoder | None, block: bytes, final: bool = False
) -> codecs.IncrementalDecoder | None:
    """The decoder, or None from the first byte that is not UTF-8."""
    if decoder is not None:
        try:
            decoder.decode(block, final)
        except UnicodeDecodeError:
            return None
    return decoder


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise FileTrouble(f"no such encoding: {encoding}") from None


def read_layout(source: SourceFile, known: Callable[[str], bool]) -> Layout:
    """The header under the separator that gives the most names for which `known` is true.

    Raises:
        FileTrouble: the first line cannot be read, or no name in it is known.
    """
    with _open(source) as file:
        first = _decoded(source, lambda: file.readline(MAX_LINE))
    best: tuple[int, int, Layout] | None = None
    for separator in SEPARATORS:
        try:
            names = next(csv.reader([first], delimiter=separator))
        except (csv.Error, StopIteration):
            continue
        layout = Layout(separator, tuple(name.strip() for name in names))
        rank = (sum(known(name) for name in layout.names), len(names))
        if best is None or rank > best[:2]:
            best = (*rank, layout)
    if best is None or best[0] == 0:
        raise FileTrouble(
            f"{source.path}: no column name is known in the first line; it must be the header"
        )
    return best[2]


def rows(source: SourceFile, layout: Layout, after: int = 1) -> Iterator[Row]:
    """The rows below the header whose number is greater than `after`, one at a time.

    Rows without any content are passed over but counted. A row that cannot be split into as many
    cells as the header has names comes with `broken` set, and reading goes on behind it.

    Raises:
        FileTrouble: the bytes are not what the encoding says, or a line has no end.
    """
    with _open(source) as file:
        reader = csv.reader(_lines(source, file), delimiter=layout.separator, strict=True)
        for number, cells in enumerate(_split(reader), start=1):
            if number > max(after, 1) and (isinstance(cells, str) or any(cells)):
                yield _row(number, cells, file.buffer.tell(), len(layout.names))


def _split(reader: Iterator[list[str]]) -> Iterator[list[str] | str]:
    """The cells of each row, or why a row cannot be split into cells."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"cannot be split into cells: {error}"


def _row(number: int, cells: list[str] | str, position: int, width: int) -> Row:
    if isinstance(cells, str):
        return Row(number, (), position, cells)
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if len(cells) != width:
        why = f"has {len(cells)} cells where the header has {width}"
        return Row(number, (), position, why)
    return Row(number, tuple(cells), position)


def _open(source: SourceFile) -> TextIO:
    return source.path.open(encoding=source.encoding, newline="")


def _lines(source: SourceFile, file: TextIO) -> Iterator[str]:
    while line := _decoded(source, lambda: file.readline(MAX_LINE)):
        if len(line) == MAX_LINE and not line.endswith(("\n", "\r")):
            raise FileTrouble(f"{source.path}: a line is longer than {MAX_LINE} characters")
        yield line


def _decoded(source: SourceFile, read: Callable[[], str]) -> str:
    try:
        return read()
    except UnicodeError:
        raise FileTrouble(
            f"{source.path}: is not {source.encoding} text; say what it is with --encoding"
        ) from None
