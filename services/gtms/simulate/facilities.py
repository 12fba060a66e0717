"""The facilities of a simulated country: where they are, what they offer, how big they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from gtms.simulate.days import Span
from gtms.simulate.profiles import CountryProfile, common
from gtms.simulate.shares import Shares, shares
from treatment.common.v1 import codes_pb2 as codes

OUTPATIENT = codes.SETTING_SPECIALIZED_OUTPATIENT
INPATIENT = codes.SETTING_SHORT_TERM_INPATIENT
RESIDENTIAL = codes.SETTING_LONG_TERM_RESIDENTIAL
PRISON = codes.SETTING_PRISON_OR_CUSTODIAL
TELEHEALTH = codes.SETTING_TELEHEALTH
LOW_THRESHOLD = codes.SETTING_LOW_THRESHOLD_AGENCY
GENERAL = codes.SETTING_NON_SPECIALIZED_HEALTH_OR_SOCIAL

CENTRE_TYPE = {
    OUTPATIENT: codes.TDI_CENTRE_TYPE_OUTPATIENT_TREATMENT_CENTRE,
    TELEHEALTH: codes.TDI_CENTRE_TYPE_OUTPATIENT_TREATMENT_CENTRE,
    INPATIENT: codes.TDI_CENTRE_TYPE_INPATIENT_TREATMENT_CENTRE,
    RESIDENTIAL: codes.TDI_CENTRE_TYPE_INPATIENT_TREATMENT_CENTRE,
    PRISON: codes.TDI_CENTRE_TYPE_TREATMENT_UNIT_IN_PRISON,
    GENERAL: codes.TDI_CENTRE_TYPE_GENERAL_PRACTITIONER,
    LOW_THRESHOLD: codes.TDI_CENTRE_TYPE_LOW_THRESHOLD_AGENCY,
    codes.SETTING_COMMUNITY_OUTREACH: codes.TDI_CENTRE_TYPE_LOW_THRESHOLD_AGENCY,
}
BEDDED = (INPATIENT, RESIDENTIAL)
FEWEST = 5  # people on an ordinary day in a facility that has any
OAT_OFFERED = 0.75  # share of facilities for outpatients, in prison or in primary care
_OAT_SETTINGS = (OUTPATIENT, PRISON, GENERAL)


@dataclass(frozen=True, slots=True)
class Facility:
    """One facility. Days are ordinals; `closed` is the first day on which it is closed, or None.

    `size` is its share of the admissions of its main setting (0: it is open and has nobody, and
    says so with nil returns). `registers` is NO for a facility that does not report by agreement;
    `silent` for one that should report and does not.
    """

    number: int
    facility_id: str
    admin1: str
    settings: tuple[codes.Setting.ValueType, ...]
    ownership: codes.Ownership.ValueType
    opened: int
    closed: int | None
    size: float
    caseload: int
    oat: bool
    registers: bool
    silent: bool

    @property
    def setting(self) -> codes.Setting.ValueType:
        """The main setting."""
        return self.settings[0]

    @property
    def reports(self) -> bool:
        """Whether anything but its entry in the register ever arrives."""
        return self.registers and not self.silent

    def open_on(self, day: int) -> bool:
        """Whether it is open on a day."""
        return self.opened <= day and (self.closed is None or day < self.closed)


@dataclass(frozen=True, slots=True)
class Network:
    """All facilities of a country, and those that admit, by setting."""

    facilities: tuple[Facility, ...]
    admitting: dict[codes.Setting.ValueType, Shares[Facility]]

    def admit(self, rng: Random, setting: codes.Setting.ValueType, day: int) -> Facility:
        """A facility of this setting that is open on the day; big ones more often."""
        choices = self.admitting[setting]
        for _ in range(8):
            facility = choices.draw(rng)
            if facility.open_on(day):
                return facility
        return choices.values[0]


def build_network(
    rng: Random, profile: CountryProfile, span: Span, admissions: int, tag: str
) -> Network:
    """A network that fits the number of admissions; `tag` keeps populations apart by facility id.

    The first facility of every setting is always open and always reports, so that each setting has
    somewhere to go to on any day.
    """
    wanted = [*profile.settings.values, LOW_THRESHOLD]
    count = max(len(wanted) + 3, min(400, round(admissions**0.5 / 2)))
    drawn = wanted + [profile.settings.draw(rng) for _ in range(count - len(wanted))]
    regions = max(3, min(24, count // 4))
    facilities = [
        _facility(rng, profile, span, tag, number, setting, regions, number <= len(wanted))
        for number, setting in enumerate(drawn, start=1)
    ]
    sized = tuple(
        _with_caseload(facility, facilities, profile, admissions, span) for facility in facilities
    )
    admitting = {
        setting: shares((f, f.size) for f in sized if f.setting == setting and f.reports and f.size)
        for setting in wanted
    }
    return Network(sized, admitting)


def _facility(
    rng: Random,
    profile: CountryProfile,
    span: Span,
    tag: str,
    number: int,
    setting: codes.Setting.ValueType,
    regions: int,
    steady: bool,
) -> Facility:
    opened = span.first - rng.randint(200, 6000)
    closed, size, chance = None, rng.lognormvariate(0.0, 0.8), rng.random()
    if not steady and chance < 0.06:
        opened = rng.randint(span.first, span.last)
    elif not steady and chance < 0.10:
        closed = rng.randint(span.first + 1, span.last)
    elif not steady and chance < 0.15:
        size = 0.0
    settings = [setting, codes.SETTING_COMMUNITY_OUTREACH]
    offers_oat = setting in _OAT_SETTINGS and (steady or rng.random() < OAT_OFFERED)
    return Facility(
        number=number,
        facility_id=f"{profile.country}-{tag}-{number:03d}",
        admin1=f"{profile.country}-{1 + int(regions * rng.random() ** 1.6):02d}",
        settings=tuple(settings if setting == LOW_THRESHOLD else settings[:1]),
        ownership=common().ownership.draw(rng),
        opened=opened,
        closed=closed,
        size=size,
        caseload=0,
        oat=offers_oat,
        registers=steady or rng.random() > 0.08,
        silent=not steady and rng.random() < 0.05,
    )


def _with_caseload(
    facility: Facility,
    facilities: list[Facility],
    profile: CountryProfile,
    admissions: int,
    span: Span,
) -> Facility:
    """The number of people it has on an ordinary day: admissions per day times a usual stay."""
    settings = profile.settings
    shares_of = dict(zip(settings.values, _steps(settings.cumulative), strict=True))
    share = shares_of.get(facility.setting, common().journeys.needle_exchange_only)
    total = sum(f.size for f in facilities if f.setting == facility.setting) or 1.0
    stay = {INPATIENT: 12, RESIDENTIAL: 70, PRISON: 120, OUTPATIENT: 180}.get(facility.setting, 90)
    per_day = admissions * share * facility.size / total / len(span)
    least = FEWEST if facility.size else 0
    return replace(facility, caseload=max(least, round(per_day * stay)))


def _steps(cumulative: tuple[float, ...]) -> list[float]:
    return [high - low for low, high in pairwise((0.0, *cumulative))]
