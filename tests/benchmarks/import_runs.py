"""One measured run in a process of its own: `python import_runs.py RUN ARGUMENTS`, its figures as JSON.

Modules are loaded and the database is opened before the clock starts; what the reader's process takes counts.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

AS_OF = "2026-11-23"
Action = Callable[[], object]


def opening(file: str) -> Action:
    """openpyxl's normal load of a file."""
    import openpyxl

    return lambda: openpyxl.load_workbook(file)


def reader_start(_: str) -> Action:
    """The reader's process with a workbook of one cell: what it costs before it reads anything."""
    import io

    import openpyxl

    from portfolio.progress_reports.files.limits import present_limits
    from portfolio.progress_reports.files.reading import read_workbook

    target = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "one"  # type: ignore[index]
    book.save(target)
    return lambda: read_workbook(target.getvalue(), present_limits())


def checking(url: str, file: str, layout: str = "") -> Action:
    """The check of one report."""
    import datetime as dt

    from portfolio.progress_reports.imports import check_files

    database, given, decided = _prepared(url, file, layout)
    day = dt.date.fromisoformat(AS_OF)

    def action() -> None:
        checked = check_files(database, given, as_of=day, allowed=lambda _: True, corrections=decided)
        assert checked.accepted, [item.message for item in checked.files[0].findings[:5]]

    return action


def importing(url: str, file: str, layout: str = "") -> Action:
    """The check of one report, and everything it accepts applied."""
    import datetime as dt

    from portfolio.progress_reports.imports import apply_checked, check_files

    database, given, decided = _prepared(url, file, layout)
    day = dt.date.fromisoformat(AS_OF)

    def action() -> None:
        checked = check_files(database, given, as_of=day, allowed=lambda _: True, corrections=decided)
        applied = apply_checked(database, checked, by="benchmark")
        # A benchmark of a refused import would be worth nothing.
        assert applied.change_set is not None, [item.message for item in checked.files[0].findings[:5]]

    return action


def _prepared(url: str, file: str, layout: str):  # type: ignore[no-untyped-def]
    import hashlib

    from portfolio.progress_reports.corrections import Corrections
    from portfolio.settings import Settings
    from portfolio.storage.setup import ensure_database

    database = ensure_database(Settings("empty", url))
    content = Path(file).read_bytes()
    decided = {}
    if layout:
        document = json.loads(Path(layout).read_text(encoding="utf-8"))
        decided = {hashlib.sha256(content).hexdigest(): Corrections(layout=document)}
    return database, [(Path(file).name, content)], decided


def django_importing(path: str, file: str, columns: str) -> Action:
    """django-import-export as it is meant to be used: a dry run, then the import, both of the same bytes."""
    import django
    from django.conf import settings

    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "import_export"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": path}},
        USE_TZ=False,
    )
    django.setup()
    import tablib
    from django.db import connection, models
    from import_export import resources

    names = json.loads(columns)
    fields = {name: models.TextField(null=True) for name in names[1:]}
    meta = type("Meta", (), {"app_label": "import_export"})
    model = type(
        "Training",
        (models.Model,),
        {"__module__": __name__, "Meta": meta, names[0]: models.CharField(max_length=200, primary_key=True)}
        | fields,
    )
    with connection.schema_editor() as editor:
        editor.create_model(model)
    options = {"model": model, "import_id_fields": (names[0],), "skip_unchanged": True}
    resource = type("TrainingResource", (resources.ModelResource,), {"Meta": type("Meta", (), options)})()
    content = Path(file).read_bytes()

    def action() -> None:
        for dry_run in (True, False):
            dataset = tablib.Dataset().load(content, format="xlsx")
            result = resource.import_data(dataset, dry_run=dry_run, raise_errors=True)
            assert result.totals["new"] == len(dataset)
        assert model.objects.count() == len(dataset)  # type: ignore[attr-defined]

    return action


RUNS: dict[str, Callable[..., Action]] = {
    "open": opening,
    "start": reader_start,
    "check": checking,
    "import": importing,
    "django": django_importing,
}


def cpu_seconds() -> float:
    """Processor time of this process and of those that it has waited for."""
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def main() -> None:
    """Nothing; the run's figures are printed: seconds of processor and of the clock, peak memory in MB."""
    action = RUNS[sys.argv[1]](*sys.argv[2:])
    began, began_cpu = time.perf_counter(), cpu_seconds()
    action()
    figures = {"cpu": cpu_seconds() - began_cpu, "wall": time.perf_counter() - began}
    for name, who in (("own_mb", resource.RUSAGE_SELF), ("reader_mb", resource.RUSAGE_CHILDREN)):
        figures[name] = resource.getrusage(who).ru_maxrss / 1024
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
