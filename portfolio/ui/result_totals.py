"""The words and tables of the totals of results: what was added up, of which parts, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from portfolio.numbers import counted, format_number
from portfolio.partners import partner_name
from portfolio.services.results.totals import LeftOut, ResultTotal, ResultTotals
from portfolio.ui.indicator_libraries import published_code
from portfolio.ui.tables import figure_column, text_column
from portfolio.vocabulary import label

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

Columns = dict[str, "ColumnConfig | str | None"]
OVERLAP = (
    "Added up are the values of all partners and everybody; those of women, men and one partner are parts of "
    "them and never added. People trained are attendances: somebody who came to two projects counts twice. "
    "Where a partner is chosen in the filter, its projects count whole. The ledger of Capacity counts the "
    "trainings on record one by one, an indicator what its project reports: the two need not agree."
)

_UNTOLD = (
    "The rest of the total: reported without women and men. Not known where more is told by sex than the "
    "total, or where a half-year tells sexes alone"
)


def totals_table(totals: Sequence[ResultTotal]) -> pd.DataFrame:
    """One row per total; numbers in its unit, parts by sex as far as they are told."""
    return pd.DataFrame(
        {
            "name": [total.name for total in totals],
            "code": [published_code(total.library_code) for total in totals],
            "unit": [total.unit for total in totals],
            "total": [format_number(total.value_millionths, unknown="not stated") for total in totals],
            "women": [_part(total.of_sex("women")) for total in totals],
            "men": [_part(total.of_sex("men")) for total in totals],
            "not_stated": [_part(total.of_sex("not_stated")) for total in totals],
            "untold": [format_number(total.untold, unknown="not known") for total in totals],
            "known": [f"{total.known} of {len(total.lines)}" for total in totals],
            "approved": [f"{total.approved} of {total.counted}" for total in totals],
        }
    )


def _part(millionths: int | None) -> str:
    return format_number(millionths, unknown="not stated")


def totals_columns() -> Columns:
    """The columns of the totals."""
    return {
        "name": text_column("Indicator or entry of the library", width=300, pinned=True),
        "code": text_column("Published code", "Of the public list that the indicator is taken from", 110),
        "unit": text_column("Unit", width=90),
        "total": figure_column("Total"),
        "women": figure_column("Women"),
        "men": figure_column("Men"),
        "not_stated": figure_column("Sex not stated"),
        "untold": figure_column("Not divided by sex", _UNTOLD),
        "known": figure_column("Known for", "Indicators with a value that counts, of those in the group"),
        "approved": figure_column("Approved", "Half-years approved, of those that count"),
    }


def totals_sentence(found: ResultTotals) -> str:
    """How many totals there are, of how much, and how much was left out."""
    if not found.totals:
        return "No additive indicator has a value yet, so there is nothing to add up."
    shared = sum(len(total.lines) > 1 for total in found.totals)
    unknown = sum(len(total.lines) - total.known for total in found.totals)
    out = sum(not each.is_in_part for each in found.left_out)
    return (
        f"{counted(len(found.totals), 'total')}, {shared} of them over several projects; "
        f"{counted(unknown, 'additive indicator')} without a value. {counted(out, 'indicator')} "
        f"{'is' if out == 1 else 'are'} in no sum{_in_part_words(len(found.left_out) - out)}."
    )


def _in_part_words(number: int) -> str:
    return f", {number} more in part" if number else ""


def left_out_table(left_out: Sequence[LeftOut], names: Mapping[str, str]) -> pd.DataFrame:
    """One row per indicator that adds nothing, or not everything, with why."""
    return pd.DataFrame(
        {
            "project": [names.get(each.row.project_key, each.row.project_key) for each in left_out],
            "statement": [each.row.statement for each in left_out],
            "level": [label("indicator_level", each.row.level) for each in left_out],
            "reason": [each.reason for each in left_out],
        }
    )


def left_out_columns() -> Columns:
    """The columns of what was left out."""
    return {
        "project": text_column("Project", width=150),
        "statement": text_column("Indicator", width=320),
        "level": text_column("Level", width=90),
        "reason": text_column("Why", width=380),
    }


def left_out_sentence(left_out: Iterable[LeftOut]) -> str:
    """The reasons with how many indicators each has."""
    found = Counter(each.reason.split(":")[0].rstrip(".") for each in left_out)
    return "; ".join(f"{number} × {reason[:1].lower()}{reason[1:]}" for reason, number in found.most_common())


def partner_table(total: ResultTotal) -> pd.DataFrame:
    """One row per partner that a total is divided by, and last what is stated for no partner; else no row."""
    parts = sorted(total.by_partner.items(), key=lambda item: partner_name(item[0]))
    rows = [(partner_name(code), format_number(millionths)) for code, millionths in parts]
    if rows:
        rows.append(("No partner stated", format_number(total.untold_partners, unknown="not known")))
    return pd.DataFrame(rows, columns=["partner", "value"])


def partner_columns(total: ResultTotal) -> Columns:
    """The columns of `partner_table`."""
    return {"partner": text_column("Partner", width=200), "value": figure_column(f"Value ({total.unit})")}
