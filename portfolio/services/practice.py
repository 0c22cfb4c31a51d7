"""What a unit sets for itself: profile, designations, thresholds, limits and labels, each with its source."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from portfolio.errors import DataProblem, NotFound
from portfolio.model.changes import (
    ChangeSetDraft,
    FieldChange,
    Value,
    added_record,
    changed_fields,
    removed_record,
)
from portfolio.overrides import use_overrides
from portfolio.partners import designations, partner_name
from portfolio.services.access import Person, require
from portfolio.settings import DATA_DIR
from portfolio.storage.engine import Database
from portfolio.storage.queries.practice import SettingRow, find_settings
from portfolio.storage.unit_of_work import apply_change_set
from portfolio.vocabulary import codes, default_terms, labels

Group = Literal["Institution", "Health thresholds", "Upload limits", "Labels"]
EDITABLE_LABELS = (
    "focus", "instrument", "modality", "service", "pillar", "organisation_role", "contract_type",
    "payment_kind", "amendment_kind", "milestone_kind", "milestone_status", "budget_heading",
)  # fmt: skip
_SUBJECTS = {"kosovo": "XKX", "palestine": "PSE"}
_LONGEST = 2_000


@dataclass(frozen=True)
class Setting:
    """One thing that a unit may set: its default with its source, and the unit's own value if it has one."""

    key: str
    group: Group
    name: str
    default: str
    unit: str
    default_source: str
    own: SettingRow | None

    @property
    def value(self) -> str:
        """The value that holds."""
        return self.default if self.own is None else self.own.value

    @property
    def is_number(self) -> bool:
        """Whether only whole numbers make sense."""
        return self.group in ("Health thresholds", "Upload limits")


def use_settings(database: Database) -> None:
    """Nothing; from now on the settings of this database hold, in this request or command."""
    use_overrides({row.key: row.value for row in find_settings(database)})


def settings_of(database: Database, person: Person) -> tuple[Setting, ...]:
    """Everything that can be set, group by group."""
    require(person, "see")
    own = {row.key: row for row in find_settings(database)}
    return tuple(_all(own))


def _all(own: Mapping[str, SettingRow]) -> Iterator[Setting]:
    yield Setting(
        "profile",
        "Institution",
        "Institution profile",
        "eu",
        "",
        "European Union wording",
        own.get("profile"),
    )
    for text in designations():
        key = f"designation/{text.profile}/{text.subject}"
        subject = partner_name(_SUBJECTS[text.subject]) if text.subject in _SUBJECTS else "Map disclaimer"
        name = f"{subject}, {labels('profiles')[text.profile]}"
        source = "to be confirmed" if text.status == "to-be-confirmed" else text.status
        yield Setting(key, "Institution", name, text.text, "", source, own.get(key))
    for code, row in _table("thresholds"):
        name = f"{row['dimension'].capitalize()}, {row['level']}: {row['description'].rstrip('.')}"
        yield _number("threshold", "Health thresholds", code, name, row, own)
    for code, row in _table("limits"):
        yield _number("limit", "Upload limits", code, row["description"].rstrip("."), row, own)
    for vocabulary in EDITABLE_LABELS:
        for entry in default_terms(vocabulary):
            key = f"label/{vocabulary}/{entry.code}"
            name = f"{vocabulary.replace('_', ' ').capitalize()}: {entry.code}"
            yield Setting(key, "Labels", name, entry.label, "", "data/vocabulary", own.get(key))


def _number(
    prefix: str, group: Group, code: str, name: str, row: Mapping[str, str], own: Mapping[str, SettingRow]
) -> Setting:
    key = f"{prefix}/{code}"
    return Setting(key, group, name, row["value"], row["unit"], row["source"], own.get(key))


def _table(name: str) -> Iterator[tuple[str, dict[str, str]]]:
    with (DATA_DIR / "vocabulary" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["code"], row


def problem_of(setting: Setting, value: str) -> str | None:
    """What is wrong with `value`, in a sentence that says what to do; None if nothing is."""
    text = value.strip()
    if not text:
        return "The value is empty. Enter one, or go back to the default."
    if setting.is_number and not (text.isascii() and text.lstrip("-").isdigit()):
        return f"'{text}' is not a whole number. Enter one in {setting.unit}."
    if setting.group == "Upload limits" and int(text) <= 0:
        return "A limit has to be above 0, or no file could be read."
    if setting.key == "profile" and text not in codes("profiles"):
        return f"There is no profile '{text}'. Choose one of {', '.join(codes('profiles'))}."
    if len(text) > _LONGEST:
        return f"The text has {len(text):,} characters; at most {_LONGEST:,} can be printed beside a name."
    return None


def set_value(
    database: Database, person: Person, key: str, value: str | None, *, source: str, reason: str
) -> int:
    """The number of the change set by which `key` has `value` from now on; None goes back to the default.

    Raises: NotFound if there is no such setting; NotAllowed; DataProblem if the value cannot hold, if it
            holds already, or without a reason; StaleChange if somebody else set it at the same moment.
    """
    require(person, "administer")
    setting = next((row for row in settings_of(database, person) if row.key == key), None)
    if setting is None:
        raise NotFound(f"There is no setting '{key}'.")
    problem = None if value is None else problem_of(setting, value)
    if problem:
        raise DataProblem(problem)
    if not reason.strip():
        raise DataProblem("Say in a few words why, so that others understand the change later.")
    changes = tuple(_changes(setting, value, source))
    if not changes:
        raise DataProblem("This value holds already, so there is nothing to change.")
    number = apply_change_set(database, ChangeSetDraft("edit", person.name, reason.strip(), changes))
    use_settings(database)
    return number


def _changes(setting: Setting, value: str | None, source: str) -> Iterator[FieldChange]:
    before: dict[str, Value] = {}
    if setting.own is not None:
        before = {"value": setting.own.value, "source": setting.own.source}
    if value is None:
        yield from removed_record("setting", setting.key, before)
        return
    after: dict[str, Value] = {"value": value.strip(), "source": source.strip() or None}
    if setting.own is not None:
        yield from changed_fields("setting", setting.key, before, after)
    elif after["value"] != setting.default or after["source"]:
        yield from added_record("setting", setting.key, after)
