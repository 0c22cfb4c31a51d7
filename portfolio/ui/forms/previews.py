"""Before anything is written: what would change, what stands against it, the reason, and applying it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from portfolio.errors import PortfolioError
from portfolio.findings import Finding
from portfolio.model.changes import by_record
from portfolio.services.access import Person
from portfolio.services.drafts import drop_draft
from portfolio.services.editing import EditPreview, apply_edits
from portfolio.storage.engine import Database
from portfolio.ui.cached import open_portfolio
from portfolio.ui.changes import moment_text
from portfolio.ui.forms.change_rows import finding_line, preview_table
from portfolio.ui.forms.conflicts import render_conflicts
from portfolio.ui.forms.drafts import count_entered
from portfolio.ui.forms.workbenches import (
    ACCEPT,
    REASON,
    Workbench,
    applied_last,
    finish,
    start_afresh,
    subject_of,
)
from portfolio.ui.session import current_person, session
from portfolio.ui.signatures import MISSING, render_signature, signed_name, signing_person
from portfolio.ui.tables import show_table, text_column
from portfolio.ui.texts import counted, literal

_MOST_FINDINGS = 20


def _preview(bench: Workbench) -> None:
    bench.collect()
    bench.preview_again()


def _apply(bench: Workbench) -> None:
    """Applies the preview that was shown, once, however often the button was pressed."""
    database, person = open_portfolio(), signing_person()
    with bench.lock:
        if bench.applied is None:
            bench.collect()
            accepted = session.value(bench.widget(ACCEPT), False)
            bench.problem = "" if signed_name() else MISSING
            if not bench.problem:
                _write(bench, database, person, accepted)
    finish(bench)


def _write(bench: Workbench, database: Database, person: Person, accepted: bool) -> None:
    preview = bench.current_preview
    if preview is None:
        return
    try:
        number = apply_edits(database, person, preview, reason=bench.form.reason, accept_warnings=accepted)
        bench.applied = (preview.project_key, number)
    except PortfolioError as problem:
        bench.preview_again()
        bench.problem = problem.sentence


def _discard(bench: Workbench) -> None:
    drop_draft(open_portfolio(), current_person(), subject_of(bench.form.project_key))
    start_afresh(bench.form.project_key)


def render_preview(bench: Workbench) -> None:
    """The end of the form: how much was entered, the preview, the reason, and applying it."""
    st.header("Preview and apply", divider="gray")
    number = count_entered(bench.form)
    st.caption(_standing(bench, number))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Preview", key=bench.widget("preview"), on_click=_preview, args=(bench,))
        if number:
            with st.popover("Discard", type="tertiary"):
                st.markdown(f"{counted(number, 'entered field')} and the draft of them will be gone.")
                st.button("Discard them", key=bench.widget("discard"), on_click=_discard, args=(bench,))
    if bench.problem:
        st.error(literal(bench.problem))
    if bench.preview is None:
        return
    if bench.current_preview is None:
        st.info("Something has been entered since the preview. Preview again before applying it.")
    else:
        _render_result(bench, bench.current_preview)


def _standing(bench: Workbench, number: int) -> str:
    if not number:
        done = applied_last(bench.form.project_key)
        applied = f"Change set {done} was applied. " if done else ""
        return f"{applied}Nothing differs from what is on record."
    kept = f" Kept as a draft, {moment_text(bench.saved_at)}." if bench.saved_at else ""
    return f"{counted(number, 'field')} entered or changed, not applied yet.{kept}"


def _render_result(bench: Workbench, preview: EditPreview) -> None:
    render_conflicts(bench, preview.conflicts)
    _render_findings(bench, preview.errors, "error")
    _render_findings(bench, preview.warnings, "warning")
    if not preview.changes:
        st.info("Nothing would change.")
        return
    _render_changes(bench, preview)
    if not preview.errors and not preview.conflicts:
        _render_apply(bench, preview)


def _render_findings(bench: Workbench, findings: Sequence[Finding], severity: str) -> None:
    if not findings:
        return
    lines = [f"- {finding_line(bench.form, finding)}" for finding in findings[:_MOST_FINDINGS]]
    if len(findings) > _MOST_FINDINGS:
        lines.append(f"- and {len(findings) - _MOST_FINDINGS} more")
    if severity == "error":
        st.error("\n".join(lines), title=f"{counted(len(findings), 'error')} to mend")
    else:
        st.warning("\n".join(lines), title=f"{counted(len(findings), 'warning')} to mend or to accept")


def _render_changes(bench: Workbench, preview: EditPreview) -> None:
    table = preview_table(bench.form, preview.changes)
    records = len(by_record(preview.changes))
    sentence = f"{counted(len(table), 'changed field')} in {counted(records, 'record')}."
    st.markdown(f"**What would change:** {sentence}")
    columns = {
        "record": text_column("Record", width=270),
        "field": text_column("Field", width=170),
        "before": text_column("Before", width=240),
        "after": text_column("After", width=300),
        "kind": text_column("Kind", width=80),
    }
    show_table(table, columns, alt=f"What would change: {sentence}", unknown="")


def _render_apply(bench: Workbench, preview: EditPreview) -> None:
    widget = bench.widget(REASON)
    if not session.remembers(widget):
        session.remember(widget, bench.form.reason)
    if preview.warnings:
        st.checkbox(f"Accept {counted(len(preview.warnings), 'warning')}", key=bench.widget(ACCEPT))
    tip = "Kept with the change set for ever. Such as: Amendment 2 signed on 3 June."
    with st.container(horizontal=True, vertical_alignment="bottom"):
        render_signature(bench.widget("apply"), "Your name *")
        st.text_input("Reason *", key=widget, help=tip, placeholder="Why, in a few words", width=520)
        st.button("Apply", key=bench.widget("apply"), type="primary", on_click=_apply, args=(bench,))
