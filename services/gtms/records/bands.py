"""Age bands and drug groups in which people are counted.

Five-year bands are those of the Treatment Demand Indicator; the broad groups are a second, separate
dimension. Drug groups are the TDI groups (TDI 9), numbered by the tens of the substance codes.
"""

from bisect import bisect_right

AGE_BAND_STARTS = (0, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65)
AGE_BAND_LABELS = (
    "<15",
    *(f"{start}-{start + 4}" for start in AGE_BAND_STARTS[1:-1]),
    "65+",
)
AGE_GROUP_STARTS = (0, 18, 25, 45, 65)
AGE_GROUP_LABELS = ("<18", "18-24", "25-44", "45-64", "65+")

SUBSTANCE_GROUP_LABELS = {
    1: "OPIOIDS",
    2: "COCAINE",
    3: "STIMULANTS",
    4: "SEDATIVES",
    5: "HALLUCINOGENS",
    6: "INHALANTS",
    7: "CANNABIS",
    8: "ALCOHOL",
    9: "OTHER",
    10: "NICOTINE",
    99: "UNKNOWN",
}

_ALCOHOL, _NICOTINE, _NONE, _UNKNOWN = 80, 81, 96, 99


def age_band(age: int) -> str:
    """The five-year band of an age in completed years."""
    return AGE_BAND_LABELS[bisect_right(AGE_BAND_STARTS, age) - 1]


def age_group(age: int) -> str:
    """The broad group of an age in completed years."""
    return AGE_GROUP_LABELS[bisect_right(AGE_GROUP_STARTS, age) - 1]


def substance_group_code(substance: int) -> int:
    """The group of a substance code; NONE (96) and an absent code are unknown."""
    if substance in (0, _NONE, _UNKNOWN):
        return 99
    if substance == _NICOTINE:
        return 10
    return substance // 10


def substance_group(substance: int) -> str:
    """The label of the group of a substance code."""
    return SUBSTANCE_GROUP_LABELS[substance_group_code(substance)]
