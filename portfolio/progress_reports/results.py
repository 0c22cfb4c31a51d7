"""What a check or an import came to, for the command line, the screens and the annotated copies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

from portfolio.findings import Finding, prevents_acceptance
from portfolio.model.changes import ChangeSetDraft, FieldChange, SourceFile
from portfolio.progress_reports.catalogue import finding
from portfolio.progress_reports.corrections import NO_CORRECTIONS, Address, Corrections, kept_corrections
from portfolio.progress_reports.files.limits import present_limits
from portfolio.progress_reports.tables.cell_counts import CellCounts

Stage = Literal["received", "looked at", "read", "understood", "compared"]
STAGES: tuple[Stage, ...] = ("received", "looked at", "read", "understood", "compared")
ALREADY_IMPORTED = "FILE_ALREADY_IMPORTED"
_NO_TEXTS: Mapping[Address, str] = MappingProxyType({})
_NO_ROWS: Mapping[str, tuple[int, ...]] = MappingProxyType({})
LEFT_OUT = "It was left out by choice. Nothing of this unit was applied."


@dataclass(frozen=True)
class UnitResult:
    """One project and one period, all or nothing: applied, refused with a reason, or nothing to change.

    `findings` are those of this unit alone. One that is `left_out` was not to go in. `unchanged` counts the
    records that it lists as they are, `refused` the rows in which an error stands.
    """

    project: str
    period: str
    acronym: str | None = None
    changes: tuple[FieldChange, ...] = ()
    findings: tuple[Finding, ...] = ()
    left_out: bool = False
    unchanged: int = 0
    refused: int = 0
    applied: bool = False
    refused_because: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Project and period, as `Finding.unit` and the choice of units name it."""
        return self.project, self.period

    @property
    def is_acceptable(self) -> bool:
        """Whether nothing of its own stands against applying it."""
        return not prevents_acceptance(self.findings)

    @property
    def is_imported_already(self) -> bool:
        """Whether an import of the same bytes stands for this unit."""
        return any(item.code == ALREADY_IMPORTED for item in self.findings)

    def with_finding(self, found: Finding) -> UnitResult:
        """The same unit with one more finding."""
        return replace(self, findings=(replace(found, unit=self.key), *self.findings))

    def as_json(self) -> dict[str, Any]:
        """The unit with the keys of the command-line contract."""
        return {
            "project": self.project, "period": self.period, "applied": self.applied,
            "refused_because": self.refused_because,
        }  # fmt: skip


@dataclass(frozen=True)
class FileResult:
    """What was found in one file; `project` and `period` are None where it could not be recognised, or where
    its units do not share one.

    `about_file` are the findings that stand against no unit in particular. `reached` is the stage in which
    the check ended: "compared" if nothing ended it before. `originals` is what stands in the file where a
    cell was corrected on screen, `rows` are the rows of data that were read, by sheet. `layout_guess`
    is how a workbook that was not issued here is read, or as far as it could be guessed, as JSON.
    """

    name: str
    sha256: str
    about_file: tuple[Finding, ...] = ()
    readable: bool = False
    project: str | None = None
    period: str | None = None
    acronym: str | None = None
    cells: CellCounts = field(default_factory=CellCounts)
    units: tuple[UnitResult, ...] = ()
    content: bytes = field(default=b"", repr=False)
    reached: Stage = "received"
    corrections: Corrections = NO_CORRECTIONS
    originals: Mapping[Address, str] = field(default_factory=lambda: _NO_TEXTS)
    rows: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: _NO_ROWS)
    layout_guess: Mapping[str, Any] | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found: what is about the whole file first, then unit by unit."""
        return (*self.about_file, *(item for unit in self.units for item in unit.findings))

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """What it would change, unit by unit."""
        return tuple(change for unit in self.units for change in unit.changes)

    @property
    def is_acceptable(self) -> bool:
        """Whether nothing stands against applying every unit that is not left out."""
        return self._is_usable and all(unit.is_acceptable or unit.left_out for unit in self.units)

    @property
    def _is_usable(self) -> bool:
        return self.readable and not prevents_acceptance(self.about_file)

    @property
    def is_imported_already(self) -> bool:
        """Whether an import of the same bytes stands for all that it holds."""
        return bool(self.units) and all(unit.is_imported_already for unit in self.units)

    @property
    def received_units(self) -> tuple[UnitResult, ...]:
        """The units that go in and count as reported, whether or not they change anything."""
        return tuple(unit for unit in self.units if self._goes_in(unit)) if self._is_usable else ()

    def _goes_in(self, unit: UnitResult) -> bool:
        return unit.is_acceptable and not unit.left_out and not unit.is_imported_already

    @property
    def changing_units(self) -> tuple[UnitResult, ...]:
        """The units that go in and change something."""
        return tuple(unit for unit in self.received_units if unit.changes)

    def with_finding(self, found: Finding) -> FileResult:
        """The same file with one more finding about all of it."""
        return replace(self, about_file=(found, *self.about_file))

    def with_unit(self, unit: UnitResult) -> FileResult:
        """The same file with `unit` in the place of the one for the same project and period."""
        return replace(self, units=tuple(unit if each.key == unit.key else each for each in self.units))

    def applied(self) -> FileResult:
        """The file after its units went in, and the others were refused."""
        going = {unit.key for unit in self.received_units}
        return replace(self, units=tuple(self._settled(unit, unit.key in going) for unit in self.units))

    def _settled(self, unit: UnitResult, goes_in: bool) -> UnitResult:
        if goes_in:
            return replace(unit, applied=bool(unit.changes))
        if unit.left_out:
            return replace(unit, refused_because=LEFT_OUT)
        against = (*self.about_file, *unit.findings)
        return replace(unit, refused_because=refusal(against)) if prevents_acceptance(against) else unit

    def as_source(self, by: str) -> SourceFile:
        """The file as a change set keeps it, with what was decided about it before it was applied."""
        decided: str | None = None
        if self.corrections != NO_CORRECTIONS:
            kept = kept_corrections(self.corrections, self.originals, by)
            decided = json.dumps(kept, ensure_ascii=False)
        return SourceFile(self.name, self.sha256, self.content, decided)

    def as_json(self) -> dict[str, Any]:
        """The file with the keys of the command-line contract."""
        return {
            "file": self.name, "sha256": self.sha256, "readable": self.readable, "project": self.project,
            "period": self.period, "findings": [item.as_json() for item in listed(self.findings)],
            "changes": [change.as_json() for change in self.changes], "cells": self.cells.as_json(),
            "units": [unit.as_json() for unit in self.units],
        }  # fmt: skip


def listed(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that are shown in full, and a last one that counts the others."""
    most = present_limits().findings_listed
    if len(findings) <= most:
        return findings
    return (*findings[:most], finding("LIMIT_FINDINGS", count=f"{len(findings) - most:,}"))


@dataclass(frozen=True)
class CheckResult:
    """What a check or an import came to; `change_set` is the number of what was applied.

    `revision` is the portfolio's when the check began.
    """

    files: tuple[FileResult, ...]
    is_import: bool = False
    change_set: int | None = None
    revision: int = 0

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
        """The files of which at least one unit goes in and changes something."""
        return tuple(file for file in self.files if file.changing_units)

    @property
    def accepted_units(self) -> tuple[UnitResult, ...]:
        """The units that go in and change something, file by file."""
        return tuple(unit for file in self.accepted for unit in file.changing_units)

    @property
    def token(self) -> str:
        """What binds this preview to its one application: files, decisions, changes and revision, hashed."""
        digest = hashlib.sha256(str(self.revision).encode())
        for file in self.accepted:
            decisions = json.dumps(file.corrections.as_json(), sort_keys=True, ensure_ascii=False)
            digest.update(f"\n{file.sha256}\n{decisions}".encode(errors="surrogatepass"))
            for unit in file.changing_units:
                for each in unit.changes:
                    told = (each.entity, each.key, each.field, each.old, each.new, each.kind, each.cell)
                    digest.update(repr(told).encode(errors="surrogatepass"))
        return digest.hexdigest()

    def draft(self, by: str) -> ChangeSetDraft:
        """The change set that the accepted units make together: exactly the changes that are shown."""
        return ChangeSetDraft(
            kind="import",
            by=by,
            reason=_reason(self.accepted_units),
            changes=tuple(change for unit in self.accepted_units for change in unit.changes),
            files=tuple(file.as_source(by) for file in self.accepted),
            token=self.token,
        )

    def applied(self, change_set: int | None) -> CheckResult:
        """The result after the accepted units went in, and the others were refused."""
        files = tuple(file.applied() for file in self.files)
        return replace(self, files=files, is_import=True, change_set=change_set)


def _reason(units: Iterable[UnitResult]) -> str:
    named = [f"{unit.period} of {unit.acronym or unit.project}" for unit in units]
    return f"Progress report {named[0]}" if len(named) == 1 else f"Progress reports {'; '.join(named)}"


def refusal(findings: tuple[Finding, ...]) -> str:
    """Why a unit was refused, in one sentence: how many errors, and where the first ones are."""
    errors = [item for item in findings if prevents_acceptance((item,))]
    places = [f"{item.sheet}!{item.cell} {item.code}" if item.cell else item.code for item in errors]
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    noun = "error" if len(errors) == 1 else "errors"
    return f"{len(errors)} {noun}: {', '.join(places[:3])}{more}. Nothing of this unit was applied."
