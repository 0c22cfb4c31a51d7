"""The table of projects and its download."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from portfolio.ui.cached import view
from portfolio.ui.project_tables import projects_columns, projects_table
from portfolio.ui.tables import csv_bytes
from tests.app.screens import opened, problems, texts, words

pytestmark = pytest.mark.usefixtures("reference")


def table() -> pd.DataFrame:
    """The table of every project, by id."""
    shown = view()
    return projects_table(shown.projects, shown.as_of).set_index("id")


def test_every_project_stands_in_the_table_with_its_sums_above() -> None:
    app = opened("projects")
    assert problems(app) == []
    assert texts(app)[0] == (
        "26 projects. Total budget: EUR 64.1 million, known for 20 of 26 projects. "
        "EU contribution: EUR 36.0 million, known for 13 of 26 projects."
    )
    assert len(app.dataframe[0].value) == 26


def test_row_shows_dates_as_published_and_money_in_euro() -> None:
    row = table().loc["cybersouth"]
    assert (row["start"], row["end"], row["status"]) == ("2017-07-01", "2023-12", "Closed")
    assert (row["total_budget_eur"], row["partners"]) == (5_005_000.0, 5)
    assert row["not_stated"] == "EU contribution, modality"


def test_what_is_not_stated_is_empty_and_named_never_zero() -> None:
    rows = table()
    assert rows["total_budget_eur"].isna().sum() == 6
    assert rows["eu_contribution_eur"].isna().sum() == 13
    assert (rows["total_budget_eur"] == 0).sum() == 0
    assert rows.loc["cybereast-plus", "partners"] is pd.NA
    assert rows.loc["cybereast-plus", "not_stated"] == "total budget, instrument, modality, partners"


def test_partly_cyber_projects_are_labelled() -> None:
    rows = table()
    assert set(rows.index[rows["partly_cyber"] == "yes"]) == {
        "act-lebanon", "eu4security-moldova", "euromed-police-iv", "euromed-police-v",
        "jordan-psd-twinning-2025",
    }  # fmt: skip


def test_headers_name_the_unit() -> None:
    labels = [config["label"] for config in projects_columns().values() if isinstance(config, dict)]
    assert "Total budget (EUR)" in labels
    assert "EU contribution (EUR)" in labels


def test_download_holds_every_row_and_no_formula() -> None:
    rows = table().reset_index()
    rows.loc[0, "title"] = "=HYPERLINK(1)"
    lines = list(csv.DictReader(io.StringIO(csv_bytes(rows).decode("utf-8-sig"))))
    assert len(lines) == 26
    assert lines[0]["title"] == "'=HYPERLINK(1)"
    assert lines[9]["partner_names"].count(";") == 4


def test_region_filter_says_that_sums_are_of_whole_projects() -> None:
    app = opened("projects", region="Western Balkans")
    assert len(app.dataframe[0].value) == 10
    assert "Sums are of whole projects" in words(app)


def test_designation_stands_where_a_title_or_a_chosen_partner_calls_for_it() -> None:
    app = opened("projects", partner="Kosovo*")
    in_bar = len(app.expander[0].caption)
    notes = [caption.value.replace("\\", "") for caption in app.caption]
    kosovo = [note for note in notes if note.startswith("Kosovo*: This designation")]
    assert in_bar == 2
    assert len(kosovo) == 2
    plain = opened("projects", partner="Jordan")
    assert len([caption for caption in plain.caption if caption.value.startswith("Kosovo")]) == 1
