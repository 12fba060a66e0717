"""The embedded Kafka: one JVM that is broker and controller, from the jars of `make install`."""

import os
import re
import shutil
import subprocess
import uuid
from base64 import urlsafe_b64encode
from pathlib import Path
from string import Template

from gtms.config import Settings, project_root
from gtms.stack.ports import kafka_port
from gtms.trouble import Trouble

OLDEST_JAVA = 17
# A broker of one machine is started often and never busy for long: the second compiler would take
# more processor time (half of that of a start) than its code saves.
QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
INSTALL_JAVA = "install it (Debian: apt install openjdk-17-jre-headless) or set JAVA_HOME"


def java() -> str:
    """Path of a Java that can run Kafka; raises Trouble if there is none."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    if not found:
        raise Trouble(f"Java {OLDEST_JAVA} or newer is needed for Kafka: {INSTALL_JAVA}")
    said = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(?:1\.)?(\d+)', said)
    if not version or int(version[1]) < OLDEST_JAVA:
        has = f"version {version[1]}" if version else "no version it would tell"
        raise Trouble(f"{found} has {has}, Kafka needs Java {OLDEST_JAVA} or newer: {INSTALL_JAVA}")
    return found


def command(settings: Settings) -> tuple[str, ...]:
    """How the broker is started."""
    heap = settings.stack.kafka_heap_mib
    return (
        java(),
        f"-Xmx{heap}m",
        f"-Xms{min(heap, 128)}m",
        *QUICK,
        "-XX:+ExitOnOutOfMemoryError",
        "-Dorg.slf4j.simpleLogger.showDateTime=true",
        "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
        "-cp",
        _class_path(settings),
        "kafka.Kafka",
        str(_properties(settings)),
    )


def prepare(settings: Settings) -> None:
    """Write the broker's configuration, and format its storage the first time."""
    folder = _folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    template = Template((project_root() / "deploy/kafka/server.properties").read_text())
    _properties(settings).write_text(
        template.substitute(
            port=kafka_port(settings),
            controller_port=settings.stack.controller_port,
            log_dir=folder / "log",
        )
    )
    if not (folder / "log" / "meta.properties").exists():
        _format(settings)


def _format(settings: Settings) -> None:
    cluster = urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
    tool = ("kafka.tools.StorageTool", "format", "--ignore-formatted", f"--cluster-id={cluster}")
    done = subprocess.run(
        [java(), *QUICK, "-cp", _class_path(settings), *tool, "-c", str(_properties(settings))],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise Trouble(f"Kafka could not format {_folder(settings)}: {''.join(last)}")


def _folder(settings: Settings) -> Path:
    return settings.stack.state / "kafka"


def _properties(settings: Settings) -> Path:
    return _folder(settings) / "server.properties"


def _class_path(settings: Settings) -> str:
    return f"{settings.stack.parts}/kafka/*"
