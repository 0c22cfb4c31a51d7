"""A unit's settings in words and rows: value, default, source, and who set it when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from portfolio.model.changes import Value
from portfolio.numbers import of_one
from portfolio.services.change_words import CHANGE_KINDS, NO_VALUE, field_label
from portfolio.services.histories import Origin
from portfolio.services.origins import Origins
from portfolio.services.practice import Group, Setting, SettingPlan
from portfolio.ui.changes import moment_text
from portfolio.ui.tables import count_column, text_column
from portfolio.vocabulary import label

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

Columns = Mapping[str, "ColumnConfig | str | None"]
GROUPS: dict[Group, str] = {
    "Institution": (
        "The profile says which designation texts stand beside names and under maps, on screen and in every "
        "document. The text of each profile is here as well."
    ),
    "Health thresholds": (
        "From which day on an open milestone counts as late, and a running project as ending soon. Only "
        "rules in force are here."
    ),
    "Deadlines": (
        "How many days, months or years a deadline is counted, for each type of contract. The words "
        "'from the contract' mean that no rule holds: the date typed from it does. All are indicative."
    ),
    "Upload limits": "How large a report may be. A file above one of them is refused with a sentence.",
    "Labels": "What people read for a code, on every screen, in workbooks and in summaries. Codes stay.",
}
NO_SOURCE = "no source given"


def value_words(setting: Setting, value: Value) -> str:
    """A value of a setting as people read it, with its unit."""
    if value is None:
        return NO_VALUE
    text = str(value)
    if setting.key == "profile":
        return label("profiles", text)
    if not (setting.is_number or (setting.group == "Deadlines" and text.isdecimal())):
        return text
    unit = of_one(setting.unit) if int(text) == 1 else setting.unit
    return f"{int(text):,} {unit}".strip()


def in_group(settings: Iterable[Setting], group: str) -> list[Setting]:
    """The settings of one group, in their order."""
    return [setting for setting in settings if setting.group == group]


def settings_table(settings: Sequence[Setting], origins: Origins) -> pd.DataFrame:
    """One row per setting: name, value, default (numbers in a group of numbers), unit, source, by, when."""
    numeric = bool(settings) and all(setting.is_number for setting in settings)
    own = [origins.get(("setting", row.key, "value")) if row.own else None for row in settings]
    return pd.DataFrame(
        {
            "name": [row.name for row in settings],
            "value": [_cell(row, row.value, numeric) for row in settings],
            "default": [_cell(row, row.default, numeric) for row in settings],
            "unit": [row.unit or None for row in settings],
            "source": [source_words(row) for row in settings],
            "set_by": [None if origin is None else origin.change_set.by for origin in own],
            "set_on": [None if origin is None else moment_text(origin.change_set.at) for origin in own],
        }
    )


def _cell(setting: Setting, value: str, numeric: bool) -> str | int:
    return int(value) if numeric else value_words(setting, value)


def source_words(setting: Setting) -> str:
    """Where the value that holds comes from."""
    return setting.default_source if setting.own is None else setting.own.source or NO_SOURCE


def settings_columns(table: pd.DataFrame) -> Columns:
    """The columns of `settings_table`; unit, person and day only where there is one."""
    numeric = pd.api.types.is_integer_dtype(table["value"])
    columns: dict[str, ColumnConfig | str | None] = {
        "name": text_column("Setting", width=230 if not numeric else 430),
        "value": count_column("Value") if numeric else text_column("Value", width=260),
        "default": count_column("Default") if numeric else text_column("Default", width=180),
        "unit": text_column("Unit"),
        "source": text_column("Source"),
        "set_by": text_column("Set by"),
        "set_on": text_column("Set on"),
    }
    return {name: config for name, config in columns.items() if table[name].notna().any()}


def plan_rows(plan: SettingPlan) -> list[tuple[str, str, str]]:
    """What a plan would change: what, before, after; the value in force first."""
    before, after = value_words(plan.setting, plan.setting.value), value_words(plan.setting, plan.after)
    rows = [("Value", before, after)] if before != after else []
    source = next((change for change in plan.changes if change.field == "source"), None)
    if plan.value is None:
        rows.append(("Own value", "kept by this unit", "none: the default holds"))
    if source is not None and source.old != source.new:
        rows.append(("Source", str(source.old or NO_VALUE), str(source.new or NO_VALUE)))
    return rows or [("Own value", "none: the default holds", "kept by this unit, the same as the default")]


def history_table(setting: Setting, origins: Sequence[Origin]) -> pd.DataFrame:
    """One row per change of a setting, the newest first: number, when, by, field, before, after, reason."""
    return pd.DataFrame(
        {
            "number": [origin.change_set.id for origin in origins],
            "when": [moment_text(origin.change_set.at) for origin in origins],
            "by": [origin.change_set.by for origin in origins],
            "field": [field_label(origin.change.field).capitalize() for origin in origins],
            "before": [_past(setting, origin, origin.change.old) for origin in origins],
            "after": [_past(setting, origin, origin.change.new) for origin in origins],
            "kind": [CHANGE_KINDS[origin.change.kind] for origin in origins],
            "reason": [origin.change_set.reason for origin in origins],
        }
    )


def _past(setting: Setting, origin: Origin, value: Value) -> str:
    return value_words(setting, value) if origin.change.field == "value" else str(value or NO_VALUE)


def history_columns() -> Columns:
    """The columns of `history_table`."""
    return {
        "number": count_column("Change set"),
        "when": text_column("When"),
        "by": text_column("By"),
        "field": text_column("Field"),
        "before": text_column("Before"),
        "after": text_column("After"),
        "kind": text_column("Kind"),
        "reason": text_column("Reason"),
    }
