"""Charts and tables: what the alt texts say, and that no cell becomes a formula or a tag."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from portfolio.ui.charts import Bar, Segment, bars_alt, horizontal_bars, stacked_bars
from portfolio.ui.milestone_charts import Mark, marks_alt, milestone_chart
from portfolio.ui.tables import csv_bytes, euros
from portfolio.ui.theme import DARK, LIGHT

TODAY = dt.date(2026, 11, 23)


def test_bars_with_other_data_have_another_alt_text() -> None:
    first = [Bar("Georgia", 3.0, "3"), Bar("Serbia", 1.0, "1")]
    second = [Bar("Georgia", 3.0, "3"), Bar("Serbia", 4.0, "4")]
    assert bars_alt(first, "Projects") == "Projects: most is Georgia with 3, least Serbia with 1."
    assert bars_alt(second, "Projects") == "Projects: most is Serbia with 4, least Georgia with 3."
    none = [Bar("Outside", 0, "0"), Bar("Not split", 0, "0")]
    assert bars_alt(none, "Projects") == "Projects: 0 for each of 2."


def test_bars_without_any_known_value_say_so() -> None:
    chart = horizontal_bars([Bar("Georgia", None, "not stated")], "Budget", LIGHT)
    assert chart.alt == "Budget: no value is known for any of 1."
    assert [note.text for note in chart.figure.layout.annotations] == ["Georgia", "not stated"]


def test_bars_without_rows_are_an_empty_figure() -> None:
    chart = horizontal_bars([], "Budget", DARK)
    assert chart.alt == "Budget: no value is known for any of 0."


def test_labels_that_look_like_tags_stay_text() -> None:
    chart = horizontal_bars([Bar("<b>A</b> & B", 1.0, "1")], "Budget", LIGHT)
    assert chart.figure.layout.annotations[0].text == "&lt;b&gt;A&lt;/b&gt; &amp; B"


def test_stacked_bars_name_their_largest_part() -> None:
    chart = stacked_bars([Segment("A", "Grant", 2, "2"), Segment("B", "Twinning", 5, "5")], "Projects", LIGHT)
    assert chart.alt == "Projects: the largest part is Twinning in B with 5."
    assert len({trace.marker.pattern.shape for trace in chart.figure.data}) == 2


def test_milestone_kinds_differ_by_shape() -> None:
    marks = [Mark("A", TODAY, kind, "") for kind in ("baseline", "forecast", "actual", "late")]
    chart = milestone_chart(marks, "Milestones", LIGHT, TODAY)
    assert len({trace.marker.symbol for trace in chart.figure.data}) == 4
    assert chart.alt == (
        "Milestones: 1 late, 1 reached, in 1 row; the last one reached is of 23 November 2026."
    )


def test_last_milestone_reached_is_named_no_more_precisely_than_it_is_known() -> None:
    month = Mark("A", dt.date(2021, 12, 1), "actual", "", until=dt.date(2021, 12, 31))
    year = Mark("A", dt.date(2022, 1, 1), "actual", "", until=dt.date(2022, 12, 31))
    assert marks_alt([month], "A").endswith("the last one reached is of December 2021.")
    assert marks_alt([month, year], "A").endswith("the last one reached is of 2022.")


def test_csv_has_no_formulas_and_leaves_the_unknown_empty() -> None:
    names = ["=1+1", "+a", "-b", "@c", "\td", "plain"]
    rows = pd.DataFrame({"=name": names, "amount": [-1.5, 2, None, 4, 5, 6]})
    assert csv_bytes(rows).decode("utf-8-sig") == (
        "'=name,amount\r\n'=1+1,-1.5\r\n'+a,2.0\r\n'-b,\r\n'@c,4.0\r\n'\td,5.0\r\nplain,6.0\r\n"
    )


def test_euros_of_unknown_cents_stay_unknown() -> None:
    cents = pd.Series([500_500_000, None], dtype="Int64")
    shown = euros(cents)
    assert shown[0] == 5_005_000
    assert shown.isna().tolist() == [False, True]
