"""Issuing workbooks: one project and period each, with a snapshot that later shows what was changed."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portfolio.dates import HalfYear, PartialDate, now_utc
from portfolio.errors import UsageProblem
from portfolio.model.changes import Value
from portfolio.model.history import IssuedWorkbook
from portfolio.model.rows import PortfolioRow, ProjectRow
from portfolio.progress_reports.comparisons.records import (
    IssuedState,
    PresentState,
    Values,
    earlier_periods,
    present_state,
)
from portfolio.progress_reports.fields.columns import OWN_LISTS, SheetSpec
from portfolio.progress_reports.fields.sheets import sheets_of
from portfolio.progress_reports.values.values import comparable
from portfolio.progress_reports.workbooks.contents import WorkbookContent
from portfolio.progress_reports.workbooks.identities import Identity, checksum_of, new_identity
from portfolio.progress_reports.workbooks.template import write_workbook
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import record_issued
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.queries.projects import get_project
from portfolio.vocabulary import labels

DEMONSTRATION_NOTICE = "Demonstration portfolio: fictional"
NOT_ISSUED = "Not issued.txt"
_LAST_MONTH_OF_S1 = 6


class NotStarted(UsageProblem):
    """A period that lies before the project's start."""


@dataclass(frozen=True)
class IssuedFile:
    """A file to hand out; `left_out` says, in a sentence each, which projects it has no workbook of."""

    name: str
    content: bytes = field(repr=False)
    left_out: tuple[str, ...] = ()


def issue_workbook(database: Database, project_key: str, *, period: HalfYear, as_of: dt.date) -> IssuedFile:
    """The workbook of one project for one reporting period; what it holds is kept until it comes back.

    Raises: NotFound if there is no such project; UsageProblem if the period has not begun by `as_of`, or if
            the project starts after it.
    """
    if period.first > as_of:
        raise UsageProblem(
            f"The period {period} has not begun by {as_of.isoformat()}. Choose an earlier one."
        )
    project = get_project(database, project_key)
    _refuse_before_start(project, period)
    portfolio = get_portfolio(database)
    identity = new_identity(project.key, str(period), as_of.isoformat())
    earlier = earlier_periods(database, project.key, period)
    issued = issued_state(present_state(database, project, period), earlier, identity.template_id)
    checksum = checksum_of(identity, issued.as_json())
    content = WorkbookContent(
        identity=identity,
        checksum=checksum,
        project=project,
        issued=issued,
        profile=project.institution_profile or portfolio.institution_profile,
        as_of=as_of,
        revision=portfolio.revision,
        notice=DEMONSTRATION_NOTICE if portfolio.name == "demo" else None,
    )
    written = write_workbook(content)
    record_issued(database, _record(identity, issued, checksum, portfolio))
    return IssuedFile(f"{project.key}-{period}.xlsx", written)


def _refuse_before_start(project: ProjectRow, period: HalfYear) -> None:
    """Nothing, unless the project is known to start after the period has ended."""
    start = PartialDate.of(project.start)
    if start is not None and start.first > period.last:
        first = HalfYear(start.first.year, 1 if start.first.month <= _LAST_MONTH_OF_S1 else 2)
        raise NotStarted(
            f"{project.acronym} starts after {period} has ended ({start.label}), so there is nothing to "
            f"report. Its first period is {first}."
        )


def issue_all(
    database: Database, project_keys: Iterable[str], *, period: HalfYear, as_of: dt.date
) -> IssuedFile:
    """One zip with a workbook for each of the projects; what is left out is named in a text beside them.

    Raises: UsageProblem if not one of them can be issued.
    """
    target = io.BytesIO()
    left_out: list[str] = []
    issued = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for key in project_keys:
            try:
                workbook = issue_workbook(database, key, period=period, as_of=as_of)
            except NotStarted as problem:
                left_out.append(problem.sentence)
                continue
            archive.writestr(workbook.name, workbook.content)
            issued += 1
        if left_out:
            archive.writestr(NOT_ISSUED, "\r\n".join((*left_out, "")))
    if not issued and left_out:
        raise UsageProblem(" ".join(left_out))
    return IssuedFile(f"progress-reports-{period}.zip", target.getvalue(), tuple(left_out))


def issued_state(present: PresentState, earlier: tuple[str, ...], template_id: str) -> IssuedState:
    """What a workbook issued now holds."""
    listed = {
        sheet: {key: row.values for key, row in rows.items() if row.listed}
        for sheet, rows in present.rows.items()
    }
    sheets = sheets_of(present.period, earlier, listed)
    mark = template_id.removeprefix("T-")
    return IssuedState(
        project_key=present.project.key,
        period=present.period,
        earlier=earlier,
        rows={spec.key: _issued_rows(spec, listed[spec.key]) for spec in sheets},
        new_rows={spec.key: _new_keys(spec, present.project.key, mark) for spec in sheets if spec.new_rows},
        labels=_labels(sheets, present),
    )


def _new_keys(spec: SheetSpec, project_key: str, mark: str) -> tuple[str, ...]:
    """Keys made in advance: the same row imported twice is the same record."""
    kind = "" if spec.entity == "milestone" else f"{spec.entity.replace('_', '-')}-"
    return tuple(f"{project_key}/{kind}{mark}-{number:02}" for number in range(1, spec.new_rows + 1))


def _labels(sheets: Iterable[SheetSpec], present: PresentState) -> dict[str, Mapping[str, str]]:
    used = dict.fromkeys(
        field.vocabulary for spec in sheets for field in spec.all_fields if field.vocabulary
    )
    return {name: present.own_labels[name] if name in OWN_LISTS else labels(name) for name in used}


def _issued_rows(spec: SheetSpec, rows: Mapping[str, Values]) -> dict[str, dict[str, Value]]:
    return {
        key: {field.key: comparable(field, values.get(field.key)) for field in spec.fields}
        for key, values in rows.items()
    }


def _record(
    identity: Identity, issued: IssuedState, checksum: str, portfolio: PortfolioRow
) -> IssuedWorkbook:
    return IssuedWorkbook(
        template_id=identity.template_id,
        project_key=identity.project,
        period=identity.period,
        issued_at=now_utc().isoformat(),
        revision=portfolio.revision,
        schema_version=identity.version,
        checksum=checksum,
        snapshot=json.dumps(issued.as_json(), ensure_ascii=False),
    )
