"""C, D and E: who enters treatment, by what way, and at what risk."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from . import codes
from .cells import Share, Sheet, grouped
from .episodes import Episode
from .people import Entrant, entrants, episode_traits
from .periods import Period, Profile
from .visible import Admission

Question: TypeAlias = Callable[[Admission], bool]

DRUG = (("substance_group",), ("substance",))
AGE = (("age_band",), ("age_group",))
STIMULANT_USERS = (("sex",), *AGE, ("route",))
STIMULANTS = (("substance",),)

TABLES = {
    "C01": (*DRUG, ("setting",), ("referral",)),
    "C02": (*DRUG, ("sex",)),
    "C03": (*DRUG, ("oat",)),
    "C04": (("sex",), *DRUG),
    "C05": (("sex",), ("setting",)),
    "C06": (*STIMULANT_USERS, *STIMULANTS),
    "D01": (("sex",), *DRUG, ("admin1",)),
    "D02": (("ati_stage",), ("ati_measure",), ("sex",), ("under_18",)),
    "D04": (("setting",), ("referral",)),
    "E01": (*DRUG, ("sex",), *AGE),
    "E02": (("sex",), *AGE, ("treatment_history",)),
    "E03": (("sex",),),
    "E04": (("sex",),),
}
YOUNG_ADULTS = range(18, 25)
CHILDBEARING_AGES = range(15, 50)


def write(
    sheets: dict[str, Sheet], episodes: Sequence[Episode], period: Period, profile: Profile
) -> None:
    who = entrants(episodes, period, profile)
    _people(sheets, who)
    _stimulants(sheets["C06"], who)
    _justice(sheets, who, [each for each in episodes if each.starts_in(period)])
    _risks(sheets, who)


def _shares(who: Iterable[Entrant], asked: Question, yes: Question) -> list[Share]:
    """Of the entrants who were asked (and answered), those of whom it is true."""
    return [
        Share(each.traits, yes(each.described_by.admission))
        for each in who
        if asked(each.described_by.admission)
    ]


def _people(sheets: dict[str, Sheet], who: Sequence[Entrant]) -> None:
    sheets["C01"].shares(
        _shares(who, lambda said: codes.is_known(said.sex), lambda said: said.sex == codes.WOMAN)
    )
    sheets["C02"].shares(
        _shares(who, lambda said: True, lambda said: said.age < 18), measure="under_18"
    )
    sheets["C02"].shares(
        _shares(who, lambda said: True, lambda said: said.age in YOUNG_ADULTS),
        measure="from_18_to_24",
    )
    sheets["C03"].shares(
        _shares(
            [each for each in who if _could_bear_children(each.described_by.admission)],
            lambda said: said.pregnancy in (codes.PREGNANT, codes.NOT_PREGNANT, codes.POSTPARTUM),
            lambda said: said.pregnancy in (codes.PREGNANT, codes.POSTPARTUM),
        )
    )
    sheets["C04"].shares(
        _shares(
            who,
            lambda said: codes.is_known(said.housing),
            lambda said: said.housing in codes.UNSTABLE_OR_HOMELESS,
        )
    )
    sheets["C05"].shares(
        _shares(
            who,
            lambda said: codes.is_known(said.comorbidity),
            lambda said: said.comorbidity == codes.COMORBIDITY_DIAGNOSED,
        )
    )


def _could_bear_children(said: Admission) -> bool:
    return said.sex == codes.WOMAN and said.age in CHILDBEARING_AGES


def _stimulants(sheet: Sheet, who: Sequence[Entrant]) -> None:
    """Stimulant users of all entrants whose drug is known, and so the users of each stimulant."""
    known = [
        (each.traits, each.described_by.admission.substance)
        for each in who
        if codes.is_known_substance(each.described_by.admission.substance)
    ]
    sheet.part(STIMULANT_USERS).shares(
        Share(traits, codes.is_stimulant(substance)) for traits, substance in known
    )
    users = [(traits, substance) for traits, substance in known if codes.is_stimulant(substance)]
    for key, members in grouped(users, ("substance",)).items():
        sheet.percent(("substance",), key, len(members), len(known))


def _justice(sheets: dict[str, Sheet], who: Sequence[Entrant], starts: Sequence[Episode]) -> None:
    sheets["D01"].shares(
        _shares(
            who,
            lambda said: codes.is_known(said.referral),
            lambda said: said.referral in codes.CRIMINAL_JUSTICE_REFERRALS,
        )
    )
    sheets["D02"].counts(
        each.traits
        for each in who
        if each.described_by.admission.ati_stage in codes.ALTERNATIVE_STAGES
    )
    for measure, answer in (
        ("voluntary", codes.VOLUNTARY),
        ("without_consent", codes.WITHOUT_CONSENT),
    ):
        sheets["D04"].shares(
            [
                Share(episode_traits(each), each.admission.voluntariness == answer)
                for each in starts
                if codes.is_known(each.admission.voluntariness)
            ],
            measure=measure,
        )


def _risks(sheets: dict[str, Sheet], who: Sequence[Entrant]) -> None:
    sheets["E01"].shares(
        _shares(
            who,
            lambda said: said.injecting in {codes.NEVER_INJECTED, *codes.EVER_INJECTED},
            lambda said: said.injecting == codes.CURRENTLY_INJECTING,
        )
    )
    injectors = [
        each for each in who if each.described_by.admission.injecting in codes.EVER_INJECTED
    ]
    sheets["E02"].shares(
        _shares(
            injectors,
            lambda said: said.hiv_test in codes.TEST_STATUSES,
            lambda said: said.hiv_test == codes.TESTED_IN_12_MONTHS,
        )
    )
    sheets["E03"].shares(
        _shares(
            [each for each in who if each.described_by.admission.hiv_result == codes.HIV_POSITIVE],
            lambda said: said.on_art in (codes.YES, codes.NO),
            lambda said: said.on_art == codes.YES,
        )
    )
    sheets["E04"].shares(
        _shares(
            injectors,
            lambda said: said.hcv_test in codes.TEST_STATUSES,
            lambda said: said.hcv_test == codes.TESTED_IN_12_MONTHS,
        )
    )
