"""What is changed to add the indicator B10 and the family of naloxone stocks.

New files lie in `tree/`, where they would be; what is put into existing files is here.
"""

from dataclasses import dataclass
from pathlib import Path

TREE = Path(__file__).parent / "tree"


@dataclass(frozen=True, slots=True)
class Put:
    """`text` is put after the only place in the file where `after` stands."""

    file: str
    after: str
    text: str


INDICATOR = (
    Put(
        "services/gtms/indicators/entrants.py",
        "from gtms.indicators.populations.entry import ADMISSIONS, ENTRANTS, ENTRIES\n",
        """
OWN_INITIATIVE = Indicator(
    id="B10",
    version=1,
    title="Own initiative",
    unit_of_count="person, %",
    formula="100 × entrants who ask themselves / entrants whose source of referral is known.",
    numerator="#p(Entrants, referral=11)",
    denominator="#p(Entrants, referral known)",
    source="TDI 13",
    publishing_rule="PR-R",
    parts=(Part(ENTRANTS, Percent("referral = 11", "referral NOT IN (0, 99)"), (("sex",),)),),
)
""",
    ),
    Put("services/gtms/indicators/entrants.py", "    FIRST_USE_LAG,\n", "    OWN_INITIATIVE,\n"),
    Put(
        "tests/support/oracle/entry.py",
        "TABLES = {\n",
        '    "B10": (("sex",),),\n',
    ),
    Put(
        "tests/support/oracle/entry.py",
        "    who = entrants(episodes, period, profile)\n",
        """    sheets["B10"].shares(
        Share(each.traits, each.described_by.admission.referral == 11)
        for each in who
        if codes.is_known(each.described_by.admission.referral)
    )
""",
    ),
    Put("tests/unit/indicators/test_catalogue.py", '    "B": 9', " + 1"),
)

FAMILY = (
    Put(
        "protos/treatment/common/v1/codes.proto",
        "  RECORD_FAMILY_COUNTRY_PROFILE = 9;\n",
        "\n  // Stock of naloxone.\n  RECORD_FAMILY_STOCK = 10;\n",
    ),
    Put(
        "services/gtms/records/data/codelists.csv",
        "RecordFamily,9,COUNTRY_PROFILE,,\n",
        "RecordFamily,10,STOCK,,\n",
    ),
    Put(
        "services/gtms/records/data/fields.csv",
        "family,field,proto_type,unit_or_format,codes,source_standard,M_C_O,notes\n",
        "NaloxoneStock,facility_id,string,,,,M,\n"
        "NaloxoneStock,as_of_date,Date,,,,M,\n"
        "NaloxoneStock,kits,uint32,count,,,M,\n",
    ),
    Put(
        "services/gtms/families.py",
        "from treatment.profiles.v1.profile_pb2 import CountryProfileRecord\n",
        "from treatment.stocks.v1.naloxone_stock_pb2 import NaloxoneStockRecord\n",
    ),
    Put(
        "services/gtms/families.py",
        "_ALL = (\n",
        """    Family(
        name="stock",
        label="STOCK",
        code=RecordFamily.RECORD_FAMILY_STOCK,
        record_type=NaloxoneStockRecord,
        topic="gtms.facilities.v1",
        table="naloxone_stocks",
        key_fields=("facility_id", "as_of_date"),
        event_date_field="as_of_date",
        person_field=None,
    ),
""",
    ),
    Put(
        "services/gtms/events/envelope.py",
        "from treatment.profiles.v1.profile_pb2 import CountryProfileRecord\n",
        "from treatment.stocks.v1.naloxone_stock_pb2 import NaloxoneStockRecord\n",
    ),
    Put("services/gtms/events/envelope.py", "RecordMessage = (\n", "    NaloxoneStockRecord |\n"),
    Put(
        "services/gtms/ingest/requests.py",
        "from treatment.profiles.v1.profiles_service_pb2 import SetProfileRequest\n",
        """from treatment.stocks.v1.stocks_service_pb2 import (
    GetNaloxoneStockRequest,
    SubmitNaloxoneStockRequest,
    SubmitNaloxoneStocksRequest,
)
""",
    ),
    Put(
        "services/gtms/ingest/requests.py", "OneRequest = (\n", "    SubmitNaloxoneStockRequest |\n"
    ),
    Put(
        "services/gtms/ingest/requests.py",
        "ChunkRequest = (\n",
        "    SubmitNaloxoneStocksRequest |\n",
    ),
    Put("services/gtms/ingest/requests.py", "GetRequest = (\n", "    GetNaloxoneStockRequest |\n"),
    Put(
        "services/gtms/ingest/server.py",
        "from gtms.ingest.stored import Stored\n",
        "from gtms.ingest.stocks import StocksServicer\n",
    ),
    Put(
        "services/gtms/ingest/server.py",
        "from treatment.profiles.v1 import profiles_service_pb2, profiles_service_pb2_grpc\n",
        "from treatment.stocks.v1 import stocks_service_pb2, stocks_service_pb2_grpc\n",
    ),
    Put(
        "services/gtms/ingest/server.py",
        '    "facilities": (\n',
        """        Service(
            stocks_service_pb2.DESCRIPTOR.services_by_name["StocksService"].full_name,
            lambda calls, to: stocks_service_pb2_grpc.add_StocksServiceServicer_to_server(
                StocksServicer(calls), to
            ),
        ),
""",
    ),
    Put(
        "services/gtms/ingest/client.py",
        "from treatment.outcomes.v1 import outcomes_service_pb2, outcomes_service_pb2_grpc\n",
        "from treatment.stocks.v1 import stocks_service_pb2, stocks_service_pb2_grpc\n",
    ),
    Put(
        "services/gtms/ingest/client.py",
        "_BULK: Mapping[str, _Bulk] = {\n",
        """    "stock": _Bulk(
        "facilities",
        stocks_service_pb2_grpc.StocksServiceStub,
        "SubmitNaloxoneStocks",
        stocks_service_pb2.SubmitNaloxoneStocksRequest,
    ),
""",
    ),
    Put("services/gtms/cli/submit.py", '    ESTIMATE = "estimate"\n', '    STOCK = "stock"\n'),
    Put(
        "tests/support/population.py",
        "from treatment.profiles.v1 import profile_pb2\n",
        "from treatment.stocks.v1 import naloxone_stock_pb2\n",
    ),
    Put(
        "tests/support/population.py",
        '    "Message",\n',
        "    naloxone_stock_pb2.NaloxoneStockRecord,\n",
    ),
    Put(
        "tests/support/population.py",
        "FAMILIES = {\n",
        """    naloxone_stock_pb2.NaloxoneStockRecord: (10, "STOCK", ("facility_id", "as_of_date")),
""",
    ),
    Put(
        "tests/support/population.py",
        "    return facility_pb2.FacilityRecord(envelope=_envelope(revision), record=record)\n",
        """

def stock(
    facility_id: str = "F1", as_of_date: str = "2025-06-30", kits: int = 40, *, revision: int = 1
) -> naloxone_stock_pb2.NaloxoneStockRecord:
    record = naloxone_stock_pb2.NaloxoneStock(
        facility_id=facility_id, as_of_date=as_of_date, kits=kits
    )
    return naloxone_stock_pb2.NaloxoneStockRecord(envelope=_envelope(revision), record=record)
""",
    ),
    Put("tests/unit/events/test_plausible.py", "DATES = {\n", '    "stock": {"as_of_date"},\n'),
    Put("tests/support/stored.py", "TABLES = (\n", '    "naloxone_stocks",\n'),
    Put(
        "tests/spec/rules/valid.py",
        "from treatment.profiles.v1.profile_pb2 import CountryProfileRecord\n",
        "from treatment.stocks.v1.naloxone_stock_pb2 import NaloxoneStockRecord\n",
    ),
    Put(
        "tests/spec/rules/valid.py",
        '    return put(OutcomeRecord(), {**_OUTCOME, "kind": 5, "death_cause": 1})\n',
        """

def stock() -> Message:
    changes = {"facility_id": "F1", "as_of_date": "2025-05-01", "kits": 40}
    return put(NaloxoneStockRecord(), ENVELOPE | changes)
""",
    ),
    Put("tests/spec/rules/valid.py", "BASES: tuple[Base, ...] = (\n", "    stock,\n"),
    Put(
        "tests/contract/events/make_golden.py",
        "    said: dict[str, RecordMessage] = {\n",
        '        "stock": population.stock(),\n',
    ),
)


def new_files() -> list[str]:
    """Paths of the files in `tree/`."""
    return sorted(str(file.relative_to(TREE)) for file in TREE.rglob("*") if file.is_file())
