"""Every metric, declared once with its meaning, and the log.

No label and no log line ever holds a person, a record, an id of one, or a value from one: labels
come from short fixed lists, and the log names rules, topics, partitions and offsets.
"""

import logging
import sys
from typing import Literal

import structlog
from prometheus_client import Counter, Gauge, Histogram, start_http_server

_SHORT = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

RECORDS = Counter(
    "gtms_ingest_records",
    "Records answered with a receipt. status: accepted, flagged, rejected.",
    ["family", "status"],
)
PROBLEMS = Counter(
    "gtms_ingest_problems",
    "Validation findings, by rule and by family.",
    ["family", "rule"],
)
CALL_SECONDS = Histogram(
    "gtms_ingest_call_seconds",
    "Time from the request of a single-answer call to its answer, in seconds.",
    ["method"],
    buckets=_SHORT,
)
CHUNK_SECONDS = Histogram(
    "gtms_ingest_chunk_seconds",
    "Time from a whole chunk to its receipts, in seconds.",
    ["family"],
    buckets=_SHORT,
)
CALLS_REFUSED = Counter(
    "gtms_ingest_calls_refused",
    "Calls answered with an error, by gRPC status code.",
    ["code"],
)
CALLS_OPEN = Gauge(
    "gtms_ingest_calls_open",
    "Calls being answered now; at the limit, further ones get RESOURCE_EXHAUSTED.",
    multiprocess_mode="livesum",
)
PUBLISH_SECONDS = Histogram(
    "gtms_publish_seconds",
    "Time from handing events over to the acknowledgement of all in-sync replicas, in seconds.",
    buckets=_SHORT,
)
PUBLISH_FAILURES = Counter(
    "gtms_publish_failures",
    "Events or batches not known to be written. why: away, full, late, or Kafka's error.",
    ["why"],
)
PUBLISH_WAITING_BYTES = Gauge(
    "gtms_publish_waiting_bytes",
    "Bytes taken from callers that Kafka has not acknowledged yet.",
    multiprocess_mode="livesum",
)
KAFKA_REACHABLE = Gauge(
    "gtms_kafka_reachable",
    "1 while Kafka answers this process, else 0.",
    multiprocess_mode="livemin",
)
DEAD_LETTERS = Counter(
    "gtms_dead_letters",
    "Events put aside because they can never be read, by the topic they came from.",
    ["topic"],
)
WAITING = Gauge(
    "gtms_waiting",
    "1 while this work waits for a part that is away, full, locked or refuses it.",
    ["work"],
    multiprocess_mode="livemax",
)
LOADER_EVENTS = Counter(
    "gtms_loader_events",
    "Events stored in the registry; an event read again counts again.",
    ["topic"],
)
LOADER_ERASED = Counter(
    "gtms_loader_erased_events",
    "Events not stored because their record was erased.",
    ["topic"],
)
LOADER_LAG = Gauge(
    "gtms_loader_lag_events",
    "Events in the partitions of this worker that it has not yet read.",
    ["topic"],
    multiprocess_mode="livesum",
)
LOADER_STORE_SECONDS = Histogram(
    "gtms_loader_store_seconds",
    "Time to store one batch, publish its changes and commit it, in seconds.",
    buckets=_SHORT,
)
LOADER_REWOUND = Counter(
    "gtms_loader_rewound_partitions",
    "Partitions read again because Kafka and ClickHouse remember different offsets.",
    ["topic"],
)
LOADER_HALTED = Gauge(
    "gtms_loader_halted",
    "1 while a topic is not read because too many events in a row could not be: look at it.",
    ["topic"],
    multiprocess_mode="livemax",
)
AGGREGATION_SECONDS = Histogram(
    "gtms_aggregation_seconds",
    "Time to bring the countries of one batch of changes up to date, in seconds.",
    buckets=(*_SHORT, 30.0, 60.0, 120.0),
)
SNAPSHOTS = Counter(
    "gtms_snapshots",
    "Snapshots written: all cells of one country and period.",
)


def serve_metrics(port: int, host: str = "127.0.0.1") -> None:
    """Show all metrics of this process over HTTP, on the loopback interface unless told otherwise.

    Raises:
        OSError: the port is taken.
    """
    start_http_server(port, addr=host)


def configure_logging(
    level: Literal["debug", "info", "warning", "error"], form: Literal["json", "console"]
) -> None:
    """One line per event on standard error, ours and the libraries' alike.

    aiokafka is silenced below CRITICAL: it repeats itself once per attempt while a broker is away,
    and what matters of it is logged by the publisher and the loader once.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [lines]
    root.setLevel(level.upper())
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    logging.getLogger("kafka").setLevel(logging.CRITICAL)
