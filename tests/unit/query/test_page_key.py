"""The key of page tokens is made once, and kept."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from gtms.query.page_key import page_key
from gtms.trouble import Trouble


def test_made_once_and_kept(tmp_path):
    file = tmp_path / "secrets" / "page.key"
    key = page_key(file)
    assert len(key) == 32
    assert page_key(file) == key
    assert file.stat().st_mode & 0o077 == 0
    assert [entry.name for entry in file.parent.iterdir()] == ["page.key"]


def test_processes_that_start_together_agree(tmp_path):
    with ThreadPoolExecutor(16) as threads:
        keys = set(threads.map(lambda _: page_key(tmp_path / "page.key"), range(64)))
    assert len(keys) == 1


@pytest.mark.parametrize("content", ["", "not hexadecimal", "00ff"])
def test_file_without_a_key_is_refused(tmp_path, content):
    file = tmp_path / "page.key"
    file.write_text(content)
    with pytest.raises(Trouble, match=r"page\.key"):
        page_key(file)
