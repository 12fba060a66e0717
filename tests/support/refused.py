"""What a refused call says."""

from collections.abc import Awaitable

import grpc
import pytest
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RetryInfo
from grpc_status import rpc_status


async def refused(call: Awaitable[object]) -> tuple[grpc.StatusCode, str, dict[type, object]]:
    """The code, the text and the details by their type."""
    with pytest.raises(grpc.aio.AioRpcError) as problem:
        await call
    error = problem.value
    details = {}
    for packed in rpc_status.from_call(error).details:
        for kind in (BadRequest, ErrorInfo, RetryInfo):
            detail = kind()
            if packed.Unpack(detail):
                details[kind] = detail
    return error.code(), error.details(), details
