"""What a text near a table says against its columns: another currency, sums since the start, a scale."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from portfolio.progress_reports.layouts.header_texts import plain
from portfolio.progress_reports.layouts.layout_fields import fields_of
from portfolio.progress_reports.layouts.layouts import ColumnLayout
from portfolio.progress_reports.layouts.named_periods import folded

_OTHER_CURRENCY = re.compile(
    r"\b(?:usd|gbp|chf|dollars?|pounds sterling|livres? sterling|swiss francs|francs suisses"
    r"|local currency|monnaie locale|devise locale|uah|gel|mdl|amd"
    r"|rsd|bam|mkd|azn|byn|tnd|dzd|egp|jod|lbp|ils|lyd|syp)\b|[$£₴₾₪]"
)
# A rate beside amounts in euro says how others were converted, and not what the amounts are in.
_RATE = re.compile(r"\b(?:rates?|taux|convert\w*|exchange|change|infoeuro|1 eur|1 euro)\b")
_SINCE_START = re.compile(
    r"\b(?:cumul\w*|since (?:the )?(?:start|beginning|inception|launch)|to date|inception"
    r"|depuis (?:le |la )?(?:debut|demarrage|lancement)|a ce jour)\b"
)
_OF_A_PERIOD = re.compile(r"\b(?:period\w*|half|semest\w*|quarter|trimest\w*|month\w*|mois|20\d\d)\b")
_SCALE_TO = re.compile(
    r"\b1\s*(?:-|–|—|to|a|bis|\.\.)\s*(?P<top>\d+)\b|\b(?:out of|sur|of)\s+(?P<of>3|4|6|7|10|100)\b"
)
_FALLING = re.compile(
    r"\b1\s*[=:(]?\s*(?:is |est )?(?:very |tres )?(?:high|eleve\w*|fort\w*|severe|critical|critique)"
    r"|\b(?:high|eleve\w*|fort\w*)\s*[=:(]\s*1\b"
)
_RATINGS = ("likelihood", "impact")
_HIGHEST = 5


def without_doubtful(
    table: str, columns: Sequence[ColumnLayout], above: Sequence[str], below: Sequence[str]
) -> tuple[ColumnLayout, ...]:
    """The columns, those left open that a text near the table speaks against; a person may still choose them.

    `above` are the texts that introduce the table, `below` those that follow it.
    """
    titles, notes = [folded(text) for text in above], [folded(text) for text in below]
    # Where one column is told since the start, a title that says so speaks of that one.
    if any(_SINCE_START.search(folded(column.header)) for column in columns):
        titles_of_sums: list[str] = []
    else:
        titles_of_sums = titles
    return tuple(_doubted(table, column, [*titles, *notes], titles_of_sums) for column in columns)


def _doubted(
    table: str, column: ColumnLayout, texts: Sequence[str], titles_of_sums: Sequence[str]
) -> ColumnLayout:
    # What was chosen before is settled.
    if not column.is_read or column.how == "remembered":
        return column
    spec, header = fields_of(table).get(column.field), folded(column.header)
    why = ""
    if spec is not None and spec.kind == "amount":
        if not _speaks_of_euro(header) and any(_names_other_currency(text) for text in texts):
            why = "A text near the table names another currency than EUR."
        elif table == "money" and _is_since_start(column, titles_of_sums):
            why = "The title speaks of sums since the start, and not of one half-year."
    elif table == "risks" and column.field in _RATINGS and any(map(_is_another_scale, (header, *texts))):
        why = "A text near the table names another scale than 1 (very low) to 5 (very high)."
    return replace(column, field="", how="", why=why, suggestions=(column.field,)) if why else column


def _speaks_of_euro(text: str) -> bool:
    return not {"eur", "euro", "euros", "keur"}.isdisjoint(plain(text.replace("€", " eur ")).split())


def _names_other_currency(text: str) -> bool:
    return bool(_OTHER_CURRENCY.search(text)) and not _RATE.search(text) and not _speaks_of_euro(text)


def _is_since_start(column: ColumnLayout, titles: Sequence[str]) -> bool:
    """Whether a title says so, and the header tells of no period instead."""
    tells_of_period = bool(column.period) or bool(_OF_A_PERIOD.search(folded(column.header)))
    return not tells_of_period and any(_SINCE_START.search(text) for text in titles)


def _is_another_scale(text: str) -> bool:
    tops = [int(match["top"] or match["of"]) for match in _SCALE_TO.finditer(text)]
    is_rating = bool(re.search(r"likel|impact|probab|scale|echelle|grav|vraisembl|high|eleve", text))
    return is_rating and (any(1 < top != _HIGHEST for top in tops) or bool(_FALLING.search(text)))
