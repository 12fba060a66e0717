"""A question over a country that nobody named cannot be written."""

import inspect
import re

import pytest

from gtms.warehouse import problems, published, reader

QUESTIONS = [
    method
    for name, method in inspect.getmembers(reader.Reader, inspect.iscoroutinefunction)
    if not name.startswith("_") and name not in ("ping", "rows", "public_rows")
]
STATEMENTS = [
    value
    for module in (reader, problems)
    for value in vars(module).values()
    if isinstance(value, str) and value.lstrip().startswith("SELECT")
]


@pytest.mark.parametrize(
    "method", [*QUESTIONS, reader.Reader.rows], ids=lambda method: method.__name__
)
def test_country_comes_first_and_has_no_default(method):
    _, country, *_ = inspect.signature(method).parameters.values()
    assert country.name == "country"
    assert country.annotation is str
    assert country.default is inspect.Parameter.empty


@pytest.mark.parametrize("statement", STATEMENTS)
def test_every_statement_begins_with_the_country(statement):
    assert re.search(r"FROM \S+( FINAL)?\n *WHERE country = %\(country\)s", statement)
    assert statement.count("FROM ") - statement.count("FROM (") == statement.count("WHERE ") == 1


@pytest.mark.parametrize("ask", [problems.problems, problems.summary, problems.keys])
def test_problems_are_of_a_country(ask):
    _, country, *_ = inspect.signature(ask).parameters.values()
    assert (country.name, country.default) == ("country", inspect.Parameter.empty)


PUBLIC = [
    value
    for value in vars(published).values()
    if isinstance(value, str) and value.lstrip().startswith("SELECT")
]


@pytest.mark.parametrize("statement", PUBLIC)
def test_what_is_asked_of_many_countries_is_published(statement):
    read = re.findall(r"FROM (\S+)", statement)
    assert read
    assert all(table.startswith("published.") for table in read)


def test_there_are_questions_and_statements():
    assert len(QUESTIONS) == 5
    assert len(STATEMENTS) == 5 + 3
    assert len(PUBLIC) == 3
