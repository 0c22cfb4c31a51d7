"""The form that a browser tab works on: opened, filled, kept as a draft, previewed and applied."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from threading import RLock

import streamlit as st

from portfolio.dates import now_utc
from portfolio.errors import PortfolioError
from portfolio.findings import Finding
from portfolio.services.access import Person
from portfolio.services.choices import names_of, records_to_edit
from portfolio.services.drafts import drop_draft, keep_draft
from portfolio.services.editing import EditPreview, new_key
from portfolio.storage.engine import Database
from portfolio.ui.cached import ask, open_portfolio
from portfolio.ui.forms.drafts import NEW, ProjectForm, Row, count_entered, fingerprint, open_form
from portfolio.ui.forms.entries import Entry
from portfolio.ui.forms.field_shapes import RecordTable
from portfolio.ui.forms.fields import TABLES
from portfolio.ui.forms.project_keys import suggested_key
from portfolio.ui.forms.proposals import Known, preview_form
from portfolio.ui.forms.row_editors import EditorMemory, fold_edits, offered_choices, signature_of
from portfolio.ui.session import WidgetKey, current_person, keyed, session

REASON = "reason"
KEY = "key"
ACCEPT = "accept"
REGIONS = "regions"
REGION = "project_region"


@dataclass
class Workbench:
    """A form with its widgets on the screen, its last preview, and what was said of it.

    `edition` tells the widgets of one opening from those of the next. `fields` are the widgets that were
    drawn in the last run, by their keys: which row and column they fill. `applied` is what became of it: key
    of the project and number of the change set. A second click starts a run of its own while the first is
    still at work, and may end the first at its next touch of the session: what both write is behind `lock`.
    """

    form: ProjectForm
    edition: int
    editors: dict[str, EditorMemory] = field(default_factory=dict)
    fields: dict[str, tuple[Row, str]] = field(default_factory=dict)
    drawn: int = 0
    preview: EditPreview | None = None
    previewed: str = ""
    problem: str = ""
    saved: str = ""
    saved_at: str = ""
    proposed_key: str = ""
    applied: tuple[str, int] | None = None
    lock: RLock = field(default_factory=RLock, repr=False)

    @property
    def subject(self) -> str:
        """What its draft is kept under."""
        return subject_of(self.form.project_key)

    @property
    def current_preview(self) -> EditPreview | None:
        """The preview, as long as nothing has been entered since."""
        return self.preview if self.previewed == fingerprint(self.form) else None

    def widget(self, name: str) -> str:
        """The key of one of its own widgets."""
        return keyed(WidgetKey.EDIT_ACTION, f"{self.edition}:{name}")

    def field_widget(self, table: RecordTable, row: Row, name: str) -> str:
        """The key of the widget of one field, filled with what was entered so far."""
        key = keyed(WidgetKey.EDIT_FIELD, f"{self.edition}:{table.entity}:{row['key']}:{name}")
        if not session.remembers(key):
            session.remember(key, row.get(name))
        self.fields[key] = (row, name)
        return key

    def editor(self, table: RecordTable, known: Known) -> tuple[EditorMemory, dict[str, dict[str, str]]]:
        """The editor of a table as it is to be drawn now, and what its columns offer."""
        offered = offered_choices(table, self.form, known)
        signature = signature_of(table, offered)
        memory = self.editors.get(table.entity)
        if memory is None or memory.signature != signature:
            self.drawn += 1
            widget = keyed(WidgetKey.EDIT_TABLE, f"{self.edition}:{self.drawn}:{table.entity}")
            memory = EditorMemory(widget, signature, [dict(row) for row in self.form.rows[table.entity]])
            self.editors[table.entity] = memory
        return memory, offered

    def redraw(self) -> None:
        """Nothing; every widget begins anew with what the form holds: a button has changed it."""
        self.edition += 1
        self.editors.clear()
        self.fields.clear()

    def collect(self) -> None:
        """Nothing; what the widgets hold is in the form. First in every run and in every callback."""
        for key, (row, name) in self.fields.items():
            if session.remembers(key):
                row[name] = _entry(key)
        for entity, memory in list(self.editors.items()):
            edits = session.kept(memory.widget, dict)
            if edits is None:
                del self.editors[entity]  # it was not drawn: the next one begins with what was entered
            else:
                rows = fold_edits(TABLES[entity], memory, edits, self.form.project_key)
                self.form.rows[entity] = rows
        if session.remembers(self.widget(REASON)):
            self.form.reason = session.text(self.widget(REASON)) or ""
        if session.remembers(self.widget(REGIONS)):
            self._choose_regions(session.choices(self.widget(REGIONS)))
        self._collect_key()

    def _choose_regions(self, regions: Collection[str]) -> None:
        """A region that was on record already keeps its key, also when it is taken out and put back."""
        stored = {
            state["region"]: key for (entity, key), state in self.form.opened.items() if entity == REGION
        }
        present = {row["region"]: str(row["key"]) for row in self.form.rows[REGION]}
        self.form.rows[REGION] = [
            {
                "key": present.get(region) or stored.get(region) or new_key(self.form.project_key, REGION),
                "region": region,
            }
            for region in regions
        ]

    def _collect_key(self) -> None:
        if not self.form.is_new:
            return
        if session.remembers(self.widget(KEY)):
            self.form.chosen_key = session.text(self.widget(KEY)) or ""
        if self.form.chosen_key in ("", self.proposed_key):
            acronym = str(self.form.project.get("acronym") or "")
            self.proposed_key = suggested_key(acronym, known().project_keys)
            self.form.chosen_key = self.proposed_key
            session.remember(self.widget(KEY), self.proposed_key)

    def keep(self, database: Database, person: Person) -> None:
        """Nothing; what differs from the record is kept as a draft, and nothing else is."""
        with self.lock:
            mark = fingerprint(self.form) + self.form.reason
            if mark == self.saved or self.applied is not None:
                return
            if count_entered(self.form):
                keep_draft(database, person, self.subject, self.form.as_json())
                self.saved_at = now_utc().isoformat()
            elif self.saved_at:
                drop_draft(database, person, self.subject)
                self.saved_at = ""
            self.saved = mark

    def preview_again(self) -> None:
        """Nothing; the preview is of what the form holds now, or the problem says why there is none."""
        self.problem = ""
        try:
            self.preview = preview_form(open_portfolio(), current_person(), self.form, known())
            self.previewed = fingerprint(self.form)
        except PortfolioError as problem:
            self.problem = problem.sentence

    def findings_of(self, record: tuple[str, str]) -> tuple[Finding, ...]:
        """What the present preview says of one record."""
        found = self.current_preview.findings if self.current_preview else ()
        return tuple(finding for finding in found if finding.record == record)


def _entry(key: str) -> Entry:
    text = session.kept(key, str)
    return session.kept(key, bool) if text is None else text


def subject_of(project_key: str) -> str:
    """What a draft about a project is kept under."""
    return f"edit/{project_key}"


def known() -> Known:
    """What the database knows beside the project."""
    return Known(
        frozenset(ask(names_of, current_person(), "project", "acronym")),
        ask(names_of, current_person(), "organisation", "name"),
        ask(names_of, current_person(), "financing_decision", "number"),
    )


def start(form: ProjectForm) -> Workbench:
    """A workbench for a form, in place of the one that the tab had."""
    earlier = session.kept(WidgetKey.EDIT_FORM, Workbench)
    bench = Workbench(form, edition=earlier.edition + 1 if earlier else 1)
    bench.saved = fingerprint(form) + form.reason
    session.remember(WidgetKey.EDIT_FORM, bench)
    return bench


def start_afresh(project_key: str) -> Workbench:
    """A workbench for a project as it stands, or for a new one."""
    records = {} if project_key == NEW else records_to_edit(open_portfolio(), current_person(), project_key)
    return start(open_form(project_key, records))


def present_bench(project_key: str) -> Workbench | None:
    """The workbench that this tab has for a project, with everything entered so far."""
    bench = session.kept(WidgetKey.EDIT_FORM, Workbench)
    if bench is None or bench.form.project_key != project_key:
        return None
    if bench.applied is None:
        bench.collect()
        bench.keep(open_portfolio(), current_person())
    return bench


def applied_last(project_key: str) -> int | None:
    """The change set that this tab applied to a project, until something else is entered or applied."""
    done = session.kept(WidgetKey.EDIT_DONE, tuple)
    return done[1] if done is not None and done[0] == project_key else None


def finish(bench: Workbench) -> None:
    """Nothing; an applied form makes way for the project as it stands now. Done twice it does no harm."""
    if bench.applied is None:
        return
    drop_draft(open_portfolio(), current_person(), bench.subject)
    session.remember(WidgetKey.EDIT_DONE, bench.applied)
    key, _ = bench.applied
    if bench.form.is_new:
        st.query_params[WidgetKey.PROJECT] = key
    start_afresh(key)
