"""The mappings against the code books and the schema: nothing forgotten, nothing quietly lost."""

from collections import defaultdict

import pytest

from gtms.interop import mapping
from gtms.interop.mapping import MappingError, load
from gtms.interop.template import mandatory
from treatment.admissions.v1.admission_pb2 import Admission
from treatment.outcomes.v1.outcome_pb2 import Outcome

FLAGS = (
    "ALCFLG COKEFLG MARFLG HERFLG METHFLG OPSYNFLG PCPFLG HALLFLG MTHAMFLG AMPHFLG STIMFLG BENZFLG "
    "TRNQFLG BARBFLG SEDHPFLG INHFLG OTCFLG OTHERFLG"
)
# Columns of the public-use code books with their first and last code; None: not a list of codes.
BOTH = {
    "CASEID": None,
    "STFIPS": None,
    "CBSA2010": None,
    "REGION": (0, 4),
    "DIVISION": (0, 9),
    "AGE": (1, 12),
    "GENDER": (1, 2),
    "RACE": (1, 9),
    "ETHNIC": (1, 5),
    "MARSTAT": (1, 4),
    "EDUC": (1, 5),
    "EMPLOY": (1, 4),
    "DETNLF": (1, 5),
    "PREG": (1, 2),
    "VET": (1, 2),
    "LIVARAG": (1, 3),
    "PRIMINC": (1, 5),
    "ARRESTS": (0, 2),
    "SERVICES": (1, 8),
    "METHUSE": (1, 2),
    "DAYWAIT": (0, 4),
    "PSOURCE": (1, 7),
    "DETCRIM": (1, 8),
    "SUB1": (1, 19),
    "ROUTE1": (1, 5),
    "FREQ1": (1, 3),
    "FRSTUSE1": (1, 7),
    "SUB2": (1, 19),
    "ROUTE2": (1, 5),
    "FREQ2": (1, 3),
    "FRSTUSE2": (1, 7),
    "SUB3": (1, 19),
    "ROUTE3": (1, 5),
    "FREQ3": (1, 3),
    "FRSTUSE3": (1, 7),
    "IDU": (0, 1),
    "ALCDRUG": (0, 3),
    "DSMCRIT": (1, 19),
    "PSYPROB": (1, 2),
    "HLTHINS": (1, 4),
    "PRIMPAY": (1, 7),
    "FREQ_ATND_SELF_HELP": (1, 5),
    **dict.fromkeys(FLAGS.split(), (0, 1)),
}
CODE_BOOKS = {
    "teds-a": {**BOTH, "ADMYR": None, "NOPRIOR": (0, 5)},
    "teds-d": {
        **BOTH,
        "DISYR": None,
        "NOPRIOR": (0, 1),
        "REASON": (1, 7),
        "LOS": (1, 37),
        "SERVICES_D": (1, 8),
        "SUB1_D": (1, 19),
        "SUB2_D": (1, 19),
        "SUB3_D": (1, 19),
        "FREQ1_D": (1, 3),
        "FREQ2_D": (1, 3),
        "FREQ3_D": (1, 3),
        "EMPLOY_D": (1, 4),
        "DETNLF_D": (1, 5),
        "LIVARAG_D": (1, 3),
        "ARRESTS_D": (0, 2),
        "FREQ_ATND_SELF_HELP_D": (1, 5),
    },
}
DERIVED_TOO = {  # set together with what the table of derived fields names
    "admission": {"facility_id", "episode_id", "client_pseudonym", "admission_date", "birth_year"},
    "outcome": {
        "outcome_id",
        "episode_id",
        "facility_id",
        "client_pseudonym",
        "event_date",
        "planned",
    },
}
every_mapping = pytest.mark.parametrize("name", mapping.NAMES)


@every_mapping
def test_every_variable_of_the_code_book_is_mapped_or_said_to_be_ignored(name):
    found = load(name)
    book = CODE_BOOKS[name]
    assert not found.variables.keys() & found.ignored.keys()
    assert book.keys() <= found.variables.keys() | found.ignored.keys()
    assert found.variables.keys() | found.ignored.keys() <= book.keys() | {"CBSA"}


@every_mapping
def test_the_codes_of_every_variable_are_those_of_the_code_book(name):
    for variable in load(name).variables.values():
        span = CODE_BOOKS[name][variable.name]
        expected = {str(code) for code in range(span[0], span[1] + 1)} if span else None
        assert variable.codes == expected, variable.name


@every_mapping
def test_every_code_of_every_variable_has_a_target(name):
    found = load(name)
    targeted = defaultdict(set)
    for _, rule in found.rules():
        targeted[rule.variable] |= rule.codes.keys() | rule.nothing
    for variable in found.variables.values():
        assert targeted[variable.name] == (variable.codes or set()), variable.name


@every_mapping
def test_codes_that_end_up_the_same_are_marked_as_a_loss(name):
    """Two codes of one variable that give the same value in every field cannot be told apart."""
    found = load(name)
    told_apart, marked = defaultdict(lambda: defaultdict(list)), defaultdict(set)
    for record, rule in found.rules():
        for code in found.variables[rule.variable].codes:
            value = rule.codes.get(code)
            told_apart[rule.variable][code].append((record, rule.field, value))
        marked[rule.variable] |= rule.lossy.keys()
    for variable, codes in told_apart.items():
        alike = defaultdict(list)
        for code, values in codes.items():
            alike[tuple(values)].append(code)
        for group in alike.values():
            assert len(group) == 1 or set(group) <= marked[variable], (variable, group)


@every_mapping
def test_a_code_that_gives_no_value_anywhere_is_marked_as_a_loss(name):
    """Except where the absence of a value is what the code means."""
    found = load(name)
    meant = {("METHUSE", "2"), ("SUB2", "1"), ("SUB3", "1")}
    rules = [rule for _, rule in found.rules()]
    marked = {(rule.variable, code) for rule in rules for code in rule.lossy}
    told_elsewhere = {(rule.variable, code) for rule in rules for code in rule.codes}
    for rule in rules:
        for code in rule.nothing:
            assert (rule.variable, code) in marked | told_elsewhere | meant


@every_mapping
def test_every_loss_says_what_gets_lost(name):
    for _, rule in load(name).rules():
        assert rule.lossy.keys() <= rule.codes.keys() | rule.nothing
        assert all(len(reason.split()) >= 2 for reason in rule.lossy.values())


@pytest.mark.parametrize(
    ("name", "record"), [("teds-a", "admission"), ("teds-d", "admission"), ("teds-d", "outcome")]
)
def test_every_mandatory_field_is_filled_whatever_a_row_says(name, record):
    filled = {target.name for target in load(name).targets[record] if target.default}
    needed_from_the_row = {"age_at_admission"}
    assert mandatory(record) - DERIVED_TOO[record] - needed_from_the_row <= filled


@every_mapping
def test_derived_fields_exist_and_no_rule_gives_them(name):
    found = load(name)
    fields = {**Admission.DESCRIPTOR.fields_by_name, **Outcome.DESCRIPTOR.fields_by_name}
    given = {rule.field for _, rule in found.rules()}
    for field in found.derived:
        assert field in fields
        assert field not in given


@every_mapping
def test_unknown_is_an_answer_and_never_a_rule_for_minus_nine(name):
    found = load(name)
    assert found.missing == {"", "-9"}
    assert not any("-9" in rule.codes for _, rule in found.rules())


def test_every_state_of_the_code_book_has_a_code_of_iso_3166_2():
    states = load("teds-a").states
    assert {"1", "2", "11", "48", "72", "78"} <= states.keys()
    assert len({*states.values()}) == len(states) == 59


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (
            {"field": "sexe", "variable": "GENDER", "codes": {"1": "MALE"}},
            "admission has no field sexe",
        ),
        (
            {"field": "sex", "variable": "GENDRE", "codes": {"1": "MALE"}},
            "GENDRE has no such codes",
        ),
        (
            {"field": "sex", "variable": "GENDER", "codes": {"3": "MALE"}},
            "GENDER has no such codes",
        ),
        ({"field": "sex", "variable": "GENDER", "codes": {"1": "MAN"}}, "Sex has no MAN"),
        (
            {"field": "sex", "variable": "GENDER", "codes": {"1": "MALE"}, "when": {"AGE": [99]}},
            "condition on AGE",
        ),
        ({"field": "birth_year", "variable": "AGE", "codes": {"1": 1.5}}, "a number or a text"),
    ],
)
def test_a_mapping_that_names_what_does_not_exist_cannot_be_loaded(monkeypatch, rule, why):
    read = mapping._read

    def with_one_more(file):
        table = read(file)
        return {**table, "admission": [rule]} if file == "teds_a.toml" else table

    monkeypatch.setattr(mapping, "_read", with_one_more)
    with pytest.raises(MappingError, match=why):
        load.__wrapped__("teds-a")


def test_there_is_no_other_mapping():
    with pytest.raises(MappingError, match="there are teds-a, teds-d"):
        load("teds-x")
