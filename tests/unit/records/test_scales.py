"""The published scoring of BARC-10, SURE and WHOQOL-BREF, with answers worked out by hand."""

import pytest

from gtms.records.scales import barc10_total, sure_total, whoqol_domains

EVERY = {"physical", "psychological", "social", "environment"}


@pytest.mark.parametrize(
    ("items", "total"),
    [
        ([1] * 10, 10),
        ([6] * 10, 60),
        ([5, 5, 5, 5, 5, 5, 5, 5, 5, 2], 47),
        ([6] * 9, None),
        ([6] * 11, None),
        ([6] * 9 + [7], None),
        ([6] * 9 + [0], None),
        ([], None),
    ],
)
def test_barc10_is_the_sum_of_ten_answers(items: list[int], total: int | None) -> None:
    assert barc10_total(items) == total


@pytest.mark.parametrize(
    ("items", "total"), [([1] * 21, 21), ([3] * 21, 63), ([3] * 20, None), ([3] * 20 + [4], None)]
)
def test_sure_is_the_sum_of_21_answers(items: list[int], total: int | None) -> None:
    assert sure_total(items) == total


def answers(given: dict[int, int], otherwise: int = 3) -> list[int]:
    """The 26 answers, counted from 1."""
    return [given.get(number, otherwise) for number in range(1, 27)]


def test_every_domain_is_four_times_its_mean() -> None:
    assert whoqol_domains(answers({})) == dict.fromkeys(EVERY, 12)
    best = whoqol_domains(answers({3: 1, 4: 1, 26: 1}, otherwise=5))
    worst = whoqol_domains(answers({3: 5, 4: 5, 26: 5}, otherwise=1))
    assert best == dict.fromkeys(EVERY, 20)
    assert worst == dict.fromkeys(EVERY, 4)


def test_pain_medication_and_negative_feelings_are_reversed() -> None:
    """As in the equations of the manual: (6-Q3) + (6-Q4) + Q10 + Q15 + Q16 + Q17 + Q18."""
    scores = whoqol_domains(
        answers(
            {3: 1, 4: 2, 10: 4, 15: 5, 16: 2, 17: 3, 18: 4, 5: 4, 6: 5, 7: 3, 11: 4, 19: 2, 26: 2}
        )
    )
    assert scores is not None
    assert scores["physical"] == pytest.approx(4 * (5 + 4 + 4 + 5 + 2 + 3 + 4) / 7)
    assert scores["psychological"] == pytest.approx(4 * (4 + 5 + 3 + 4 + 2 + 4) / 6)


def test_the_mean_of_the_others_stands_in_for_two_missing_answers() -> None:
    scores = whoqol_domains(answers({8: 0, 9: 0, 12: 5, 13: 5, 14: 4}))
    assert scores is not None
    assert scores["environment"] == pytest.approx(4 * (5 + 5 + 4 + 3 + 3 + 3) / 6)


@pytest.mark.parametrize(
    ("missing", "scored"),
    [
        ((3, 4, 10), EVERY - {"physical"}),
        ((5, 6, 26), EVERY - {"psychological"}),
        ((20,), EVERY - {"social"}),
        ((8, 9, 25), EVERY - {"environment"}),
        ((1, 2), EVERY),
        ((3, 4, 5, 6, 8), EVERY),
    ],
)
def test_a_domain_with_too_many_missing_has_no_score(
    missing: tuple[int, ...], scored: set[str]
) -> None:
    scores = whoqol_domains(answers(dict.fromkeys(missing, 0)))
    assert scores is not None
    assert set(scores) == scored


@pytest.mark.parametrize(
    "items",
    [
        answers(dict.fromkeys((1, 2, 3, 8, 9, 10), 0)),
        [3] * 25,
        [3] * 27,
        [3] * 25 + [6],
        [0] * 26,
        [],
    ],
)
def test_a_scale_with_a_fifth_missing_is_not_stored(items: list[int]) -> None:
    assert whoqol_domains(items) is None
