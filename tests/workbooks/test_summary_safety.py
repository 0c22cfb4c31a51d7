"""Odd input: a clear sentence, or a document that holds; never a broken file and never a formula."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import pytest

from portfolio.errors import NotFound, UsageProblem
from portfolio.model.changes import ChangeSetDraft, FieldChange, added_record
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.selection import PortfolioFilter
from portfolio.storage.engine import Database
from portfolio.storage.unit_of_work import apply_change_set
from portfolio.summaries.documents import SummaryScope, make_summary
from portfolio.summaries.safe_texts import LONGEST_CELL, clean_text, is_link, is_right_to_left
from tests.workbooks.summary_files import by_first, cells, document, opened, table, texts

Copied = Callable[[str], Database]
EVIL = (
    "=1+1",
    '=HYPERLINK("http://x.example","x")',
    "{=1+1}",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\tTab",
    "=cmd|' /C calc'!A0",
)
LONG = "A name " + "that goes on " * 23
RIGHT_TO_LEFT = "مشروع الأمن السيبراني"


def filled(database: Database) -> Database:
    """A portfolio of projects whose texts a spreadsheet could mistake for something else."""
    changes: list[FieldChange] = []
    for number, text in enumerate((*EVIL, LONG[:300], RIGHT_TO_LEFT, "https://x.example/title"), 1):
        key = f"odd-{number}"
        values = {"acronym": text[:80], "title": text, "summary": text, "total_budget_cents": 1_00 * number}
        changes += added_record("project", key, values)
        changes += added_record("participation", f"{key}/UKR", {"project_key": key, "partner_code": "UKR"})
        milestone = {
            "project_key": key,
            "title": text,
            "about": "project",
            "status": "planned",
            "contractual": False,
        }
        changes += added_record("milestone", f"{key}/milestone-01", milestone)
        url = "javascript:alert(1)" if number % 2 else f"https://x.example/{number}"
        source = {"project_key": key, "url": url, "title": text, "supports": text}
        changes += added_record("source", f"{key}/source-01", source)
    apply_change_set(database, ChangeSetDraft("edit", "a tester", "odd texts", tuple(changes)))
    return database


def test_texts_stay_texts(copied: Copied) -> None:
    made = document(filled(copied("empty")), "portfolio")
    book = opened(made, values=False)
    found = {str(cell.value): cell for _, cell in cells(book) if cell.data_type == "s"}
    for text in EVIL:
        assert text in found
        if text.startswith(("=", "+", "-", "@", "\t")):
            assert found[text].quotePrefix, text
    formulas = {str(cell.value).split("(")[0] for _, cell in cells(book) if cell.data_type == "f"}
    assert {formula for formula in formulas if "!" not in formula} == {"=SUM", "=ROWS", "=COUNTIF"}
    assert all(text not in formula for text in EVIL for formula in formulas)
    assert LONG[:300] in found
    assert found[RIGHT_TO_LEFT].alignment.readingOrder == 2


def test_links_lead_only_to_web_pages(copied: Copied) -> None:
    made = document(filled(copied("empty")), "portfolio")
    targets = [cell.hyperlink.target for _, cell in cells(opened(made)) if cell.hyperlink]
    assert targets
    assert all(target.startswith("https://x.example/") for target in targets)
    assert "javascript:alert(1)" in texts(opened(made)["Sources"])
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        relations = [archive.read(name) for name in archive.namelist() if name.endswith(".rels")]
    assert not any(b"javascript" in each for each in relations)


def test_one_odd_project_has_a_summary_of_its_own(copied: Copied) -> None:
    database = filled(copied("empty"))
    for number in range(1, len(EVIL) + 4):
        book = opened(document(database, "project", f"odd-{number}"))
        assert len(table(book["Projects"])) == 1


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://www.coe.int/en/web/cybercrime", True),
        ("http://cosdt.me/?p=10705", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://x.example/a b", False),
        ("internal:Sheet1!A1", False),
        ("https://x.example/" + "a" * 2100, False),
        ("http://[broken", False),
    ],
)
def test_is_link_takes_plain_web_addresses_only(address: str, safe: bool) -> None:
    assert is_link(address) is safe


def test_clean_text_drops_what_a_workbook_cannot_hold() -> None:
    assert clean_text("a\x00b\x0bc\ud800d\r\ne") == "abcd\ne"
    cut = clean_text("x" * (LONGEST_CELL + 1))
    assert len(cut) <= LONGEST_CELL
    assert cut.endswith("more characters]")
    assert clean_text("x" * LONGEST_CELL) == "x" * LONGEST_CELL


def test_is_right_to_left_asks_the_first_letter() -> None:
    assert is_right_to_left(f"1 {RIGHT_TO_LEFT}")
    assert not is_right_to_left(f"Project {RIGHT_TO_LEFT}")
    assert not is_right_to_left("123")


def test_unknown_region_names_the_regions(copied: Copied) -> None:
    with pytest.raises(NotFound, match=r"no region 'mars'.*western-balkans, eastern-neighbourhood, southern"):
        document(copied("empty"), "region", "mars")


def test_unknown_partner_names_the_partners(copied: Copied) -> None:
    with pytest.raises(NotFound, match=r"no partner 'FRA'.*ALB \(Albania\).*XKX \(Kosovo\*\).*TUN"):
        document(copied("empty"), "partner", "FRA")


def test_unknown_project_names_the_projects(copied: Copied) -> None:
    with pytest.raises(NotFound, match=r"no project 'x'.*cybersouth-plus"):
        document(copied("reference"), "project", "x")
    with pytest.raises(NotFound, match=r"no project 'x'\. The portfolio holds no project yet"):
        document(copied("empty"), "project", "x")


def test_partner_code_may_be_written_small(copied: Copied) -> None:
    made = document(copied("reference"), "partner", "xkx")
    assert opened(made)["Cover"]["A1"].value == "Partner brief: Kosovo*"


def test_profile_and_format_that_do_not_exist_are_usage_problems(copied: Copied) -> None:
    database = copied("empty")
    with pytest.raises(UsageProblem, match="no format 'odt'"):
        document(database, "portfolio", format="odt")
    with pytest.raises(UsageProblem, match="no profile 'glossy'"):
        document(database, "portfolio", profile="glossy")
    with pytest.raises(UsageProblem, match="for the format xlsx alone"):
        document(database, "portfolio", format="pdf", profile="publication")


def test_filter_that_leaves_nothing_gives_a_document_that_says_so(copied: Copied) -> None:
    chosen = PortfolioFilter(text="nothing is called this")
    book = opened(document(copied("reference"), "region", "western-balkans", chosen=chosen))
    assert "No project meets this scope and filter; every table is therefore empty." in texts(book["Cover"])
    assert any("nothing is called this" in text for text in texts(book["Cover"]))
    assert "No project meets this scope and filter." in texts(book["Projects"])


def test_filter_narrows_within_the_scope(copied: Copied) -> None:
    chosen = PortfolioFilter(focus=("cybersecurity",))
    book = opened(document(copied("reference"), "region", "western-balkans", chosen=chosen))
    rows = by_first(book["Projects"])
    assert rows
    assert {row["Focus"].split(" (")[0] for name, row in rows.items() if row["Focus"]} == {"Cybersecurity"}


def test_date_before_the_first_project_gives_a_document(copied: Copied) -> None:
    book = opened(document(copied("demo"), "portfolio", as_of=dt.date(1990, 1, 1)))
    assert {row["Status"] for row in table(book["Projects"])[:-1]} <= {"Planned", "Not known"}
    assert "1 January 1990" in book["Cover"]["A2"].value


def test_date_is_by_default_that_of_the_portfolio(copied: Copied, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTFOLIO_TODAY", raising=False)
    made = make_summary(copied("demo"), LOCAL_PERSON, SummaryScope("portfolio"))
    assert "23 November 2026" in opened(made)["Cover"]["A2"].value
