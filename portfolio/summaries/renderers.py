"""The formats of documents: what each is called, and which program text makes it of the one content tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portfolio.errors import UsageProblem
from portfolio.summaries.content import Summary
from portfolio.summaries.covers import Making

WORKING = "working"
PROFILES = (WORKING, "publication")
# Of those that can be asked for, the ones that are written already.
WRITTEN_PROFILES = PROFILES
WRITTEN_FORMATS = ("xlsx", "docx", "pdf", "csv")


@dataclass(frozen=True)
class Format:
    """A kind of file: its ending, what browsers call it, and what people call it."""

    extension: str
    media_type: str
    label: str
    render: Callable[[Summary, Making, str], bytes]


@dataclass(frozen=True)
class File:
    """A rendered document; `extension` ends its name."""

    extension: str
    media_type: str
    content: bytes


# What makes a format is imported when somebody asks for it: typst and matplotlib take a second to load.
def _xlsx(summary: Summary, making: Making, profile: str) -> bytes:
    from portfolio.summaries.xlsx import render_xlsx

    return render_xlsx(summary, making, profile=profile)


def _docx(summary: Summary, making: Making, profile: str) -> bytes:
    from portfolio.summaries.docx import render_docx

    return render_docx(summary, making)


def _pdf(summary: Summary, making: Making, profile: str) -> bytes:
    from portfolio.summaries.pdf import render_pdf

    return render_pdf(summary, making)


def _csv(summary: Summary, making: Making, profile: str) -> bytes:
    from portfolio.summaries.csv_tables import render_csv

    return render_csv(summary)


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    "xlsx": Format("xlsx", f"{_OFFICE}.spreadsheetml.sheet", "Excel workbook", _xlsx),
    "docx": Format("docx", f"{_OFFICE}.wordprocessingml.document", "Word document", _docx),
    "pdf": Format("pdf", "application/pdf", "PDF", _pdf),
    "csv": Format("zip", "application/zip", "Tables (CSV)", _csv),
}


def rendered(summary: Summary, making: Making, name: str, profile: str = WORKING) -> File:
    """The document in the format of this name.

    Raises: UsageProblem if it cannot be written in this format or profile yet.
    """
    if name not in WRITTEN_FORMATS:
        raise UsageProblem(f"Documents cannot be written as {name} yet. Use xlsx; {name} is to follow.")
    if profile not in WRITTEN_PROFILES:
        raise UsageProblem(f"The profile {profile} is not built yet. Use {WORKING}; {profile} is to follow.")
    kind = FORMATS[name]
    return File(kind.extension, kind.media_type, kind.render(summary, making, profile))
