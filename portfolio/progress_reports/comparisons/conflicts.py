"""Values that were changed on both sides: who set them, whose holds, and the ways to settle it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from portfolio.findings import Finding, Offer
from portfolio.model.changes import Value
from portfolio.progress_reports.catalogue import Place, finding, shown
from portfolio.progress_reports.corrections import Address, Side
from portfolio.progress_reports.fields.columns import FieldSpec
from portfolio.progress_reports.values.values import Parsed, display

Outcome = Literal["keep", "change", "conflict"]
Sides = Mapping[Address, Side]


@dataclass(frozen=True)
class Writer:
    """Who set a value last: with which change set, and from which file if it came from one.

    `is_same_report`: it was the last standing import of the same project and period.
    """

    by: str
    on: str
    change_set: int
    file: str | None = None
    is_same_report: bool = False

    @property
    def words(self) -> str:
        """Who and when, as a sentence says it."""
        source = f", from {self.file}" if self.file else ""
        return f"{self.by} ({self.on}, change set {self.change_set}{source})"


# entity, key and field of a value -> who set it last, None where the history does not tell
LastWriter = Callable[[str, str, str], Writer | None]


def outcome(issued: Value, parsed: Parsed, now: Value) -> Outcome:
    """What follows from the value issued, the one in the file and the one now.

    A cell that was not touched keeps whatever the tracker holds now, so it can never be in conflict.
    """
    if parsed.state in ("blank", "bad"):
        return "keep"
    wanted = None if parsed.state == "clear" else parsed.value
    untouched = parsed.state == "value" and equal(wanted, issued)
    if untouched or equal(wanted, now):
        return "keep"
    return "change" if equal(issued, now) else "conflict"


def equal(one: Value, other: Value) -> bool:
    """Whether two values are the same; 0 is not no, and 1 is not yes."""
    return type(one) is type(other) and one == other


@dataclass(frozen=True)
class Conflict:
    """One field with its three values: as issued, in the file (None erases) and now.

    `code` is that of the finding as long as nobody has chosen a side.
    """

    spec: FieldSpec
    place: Place
    raw: str
    issued: Value
    wanted: Value
    now: Value
    names: Mapping[str, str] | None = None
    code: str = "CONFLICT_FIELD"

    def _quoted(self, value: Value) -> str:
        return shown(display(self.spec, value, self.names))

    def settle(self, writer: Writer | None, sides: Sides) -> tuple[bool, Finding]:
        """Whether the file's value goes in, and what is said about it."""
        if writer is not None and writer.is_same_report:
            facts = {"earlier": self._quoted(self.now), "who": writer.words}
            return True, finding("VERSION_REPLACED", self.place, self.raw, **facts)
        facts = {
            "issued": self._quoted(self.issued), "now": self._quoted(self.now),
            "who": "somebody" if writer is None else writer.words,
        }  # fmt: skip
        side = sides.get((self.place.sheet or "", self.place.cell or ""))
        if side is None:
            found = finding(self.code, self.place, self.raw, **facts)
        else:
            held = self._quoted(self.wanted if side == "file" else self.now)
            what = "Issued with '{issued}', set to '{now}' by {who}".format(**facts)
            found = finding("CONFLICT_SETTLED", self.place, self.raw, what=what, held=f"'{held}' holds")
        return side == "file", replace(found, offers=self._offers())

    def _offers(self) -> tuple[Offer, ...]:
        return (
            Offer("side", "tracker", f"Keep {self._quoted(self.now)}"),
            Offer("side", "file", f"Take {self._quoted(self.wanted)} from the file"),
        )


def settle_removal(
    place: Place, changed: Sequence[tuple[FieldSpec, Writer | None]], sides: Sides
) -> tuple[bool, tuple[Finding, ...]]:
    """Whether a record leaves as the file asks, and what is said about it.

    `changed` are the fields that hold another value than the one issued, with who set each.
    """
    others = [(spec, writer) for spec, writer in changed if writer is None or not writer.is_same_report]
    if not others:
        return True, ()
    spec, writer = others[0]
    who = "somebody" if writer is None else writer.words
    side = sides.get((place.sheet or "", place.cell or ""))
    if side is None:
        found = finding("CONFLICT_REMOVED", place, what=spec.label, who=who)
    else:
        held = "the record leaves" if side == "file" else "the record stays"
        found = finding("CONFLICT_SETTLED", place, what=f"'{spec.label}' was set by {who}", held=held)
    offers = (Offer("side", "tracker", "Keep the record"), Offer("side", "file", "Remove it all the same"))
    return side == "file", (replace(found, offers=offers),)
