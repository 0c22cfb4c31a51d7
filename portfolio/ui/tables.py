"""Tables on screen and as a download: numbers, dates and money written one way, the unknown said in words."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import pandas as pd
import streamlit as st

from portfolio.ui.session import WidgetKey, keyed
from portfolio.ui.texts import literal

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

NOT_STATED = "not stated"
# A spreadsheet runs a cell that begins with one of these as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_CENTS = 100


def text_column(
    label: str, tip: str | None = None, width: int | None = None, *, pinned: bool | None = None
) -> ColumnConfig:
    """A column of words; a pinned one stays in sight when the table scrolls sideways."""
    return st.column_config.TextColumn(label, help=tip, width=width, pinned=pinned)


def figure_column(label: str, tip: str | None = None) -> ColumnConfig:
    """A column of figures kept as the text in which they were published."""
    return st.column_config.TextColumn(label, help=tip, alignment="right")


def value_column(label: str, tip: str | None = None, width: int | None = None) -> ColumnConfig:
    """A column of figures with their words: what does not fit is cut off on the right, never the figure."""
    return st.column_config.TextColumn(label, help=tip, width=width, alignment="left")


def count_column(label: str, tip: str | None = None) -> ColumnConfig:
    """A column of whole numbers, for example "1,204"."""
    return st.column_config.NumberColumn(label, help=tip, format="%,d", alignment="right")


def money_column(label: str, tip: str | None = None) -> ColumnConfig:
    """A column of amounts in whole euro, for example "5,005,000"; the header names the unit.

    The column holds what `euros` gives.
    """
    return st.column_config.NumberColumn(f"{label} (EUR)", help=tip, format="%,.0f", alignment="right")


def percent_column(label: str, tip: str | None = None) -> ColumnConfig:
    """A column of shares from 0 to 1, for example "41.3 %"; the column holds what `percents` gives."""
    return st.column_config.NumberColumn(f"{label} (%)", help=tip, format="%.1f", alignment="right")


def days_column(label: str, tip: str | None = None) -> ColumnConfig:
    """A column of day counts; the header names the unit."""
    return st.column_config.NumberColumn(f"{label} (days)", help=tip, format="%,d", alignment="right")


def date_column(label: str, tip: str | None = None) -> ColumnConfig:
    """A column of reduced ISO dates as text ("2024-06"), which sort as dates do and keep their precision."""
    return st.column_config.TextColumn(label, help=tip, width=100)


def link_column(label: str, text: str, tip: str | None = None) -> ColumnConfig:
    """A column of addresses, each shown as `text`."""
    return st.column_config.LinkColumn(label, help=tip, display_text=text)


def euros(cents: pd.Series[int]) -> pd.Series[float]:
    """Amounts in euro for a money column, from integer cents; for showing only, never for sums."""
    return cents.astype("Float64") / _CENTS


def percents(shares: pd.Series[float]) -> pd.Series[float]:
    """Per cent for a percent column, from shares of 0 to 1."""
    return shares.astype("Float64") * 100


def show_table(
    rows: pd.DataFrame,
    columns: Mapping[str, ColumnConfig | str | None],
    *,
    alt: str,
    unknown: str = NOT_STATED,
    height: int | Literal["auto", "content"] = "auto",
) -> None:
    """The table on the screen: only the named columns, in their order, the unknown in words."""
    order = [name for name, config in columns.items() if config is not None]
    st.dataframe(
        rows,
        column_order=order,
        column_config=dict(columns),
        hide_index=True,
        placeholder=unknown,
        alt=alt,
        height=height,
    )


def select_row(
    rows: pd.DataFrame,
    columns: Mapping[str, ColumnConfig | str | None],
    *,
    alt: str,
    key: WidgetKey | str,
    unknown: str = NOT_STATED,
    height: int | Literal["auto", "content"] = "auto",
) -> int | None:
    """The table as `show_table` shows it, and the position of the row that was selected, if one was."""
    order = [name for name, config in columns.items() if config is not None]
    event = st.dataframe(
        rows,
        column_order=order,
        column_config=dict(columns),
        hide_index=True,
        placeholder=unknown,
        alt=alt,
        height=height,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
    )
    selected = event["selection"]["rows"]
    return selected[0] if selected and selected[0] < len(rows) else None


def read_row(
    rows: pd.DataFrame,
    columns: Mapping[str, ColumnConfig | str | None],
    sentences: Sequence[str],
    hint: str,
    *,
    alt: str,
    key: WidgetKey | str,
    unknown: str = NOT_STATED,
    height: int | Literal["auto", "content"] = "auto",
) -> None:
    """The table, and below it the whole sentence of the row that is chosen, which a cell cuts off.

    `hint` tells how to read it as long as no row is chosen.
    """
    row = select_row(rows, columns, alt=alt, key=key, unknown=unknown, height=height)
    if row is None:
        st.caption(hint)
    else:
        st.markdown(literal(sentences[row]))


def formula_safe(value: object) -> object:
    """A value that no spreadsheet runs as a formula: text that could be one gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def csv_bytes(rows: pd.DataFrame) -> bytes:
    """The rows as a CSV file: UTF-8 with a byte-order mark for Excel, no formula, the unknown left empty."""
    safe = rows.map(formula_safe)
    safe.columns = pd.Index([str(formula_safe(str(name))) for name in rows.columns])
    text = io.StringIO()
    safe.to_csv(text, index=False, lineterminator="\r\n")
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def download_csv(rows: pd.DataFrame | Callable[[], pd.DataFrame], name: str) -> None:
    """A button that downloads the rows as NAME.csv; a function that makes them is called on the click."""
    st.download_button(
        "Download CSV",
        lambda: csv_bytes(rows() if callable(rows) else rows),
        file_name=f"{name}.csv",
        mime="text/csv",
        key=keyed(WidgetKey.DOWNLOAD, name),
        on_click="ignore",
        icon=":material/download:",
    )
