"""The layers of the architecture hold, and breaking them is noticed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from portfolio.settings import ROOT


def check_layers(folder: Path) -> subprocess.CompletedProcess[str]:
    """The outcome of the layer check with the contracts in this folder's pyproject.toml."""
    code = "from importlinter.cli import lint_imports_command as check; check(['--no-cache'])"
    environment = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def small_project(folder: Path) -> Path:
    """A package with the project's layers and nothing in them, under the same contracts."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    package = ROOT / "portfolio"
    for path in [*package.glob("*.py"), *package.rglob("__init__.py")]:
        name = path.relative_to(ROOT)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def test_layers_of_the_project_hold() -> None:
    outcome = check_layers(ROOT)
    assert outcome.returncode == 0, outcome.stdout


def test_layers_broken_upwards_are_reported(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    assert check_layers(project).returncode == 0
    (project / "portfolio/model/__init__.py").write_text("import portfolio.services\n")
    outcome = check_layers(project)
    assert outcome.returncode == 1
    assert "portfolio.model is not allowed to import portfolio.services" in outcome.stdout


def test_streamlit_below_the_screens_is_reported(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    (project / "portfolio/storage/__init__.py").write_text("import streamlit\n")
    outcome = check_layers(project)
    assert outcome.returncode == 1
    assert "portfolio.storage is not allowed to import streamlit" in outcome.stdout


def test_streamlit_in_a_service_and_a_query_outside_storage_are_reported(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    (project / "portfolio/services/__init__.py").write_text("import sqlalchemy\nimport streamlit\n")
    outcome = check_layers(project)
    assert outcome.returncode == 1
    assert "portfolio.services is not allowed to import streamlit" in outcome.stdout
    assert "portfolio.services is not allowed to import sqlalchemy" in outcome.stdout


def test_module_without_a_place_in_the_layers_is_reported(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    (project / "portfolio/newcomer.py").touch()
    outcome = check_layers(project)
    assert outcome.returncode == 1
    assert "- portfolio.newcomer" in outcome.stdout


def test_form_that_asks_a_query_itself_is_reported(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    (project / "portfolio/ui/forms/__init__.py").write_text("import portfolio.storage.queries\n")
    outcome = check_layers(project)
    assert outcome.returncode == 1
    assert "portfolio.ui.forms is not allowed to import portfolio.storage.queries" in outcome.stdout


def test_screen_that_asks_a_query_past_its_service_is_reported(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    (project / "portfolio/ui/gap_panels.py").write_text("from portfolio.storage.queries import results\n")
    (project / "portfolio/storage/queries/results.py").touch()
    outcome = check_layers(project)
    assert outcome.returncode == 1
    assert "portfolio.ui is not allowed to import portfolio.storage.queries" in outcome.stdout
