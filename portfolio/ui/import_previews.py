"""The preview: counts first, then per project and period what changes, its warnings and what was noticed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from portfolio.findings import Finding, field_and_message, prevents_acceptance
from portfolio.progress_reports.catalogue import catalogue
from portfolio.progress_reports.results import CheckResult, FileResult, UnitResult, listed
from portfolio.ui.change_previews import changes_text, render_change_count, render_field_changes
from portfolio.ui.findings import MARKS, counts_text, render_findings, severity_label
from portfolio.ui.import_decisions import accept, choose_unit, is_mendable
from portfolio.ui.import_findings import Case, case_words, open_cases, render_cases, render_value
from portfolio.ui.import_layout_works import ASKED_THERE
from portfolio.ui.import_layouts import render_layout
from portfolio.ui.import_words import count_tiles, unit_standing, unit_title
from portfolio.ui.import_works import ImportWork
from portfolio.ui.session import WidgetKey, keyed, session
from portfolio.ui.texts import counted, literal
from portfolio.ui.texts import listed as in_words

_MOST_CELLS = 8
_TABLE_FROM = 4


@dataclass(frozen=True)
class WarningGroup:
    """The warnings of one kind on one sheet of a unit: one tick for all of them."""

    key: str
    owner: str
    items: tuple[Finding, ...]

    @property
    def place(self) -> str:
        """What a line that still waits for the tick calls it: "RainWillow, 2026-S1: sheet Money"."""
        sheet = self.items[0].sheet
        return f"{self.owner}, sheet {sheet}" if sheet else self.owner


def render_counts(result: CheckResult) -> None:
    """The check in figures, before any detail of it; nothing where no file could be read yet."""
    if not any(file.cells.total for file in result.files):
        return
    with st.grid(5, min_column_width=140, gap="small"):
        for tile in count_tiles(result):
            st.metric(tile.label, tile.value, tile.note, delta_color="off", delta_arrow="off")


def render_unit(work: ImportWork, file: FileResult, unit: UnitResult, *, is_chosen: bool) -> None:
    """One project and period: whether it goes in, what is to settle, what changes, warnings to accept.

    `is_chosen`: there are several, so each has a tick of its own.
    """
    if is_chosen and not unit.is_imported_already:
        _render_tick(work, file, unit)
    render_cases(work, open_cases(file, unit.findings))
    if unit.left_out:
        return
    if unit.changes:
        can = unit.key in {each.key for each in file.received_units}
        lead = "What would change" if can else "What it says, but cannot go in yet"
        render_change_count(unit.changes, lead)
        render_field_changes(
            unit.changes, f"changes-{file.sha256[:12]}-{unit.project}-{unit.period}", unit.findings
        )
    for group in warning_groups(file, unit):
        _render_group(work, file, group)
    render_notes(unit.findings, f"{file.sha256}:{unit.project}:{unit.period}")


def _render_tick(work: ImportWork, file: FileResult, unit: UnitResult) -> None:
    """The choice whether a unit goes in; one with errors cannot be chosen."""
    key = keyed(WidgetKey.IMPORT_UNIT, f"{file.sha256}:{unit.project}:{unit.period}")
    can = not prevents_acceptance((*file.about_file, *unit.findings)) and not unit.is_imported_already
    session.remember(key, can and not unit.left_out)
    words = f"Import **{literal(unit_title(unit))}**"
    if len(file.units) > 1:
        words = f"{words} {unit_standing(file, unit)} · {changes_text(unit.changes)}"
    st.checkbox(words, key=key, disabled=not can, on_change=_choose, args=(work, file.sha256, unit.key, key))


def _choose(work: ImportWork, sha256: str, unit: tuple[str, str], key: str) -> None:
    choose_unit(work, sha256, unit, goes_in=session.value(key, False))


def warning_groups(file: FileResult, unit: UnitResult) -> tuple[WarningGroup, ...]:
    """The warnings to accept before a unit goes in: those of one kind on one sheet together."""
    if unit.left_out or unit.is_imported_already:
        return ()
    # What is said of the file as a whole is accepted with the first unit that goes in.
    first = (*file.received_units, *file.units)[0]
    about_file = file.about_file if unit.key == first.key else ()
    groups: dict[tuple[str, str | None], list[Finding]] = {}
    for item in (*about_file, *unit.findings):
        if item.severity == "warning":
            groups.setdefault((item.code, item.sheet), []).append(item)
    return tuple(
        WarningGroup(
            f"{file.sha256}:{unit.project}:{unit.period}:{code}:{sheet or ''}", unit_title(unit), tuple(items)
        )
        for (code, sheet), items in groups.items()
    )


def open_consents(result: CheckResult, work: ImportWork) -> list[str]:
    """The groups of warnings that nobody has accepted yet, each place once."""
    open_groups = [
        group.place for file in result.files for unit in file.received_units
        for group in warning_groups(file, unit) if group.key not in work.accepted
    ]  # fmt: skip
    return list(dict.fromkeys(open_groups))


def _render_group(work: ImportWork, file: FileResult, group: WarningGroup) -> None:
    key = keyed(WidgetKey.IMPORT_ACCEPT, group.key)
    session.remember(key, group.key in work.accepted)
    st.checkbox(group_words(group), key=key, on_change=_accept, args=(work, group.key, key))
    if len(group.items) >= _TABLE_FROM:
        fold = st.expander(f"The {len(group.items)} warnings", key=keyed(WidgetKey.IMPORT_FOLD, group.key))
        with fold:
            render_findings(group.items, "Warnings")
        return
    if len(group.items) > 1:
        st.markdown("\n".join(f"- {_item_words(item)}" for item in group.items))
    mendable = [item for item in group.items if is_mendable(item)]
    if mendable:
        with st.container(horizontal=True, gap="small"):
            for item in mendable:
                _render_correction(work, Case(file, (item,)))


def _render_correction(work: ImportWork, case: Case) -> None:
    """A warned-of value corrected instead of accepted."""
    key = keyed(WidgetKey.IMPORT_FOLD, f"correct:{case.name}")
    with st.popover(f"Correct {case.first.cell}", type="tertiary", key=key):
        st.markdown(case_words(case))
        render_value(work, case)


def _accept(work: ImportWork, group: str, key: str) -> None:
    accept(work, group, accepted=session.value(key, False))


def group_words(group: WarningGroup) -> str:
    """What is accepted, as Markdown: the warning itself, or how many there are of which kind and where."""
    first, mark = group.items[0], MARKS["warning"]
    head = f"I accept :{mark.colour}[**{severity_label('warning')}**]"
    if len(group.items) == 1:
        return (
            f"{head} {_item_words(first)} :gray[{literal(first.action)}] :gray[:small[{literal(first.code)}]]"
        )
    cells = [item.cell for item in group.items if item.cell]
    where = f" on sheet {literal(first.sheet)}" if first.sheet else ""
    listed_cells = f" ({literal(in_words(cells, _MOST_CELLS))})" if cells else ""
    meaning = literal(catalogue()[first.code].meaning)
    many = f"{counted(len(group.items), 'warning')}{where}{listed_cells}"
    return f"{head} {many}: {meaning} :gray[:small[{literal(first.code)}]]"


def _item_words(item: Finding) -> str:
    field, message = field_and_message(item)
    where = (
        f"{literal(item.sheet or '')} **{literal(item.cell)}** {literal(field)}".strip() if item.cell else ""
    )
    return f"{where}: {literal(message)}" if where else literal(message)


def render_notes(findings: Iterable[Finding], name: str) -> None:
    """What was cleaned, filled or passed over, folded: nothing has to be done about it."""
    notes = [item for item in findings if item.severity == "info"]
    if not notes:
        return
    with st.expander(
        f"{counted(len(notes), 'note')} on what was read", key=keyed(WidgetKey.IMPORT_FOLD, f"notes:{name}")
    ):
        render_findings(notes, "Notes")


def render_about_file(work: ImportWork, file: FileResult) -> None:
    """What concerns the file as a whole; what the mapping step asks is not said twice."""
    asked = ASKED_THERE if file.layout_guess is not None else frozenset()
    cases = open_cases(file, (item for item in file.about_file if item.code not in asked))
    render_cases(work, cases, "To settle about the file")
    render_layout(work, file)
    if not any(warning_groups(file, unit) for unit in file.units):
        others: Sequence[Finding] = [item for item in listed(file.about_file) if item.severity == "warning"]
        if others:
            st.markdown(f"**About the file**: {counts_text(others)}")
            render_findings(others, "Warnings about the file")
    render_notes(file.about_file, file.sha256)
