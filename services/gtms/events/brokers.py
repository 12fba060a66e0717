"""How Kafka's brokers are reached: in plain text, over TLS, with a password or a certificate.

Every client of Kafka is given this, that of Faust too.
"""

import ssl
from pathlib import Path
from typing import Required, TypedDict

from gtms.config import Kafka
from gtms.trouble import Trouble

MECHANISM = "SCRAM-SHA-512"


class Brokers(TypedDict, total=False):
    """Arguments that aiokafka and kafka-python understand alike."""

    bootstrap_servers: Required[list[str]]
    security_protocol: str
    ssl_context: ssl.SSLContext
    sasl_mechanism: str
    sasl_plain_username: str
    sasl_plain_password: str


def brokers(kafka: Kafka) -> Brokers:
    """Where they are and how they are spoken to.

    Raises:
        Trouble: a password would go out in plain text, or a file is missing or makes no sense.
    """
    reached = Brokers(bootstrap_servers=kafka.bootstrap.split(","))
    context = _tls(kafka)
    if context is not None:
        reached["security_protocol"] = "SASL_SSL" if kafka.user else "SSL"
        reached["ssl_context"] = context
    if kafka.user:
        reached["sasl_mechanism"] = MECHANISM
        reached["sasl_plain_username"] = kafka.user
        reached["sasl_plain_password"] = _password(kafka)
    return reached


def _tls(kafka: Kafka) -> ssl.SSLContext | None:
    if kafka.ca_file is None:
        if kafka.user or kafka.certificate_file:
            raise Trouble(
                "a password or a certificate is shown to Kafka over TLS only:"
                " set GTMS_KAFKA__CA_FILE"
            )
        return None
    try:
        context = ssl.create_default_context(cafile=kafka.ca_file)
    except (OSError, ssl.SSLError) as wrong:
        raise _unusable(kafka.ca_file, wrong) from None
    if kafka.certificate_file is not None:
        try:
            context.load_cert_chain(kafka.certificate_file, kafka.key_file)
        except (OSError, ssl.SSLError) as wrong:
            raise _unusable(kafka.certificate_file, wrong) from None
    return context


def _password(kafka: Kafka) -> str:
    if kafka.password_file is None:
        raise Trouble("name the file of Kafka's password: GTMS_KAFKA__PASSWORD_FILE")
    try:
        return kafka.password_file.read_text().strip()
    except OSError as wrong:
        raise _unusable(kafka.password_file, wrong) from None


def _unusable(file: Path, wrong: OSError) -> Trouble:
    """Never what the file says."""
    why = "is no certificate or key" if isinstance(wrong, ssl.SSLError) else wrong.strerror
    return Trouble(f"{file}: {why}")
