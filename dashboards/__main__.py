"""Writes the compiled dashboards, or with `--check` says which are out of date."""

import json
import sys
from pathlib import Path

from dashboards import COMPLETE, DASHBOARDS, Messages, messages

COMPILED = Path(__file__).resolve().parent / "compiled"


def documents() -> dict[str, str]:
    """What is compiled: text by path below `compiled/`."""
    made: dict[str, object] = {
        f"{language}/{one.uid}.json": one.build(messages(language))
        for language in COMPLETE
        for one in DASHBOARDS
    }
    made["index.json"] = [_index(messages(language)) for language in COMPLETE]
    return {
        path: json.dumps(of, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        for path, of in made.items()
    }


def _index(words: Messages) -> dict[str, object]:
    """Which dashboards there are in a language, for whom and in which folder, in their order."""
    return {
        "language": words.language,
        "dashboards": [
            {"uid": one.uid, "audience": one.audience, "folder": words(one.folder)}
            for one in DASHBOARDS
        ],
    }


def out_of_date() -> list[str]:
    """Paths below `compiled/` that are not what the code makes, or that it does not make."""
    made = documents()
    stored = {
        str(path.relative_to(COMPILED)): path.read_text(encoding="utf-8")
        for path in COMPILED.rglob("*.json")
    }
    return sorted(path for path in {*made, *stored} if made.get(path) != stored.get(path))


def write() -> None:
    """Write what has changed and remove what is no longer made."""
    made = documents()
    for path in out_of_date():
        target = COMPILED / path
        if path not in made:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(made[path], encoding="utf-8")


def main() -> int:
    """Write, or say what is out of date."""
    if "--check" not in sys.argv[1:]:
        write()
        return 0
    stale = out_of_date()
    if stale:
        sys.stderr.write(f"dashboards: run `make dashboards`: {', '.join(stale)}\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
