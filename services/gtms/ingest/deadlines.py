"""How long a call may still be worked on, so that its answer reaches the caller in time."""

from typing import TypeVar

import grpc

MARGIN_S = 0.5
"""Time kept back from the caller's deadline for the answer to reach it.

gRPC sends how long a caller still waits, not until when: what the request was on its way is missing
from what a service knows, and on a busy machine that is some tenths of a second.
"""

Request = TypeVar("Request")
Response = TypeVar("Response")


def time_to_answer(context: "grpc.aio.ServicerContext[Request, Response]") -> float | None:
    """Seconds in which a call must be answered; None when its caller waits for ever."""
    left_s: float | None = context.time_remaining()
    return None if left_s is None else max(0.0, left_s - MARGIN_S)
