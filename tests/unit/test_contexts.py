"""A partner's context: every indicator is there, the missing ones said, the others with their origin."""

from __future__ import annotations

import pytest

from portfolio.model.rows import ContextRow
from portfolio.ui.contexts import context_lines, context_value, known_sentence
from portfolio.vocabulary import codes


def row(indicator: str, value: str | None, as_of: str | None = None, url: str | None = None) -> ContextRow:
    return ContextRow("ALB", indicator, value, as_of, url, None)


@pytest.mark.parametrize(
    ("indicator", "value", "expected"),
    [
        ("gci_2024_tier", "T1", "Tier 1"),
        ("budapest_entry_into_force", "2004-07-01", "1 July 2004"),
        ("second_protocol_signed", "no", "No"),
        ("budapest_status", "not party", "Not party"),
        ("ncsi_rank", "17", "17"),
    ],
)
def test_values_are_readable(indicator: str, value: str, expected: str) -> None:
    assert context_value(row(indicator, value)) == expected


def test_every_indicator_has_a_line_and_the_missing_ones_say_so() -> None:
    rows = [row("gci_2024_score", "86.51", "2024", "https://www.example.org/a"), row("ncsi_rank", None)]
    lines = context_lines(rows)
    assert len(lines) == len(codes("context_indicator"))
    assert [line for line in lines if "not known" not in line] == [
        (
            "Global Cybersecurity Index: score  \n**86.51 of 100**  \n"
            ":gray[:small[edition 2024 · as of 2024 · [example.org](https://www.example.org/a)]]"
        )
    ]
    assert known_sentence(rows) == "1 of 2 indicators is known."


def test_a_value_without_a_date_says_so() -> None:
    (line,) = [text for text in context_lines([row("ncsi_rank", "20")]) if "not known" not in text]
    assert line.endswith(":gray[:small[date not stated]]")
