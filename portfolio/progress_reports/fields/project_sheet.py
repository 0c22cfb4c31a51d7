"""The sheet about the project as a whole: a form, with one row for each thing that is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from portfolio.progress_reports.fields.columns import FieldSpec, SheetSpec
from portfolio.progress_reports.fields.money_sheets import DATE_PROMPT, LONGEST_TEXT
from portfolio.vocabulary import terms

FORECAST = "cost-forecast"
_VALUE = FieldSpec("value", "Entry", "text", "input", 80, max_length=LONGEST_TEXT)
_COMMENT = FieldSpec("comment", "Comment", "text", "input", 40, max_length=LONGEST_TEXT)
_NO_COMMENT = replace(_COMMENT, access="locked")


@dataclass(frozen=True)
class FormItem:
    """One row of the form.

    `entity` and `code` say what it is kept in: a field of the project, the record of the dimension or the
    section with that code, or, without a code, the one record of the half-year. `guide` is what the row says
    beside the place to write.
    """

    key: str
    label: str
    guide: str
    entity: str
    code: str
    value: FieldSpec
    comment: FieldSpec = _NO_COMMENT

    @property
    def told_by(self) -> dict[str, str]:
        """What tells the record from the others of its project and period: its field with the code."""
        field = {"assessment": "dimension", "narrative": "section"}.get(self.entity)
        return {} if field is None else {field: self.code}

    @property
    def columns(self) -> dict[str, str]:
        """The fields of the record by the columns of the form that they are entered in."""
        entered = {"value": self.value.stored}
        return entered if self.comment.access == "locked" else entered | {"comment": self.comment.stored}


def form_item(key: str) -> FormItem:
    """One row of the form; KeyError if there is none of that key."""
    return {item.key: item for item in form_items()}[key]


def form_items() -> tuple[FormItem, ...]:
    """The rows of the form in their order."""
    return (*_facts(), _forecast(), *_assessments(), *_narratives())


def project_sheet() -> SheetSpec:
    """The form."""
    return SheetSpec(
        key="project",
        name="Project",
        entity="project",
        guidance=(
            "Correct what the tracker says of the project, say what it will cost in the end, give your own "
            "assessment, and tell the half-year. Each row asks for one thing."
        ),
        title_field="item",
        fields=(
            FieldSpec("item", "Item", "text", "locked", 26),
            FieldSpec("guide", "What is asked", "text", "locked", 34),
            _VALUE,
            _COMMENT,
        ),
        row_fields={item.key: {"value": item.value, "comment": item.comment} for item in form_items()},
    )


def _facts() -> Iterator[FormItem]:
    yield FormItem(
        "title", "Title", "The full title. Correct it only if it is wrong.", "project", "title",
        replace(_VALUE, label="Title", prompt="The full title of the project.", required=True,
                max_length=1000, entity="project", stored="title"),
    )  # fmt: skip
    yield FormItem(
        "summary", "Summary", "What the project does, in a few sentences.", "project", "summary",
        replace(_VALUE, label="Summary", prompt="What the project does, in a few sentences.",
                entity="project", stored="summary", lines=4),
    )  # fmt: skip
    yield FormItem(
        "start", "Start", "When the work began: 2026, 2026-06 or 2026-06-18.", "project", "start",
        replace(_VALUE, label="Start", kind="date", prompt=f"When the work began: {DATE_PROMPT}",
                entity="project", stored="start"),
    )  # fmt: skip


def _forecast() -> FormItem:
    """The implementer's own forecast, beside the one that the tracker draws from the latest half-years."""
    guide = (
        "All funders, from the start to the present end: what is spent already and what is still to come. "
        "In EUR; empty if you make no forecast."
    )
    value = replace(
        _VALUE, label="Expected total cost", kind="amount", entity="cost_forecast", stored="amount_cents",
        prompt="In EUR, such as 1250000.00: the whole cost at the present end, of all funders.",
    )  # fmt: skip
    comment = replace(
        _COMMENT, label="Expected total cost, comment", prompt="What the forecast rests on, in a few words.",
        entity="cost_forecast", stored="note", lines=2,
    )  # fmt: skip
    label = "Expected total cost at the present end (EUR)"
    return FormItem(FORECAST, label, guide, "cost_forecast", "", value, comment)


def _assessments() -> Iterator[FormItem]:
    """The implementer's own view of each dimension of health; the tracker computes its own beside it."""
    for term in terms("health_dimension"):
        value = replace(
            _VALUE, label=f"Assessment: {term.label}", kind="choice", vocabulary="rating",
            prompt="Choose from the list: your own view. Empty if you do not assess it.",
            entity="assessment", stored="colour",
        )  # fmt: skip
        comment = replace(
            _COMMENT, label=f"Assessment: {term.label}, comment",
            prompt="What the colour rests on, in a few words.", entity="assessment", stored="comment",
            lines=2,
        )  # fmt: skip
        label, guide = f"Assessment: {term.label}", f"{term.description} Your own view, with a comment."
        yield FormItem(f"assessment/{term.code}", label, guide, "assessment", term.code, value, comment)


def _narratives() -> Iterator[FormItem]:
    for term in terms("narrative_section"):
        value = replace(
            _VALUE, label=term.label, prompt=f"{term.description} Plain text; no names of trainees."[:255],
            entity="narrative", stored="text", lines=8,
        )  # fmt: skip
        yield FormItem(f"narrative/{term.code}", term.label, term.description, "narrative", term.code, value)
