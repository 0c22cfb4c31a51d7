"""What the words above a column say: the thing itself, and the period, unit, sex or partner of its values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from portfolio.partners import partners
from portfolio.progress_reports.layouts.named_periods import PeriodMention, folded, period_mentions

_NOT_PLAIN = re.compile("[^a-z0-9]+")
_THOUSANDS = re.compile(
    r"(?<!\d )(?<!\d)\b(?:thousands?|milliers?)\b|\bk ?(?:eur|€)|\bk€|\bteur\b|\(k\)"
    r"|(?:eur|euros?|€) ?'?000s?\b|(?<![\d.,'] )(?<![\d.,' ])['(]000s?\b|\bx ?1[ .,']?000\b"
)
_MILLIONS = re.compile(r"(?<!\d )(?<!\d)(?:\b(?:millions?|mio)\b|\bm ?(?:eur|€)|\bmeur\b)")
_OTHER_CURRENCY = re.compile(
    r"[$£¥₺₴₪]"
    r"|\b(?:USD|GBP|CHF|BAM|RSD|MKD|TRY|UAH|GEL|AMD|AZN|MDL|BYN|DZD|EGP|ILS|JOD|LBP|LYD|MAD|SYP|TND)\b"
    r"|\b(?:local currency|national currency|monnaie locale|monnaie nationale|devise locale)\b"
)
_EUR_WORDS = re.compile(r"\b(?:in |en |d')?(?:of |d')?(?:k|m)?(?:eur|euros?)\b|(?:in |en )?[km]?€")
_CUMULATIVE = re.compile(
    r"\b(?:cumul\w*|to date|a ce jour|to-date|so far|since|depuis|overall|as (?:of|at)|all periods|carried"
    r"|(?:au|until|up to|jusqu'au) (?:the )?\d)"
)
_PLANNED = re.compile(
    r"\b(?:forecasts?|planned|plan|budget(?:ed|s)?|projected|projections?|estimates?|estimated|expected|target"
    r"|previsions?|previsionnel\w*|prevue?s?|projete\w*|estimation|estimee?s?|cible)\b"
)
_WOMEN = re.compile(r"\b(?:women|woman|female|females|femmes?|feminin)\b")
_MEN = re.compile(r"\b(?:men|man|male|males|hommes?|masculin)\b")
TOTAL_WORDS = frozenset(
    ("total", "totals", "ensemble", "all", "both", "tous", "everybody", "overall", "total general")
)


@dataclass(frozen=True)
class UnitMention:
    """How a text says amounts are written: `multiplier` is None where it says nothing."""

    multiplier: int | None
    other_currency: str


@dataclass(frozen=True)
class HeaderText:
    """The words above one column, from the uppermost header row down, each part once.

    `cores` are the parts without periods, units and brackets, as `plain` text.
    """

    parts: tuple[str, ...]
    cores: tuple[str, ...]
    mentions: tuple[PeriodMention, ...]
    unit: UnitMention
    sex: str
    partner: str
    is_cumulative: bool
    is_planned: bool
    year: int | None
    project: str = ""

    @property
    def joined(self) -> str:
        """All parts as a screen shows them."""
        return " / ".join(self.parts)

    @property
    def period(self) -> str:
        """The one half-year that the header names, "" where it names none or several."""
        found = {str(mention.period) for mention in self.mentions if mention.period}
        return found.pop() if len(found) == 1 and len(self.mentions) == 1 else ""


def plain(text: str) -> str:
    """A text as it is compared: letters and digits only, without accents, capitals and needless spaces.

    >>> plain("  N° du\\nContrat *"), plain("CyberSouth+"), plain("% réalisé")
    ('n du contrat', 'cybersouth plus', 'percent realise')
    """
    marked = folded(text).replace("+", " plus ").replace("%", " percent ").replace("#", " no ")
    if marked.isascii():
        return " ".join(_NOT_PLAIN.sub(" ", marked).split())
    return " ".join("".join(sign if sign.isalnum() else " " for sign in marked).split())


def unit_of(text: str) -> UnitMention:
    """The unit that a text names for amounts.

    >>> unit_of("Expenditure (EUR '000)").multiplier, unit_of("3.6 million project").multiplier
    (1000, None)
    """
    lowered = folded(text)
    found = {1000: _THOUSANDS, 1_000_000: _MILLIONS}
    named = [factor for factor, pattern in found.items() if pattern.search(lowered)]
    other = _OTHER_CURRENCY.search(text)
    return UnitMention(named[0] if len(named) == 1 else None, other[0] if other else "")


@lru_cache(maxsize=20_000)
def header_text(parts: tuple[str, ...]) -> HeaderText:
    """What the parts of a header say together."""
    once = tuple(part for place, part in enumerate(parts) if part.strip() and part not in parts[:place])
    whole = " ".join(once)
    lowered = folded(whole)
    return HeaderText(
        parts=once,
        cores=tuple(_core(part) for part in once),
        mentions=tuple(mention for part in once for mention in period_mentions(part)),
        unit=unit_of(whole),
        sex=_sex(lowered),
        partner=_partner(once),
        is_cumulative=bool(_CUMULATIVE.search(lowered)),
        is_planned=bool(_PLANNED.search(lowered)),
        year=_year(once),
    )


def _core(part: str) -> str:
    text = folded(part)
    for mention in reversed(period_mentions(part)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", text)
    for pattern in (_THOUSANDS, _MILLIONS, _EUR_WORDS):
        text = pattern.sub(" ", text)
    words = plain(text).split()
    kept = words[:-1] if words and words[-1] in ("in", "en", "de", "du", "for", "of") else words
    return " ".join(kept) or ("eur" if _names_euro_alone(part) else "")


def _names_euro_alone(part: str) -> bool:
    """Whether a header is a unit of money and no more: "kEUR" over a column of amounts."""
    return not period_mentions(part) and bool(_EUR_WORDS.search(folded(part)) or unit_of(part).multiplier)


def _year(parts: tuple[str, ...]) -> int | None:
    """The one year that the header names and nothing else of time."""
    found = [(mention, part) for part in parts for mention in period_mentions(part)]
    if len(found) != 1 or found[0][0].span != "year":
        return None
    mention, part = found[0]
    return int(folded(part)[mention.start : mention.end])


def _sex(lowered: str) -> str:
    women, men = _WOMEN.search(lowered), _MEN.search(lowered)
    return "" if bool(women) == bool(men) else "women" if women else "men"


def _partner(parts: tuple[str, ...]) -> str:
    known = partner_names()
    found = {known[name] for part in parts if (name := plain(part)) in known}
    return found.pop() if len(found) == 1 else ""


@lru_cache
def partner_names() -> Mapping[str, str]:
    """Code of a partner by every plain way of writing its name or its code."""
    names = {}
    for partner in partners().values():
        # The codes of two letters are words in both languages ("me", "il"): they are not taken for names.
        for name in (partner.name, partner.code):
            names[plain(name)] = partner.code
    return names
