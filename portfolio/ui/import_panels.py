"""The import screen's panels until something is applied: files, stages, findings, preview, consent."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.typing import UploadedFile

from portfolio.findings import Finding
from portfolio.progress_reports.annotations import annotated_copies
from portfolio.progress_reports.limits import present_limits
from portfolio.progress_reports.results import CheckResult, FileResult, Stage, listed
from portfolio.ui.cached import view
from portfolio.ui.change_previews import changes_text, render_change_count, render_field_changes
from portfolio.ui.changes import moment_text
from portfolio.ui.findings import by_sheet, counts_text, render_findings, render_severity_filter
from portfolio.ui.import_words import (
    MEGABYTE,
    apply_sentence,
    cells_sentence,
    check_sentence,
    file_title,
    limits_sentence,
    nothing_sentence,
    stages_line,
    standing_words,
)
from portfolio.ui.import_works import (
    ImportWork,
    UnfinishedImport,
    apply_work,
    check_pending,
    continue_import,
    discard_unfinished,
    discard_work,
    goes_in,
    leave_out,
    standing_import,
    take_files,
)
from portfolio.ui.links import history_link, project_link
from portfolio.ui.session import WidgetKey, keyed, session
from portfolio.ui.signatures import MISSING, render_signature, signed_name
from portfolio.ui.texts import counted, literal
from portfolio.ui.texts import listed as in_words

MOST_UNFINISHED = 3
_DOING: dict[Stage, str] = {
    "received": "receiving", "looked at": "looking at", "read": "reading", "understood": "understanding",
    "compared": "comparing",
}  # fmt: skip


def render_uploader(work: ImportWork) -> None:
    """The place to choose or drop files. It empties itself: what was received is listed below it."""
    limits = present_limits()
    key = keyed(WidgetKey.IMPORT_FILES, str(work.round))
    label = "Progress reports" if work.checked is None or work.outcome else "Corrected or further reports"
    st.file_uploader(
        label, accept_multiple_files=True, key=key, on_change=_take, args=(work, key),
        max_upload_size=max(1, -(-limits.file_size // MEGABYTE)),
    )  # fmt: skip
    st.caption(limits_sentence())


def _take(work: ImportWork, key: str) -> None:
    files: list[UploadedFile] = session.value(key, [])
    take_files(work, [(file.name, file.getvalue()) for file in files])


def render_unfinished(work: ImportWork, found: Sequence[UnfinishedImport]) -> None:
    """What was checked before and not applied, the newest first: to go on with, or to throw away."""
    for unfinished in found[:MOST_UNFINISHED]:
        names = literal(in_words(unfinished.names))
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"You had checked **{names}** on {moment_text(unfinished.checked_at)}; nothing was applied.",
                width="stretch",
            )
            st.button(
                "Continue", key=_key(f"continue:{unfinished.subject}"),
                on_click=continue_import, args=(work, unfinished),
            )  # fmt: skip
            st.button(
                "Discard", key=_key(f"discard:{unfinished.subject}"), type="tertiary",
                on_click=discard_unfinished, args=((unfinished,),),
            )  # fmt: skip
    older = found[MOST_UNFINISHED:]
    if older:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"{counted(len(older), 'earlier check')} not applied either.", width="content")
            st.button(
                "Discard the earlier ones", key=_key("discard_older"), type="tertiary",
                on_click=discard_unfinished, args=(older,),
            )  # fmt: skip


def _key(name: str) -> str:
    return keyed(WidgetKey.IMPORT_ACTION, name)


def render_check(work: ImportWork) -> None:
    """The stages of the check: live while it runs, afterwards how far each file came."""
    if not work.pending and work.checked is None:
        return
    names = [name for name, _ in work.pending]
    status = st.status(f"Checking {counted(len(names), 'file')}" if names else "Checked")
    if work.pending:
        check_pending(
            work,
            lambda name, stage: status.update(label=f"{literal(name)}: {_DOING[stage]}", state="running"),
        )
    result = work.checked
    if result is None:
        return
    for file in result.files:
        status.markdown(f"- {stages_line(file)}")
    can = any(goes_in(file) or file.is_imported_already for file in result.files)
    status.update(label=check_sentence(result), state="complete" if can else "error")


def render_notices(work: ImportWork) -> None:
    """Why there is a new preview, and which files gave way to newer ones."""
    if work.again:
        st.warning(literal(work.again), title="Nothing was applied. This is the new preview.")
    if work.aside:
        st.caption(f"Put aside for the newer files: {literal(in_words(list(work.aside)))}.")


def render_files(result: CheckResult, work: ImportWork) -> None:
    """Every file: what it is, its findings by sheet, what it changes, and its checked copy."""
    shown = render_severity_filter([item for file in result.files for item in file.findings])
    copies = annotated_copies(result)
    for position, file in enumerate(result.files):
        with st.container(border=True):
            _render_head(file)
            for sheet, findings in by_sheet(listed(file.findings)).items():
                render_findings(sheet, findings, shown)
                _render_consent(file, sheet, findings)
            if file.changes:
                _render_changes(file)
            _render_actions(file, position, copies[position].name, copies[position].content, work)


def _render_head(file: FileResult) -> None:
    st.header(literal(file_title(file)), anchor=False)
    name = f"{literal(file.name)}: " if file.project is not None else ""
    st.markdown(f"{standing_words(file)} · {name}{counts_text(file.findings)}, {changes_text(file.changes)}")
    if file.is_imported_already:
        row = standing_import(file.sha256)
        if row is not None:
            history_link(row)
    if file.cells.total:
        st.caption(cells_sentence(file))


def _render_consent(file: FileResult, sheet: str | None, findings: Sequence[Finding]) -> None:
    warnings = [item for item in findings if item.severity == "warning"]
    if warnings and goes_in(file):
        where = f"on sheet {literal(sheet)}" if sheet else "about the whole file"
        st.checkbox(
            f"I accept the {counted(len(warnings), 'warning')} {where}", key=_consent_key(file, sheet)
        )


def _consent_key(file: FileResult, sheet: str | None) -> str:
    return keyed(WidgetKey.IMPORT_ACCEPT, f"{file.sha256}:{sheet or ''}")


def open_consents(result: CheckResult) -> list[str]:
    """The groups of warnings that nobody has accepted yet."""
    return [
        f"{file_title(file)}, {'sheet ' + sheet if sheet else 'whole file'}"
        for file in result.files if goes_in(file)
        for sheet, findings in by_sheet(file.findings).items()
        if any(item.severity == "warning" for item in findings)
        and not session.value(_consent_key(file, sheet), False)
    ]  # fmt: skip


def _render_changes(file: FileResult) -> None:
    render_change_count(
        file.changes, "What would change" if file.is_acceptable else "What it says, but cannot go in yet"
    )
    render_field_changes(file.changes, f"changes-{file.sha256[:12]}")


def _render_actions(file: FileResult, position: int, name: str, content: bytes, work: ImportWork) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        project = next((row for row in view().everything if row.key == file.project), None)
        if project is not None:
            project_link(project)
        if file.findings:
            st.download_button(
                "Download the checked copy", content, file_name=name, on_click="ignore",
                key=_key(f"copy:{position}:{file.sha256}"), icon=":material/download:",
            )  # fmt: skip
        if work.checked is not None and len(work.checked.files) > 1:
            st.button(
                "Leave this file out", key=_key(f"out:{position}:{file.sha256}"), type="tertiary",
                on_click=leave_out, args=(work, file.sha256),
            )  # fmt: skip


def render_apply(result: CheckResult, work: ImportWork) -> None:
    """What would go in, in whose name, and the consent that is still missing."""
    going = [file for file in result.files if goes_in(file)]
    st.header("Apply", divider="gray", anchor=False)
    if not going:
        st.info(nothing_sentence(result))
        _discard_button(work)
        return
    st.markdown(literal(apply_sentence(result)))
    missing = open_consents(result)
    # Boxes of their own, so that what follows keeps its place when a line comes or goes.
    with st.container():
        if missing:
            st.caption(f"Still to accept: the warnings of {literal(in_words(missing))}.")
    with st.container():
        if work.problem:
            st.error(literal(work.problem))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        render_signature("import")
        fields = sum(len(file.changes) for file in going)
        label = f"Apply {counted(fields, 'change')}" if fields else "Record as received"
        st.button(
            label, key=_key("apply"), type="primary", on_click=_apply, args=(work,), disabled=bool(missing)
        )
        _discard_button(work)


def _apply(work: ImportWork) -> None:
    if work.checked is None or open_consents(work.checked):
        return
    if not signed_name():
        work.problem = MISSING
        return
    apply_work(work, signed_name())


def _discard_button(work: ImportWork) -> None:
    st.button("Discard", key=_key("discard"), on_click=discard_work, args=(work,), type="tertiary")
