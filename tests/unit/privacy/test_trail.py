"""The files of the audit: what is written is on the disk, and a disk that fails is told."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gtms.events.failures import Unavailable
from gtms.privacy import trail as module
from gtms.privacy.audit import Entry, Head, Link, verify
from gtms.privacy.trail import Trail, from_line, to_line
from gtms.trouble import Trouble

PATIENCE_S = 30.0


def entry(what: str = "QueryCells") -> Entry:
    return Entry(
        datetime(2026, 9, 30, 12, 0, 0, 123_000, tzinfo=UTC),
        "é'\"",
        ("auditor", "ministry"),
        "KEN",
        what,
        "annual report",
        {"cells": 3},
        heads=(Head("other", 7, "ab"),),
    )


def written(folder: Path) -> list[Link]:
    lines = [line for file in folder.glob("*.jsonl") for line in file.read_bytes().splitlines()]
    return sorted(map(from_line, lines), key=lambda one: (one.chain, one.sequence))


@pytest.fixture
def trail(tmp_path: Path) -> Iterator[Trail]:
    opened = Trail(tmp_path, "test")
    yield opened
    opened.close()


def test_what_was_waited_for_is_on_the_disk(trail: Trail, tmp_path: Path) -> None:
    trail.write(entry()).result(PATIENCE_S)
    [one] = written(tmp_path)
    assert one.entry == entry()
    assert from_line(to_line(one)) == one


def test_many_entries_make_one_chain_over_several_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LONGEST_FILE_BYTES", 2_000)
    trail = Trail(tmp_path, "test")
    for number in range(40):
        trail.write(entry(f"call {number}")).result(PATIENCE_S)
    trail.close()
    assert len(list(tmp_path.glob("*.jsonl"))) > 1
    links = written(tmp_path)
    assert [one.entry.what for one in links] == [f"call {number}" for number in range(40)]
    assert list(verify(links, [])) == []


def test_a_folder_that_cannot_be_written_is_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Trouble, match="the audit cannot be written"):
        Trail(tmp_path / "file" / "audit", "test")


def test_a_full_disk_refuses_who_waits_and_loses_nothing(
    trail: Trail, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk takes half a line and then nothing; later it takes all of it."""
    full = True
    sync = os.fsync

    def fsync(descriptor: int) -> None:
        if full:
            raise OSError(28, "No space left on device")
        sync(descriptor)

    monkeypatch.setattr(module.os, "fsync", fsync)
    monkeypatch.setattr(module, "MOST_WAITING", 3)
    trail.note(entry("first"))
    with pytest.raises(Unavailable):
        trail.write(entry("second")).result(PATIENCE_S)
    trail.note(entry("third"))
    trail.note(entry("fourth"))
    while True:
        try:
            trail.require_room()
        except Unavailable:
            break
    full = False
    trail.write(entry("fifth")).result(PATIENCE_S)
    links = written(tmp_path)
    assert [one.entry.what for one in links] == ["first", "second", "third", "fourth", "fifth"]
    assert list(verify(links, [])) == []
