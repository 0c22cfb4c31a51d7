"""The first sheet of an issued workbook: what it is about and how it is filled."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from portfolio.dates import date_label
from portfolio.partners import footnotes, footnotes_for_text, partner_name
from portfolio.progress_reports.workbooks.contents import WorkbookContent
from portfolio.progress_reports.workbooks.sheet_styles import SheetStyles

_RULES = {
    "White and grey": (
        "White cells are to be filled. Grey cells are locked: they belong to the contract, to the tracker or "
        "to an earlier period. Select a cell to see what is asked, its unit and an example."
    ),
    "Empty": (
        "An empty cell changes nothing: the tracker keeps what it has. Empty says that nothing is known, "
        "0 says that there is none."
    ),
    "CLEAR": (
        "Write CLEAR (or EFFACER) into a cell to erase its value. The officer sees it before it is applied."
    ),
    "REMOVE": (
        "Choose REMOVE in the column Action to take out a whole row that was reported by mistake. A "
        "milestone that will not happen gets the status Cancelled, a risk that has passed the status Closed."
    ),
    "Rows": (
        "New entries go into the empty rows at the end of each table. A row that is deleted here stays in "
        "the tracker."
    ),
    "Lists": "Where a list opens, choose from it; other words are refused.",
    "Dates": "2026, 2026-06 or 2026-06-18: only as exact as the date is known.",
    "Amounts": (
        "In EUR, such as 12500.50. Money: eligible cost of all funders, incurred in the reporting period. "
        "Received: what came in, whatever the period."
    ),
    "Percentages": (
        "Type 12.5% and it reads as 12.5 %. Give the numerator and the denominator as well: 45 of 60 is 75%."
    ),
    "Scores": (
        "Tests before and after a training in points out of 100; likelihood and impact of a risk from 1 to 5."
    ),
    "Trainees": (
        "Enter no names of trainees, in no cell: numbers of women and men, and names of institutions only."
    ),
    "Sorting": (
        "A protected sheet cannot be sorted. First choose Review, Unprotect Sheet (there is no password), "
        "and sort whole rows with the hidden column A."
    ),
    "Keep": "Keep the sheets, their headers and the hidden column A: they say which record each row is.",
    "Hand in": (
        "Save as Excel Workbook (.xlsx) and send it to the officer, who sees every change before it is "
        "applied."
    ),
}
_PURPOSES = {
    "project": "Facts to correct, the total cost that you expect, your own assessment, and the narrative.",
    "milestones": "Forecast, actual date and status of each milestone; new ones.",
    "money": "Cost incurred in the half-year by budget heading.",
    "received": "Money that came in, one row for each transfer.",
    "indicators": "Values of the half-year against baseline and target.",
    "trainings": "Trainings and exercises, and what became of them.",
    "risks": "Risks, their rating and what is done about them.",
}
_TEXT_WIDTH, _LETTERS = 105, 125
_LINE_HEIGHT = 13.5


def write_guide(sheet: Worksheet, content: WorkbookContent, styles: SheetStyles) -> None:
    """Nothing; the sheet is filled."""
    sheet.set_column(0, 0, 3)
    sheet.set_column(1, 1, 20)
    sheet.set_column(2, 2, _TEXT_WIDTH)
    sheet.write_string(0, 1, content.title("Progress report"), styles.title)
    sheet.write_string(1, 1, content.identity.line, styles.small)
    row = 3
    if content.notice:
        sheet.write_string(2, 1, content.notice, styles.warning)
        row = 4
    for heading, section in _sections(content):
        if heading:
            sheet.write_string(row, 1, heading, styles.heading)
            row += 1
        for name, text in section:
            row = _write_line(sheet, row, name, text, styles)
        row += 1
    for line in _designations(content):
        row = _write_line(sheet, row, "", line, styles)


def _write_line(sheet: Worksheet, row: int, name: str, text: str, styles: SheetStyles) -> int:
    if name:
        sheet.write_string(row, 1, name, styles.strong)
    sheet.write_string(row, 2, text, styles.plain)
    sheet.set_row(row, _LINE_HEIGHT * len(textwrap.wrap(text, _LETTERS)))
    return row + 1


def _sections(content: WorkbookContent) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    yield "", tuple(_facts(content))
    yield "Sheets", tuple((spec.name, _PURPOSES[spec.key]) for spec in content.issued.sheets)
    yield "How to fill it", tuple(_RULES.items())


def _facts(content: WorkbookContent) -> Iterator[tuple[str, str]]:
    project, period = content.project, content.issued.period
    implementers = dict.fromkeys(role.name for role in project.roles if role.role != "beneficiary")
    partners = [partner_name(code) for code in project.partner_codes]
    yield "Project", f"{project.title} ({project.acronym})"
    yield "Reporting period", f"{period}: {date_label(str(period.first))} to {date_label(str(period.last))}"
    yield "Implementers", "; ".join(implementers) or "not stated"
    yield "Partners", ", ".join(partners) or "not stated"
    yield "Start", date_label(project.start)
    yield "Present end", date_label(project.present_end)
    yield (
        "Data as at",
        f"{date_label(content.as_of.isoformat())}, revision {content.revision} of the portfolio",
    )


def _designations(content: WorkbookContent) -> tuple[str, ...]:
    texts = [text for _, text in _facts(content)]
    lines = (
        *footnotes(content.project.partner_codes, content.profile),
        *footnotes_for_text(texts, content.profile),
    )
    return tuple(dict.fromkeys(lines))
