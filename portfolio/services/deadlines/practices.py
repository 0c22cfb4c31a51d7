"""The numbers of the deadline rules that a unit may set to its own practice, each with its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.services.deadlines.rules import (
    FROM_CONTRACT,
    STATUS_WORDS,
    VOCABULARY,
    contract_rule,
    decision_rule,
    default_rule,
    default_value,
    is_of_decisions,
    rule_codes,
    setting_key,
)
from portfolio.vocabulary import default_terms, labels

# Ten years in days: nothing that a contract asks for lies farther away.
MOST = 3_650
_WHOLE_NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True)
class DeadlineSetting:
    """One rule for one type of contract, with its default number."""

    key: str
    name: str
    default: str
    unit: str
    source: str


def deadline_settings() -> Iterator[DeadlineSetting]:
    """Every rule for every type of contract, in the printed order; decisions have a rule of their own."""
    names = {term.code: term.label for term in default_terms(VOCABULARY)}
    for code in rule_codes():
        rule = default_rule(code)
        types = {"decision": ""} if is_of_decisions(code) else labels("contract_type")
        for kind, kind_name in types.items():
            default = default_value(code, kind)
            sourced = f"{rule.source} ({STATUS_WORDS[rule.source_status]})"
            yield DeadlineSetting(
                setting_key(code, kind),
                f"{names[code]}: {kind_name.lower()}" if kind_name else names[code],
                default,
                rule.unit_words,
                sourced if default != FROM_CONTRACT else "no rule is sourced for this type of contract",
            )


@dataclass(frozen=True)
class DeadlineRuleText:
    """A rule as people read it: what, for which types of contract, how it is counted, and its source."""

    label: str
    types: str
    counted: str
    source: str
    standing: str


def deadline_rules() -> Iterator[DeadlineRuleText]:
    """The rules that are in force, one line for each number of each rule, in the printed order."""
    names, kinds = labels(VOCABULARY), labels("contract_type")
    for code in rule_codes():
        if is_of_decisions(code):
            found = {decision_rule(code): ["Financing decisions"]}
        else:
            found = {}
            for kind, name in kinds.items():
                found.setdefault(contract_rule(code, kind), []).append(name)
        for rule, types in found.items():
            if rule is not None:
                counted = f"{rule.amount} {rule.unit_words}"
                standing = STATUS_WORDS[rule.source_status]
                yield DeadlineRuleText(names[code], ", ".join(types), counted, rule.source, standing)


def deadline_problem(key: str, value: str) -> str | None:
    """What is wrong with a number that a unit sets, in a sentence; None if nothing is."""
    if value == FROM_CONTRACT and not key.endswith("/decision"):
        return None
    if _WHOLE_NUMBER.fullmatch(value) and int(value) <= MOST:
        return None
    words = "" if key.endswith("/decision") else f", or the words '{FROM_CONTRACT}'"
    return f"'{value[:40]}' is not a whole number from 0 to {MOST:,}. Enter one{words}."
