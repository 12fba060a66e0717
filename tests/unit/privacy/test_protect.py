"""What is hidden so that what the rules hide stays hidden, and that the attack would find it."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gtms.indicators.catalogue import CATALOGUE
from gtms.indicators.definition import Share
from gtms.privacy.cells import SUPPRESSED, Cell, Status
from gtms.privacy.disclosure import attack
from gtms.privacy.rules import ruling
from gtms.privacy.suppression import protect
from tests.support.published import by_rules_alone, count, crossed, share


def statuses(cells: list[Cell]) -> list[Status]:
    return [cell.status for cell in protect(cells, CATALOGUE)]


def test_a_row_with_one_small_cell_hides_another_and_shows_the_total():
    row = [count("B01", 3, sex="FEMALE"), count("B01", 97, sex="MALE"), count("B01", 100)]
    assert statuses(row) == [Status.SUPPRESSED_PRIMARY, Status.SUPPRESSED_SECONDARY, Status.OK]
    assert attack(by_rules_alone(row), CATALOGUE) != []
    assert attack(protect(row, CATALOGUE), CATALOGUE) == []


def test_zero_is_shown_beside_what_is_hidden():
    row = [
        count("B01", 3, sex="FEMALE"),
        count("B01", 0, sex="OTHER"),
        count("B01", 97, sex="MALE"),
        count("B01", 100),
    ]
    assert protect(row, CATALOGUE)[1] == row[1]


def test_small_parts_that_are_their_whole_hide_that_it_is_small():
    row = [count("B01", 1, sex="FEMALE"), count("B01", 1, sex="MALE"), count("B01", 2)]
    published = protect(row, CATALOGUE)
    assert all(cell.status in SUPPRESSED for cell in published)
    assert attack(by_rules_alone(row), CATALOGUE) != []
    assert attack(published, CATALOGUE) == []


def test_a_share_tells_a_count_and_is_hidden_with_it():
    """C01 is women among entrants: its numerator is the cell of B01, its denominator tells men."""
    cells = [
        count("B01", 3, sex="FEMALE"),
        count("B01", 47, sex="MALE"),
        count("B01", 50),
        share("C01", 3, 50),
    ]
    assert protect(cells, CATALOGUE)[3].value is None


def test_what_stands_below_the_line_is_published_too():
    """E01 by sex tells how many are known to inject or not; so does its total."""
    cells = [
        share("E01", 10, 40, sex="MALE"),
        share("E01", 12, 42),
        share("E01", 2, 2, sex="FEMALE"),
    ]
    assert attack(by_rules_alone(cells), CATALOGUE) != []
    assert attack(protect(cells, CATALOGUE), CATALOGUE) == []


def test_bands_within_groups_are_one_margin():
    """<18 less <15 are the people of 15 to 17: no cell has them, and two of them are two."""
    cells = [
        count("B01", 8, age_band="<15"),
        count("B01", 20, age_band="15-19"),
        count("B01", 10, age_group="<18"),
        count("B01", 18, age_group="18-24"),
        count("B01", 28),
    ]
    assert attack(cells, CATALOGUE) != []
    assert attack(protect(cells, CATALOGUE), CATALOGUE) == []


def test_people_in_two_settings_are_no_partition_but_each_setting_is_within_the_total():
    cells = [
        count("A02", 6, setting="OUTPATIENT"),
        count("A02", 6, setting="PRISON"),
        count("A02", 9),
    ]
    assert protect(cells, CATALOGUE) == cells


def test_rounded_parts_that_fit_only_one_way_are_hidden():
    cells = [
        count("A02", 4, admin1="north"),
        count("A02", 9),
        count("B01", 4, admin1="north"),
        count("B01", 4, admin1="south"),
        count("B01", 8),
    ]
    published = protect(cells, CATALOGUE)
    assert attack(by_rules_alone(cells), CATALOGUE) != []
    assert attack(published, CATALOGUE) == []


people = st.integers(0, 12)
tables = st.dictionaries(
    st.tuples(
        st.sampled_from(["MALE", "FEMALE", "OTHER"]),
        st.sampled_from(["<15", "15-19", "20-24", "25-29"]),
        st.sampled_from(["OPIOIDS", "CANNABIS", "COCAINE"]),
    ),
    people,
    min_size=1,
    max_size=20,
)
slowly = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


@slowly
@given(table=tables)
def test_whatever_is_counted_is_safe_when_protected(table):
    cells = crossed("B01", ("sex", "age_band", "substance_group"), table)
    published = protect(cells, CATALOGUE)
    assert attack(published, CATALOGUE) == []
    for before, after in zip(cells, published, strict=True):
        hidden = after.status in SUPPRESSED
        assert hidden == (after.value is None)
        if 0 < (before.value or 0) < 5:
            assert hidden
        if before.value == 0:
            assert after.value == 0


@slowly
@given(table=tables)
def test_protection_of_the_same_is_the_same(table):
    cells = crossed("B01", ("sex", "age_band", "substance_group"), table)
    assert protect(cells, CATALOGUE) == protect(cells, CATALOGUE)


@slowly
@given(
    st.dictionaries(
        st.sampled_from(["MALE", "FEMALE", "OTHER", "UNKNOWN"]), people, min_size=2, max_size=4
    )
)
def test_the_attack_finds_what_one_hidden_cell_in_a_row_gives_away(row):
    cells = [count("B01", number, sex=sex) for sex, number in row.items()]
    cells.append(count("B01", sum(row.values())))
    published = by_rules_alone(cells)
    if sum(cell.status in SUPPRESSED for cell in published) == 1:
        assert attack(published, CATALOGUE) != []


def test_no_measure_of_the_catalogue_is_without_a_rule():
    for indicator in CATALOGUE.values():
        for part in indicator.parts:
            for table in part.tables:
                for name in part.values:
                    assert ruling(indicator, name, tuple(sorted(table)))
                    assert not isinstance(part.measure, Share) or part.measure.of in table
