"""The demonstration portfolio is evidently fictional: nobody can mistake it for a real one."""

from __future__ import annotations

import json

from portfolio.partners import partners
from portfolio.settings import DATA_DIR
from portfolio.storage.demo import demo_change_set


def texts(entity: str, field: str) -> list[str]:
    """What the demonstration writes into one field, of every record that has it."""
    changes = demo_change_set().changes
    return [str(change.new) for change in changes if (change.entity, change.field) == (entity, field)]


def test_demo_addresses_are_evidently_fictional() -> None:
    addresses = texts("source", "url") + texts("context_indicator", "source_url")
    assert len(texts("source", "url")) == 31
    assert [address for address in addresses if not address.startswith("https://demo.example/")] == []


def test_demo_numbers_and_titles_are_evidently_fictional() -> None:
    numbers = texts("contract", "number") + texts("financing_decision", "number")
    assert len(numbers) == 33
    assert [number for number in numbers if not number.startswith("DEMO/")] == []
    titles = texts("project", "title") + texts("source", "title") + texts("financing_decision", "title")
    assert len(titles) == 63
    assert [title for title in titles if not title.startswith("Fictional ")] == []


def test_demo_officers_are_roles() -> None:
    assert set(texts("project", "responsible_officer")) == {f"Officer {letter}" for letter in "ABCDEF"}


def test_demo_projects_share_no_name_with_real_ones() -> None:
    published = json.loads((DATA_DIR / "reference" / "projects.json").read_text(encoding="utf-8"))
    real = {project[name].casefold() for project in published for name in ("id", "acronym", "title")}
    own = {text.casefold() for name in ("acronym", "title") for text in texts("project", name)}
    keys = {change.key for change in demo_change_set().changes if change.entity == "project"}
    assert len(own) == 40 and len(keys) == 20
    assert (own | keys) & real == set()


def test_demo_no_text_names_a_real_implementer() -> None:
    published = json.loads((DATA_DIR / "reference" / "projects.json").read_text(encoding="utf-8"))
    named = {
        implementer[name].casefold()
        for project in published
        for implementer in project["implementers"]
        for name in ("name", "organisation")
    }
    named -= {partner.name.casefold() for partner in partners().values()}
    written = " | ".join(str(change.new) for change in demo_change_set().changes).casefold()
    assert "ministry of the interior of ruritania" in written
    assert [name for name in named if name in written] == []


def test_demo_says_nothing_about_a_real_partner() -> None:
    """The values of an indicator are the same for every partner, or there are none."""
    said: dict[str, list[str]] = {}
    for change in demo_change_set().changes:
        if (change.entity, change.field) == ("context_indicator", "value"):
            said.setdefault(change.key.split("/")[1], []).append(str(change.new))
    assert {indicator: (len(values), set(values)) for indicator, values in said.items()} == {
        "gci_2024_score": (22, {"12.34"}),
        "ncsi_score": (22, {"12.34"}),
        "ncsi_rank": (22, {"999"}),
    }
