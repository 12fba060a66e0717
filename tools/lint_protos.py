"""Lints every .proto under protos/ with buf, by the rules of protos/buf.yaml.

    python tools/lint_protos.py

buf alone cannot find `buf/validate/validate.proto`, which is a part that `make install` brings; so
the schemas are compiled first and buf reads the compiled image. Exit code and words are buf's.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

from grpc_tools import protoc  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent
PROTOS = ROOT / "protos"
PARTS = ROOT / ".gtms" / "parts" / "protos"
BUF = ROOT / "node_modules" / "@bufbuild" / "buf-linux-x64" / "bin" / "buf"


def compile_image(image: Path) -> int:
    """Writes all schemas with their comments to `image`; returns protoc's exit code."""
    names = sorted(str(path.relative_to(PROTOS)) for path in PROTOS.rglob("*.proto"))
    return int(
        protoc.main(
            [
                "protoc",
                f"--proto_path={PROTOS}",
                f"--proto_path={PARTS}",
                f"--proto_path={files('grpc_tools').joinpath('_proto')}",
                "--include_imports",
                "--include_source_info",
                f"--descriptor_set_out={image}",
                *names,
            ]
        )
    )


def main() -> int:
    """Compiles and lints; returns the exit code."""
    if not BUF.is_file():
        print(f"{BUF} is missing: run 'make install'", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / "image.binpb"
        code = compile_image(image)
        if code:
            return code
        lint = [str(BUF), "lint", str(image), "--config", str(PROTOS / "buf.yaml")]
        return subprocess.run(lint, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
