"""Generates the Python stubs of every .proto under protos/ into services/.

Writes `services/treatment` (messages, type stubs, gRPC services) and `services/buf` (the messages
of buf.validate, which ours import). Both are replaced whole, so a removed .proto leaves no stub.

    python tools/generate_protos.py [--validate-protos DIR]

DIR holds `buf/validate/validate.proto`; it is taken from Maven Central by `make install` and lies
under `.gtms/parts/protos`. Exit code 1, with the compiler's own words, when a .proto is wrong.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

from grpc_tools import protoc  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent
PROTOS = ROOT / "protos"
SERVICES = ROOT / "services"
PARTS = ROOT / ".gtms" / "parts" / "protos"
VALIDATE = Path("buf/validate/validate.proto")
MARKER = '"""Generated from protos/ by tools/generate_protos.py; do not edit."""\n'


def compile_protos(validate_protos: Path, out: Path) -> int:
    """Runs protoc with the plugins of this Python environment; returns its exit code."""
    beside = Path(sys.executable).parent
    ours = sorted(str(path.relative_to(PROTOS)) for path in PROTOS.rglob("*.proto"))
    return int(
        protoc.main(
            [
                "protoc",
                f"--proto_path={PROTOS}",
                f"--proto_path={validate_protos}",
                f"--proto_path={files('grpc_tools').joinpath('_proto')}",
                f"--plugin=protoc-gen-mypy={beside / 'protoc-gen-mypy'}",
                f"--plugin=protoc-gen-mypy_grpc={beside / 'protoc-gen-mypy_grpc'}",
                f"--python_out={out}",
                f"--mypy_out=quiet:{out}",
                f"--grpc_python_out={out}",
                f"--mypy_grpc_out=quiet:{out}",
                *ours,
                str(VALIDATE),
            ]
        )
    )


def make_packages(out: Path) -> None:
    """Makes every generated folder a typed package."""
    for folder in [path for path in out.rglob("*") if path.is_dir()]:
        (folder / "__init__.py").write_text(MARKER)
    for stub in (out / "buf").rglob("*_grpc.py*"):
        stub.unlink()
    for top in out.iterdir():
        (top / "py.typed").touch()


def replace(out: Path) -> None:
    """Puts the generated packages in the place of the old ones."""
    for package in out.iterdir():
        target = SERVICES / package.name
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(package, target)


def main(arguments: list[str]) -> int:
    """Generates everything; returns the exit code."""
    parser = argparse.ArgumentParser(description="generate the Python stubs of protos/")
    parser.add_argument("--validate-protos", type=Path, default=PARTS)
    validate_protos: Path = parser.parse_args(arguments).validate_protos
    if not (validate_protos / VALIDATE).is_file():
        print(f"{validate_protos / VALIDATE} is missing: run 'make install'", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        code = compile_protos(validate_protos, out)
        if code == 0:
            make_packages(out)
            replace(out)
        return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
