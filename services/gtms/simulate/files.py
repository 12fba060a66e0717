"""Simulated records as files: one JSON record a line, one file per country and family."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from google.protobuf.json_format import MessageToJson

from gtms.simulate.simulation import Simulation, Tally, records


def write_files(simulation: Simulation, folder: Path, tally: Tally) -> Iterator[Path]:
    """Write a country's records and yield the files, complete, at the end.

    A file gets its name when it is complete, so that a broken run leaves no half file behind that
    looks whole. Counts in `tally` as it goes. Raises OSError when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    parts: dict[str, Path] = {}
    with ExitStack() as open_files:
        files: dict[str, TextIO] = {}
        for dispatch in records(simulation):
            if dispatch.family not in files:
                part = folder / f"{simulation.country}-{dispatch.family}.jsonl.part"
                parts[dispatch.family] = part
                files[dispatch.family] = open_files.enter_context(part.open("w"))
            line = MessageToJson(dispatch.record, preserving_proto_field_name=True, indent=None)
            files[dispatch.family].write(line + "\n")
            tally.count(dispatch)
    for part in parts.values():
        yield part.rename(part.with_suffix(""))
