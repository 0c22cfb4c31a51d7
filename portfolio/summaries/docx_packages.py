"""The Word file around a text: the template with its styles, header and footer, properties, saving."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from lxml import etree

from portfolio.errors import UsageProblem
from portfolio.settings import DATA_DIR, templates_dir
from portfolio.summaries.content import Summary
from portfolio.summaries.covers import Making
from portfolio.summaries.docx_xml import MAIN, NAMESPACES, escaped, quoted
from portfolio.summaries.safe_texts import clean_text

TEMPLATE_NAME = "summary.docx"
PARAGRAPHS = (
    "Normal", "Title", "Subtitle", "Heading 1", "Caption", "Picture", "Remark", "Banner", "Table Text",
    "Table Number", "Table Head", "Table Head Number", "Table Group", "TOC Heading", "TOC 1", "TOC 2",
    "Header", "Footer", "Designation", "Footnote Text",
)  # fmt: skip
CHARACTERS = (
    "Hyperlink", "Footnote Reference", "Not known", "Strong", "Health green", "Health amber",
    "Health red",
)  # fmt: skip
TABLES = ("Summary Table", "Summary Facts")
# The earliest moment that a zip can say: the bytes must not depend on the clock.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_LONGEST_PROPERTY = 250
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
# The set of properties that Word gives to those of one's own.
_CUSTOM_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def template_path() -> Path:
    """The template in use: that of the unit's own folder if it has one, else ours."""
    own = templates_dir() / TEMPLATE_NAME
    return own if own.exists() else DATA_DIR / "templates" / TEMPLATE_NAME


class Package:
    """A Word file that begins as a copy of the template, without its text."""

    def __init__(self) -> None:
        path = template_path()
        try:
            self.document = docx.Document(str(path))
        except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError):
            raise UsageProblem(
                f"The template {path} cannot be read as a Word document. Save it in Word as .docx again."
            ) from None
        self.part = self.document.part
        self._styles = {style.name.lower(): style.style_id for style in self.document.styles if style.name}
        missing = [name for name in (*PARAGRAPHS, *CHARACTERS, *TABLES) if name.lower() not in self._styles]
        if missing:
            raise UsageProblem(
                f"The template {path} has no style named {', '.join(missing)}. Restyle them, but keep them."
            )
        self.page = self.document.sections[0]

    def style(self, name: str) -> str:
        """The identifier of a style, which differs with the language of the Word that saved the template."""
        return str(self._styles[name.lower()])

    @property
    def width_mm(self) -> float:
        """The width of the text."""
        page = self.page
        return float(((page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)) / 36_000)

    def link(self, address: str) -> str:
        """The relation that leads to an address."""
        return str(self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def image(self, content: bytes) -> tuple[str, float]:
        """The relation of a picture, and its height by its width."""
        relation, image = self.part.get_or_add_image(io.BytesIO(content))
        return str(relation), image.px_height / image.px_width

    def fill(self, content: str) -> None:
        """Nothing; the text is `content`, the paper that of the template."""
        body = self.document.element.body
        for child in list(body):
            if child is not body.sectPr:
                body.remove(child)
        for child in list(_parsed("w:body", content)):
            body.insert(len(body) - 1, child)

    def footnotes(self, notes: str) -> None:
        """Nothing; the notes stand beside the separators of the template."""
        if not notes:
            return
        own = [rel.target_part for rel in self.part.rels.values() if rel.reltype.endswith("/footnotes")]
        if own:
            root = etree.fromstring(own[0].blob)
            root.extend(list(_parsed("w:footnotes", notes)))
            own[0]._blob = _written(root)
        else:
            blob = _written(_parsed("w:footnotes", notes))
            part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, blob, self.part.package)
            self.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def edges(self, first_head: str, first_foot: str, head: str, foot: str) -> None:
        """Nothing; header and footer, below what the template has there."""
        page = self.page
        _fill_edge(page.header, head)
        _fill_edge(page.footer, foot)
        if page.different_first_page_header_footer:
            _fill_edge(page.first_page_header, first_head)
            _fill_edge(page.first_page_footer, first_foot)

    def describe(self, summary: Summary, making: Making) -> None:
        """Nothing; the properties of the file."""
        properties, made = self.document.core_properties, making.at.astimezone(dt.UTC).replace(tzinfo=None)
        stamp = f"revision {summary.revision}, data as at {summary.as_of.isoformat()}"
        texts = {
            "title": summary.title,
            "subject": summary.filters,
            "author": making.by,
            "last_modified_by": making.by,
            "keywords": f"{stamp}, checksum {summary.checksum}",
            "category": summary.banner or "Summary",
            "comments": " ".join(filter(None, (summary.banner, summary.knowledge))),
            "language": "en-GB",
        }
        for name, text in texts.items():
            setattr(properties, name, clean_text(text)[:_LONGEST_PROPERTY])
        properties.created = properties.modified = made
        properties.revision = 1
        self._custom({
            "portfolio": summary.portfolio, "revision": str(summary.revision),
            "as_of": summary.as_of.isoformat(), "filters": summary.filters, "checksum": summary.checksum,
            "knowledge": summary.knowledge,
        })  # fmt: skip

    def _custom(self, texts: dict[str, str]) -> None:
        rows = "".join(
            f'<property fmtid="{_CUSTOM_SET}" pid="{number}" name={quoted(name)}>'
            f"<vt:lpwstr>{escaped(text[:_LONGEST_PROPERTY])}</vt:lpwstr></property>"
            for number, (name, text) in enumerate(texts.items(), 2)
        )
        blob = f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VARIANTS}">{rows}</Properties>'.encode()
        package = self.document.part.package
        kind = CONTENT_TYPE.OFC_CUSTOM_PROPERTIES
        package.relate_to(Part(PackURI("/docProps/custom.xml"), kind, blob, package), _CUSTOM_RELATION)

    def content(self) -> bytes:
        """The bytes of the file: the same for the same text."""
        saved, target = io.BytesIO(), io.BytesIO()
        self.document.save(saved)
        with zipfile.ZipFile(saved) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
            for name in source.namelist():
                written.writestr(zipfile.ZipInfo(name, _ZIP_TIME), source.read(name), zipfile.ZIP_DEFLATED)
        return target.getvalue()


def _fill_edge(edge: Any, content: str) -> None:
    """What a unit has put there stays, above ours; an empty paragraph goes."""
    edge.is_linked_to_previous = False
    element = edge._element
    for child in list(element):
        if child.tag == f"{{{MAIN}}}p" and not child.findall(f"{{{MAIN}}}r"):
            element.remove(child)
    element.extend(list(_parsed("w:hdr", content)))


def _parsed(tag: str, content: str) -> Any:
    return parse_xml(f"<{tag} {NAMESPACES}>{content}</{tag}>")


def _written(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
