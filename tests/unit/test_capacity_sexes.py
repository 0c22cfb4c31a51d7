"""Women, men and those whose sex is not stated: 0 where the sum closes, said where it does not."""

from __future__ import annotations

from portfolio.ui.capacity_sexes import sex_not_stated, without_training, women_words
from tests.unit.test_capacity import of, training


def test_sex_not_stated_is_0_where_women_and_men_make_up_everybody() -> None:
    closed = training("a", women=34, men=21)
    assert sex_not_stated(of(closed)) == 0 and women_words(of(closed)) == "34 of 55"
    rest = of(closed, training("b", women=5, men=5, not_stated=10))
    assert sex_not_stated(rest) == 10
    assert women_words(rest) == "39 of 65; 10 not stated"
    assert sex_not_stated(of(training("c", women=5))) is None


def test_partners_without_a_training_are_named() -> None:
    said = without_training(of(training("a", partner_code="ALB")))
    assert said.startswith("None on record that names:") and "Albania" not in said and "Kosovo*" in said
