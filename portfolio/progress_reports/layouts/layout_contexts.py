"""What stands around the tables of a workbook: the project, the period and the unit it tells of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portfolio.dates import HalfYear
from portfolio.progress_reports.files.cells import RawSheet
from portfolio.progress_reports.layouts.header_texts import plain, unit_of
from portfolio.progress_reports.layouts.layouts import ProjectName
from portfolio.progress_reports.layouts.named_periods import folded, period_mentions

_LONGEST = 300
_MOST_IN_ROW = 30
_LONGEST_UNIT = 90
_PROJECT_WORDS = re.compile(
    r"(?:name of the |title of the |intitule du |titre du |nom du |acronyme du )?"
    r"(?:project|projet|action|acronym|acronyme)"
    r"(?: (?:title|name|acronym|code|number|no|n|id|reference|ref|titre|nom|numero))*"
    r"|(?:numero|n|no|number|reference) (?:du |de |of |of the )?(?:projet|project)"
)
_SITUATION = re.compile(
    r"\b(?:situation|status|state|position|progress|etat|etats|avancement|as)\b[^.;]{0,40}?"
    r"\b(?:at|au|as of|on|of)\s+(?:the\s+)?(?P<day>30|31)[ ./-]+"
    r"(?P<month>june|juin|december|decembre|0?6|12)[ ./-]+(?P<year>20\d\d)"
)
_PERIOD_WORDS = re.compile(
    r"(?:reporting |report |reported )?period(?: of report(?:ing)?| covered| of the report)?"
    r"|periode(?: de rapport| du rapport| couverte| de reference| consideree)?|half year|semestre|semester"
)
_PLAIN_WORDS = re.compile(r"[A-Z]?[a-z]+(?: [A-Z]?[a-z]+)*")
_PRICE = re.compile(r"\d")


@dataclass(frozen=True)
class Said:
    """A text beside the tables, its place in words, and what the label before it asks for."""

    text: str
    where: str
    about: str = ""


@dataclass(frozen=True)
class Answer:
    """What the texts say: `value` where they agree and `why` in a sentence, else what they could mean.

    `is_torn`: they name several, so that nothing farther off can settle it.
    """

    value: str = ""
    why: str = ""
    suggestions: tuple[str, ...] = ()
    is_torn: bool = False


def said_in(sheet: RawSheet, rows: Iterable[int]) -> tuple[Said, ...]:
    """The texts in some rows of a sheet, each with the label that stands to its left or above."""
    wanted = set(rows)
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), cell in sheet.cells.items():
        if row in wanted and not cell.is_blank and len(cell.text) <= _LONGEST:
            text = cell.text[:10] if cell.type == "d" else cell.text.strip()
            by_row.setdefault(row, []).append((column, text))
    found: list[Said] = []
    for row in sorted(by_row):
        found += _in_row(sheet.name, row, [text for _, text in sorted(by_row[row])[:_MOST_IN_ROW]])
    return tuple(found)


def _in_row(sheet: str, row: int, texts: list[str]) -> Iterator[Said]:
    where = f"row {row} of sheet {sheet}"
    label, _, rest = texts[0].partition(":")
    about = _asked(label)
    values = ([rest.strip()] if rest.strip() else []) + texts[1:]
    if about and values:
        yield Said(" - ".join(values) if about == "period" else " ".join(values), where, about)
        yield from (Said(value, where, about) for value in values if about == "project" and len(values) > 1)
        return
    yield from (Said(text, where) for text in texts)


def _asked(label: str) -> str:
    words = plain(label)
    if _PROJECT_WORDS.fullmatch(words):
        return "project"
    return "period" if _PERIOD_WORDS.fullmatch(words) else ""


def _situation(text: str) -> HalfYear | None:
    """The half-year that ends on the day as of which a text tells: "situation at 30 June 2026"."""
    match = _SITUATION.search(folded(text))
    if match is None:
        return None
    is_first = match["month"].lstrip("0") in ("june", "juin", "6")
    return HalfYear(int(match["year"]), 1 if is_first else 2) if (match["day"] == "30") is is_first else None


def period_said(said: Sequence[Said]) -> Answer:
    """The one half-year that the texts name; those with a label before the others."""
    for group in ([item for item in said if item.about == "period"], said):
        found: dict[str, str] = {}
        for item in group:
            named = [mention.period for mention in period_mentions(item.text)]
            for period in (*named, _situation(item.text)):
                if period is not None:
                    found.setdefault(str(period), item.where)
        if len(found) == 1:
            name, where = next(iter(found.items()))
            return Answer(name, f"{where[0].upper()}{where[1:]} says {name}.")
        if found:
            return Answer(suggestions=tuple(found), is_torn=True)
    return Answer()


class ProjectNames:
    """The projects of a portfolio by every plain name, to be found in texts."""

    def __init__(self, names: Iterable[ProjectName]) -> None:
        self._names = tuple(names)
        self._keys: dict[str, set[str]] = {}
        # "Rapid Response" is a name, "rapid response plan" is not: of plain words the capitals count.
        self._of_plain_words = {
            plain(project.acronym): project.acronym
            for project in self._names
            if _PLAIN_WORDS.fullmatch(project.acronym)
        }
        for project in self._names:
            for name in (project.key, project.acronym, project.title, *project.others):
                words = plain(name)
                if words and (len(words) > 3 or name == project.acronym):
                    self._keys.setdefault(words, set()).add(project.key)

    def exact(self, text: str) -> str:
        """The project that the whole text names, "" for none or several."""
        found = self._keys.get(plain(text), set())
        return next(iter(found)) if len(found) == 1 else ""

    def inside(self, text: str) -> frozenset[str]:
        """The projects that a text names among other words; of names inside one another the longest."""
        words = plain(text).split()
        found: set[str] = set()
        place = 0
        while place < len(words):
            size = next(
                (size for size in range(len(words) - place, 0, -1)
                 if _is_telling(" ".join(words[place : place + size]), self._keys)), 0,
            )  # fmt: skip
            name = " ".join(words[place : place + size])
            if size and self._of_plain_words.get(name, "") in text:
                found |= self._keys[name]
            place += size or 1
        return frozenset(found)

    def near(self, text: str) -> tuple[str, ...]:
        """Projects whose title shares words with a text: to be offered, never taken."""
        mine = {word for word in plain(text).split() if len(word) > 3}
        scored = []
        for project in self._names:
            theirs = {word for word in plain(f"{project.title} {project.acronym}").split() if len(word) > 3}
            if mine & theirs:
                scored.append((len(mine & theirs) / len(mine | theirs), project.key))
        return tuple(key for score, key in sorted(scored, reverse=True)[:3] if score >= 0.2)

    def label(self, key: str) -> str:
        """What a person reads for a project."""
        return next((project.acronym for project in self._names if project.key == key), key)

    def __iter__(self) -> Iterator[ProjectName]:
        return iter(self._names)


def _is_telling(words: str, keys: Mapping[str, set[str]]) -> bool:
    """Whether words inside a text are a name and not by chance one: short plain words are not taken."""
    return words in keys and len(words) >= 5


def project_said(said: Sequence[Said], names: ProjectNames) -> Answer:
    """The one project that the texts name; those with a label before the others."""
    for group, is_labelled in (([item for item in said if item.about == "project"], True), (said, False)):
        found: dict[str, str] = {}
        for item in group:
            exact = names.exact(item.text)
            for key in (exact,) if exact else sorted(names.inside(item.text)):
                found.setdefault(key, item.where)
        if len(found) == 1:
            key, where = next(iter(found.items()))
            return Answer(key, f"{where[0].upper()}{where[1:]} names {names.label(key)}.")
        if found or (is_labelled and group):
            near = tuple(key for item in group for key in names.near(item.text))
            return Answer(suggestions=tuple(found) or near, is_torn=True)
    return Answer(suggestions=tuple(key for item in said for key in names.near(item.text))[:3])


def unit_said(said: Sequence[Said]) -> tuple[int | None, bool]:
    """The multiplier that a short text names for all amounts, and whether another text puts it in doubt."""
    found: set[int] = set()
    for item in said:
        factor = unit_of(item.text).multiplier
        if (
            factor is not None
            and len(item.text) <= _LONGEST_UNIT
            and not _PRICE.search(_without_000(item.text))
        ):
            found.add(factor)
        elif factor is not None:
            found |= {factor, 0}
    return (found.pop(), False) if len(found) == 1 and 0 not in found else (None, bool(found))


def _without_000(text: str) -> str:
    plain_text = text.replace("'000", "").replace("’000", "").replace("000", "")
    for mention in reversed(period_mentions(plain_text)):
        plain_text = plain_text[: mention.start] + plain_text[mention.end :]
    return plain_text
