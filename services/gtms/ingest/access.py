"""Who may make a call: what each method of the .proto files says of it, read at start-up."""

from collections.abc import Iterable, Mapping

from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.descriptor_pool import Default, DescriptorPool

from gtms.ingest.identity import Role
from gtms.trouble import Trouble
from treatment.common.v1 import access_pb2

Rules = Mapping[str, frozenset[Role]]
"""The roles that may make a call, by its path, as /treatment.admissions.v1.AdmissionsService/…"""


def rules_of(services: Iterable[str], described: DescriptorPool | None = None) -> Rules:
    """The rules of all methods of these services, given by their full names.

    Raises:
        Trouble: a method names no role.
    """
    pool = described or Default()
    return {
        f"/{name}/{method.name}": _roles(method)
        for name in services
        for method in pool.FindServiceByName(name).methods
    }


def _roles(method: MethodDescriptor) -> frozenset[Role]:
    options = method.GetOptions()
    numbers = options.Extensions[access_pb2.access].roles
    roles = frozenset(_ROLES[number] for number in numbers if number in _ROLES)
    if not roles:
        raise Trouble(
            f"{method.full_name} does not say who may call it:"
            " give it the option treatment.common.v1.access with at least one role"
        )
    return roles


_ROLES = {access_pb2.Role.Value(f"ROLE_{role.name}"): role for role in Role}
