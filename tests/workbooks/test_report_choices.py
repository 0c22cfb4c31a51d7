"""Entries of lists: in other writings, in other languages, misspelt, and of a list of the project's own."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from portfolio.partners import partners
from portfolio.progress_reports.fields.columns import OWN_PARTNERS
from portfolio.progress_reports.values.choices import plain, read_choice, synonyms
from portfolio.progress_reports.values.values import read_value
from portfolio.vocabulary import labels
from tests.workbooks.typed_cells import cell, judge, spec

CHOICES: list[tuple[str, Any, str | None, Any]] = [
    ("milestone_status", "Done", None, "done"),
    ("milestone_status", "Done ", "LIST_CLEANED", "done"),
    ("milestone_status", "D\u200bone", "LIST_CLEANED", "done"),
    ("milestone_status", "TERMINÉ", "LIST_CLEANED", "done"),
    ("milestone_status", "en cours", "LIST_CLEANED", "in-progress"),
    ("milestone_status", "prevu", "LIST_CLEANED", "planned"),
    ("milestone_status", "in_progress", "LIST_CLEANED", "in-progress"),
    ("milestone_status", "Delayed", "LIST_UNKNOWN", None),
    ("milestone_status", "Donne", "LIST_UNKNOWN", None),
    ("milestone_status", "tbd", "CELL_PLACEHOLDER", None),
    ("sex", "Femmes", "LIST_CLEANED", "women"),
    ("sex", "m", "LIST_CLEANED", "men"),
    ("sex", "not stated", "LIST_CLEANED", "not-stated"),
    ("sex", "unknown", "LIST_CLEANED", "not-stated"),
    ("rating", "orange", "LIST_CLEANED", "amber"),
    ("rating", "Vert", "LIST_CLEANED", "green"),
    ("training_stage", "Institutionalized", "LIST_CLEANED", "institutionalised"),
    ("training_kind", "visite d'étude", "LIST_CLEANED", "study-visit"),
]


@pytest.mark.parametrize(("vocabulary", "value", "code", "read"), CHOICES, ids=repr)
def test_choice(vocabulary: str, value: Any, code: str | None, read: Any) -> None:
    assert judge(spec("choice", vocabulary), value) == (code, read)


def test_every_synonym_names_one_entry_of_a_list_that_exists() -> None:
    names = {name: labels(name) for name in {item.vocabulary for item in synonyms()} - {OWN_PARTNERS}}
    names[OWN_PARTNERS] = {code: partner.name for code, partner in partners().items()}
    written = [(item.vocabulary, plain(item.word)) for item in synonyms()]
    assert [word for word, times in Counter(written).items() if times > 1] == []
    for item in synonyms():
        others = {plain(label) for code, label in names[item.vocabulary].items() if code != item.code}
        assert plain(item.word) not in others
        read = read_choice(item.vocabulary, item.word, names[item.vocabulary])
        if item.is_only_suggested:
            assert (read.code, read.near[0]) == (None, names[item.vocabulary][item.code])
        else:
            assert read.code == item.code


def test_a_list_of_the_project_is_read_by_its_own_labels() -> None:
    field, names = (
        spec("choice", "own_indicator"),
        {"p/indicator-1": "Alerts answered", "p/indicator-2": "Staff"},
    )
    assert read_value(field, cell("alerts  ANSWERED"), names).value == "p/indicator-1"
    (issue,) = read_value(field, cell("Alert answered"), names).issues
    assert [offer.value for offer in issue.offers] == ["Alerts answered"]


def test_a_misspelt_status_is_answered_with_the_nearest_labels() -> None:
    (issue,) = read_value(spec("choice", "milestone_status"), cell("Canceld")).issues
    assert [(offer.kind, offer.value) for offer in issue.offers] == [("replace", "Cancelled")]
