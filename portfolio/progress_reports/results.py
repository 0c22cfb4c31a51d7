"""What a check or an import came to, for the command line, the screens and the annotated copies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from portfolio.findings import Finding, prevents_acceptance
from portfolio.model.changes import ChangeSetDraft, FieldChange, SourceFile
from portfolio.progress_reports.catalogue import finding
from portfolio.progress_reports.limits import present_limits
from portfolio.progress_reports.reports import CellCounts

Stage = Literal["received", "looked at", "read", "understood", "compared"]
STAGES: tuple[Stage, ...] = ("received", "looked at", "read", "understood", "compared")
ALREADY_IMPORTED = "FILE_ALREADY_IMPORTED"


@dataclass(frozen=True)
class UnitResult:
    """One project and one period: applied, refused with a reason, or (neither) nothing to change."""

    project: str
    period: str
    applied: bool = False
    refused_because: str | None = None


@dataclass(frozen=True)
class FileResult:
    """What was found in one file; `project` and `period` are None where it could not be recognised.

    `reached` is the stage in which the check ended: "compared" if nothing ended it before.
    """

    name: str
    sha256: str
    findings: tuple[Finding, ...] = ()
    readable: bool = False
    project: str | None = None
    period: str | None = None
    acronym: str | None = None
    changes: tuple[FieldChange, ...] = ()
    cells: CellCounts = field(default_factory=CellCounts)
    units: tuple[UnitResult, ...] = ()
    content: bytes = field(default=b"", repr=False)
    reached: Stage = "received"

    @property
    def is_acceptable(self) -> bool:
        """Whether nothing stands against applying its changes."""
        return self.readable and not prevents_acceptance(self.findings)

    @property
    def is_imported_already(self) -> bool:
        """Whether an import of the same bytes stands."""
        return any(item.code == ALREADY_IMPORTED for item in self.findings)

    @property
    def received_units(self) -> tuple[UnitResult, ...]:
        """The units that count as reported once the file is accepted, whether or not they change anything."""
        return self.units if self.is_acceptable and not self.is_imported_already else ()

    def with_finding(self, found: Finding) -> FileResult:
        """The same file with one more finding."""
        return replace(self, findings=(found, *self.findings))

    def as_json(self) -> dict[str, Any]:
        """The file with the keys of the command-line contract."""
        return {
            "file": self.name, "sha256": self.sha256, "readable": self.readable, "project": self.project,
            "period": self.period, "findings": [item.as_json() for item in listed(self.findings)],
            "changes": [change.as_json() for change in self.changes], "cells": self.cells.as_json(),
            "units": [
                {
                    "project": unit.project, "period": unit.period, "applied": unit.applied,
                    "refused_because": unit.refused_because,
                }
                for unit in self.units
            ],
        }  # fmt: skip


def listed(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that are shown in full, and a last one that counts the others."""
    most = present_limits().findings_listed
    if len(findings) <= most:
        return findings
    return (*findings[:most], finding("LIMIT_FINDINGS", count=f"{len(findings) - most:,}"))


@dataclass(frozen=True)
class CheckResult:
    """What a check or an import came to; `change_set` is the number of what was applied."""

    files: tuple[FileResult, ...]
    is_import: bool = False
    change_set: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The document of the command-line contract."""
        return {"files": [file.as_json() for file in self.files], "change_set": self.change_set}

    @property
    def exit_code(self) -> int:
        """0 done; 1 the data has problems or a unit was refused; 2 no file could be read."""
        if not any(file.readable for file in self.files):
            return 2
        return 0 if all(file.is_acceptable for file in self.files) else 1

    @property
    def accepted(self) -> tuple[FileResult, ...]:
        """The files whose changes can be applied."""
        return tuple(file for file in self.files if file.is_acceptable and file.changes)

    def draft(self, by: str) -> ChangeSetDraft:
        """The change set that the accepted files make together: exactly the changes that are shown."""
        return ChangeSetDraft(
            kind="import",
            by=by,
            reason=_reason(self.accepted),
            changes=tuple(change for file in self.accepted for change in file.changes),
            files=tuple(SourceFile(file.name, file.sha256, file.content) for file in self.accepted),
        )

    def applied(self, change_set: int | None) -> CheckResult:
        """The result after the accepted files went in, and the others were refused."""
        files = tuple(replace(file, units=tuple(_settled(file))) for file in self.files)
        return CheckResult(files, is_import=True, change_set=change_set)


def _reason(files: Iterable[FileResult]) -> str:
    named = [f"{file.period} of {file.acronym}" for file in files]
    return f"Progress report {named[0]}" if len(named) == 1 else f"Progress reports {'; '.join(named)}"


def _settled(file: FileResult) -> Iterable[UnitResult]:
    for unit in file.units:
        if file.is_acceptable:
            yield replace(unit, applied=bool(file.changes))
        else:
            yield replace(unit, refused_because=refusal(file.findings))


def refusal(findings: tuple[Finding, ...]) -> str:
    """Why a unit was refused, in one sentence: how many errors, and where the first ones are."""
    errors = [item for item in findings if prevents_acceptance((item,))]
    places = [f"{item.sheet}!{item.cell} {item.code}" if item.cell else item.code for item in errors]
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    noun = "error" if len(errors) == 1 else "errors"
    return f"{len(errors)} {noun}: {', '.join(places[:3])}{more}. Nothing of this unit was applied."
