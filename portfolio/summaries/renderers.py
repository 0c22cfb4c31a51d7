"""The formats of documents: what each is called, and which program text makes it of the one content tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portfolio.errors import UsageProblem
from portfolio.summaries.content import Summary
from portfolio.summaries.covers import Making

WORKING = "working"
PROFILES = (WORKING, "publication")


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


def check_format(name: str, profile: str) -> None:
    """Nothing, for a format and a profile that documents are written in.

    Raises: UsageProblem otherwise.
    """
    if name not in FORMATS:
        raise UsageProblem(f"There is no format '{name}'. Choose one of {', '.join(FORMATS)}.")
    if profile not in PROFILES:
        raise UsageProblem(f"There is no profile '{profile}'. Choose one of {', '.join(PROFILES)}.")
    if profile != WORKING and name != "xlsx":
        raise UsageProblem(f"The profile {profile} is for the format xlsx alone.")


def rendered(summary: Summary, making: Making, name: str, profile: str = WORKING) -> File:
    """The document in the format of this name; `check_format` says which there are."""
    kind = FORMATS[name]
    return File(kind.extension, kind.media_type, kind.render(summary, making, profile))
