"""Mappings in words: what a file's codes become, and what gets lost, as Markdown for people."""

from collections.abc import Iterable, Iterator

from gtms.interop.mapping import FileMapping, Rule

LOSS_HEADER = ("| variable | codes | field | what is lost |", "|---|---|---|---|")
TARGET_HEADER = ("| variable | meaning | fields |", "|---|---|---|")


def loss_table(mapping: FileMapping, beyond: FileMapping | None = None) -> str:
    """Every code that says more than the record can, grouped by variable, field and reason.

    With `beyond`, only what is not in the table of that mapping.
    """
    told = set(_loss_lines(beyond)) if beyond else set()
    return "\n".join((*LOSS_HEADER, *(line for line in _loss_lines(mapping) if line not in told)))


def _loss_lines(mapping: FileMapping) -> list[str]:
    lost: dict[tuple[str, str, str], list[str]] = {}
    for record, rule in mapping.rules():
        for code, reason in rule.lossy.items():
            codes = lost.setdefault((rule.variable, _field(record, rule), reason), [])
            if code not in codes:
                codes.append(code)
    return [
        f"| {variable} | {_codes(codes)} | {field} | {reason} |"
        for (variable, field, reason), codes in sorted(lost.items(), key=lambda item: item[0][0])
    ]


def target_table(mapping: FileMapping) -> str:
    """Every variable with the fields it feeds, or why it has none."""
    fields: dict[str, list[str]] = {}
    for record, rule in mapping.rules():
        found = fields.setdefault(rule.variable, [])
        if _field(record, rule) not in found:
            found.append(_field(record, rule))
    lines = [
        f"| {name} | {variable.title} | {', '.join(fields.get(name, ['identity or date']))} |"
        for name, variable in mapping.variables.items()
    ]
    lines += [f"| {name} | not read | {why} |" for name, why in mapping.ignored.items()]
    return "\n".join((*TARGET_HEADER, *lines))


def derived_table(mapping: FileMapping) -> str:
    """The fields that are worked out rather than looked up."""
    lines = (f"| {field} | {how} |" for field, how in mapping.derived.items())
    return "\n".join(("| field | how |", "|---|---|", *lines))


def _field(record: str, rule: Rule) -> str:
    return f"{record} {rule.field}"


def _codes(codes: Iterable[str]) -> str:
    return ", ".join(_spans(sorted(int(code) for code in codes)))


def _spans(codes: list[int]) -> Iterator[str]:
    start = 0
    for at in range(1, len(codes) + 1):
        if at == len(codes) or codes[at] != codes[at - 1] + 1:
            first, last = codes[start], codes[at - 1]
            yield str(first) if first == last else f"{first}–{last}"
            start = at
