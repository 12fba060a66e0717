"""Words of the dashboards: message keys with a text in each language, as data in `messages/`."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "messages"
COMPLETE = ("en", "fr")
"""Languages that have a text for every key; dashboards are written in these."""
LANGUAGES = (*COMPLETE, "es", "ru", "zh", "ar")
"""The six languages of the United Nations; one without a text falls back to English."""


class NoText(KeyError):
    """A key that has no text, not even in English."""


@dataclass(frozen=True, slots=True)
class Messages:
    """The texts of one language.

    Attributes:
        language: ISO 639-1.
        texts: of every key that English has.
    """

    language: str
    texts: Mapping[str, str]

    def __call__(self, key: str) -> str:
        """The text of a key.

        Raises:
            NoText: no language has one.
        """
        try:
            return self.texts[key]
        except KeyError:
            raise NoText(f"no text for {key}: add it to dashboards/messages/") from None

    def label(self, dimension: str, code: str) -> str:
        """The text of a label: of this dimension, or of every one that has it."""
        own = f"label.{dimension}.{code}"
        return self(own if own in self.texts else f"label.{code}")


def own_texts(language: str) -> dict[str, str]:
    """The texts that a language has of its own, by key."""
    with (FOLDER / f"{language}.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row["text"] for row in csv.DictReader(file)}


def messages(language: str) -> Messages:
    """The texts of a language, in English where it has none."""
    return Messages(language, {**own_texts("en"), **own_texts(language)})
