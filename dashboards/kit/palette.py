"""Colours that people who see colours otherwise can tell apart: those of Okabe and Ito (2008)."""

BLUE = "#0072B2"
ORANGE = "#E69F00"
GREEN = "#009E73"
PINK = "#CC79A7"
SKY = "#56B4E9"
RED = "#D55E00"
YELLOW = "#F0E442"
GREY = "#8E8E8E"

SERIES = (BLUE, ORANGE, GREEN, PINK, SKY, RED, YELLOW)
"""Of series that have no colour of their own, in this order."""

PLAIN_NUMBER, PLAIN_BAR = "text", SKY
"""Of figures that are neither good nor bad; `text` is the colour of text in the reader's theme."""

GOOD, DOUBTFUL, BAD = BLUE, ORANGE, RED
"""Of thresholds: never told by red and green, and never by the colour alone."""

WITHHELD, NOT_MATURED = GREY, "#C9C9C9"
"""Of periods that have no figure to show."""

LABELS = {
    "FEMALE": ORANGE,
    "MALE": BLUE,
    "OTHER_OR_INTERSEX": GREEN,
    "UNKNOWN": GREY,
    "OPIOIDS": BLUE,
    "COCAINE": ORANGE,
    "STIMULANTS": RED,
    "CANNABIS": GREEN,
    "SEDATIVES": PINK,
    "ALCOHOL": SKY,
    "OTHER": YELLOW,
    "INJECT": RED,
    "M3": SKY,
    "M6": BLUE,
    "M12": ORANGE,
    "M24": RED,
}
"""The same label has the same colour on every panel."""

NAMED = ("sex", "substance_group")
"""Dimensions whose labels have colours of their own in bars too, which then explain the lines."""
