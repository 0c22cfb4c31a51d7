"""What a unit sets for itself: settings in place of the defaults, and views that it keeps."""

from sqlmodel import Field

from portfolio.model.fields import Key, LongText, Name, Record


class SettingInput(Record):
    """A value in place of a default of data/vocabulary, with where the unit takes it from.

    The key names the list and the entry: "threshold/time-amber", "profile", "designation/coe/map",
    "label/pillar/criminal-justice", "limit/file-size".
    """

    key: Key = Field(primary_key=True)
    value: LongText
    source: LongText | None = None


class Setting(SettingInput, table=True):
    """Table of settings."""


class SavedViewInput(Record):
    """A screen with its filter under a name: `query` is the part of its address after the question mark."""

    key: Key = Field(primary_key=True)
    name: Name
    page: Name
    query: LongText


class SavedView(SavedViewInput, table=True):
    """Table of saved views."""

    __tablename__ = "saved_view"
