"""Tables as csv: other programs read every one by its description, and find the figures of the screens."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from portfolio import __version__
from portfolio.partners import designation_text
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.health.portfolios import load_health
from portfolio.services.status_report import status_report
from portfolio.storage.engine import Database, shared_engine
from portfolio.summaries.column_meanings import FIGURES
from portfolio.summaries.content import Column, KeyFigures, Link, Missing, Row, Section, Summary, Table
from portfolio.summaries.csv_tables import render_csv
from portfolio.summaries.dictionaries import meaning_of
from portfolio.summaries.documents import SummaryScope, compose
from portfolio.summaries.figure_tables import figures_table
from portfolio.summaries.safe_texts import safe_text
from portfolio.summaries.scopes import ScopeKind
from tests.workbooks.summary_files import AS_OF, content, document, view

MARKERS = ["[x]", "[z]"]
SCOPES: tuple[tuple[ScopeKind, str], ...] = (
    ("portfolio", ""), ("region", "western-balkans"), ("partner", "UKR"), ("project", "rain-willow"),
)  # fmt: skip


@pytest.fixture(scope="module")
def demo_database(loaded: Callable[[str], tuple[Path, str]]) -> Iterator[Database]:
    path, database_id = loaded("demo")
    url = f"sqlite:///{path}"
    yield Database(url, database_id, shared_engine(url))
    shared_engine(url).dispose()


@pytest.fixture(scope="module")
def summary(demo_database: Database) -> Summary:
    return content(demo_database, "portfolio")


@pytest.fixture(scope="module")
def files(summary: Summary) -> dict[str, bytes]:
    return unpacked(render_csv(summary))


def unpacked(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def frame(files: dict[str, bytes], name: str) -> pd.DataFrame:
    """A table as a program reads it that knows nothing but the markers."""
    return pd.read_csv(io.BytesIO(files[f"{name}.csv"]), na_values=MARKERS, keep_default_na=False)


def test_every_table_is_read_by_the_types_of_its_description(files: dict[str, bytes]) -> None:
    package = json.loads(files["datapackage.json"])
    described = {resource["path"] for resource in package["resources"]}
    assert described == {name for name in files if name.endswith(".csv")} - {"dictionary.csv", "about.csv"}
    numbers = 0
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        read = frame(files, resource["name"])
        assert list(read.columns) == [field["name"] for field in fields], resource["name"]
        assert len(set(read.columns)) == len(fields)
        for field in fields:
            values = read[field["name"]].dropna()
            if field["type"] in ("number", "integer"):
                assert values.map(lambda value: isinstance(value, int | float)).all(), field
                numbers += len(values)
            if field["type"] == "integer":
                assert (values == values.round()).all(), field
            if "constraints" in field:
                pattern = re.compile(field["constraints"]["pattern"])
                assert all(pattern.fullmatch(str(value)) for value in values), field
    assert numbers > 1_000


def test_sums_are_those_of_the_status_report(files: dict[str, bytes], demo_database: Database) -> None:
    health = load_health(demo_database, LOCAL_PERSON, as_of=AS_OF)
    report = status_report(view(demo_database), health)
    money = report["money"]
    projects, data = frame(files, "projects"), frame(files, "data")
    for amount in ("total_budget", "eu_contribution"):
        assert round(projects[f"{amount}_eur"].sum() * 100) == money[f"{amount}_cents"]
    for table in ("partners", "regions", "focus"):
        assert round(frame(files, table)["total_budget_eur"].sum() * 100) == money["total_budget_cents"]
    for measure in ("paid", "incurred", "contracted"):
        for timing in ("as at", "year"):
            chosen = data[(data.measure == measure) & (data.timing == timing)]
            assert round(chosen.value.sum() * 100) == money[f"{measure}_cents"], (measure, timing)
    figures = frame(files, "key-figures").set_index("figure")
    assert round(figures.value["paid"] * 100) == money["paid_cents"]


def test_amounts_have_two_decimals_and_what_is_missing_its_marker(files: dict[str, bytes]) -> None:
    rows = list(csv.DictReader(io.StringIO(files["projects.csv"].decode("utf-8-sig"))))
    amounts = [row["total_budget_eur"] for row in rows]
    assert "[x]" in amounts
    assert all(re.fullmatch(r"\d+\.\d\d|\[[xz]\]", amount) for amount in amounts)
    empty = {name for name, text in files.items() if name.endswith(".csv") and b',"",' in text}
    assert empty == set()


def test_the_same_content_gives_the_same_bytes(summary: Summary, demo_database: Database) -> None:
    first, again = render_csv(summary), render_csv(content(demo_database, "portfolio"))
    assert first == again
    with zipfile.ZipFile(io.BytesIO(first)) as opened:
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert opened.namelist() == sorted(opened.namelist())
    assert not any(b"a tester" in text for text in unpacked(first).values())
    made = document(demo_database, "portfolio", format="csv")
    assert (made.name, made.content) == (f"{summary.stem}.zip", first)


def test_dictionary_defines_every_column_and_measure(files: dict[str, bytes]) -> None:
    dictionary = frame(files, "dictionary")
    package = json.loads(files["datapackage.json"])
    named = {(resource["name"], field["name"]) for resource in package["resources"]
             for field in resource["schema"]["fields"]}  # fmt: skip
    measures = {("data", f"measure={measure}") for measure in frame(files, "data").measure}
    own = {(table, name) for table in ("dictionary", "about") for name in frame(files, table).columns}
    assert set(zip(dictionary.table, dictionary.column, strict=True)) == named | measures | own
    assert (dictionary.definition.str.len() > 0).all()
    paid = dictionary[(dictionary.table == "data") & (dictionary.column == "measure=paid")].iloc[0]
    assert "never called spent" in paid.definition.lower()


def test_no_column_of_any_document_is_explained_by_its_label_alone(demo_database: Database) -> None:
    tables = [table for kind, scope in SCOPES for table in _tables_of(demo_database, kind, scope)]
    assert {table.key for table in tables} >= {"changes-money", "indicators", "key-figures", "data"}
    unsaid = {
        (table.key, column.key)
        for table in tables
        for column in table.columns
        if not {(table.key, column.key), ("", column.key)} & set(FIGURES) and not meaning_of(table, column)
    }
    assert unsaid == set()


def _tables_of(database: Database, kind: ScopeKind, scope: str) -> list[Table]:
    """The tables of a document that is compared with an earlier date, metadata included."""
    made = compose(
        database, LOCAL_PERSON, SummaryScope(kind, scope), as_of=AS_OF, compared_with=dt.date(2025, 6, 1)
    )
    blocks = [block for section in made.summary.sections for block in section.blocks]
    found = [figures_table(block) if isinstance(block, KeyFigures) else block for block in blocks]
    return [block for block in found if isinstance(block, Table)]


def test_periods_and_years_are_typed_as_what_they_hold(files: dict[str, bytes]) -> None:
    dictionary = frame(files, "dictionary").set_index(["table", "column"]).type
    assert dictionary[("data", "period")] == "date or half-year"
    assert dictionary[("projects", "start")] == "date as precise as published"
    assert dictionary[("indicators", "target_year")] == "year"
    assert dictionary[("published", "number")] == "text as published"
    assert frame(files, "indicators").target_year.dropna().between(2000, 2100).all()
    assert "2024-S1" in set(frame(files, "data").period)


def test_a_measure_as_at_the_date_adds_up_to_its_key_figure(files: dict[str, bytes]) -> None:
    d, figures = frame(files, "data"), frame(files, "key-figures").set_index("figure")
    whole = d[(d.measure == "paid") & (d.timing == "as at") & d.partner.isna()].value.sum()
    assert whole == pytest.approx(figures.value["paid"])
    assert d[d.measure == "paid"].value.sum() > whole


def test_about_carries_designations_and_what_it_was_made_from(
    files: dict[str, bytes], summary: Summary
) -> None:
    about = files["about.csv"].decode("utf-8-sig")
    readme = files["README.txt"].decode()
    for subject in ("kosovo", "palestine"):
        assert designation_text(subject) in about
        assert designation_text(subject) in readme
    assert summary.checksum in about
    assert f'"Version of the program","{__version__}"' in about
    assert "fictional" in about
    assert '"Made"' not in about
    pyproject = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{__version__}"' in pyproject


def odd(summary: Summary, texts: list[str]) -> dict[str, bytes]:
    """The files of a summary with a table of odd texts."""
    columns = (Column("name", "Name"), Column("cost", "Cost (EUR)", "money"), Column("page", "Page", "link"))
    rows = [Row((text, -100, Link("javascript:alert(1)", text))) for text in texts]
    rows.append(Row(("Sum", -100 * len(texts), None), sums=tuple(range(len(texts)))))
    section = Section("odd", "Odd", (Table("odd", columns, tuple(rows)),))
    return unpacked(render_csv(replace(summary, sections=(*summary.sections, section))))


def test_no_text_can_become_a_formula(summary: Summary) -> None:
    evil = ["=1+1", " =1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "\0=1"]
    evil.append("\N{FULLWIDTH EQUALS SIGN}1")
    harmless = ['a "quoted" name, with a comma', "two\nlines", "مشروع", "n" * 300, "'already"]
    text = odd(summary, [*evil, *harmless])["odd.csv"].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == ["name", "cost_eur", "page", "page_address"]
    assert len(rows) == 1 + len(evil) + len(harmless), "a total is no record"
    for row, written in zip(rows[1:], [*evil, *harmless], strict=True):
        assert row[0] == ("'" + written.replace("\0", "") if written in evil else written)
        assert row[1] == "-1.00", "a number needs no protection"
        assert row[3] == "javascript:alert(1)"
    assert "\0" not in text


@pytest.mark.parametrize("text", ["", "a = b", "1-2", "[x]", "user@example.org", "'=1"])
def test_safe_text_leaves_what_is_no_formula(text: str) -> None:
    assert safe_text(text) == text


def test_markers_tell_unknown_from_not_applicable(summary: Summary) -> None:
    columns = (Column("name", "Name"), Column("days", "Days", "days"))
    rows = (Row(("a", Missing.UNKNOWN)), Row(("b", Missing.NOT_APPLICABLE)), Row(("c", 0)))
    section = Section("odd", "Odd", (Table("odd", columns, rows),))
    text = unpacked(render_csv(replace(summary, sections=(*summary.sections, section))))["odd.csv"]
    assert text.decode("utf-8-sig") == '"name","days"\r\n"a","[x]"\r\n"b","[z]"\r\n"c",0\r\n'
