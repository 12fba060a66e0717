"""Age bands in which people are counted.

Five-year bands are those of the Treatment Demand Indicator; the broad groups are a second, separate
dimension.
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


def age_band(age: int) -> str:
    """The five-year band of an age in completed years."""
    return AGE_BAND_LABELS[bisect_right(AGE_BAND_STARTS, age) - 1]


def age_group(age: int) -> str:
    """The broad group of an age in completed years."""
    return AGE_GROUP_LABELS[bisect_right(AGE_GROUP_STARTS, age) - 1]
