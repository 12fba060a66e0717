"""The profiles service: how the records of the caller's country are counted."""

from gtms.families import FAMILIES
from gtms.ingest.calls import Calls, Context
from gtms.records.profiles import PROFILE_ID, filled_in, profile_of
from treatment.profiles.v1 import profiles_service_pb2_grpc
from treatment.profiles.v1.profile_pb2 import CountryProfileRecord
from treatment.profiles.v1.profiles_service_pb2 import (
    GetProfileRequest,
    GetProfileResponse,
    ListProfileRevisionsRequest,
    ListProfileRevisionsResponse,
    SetProfileRequest,
    SetProfileResponse,
)

PROFILE = FAMILIES["profile"]


class ProfilesServicer(profiles_service_pb2_grpc.ProfilesServiceServicer):
    """Takes the profile from an administrator, gives it to everybody of the country."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def SetProfile(  # noqa: N802
        self, request: SetProfileRequest, context: Context[SetProfileRequest, SetProfileResponse]
    ) -> SetProfileResponse:
        """A revision, or the retraction, from an administrator."""
        return SetProfileResponse(receipt=await self._calls.one(PROFILE, request, context))

    async def GetProfile(  # noqa: N802
        self, request: GetProfileRequest, context: Context[GetProfileRequest, GetProfileResponse]
    ) -> GetProfileResponse:
        """What counts now."""
        stored = await self._calls.stored(PROFILE, (PROFILE_ID,), context)
        record = CountryProfileRecord.FromString(stored or b"")
        return GetProfileResponse(
            profile=filled_in(profile_of(record)),
            record_version=record.envelope.record_version,
            record=record if stored else None,
        )

    async def ListProfileRevisions(  # noqa: N802
        self,
        request: ListProfileRevisionsRequest,
        context: Context[ListProfileRevisionsRequest, ListProfileRevisionsResponse],
    ) -> ListProfileRevisionsResponse:
        """What was ever said."""
        revisions = await self._calls.revisions(PROFILE, (PROFILE_ID,), context)
        return ListProfileRevisionsResponse(
            records=[CountryProfileRecord.FromString(one) for one in revisions]
        )
