"""Problems in data, as data: collected and shown all at once, never raised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["blocker", "error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("blocker", "error", "warning", "info")


@dataclass(frozen=True)
class Offer:
    """One way to settle a finding: `value` is taken when it is chosen, `label` is what the person reads.

    `kind`: "replace" writes `value` into the cell, "column" answers how the whole column is read (`value` is
    the code of the answer), "side" takes the file's or the tracker's value of a conflict.
    """

    kind: Literal["replace", "column", "side"]
    value: str
    label: str


@dataclass(frozen=True)
class Finding:
    """One thing found in a file or a form: what, where, why, and what to do next.

    `code` is stable; `value` is what was written, as text; `message` says what is wrong and `action` what to
    do. `sheet` and `cell` are None where the finding is about the whole file; `record` is entity and key
    where it is about a record of the portfolio. `offers` are the ways to settle it on the spot, `unit` is the
    project and period that it stands against, None where it is about the whole file.
    """

    code: str
    severity: Severity
    message: str
    action: str
    sheet: str | None = None
    cell: str | None = None
    field: str | None = None
    value: str | None = None
    record: tuple[str, str] | None = None
    offers: tuple[Offer, ...] = ()
    unit: tuple[str, str] | None = None

    @property
    def group(self) -> tuple[str, str | None, str | None, str | None]:
        """What findings have in common that one decision settles: code, sheet, field and value.

        A question about a whole column is one decision, whatever its cells hold.
        """
        asks_column = any(offer.kind == "column" for offer in self.offers)
        return self.code, self.sheet, self.field, None if asks_column else self.value

    def as_json(self) -> dict[str, str | None]:
        """The finding with the keys of the command-line contract."""
        return {
            "code": self.code, "severity": self.severity, "sheet": self.sheet, "cell": self.cell,
            "field": self.field, "value": self.value, "message": self.message, "action": self.action,
        }  # fmt: skip


def prevents_acceptance(findings: tuple[Finding, ...]) -> bool:
    """Whether one of `findings` is an error or a blocker."""
    return any(finding.severity in ("blocker", "error") for finding in findings)


def field_and_message(item: Finding) -> tuple[str, str]:
    """The label of the field, and the message without the place that it begins with."""
    start = f"Sheet {item.sheet}, cell {item.cell}"
    if item.cell is None or not item.message.startswith(start):
        return "", item.message
    label, _, message = item.message.removeprefix(start).partition(": ")
    return label.removeprefix(" (").removesuffix(")") if label else "", message
