"""A code exists only with its fixture, its meaning and its remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portfolio.findings import SEVERITIES
from portfolio.progress_reports.catalogue import Place, as_markdown, catalogue, finding
from portfolio.settings import ROOT

CODE = re.compile(r'"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)"')
SOURCES = sorted((ROOT / "portfolio" / "progress_reports").rglob("*.py"))
TESTS = sorted(Path(__file__).parent.rglob("*.py"))


def mentioned(files: list[Path]) -> set[str]:
    return {code for file in files for code in CODE.findall(file.read_text(encoding="utf-8"))}


def test_every_code_is_used_and_every_used_code_is_known() -> None:
    assert mentioned(SOURCES) == set(catalogue())


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_code_has_a_fixture(code: str) -> None:
    assert code in mentioned([file for file in TESTS if file.name != Path(__file__).name])


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_code_has_a_severity_a_meaning_and_a_remedy(code: str) -> None:
    entry = catalogue()[code]
    assert entry.severity in SEVERITIES
    assert all(text.endswith(".") and text[0].isupper() for text in (entry.meaning, entry.remedy))
    assert not re.search(
        r"\b(invalid|exception|traceback|null|parse)\b", entry.message + entry.remedy, re.IGNORECASE
    )


def test_the_manual_holds_exactly_the_catalogue() -> None:
    manual = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
    assert as_markdown() in manual
    rows = re.findall(r"^\| `([A-Z_]+)` \|", manual, re.MULTILINE)
    assert rows == list(catalogue())


def test_a_finding_at_a_cell_begins_with_the_place() -> None:
    place = Place("Milestones", "F14", "actual", "Actual date")
    found = finding("DATE_UNREADABLE", place, "31/02/2026", "Write it as 2026-02-28.", why="")
    assert found.message == "Sheet Milestones, cell F14 (Actual date): '31/02/2026' is not a date."
    assert found.action == "Write it as 2026-02-28."


def test_a_long_value_is_quoted_short_and_kept_whole() -> None:
    found = finding("DATE_UNREADABLE", Place("A", "B1"), "x\n" * 500, why="")
    assert len(found.message) < 150
    assert found.value == "x\n" * 500


def test_unknown_codes_and_missing_facts_are_errors_in_the_program() -> None:
    with pytest.raises(KeyError):
        finding("NO_SUCH_CODE")
    with pytest.raises(KeyError):
        finding("NUM_SCALE", Place("A", "B1"), "1.005")
