"""Pages of documents on the screen: their steps are told in order, once, and to each who asks for his own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.storage.engine import Database
from portfolio.ui import document_previews
from tests.app.screens import opened, problems, use_portfolio, words

Told = list[tuple[float, str]]
STEPS = ("Reading the portfolio", "Composing the document", "Drawing the pages")


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    """The steps that documents of the published portfolio tell; nothing is kept of it yet."""
    use_portfolio("reference", tmp_path, monkeypatch)
    steps: Told = []
    original = document_previews.preview_document

    def listening(database: Database, *arguments: object, progress: object, **named: object) -> object:
        def tell(share: float, step: str) -> None:
            steps.append((share, step))
            progress(share, step)  # type: ignore[operator]

        return original(database, *arguments, progress=tell, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(document_previews, "preview_document", listening)
    return steps


def dates(app: AppTest) -> list[str]:
    """The date that the document on the screen is said to be of."""
    days = (dt.date(2026, 11, 23), dt.date(2025, 6, 30))
    said = [f"{day.day} {day:%B %Y}" for day in days]
    return [day for day in said if f", data as at {day}, revision 1" in words(app)]


def test_steps_are_told_in_order_and_a_second_look_asks_nothing(told: Told) -> None:
    first = opened("summaries", scope="Project sheet")
    assert problems(first) == []
    assert tuple(step for _, step in told) == STEPS
    shares = [share for share, _ in told]
    assert shares == sorted(set(shares)) and shares[0] > 0 and shares[-1] < 1
    assert not first.get("progress")
    told.clear()
    assert dates(first.run()) == ["23 November 2026"]
    assert dates(opened("summaries", scope="Project sheet")) == ["23 November 2026"]
    assert told == []
    # Another date is another document; who looks at the first goes on seeing it.
    other = opened("summaries", scope="Project sheet", as_of="2025-06-30")
    assert tuple(step for _, step in told) == STEPS
    told.clear()
    assert (dates(other.run()), dates(first.run())) == (["30 June 2025"], ["23 November 2026"])
    assert told == []
    assert other.get("image") and [each.proto for each in other.get("image")] != [
        each.proto for each in first.get("image")
    ]
