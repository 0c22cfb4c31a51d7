"""Problems in data, as data: collected and shown all at once, never raised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["blocker", "error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("blocker", "error", "warning", "info")


@dataclass(frozen=True)
class Finding:
    """One thing found in a file or a form: what, where, why, and what to do next.

    `code` is stable; `value` is what was written, as text; `message` says what is wrong and `action` what to
    do. `sheet` and `cell` are None where the finding is about the whole file; `record` is entity and key
    where it is about a record of the portfolio.
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

    def as_json(self) -> dict[str, str | None]:
        """The finding with the keys of the command-line contract."""
        return {
            "code": self.code, "severity": self.severity, "sheet": self.sheet, "cell": self.cell,
            "field": self.field, "value": self.value, "message": self.message, "action": self.action,
        }  # fmt: skip


def prevents_acceptance(findings: tuple[Finding, ...]) -> bool:
    """Whether one of `findings` is an error or a blocker."""
    return any(finding.severity in ("blocker", "error") for finding in findings)
