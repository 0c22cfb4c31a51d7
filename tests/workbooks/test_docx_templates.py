"""The template of Word documents: made by its script, restyled by a unit, refused where a style is gone."""

from __future__ import annotations

import importlib.util
import itertools
from pathlib import Path

import docx
import pytest
from docx.shared import RGBColor

from portfolio.errors import UsageProblem
from portfolio.settings import DATA_DIR
from portfolio.summaries.docx import render_docx
from portfolio.summaries.docx_packages import CHARACTERS, PARAGRAPHS, TABLES
from tests.workbooks import word_files as words
from tests.workbooks.summary_files import MAKING
from tests.workbooks.word_files import W, opened, part, text_of

TEMPLATE = DATA_DIR / "templates" / "summary.docx"


def test_template_is_what_its_script_makes(tmp_path: Path) -> None:
    source = importlib.util.spec_from_file_location("template_build", DATA_DIR / "templates" / "build.py")
    assert source is not None and source.loader is not None
    module = importlib.util.module_from_spec(source)
    source.loader.exec_module(module)
    module.build(tmp_path / "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == TEMPLATE.read_bytes()


def test_every_style_that_documents_use_is_named_in_the_template_and_its_guide() -> None:
    made = render_docx(words.everything(), MAKING)
    known = {style.style_id: style.name.lower() for style in docx.Document(str(TEMPLATE)).styles}
    tags = (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
    used = {known[each.get(f"{W}val")] for name in ("document", "footnotes")
            for each in part(made, f"word/{name}.xml").iter(*tags)}  # fmt: skip
    required = {name.lower() for name in itertools.chain(PARAGRAPHS, CHARACTERS, TABLES)}
    assert used <= required
    guide = (DATA_DIR / "templates" / "README.md").read_text(encoding="utf-8")
    rows = [row.split("|")[1] for row in guide.splitlines() if row.startswith("| ")][1:]
    listed = {name.strip().lower() for row in rows for name in row.split(",")}
    assert listed == required


def test_restyled_template_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = docx.Document(str(TEMPLATE))
    template.styles["Heading 1"].font.color.rgb = RGBColor(0xAA, 0x00, 0x55)
    template.sections[0].header.paragraphs[0].add_run("The unit's own letterhead")
    template.save(str(tmp_path / "summary.docx"))
    monkeypatch.setenv("PORTFOLIO_TEMPLATES", str(tmp_path))
    document = opened(render_docx(words.everything(), MAKING))
    assert document.styles["Heading 1"].font.color.rgb == RGBColor(0xAA, 0x00, 0x55)
    heads = [each.text for each in document.sections[0].header.paragraphs]
    assert heads == ["The unit's own letterhead", "Portfolio report"]


def test_template_without_a_style_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTFOLIO_TEMPLATES", str(tmp_path))
    template = docx.Document(str(TEMPLATE))
    template.styles["Remark"].delete()
    template.save(str(tmp_path / "summary.docx"))
    with pytest.raises(UsageProblem, match=r"has no style named Remark\."):
        render_docx(words.everything(), MAKING)
    (tmp_path / "summary.docx").write_text("no document")
    with pytest.raises(UsageProblem, match="cannot be read as a Word document"):
        render_docx(words.everything(), MAKING)
    (tmp_path / "summary.docx").unlink()
    assert render_docx(words.everything(), MAKING)


def test_template_without_a_page_for_notes_gets_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTFOLIO_TEMPLATES", str(tmp_path))
    template = docx.Document(str(TEMPLATE))
    rels = template.part.rels
    rels.pop(next(name for name, rel in rels.items() if rel.reltype.endswith("/footnotes")))
    template.save(str(tmp_path / "summary.docx"))
    notes = part(render_docx(words.everything(), MAKING), "word/footnotes.xml")
    assert [text_of(note) for note in notes] == list(words.DESIGNATIONS)
