"""Files that report into the stack that tests share each have countries of their own.

Two files whose records met there would fail, and only when chance puts both beside one stack.
"""

import re
from collections import defaultdict

from gtms.ingest.identity import COUNTRIES
from tests.support.command import ROOT

SHARED = re.compile(r"running: EmbeddedStack|commands_find_running")
CODE = re.compile(r'"([A-Z]{3})"')


def test_no_two_files_report_of_the_same_country() -> None:
    found = defaultdict(set)
    for file in (ROOT / "tests").rglob("*.py"):
        text = file.read_text()
        if SHARED.search(text):
            for code in COUNTRIES.intersection(CODE.findall(text)):
                found[code].add(str(file.relative_to(ROOT)))
    assert len(found) > 20
    assert {code: files for code, files in found.items() if len(files) > 1} == {}
