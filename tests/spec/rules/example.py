"""What an example is: a valid record, a change that keeps it right and one that breaks a rule."""

from dataclasses import dataclass, field

from tests.spec.rules.valid import Base, Changes


@dataclass(frozen=True, slots=True)
class Example:
    """`passes` keeps `base` within `rule`, `fails` breaks it and nothing but it and `also`.

    `at` is where the finding must be, from the record message down.
    """

    rule: str
    base: Base
    passes: Changes
    fails: Changes
    at: str
    also: frozenset[str] = field(default_factory=frozenset)

    def __str__(self) -> str:
        return f"{self.rule} {self.base.__name__} {' '.join(self.fails)}"
