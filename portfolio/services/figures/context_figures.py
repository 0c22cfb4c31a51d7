"""The context indicators that can be opened: one line for each partner, never a score."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from portfolio.dates import date_label
from portfolio.indicators import context_indicator_id
from portfolio.model.rows import ContextRow
from portfolio.partners import OUTSIDE, partner_name, partners
from portfolio.services.figures.breakdowns import Breakdown, Line
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.storage.queries.evidence import find_context
from portfolio.vocabulary import terms

MISSING = "no edition on record states it"


def _context(code: str, subject: FigureSubject) -> Breakdown:
    rows = {row.partner_code: row for row in subject.rows(find_context) if row.indicator == code}
    inside = [partner.code for partner in partners().values() if partner.region != OUTSIDE]
    chosen = [partner for partner in inside if subject.partner in (None, partner)]
    lines = tuple(_line(partner, code, rows.get(partner)) for partner in chosen)
    known = sum(line.value is not None for line in lines)
    value = lines[0].value if subject.partner is not None and lines else None
    return Breakdown(
        context_indicator_id(code), "partners of the three regions", value, "text", "", lines, is_sum=False,
        known=known, of=len(lines), noun="partner",
    )  # fmt: skip


def _line(partner: str, code: str, row: ContextRow | None) -> Line:
    name = partner_name(partner)
    if row is None or row.value is None:
        return Line(name, None, (), None, (row.note if row else None) or MISSING)
    dated = f"as of {date_label(row.as_of)}" if row.as_of else "date not stated"
    remark = "; ".join(text for text in (dated, row.note) if text)
    fields = (("context_indicator", f"{partner}/{code}", "value"),)
    return Line(name, row.value, fields, None, remark, row.source_url)


def context_figures() -> Mapping[str, Builder]:
    """The function of every context indicator, by the id of its figure."""
    return {
        context_indicator_id(entry.code): partial(_context, entry.code)
        for entry in terms("context_indicator")
    }
