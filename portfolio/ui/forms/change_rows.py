"""What a preview says, in words: changes as rows to read, findings and conflicts as sentences."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from portfolio.findings import Finding
from portfolio.model.changes import FieldChange, Value, by_record
from portfolio.services.change_words import CHANGE_KINDS, field_label, value_text
from portfolio.services.editing import Conflict
from portfolio.ui.changes import moment_text
from portfolio.ui.forms.choices import choices, record_title
from portfolio.ui.forms.drafts import NEW, ProjectForm
from portfolio.ui.forms.field_shapes import CHOSEN
from portfolio.ui.forms.fields import TABLES
from portfolio.ui.forms.workbenches import known
from portfolio.ui.texts import literal


def finding_line(form: ProjectForm, finding: Finding) -> str:
    """A finding with its record and field, as Markdown that shows every text as it is written."""
    entity, key = finding.record or ("project", form.project_key)
    field = TABLES[entity].field(finding.field or "") if entity in TABLES else None
    label = field.label if field else field_label(finding.field or "")
    where = ", ".join(part for part in (title_of(form, entity, key), label) if part)
    return f"**{literal(where)}**: {literal(f'{finding.message} {finding.action}')}"


def title_of(form: ProjectForm, entity: str, key: str) -> str:
    """A record by its kind and name, also where the preview knows it by its future key."""
    if form.is_new and form.chosen_key and (key == form.chosen_key or key.startswith(f"{form.chosen_key}/")):
        key = NEW + key.removeprefix(form.chosen_key)
    return record_title(form, entity, key)


def preview_table(form: ProjectForm, changes: Sequence[FieldChange]) -> pd.DataFrame:
    """One row per field: record, field, before, after, kind; grouped by record, as they are applied."""
    ordered = [change for _, group in by_record(changes) for change in group]
    return pd.DataFrame(
        {
            "record": [title_of(form, change.entity, change.key) for change in ordered],
            "field": [field_title(change) for change in ordered],
            "before": [shown_value(form, change, change.old) for change in ordered],
            "after": [shown_value(form, change, change.new) for change in ordered],
            "kind": [CHANGE_KINDS[change.kind] for change in ordered],
        }
    )


def field_title(change: FieldChange) -> str:
    """A field under the label that it has in the form."""
    field = TABLES[change.entity].field(change.field)
    return field.label if field else field_label(change.field).capitalize()


def shown_value(form: ProjectForm, change: FieldChange, value: Value) -> str:
    """A value as people read it; references by name."""
    field = TABLES[change.entity].field(change.field)
    if isinstance(value, str) and field is not None and field.kind in CHOSEN:
        key = NEW + value.removeprefix(form.chosen_key) if form.is_new and form.chosen_key else value
        offered = choices(field, form, known())
        return offered.get(value) or offered.get(key) or value
    return value_text(change.entity, change.field, value)


def conflict_text(form: ProjectForm, conflict: Conflict) -> str:
    """Both values, the one before, and who it was, as Markdown that shows every text as it is written."""
    change = conflict.change
    title = f"{title_of(form, change.entity, change.key)}, {field_title(change)}"
    mine, theirs, before = (
        literal(shown_value(form, change, value)) for value in (change.new, conflict.theirs, change.old)
    )
    who = conflict.change_set
    by = f" (by {literal(who.by)}, {moment_text(who.at)}, change set {who.id})" if who else ""
    return (
        f"**{literal(title)}**  \nMy value: **{mine}**  \n"
        f"On record now: **{theirs}**{by}  \nWhen this form was opened: {before}"
    )
