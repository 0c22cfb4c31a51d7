"""A unit's settings hold where they are read, and are change sets like everything else."""

from __future__ import annotations

import ast

import pytest

from portfolio.errors import DataProblem, NotAllowed, NotFound, StaleChange
from portfolio.overrides import use_overrides
from portfolio.partners import designation_text
from portfolio.services.access import LOCAL_PERSON, Person
from portfolio.services.histories import undo_change_set
from portfolio.services.practice import (
    apply_value,
    plan_value,
    set_value,
    settings_of,
    use_settings,
)
from portfolio.services.thresholds import threshold, thresholds
from portfolio.services.verifications import verify
from portfolio.settings import ROOT
from portfolio.storage.engine import Database
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.queries.practice import (
    MadeDocumentRow,
    discard_draft,
    find_draft,
    find_drafts,
    find_made,
    record_made,
    save_draft,
)
from portfolio.vocabulary import label


def set_(database: Database, key: str, value: str | None) -> int:
    return set_value(database, LOCAL_PERSON, key, value, source="Unit's manual, 2026", reason="Our practice")


def test_every_setting_has_a_default_and_says_where_it_comes_from(empty: Database) -> None:
    settings = settings_of(empty, LOCAL_PERSON)
    assert {row.group for row in settings} == {
        "Institution", "Health thresholds", "Deadlines", "Upload limits", "Labels",
    }  # fmt: skip
    assert len({row.key for row in settings}) == len(settings)
    assert all(row.value == row.default and row.default_source and row.name for row in settings)


def test_a_setting_holds_where_it_is_read_and_goes_back(empty: Database) -> None:
    set_(empty, "threshold/time-amber", "45")
    set_(empty, "label/focus/both", "Cybercrime and cybersecurity")
    set_(empty, "designation/coe/map", "Our own sentence.")
    set_(empty, "profile", "coe")
    assert threshold("time-amber") == 45
    assert label("focus", "both") == "Cybercrime and cybersecurity"
    assert designation_text("map", "coe") == "Our own sentence."
    assert get_portfolio(empty).institution_profile == "coe"
    number = set_(empty, "threshold/time-amber", None)
    assert threshold("time-amber") == 30
    undo_change_set(empty, LOCAL_PERSON, number)
    use_settings(empty)
    assert threshold("time-amber") == 45
    assert all(check.faults == () for check in verify(empty))


def test_settings_of_one_database_do_not_hold_in_another(empty: Database) -> None:
    set_(empty, "threshold/time-amber", "45")
    use_overrides({})
    assert threshold("time-amber") == 30


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("threshold/time-amber", "soon", "not a whole number"),
        ("threshold/time-amber", "1.5", "not a whole number"),
        ("threshold/time-amber", "٣٠", "not a whole number"),
        ("limit/file-size", "0", "above 0"),
        ("profile", "nato", "no profile"),
        ("designation/eu/map", "  ", "empty"),
        ("designation/eu/map", "x" * 2001, "2,001 characters"),
        ("threshold/time-amber", "30", "holds already"),
        ("threshold/time-amber", "--5", "not a whole number"),
        ("threshold/time-amber", "9" * 5000, "not a whole number"),
        ("threshold/time-amber", "-1", "below 0"),
        ("threshold/time-amber", "91", "after red at 90"),
        ("threshold/time-red", "29", "after red at 29"),
        ("threshold/money-red-low", "-14", "Red would begin at -14, before amber at -15"),
        ("threshold/money-amber-low", "16", "Amber below 16 and above 15 would leave no green"),
        ("threshold/money-amber-high", "31", "Amber would begin at 31, after red at 30"),
        ("threshold/results-red", "81", "Red would begin at 81, before amber at 80"),
        ("threshold/risk-red", "9", "Amber would begin at 10, after red at 9"),
        ("threshold/reporting-red", "-1", "below 0"),
        ("threshold/risk-blue", "1", "no setting"),
        ("label/focus/both", "x" * 81, "81 characters"),
        ("label/focus/both", " CYBERCRIME ", "already the label of cybercrime"),
    ],
)
def test_a_value_that_cannot_hold_is_refused_in_a_sentence(
    empty: Database, key: str, value: str, words: str
) -> None:
    with pytest.raises((DataProblem, NotFound), match=words):
        set_value(empty, LOCAL_PERSON, key, value, source="", reason="x")
    assert get_portfolio(empty).revision == 0


def test_every_threshold_of_the_file_is_read_by_a_rule() -> None:
    calls = [
        node.args[0]
        for path in (ROOT / "portfolio").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "threshold"
    ]
    texts = {leaf.value for call in calls for leaf in ast.walk(call) if isinstance(leaf, ast.Constant)}
    assert texts >= set(thresholds())


def test_a_plan_is_applied_as_it_was_shown_or_not_at_all(empty: Database) -> None:
    plan = plan_value(empty, LOCAL_PERSON, "threshold/time-amber", "45", source="Manual")
    assert (plan.setting.value, plan.after) == ("30", "45")
    assert get_portfolio(empty).revision == 0
    set_(empty, "threshold/time-amber", "60")
    with pytest.raises(StaleChange):
        apply_value(empty, LOCAL_PERSON, plan, reason="x")
    use_settings(empty)
    assert threshold("time-amber") == 60


def test_only_an_administrator_sets(empty: Database) -> None:
    with pytest.raises(NotAllowed):
        set_value(empty, Person("x", "manager"), "profile", "coe", source="", reason="x")
    with pytest.raises(NotFound):
        set_(empty, "nonsense", "1")
    with pytest.raises(DataProblem, match="why"):
        set_value(empty, LOCAL_PERSON, "profile", "coe", source="", reason=" ")


def test_a_draft_is_kept_per_person_and_subject_until_it_is_thrown_away(empty: Database) -> None:
    save_draft(empty, "a", "project/x", {"title": "Ünfinished", "amount": None})
    save_draft(empty, "a", "project/x", {"title": "Later"})
    save_draft(empty, "b", "project/x", {"title": "Other"})
    draft = find_draft(empty, "a", "project/x")
    assert draft is not None and draft.content == {"title": "Later"}
    discard_draft(empty, "a", "project/x")
    assert find_drafts(empty, "a") == ()
    assert len(find_drafts(empty, "b")) == 1
    assert get_portfolio(empty).revision == 0


def test_documents_made_are_listed_newest_first(empty: Database) -> None:
    for number in range(3):
        record_made(
            empty,
            MadeDocumentRow(
                "2026-11-23", "a", f"s{number}.xlsx", "region", "x", "", "2026-11-23", "xlsx", 0, "0"
            ),
        )
    assert [row.name for row in find_made(empty, most=2)] == ["s2.xlsx", "s1.xlsx"]
