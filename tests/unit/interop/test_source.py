"""What a file is found to be, and its rows."""

import codecs

import pytest

from gtms.interop import source
from gtms.interop.source import FileTrouble, Layout, inspect, read_layout, rows

HEADER = "facility_id,name,valid_from"


def known(name):
    return name in {"facility_id", "name", "valid_from"}


def made(tmp_path, content, name="file.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def cells_of(path, **options):
    found = inspect(path, **options)
    layout = read_layout(found, known)
    return [row.cells for row in rows(found, layout)]


@pytest.mark.parametrize(
    ("content", "encoding", "note"),
    [
        ("F,É\n".encode(), "utf-8", ""),
        (codecs.BOM_UTF8 + "F,É\n".encode(), "utf-8-sig", ""),
        ("F,É\n".encode("utf-16"), "utf-16", "UTF-16"),
        ("F,Éa€\n".encode("cp1252"), "cp1252", "Windows-1252"),
        ("F,Éa\x81\n".encode("latin-1"), "latin-1", "Latin-1"),
    ],
)
def test_the_encoding_is_found_and_said(tmp_path, content, encoding, note):
    found = inspect(made(tmp_path, content))
    assert found.encoding == encoding
    assert note in found.encoding_note
    assert bool(note) == bool(found.encoding_note)


def test_a_character_split_between_two_blocks_is_still_utf8(tmp_path, monkeypatch):
    monkeypatch.setattr(source, "_BLOCK", 3)
    assert inspect(made(tmp_path, "abÉcd\n")).encoding == "utf-8"


def test_a_file_cut_in_the_middle_of_a_character_is_not_utf8(tmp_path):
    assert inspect(made(tmp_path, "abcÉ".encode()[:-1])).encoding == "cp1252"


def test_latin_1_and_semicolons_and_a_byte_order_mark_are_read_right(tmp_path):
    text = "facility_id;name;valid_from\nF-1;Clínica São José;2020-01-01\n"
    assert cells_of(made(tmp_path, text.encode("latin-1"))) == [
        ("F-1", "Clínica São José", "2020-01-01")
    ]
    assert cells_of(made(tmp_path, codecs.BOM_UTF8 + text.encode()))[0][1] == "Clínica São José"
    assert cells_of(made(tmp_path, text.encode("utf-16")))[0][1] == "Clínica São José"


def test_a_said_encoding_is_believed(tmp_path):
    path = made(tmp_path, f"{HEADER}\nF,Клиника,2020-01-01\n".encode("cp1251"))
    assert cells_of(path, encoding="cp1251")[0][1] == "Клиника"
    with pytest.raises(FileTrouble, match="no such encoding"):
        inspect(path, "klingon")
    with pytest.raises(FileTrouble, match="is not utf-8 text"):
        cells_of(path, encoding="utf-8")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_the_one_that_makes_column_names(tmp_path, separator):
    header = separator.join(("facility_id", '"a,b;c\td"', "valid_from"))
    found = inspect(made(tmp_path, header + "\n"))
    assert read_layout(found, known) == Layout(separator, ("facility_id", "a,b;c\td", "valid_from"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04\x14\x00rest", "ZIP archive or an Excel workbook"),
        (b"\x1f\x8b\x08\x00rest", "gzip"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"facility_id\0,name\n", "not a text file"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(tmp_path, content, why):
    with pytest.raises(FileTrouble, match=why):
        inspect(made(tmp_path, content))


def test_no_file_and_no_plain_file_are_refused(tmp_path):
    with pytest.raises(FileTrouble, match="no such file"):
        inspect(tmp_path / "absent.csv")
    with pytest.raises(FileTrouble, match="not a file"):
        inspect(tmp_path)


def test_a_file_without_header_is_refused_without_showing_what_is_in_it(tmp_path):
    with pytest.raises(FileTrouble, match="must be the header") as refusal:
        read_layout(inspect(made(tmp_path, "secret,words\n")), known)
    assert "secret" not in str(refusal.value)


def test_rows_are_numbered_as_in_a_spreadsheet_and_blank_ones_passed_over(tmp_path):
    path = made(tmp_path, f"{HEADER}\nA,a,1\n\n,,\nB,b,2,,\n")
    found = inspect(path)
    layout = read_layout(found, known)
    read = list(rows(found, layout))
    assert [(row.number, row.cells) for row in read] == [
        (2, ("A", "a", "1")),
        (5, ("B", "b", "2")),
    ]
    assert read[-1].position == found.size
    assert [row.number for row in rows(found, layout, after=2)] == [5]


def test_a_bad_row_is_said_and_its_neighbours_are_read(tmp_path):
    path = made(tmp_path, f'{HEADER}\nA,a,1\nB,b\n"C"x,c,3\nD,"d\nd",4\nE,e,5,6\n')
    found = inspect(path)
    read = list(rows(found, read_layout(found, known)))
    assert [(row.number, bool(row.broken)) for row in read] == [
        (2, False),
        (3, True),
        (4, True),
        (5, False),
        (6, True),
    ]
    assert read[1].broken == "has 2 cells where the header has 3"
    assert read[3].cells == ("D", "d\nd", "4")


def test_a_line_without_end_does_not_fill_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(source, "MAX_LINE", 100)
    found = inspect(made(tmp_path, f"{HEADER}\n{'x' * 500}"))
    with pytest.raises(FileTrouble, match="longer than 100"):
        list(rows(found, read_layout(found, known)))


def test_a_cell_that_swallows_the_file_is_one_bad_row(tmp_path):
    path = made(tmp_path, f'{HEADER}\nA,"a,1\n' + "B,b,2\n" * 30_000)
    found = inspect(path)
    read = list(rows(found, read_layout(found, known)))
    assert read[0].broken.startswith("cannot be split into cells: field larger")
    assert read[-1].cells == ("B", "b", "2")
