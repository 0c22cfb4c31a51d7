"""What one cell says for a field, before it has a place: a value, nothing, or what stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from portfolio.findings import Offer
from portfolio.model.changes import Value

_NO_FACTS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True)
class Issue:
    """A finding without a place: its code, a closer remedy, the facts of its sentence, ways to settle it."""

    code: str
    action: str | None = None
    facts: Mapping[str, object] = field(default_factory=lambda: _NO_FACTS)
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class Parsed:
    """What a cell says for a field: nothing, a value, that it is to be erased, or something unreadable."""

    state: Literal["blank", "value", "clear", "bad"]
    value: Value = None
    issues: tuple[Issue, ...] = ()

    def noting(self, *more: Issue) -> Parsed:
        """The same with further findings."""
        return Parsed(self.state, self.value, (*self.issues, *more)) if more else self


BLANK = Parsed("blank")


def bad(code: str, action: str | None = None, offers: Iterable[Offer] = (), /, **facts: object) -> Parsed:
    """Something that cannot be read."""
    return Parsed("bad", None, (Issue(code, action, facts, tuple(offers)),))


def good(value: Value, code: str | None = None, /, **facts: object) -> Parsed:
    """A value, with one finding where `code` is given."""
    return Parsed("value", value, () if code is None else (Issue(code, None, facts),))


def replacements(values: Iterable[str], words: str = "Write {}") -> tuple[Offer, ...]:
    """Offers to write one of `values` into the cell instead."""
    return tuple(Offer("replace", value, words.format(value)) for value in dict.fromkeys(values))
