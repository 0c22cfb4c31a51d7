"""The demonstration portfolio."""

from portfolio.model.changes import ChangeSetDraft


def demo_change_set() -> ChangeSetDraft:
    """The change set that fills an empty database with the demonstration portfolio."""
    return ChangeSetDraft(
        kind="load", by="demonstration", reason="Demonstration portfolio: fictional", changes=()
    )
