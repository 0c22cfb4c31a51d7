"""What an applied import came to, by name, with the way back; and the imports of the past."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from portfolio.model.rows import ChangeSetRow
from portfolio.progress_reports.results import CheckResult, FileResult, UnitResult
from portfolio.services.histories import change_sets
from portfolio.ui.cached import ask, view
from portfolio.ui.change_previews import changes_text
from portfolio.ui.changes import moment_text
from portfolio.ui.import_words import unit_title
from portfolio.ui.import_works import ImportWork
from portfolio.ui.links import history_link, project_link
from portfolio.ui.session import current_person
from portfolio.ui.texts import counted, literal
from portfolio.ui.undo_panels import render_undo

LAST_SHOWN = 5


def render_outcome(outcome: CheckResult, work: ImportWork) -> None:
    """What was applied, what was recorded as received and what was refused, file by file, by name."""
    st.header("Result", anchor=False)
    lines = "\n".join(f"- {line}" for file in outcome.files for line in outcome_lines(file))
    if outcome.change_set is None:
        st.success(lines, title=f"Recorded as received by {literal(work.applied_by)}; nothing had to change")
    else:
        st.success(lines, title=f"Applied as change set {outcome.change_set}, by {literal(work.applied_by)}")
    _render_links(outcome)
    if outcome.change_set is not None:
        render_undo(outcome.change_set)


def outcome_lines(file: FileResult) -> Iterator[str]:
    """What became of each unit of a file, or of a file without any, as Markdown."""
    for unit in file.units:
        yield f"**{literal(unit_title(unit))}** ({literal(file.name)}): {_unit_outcome(unit)}"
    if not file.units:
        message = next((item.message for item in file.findings), "It could not be read.")
        became = "refused. " if not file.is_acceptable else ""
        yield f"**{literal(file.name)}**: {became}{literal(message)}"


def _unit_outcome(unit: UnitResult) -> str:
    if unit.applied:
        return f"applied, {changes_text(unit.changes)}."
    if unit.left_out:
        return "left out by choice; nothing of it was applied."
    if unit.refused_because is not None:
        return f"refused. {literal(unit.refused_because)}"
    if unit.is_imported_already:
        return "imported before; nothing was changed again."
    return "recorded as received; it changes nothing."


def _render_links(outcome: CheckResult) -> None:
    keys = {unit.project for file in outcome.files for unit in file.received_units}
    rows = ask(change_sets, current_person())
    with st.container(horizontal=True, vertical_alignment="center"):
        for project in view().everything:
            if project.key in keys:
                project_link(project)
        for row in rows:
            if row.id == outcome.change_set:
                history_link(row)


def last_imports(rows: Sequence[ChangeSetRow]) -> tuple[ChangeSetRow, ...]:
    """The imports that were made last, the newest first."""
    return tuple(row for row in rows if row.kind == "import")[:LAST_SHOWN]


def render_last_imports() -> None:
    """The last imports, each with the link to what it changed: also after a reload."""
    rows = last_imports(ask(change_sets, current_person()))
    st.header("Last imports", divider="gray", anchor=False)
    if not rows:
        st.caption("No report has been imported into this portfolio yet.")
    for row in rows:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            history_link(row, f"Change set {row.id}")
            undone = f"; undone by change set {row.undone_by}" if row.undone_by else ""
            st.markdown(
                f"{literal(row.reason)}. {moment_text(row.at)}, by {literal(row.by)}, "
                f"{counted(row.changes, 'changed field')}{undone}.",
                width="stretch",
            )
