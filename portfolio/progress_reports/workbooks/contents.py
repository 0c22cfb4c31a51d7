"""Everything that goes into one issued workbook."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from portfolio.model.rows import ProjectRow
from portfolio.progress_reports.comparisons.records import IssuedState
from portfolio.progress_reports.workbooks.identities import Identity


@dataclass(frozen=True)
class WorkbookContent:
    """What one workbook says; `notice` is what every sheet says first, such as that all is fictional."""

    identity: Identity
    checksum: str
    project: ProjectRow
    issued: IssuedState
    profile: str
    as_of: dt.date
    revision: int
    notice: str | None = None

    def title(self, subject: str) -> str:
        """The heading of a sheet."""
        return f"{subject} · {self.project.acronym} · {self.issued.period}"
