"""Exceptions that carry the one sentence a person is shown."""


class PortfolioError(Exception):
    """A failure that a person can be told about in one sentence.

    The sentence says what happened, where, why and what to do next; it never holds a traceback.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(PortfolioError):
    """Something that was asked for by name does not exist."""


class UsageProblem(PortfolioError):
    """A call or a file that cannot be used at all (exit code 2 on the command line)."""


class StorageUnavailable(PortfolioError):
    """The database cannot be reached, or is not one of ours."""


class InvalidRecord(PortfolioError):
    """A record that would break a rule of the model."""


class ClashingRecord(InvalidRecord):
    """A record that is there already under another key, or that belongs to one which is not there."""


class StaleChange(PortfolioError):
    """A change whose `old` value no longer holds; nothing of its change set was written."""

    def __init__(self, sentence: str, fields: tuple[tuple[str, str, str], ...] = ()) -> None:
        super().__init__(sentence)
        self.fields = fields


class AlreadyApplied(StaleChange):
    """A change set that was applied before from the same preview; nothing was written a second time."""


class NotAllowed(PortfolioError):
    """The person may not do this."""


class DataProblem(PortfolioError):
    """Data that cannot be accepted as it is (exit code 1 on the command line)."""
