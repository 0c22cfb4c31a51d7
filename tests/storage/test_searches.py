"""One search finds every kind of thing, and leads somewhere."""

from __future__ import annotations

import pytest

from portfolio.services.access import LOCAL_PERSON
from portfolio.services.searches import find
from portfolio.storage.engine import Database


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("cybersouth+", "project", "CyberSouth+"),
        ("CYBER balkans", "project", "Cyber Balkans"),
        ("nukib", "organisation", "NÚKIB"),
        ("kosovo", "partner", "Kosovo*"),
        ("XKX", "partner", "Kosovo*"),
        ("launch event lisbon", "milestone", "Launch event in Lisbon (17–18 April)"),
        ("parent facility 4.8 million", "note", "CyberCrime@EAP"),
    ],
)
def test_words_are_found_in_names_and_notes(reference: Database, words: str, kind: str, name: str) -> None:
    found = {(hit.kind, hit.name) for hit in find(reference, LOCAL_PERSON, words)}
    assert (kind, name) in found


def test_every_hit_leads_somewhere(reference: Database) -> None:
    hits = find(reference, LOCAL_PERSON, "council of europe")
    assert hits
    assert all(hit.project_key or hit.partner_code or hit.organisation_key for hit in hits)


def test_nothing_is_found_for_nothing_and_for_nonsense(reference: Database) -> None:
    assert find(reference, LOCAL_PERSON, "   ") == ()
    assert find(reference, LOCAL_PERSON, "zzzz qqqq") == ()
    assert find(reference, LOCAL_PERSON, "%_'\"<b>") == ()
