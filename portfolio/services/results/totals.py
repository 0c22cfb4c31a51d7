"""Portfolio totals of additive indicators alone, with a list of what was left out and why.

Indicators are added up under one entry of the indicator library, or under the same statement, and only in the
same unit. Values by sex and by partner are parts of the value of everybody: they are never added to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from portfolio.model.result_rows import IndicatorRow
from portfolio.model.standing_rows import IndicatorStanding
from portfolio.model.value_rows import PartnerSumRow, ValueCountsRow
from portfolio.numbers import counted
from portfolio.services.results.progress import is_additive
from portfolio.vocabulary import label

LIBRARY = "indicator_library"
Group = tuple[str, str]


@dataclass(frozen=True)
class TotalLine:
    """One indicator of a total; `value_millionths` is None where nothing was reported that counts."""

    standing: IndicatorStanding
    counts: ValueCountsRow
    partners: tuple[PartnerSumRow, ...] = ()

    @property
    def row(self) -> IndicatorRow:
        """The indicator itself."""
        return self.standing.indicator

    @property
    def value_millionths(self) -> int | None:
        """What its half-years add up to, without the baseline."""
        return self.standing.value_millionths

    def rest(self, told: Sequence[int]) -> int | None:
        """What is left beside the parts that are told; None where they are not parts of a whole.

        Parts may be reported of which the whole is not, and parts that are more than their whole.
        """
        whole = self.value_millionths
        if whole is None:
            return None if told else 0
        return whole - sum(told) if sum(told) <= whole else None


@dataclass(frozen=True)
class ResultTotal:
    """What the indicators of one group add up to, in millionths; None where no value of it is known.

    `women`, `men` and `not_stated` are parts of it; `untold` is what is told of no sex, `untold_partners` of
    no partner. A part that was never reported is None; a rest is None where the parts of an indicator exceed
    its value, or its value is not known beside them.
    """

    name: str
    unit: str
    library_code: str | None
    lines: tuple[TotalLine, ...]

    @property
    def known(self) -> int:
        """How many of its indicators have a value."""
        return sum(line.value_millionths is not None for line in self.lines)

    @property
    def value_millionths(self) -> int | None:
        """The sum of what is known."""
        return _sum(line.value_millionths for line in self.lines)

    @property
    def projects(self) -> int:
        """How many projects it is made of."""
        return len({line.row.project_key for line in self.lines})

    @property
    def approved(self) -> int:
        """How many of the values that count are approved."""
        return sum(line.counts.approved for line in self.lines)

    @property
    def counted(self) -> int:
        """How many values count: submitted or approved, of half-years that have ended."""
        return sum(line.counts.counted for line in self.lines)

    def of_sex(self, sex: str) -> int | None:
        """The part of one sex ("women", "men", "not_stated"), as far as it is told."""
        return _sum(getattr(line.counts, sex) for line in self.lines)

    @property
    def untold(self) -> int | None:
        """What is told of no sex."""
        return self._rest(lambda line: [getattr(line.counts, sex) for sex in ("women", "men", "not_stated")])

    @property
    def by_partner(self) -> dict[str, int]:
        """The part of each partner, as far as it is told."""
        found: Counter[str] = Counter()
        for line in self.lines:
            for part in line.partners:
                found[part.partner_code] += part.value_millionths
        return dict(sorted(found.items()))

    @property
    def untold_partners(self) -> int | None:
        """What is told of no partner."""
        return self._rest(lambda line: [part.value_millionths for part in line.partners])

    def _rest(self, parts: Callable[[TotalLine], Iterable[int | None]]) -> int | None:
        if self.value_millionths is None:
            return None
        rests = [line.rest([part for part in parts(line) if part is not None]) for line in self.lines]
        return None if None in rests else _sum(rests)


@dataclass(frozen=True)
class LeftOut:
    """An indicator that adds nothing to a total, or not all that is reported of it, and why."""

    row: IndicatorRow
    reason: str
    is_in_part: bool = False


@dataclass(frozen=True)
class ResultTotals:
    """The totals, the largest groups first, and what is in none of them."""

    totals: tuple[ResultTotal, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def indicators(self) -> int:
        """How many indicators are in a total with a value."""
        return sum(total.known for total in self.totals)


def result_totals(
    standings: Iterable[IndicatorStanding],
    counts: Mapping[str, ValueCountsRow],
    partners: Iterable[PartnerSumRow] = (),
) -> ResultTotals:
    """The totals of these indicators; each is in a total with its value, or left out with a reason."""
    listed, parts = list(standings), _by_indicator(partners)
    units = library_units(each.indicator for each in listed)
    groups: dict[Group, list[TotalLine]] = {}
    left_out: list[LeftOut] = []
    for each in listed:
        row, own = each.indicator, counts.get(each.indicator.key) or ValueCountsRow(each.indicator.key)
        reason = left_out_reason(each, own, units)
        if reason:
            left_out.append(LeftOut(row, reason))
        elif own.drafts or own.returned:
            left_out.append(LeftOut(row, _in_part(own), is_in_part=True))
        if not reason or (_may_add(row, units) and each.value_millionths is None):
            line = TotalLine(each, own, tuple(parts.get(row.key, ())))
            groups.setdefault(_group(row), []).append(line)
    totals = [_total(lines) for lines in groups.values()]
    ordered = sorted(totals, key=lambda total: (-len(total.lines), total.name, total.unit))
    return ResultTotals(tuple(ordered), tuple(left_out))


def _by_indicator(partners: Iterable[PartnerSumRow]) -> dict[str, list[PartnerSumRow]]:
    found: dict[str, list[PartnerSumRow]] = {}
    for part in partners:
        found.setdefault(part.indicator_key, []).append(part)
    return found


def library_units(rows: Iterable[IndicatorRow]) -> dict[str, str]:
    """The unit in which each entry of the library is added up: the one that most of its indicators have.

    Of units that are as frequent, the first in the alphabet.
    """
    found: dict[str, Counter[str]] = {}
    for row in rows:
        if row.library_code and row.unit and is_additive(row):
            found.setdefault(row.library_code, Counter())[row.unit] += 1
    return {code: min(units, key=lambda unit: (-units[unit], unit)) for code, units in found.items()}


def _may_add(row: IndicatorRow, units: Mapping[str, str]) -> bool:
    return bool(is_additive(row) and row.unit and units.get(row.library_code or "", row.unit) == row.unit)


def left_out_reason(standing: IndicatorStanding, counts: ValueCountsRow, units: Mapping[str, str]) -> str:
    """Why an indicator adds nothing to a total, "" if it adds its value."""
    row = standing.indicator
    if row.unit == "%":
        return "A percentage: percentages are never added up."
    if row.target_millionths is None and (row.target_text or row.baseline_text):
        return "Told in words, not in numbers."
    if row.aggregation != "sum":
        kind = "the latest value stands" if row.aggregation == "latest" else "its values may not be added"
        return f"Not additive: {kind}."
    if not row.unit:
        return "It has no unit, so nothing says what its numbers count."
    unit = units.get(row.library_code or "", row.unit)
    if unit != row.unit:
        return f"It counts in {row.unit}, the others of {row.library_code} in {unit}."
    return "" if standing.value_millionths is not None else _no_value(counts)


def _no_value(counts: ValueCountsRow) -> str:
    if counts.drafts and counts.returned:
        return "Its values are drafts or were returned."
    if counts.drafts:
        return "Its values are drafts."
    if counts.returned:
        return "Its values were returned to the implementer."
    if counts.parts:
        return "Values are reported by partner or sex alone, none for everybody."
    return "No value is reported of a half-year that has ended."


def _in_part(counts: ValueCountsRow) -> str:
    words = [
        f"{counted(number, 'half-year')} {what}"
        for number, what in ((counts.drafts, "still a draft"), (counts.returned, "returned"))
        if number
    ]
    return f"In the total, without {' and '.join(words)}."


def _group(row: IndicatorRow) -> Group:
    same = f"library:{row.library_code}" if row.library_code else " ".join(row.statement.casefold().split())
    return (same, row.unit or "")


def _total(lines: list[TotalLine]) -> ResultTotal:
    first = lines[0].row
    return ResultTotal(group_name(first), first.unit or "", first.library_code, tuple(lines))


def group_name(row: IndicatorRow) -> str:
    """The name under which an indicator is added up: its entry of the library, else its own statement."""
    return label(LIBRARY, row.library_code) if row.library_code else row.statement


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
