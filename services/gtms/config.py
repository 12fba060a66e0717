"""Every setting of GTMS, typed, read once.

A setting is looked up in this order: an environment variable `GTMS_<SECTION>__<NAME>`, then the
`stack.json` that a running embedded stack keeps in its state folder, then the default here.
Secrets are never settings themselves: a setting names the file that holds the secret.
"""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from gtms.trouble import Trouble

METRICS_PORT_OFFSET = 1000
STACK_FILE = "stack.json"


def project_root() -> Path:
    """The checkout this code lives in, or the working folder when GTMS is installed elsewhere."""
    checkout = Path(__file__).resolve().parents[2]
    return checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()


def state_folder() -> Path:
    """Where the embedded stack keeps everything it writes: `GTMS_STACK__STATE`, else `.gtms`."""
    return Path(os.environ.get("GTMS_STACK__STATE") or project_root() / ".gtms").absolute()


class Section(BaseModel):
    """A frozen group of settings; a name it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Kafka(Section):
    """How to reach Kafka and how topics are created."""

    bootstrap: str = Field("127.0.0.1:9092", description="host:port, comma separated")
    partitions: int = Field(8, ge=1, description="partitions of each topic at creation")
    replication: int = Field(1, ge=1, description="copies of each partition at creation")
    min_insync: int = Field(1, ge=1, description="copies that must acknowledge a record")
    ca_file: Path | None = Field(
        None, description="authorities of the brokers' certificates: TLS when named, else none"
    )
    certificate_file: Path | None = Field(
        None, description="ours, with its chain, where brokers ask for one"
    )
    key_file: Path | None = Field(None, description="of that certificate")
    user: str = Field("", description="for SASL with SCRAM-SHA-512, over TLS only; none when empty")
    password_file: Path | None = Field(None, description="file that holds that user's password")


class ClickHouse(Section):
    """How to reach ClickHouse."""

    host: str = "127.0.0.1"
    port: int = Field(9000, description="native protocol")
    http_port: int = Field(8123, description="HTTP protocol")
    user: str = "gtms"
    password_file: Path | None = Field(None, description="file that holds the password")
    ca_file: Path | None = Field(
        None,
        description="authorities of the server's certificate: TLS on both ports when named, else"
        " none",
    )
    cluster: str = Field("", description="cluster name for ON CLUSTER; empty: one node")
    connect_timeout_s: float = Field(3.0, gt=0)
    query_timeout_s: float = Field(60.0, gt=0, description="longest wait for any one answer")

    def password(self) -> str:
        """The password, read from its file on every call so that a rotated one is picked up."""
        return self.password_file.read_text().strip() if self.password_file else ""


class Ports(Section):
    """Where the services listen. Metrics of each are on its port + 1000."""

    facilities: int = 50051
    admissions: int = 50052
    outcomes: int = 50053
    trainings: int = Field(50054, description="of trainings and of estimates")
    indicators: int = 50055
    processor: int = Field(50056, description="of the first worker; only its metrics are served")

    def of(self, service: str) -> int:
        """The port of a service by its name; raises KeyError for a service that has none."""
        return int(self.model_dump()[service])

    def metrics(self, service: str) -> int:
        """The port on which a service shows its metrics."""
        return self.of(service) + METRICS_PORT_OFFSET


class Ingest(Section):
    """Limits of the gRPC services that take records in."""

    host: str = Field("127.0.0.1", description="address the services listen on")
    max_message_bytes: int = Field(4 * 1024 * 1024, gt=0)
    max_chunk_records: int = Field(500, gt=0)
    max_chunk_bytes: int = Field(1024 * 1024, gt=0)
    concurrency: int = Field(256, gt=0, description="calls one process answers at a time")
    publish_timeout_s: float = Field(10.0, gt=0, description="longest wait for Kafka's answer")
    drain_s: float = Field(10.0, ge=0, description="time for open calls to finish on SIGTERM")
    processes: int = Field(1, ge=1, description="processes that share one port")
    algorithms_file: Path | None = Field(
        None,
        description="by which algorithms each country makes its pseudonyms, looked at every second;"
        " any that are known when left out",
    )


class Quota(Section):
    """What one country may ask of one process; callers of no country have a quota each."""

    calls_per_s: float = Field(100.0, gt=0)
    calls_at_once: int = Field(1_000, gt=0, description="more than that, after a pause")
    records_per_s: float = Field(2_000.0, gt=0)
    records_at_once: int = Field(20_000, gt=0, description="more than that, after a pause")
    open_calls: int = Field(32, gt=0, description="answered at a time; a stream is one call")


class Processing(Section):
    """The loader and the Faust agents."""

    as_of: date | None = Field(None, description="a fixed day instead of today: for tests")
    within_s: float = Field(0.3, gt=0, description="longest wait for a fuller batch")
    batch_records: int = Field(20_000, gt=0, description="most events in one insert")
    stale_check_s: float = Field(60.0, gt=0, description="how often the turn of the day is seen")
    session_timeout_s: float = Field(10.0, gt=0, description="silence after which a worker is lost")
    heartbeat_s: float = Field(3.0, gt=0)
    poison_limit: int = Field(
        1000, gt=0, description="unreadable events in a row after which a topic is left alone"
    )
    lanes: int = Field(
        2, ge=1, le=16, description="connections on which a worker computes cells side by side"
    )
    group: str = Field("gtms-processing", description="prefix of the consumer groups")
    erasure_key_file: Path | None = Field(
        None,
        description="the key of the hashes by which erased records are known, the same file for"
        " all workers and for `gtms erase`; secrets/erasures.key in the state folder when left out",
    )


class Query(Section):
    """The service that reads indicators."""

    threads: int = Field(4, ge=1, description="statements one process has running at a time")
    longest_s: float = Field(10.0, gt=0, description="longest that ClickHouse works on one of them")
    release_check_s: float = Field(
        60.0, gt=0, description="how often it is seen what a country's policy releases"
    )
    page_key_file: Path | None = Field(
        None,
        description="the key that seals page tokens, the same file for all processes; "
        "secrets/page-token.key in the state folder when left out, made at the first start",
    )


class Identity(Section):
    """How callers are known, and how the services show who they are: docs/identity.md.

    The files, all PEM but the list of keys, are read again when they change.
    """

    profile: Literal["development", "verified"] = Field(
        "development",
        description="development believes every caller, without TLS, on the loopback interface;"
        " verified needs the settings below",
    )
    certificate_file: Path | None = Field(None, description="of the services, with its chain")
    key_file: Path | None = Field(None, description="of that certificate")
    clients_ca_file: Path | None = Field(
        None, description="authorities that sign the certificates of national systems"
    )
    revoked_file: Path | None = Field(
        None, description="revocation lists of these authorities; none when left out"
    )
    denied_file: Path | None = Field(
        None, description="tokens and subjects that are refused; none when left out"
    )
    issuer: str = Field("", description="of tokens, as their iss says")
    jwks_file: Path | None = Field(
        None, description="the issuer's keys; it is asked for them when left out"
    )
    audience: str = Field("gtms", description="as the aud of a token says")
    longest_token_s: int = Field(3600, gt=0, description="longest that a token may hold")


class Client(Section):
    """How the commands show who they are, to services of the verified profile."""

    ca_file: Path | None = Field(
        None, description="authorities of the services; those that gRPC brings when left out"
    )
    certificate_file: Path | None = Field(None, description="of the national system")
    key_file: Path | None = Field(None, description="of that certificate")
    token_file: Path | None = Field(None, description="the token, read again for every call")
    authority: Path | None = Field(
        None, description="folder of a development authority, which gives what is not set here"
    )


class Audit(Section):
    """Who did what."""

    folder: Path | None = Field(
        None,
        description="where entries wait for ClickHouse, a disk that survives the process;"
        " audit in the state folder when left out",
    )


class Grafana(Section):
    """Where Grafana is, and what `gtms grafana` brings to it: docs/grafana.md."""

    url: str = Field("http://127.0.0.1:3000", description="as its browsers reach it, or nearer")
    user: str = Field("admin", description="a server administrator of Grafana")
    password_file: Path | None = Field(None, description="file that holds that one's password")
    ca_file: Path | None = Field(
        None, description="authorities of its certificate; the usual ones when left out"
    )
    operators: str = Field(
        "GTMS operators", description="name of the organisation in Grafana of those who run GTMS"
    )
    organisations_file: Path | None = Field(
        None, description="languages and addresses of organisations, TOML; none when left out"
    )
    dashboards: Path = Field(
        default_factory=lambda: project_root() / "dashboards" / "compiled",
        description="the compiled dashboards",
    )
    playbooks: str = Field("docs/playbooks", description="address at which playbooks are read")
    clickhouse_host: str = Field("", description="of ClickHouse as Grafana reaches it; as here")

    def password(self) -> str:
        """The password, read from its file.

        Raises:
            Trouble: no file is named, or it cannot be read.
        """
        if self.password_file is None:
            raise Trouble("name the file of Grafana's password: GTMS_GRAFANA__PASSWORD_FILE")
        try:
            return self.password_file.read_text().strip()
        except OSError as wrong:
            raise Trouble(f"{self.password_file}: {wrong.strerror}") from None


class Log(Section):
    """What the processes write to standard error."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["json", "console"] = "json"


class Stack(Section):
    """The embedded stack: Kafka, ClickHouse, the services and the processor on this machine."""

    state: Path = Field(default_factory=state_folder, description="all that the stack writes")
    parts: Path = Field(
        default_factory=lambda: project_root() / ".gtms" / "parts",
        description="the Kafka jars and the ClickHouse library, put there by `make install`",
    )
    workers: int = Field(1, ge=1, description="processor workers")
    controller_port: int = Field(9093, description="Kafka's own quorum, loopback only")
    kafka_heap_mib: int = Field(384, ge=128)
    clickhouse_users: Path = Field(
        default_factory=lambda: project_root() / "deploy" / "clickhouse" / "users.xml",
        description="the accounts of ClickHouse",
    )
    clickhouse_memory_mib: int = Field(4096, ge=512, description="ceiling of all queries together")
    min_free_mib: int = Field(
        2048, ge=0, description="free disk space without which it won't start"
    )
    start_timeout_s: float = Field(120.0, gt=0)


def _names(all_settings: type[BaseSettings]) -> Iterator[tuple[str, Iterable[str]]]:
    for section, field in all_settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            yield section, field.annotation.model_fields


class StackFile(PydanticBaseSettingsSource):
    """Settings of the running embedded stack, from the `stack.json` in its state folder."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Not asked for: the file is read as a whole by `__call__`."""
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        """The stored settings, or nothing when no stack runs in the state folder.

        What only another version of GTMS knows is left out: its stack can still be stopped.
        """
        file = state_folder() / STACK_FILE
        try:
            stored = json.loads(file.read_text())["settings"]
        except FileNotFoundError:
            return {}
        except (ValueError, KeyError, TypeError):
            raise Trouble(f"{file} is damaged: remove it, then `gtms stack down`") from None
        return {
            section: {name: stored[section][name] for name in known if name in stored[section]}
            for section, known in _names(self.settings_cls)
            if section in stored
        }


class Settings(BaseSettings):
    """All settings. Read with `settings()`; made by hand only in tests."""

    model_config = SettingsConfigDict(
        env_prefix="GTMS_", env_nested_delimiter="__", frozen=True, extra="forbid"
    )

    kafka: Kafka = Kafka()
    clickhouse: ClickHouse = ClickHouse()
    ports: Ports = Ports()
    ingest: Ingest = Ingest()
    quota: Quota = Quota()
    processing: Processing = Processing()
    query: Query = Query()
    identity: Identity = Identity()
    client: Client = Client()
    audit: Audit = Audit()
    grafana: Grafana = Field(default_factory=Grafana)
    log: Log = Log()
    stack: Stack = Field(default_factory=Stack)

    @property
    def erasure_key_file(self) -> Path:
        """Where the key of the hashes of erased records is."""
        return self.processing.erasure_key_file or self.stack.state / "secrets" / "erasures.key"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment before the running stack's file before the defaults."""
        return init_settings, env_settings, StackFile(settings_cls)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once. `settings.cache_clear()` reads them anew.

    Raises Trouble naming the first setting that is wrong, never what it was set to.
    """
    try:
        return Settings()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = "__".join(str(part) for part in first["loc"]).upper()
        raise Trouble(f"the setting GTMS_{name} is wrong: {first['msg']}") from None
    except SettingsError as wrong:
        raise Trouble(f"the settings are wrong: {wrong}") from None
