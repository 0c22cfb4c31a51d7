"""One file on the desk: looked at, read, understood and compared, stage by stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from portfolio.dates import date_label
from portfolio.findings import Finding
from portfolio.model.rows import ProjectRow
from portfolio.progress_reports.catalogue import finding
from portfolio.progress_reports.comparisons.last_writers import LastWriters
from portfolio.progress_reports.comparisons.records import present_state
from portfolio.progress_reports.comparisons.reports import Part, Understood, issued_part, understand
from portfolio.progress_reports.corrections import (
    NO_CORRECTIONS,
    Corrections,
    corrected,
    is_another_version,
    originals,
)
from portfolio.progress_reports.files.cells import RawBook
from portfolio.progress_reports.files.limits import Limits
from portfolio.progress_reports.files.preflight import preflight
from portfolio.progress_reports.files.reading import noticed, read_workbook
from portfolio.progress_reports.files.uploads import BOOKS, ReadBook, Upload
from portfolio.progress_reports.layouts.foreign_imports import LayoutShelf
from portfolio.progress_reports.layouts.foreign_reports import in_own_words
from portfolio.progress_reports.recognitions import UNKNOWN, recognise
from portfolio.progress_reports.results import ALREADY_IMPORTED, FileResult, Stage, UnitResult
from portfolio.progress_reports.tables.cell_counts import count_cells
from portfolio.progress_reports.tables.tables import FoundTable
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.history import find_issued
from portfolio.storage.queries.standing_imports import StandingImport, find_unit_import

Allowed = Callable[[str], bool]
# name of a file and the stage that begins for it
OnStage = Callable[[str, Stage], None]


@dataclass(frozen=True)
class Desk:
    """What checking one file needs besides the file."""

    database: Database
    projects: Mapping[str, ProjectRow]
    as_of: dt.date
    allowed: Allowed
    limits: Limits
    on_stage: OnStage
    corrections: Mapping[str, Corrections] = field(default_factory=dict)

    def check(self, upload: Upload) -> FileResult:
        """What one file says, what is wrong in it and what it would change."""
        decided = self.corrections.get(upload.sha256, NO_CORRECTIONS)
        file = FileResult(upload.name, upload.sha256, content=upload.content, corrections=decided)
        file, read = self._read(file)
        if read is None:
            return file
        book = corrected(read.book, decided)
        file = replace(file, about_file=read.findings, originals=originals(read.book, decided))
        file = self._begin(file, "understood")
        # Everything that this file is held against is of one moment, whoever writes meanwhile.
        with reading(self.database):
            file, parts = self._parts(file, book)
            return self._compare(file, book, parts) if parts else file

    def _begin(self, file: FileResult, stage: Stage) -> FileResult:
        self.on_stage(file.name, stage)
        return replace(file, reached=stage)

    def _read(self, file: FileResult) -> tuple[FileResult, ReadBook | None]:
        """The file as far as it came, and its cells; what was read a moment ago is not read again."""
        file = self._begin(file, "looked at")
        known = BOOKS.find(file.sha256, self.limits)
        findings = () if known else preflight(file.content, self.limits)
        if _blocked(findings):
            return replace(file, about_file=findings), None
        file = self._begin(file, "read")
        if known is not None:
            return file, known
        book = read_workbook(file.content, self.limits)
        if isinstance(book, Finding):
            return replace(file, about_file=(*findings, book)), None
        read = ReadBook(book, (*findings, *noticed(book)))
        BOOKS.keep(file.sha256, self.limits, read)
        return file, read

    def _parts(self, file: FileResult, book: RawBook) -> tuple[FileResult, tuple[Part, ...]]:
        """The projects and periods that the workbook reports, none where it is not known."""
        acronyms = {key: project.acronym for key, project in self.projects.items()}
        known = recognise(book, lambda template: find_issued(self.database, template), acronyms)
        file = replace(file, about_file=(*file.about_file, *known.findings))
        if known.issued is not None:
            return replace(file, readable=True), (issued_part(book, known.issued),)
        return self._foreign_parts(file, book) if known.may_be_foreign else (file, ())

    def _foreign_parts(self, file: FileResult, book: RawBook) -> tuple[FileResult, tuple[Part, ...]]:
        """What a workbook of one's own reports, where its layout was chosen or is remembered."""
        shelf = LayoutShelf(self.database, book)
        layout = shelf.layout_of(file.corrections)
        if layout is None:
            return replace(file, layout_guess=shelf.guess().as_json()), ()
        report = shelf.report(layout, self.projects, self.as_of)
        about_file = tuple(item for item in file.about_file if item.code != UNKNOWN)
        if not all(self.allowed(part.issued.project_key) for part in report.parts):
            report = report.without_values()
        file = replace(
            file, about_file=(*about_file, *report.findings), layout_guess=layout.as_json(), readable=True
        )
        return file, report.parts

    def _compare(self, file: FileResult, book: RawBook, parts: tuple[Part, ...]) -> FileResult:
        """The file with its units, and with what they change where they may be compared."""
        units = {part.unit: UnitResult(*part.unit) for part in parts}
        known = [part for part in parts if part.issued.project_key in self.projects]
        ours = [part for part in known if self.allowed(part.issued.project_key)]
        for part in known:
            if part not in ours:
                refused = finding("NO_PERMISSION", project=part.issued.project_key)
                units[part.unit] = units[part.unit].with_finding(refused)
        if ours:
            file = self._begin(file, "compared")
            understood = {part.unit: self._understand(file, book, part) for part in ours}
            findings = [item for each in understood.values() for item in each.findings]
            tables = [table for part in ours for table in part.tables]
            file = replace(file, cells=count_cells(book, tables, findings), rows=_rows_of(tables))
            units |= {unit: self._unit(file, unit, said) for unit, said in understood.items()}
            for part in ours:
                if part.is_optional and understood[part.unit].says_nothing:
                    del units[part.unit]
        projects, periods = ({unit[place] for unit in units} for place in (0, 1))
        file = replace(
            file,
            project=projects.pop() if len(projects) == 1 else None,
            period=periods.pop() if len(periods) == 1 else None,
        )
        acronyms = {unit.acronym for unit in units.values() if unit.acronym}
        acronym = acronyms.pop() if len(acronyms) == 1 and file.project else None
        return replace(file, units=tuple(units.values()), acronym=acronym)

    def _understand(self, file: FileResult, book: RawBook, part: Part) -> Understood:
        project = self.projects[part.issued.project_key]
        present = present_state(self.database, project, part.issued.period)
        last_writer = LastWriters(self.database, present)
        said = understand(book, part, present, last_writer, file.name, self.as_of, file.corrections)
        return replace(said, findings=in_own_words(said.findings)) if part.is_foreign else said

    def _unit(self, file: FileResult, key: tuple[str, str], said: Understood) -> UnitResult:
        """What one project and period say, or that this file said it before."""
        unit = UnitResult(
            *key, acronym=self.projects[key[0]].acronym, left_out=key in file.corrections.left_out
        )
        standing = find_unit_import(self.database, file.sha256, *key)
        if standing is not None and not is_another_version(file.corrections, standing.corrections):
            return unit.with_finding(_already_imported(standing))
        return replace(
            unit,
            findings=said.findings,
            changes=said.changes,
            unchanged=said.unchanged,
            refused=said.refused,
        )


def _rows_of(tables: Iterable[FoundTable]) -> dict[str, tuple[int, ...]]:
    rows: dict[str, tuple[int, ...]] = {}
    for table in tables:
        rows[table.sheet.name] = (*rows.get(table.sheet.name, ()), *table.sheet_rows)
    return rows


def _blocked(findings: Iterable[Finding]) -> bool:
    return any(item.severity == "blocker" for item in findings)


def _already_imported(standing: StandingImport) -> Finding:
    facts = {"date": date_label(standing.at[:10]), "by": standing.by, "number": standing.change_set}
    return finding(ALREADY_IMPORTED, **facts)
