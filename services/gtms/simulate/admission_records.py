"""Admissions: from a person's episode to the message a national system would send."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import TypeAlias

from gtms.simulate.days import iso, year_month
from gtms.simulate.facilities import CENTRE_TYPE, PRISON
from gtms.simulate.population import Episode, Person
from gtms.simulate.stamps import Dispatch, Noise, Role, Stamp
from treatment.admissions.v1.admission_pb2 import Admission, AdmissionRecord
from treatment.common.v1 import codes_pb2 as codes

_Alternative: TypeAlias = "tuple[codes.AtiStage.ValueType, codes.AtiMeasure.ValueType]"
_BEFORE_ARREST = codes.ATI_STAGE_PRE_ARREST
_BEFORE_CHARGE = codes.ATI_STAGE_POST_ARREST_PRE_CHARGE
_BEFORE_TRIAL = codes.ATI_STAGE_PRE_TRIAL
_AT_TRIAL = codes.ATI_STAGE_TRIAL_AND_SENTENCING
_AFTER_SENTENCE = codes.ATI_STAGE_POST_SENTENCING
_ATI: dict[codes.Referral.ValueType, tuple[_Alternative, ...]] = {
    codes.REFERRAL_POLICE_DIVERSION: (
        (_BEFORE_ARREST, codes.ATI_MEASURE_WARNING_WITH_REFERRAL),
        (_BEFORE_CHARGE, codes.ATI_MEASURE_WARNING_WITH_REFERRAL),
    ),
    codes.REFERRAL_PROSECUTOR: (
        (_BEFORE_CHARGE, codes.ATI_MEASURE_CONDITIONAL_SUSPENSION_OF_PROSECUTION),
        (_BEFORE_TRIAL, codes.ATI_MEASURE_BAIL_CONDITION),
    ),
    codes.REFERRAL_COURT: (
        (_AT_TRIAL, codes.ATI_MEASURE_SUSPENDED_SENTENCE),
        (_AT_TRIAL, codes.ATI_MEASURE_PROBATION_TREATMENT_ORDER),
    ),
    codes.REFERRAL_PROBATION_PAROLE: (
        (_AFTER_SENTENCE, codes.ATI_MEASURE_PROBATION_TREATMENT_ORDER),
        (_AFTER_SENTENCE, codes.ATI_MEASURE_EARLY_RELEASE_OR_PAROLE_CONDITION),
    ),
    codes.REFERRAL_PRISON_PRE_RELEASE: (
        (_AFTER_SENTENCE, codes.ATI_MEASURE_EARLY_RELEASE_OR_PAROLE_CONDITION),
        (_AFTER_SENTENCE, codes.ATI_MEASURE_COMMUTATION),
    ),
    codes.REFERRAL_DRUG_TREATMENT_COURT_DIVERSION_PROGRAMME: (
        (_AT_TRIAL, codes.ATI_MEASURE_DRUG_TREATMENT_COURT),
        (_BEFORE_TRIAL, codes.ATI_MEASURE_DRUG_TREATMENT_COURT),
    ),
    codes.REFERRAL_TRAFFIC_OFFENCE_DUI: (
        (_AT_TRIAL, codes.ATI_MEASURE_PROBATION_TREATMENT_ORDER),
        (_BEFORE_TRIAL, codes.ATI_MEASURE_CONDITIONAL_SUSPENSION_OF_PROSECUTION),
    ),
    codes.REFERRAL_OTHER_CRIMINAL_JUSTICE: (
        (_AT_TRIAL, codes.ATI_MEASURE_OTHER),
        (codes.ATI_STAGE_UNKNOWN, codes.ATI_MEASURE_UNKNOWN),
    ),
}
_IN_CUSTODY = (  # treatment in custody is no alternative (R052)
    codes.ATI_STAGE_TREATMENT_IN_CUSTODY_NOT_AN_ALTERNATIVE,
    codes.ATI_MEASURE_NOT_APPLICABLE,
)
_PRECISION = (codes.DATE_PRECISION_DAY, codes.DATE_PRECISION_MONTH)


def episode_id(tag: str, number: int) -> str:
    """The id of an episode; unique in the country."""
    return f"{tag}-e{number}"


class AdmissionWriter:
    """Writes the admissions of one country's population."""

    def __init__(self, rng: Random, noise: Noise, stamp: Stamp, tag: str) -> None:
        self._rng = rng
        self._noise = noise
        self._stamp = stamp
        self._tag = tag

    def write(self, person: Person, episode: Episode) -> Iterator[Dispatch]:
        """The revisions of one admission, and now and then a mistake that is taken back."""
        noise, chance = self._noise, self._rng.random()
        if chance < noise.corrected:
            tries = 3 if chance < noise.corrected / 10 else 2
            yield from self._corrected(person, episode, tries)
            return
        yield Dispatch("admission", self.record(person, episode), Role.NEW)
        chance -= noise.corrected
        if chance < noise.retracted:
            yield from self._mistaken(person, episode)
        elif chance < noise.retracted + noise.invalid:
            yield self._invalid(person, episode)

    def record(
        self, person: Person, episode: Episode, revision: int = 1, suffix: str = ""
    ) -> AdmissionRecord:
        """One revision of one admission, right in every field."""
        made = AdmissionRecord()
        admission, client = made.record, person.client
        admission.CopyFrom(client.answers)
        admission.episode_id = identity = episode_id(self._tag, episode.number) + suffix
        admission.facility_id = episode.facility.facility_id
        admission.client_pseudonym = person.pseudonym
        admission.admission_kind = episode.kind
        if episode.preceding >= 0:
            admission.preceding_episode_id = episode_id(self._tag, episode.preceding)
        _set_days(admission, person, episode)
        admission.setting = episode.setting
        admission.tdi_centre_type = CENTRE_TYPE[episode.setting]
        admission.teds_service = episode.service
        admission.interventions_planned.extend(episode.interventions)
        admission.residence_admin1 = episode.facility.admin1
        self._set_referral(admission, episode)
        if episode.status:
            _set_status(admission, client.oat_years, episode)
        if episode.setting == PRISON:
            admission.housing = codes.HOUSING_IN_DETENTION
            admission.living_with = codes.LIVING_WITH_IN_DETENTION
        self._stamp.upsert(made, identity, revision, episode.admitted)
        return made

    def _set_referral(self, admission: Admission, episode: Episode) -> None:
        admission.referral = episode.referral
        admission.voluntariness = codes.VOLUNTARINESS_VOLUNTARY_INFORMED_CONSENT
        measures = _ATI.get(episode.referral)
        if measures is None:
            return
        drawn = measures[int(self._rng.random() * len(measures))]
        custody = episode.setting == PRISON
        admission.ati_stage, admission.ati_measure = _IN_CUSTODY if custody else drawn
        admission.voluntariness = codes.VOLUNTARINESS_CONSENT_UNDER_LEGAL_ALTERNATIVE
        if self._rng.random() < 0.05:
            admission.voluntariness = codes.VOLUNTARINESS_WITHOUT_CONSENT

    def _corrected(self, person: Person, episode: Episode, tries: int) -> Iterator[Dispatch]:
        for revision in range(1, tries):
            wrong = self.record(person, episode, revision)
            self._spoil(wrong.record, episode)
            yield Dispatch("admission", wrong, Role.NEW if revision == 1 else Role.CORRECTION)
        yield Dispatch("admission", self.record(person, episode, tries), Role.CORRECTION)

    def _spoil(self, admission: Admission, episode: Episode) -> None:
        """A plausible mistake that breaks no rule: a later date, an answer not given."""
        later = min(episode.admitted + self._rng.randint(3, 45), self._stamp.span.last)
        year = year_month(episode.admitted)[0]
        if year_month(later)[0] == year:
            admission.admission_date = iso(later)
        admission.labour = codes.LABOUR_UNKNOWN
        admission.education = codes.EDUCATION_UNKNOWN

    def _mistaken(self, person: Person, episode: Episode) -> Iterator[Dispatch]:
        mistake = self.record(person, episode, suffix="x")
        yield Dispatch("admission", mistake, Role.MISTAKE)
        back = AdmissionRecord()
        back.retraction.facility_id = mistake.record.facility_id
        back.retraction.episode_id = mistake.record.episode_id
        self._stamp.retract(back, mistake.record.episode_id, 2, episode.admitted)
        yield Dispatch("admission", back, Role.RETRACTION)

    def _invalid(self, person: Person, episode: Episode) -> Dispatch:
        """A record that no service may accept: first use after the admission (R037)."""
        broken = self.record(person, episode, suffix="v")
        broken.record.primary_age_first_use = broken.record.age_at_admission + 5
        return Dispatch("admission", broken, Role.INVALID)


def _set_days(admission: Admission, person: Person, episode: Episode) -> None:
    year, month = year_month(episode.admitted)
    admission.admission_date = iso(episode.admitted)
    admission.admission_date_precision = _PRECISION[episode.month_only]
    if episode.requested is not None:
        admission.request_date = iso(episode.requested)
        admission.assessment_date = iso((episode.requested + episode.admitted) // 2)
    admission.birth_year = person.birth_year
    admission.age_at_admission = year - person.birth_year - (admission.birth_month > month)


def _set_status(admission: Admission, oat_years: int | None, episode: Episode) -> None:
    admission.treatment_status = episode.status
    if episode.prior is not None:
        admission.prior_episodes_n = episode.prior
    else:
        admission.ClearField("prior_episodes_n")
    if episode.status == codes.TREATMENT_STATUS_NEVER_PREVIOUSLY_TREATED:
        if admission.oat_status:
            admission.oat_status = codes.OAT_STATUS_NEVER
    elif oat_years is not None:
        admission.year_first_oat = year_month(episode.admitted)[0] - oat_years
