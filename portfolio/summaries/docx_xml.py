"""The words of WordprocessingML as texts: runs, paragraphs, fields, links and pictures.

Whatever comes from outside goes through `escaped`, so that a text can be nothing but a text.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from portfolio.summaries.safe_texts import clean_text

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
NAMESPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{RELATIONS}" xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture" '
    f'xmlns:wp="{_DRAWING}/wordprocessingDrawing"'
)
EMU_PER_MM = 36_000
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
# Words from right to left with the blanks between them.
_TURNED = re.compile(f"([{_RIGHT_TO_LEFT}]+(?:[\\s\\d.,:;-]+[{_RIGHT_TO_LEFT}]+)*)")


def escaped(text: str) -> str:
    """The text as content of an element."""
    return escape(clean_text(text))


def quoted(text: str) -> str:
    """The text as the value of an attribute, quotation marks included."""
    return quoteattr(clean_text(text))


def run(text: str, style: str = "") -> str:
    """A text in a character style; each part in its own direction."""
    return "".join(_run(part, style) for part in _TURNED.split(text) if part)


def _run(text: str, style: str) -> str:
    properties = f'<w:rStyle w:val="{style}"/>' if style else ""
    if _TURNED.match(text):
        properties += '<w:rtl/><w:lang w:bidi="ar-SA"/>'
    lines = clean_text(text).replace("\t", " ").split("\n")
    written = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r>{_properties(properties)}{written}</w:r>"


def _properties(inside: str) -> str:
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def paragraph(
    style: str,
    content: str,
    *,
    stays: bool = False,
    turned: bool = False,
    indent: int = 0,
    small: bool = False,
) -> str:
    """A paragraph of runs.

    `stays` keeps it with the next one, `turned` is from right to left, `indent` in twentieths of a point;
    `small` is the paragraph that has to stand between two tables and takes next to no room.
    """
    properties = (
        "<w:keepNext/>" if stays else "",
        "<w:bidi/>" if turned else "",
        '<w:spacing w:before="0" w:after="0" w:line="60" w:lineRule="exact"/>' if small else "",
        f'<w:ind w:left="{indent}"/>' if indent else "",
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"".join(properties)}</w:pPr>{content}</w:p>'


def field(instruction: str, cached: str) -> str:
    """A field with the result that is shown until somebody updates it; `cached` are runs."""
    return f"{field_start(instruction)}{cached}{FIELD_END}"


def field_start(instruction: str) -> str:
    """The beginning of a field, of which the result may go over several paragraphs."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def bookmark(name: str, number: int, content: str) -> str:
    """Runs that a link can lead to."""
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'


def link_inside(name: str, content: str) -> str:
    """A link to a bookmark."""
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{content}</w:hyperlink>'


def link_outside(relation: str, content: str) -> str:
    """A link to an address that a relation of the part names."""
    return f'<w:hyperlink r:id="{relation}" w:history="1">{content}</w:hyperlink>'


def picture(relation: str, number: int, name: str, alt: str, width: int, height: int) -> str:
    """A run with a picture in the line; `width` and `height` in English Metric Units."""
    described = f'id="{number}" name={quoted(name)} descr={quoted(alt)}'
    size = f'cx="{width}" cy="{height}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr {described}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="{_DRAWING}/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr {described}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
        f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
