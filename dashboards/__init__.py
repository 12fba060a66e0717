"""What ministries, UNODC and operators watch in Grafana, as code: one module per dashboard.

`python -m dashboards` (`make dashboards`) writes `compiled/<language>/<uid>.json`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from dashboards import (
    country_comparison,
    data_quality,
    facilities,
    health_and_justice,
    national_overview,
    pathways_and_outcomes,
    pipeline,
    recovery_cohort,
    stimulants,
    trainings,
    treatment_demand,
    women_and_young_people,
    world_overview,
)
from dashboards.kit.messages import COMPLETE, Messages, messages

Build: TypeAlias = Callable[[Messages], dict[str, object]]


class Audience(StrEnum):
    """Whose organisation of Grafana has a dashboard."""

    MINISTRY = "ministry"
    INTERNATIONAL = "international"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One dashboard.

    Attributes:
        uid: the same in every organisation and language. title_key: key of its title.
        audience: who has it. folder: key of the title of its folder.
        build: makes the JSON of one language.
    """

    uid: str
    title_key: str
    audience: Audience
    folder: str
    build: Build


def _ministry(uid: str, key: str, build: Build) -> Dashboard:
    return Dashboard(uid, key, Audience.MINISTRY, "folder.ministry", build)


def _international(uid: str, key: str, build: Build) -> Dashboard:
    return Dashboard(uid, key, Audience.INTERNATIONAL, "folder.international", build)


DASHBOARDS: tuple[Dashboard, ...] = (
    _ministry(national_overview.UID, national_overview.TITLE, national_overview.build),
    _ministry(treatment_demand.UID, treatment_demand.TITLE, treatment_demand.build),
    _ministry(pathways_and_outcomes.UID, pathways_and_outcomes.TITLE, pathways_and_outcomes.build),
    _ministry(facilities.UID, facilities.TITLE, facilities.build),
    _ministry(
        women_and_young_people.UID, women_and_young_people.TITLE, women_and_young_people.build
    ),
    _ministry(health_and_justice.UID, health_and_justice.TITLE, health_and_justice.build),
    _ministry(stimulants.UID, stimulants.TITLE, stimulants.build),
    _ministry(recovery_cohort.UID, recovery_cohort.TITLE, recovery_cohort.build),
    _ministry(trainings.UID, trainings.TITLE, trainings.build),
    _ministry(data_quality.UID, data_quality.TITLE, data_quality.build),
    _international(world_overview.UID, world_overview.TITLE, world_overview.build),
    _international(country_comparison.UID, country_comparison.TITLE, country_comparison.build),
    Dashboard(pipeline.UID, pipeline.TITLE, Audience.OPERATOR, "folder.operator", pipeline.build),
)
"""All of them, in the order in which they are read; the first of an audience is its home."""

__all__ = ["COMPLETE", "DASHBOARDS", "Audience", "Dashboard", "Messages", "messages"]
