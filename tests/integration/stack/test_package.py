"""The package that goes into the image carries everything the product reads."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.support.command import ROOT

NOT_FOR_USE = {".md", ".pyc"}


def test_the_package_has_every_module_and_every_file_beside_them(tmp_path: Path) -> None:
    source = tmp_path / "source"
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(ROOT / "services", source / "services", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", source)
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"),
            *("--wheel-dir", tmp_path, source),
        ],
        check=True,
    )
    (wheel,) = tmp_path.glob("gtms-*.whl")
    there = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        str(file.relative_to(source / "services"))
        for package in ("gtms", "treatment", "buf")
        for file in (source / "services" / package).rglob("*")
        if file.is_file() and file.suffix not in NOT_FOR_USE and not file.name.startswith(".")
    }
    assert wanted - there == set()
