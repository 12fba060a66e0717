"""How far an import got, kept on disk, so that one that was interrupted can go on.

One small file per import in the state folder, named after what makes it the same import: the bytes
of the file, how they are read, for whom and to where. It is replaced whole after every settled
window of rows; what was sent but not settled is sent again, which changes nothing.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from gtms.interop.tally import Tally


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes two imports the same."""

    sha256: str
    mapping: str
    family: str
    country: str
    targets: str
    options: str

    @property
    def name(self) -> str:
        """File name: readable, and different for different imports."""
        parts = (self.sha256, self.mapping, self.family, self.country, self.targets, self.options)
        digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
        return f"{self.country}-{self.mapping or self.family}-{digest[:16]}.json"


@dataclass(frozen=True, slots=True)
class Journal:
    """The file of one import in `folder`."""

    folder: Path
    identity: Identity

    @property
    def path(self) -> Path:
        """Where it is kept."""
        return self.folder / self.identity.name

    def load(self) -> Tally | None:
        """How far it got; None when it never began or the file cannot be understood."""
        try:
            return Tally.from_json(self.path.read_text("utf-8"))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def store(self, tally: Tally) -> None:
        """Keep it, whole or not at all. Raises OSError when the disk does not take it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_suffix(".new")
        with draft.open("w", encoding="utf-8") as file:
            file.write(tally.to_json())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)
