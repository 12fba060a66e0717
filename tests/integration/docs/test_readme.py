"""What the README tells a new user to do works as written."""

import re
import subprocess
import sys
from pathlib import Path

from gtms.stack.lifecycle import EmbeddedStack

ROOT = Path(__file__).parents[3]


def test_the_first_record_of_the_readme_is_accepted(running: EmbeddedStack, tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text()
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert "127.0.0.1:50051" in code
    script = tmp_path / "first.py"
    script.write_text(code.replace(":50051", f":{running.settings.ports.facilities}"))
    done = subprocess.run(
        [sys.executable, script],
        env={"PYTHONPATH": str(ROOT / "services")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "RECEIPT_STATUS_ACCEPTED" in done.stdout


def test_every_page_the_readme_points_to_is_there() -> None:
    for page in (ROOT / "README.md", ROOT / "services/README.md"):
        for target in re.findall(r"\]\(([^)#]+)", page.read_text()):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_file_the_path_names_is_there() -> None:
    text = (ROOT / "services/README.md").read_text()
    for named in re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.py)`", text):
        roots = ("services/gtms", "services", ".")
        assert any((ROOT / root / named).is_file() for root in roots), named
