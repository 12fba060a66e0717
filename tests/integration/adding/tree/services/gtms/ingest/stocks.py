"""The stocks service: how much naloxone facilities have."""

from collections.abc import AsyncIterator

from gtms.families import FAMILIES
from gtms.ingest.calls import Calls, Context
from treatment.stocks.v1 import stocks_service_pb2_grpc
from treatment.stocks.v1.naloxone_stock_pb2 import NaloxoneStockRecord
from treatment.stocks.v1.stocks_service_pb2 import (
    GetNaloxoneStockRequest,
    GetNaloxoneStockResponse,
    SubmitNaloxoneStockRequest,
    SubmitNaloxoneStockResponse,
    SubmitNaloxoneStocksRequest,
    SubmitNaloxoneStocksResponse,
)

STOCK = FAMILIES["stock"]


class StocksServicer(stocks_service_pb2_grpc.StocksServiceServicer):
    """Takes and gives back stocks."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def SubmitNaloxoneStock(  # noqa: N802
        self,
        request: SubmitNaloxoneStockRequest,
        context: Context[SubmitNaloxoneStockRequest, SubmitNaloxoneStockResponse],
    ) -> SubmitNaloxoneStockResponse:
        """One stock."""
        return SubmitNaloxoneStockResponse(receipt=await self._calls.one(STOCK, request, context))

    def SubmitNaloxoneStocks(  # noqa: N802
        self,
        request_iterator: AsyncIterator[SubmitNaloxoneStocksRequest],
        context: Context[SubmitNaloxoneStocksRequest, SubmitNaloxoneStocksResponse],
    ) -> AsyncIterator[SubmitNaloxoneStocksResponse]:
        """Chunks of them."""
        return self._calls.many(STOCK, request_iterator, context, SubmitNaloxoneStocksResponse)

    async def GetNaloxoneStock(  # noqa: N802
        self,
        request: GetNaloxoneStockRequest,
        context: Context[GetNaloxoneStockRequest, GetNaloxoneStockResponse],
    ) -> GetNaloxoneStockResponse:
        """What is stored of one."""
        stored = await self._calls.get(STOCK, request, context)
        return GetNaloxoneStockResponse(record=NaloxoneStockRecord.FromString(stored))
