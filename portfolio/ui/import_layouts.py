"""The mapping step on screen: what each part of a workbook of one's own is taken for, and what is open."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from portfolio.progress_reports.layouts.layouts import ColumnView, Question, SheetView
from portfolio.progress_reports.results import FileResult
from portfolio.ui.import_layout_works import (
    LayoutWork,
    choose,
    forget_layout,
    is_kept,
    layout_work,
    read_so,
    remember_layout,
)
from portfolio.ui.import_works import ImportWork
from portfolio.ui.session import WidgetKey, keyed, session
from portfolio.ui.texts import counted, literal
from portfolio.ui.texts import listed as in_words

MOST_QUESTIONS = 12
LONGEST_NAME = 80
_GRID_ROWS = 6
_ROW_HEIGHT = 35
_ROWS_ABOVE = 2
_MOST_LISTED = 12
_HOW = {
    "label": "printed so by this tracker",
    "synonym": "a known word for it",
    "remembered": "as in a kept layout",
    "likeness": "a guess, by a word like it",
    "cells": "a guess, from its cells",
    "chosen": "chosen by you",
    "": "",
}


def render_layout(work: ImportWork, file: FileResult) -> None:
    """The mapping step of a file that this tracker did not issue; folded once nothing is open."""
    step = layout_work(work, file)
    if step is None:
        return
    is_settled = step.is_taken and step.view.is_ready
    key = keyed(WidgetKey.IMPORT_FOLD, f"layout:{file.sha256}:{is_settled}")
    with st.expander(layout_title(step), expanded=not is_settled, key=key):
        st.markdown(layout_sentence(step))
        _render_questions(step, [question for question in step.view.questions if question.needed])
        _render_sheets(step)
        _render_end(step)


def layout_title(step: LayoutWork) -> str:
    """How far the mapping is, for the line that unfolds it."""
    view = step.view
    read = sum(column.layout.is_read for column in view.columns)
    head = (
        "How this workbook is read:" if step.is_taken and view.is_ready else "How is this workbook laid out?"
    )
    tables, columns = counted(len(view.layout.tables), "table"), counted(len(view.columns), "column")
    return f"{head} {tables}, {read} of {columns}"


def layout_sentence(step: LayoutWork) -> str:
    """Where the mapping comes from, and what is not read, as Markdown."""
    view = step.view
    if view.layout.name:
        start = f"Recognised by its headings: the kept layout **{literal(view.layout.name)}**."
    elif step.is_taken:
        start = "This tracker did not issue this workbook; it is read as set here."
    else:
        start = (
            "This tracker did not issue this workbook. What follows was guessed from its headings and cells."
        )
    left = [column for column in view.columns if not column.layout.is_read]
    tables = view.layout.tables
    many = len({table.sheet for table in tables}) > 1
    names = [
        f"{f'{tables[column.table].sheet} ' if many else ''}{column.letter} {column.layout.header}".strip()
        for column in left
    ]
    return f"{start} " + (
        f"Not read: {literal(in_words(names, _MOST_LISTED))}." if names else "Every column is read."
    )


def _key(step: LayoutWork, name: str) -> str:
    return keyed(WidgetKey.LAYOUT_CHOICE, f"{step.sha256}:{name}")


def _render_questions(step: LayoutWork, asked: Sequence[Question]) -> None:
    """What is open, each with its answers; of many only the first, and the likely ones with one click."""
    likely = [question for question in asked if question.suggestion]
    if len(likely) > 1:
        st.button(
            f"Take all {len(likely)} likely answers", key=_key(step, f"likely:{_address(likely[0])}"),
            on_click=choose, args=(step, *(question.choose(question.suggestion) for question in likely)),
        )  # fmt: skip
    for question in asked[:MOST_QUESTIONS]:
        _render_question(step, question)
    if len(asked) > MOST_QUESTIONS:
        st.caption(f"{counted(len(asked) - MOST_QUESTIONS, 'more question')} follow.")


def _address(question: Question) -> str:
    return f"{question.kind}:{question.sheet}:{question.table}:{question.column}:{question.text}"


def _render_question(step: LayoutWork, question: Question) -> None:
    key = _key(step, f"asked:{_address(question)}")
    mark = ":red[**◆ Needed**]" if question.needed else ":gray[**○ Open**]"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"{mark} {literal(question.sentence)}", width="stretch")
        for option in question.options:
            if option.value and option.value == question.suggestion:
                st.button(
                    f"Take {literal(option.label)}", key=_key(step, f"take:{_address(question)}"),
                    on_click=choose, args=(step, question.choose(option.value)),
                )  # fmt: skip
        if question.options:
            _list(step, question, question.sentence, key, None, is_labelled=False)
        else:
            _text(step, question, question.sentence, key, "", is_labelled=False)


def _list(
    step: LayoutWork, question: Question, label: str, key: str, value: str | None, *, is_labelled: bool = True
) -> None:
    """One list to choose from; what is chosen holds at once."""
    labels = {option.value: option.label for option in question.options}
    session.remember(key, value if value in labels else None)
    st.selectbox(
        label, list(labels), index=None, key=key, width=240, placeholder="Choose",
        label_visibility="visible" if is_labelled else "collapsed",
        format_func=lambda code: labels.get(code, code), on_change=_answer, args=(step, question, key),
    )  # fmt: skip


def _text(
    step: LayoutWork, question: Question, label: str, key: str, value: str, *, is_labelled: bool = True
) -> None:
    """One text to write, a period; what is written holds at once."""
    session.remember(key, value)
    st.text_input(
        label, key=key, width=130, placeholder="2026-S1", autocomplete="off",
        label_visibility="visible" if is_labelled else "collapsed",
        on_change=_answer, args=(step, question, key),
    )  # fmt: skip


def _answer(step: LayoutWork, question: Question, key: str) -> None:
    choose(step, question.choose((session.text(key) or "").strip()))


def _render_sheets(step: LayoutWork) -> None:
    sheets = step.view.sheets
    if len(sheets) == 1:
        _render_sheet(step, sheets[0])
        return
    names = [literal(sheet.name) for sheet in sheets]
    first = next((name for name, sheet in zip(names, sheets, strict=True) if sheet.tables), None)
    for tab, sheet in zip(st.tabs(names, default=first), sheets, strict=True):
        with tab:
            _render_sheet(step, sheet)


def _render_sheet(step: LayoutWork, sheet: SheetView) -> None:
    """One sheet: its first rows as they stand, and its tables column by column."""
    hidden = "" if sheet.state == "visible" else " (hidden)"
    st.markdown(f"**Sheet {literal(sheet.name)}**{hidden}, as it stands; ▸ marks the headings")
    grid = sheet_grid(step, sheet)
    st.dataframe(
        grid, hide_index=True, height=_ROW_HEIGHT * (min(len(grid), _GRID_ROWS) + 1), placeholder="",
        column_config={"Row": st.column_config.TextColumn("Row", width=60, pinned=True)},
        alt=f"The first {counted(len(grid), 'row')} of sheet {sheet.name}.",
    )  # fmt: skip
    for position in sheet.tables:
        _render_table(step, sheet, position)
    if not sheet.tables:
        question = Question("table", "", step.tables, needed=False, sheet=sheet.name)
        _list(step, question, "This sheet holds", _key(step, f"sheet:{sheet.name}"), None)


def sheet_grid(step: LayoutWork, sheet: SheetView) -> pd.DataFrame:
    """The rows of a sheet from shortly above its first headings on, with their numbers."""
    heads = {row for position in sheet.tables for row in step.view.layout.tables[position].header_rows}
    start = min(heads, default=1) - _ROWS_ABOVE
    rows = [(number, texts) for number, texts in sheet.rows if number >= start]
    grid = pd.DataFrame([texts for _, texts in rows], columns=list(sheet.letters))
    grid.insert(0, "Row", [f"▸ {number}" if number in heads else str(number) for number, _ in rows])
    return grid


def _render_table(step: LayoutWork, sheet: SheetView, position: int) -> None:
    """What a table is, where its headings stand, whose it is, and each of its columns."""
    table = step.view.layout.tables[position]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for kind, label, value, options in step.table_lists(table, sheet):
            question = Question(kind, label, options, needed=False, sheet=table.sheet, table=position)
            _list(step, question, label, _key(step, f"table:{position}:{kind}"), value)
        question = Question("period", "Period", (), needed=False, sheet=table.sheet, table=position)
        _text(step, question, "Period", _key(step, f"table:{position}:period"), table.period)
    why = " ".join(text for text in (table.project_why, table.period_why) if text)
    if why:
        st.caption(literal(why))
    for column in step.view.columns:
        if column.table == position:
            _render_column(step, column)
    asked = [each for each in step.view.questions if each.table == position and each.kind == "value"]
    _render_questions(step, asked)


def _render_column(step: LayoutWork, column: ColumnView) -> None:
    """One column: its letter and heading, its first cells, what it is taken for and how sure that is."""
    found = column.layout
    question = Question(
        "field", f"Column {column.letter}", column.options, needed=False, table=column.table,
        column=found.column,
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        head = literal(found.header) or ":gray[no heading]"
        samples = literal("; ".join(column.samples)) or "no cells"
        st.markdown(f"**{column.letter}** {head}  \n:gray[:small[{samples}]]", width=340)
        key = _key(step, f"column:{column.table}:{found.column}")
        _list(step, question, question.sentence, key, found.field or None, is_labelled=False)
        st.markdown(f":gray[:small[{literal(found.why or _HOW[found.how])}]]", width="stretch")


def _render_end(step: LayoutWork) -> None:
    """Reading the workbook so, and keeping the layout for the next workbook with the same headings."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if not step.is_taken:
            st.button(
                "Read it this way", key=_key(step, "read"), type="primary", on_click=read_so, args=(step,),
                disabled=not step.view.layout.tables,
            )  # fmt: skip
        elif step.view.layout.name and is_kept(step.view.layout.name):
            name = step.view.layout.name
            st.button(
                f"Forget ‘{literal(name)}’", key=_key(step, "forget"), type="tertiary",
                on_click=forget_layout, args=(step, name),
            )  # fmt: skip
        else:
            _render_keeping(step)
    if step.work.noted:
        st.caption(literal(step.work.noted))


def _render_keeping(step: LayoutWork) -> None:
    key = _key(step, "name")
    st.text_input(
        "Keep this layout as", key=key, max_chars=LONGEST_NAME, width=280, autocomplete="off",
        placeholder="For example the implementer's own table",
    )  # fmt: skip
    st.button("Keep", key=_key(step, "keep"), on_click=_keep, args=(step, key))


def _keep(step: LayoutWork, key: str) -> None:
    remember_layout(step, session.text(key) or "")
