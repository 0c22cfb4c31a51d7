"""The first sheet of an issued workbook: what it is about and how it is filled."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from portfolio.dates import date_label
from portfolio.partners import footnotes, footnotes_for_text, partner_name
from portfolio.progress_reports.contents import WorkbookContent
from portfolio.progress_reports.sheet_styles import SheetStyles

_RULES = (
    (
        "Fill",
        "White cells may be changed. Grey cells are locked: they belong to the contract or to the tracker.",
    ),
    ("Empty", "An empty cell changes nothing. It never erases what the tracker holds."),
    ("CLEAR", "Write CLEAR into a cell to erase its value. The officer sees it before it is applied."),
    (
        "Rows",
        "A deleted row stays in the tracker. New entries go into the empty rows at the end.",
    ),
    ("Dates", "2026, 2026-06 or 2026-06-18: only as exact as the date is known."),
    (
        "Amounts",
        "In EUR: eligible cost of all funders, incurred in the reporting period, by budget heading.",
    ),
    (
        "Sorting",
        "A protected sheet cannot be sorted: first choose Review, Unprotect Sheet (no password).",
    ),
    ("Names", "Keep the sheets and the hidden column A: they say which record each row is."),
)


def write_guide(sheet: Worksheet, content: WorkbookContent, styles: SheetStyles) -> None:
    """Nothing; the sheet is filled."""
    sheet.set_column(0, 0, 3)
    sheet.set_column(1, 1, 20)
    sheet.set_column(2, 2, 100)
    sheet.write_string(0, 1, content.title("Progress report"), styles.title)
    sheet.write_string(1, 1, content.identity.line, styles.small)
    row = 3
    if content.notice:
        sheet.write_string(2, 1, content.notice, styles.warning)
        row = 4
    for section in (_facts(content), _RULES):
        for name, text in section:
            sheet.write_string(row, 1, name, styles.strong)
            sheet.write_string(row, 2, text, styles.plain)
            row += 1
        row += 1
    for line in _designations(content):
        sheet.write_string(row, 2, line, styles.plain)
        row += 1


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
