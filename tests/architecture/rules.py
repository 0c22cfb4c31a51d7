"""House rules that can be read off a file's syntax tree: each gives what breaks it, line by line."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import PurePath

Rule = Callable[[ast.AST, PurePath], Iterator[str]]

LONGEST_FILE = 300
LONGEST_PAGE = 120
CLOCKS = {"today", "now", "utcnow", "fromtimestamp"}
UNSAFE = {"unsafe_allow_html", "unsafe_allow_javascript", "use_container_width"}
VAGUE_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers"}
DATABASE = ("sqlalchemy", "sqlmodel", "alembic", "portfolio.storage", "portfolio.model")


def too_long(text: str, path: PurePath) -> Iterator[str]:
    """A file with more lines than a person keeps in view."""
    limit = LONGEST_PAGE if path.parts[0] == "pages" else LONGEST_FILE
    lines = text.count("\n")
    if lines > limit:
        yield f"{path}: {lines} lines, at most {limit}"


def unsafe_arguments(tree: ast.AST, path: PurePath) -> Iterator[str]:
    """HTML or scripts of our own on a screen, and a way of sizing that Streamlit has given up."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in UNSAFE:
            yield f"{path}:{node.value.lineno}: {node.arg}"


def old_components(tree: ast.AST, path: PurePath) -> Iterator[str]:
    """Streamlit's first components interface."""
    for node in ast.walk(tree):
        spelled = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
        if spelled.endswith("components.v1") or any("components.v1" in name for name in _imported(node)):
            yield f"{path}:{_line(node)}: components.v1"


def session_state(tree: ast.AST, path: PurePath) -> Iterator[str]:
    """The session state touched outside its one module."""
    if path == PurePath("portfolio/ui/session.py"):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "session_state":
            yield f"{path}:{node.lineno}: session_state"
        if "streamlit.session_state" in _imported(node):
            yield f"{path}:{_line(node)}: session_state"


def widget_keys(tree: ast.AST, path: PurePath) -> Iterator[str]:
    """A widget's key written out where it is used: a key of the session state outside its one module."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        for keyword in node.keywords:
            written_out = isinstance(keyword.value, ast.JoinedStr) or (
                isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, str)
            )
            if keyword.arg == "key" and written_out:
                yield f"{path}:{node.lineno}: key={ast.unparse(keyword.value)}"


def caches(tree: ast.AST, path: PurePath) -> Iterator[str]:
    """A Streamlit cache outside its one module, where keys without a revision would go unnoticed."""
    if path == PurePath("portfolio/ui/cached.py"):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"cache_data", "cache_resource"}:
            yield f"{path}:{node.lineno}: {node.attr}"
        if any(name in {"streamlit.cache_data", "streamlit.cache_resource"} for name in _imported(node)):
            yield f"{path}:{_line(node)}: cache"


def other_clocks(tree: ast.AST, path: PurePath) -> Iterator[str]:
    """The current day or time taken from anywhere but portfolio/dates.py."""
    if path == PurePath("portfolio/dates.py"):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            owner = ast.unparse(node.func.value).split(".")[-1]
            if owner in {"date", "datetime"}:
                yield f"{path}:{node.lineno}: {ast.unparse(node.func)}()"


def streamlit_below(tree: ast.AST, path: PurePath) -> Iterator[str]:
    """Streamlit below the screens."""
    if path.parts[0] == "pages" or path == PurePath("app.py") or path.is_relative_to("portfolio/ui"):
        return
    for node in ast.walk(tree):
        if any(name.split(".")[0] == "streamlit" for name in _imported(node)):
            yield f"{path}:{_line(node)}: streamlit"


def queries_in_pages(tree: ast.AST, path: PurePath) -> Iterator[str]:
    """A page that goes round the services to the database."""
    if path.parts[0] != "pages":
        return
    for node in ast.walk(tree):
        if any(name.startswith(DATABASE) for name in _imported(node)):
            yield f"{path}:{_line(node)}: database"


def foreign_icons(tree: ast.AST, path: PurePath) -> Iterator[str]:
    """A Material icon as a page's own icon: the browser would ask another host for the one in its tab."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        watched = {"set_page_config": "page_icon", "Page": "icon"}.get(node.func.attr)
        for keyword in node.keywords:
            if keyword.arg == watched and isinstance(keyword.value, ast.Constant) and keyword.value.value:
                yield f"{path}:{node.lineno}: {watched}={keyword.value.value!r}"


def vague_names(_tree: ast.AST, path: PurePath) -> Iterator[str]:
    """A module whose name says nothing about its subject."""
    if path.stem in VAGUE_NAMES:
        yield f"{path}: say what it is about"


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)
