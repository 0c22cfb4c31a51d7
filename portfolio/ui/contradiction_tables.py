"""The table of what contradicts itself: record, what is wrong, what to do, where it is mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from portfolio.model.rows import ProjectRow
from portfolio.services.change_words import entity_label
from portfolio.services.completeness.contradictions import Contradiction
from portfolio.services.rule_parts import record_name
from portfolio.ui.completeness import contradiction_mending
from portfolio.ui.tables import text_column

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig


def contradictions_table(found: Sequence[Contradiction], projects: Mapping[str, ProjectRow]) -> pd.DataFrame:
    """One row per contradiction: project, record, what is wrong and what to do."""
    return pd.DataFrame(
        {
            "project": [projects[row.project_key].acronym for row in found],
            "severity": ["Error" if row.finding.severity == "error" else "To be checked" for row in found],
            "record": [_record(row) for row in found],
            "message": [row.finding.message for row in found],
            "action": [row.finding.action for row in found],
            "mend": [contradiction_mending(row).label for row in found],
        }
    )


def _record(found: Contradiction) -> str:
    key = found.finding.record[1] if found.finding.record else found.project_key
    return f"{entity_label(found.entity)} {record_name(found.state, key)}"


def contradictions_columns() -> dict[str, ColumnConfig | str | None]:
    """The columns of `contradictions_table`."""
    return {
        "project": text_column("Project", width=130, pinned=True),
        "severity": text_column("Kind", width=100),
        "record": text_column("Record", width=200),
        "message": text_column("What is wrong", width=360),
        "action": text_column("What to do", width=300),
        "mend": text_column("Mended in", width=140),
    }
