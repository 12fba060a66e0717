"""Chains of audit entries: what is done to them is seen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from gtms.privacy.audit import NOTHING, Entry, Head, Link, link, stated_purpose, verify

AT = datetime(2026, 9, 30, 12, tzinfo=UTC)


def chain(name: str, length: int) -> list[Link]:
    links: list[Link] = []
    previous = NOTHING
    for number in range(length):
        said = Entry(
            AT + timedelta(seconds=number),
            "dev-KEN",
            ("ministry",),
            "KEN",
            "QueryCells",
            counts={"cells": number},
        )
        links.append(link(name, number + 1, previous, said))
        previous = links[-1].hash
    return links


def test_a_chain_as_it_was_written_is_whole():
    links = [*chain("a", 5), *chain("b", 3)]
    assert list(verify(links, [links[2].head, links[7].head])) == []


TAMPERED: dict[str, tuple[Callable[[list[Link]], list[Link]], str]] = {
    "changed": (
        lambda it: [*it[:2], replace(it[2], entry=replace(it[2].entry, who="nobody")), *it[3:]],
        "was changed after it was written",
    ),
    "a count changed": (
        lambda it: [*it[:2], replace(it[2], entry=replace(it[2].entry, counts={})), *it[3:]],
        "was changed after it was written",
    ),
    "removed": (lambda it: [*it[:2], *it[3:]], "entries up to 3 are missing"),
    "the beginning removed": (lambda it: it[2:], "entries up to 2 are missing"),
    "reordered": (
        lambda it: [
            *it[:1],
            replace(it[2], sequence=2),
            replace(it[1], sequence=3),
            *it[3:],
        ],
        "does not follow the entry before it",
    ),
    "forged with a right hash": (
        lambda it: [*it[:2], link("a", 3, it[1].hash, replace(it[2].entry, who="x")), *it[3:]],
        "does not follow the entry before it",
    ),
    "doubled": (
        lambda it: [*it[:3], link("a", 3, it[1].hash, replace(it[2].entry, who="x")), *it[3:]],
        "another entry has the same number",
    ),
    "inserted": (
        lambda it: [*it[:3], link("a", 4, it[2].hash, it[2].entry), *it[3:]],
        "another entry has the same number",
    ),
    "the end removed": (lambda it: it[:3], "the end is missing; it had 5 entries"),
    "all removed": (lambda _: [], "the whole chain is missing; it had 5 entries or more"),
    "all written anew": (
        lambda _: [replace(each, chain="a") for each in _other()],
        "is not the entry that was seen here before",
    ),
}


def _other() -> list[Link]:
    previous, links = NOTHING, []
    for number in range(5):
        links.append(link("a", number + 1, previous, Entry(AT, "x", (), "", "nothing happened")))
        previous = links[-1].hash
    return links


@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_is_seen(how: str) -> None:
    tamper, said = TAMPERED[how]
    links = chain("a", 5)
    found = list(verify(tamper(links), [links[4].head]))
    assert said in {one.what for one in found}
    assert {one.chain for one in found} == {"a"}


def test_two_heads_of_one_place_are_a_break():
    links = chain("a", 2)
    assert list(verify(links, [links[0].head, Head("a", 1, "f" * 64)]))


def test_a_purpose_is_one_short_line_without_anything_like_a_pseudonym():
    said = stated_purpose("look at\n0123456789abcdef0123456789abcdef " + "x" * 500)
    assert said.startswith("look at [withheld] x")
    assert len(said) == 120
