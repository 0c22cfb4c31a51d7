"""The one filter: any within a field, all between fields, the unknown can be chosen too."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from portfolio.services.selection import PortfolioFilter, selected
from tests.unit.rows import project, role

DAY = dt.date(2026, 11, 23)
PROJECTS = (
    project("a", regions=("western-balkans",), partners=("ALB", "XKX"), focus="cybercrime", instrument="ENI",
            start="2024", end_current="2027",
            roles=(role("coe", name="Council of Europe"), role("ministry", "beneficiary"))),
    project("b", regions=("western-balkans", "eastern-neighbourhood"), partners=("MDA",), focus="both",
            start="2020", end_current="2022", responsible_officer="Officer A",
            roles=(role("ega", "lead-implementer", "e-Governance Academy"),)),
    project("c", regions=("southern-neighbourhood",), title="Sécurité numérique"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "keys"),
    [
        ({}, "abc"),
        ({"regions": ("western-balkans",)}, "ab"),
        ({"regions": ("eastern-neighbourhood", "southern-neighbourhood")}, "bc"),
        ({"regions": ("western-balkans",), "focus": ("both",)}, "b"),
        ({"partners": ("XKX",)}, "a"),
        ({"partners": ("not-stated",)}, "c"),
        ({"focus": ("not-stated",)}, "c"),
        ({"instruments": ("not-stated",)}, "bc"),
        ({"implementers": ("coe",)}, "a"),
        ({"implementers": ("ministry",)}, ""),
        ({"statuses": ("ongoing",)}, "a"),
        ({"statuses": ("unknown",)}, "c"),
        ({"officers": ("Officer A",)}, "b"),
        ({"officers": ("Officer A", "not-stated")}, "abc"),
        ({"officers": ("officer a",)}, ""),
        ({"text": "securite"}, "c"),
        ({"text": "COUNCIL europe"}, "a"),
        ({"text": "kosovo"}, "a"),
        ({"text": "moldova academy"}, "b"),
        ({"text": "nothing such"}, ""),
    ],
)
def test_selected_meets_every_field_of_the_filter(chosen: dict[str, Any], keys: str) -> None:
    found = selected(PROJECTS, PortfolioFilter(**chosen), DAY)
    assert "".join(row.key for row in found) == keys


def test_a_filter_says_itself_in_words() -> None:
    chosen = PortfolioFilter(regions=("western-balkans",), partners=("XKX", "not-stated"), text="x")
    assert chosen.sentence() == 'region: Western Balkans; partner: Kosovo*, not stated; text: "x"'
    mine = PortfolioFilter(officers=("Officer A", "not-stated"))
    assert mine.sentence() == "responsible officer: Officer A, not stated"
    assert PortfolioFilter().sentence() == "Whole portfolio"
    assert PortfolioFilter().is_empty and not chosen.is_empty


def test_a_filter_is_kept_as_text_and_read_back() -> None:
    chosen = PortfolioFilter(regions=("western-balkans",), officers=('Ž "x"',), text="a, b")
    assert PortfolioFilter.from_text(chosen.as_text()) == chosen
    assert PortfolioFilter().as_text() == "{}"
    assert PortfolioFilter.from_text("") == PortfolioFilter()
    unknown = '{"colours": ["red"], "focus": ["both"]}'
    assert PortfolioFilter.from_text(unknown) == PortfolioFilter(focus=("both",))
