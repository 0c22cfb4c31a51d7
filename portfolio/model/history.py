"""The record of every write: change sets, the files that caused them, the workbooks that were issued."""

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from portfolio.model.fields import METADATA, one_of

CHANGE_SET_KINDS = ("load", "import", "edit", "undo")
CHANGE_KINDS = ("added", "changed", "erased", "removed")


class PortfolioState(SQLModel, table=True):
    """The one row that says which portfolio this database holds, and at which revision it stands."""

    __tablename__ = "portfolio"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: int = Field(default=1, primary_key=True)
    database_id: str
    name: str
    revision: int = Field(default=0, ge=0)
    institution_profile: str = "eu"
    fixed_as_of: str | None = None


class ChangeSet(SQLModel, table=True):
    """One write: who, when, why, from which file, undoing what.

    `token` stands for the preview that it was applied from: a preview is applied once.
    """

    __tablename__ = "change_set"
    __table_args__ = (one_of("kind", CHANGE_SET_KINDS), UniqueConstraint("revision"))

    id: int | None = Field(default=None, primary_key=True)
    revision: int
    at: str
    by: str
    kind: str
    reason: str
    undoes: int | None = Field(default=None, foreign_key="change_set.id", unique=True)
    token: str | None = Field(default=None, unique=True)


class ChangeSetFile(SQLModel, table=True):
    """A file that a change set was read from; `corrections` is JSON: what was decided before applying it."""

    __tablename__ = "change_set_file"

    change_set_id: int = Field(foreign_key="change_set.id", primary_key=True)
    sha256: str = Field(foreign_key="received_file.sha256", primary_key=True, index=True)
    name: str
    corrections: str | None = None


class Change(SQLModel, table=True):
    """One field of one record before and after a change set; `old` and `new` are JSON texts."""

    __table_args__ = (one_of("kind", CHANGE_KINDS), UniqueConstraint("change_set_id", "position"))

    id: int | None = Field(default=None, primary_key=True)
    change_set_id: int = Field(foreign_key="change_set.id", index=True)
    position: int
    entity: str
    key: str = Field(index=True)
    field: str
    old: str
    new: str
    kind: str
    file_name: str | None = None
    sheet: str | None = None
    cell: str | None = None


class ReceivedFile(SQLModel, table=True):
    """The original bytes of a file that was imported, by their hash."""

    __tablename__ = "received_file"

    sha256: str = Field(primary_key=True)
    name: str
    received_at: str
    content: bytes = Field(sa_type=LargeBinary)


class IssuedWorkbook(SQLModel, table=True):
    """What a progress-report workbook held when it was issued: `snapshot` is JSON, value by field."""

    __tablename__ = "issued_workbook"

    template_id: str = Field(primary_key=True)
    project_key: str = Field(index=True)
    period: str
    issued_at: str
    revision: int
    schema_version: int
    checksum: str
    snapshot: str


class ReceivedReport(SQLModel, table=True):
    """A progress report that was accepted, even where it changed nothing."""

    __tablename__ = "received_report"

    id: int | None = Field(default=None, primary_key=True)
    project_key: str = Field(index=True)
    period: str
    received_at: str
    by: str
    file_name: str
    sha256: str
    change_set_id: int | None = Field(default=None, foreign_key="change_set.id")


class MadeDocument(SQLModel, table=True):
    """A document that was made: enough to make the same one again from the same revision.

    `known` is "now" or "then", `known_at` the moment (ISO 8601, UTC) whose records it was made from;
    `checksum` is that of its content. What was made by an older version of the tracker has neither.
    """

    __tablename__ = "made_document"

    id: int | None = Field(default=None, primary_key=True)
    made_at: str
    by: str
    name: str
    kind: str
    scope: str
    chosen: str
    as_of: str
    format: str
    revision: int
    sha256: str
    profile: str = Field(default="working", sa_column_kwargs={"server_default": "working"})
    known: str = Field(default="now", sa_column_kwargs={"server_default": "now"})
    known_at: str | None = None
    compared_with: str | None = None
    checksum: str | None = None


class Draft(SQLModel, table=True):
    """What a person has entered and not applied yet: `content` is JSON, kept so that no reload loses it."""

    __table_args__ = (UniqueConstraint("person", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    person: str
    subject: str
    saved_at: str
    content: str


class WorkbookLayout(SQLModel, table=True):
    """How a workbook that people made themselves is read: `content` is JSON, found again by `fingerprint`."""

    __tablename__ = "workbook_layout"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    fingerprint: str = Field(index=True)
    content: str
    saved_by: str
    saved_at: str


class Visit(SQLModel, table=True):
    """When a person last saw the front page, and which revision it showed: for what changed since."""

    id: int | None = Field(default=None, primary_key=True)
    person: str = Field(index=True)
    seen_at: str
    revision: int
    as_of: str


STATE = METADATA.tables["portfolio"]
CHANGE_SETS = METADATA.tables["change_set"]
CHANGE_SET_FILES = METADATA.tables["change_set_file"]
CHANGES = METADATA.tables["change"]
RECEIVED_FILES = METADATA.tables["received_file"]
ISSUED_WORKBOOKS = METADATA.tables["issued_workbook"]
RECEIVED_REPORTS = METADATA.tables["received_report"]
MADE_DOCUMENTS = METADATA.tables["made_document"]
DRAFTS = METADATA.tables["draft"]
WORKBOOK_LAYOUTS = METADATA.tables["workbook_layout"]
VISITS = METADATA.tables["visit"]
