"""Checks that run outside the browser's session: how far each has come, and its result until it is fetched.

A job lives in this process alone. Whoever looks for one after a restart finds none and starts it again: what
it needs, the files and the decisions about them, is kept in the database before it begins.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass, replace
from threading import Lock

from portfolio.progress_reports.results import STAGES, CheckResult, Stage

WORKERS = 2
MOST_KEPT = 16
OnStage = Callable[[str, Stage], None]
# A check that is given whom to tell of each stage.
Task = Callable[[OnStage], CheckResult]


@dataclass(frozen=True)
class Progress:
    """How far a job has come: the file by number and name, and the stage that has begun for it."""

    files: int
    number: int = 0
    name: str = ""
    stage: Stage = "received"

    @property
    def share(self) -> float:
        """How much is done, 0 to 1, each file and each of its stages counted alike."""
        steps = max(self.number - 1, 0) * len(STAGES) + STAGES.index(self.stage)
        return min(steps / (max(self.files, 1) * len(STAGES)), 1.0)

    def at(self, name: str, stage: Stage) -> Progress:
        """The progress once a stage has begun for a file; the first stage begins the next file."""
        begins = stage == STAGES[1] or self.number == 0
        number = min(self.number + 1, self.files) if begins else self.number
        return replace(self, number=number, name=name, stage=stage)


class Job:
    """One check on its way, in a thread of its own with the settings of whoever started it."""

    def __init__(self, files: int) -> None:
        self.progress = Progress(files)
        self._future: Future[CheckResult] = Future()

    def run_in(self, pool: ThreadPoolExecutor, task: Task) -> None:
        """Nothing; the task waits for a free thread, and keeps what holds in the present context."""
        self._future = pool.submit(copy_context().run, task, self._note)

    def _note(self, name: str, stage: Stage) -> None:
        self.progress = self.progress.at(name, stage)

    @property
    def is_done(self) -> bool:
        """Whether it has ended, well or not."""
        return self._future.done()

    def wait(self, seconds: float) -> bool:
        """Whether it has ended within this time."""
        return bool(wait([self._future], timeout=seconds).done)

    def result(self) -> CheckResult:
        """What the check came to; raises what ended it."""
        return self._future.result()


class JobDesk:
    """The jobs of this process by key; of those that have ended only the last are kept."""

    def __init__(self, workers: int = WORKERS, most_kept: int = MOST_KEPT) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="check")
        self._jobs: dict[str, Job] = {}
        self._most_kept = most_kept
        self._lock = Lock()

    def start(self, key: str, files: int, task: Task) -> Job:
        """The job of that key: the one that runs already, or a new one."""
        with self._lock:
            found = self._jobs.get(key)
            if found is not None and not found.is_done:
                return found
            job = Job(files)
            job.run_in(self._pool, task)
            self._jobs.pop(key, None)
            self._jobs[key] = job
            self._forget_oldest()
            return job

    def find(self, key: str) -> Job | None:
        """The job of that key, if this process still has it."""
        return self._jobs.get(key)

    def forget(self, key: str) -> None:
        """Nothing; the job's result has been fetched."""
        with self._lock:
            self._jobs.pop(key, None)

    def _forget_oldest(self) -> None:
        ended = [key for key, job in self._jobs.items() if job.is_done]
        for key in ended[: max(len(ended) - self._most_kept, 0)]:
            del self._jobs[key]


JOBS = JobDesk()
