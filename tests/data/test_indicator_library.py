"""The library of indicators: every entry can be taken over, says where it comes from, and invents no code."""

from __future__ import annotations

import csv
import re

import pytest

from portfolio.model.results import AGGREGATIONS, DIRECTIONS, LEVELS
from portfolio.settings import DATA_DIR

CODE_SHAPES = r"IPA III RF \d(\.\d){3}|GERF \d\.\d+|\d+\.[0-9a-z]+\.\d+"


def read(path: str) -> list[dict[str, str]]:
    with (DATA_DIR / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


LIBRARY = read("vocabulary/indicator_library.csv")


@pytest.mark.parametrize("row", LIBRARY, ids=[row["code"] for row in LIBRARY])
def test_entry_fits_the_fields_of_an_indicator_and_names_its_source(row: dict[str, str]) -> None:
    assert row["level"] in LEVELS and row["direction"] in DIRECTIONS and row["aggregation"] in AGGREGATIONS
    assert row["label"][:1].isupper() and row["description"].endswith(".")
    assert row["status"] in ("confirmed", "to be confirmed")
    is_own = row["publisher"] == "This tracker"
    assert row["source"] == "Default of this tracker" if is_own else row["source"].startswith("https://")
    assert row["status"] == ("to be confirmed" if is_own else "confirmed")
    assert re.fullmatch(CODE_SHAPES, row["published_code"]) or row["published_code"] == ""
    assert not (is_own and row["published_code"])


def test_entries_are_unique_and_numbered_and_no_percentage_is_additive() -> None:
    assert len(LIBRARY) > 10
    for column in ("code", "label"):
        assert len({row[column] for row in LIBRARY}) == len(LIBRARY)
    published = [row["published_code"] for row in LIBRARY if row["published_code"]]
    assert len(set(published)) == len(published) > 5
    assert [row["position"] for row in LIBRARY] == [str(n) for n in range(1, len(LIBRARY) + 1)]
    assert [row["code"] for row in LIBRARY if row["unit"] in ("%", "") and row["aggregation"] == "sum"] == []


def test_demonstration_takes_its_indicators_from_the_library() -> None:
    used = {row["library_code"] for row in read("demo/indicator.csv")} - {""}
    assert "people-trained" in used
    assert used <= {row["code"] for row in LIBRARY}
