"""Jobs that check files outside the browser's session: their stages, their settings, their end."""

from __future__ import annotations

from threading import Event

import pytest

from portfolio.errors import UsageProblem
from portfolio.overrides import overridden, overrides
from portfolio.progress_reports.jobs import JobDesk, OnStage, Progress
from portfolio.progress_reports.results import CheckResult

NOTHING = CheckResult(())
LONG = 30


def test_progress_counts_files_and_stages() -> None:
    """Each file begins when it is looked at; the share grows with every stage."""
    progress = Progress(2)
    shares = [progress.share]
    for name in ("a.xlsx", "b.xlsx"):
        for stage in ("looked at", "read", "understood", "compared"):
            progress = progress.at(name, stage)  # type: ignore[arg-type]
            shares.append(progress.share)
    assert (progress.number, progress.name, progress.stage) == (2, "b.xlsx", "compared")
    assert shares == sorted(set(shares)) and shares[0] == 0 and shares[-1] < 1
    assert progress.at("a.xlsx", "looked at").number == 2


def test_a_job_runs_with_the_settings_of_who_started_it_and_tells_its_stage() -> None:
    """What holds where the job was started holds in its thread, whatever holds there later."""
    desk, looked, go_on = JobDesk(), Event(), Event()
    seen: list[str] = []

    def check(on_stage: OnStage) -> CheckResult:
        on_stage("a.xlsx", "looked at")
        looked.set()
        assert go_on.wait(LONG)
        seen.append(overridden("limit/sheets", "none"))
        return NOTHING

    with overrides({"limit/sheets": "7"}):
        job = desk.start("key", 1, check)
    assert looked.wait(LONG)
    assert (job.progress.number, job.progress.stage, job.is_done) == (1, "looked at", False)
    assert not job.wait(0)
    assert desk.start("key", 1, check) is job
    go_on.set()
    assert job.wait(LONG) and job.result() is NOTHING
    assert seen == ["7"]
    assert desk.start("key", 1, lambda on_stage: NOTHING) is not job


def test_what_ends_a_job_is_raised_where_its_result_is_fetched() -> None:
    """A failure stays with its job and harms no other."""
    desk = JobDesk()

    def fail(on_stage: OnStage) -> CheckResult:
        raise UsageProblem("No file was given.")

    job = desk.start("bad", 1, fail)
    assert job.wait(LONG)
    with pytest.raises(UsageProblem, match="No file was given"):
        job.result()
    assert desk.start("good", 1, lambda on_stage: NOTHING).wait(LONG)


def test_only_the_last_ended_jobs_are_kept_and_a_fetched_one_is_forgotten() -> None:
    """The results of tabs that nobody came back to do not pile up."""
    desk = JobDesk(most_kept=2)
    for key in "abcde":
        assert desk.start(key, 1, lambda on_stage: NOTHING).wait(LONG)
    assert [key for key in "abcde" if desk.find(key)] == ["c", "d", "e"]
    desk.forget("e")
    assert desk.find("e") is None
