"""Is everything that was accepted counted? For the demo, for tests and for an operator who waits."""

from dataclasses import dataclass
from datetime import date

from kafka import KafkaConsumer, TopicPartition
from kafka.admin import KafkaAdminClient

from gtms.config import Settings
from gtms.events.topics import CHANGES
from gtms.families import FAMILIES
from gtms.processing import cells
from gtms.processing.app import CHANGES_GROUP_SUFFIX
from gtms.processing.loader import LOADER_GROUP
from gtms.processing.session import Session
from gtms.records.profiles import DEFAULT_PROFILE
from gtms.warehouse.client import Connection


@dataclass(frozen=True, slots=True)
class Settled:
    """What is still on its way.

    Attributes:
        records: events that the loader has not yet stored.
        changes: messages of changes that no worker has yet finished.
        dirty: country-periods whose cells are older than a record that touches them.
    """

    records: int
    changes: int
    dirty: int

    @property
    def all(self) -> bool:
        """Nothing is on its way."""
        return not (self.records or self.changes or self.dirty)
