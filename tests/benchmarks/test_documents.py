"""What documents cost: medians of processor time on the real portfolio, printed.

Run with `make bench`. Start-up (imports, the base map, typefaces) is outside: everything is made once before.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.services.access import LOCAL_PERSON
from portfolio.summaries.chart_series import charts_section
from portfolio.summaries.content import Chart
from portfolio.summaries.documents import SummaryScope, make_summary
from portfolio.summaries.map_blocks import partners_map
from portfolio.summaries.pictures import draw_picture
from portfolio.summaries.scopes import ScopeKind, load_subject
from tests.benchmarks.test_growth import Printer, median_seconds
from tests.benchmarks.test_growth import report as report
from tests.portfolios import copied_portfolio

# Seconds of processor time, for a machine that has nothing else to do.
MOST_PICTURE_SECONDS = 0.5
MOST_SECONDS = {"docx": 2.0, "pdf": 1.0}
SCOPES: tuple[tuple[ScopeKind, str], ...] = (("portfolio", ""), ("region", "western-balkans"))


@pytest.mark.parametrize("form", MOST_SECONDS)
def test_document_of_the_real_portfolio_takes_little_time(form: str, tmp_path: Path, report: Printer) -> None:
    database = copied_portfolio("reference", tmp_path / "reference.sqlite3")
    for kind, scope_id in SCOPES:
        scope = SummaryScope(kind, scope_id)
        taken = median_seconds(lambda scope=scope: make_summary(database, LOCAL_PERSON, scope, format=form))
        report(f"{form} of {scope_id or kind}: {taken:.2f} s, at most {MOST_SECONDS[form]:.0f} s")
        assert taken < MOST_SECONDS[form]


def test_pictures_of_the_real_portfolio_take_little_time(tmp_path: Path, report: Printer) -> None:
    """A map and three charts, as vectors and as dots; those of a region within half a second."""
    database = copied_portfolio("reference", tmp_path / "reference.sqlite3")
    for kind, scope_id in SCOPES:
        subject = load_subject(database, LOCAL_PERSON, SummaryScope(kind, scope_id))
        drawn = partners_map(subject)
        assert drawn is not None
        charts = [block for block in charts_section(subject).blocks if isinstance(block, Chart)][:3]
        for form in ("svg", "png"):
            taken = median_seconds(
                lambda form=form, all_of=(drawn, *charts): [draw_picture(block, form) for block in all_of]
            )
            report(f"map and {len(charts)} charts of {scope_id or kind}, {form}: {taken:.2f} s")
            # The portfolio's have three times as many names and bars; its documents hold them.
            assert kind == "portfolio" or taken < MOST_PICTURE_SECONDS
