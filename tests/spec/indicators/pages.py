"""All pages: the modules here that are named after an indicator (`a02.py`)."""

from importlib import import_module
from pathlib import Path

from tests.spec.indicators.page import Page

_MODULES = sorted(file.stem for file in Path(__file__).parent.glob("[a-z][0-9][0-9].py"))

PAGES: dict[str, Page] = {
    name.upper(): import_module(f"tests.spec.indicators.{name}").PAGE for name in _MODULES
}
