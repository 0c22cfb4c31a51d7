"""Women, men and those whose sex is not stated among the attendances, and partners without a training."""

from __future__ import annotations

from portfolio.model.result_rows import TrainingRow
from portfolio.partners import OUTSIDE, partners
from portfolio.services.capacity.ledgers import Ledger, place_code


def women_words(found: Ledger) -> str:
    """What the share of women is of: "438 of 918; 16 not stated"."""
    women = sum(row.women or 0 for row in found.both_sexes)
    both = women + sum(row.men or 0 for row in found.both_sexes)
    said = f"{women:,} of {both:,}"
    if len(found.both_sexes) < len(found.trainings):
        said += f", in {len(found.both_sexes)} of {len(found.trainings)} trainings"
    rest = sex_not_stated(found)
    return f"{said}; {rest:,} not stated" if rest else said


def sex_not_stated(part: Ledger) -> int | None:
    """Attendances whose sex is not stated: 0 where women and men are, None where nothing can be told."""
    known = [rest for row in part.trainings if (rest := _rest(row)) is not None]
    return sum(known) if known else None


def _rest(row: TrainingRow) -> int | None:
    closes = row.not_stated is None and row.women is not None and row.men is not None
    return 0 if closes else row.not_stated


def without_training(found: Ledger) -> str:
    """The partners of the three regions that no training on record names."""
    present = {place_code(row) for row in found.trainings}
    names = [
        each.name for each in partners().values() if each.region != OUTSIDE and each.code not in present
    ]
    if not names:
        return "Every partner of the three regions is named by a training."
    return f"None on record that names: {', '.join(sorted(names))}."
