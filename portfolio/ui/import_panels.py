"""The import screen's panels until something is applied: files, the check on its way, preview, consent."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

import streamlit as st
from streamlit.typing import UploadedFile

from portfolio.model.changes import FieldChange
from portfolio.progress_reports.files.limits import present_limits
from portfolio.progress_reports.jobs import JOBS, Progress
from portfolio.progress_reports.results import CheckResult, FileResult
from portfolio.progress_reports.workbooks.annotations import annotated_copies
from portfolio.ui.cached import view
from portfolio.ui.change_previews import changes_text, since_lines
from portfolio.ui.changes import moment_text
from portfolio.ui.findings import counts_text
from portfolio.ui.import_drafts import UnfinishedImport, discard_unfinished
from portfolio.ui.import_findings import render_decisions
from portfolio.ui.import_previews import open_consents, render_about_file, render_unit
from portfolio.ui.import_words import (
    MEGABYTE,
    apply_sentence,
    cells_sentence,
    check_sentence,
    file_standing,
    file_title,
    limits_sentence,
    nothing_sentence,
    progress_sentence,
    stages_line,
)
from portfolio.ui.import_works import (
    ImportWork,
    apply_work,
    check_work,
    continue_import,
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
MOST_LINES = 8
# Seconds between two looks at a check that takes long.
EVERY = 0.7
_PROBLEMS_TIP = "The same copy with every row hidden in which there is nothing to mend or to look at."


def render_uploader(work: ImportWork) -> None:
    """The place to choose or drop files. It empties itself: what was received is listed below it."""
    limits = present_limits()
    key = keyed(WidgetKey.IMPORT_FILES, str(work.round))
    label = "Progress reports" if not work.files or work.outcome else "Corrected or further reports"
    st.file_uploader(
        label, accept_multiple_files=True, key=key, on_change=_take, args=(work, key),
        max_upload_size=max(1, -(-limits.file_size // MEGABYTE)),
    )  # fmt: skip
    st.caption(limits_sentence())


def _take(work: ImportWork, key: str) -> None:
    files: list[UploadedFile] = session.value(key, [])
    take_files(work, [(file.name, file.getvalue()) for file in files])


def render_unfinished(work: ImportWork, found: Sequence[UnfinishedImport]) -> None:
    """What was received before and not applied, the newest first: to go on with, or to throw away."""
    if not found:
        return
    with st.container(border=True, gap="small"):
        for unfinished in found[:MOST_UNFINISHED]:
            _render_one_unfinished(work, unfinished)
        older = found[MOST_UNFINISHED:]
        if older:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(f"{counted(len(older), 'earlier import')} not applied either.", width="stretch")
                st.button(
                    "Discard the earlier ones", key=_key("discard_older"), type="tertiary",
                    on_click=discard_unfinished, args=(older,),
                )  # fmt: skip


def _render_one_unfinished(work: ImportWork, unfinished: UnfinishedImport) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(unfinished_words(unfinished), width="stretch")
        st.button(
            "Continue", key=_key(f"continue:{unfinished.subject}"),
            on_click=continue_import, args=(work, unfinished),
        )  # fmt: skip
        st.button(
            "Discard", key=_key(f"discard:{unfinished.subject}"), type="tertiary",
            on_click=discard_unfinished, args=((unfinished,),),
        )  # fmt: skip


def unfinished_words(unfinished: UnfinishedImport) -> str:
    """What waits, as Markdown: its files, since when, and how much was decided."""
    names, made = literal(in_words(unfinished.names)), unfinished.decisions
    decided = f" {counted(made, 'decision')} kept." if made else ""
    since, verb = moment_text(unfinished.saved_at), "waits" if len(unfinished.names) == 1 else "wait"
    return f"**{names}** {verb} for you since {since}; nothing was applied.{decided}"


def _key(name: str) -> str:
    return keyed(WidgetKey.IMPORT_ACTION, name)


@st.fragment(run_every=EVERY)
def render_progress(job_key: str) -> None:
    """A check that takes its time: stages and a bar, looked at again and again until it has ended."""
    job = JOBS.find(job_key)
    if job is None or job.is_done:
        st.rerun()
    else:
        _draw_progress(job.progress)


def _draw_progress(progress: Progress) -> None:
    st.progress(progress.share, progress_sentence(progress))
    st.caption(
        "The files are kept. You may leave this screen or close the tab; the import waits here for you."
    )


def render_check(work: ImportWork, result: CheckResult) -> None:
    """What the check came to, how far each file came, and what has given way to what."""
    can = any(goes_in(file) or file.is_imported_already for file in result.files)
    status = st.status(check_sentence(result), state="complete" if can else "error")
    status.markdown("\n".join(f"- {stages_line(file)}" for file in result.files))
    if work.again:
        before = _all_changes(work.earlier) if work.earlier else ()
        lines = [f"- {literal(line)}" for line in since_lines(before, _all_changes(result))[:MOST_LINES]]
        words = "\n".join([literal(work.again), "", *lines])
        st.warning(words, title="Nothing was applied. This is the new preview.")
    if work.aside:
        st.caption(f"Put aside for the newer files: {literal(in_words(list(work.aside)))}.")


def _all_changes(result: CheckResult) -> tuple[FieldChange, ...]:
    return tuple(change for file in result.files for change in file.changes)


def render_unchecked(work: ImportWork) -> None:
    """Files that are kept but whose check has failed: why, and the way to try again."""
    if work.problem:
        st.error(literal(work.problem))
    names = literal(in_words([file.name for file in work.files]))
    st.markdown(f"{names} could not be checked. The files are kept.")
    with st.container(horizontal=True):
        st.button("Check again", key=_key("again"), on_click=check_work, args=(work,))
        _discard_button(work)


def render_files(result: CheckResult, work: ImportWork) -> None:
    """Every file: what it is, what is to settle, what it changes, and its checked copy."""
    is_chosen = sum(len(file.units) for file in result.files) > 1
    for position, file in enumerate(result.files):
        with st.container(border=True):
            _render_head(file)
            render_about_file(work, file)
            for unit in file.units:
                render_unit(work, file, unit, is_chosen=is_chosen)
            render_decisions(work, file)
            _render_actions(result, file, position, work)


def _render_head(file: FileResult) -> None:
    st.header(literal(file_title(file)), anchor=False)
    name = f"{literal(file.name)}: " if len(file.units) == 1 else ""
    st.markdown(f"{file_standing(file)} · {name}{counts_text(file.findings)}, {changes_text(file.changes)}")
    if file.is_imported_already:
        row = standing_import(file.sha256)
        if row is not None:
            history_link(row)
    if file.cells.total:
        st.caption(cells_sentence(file))


def _render_actions(result: CheckResult, file: FileResult, position: int, work: ImportWork) -> None:
    keys = {unit.project for unit in file.units}
    with st.container(horizontal=True, vertical_alignment="center"):
        for project in view().everything:
            if project.key in keys:
                project_link(project)
        if file.findings and (file.readable or file.layout_guess is None):
            _copy_button("Download the checked copy", result, file, position)
        if file.rows and any(item.severity != "info" for item in file.findings):
            _copy_button("Only rows with problems", result, file, position, only_problems=True)
        if len(result.files) > 1:
            st.button(
                f"Leave {literal(file.name)} out", key=_key(f"out:{position}:{file.sha256}"), type="tertiary",
                on_click=leave_out, args=(work, file.sha256),
            )  # fmt: skip


def _copy_button(
    label: str, result: CheckResult, file: FileResult, position: int, *, only_problems: bool = False
) -> None:
    """The file handed back; it is made when it is asked for."""
    stem, what = PurePath(file.name).stem, "problems" if only_problems else "checked"
    st.download_button(
        label, lambda: annotated_copies(result, only_problems=only_problems)[position].content,
        file_name=f"{stem}-{what}.xlsx", on_click="ignore", icon=":material/download:",
        key=_key(f"copy:{what}:{position}:{file.sha256}"),
        help=_PROBLEMS_TIP if only_problems else None,
    )  # fmt: skip


def render_apply(result: CheckResult, work: ImportWork) -> None:
    """What would go in, in whose name, and the consent that is still missing."""
    going = [unit for file in result.files for unit in file.received_units]
    st.header("Apply", divider="gray", anchor=False)
    if not going:
        st.info(nothing_sentence(result))
        _discard_button(work)
        return
    st.markdown(literal(apply_sentence(result)))
    missing = open_consents(result, work)
    # Boxes of their own, so that what follows keeps its place when a line comes or goes.
    with st.container():
        if missing:
            st.caption(f"Still to accept: the warnings of {literal(in_words(missing))}.")
    with st.container():
        if work.problem:
            st.error(literal(work.problem))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        render_signature("import")
        fields = sum(len(unit.changes) for unit in going)
        label = f"Apply {counted(fields, 'change')}" if fields else "Record as received"
        st.button(
            label, key=_key("apply"), type="primary", on_click=_apply, args=(work,), disabled=bool(missing)
        )
        _discard_button(work)


def _apply(work: ImportWork) -> None:
    if work.checked is None or open_consents(work.checked, work):
        return
    if not signed_name():
        work.problem = MISSING
        return
    apply_work(work, signed_name())


def _discard_button(work: ImportWork) -> None:
    st.button("Discard", key=_key("discard"), on_click=discard_work, args=(work,), type="tertiary")
