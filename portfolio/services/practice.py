"""What a unit sets for itself: profile, designations, thresholds, limits and labels, each with its source."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
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
from portfolio.services.deadlines.practices import deadline_problem, deadline_settings
from portfolio.settings import DATA_DIR
from portfolio.storage.engine import Database
from portfolio.storage.queries.practice import SettingRow, find_settings
from portfolio.storage.unit_of_work import apply_change_set
from portfolio.vocabulary import codes, default_terms, labels

Group = Literal["Institution", "Health thresholds", "Deadlines", "Upload limits", "Labels"]
EDITABLE_LABELS = (
    "focus", "instrument", "modality", "service", "pillar", "organisation_role", "contract_type",
    "payment_kind", "amendment_kind", "milestone_kind", "milestone_status", "budget_heading",
    "deadline_rule", "indicator_level", "training_kind", "training_stage", "risk_category",
    "narrative_section",
)  # fmt: skip
_AMBER_LATE = "Amber would begin at {low}, after red at {high}. Change the other first."
_RED_EARLY = "Red would begin at {low}, before amber at {high}. Change the other first."
_NO_GREEN = "Amber below {low} and above {high} would leave no green. Change the other first."
# Of each pair of thresholds the first may not be above the second.
_IN_ORDER = (
    ("time-amber", "time-red", _AMBER_LATE), ("money-red-low", "money-amber-low", _RED_EARLY),
    ("money-amber-low", "money-amber-high", _NO_GREEN), ("money-amber-high", "money-red-high", _AMBER_LATE),
    ("results-red", "results-amber", _RED_EARLY), ("risk-amber", "risk-red", _AMBER_LATE),
    ("reporting-amber", "reporting-red", _AMBER_LATE),
)  # fmt: skip
_SUBJECTS = {"kosovo": "XKX", "palestine": "PSE"}
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,15}")
_LONGEST = 2_000
_LONGEST_LABEL = 80


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


@dataclass(frozen=True)
class SettingPlan:
    """What setting a value would change, exactly as it is applied; `value` None goes back to the default."""

    setting: Setting
    value: str | None
    changes: tuple[FieldChange, ...]

    @property
    def after(self) -> str:
        """The value that would hold."""
        return self.setting.default if self.value is None else self.value


def use_settings(database: Database) -> None:
    """Nothing; from now on the settings of this database hold, in this request or command."""
    use_overrides(settings_held(database))


def settings_held(database: Database) -> dict[str, str]:
    """The values that are recorded in place of defaults, by key."""
    return {row.key: row.value for row in find_settings(database)}


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
    for rule in deadline_settings():
        own_row = own.get(rule.key)
        yield Setting(rule.key, "Deadlines", rule.name, rule.default, rule.unit, rule.source, own_row)
    for code, row in _table("limits"):
        # What stands after the colon is the default, which may not be what holds.
        name = row["description"].rstrip(".").partition(":")[0]
        yield _number("limit", "Upload limits", code, name, row, own)
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
    if setting.is_number:
        return _number_problem(setting, text)
    if setting.group == "Deadlines":
        return deadline_problem(setting.key, text)
    if setting.key == "profile" and text not in codes("profiles"):
        return f"There is no profile '{text}'. Choose one of {', '.join(codes('profiles'))}."
    if setting.group == "Labels" and len(text) > _LONGEST_LABEL:
        return f"The label has {len(text):,} characters; at most {_LONGEST_LABEL} fit into a list."
    if len(text) > _LONGEST:
        return f"The text has {len(text):,} characters; at most {_LONGEST:,} can be printed beside a name."
    return None


def _number_problem(setting: Setting, text: str) -> str | None:
    if not _WHOLE_NUMBER.fullmatch(text):
        return f"'{text[:40]}' is not a whole number. Enter one in {setting.unit}."
    if setting.group == "Upload limits" and int(text) <= 0:
        return "A limit has to be above 0, or no file could be read."
    # Only a burn gap may lie on either side of 0.
    if setting.unit != "percentage points" and int(text) < 0:
        return f"A number of {setting.unit} cannot be below 0."
    return None


def _clash(settings: Iterable[Setting], setting: Setting, value: str) -> str | None:
    """What is wrong with `value` beside the other settings: a label given twice, amber above red."""
    values = {other.key: other.value for other in settings} | {setting.key: value}
    for first, second, sentence in _IN_ORDER:
        pair = (f"threshold/{first}", f"threshold/{second}")
        low, high = (values[key] for key in pair)
        if setting.key in pair and int(low) > int(high):
            return sentence.format(low=low, high=high)
    siblings = setting.key.rpartition("/")[0]
    for key, other in values.items():
        same = key != setting.key and key.rpartition("/")[0] == siblings
        if setting.group == "Labels" and same and other.casefold() == value.casefold():
            return f"'{other}' is already the label of {key.rpartition('/')[2]}. Choose one of its own."
    return None


def plan_value(
    database: Database, person: Person, key: str, value: str | None, *, source: str = ""
) -> SettingPlan:
    """What setting `key` to `value` would change; nothing is written.

    Raises: NotFound if there is no such setting; NotAllowed; DataProblem if the value cannot hold, or if it
            holds already.
    """
    require(person, "administer")
    settings = settings_of(database, person)
    setting = next((row for row in settings if row.key == key), None)
    if setting is None:
        raise NotFound(f"There is no setting '{key}'.")
    after = setting.default if value is None else " ".join(value.split())
    problem = problem_of(setting, after) or _clash(settings, setting, after)
    if problem:
        raise DataProblem(problem)
    changes = tuple(_changes(setting, None if value is None else after, source))
    if not changes:
        raise DataProblem("This value holds already, so there is nothing to change.")
    return SettingPlan(setting, None if value is None else after, changes)


def apply_value(database: Database, person: Person, plan: SettingPlan, *, reason: str) -> int:
    """The number of the change set that `plan` became, exactly as it was shown; its value holds from now on.

    Raises: NotAllowed; DataProblem without a reason; StaleChange if somebody else set it meanwhile.
    """
    require(person, "administer")
    if not reason.strip():
        raise DataProblem("Say in a few words why, so that others understand the change later.")
    number = apply_change_set(database, ChangeSetDraft("edit", person.name, reason.strip(), plan.changes))
    use_settings(database)
    return number


def set_value(
    database: Database, person: Person, key: str, value: str | None, *, source: str, reason: str
) -> int:
    """The number of the change set by which `key` has `value` from now on; None goes back to the default.

    Raises: what `plan_value` and `apply_value` raise.
    """
    plan = plan_value(database, person, key, value, source=source)
    return apply_value(database, person, plan, reason=reason)


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
