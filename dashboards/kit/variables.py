"""What can be chosen above a dashboard."""

from collections.abc import Mapping

from grafana_foundation_sdk.builders import dashboard as build
from grafana_foundation_sdk.cog.builder import Builder
from grafana_foundation_sdk.models.dashboard import (
    VariableHide,
    VariableModel,
    VariableOption,
    VariableRefresh,
    VariableSort,
)

from dashboards.kit.clickhouse import PLUGIN, SOURCE, UID
from dashboards.kit.messages import Messages
from dashboards.kit.queries import ALL, text
from gtms.indicators import dimensions

PEOPLE: Mapping[str, str] = {
    "admin1": "region",
    "age_band": "age",
    "sex": "sex",
    "substance_group": "substance",
}
"""Variables by the dimension that they choose a label of."""
PLACES: Mapping[str, str] = {"admin1": "region"}

_LABELS = {
    "age_band": tuple((dimensions.AGE_BAND.labels or {}).values()),
    "sex": tuple((dimensions.SEX.labels or {}).values()),
    "substance_group": tuple((dimensions.SUBSTANCE_GROUP.labels or {}).values()),
}


def source(words: Messages) -> Builder[VariableModel]:
    """The data source, so that no panel names one."""
    return (
        build.DatasourceVariable("datasource")
        .label(words("variable.datasource"))
        .type(PLUGIN)
        .current(VariableOption(True, UID, UID))
        .hide(VariableHide.HIDE_VARIABLE)
    )


def period(words: Messages, view: str = "published.periods") -> Builder[VariableModel]:
    """Years, then quarters, then months that have figures; the newest year that is over first."""
    asked = _asked(
        "period",
        words("variable.period"),
        f"SELECT period FROM {view} GROUP BY period, kind, time ORDER BY"
        " indexOf(['year', 'quarter', 'month'], kind),"
        " kind = 'year' AND addYears(time, 1) > now(), time DESC",
    )
    return asked.description(words("variable.period.about"))


def region(words: Messages) -> Builder[VariableModel]:
    """First-level areas of the country, or all of them."""
    return _asked(
        "region",
        words("variable.region"),
        f"SELECT value, text FROM (SELECT '{ALL}' AS value, {text(words('all.region'))} AS text"
        " UNION ALL SELECT DISTINCT substring(key, 8) AS value, value AS text"
        " FROM published.provisional_in(indicators = ['J01'], by = 'admin1',"
        " period = ${period:singlequote}))"
        f" ORDER BY value != '{ALL}', text",
    )


def countries(words: Messages, view: str) -> Builder[VariableModel]:
    """Countries that have released figures; several may be chosen."""
    return (
        _asked(
            "country",
            words("variable.country"),
            f"SELECT DISTINCT toString(country) AS value FROM {view} ORDER BY value",
        )
        .multi(True)
        .include_all(True)
    )


def labels(words: Messages, dimension: str, name: str) -> Builder[VariableModel]:
    """The labels of a dimension, or all of them."""
    options = [(words(f"all.{name}"), ALL)]
    options += [(words.label(dimension, code), code) for code in _LABELS[dimension]]
    chosen = [
        VariableOption(index == 0, shown, code) for index, (shown, code) in enumerate(options)
    ]
    return (
        build.CustomVariable(name)
        .label(words(f"variable.{name}"))
        .values(", ".join(f"{shown} : {code}" for shown, code in options))
        .options(chosen)
        .current(chosen[0])
        .allow_custom_value(False)
    )


def _asked(name: str, label: str, sql: str) -> build.QueryVariable:
    return (
        build.QueryVariable(name)
        .label(label)
        .datasource(SOURCE)
        .query(sql)
        .definition(sql)
        .refresh(VariableRefresh.ON_DASHBOARD_LOAD)
        .sort(VariableSort.DISABLED)
        .allow_custom_value(False)
    )
