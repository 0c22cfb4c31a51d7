"""Where a figure comes from: its source, and the change set that gave it its present value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from portfolio.dates import date_label
from portfolio.model.changes import FieldChange, RecordId
from portfolio.model.rows import ProjectRow
from portfolio.services.change_words import value_text
from portfolio.services.histories import Origin
from portfolio.services.origins import FieldId, latest_by_record, origins_of, origins_of_project
from portfolio.ui.cached import ask
from portfolio.ui.evidence import Fact, FieldRef
from portfolio.ui.links import history_link
from portfolio.ui.session import WidgetKey, current_person, keyed
from portfolio.ui.tables import text_column
from portfolio.ui.texts import counted, literal

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

OPEN_A_NAME = "Open a name to see where its value comes from."
_CELLS_NAMED = 4
_CHANGE_SETS_NAMED = 4
_TIP = "The change set that gave this row its present values; History shows it field by field"


@dataclass(frozen=True)
class FigureOrigins:
    """Where every field of some records comes from, asked once and looked up for each figure."""

    by_field: Mapping[FieldId, Origin] = field(default_factory=dict)

    def of(self, fields: Iterable[FieldRef]) -> list[Origin]:
        """The origins of the fields that a figure was made of, the latest change set first."""
        wanted = set(fields)
        found = [
            origin
            for (entity, key, name), origin in self.by_field.items()
            if (entity, key, name) in wanted or (entity, None, name) in wanted
        ]
        return sorted(found, key=lambda origin: -origin.change_set.id)

    def texts(self, records: Iterable[RecordId]) -> list[str | None]:
        """The words of an "Origin" column in which each row is one record."""
        return self.group_texts([record] for record in records)

    def group_texts(self, rows: Iterable[Iterable[RecordId]]) -> list[str | None]:
        """The words of an "Origin" column in which each row is made of several records."""
        latest = latest_by_record(self.by_field)
        return [origin_text([latest[record] for record in row if record in latest]) for row in rows]


def project_origins(project_key: str) -> FigureOrigins:
    """Where everything that belongs to a project comes from."""
    return FigureOrigins(ask(origins_of_project, current_person(), project_key))


def record_origins(entity: str, keys: Iterable[str]) -> FigureOrigins:
    """Where some records of one kind come from."""
    return FigureOrigins(ask(origins_of, current_person(), tuple((entity, key) for key in keys)))


def project_row_origins(projects: Iterable[ProjectRow]) -> list[str | None]:
    """The words of an "Origin" column in which each row is a project."""
    keys = [project.key for project in projects]
    return record_origins("project", sorted(keys)).texts(("project", key) for key in keys)


def place_text(changes: Sequence[FieldChange]) -> str:
    """File, sheet and cells from which values were read: "report.xlsx, Money!D14, D15 and 3 more"."""
    first = changes[0]
    if first.cell is None:
        return first.file or "a file"
    cells = list(dict.fromkeys(change.cell for change in changes if change.cell))
    more = len(cells) - _CELLS_NAMED
    named = ", ".join(cells[:_CELLS_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"{first.file}, {first.sheet}!{named}"


def origin_sentence(origins: Sequence[Origin]) -> str:
    """How values came in with one change set, for example "entered by A on 3 June 2026: Amendment 2"."""
    change_set = origins[0].change_set
    day, by = date_label(change_set.at[:10]), change_set.by
    if change_set.kind == "load":
        return f"loaded on {day}: {change_set.reason}"
    if change_set.kind == "import":
        place = place_text([origin.change for origin in origins])
        return f"from {place}, imported on {day} by {by}{_typed_words(origins)}"
    word = "set back" if change_set.kind == "undo" else "entered"
    return f"{word} by {by} on {day}: {change_set.reason}"


def _typed_words(origins: Sequence[Origin]) -> str:
    """That values were typed on the screen and not read from the file, if so."""
    typed = [origin.typed_over for origin in origins if origin.typed_over is not None]
    if not typed:
        return ""
    if len(origins) > 1:
        return f"; {len(typed)} of them typed on screen"
    return (
        f"; typed on screen instead of '{typed[0]}'" if typed[0] else "; typed on screen into an empty cell"
    )


def origin_lines(origins: Iterable[Origin]) -> list[tuple[Origin, str]]:
    """One line for each change set and sheet that gave some of the values, with one of its origins."""
    groups: dict[tuple[int, str | None, str | None], list[Origin]] = {}
    for origin in origins:
        place = (origin.change_set.id, origin.change.file, origin.change.sheet)
        groups.setdefault(place, []).append(origin)
    return [(group[0], f"{_subject(group)}: {origin_sentence(group)}") for group in groups.values()]


def _subject(group: Sequence[Origin]) -> str:
    if len(group) > 1:
        return counted(len(group), "value")
    change = group[0].change
    return value_text(change.entity, change.field, change.new)


def origin_text(origins: Sequence[Origin]) -> str | None:
    """How a row of a table came in, in few words; None where nothing is on record."""
    if not origins:
        return None
    newest = max(origin.change_set.id for origin in origins)
    group = [origin for origin in origins if origin.change_set.id == newest]
    change_set = group[0].change_set
    if change_set.kind == "load":
        return "loaded with the portfolio"
    if change_set.kind == "import":
        return f"{place_text([origin.change for origin in group])}, {change_set.at[:10]}"
    word = "set back" if change_set.kind == "undo" else "entered"
    return f"{word} by {change_set.by}, {change_set.at[:10]}"


def with_origins(
    rows: pd.DataFrame, columns: Mapping[str, ColumnConfig | str | None], texts: Sequence[str | None]
) -> tuple[pd.DataFrame, dict[str, ColumnConfig | str | None]]:
    """A table and its columns with the origin of each row as the last one."""
    told = rows.assign(origin=pd.Series(texts, index=rows.index, dtype="object"))
    return told, {**columns, "origin": text_column("Origin", _TIP)}


def render_facts(facts: Iterable[Fact], project_key: str) -> None:
    """Values of a project below each other, each name opening to where its value comes from."""
    origins = project_origins(project_key)
    with st.container(gap="small"):
        for entry in facts:
            name, value = st.columns([2, 7], gap="xxsmall")
            with name:
                render_named(entry, origins)
            shown = f"**{literal(entry.value)}**" if entry.lines else literal(entry.value)
            value.markdown("  \n".join([shown, *entry.lines]))


def render_named(entry: Fact, origins: FigureOrigins) -> None:
    """The name of a figure, which opens to its source and its change set; plain where there is none."""
    found = origins.of(entry.fields)
    if not found:
        st.caption(entry.label)
        return
    key = keyed(WidgetKey.ORIGIN, entry.label)
    with st.popover(f":small[{entry.label}]", type="tertiary", key=key, wrap=True):
        st.markdown(f"**{literal(entry.label)}: {literal(entry.value)}**")
        for line in entry.lines:
            st.markdown(line)
        lines = origin_lines(found)
        for origin, line in lines[:_CHANGE_SETS_NAMED]:
            st.markdown(literal(f"{line}."))
            history_link(origin.change_set)
        if len(lines) > _CHANGE_SETS_NAMED:
            st.caption(f"{len(lines) - _CHANGE_SETS_NAMED} earlier ones are in History.")
