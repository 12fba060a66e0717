"""Writes the golden events of the present version: `python -m tests.contract.events.make_golden`.

Run it when a version is released, into a folder of its own, or when a family comes to a version; a
file that exists is left as it is: events of every released version must be readable for ever.
"""

import json
import sys
from base64 import b64encode
from pathlib import Path

from gtms.events.envelope import encode
from gtms.families import FAMILIES
from tests.support import population
from tests.support.population import RecordMessage, received

FOLDER = Path(__file__).parent / "golden"


def golden_records() -> dict[str, tuple[str, RecordMessage]]:
    """A name for each golden event, with its family and the record inside."""
    admission = population.admission("ann", "2025-03-01", request_date="2025-02-01")
    # From before algorithms were registered: such events are in the log and stay readable.
    admission.record.linkage_algo = "slk581-hmac/1"
    said: dict[str, RecordMessage] = {
        "facility": population.facility("F1"),
        "capacity": population.capacity("F1", "2025-01-01"),
        "qa_assessment": population.assessment("A1"),
        "admission": admission,
        "outcome": population.discharge(admission, "2025-06-01", 11),
        "training_event": population.training_event("T1"),
        "training_participant": population.training_participant("ann", "T1", pre=40.0, post=70.5),
        "estimate": population.estimate(1, 2025, 1000.0, 800.0, 1300.0, sex=2, age_lo=0),
        "profile": population.profile(stale_days=90),
    }
    records = {name: (name, received(record)) for name, record in said.items()}
    for name, record in said.items():
        records[f"{name}_retraction"] = (name, received(population.retraction(record, 2)))
    return records


def main(version: str) -> None:
    """Write one file per event that has none yet."""
    folder = FOLDER / version
    folder.mkdir(parents=True, exist_ok=True)
    for name, (family, record) in golden_records().items():
        if (folder / f"{name}.json").exists():
            continue
        out = encode(FAMILIES[family], record)
        written = {
            "topic": out.topic,
            "key": (out.key or b"").decode(),
            "headers": [[header, content.decode()] for header, content in out.headers],
            "value": b64encode(out.value or b"").decode(),
        }
        (folder / f"{name}.json").write_text(json.dumps(written, indent=2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
