"""Signals on the screen: marked in their own words, for health alone has colours and letters."""

from __future__ import annotations

from portfolio.services.signals import Severity

MARKS: dict[Severity, str] = {"red": "!! Urgent", "amber": "! To watch", "info": "For information"}


def marked(severity: Severity) -> str:
    """How urgent a signal is, as Markdown."""
    return f"**{MARKS[severity]}**"
