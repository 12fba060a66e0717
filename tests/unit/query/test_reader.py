"""A question over a country that nobody named cannot be written."""

import inspect
import re

import pytest

from gtms.warehouse import reader

QUESTIONS = [
    method
    for name, method in inspect.getmembers(reader.Reader, inspect.iscoroutinefunction)
    if not name.startswith("_") and name != "ping"
]
STATEMENTS = [
    value
    for name, value in vars(reader).items()
    if isinstance(value, str) and value.lstrip().startswith("SELECT")
]


@pytest.mark.parametrize("method", QUESTIONS, ids=lambda method: method.__name__)
def test_country_comes_first_and_has_no_default(method):
    _, country, *_ = inspect.signature(method).parameters.values()
    assert country.name == "country"
    assert country.annotation is str
    assert country.default is inspect.Parameter.empty


@pytest.mark.parametrize("statement", STATEMENTS)
def test_every_statement_begins_with_the_country(statement):
    assert re.search(r"\nWHERE country = %\(country\)s( AND |\n)", statement)
    assert statement.count("\nFROM ") == statement.count("WHERE ") == 1


def test_there_are_questions_and_statements():
    assert len(QUESTIONS) == len(STATEMENTS) == 5
