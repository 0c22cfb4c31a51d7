"""The Word template of summaries, written from what stands below: python data/templates/build.py

Only the first version comes from here. A unit restyles data/templates/summary.docx, or a copy of it, in Word;
README.md says how. The same script gives the same bytes.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

TARGET = Path(__file__).with_name("summary.docx")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TEXT, MUTED, ACCENT, SURFACE, BORDER, AMBER = "1B232D", "5B6673", "1F5FA8", "F3F5F8", "D3D9E0", "FBEED9"
GREEN, ORANGE, RED = "2C7243", "8F5600", "A3241E"
# What Word knows by these names; it asks that any other style is marked as somebody's own.
_BUILT_IN = frozenset((
    "Normal", "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "caption", "TOC Heading", "toc 1",
    "toc 2", "header", "footer", "footnote text", "footnote reference", "Hyperlink", "Default Paragraph Font",
    "Normal Table", "Strong",
))  # fmt: skip
_NEXT = "<w:keepNext/><w:keepLines/>"


def _gap(before: int, after: int, line: int = 0) -> str:
    lines = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{lines}/>'


def _type(size: int = 0, colour: str = "", *, bold: bool = False, italic: bool = False) -> str:
    """Run properties; `size` in half points."""
    return "".join((
        "<w:b/><w:bCs/>" if bold else "", "<w:i/><w:iCs/>" if italic else "",
        f'<w:color w:val="{colour}"/>' if colour else "",
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "",
    ))  # fmt: skip


def _style(name: str, paragraph: str, run: str, *, kind: str = "paragraph", based: str = "Normal",
           following: str = "", extra: str = "") -> str:  # fmt: skip
    own = "".join(word[0].upper() + word[1:] for word in name.split())
    custom = "" if name in _BUILT_IN else ' w:customStyle="1"'
    default = ' w:default="1"' if name in ("Normal", "Default Paragraph Font", "Normal Table") else ""
    parent = "" if default else f'<w:basedOn w:val="{based}"/>'
    after = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="{kind}"{default}{custom} w:styleId="{own}"><w:name w:val="{name}"/>'
        f'{parent}{after}<w:uiPriority w:val="1"/><w:qFormat/>'
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + f"{extra}</w:style>"
    )  # fmt: skip


def _line(side: str, colour: str, size: int = 4) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'


def _shade(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


def _paragraph_styles() -> list[str]:
    level = '<w:outlineLvl w:val="{}"/>'
    banner = f'<w:pBdr>{_line("left", ORANGE, 18)}</w:pBdr>{_shade(AMBER)}'
    return [
        _style("Normal", _gap(0, 60, 248), _type(18, TEXT)),
        _style("Title", _NEXT + _gap(0, 40), _type(36, ACCENT, bold=True), following="Subtitle"),
        _style("Subtitle", _gap(0, 40), _type(18, MUTED), following="Normal"),
        _style("heading 1", _NEXT + _gap(160, 50) + level.format(0), _type(24, ACCENT, bold=True),
               following="Normal"),
        _style("heading 2", _NEXT + _gap(160, 60) + level.format(1), _type(20, TEXT, bold=True),
               following="Normal"),
        _style("heading 3", _NEXT + _gap(120, 40) + level.format(2), _type(18, MUTED, bold=True),
               following="Normal"),
        _style("caption", "<w:keepLines/>" + _gap(100, 50), _type(16, TEXT, bold=True), following="Normal"),
        _style("Picture", "<w:keepNext/>" + _gap(80, 0), ""),
        _style("Remark", "<w:keepLines/>" + _gap(20, 20), _type(15, MUTED)),
        _style("Banner", banner + _gap(0, 60) + '<w:ind w:left="60"/>', _type(17, TEXT, bold=True)),
        _style("Table Text", _gap(0, 0, 240), _type(16)),
        _style("Table Number", '<w:jc w:val="right"/>', "", based="TableText"),
        _style("Table Head", "<w:keepNext/>", _type(bold=True), based="TableText"),
        _style("Table Head Number", '<w:jc w:val="right"/>', "", based="TableHead"),
        _style("Table Group", _NEXT + _gap(60, 0), _type(colour=ACCENT, bold=True), based="TableText"),
        _style("TOC Heading", _NEXT + _gap(160, 60), _type(20, TEXT, bold=True), following="Normal"),
        _style("toc 1", _gap(0, 20), _type(18)),
        _style("toc 2", _gap(0, 10) + '<w:ind w:left="280"/>', _type(16)),
        _style("header", _gap(0, 40), _type(14, MUTED)),
        _style("footer", _gap(0, 0), _type(14, MUTED)),
        _style("Designation", _gap(0, 20), _type(13, MUTED)),
        _style("footnote text", _gap(0, 0), _type(14, MUTED)),
    ]  # fmt: skip


def _character_styles() -> list[str]:
    face = "Default Paragraph Font"
    make = {"kind": "character", "based": "DefaultParagraphFont"}
    link = f'<w:color w:val="{ACCENT}"/><w:u w:val="single"/>'
    return [
        _style(face, "", "", kind="character"),
        _style("Hyperlink", "", link, **make),
        _style("footnote reference", "", "", **make),
        _style("Not known", "", _type(colour=MUTED, italic=True), **make),
        _style("Strong", "", _type(bold=True), **make),
        _style("Health green", "", _type(colour=GREEN, bold=True), **make),
        _style("Health amber", "", _type(colour=ORANGE, bold=True), **make),
        _style("Health red", "", _type(colour=RED, bold=True), **make),
    ]


def _table_styles() -> list[str]:
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 15), ("left", 80), ("bottom", 15), ("right", 80))
    )
    start, room = '<w:tblInd w:w="0" w:type="dxa"/>', f"<w:tblCellMar>{margins}</w:tblCellMar>"
    plain = f"<w:tblPr>{start}{room}</w:tblPr>"
    rules = f'{_line("bottom", BORDER)}{_line("insideH", BORDER)}'
    # The room stands in each style: not every program takes it over from the one that they are based on.
    ruled = f"<w:tblPr>{start}<w:tblBorders>{rules}</w:tblBorders>{room}</w:tblPr>"
    head = (
        '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr>'
        f'<w:tcBorders>{_line("top", ACCENT, 8)}{_line("bottom", MUTED)}</w:tcBorders>'
        f'{_shade(SURFACE)}<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )
    return [
        _style("Normal Table", "", "", kind="table", extra=plain),
        _style("Summary Table", "", "", kind="table", based="NormalTable", extra=ruled + head),
        _style("Summary Facts", "", "", kind="table", based="NormalTable", extra=ruled),
    ]


def styles() -> str:
    """The part with every style that the renderer names."""
    fonts = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
    language = '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="18"/><w:szCs w:val="18"/>{language}</w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    found = "".join((*_paragraph_styles(), *_character_styles(), *_table_styles()))
    return f'{_HEAD}<w:styles xmlns:w="{W}">{defaults}{found}</w:styles>'


def _sample(style: str, text: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def document() -> str:
    """A page that shows the styles; documents replace it and keep the paper, margins, header and footer."""
    shown = (
        ("Title", "Title"), ("Subtitle", "Subtitle"), ("Banner", "Banner"), ("TOCHeading", "TOC Heading"),
        ("Toc1", "TOC 1"), ("Toc2", "TOC 2"), ("Heading1", "Heading 1"), ("Normal", "Normal"),
        ("Heading2", "Heading 2"), ("Heading3", "Heading 3"), ("Caption", "Caption"),
        ("TableText", "Table Text"), ("TableNumber", "Table Number"), ("TableHead", "Table Head"),
        ("TableHeadNumber", "Table Head Number"), ("TableGroup", "Table Group"), ("Remark", "Remark"),
        ("Designation", "Designation"), ("FootnoteText", "Footnote Text"),
    )  # fmt: skip
    kinds = "".join(
        f'<w:{part}Reference w:type="{kind}" r:id="{part}-{kind}"/>'
        for part in ("header", "footer") for kind in ("default", "first")
    )  # fmt: skip
    page = (
        f'<w:sectPr>{kinds}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="980" w:right="1020" '
        'w:bottom="840" w:left="1020" w:header="500" w:footer="420" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )
    body = "".join(_sample(style, text) for style, text in shown)
    return f'{_HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}{page}</w:body></w:document>'


def _footnotes() -> str:
    marks = (("separator", -1), ("continuationSeparator", 0))
    notes = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for kind, number in marks
    )
    return f'{_HEAD}<w:footnotes xmlns:w="{W}" xmlns:r="{R}">{notes}</w:footnotes>'


def _settings() -> str:
    return (
        f'{_HEAD}<w:settings xmlns:w="{W}"><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/>'
        '</w:footnotePr><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-GB"/></w:settings>'
    )


def _edge(part: str) -> str:
    tag = {"header": "hdr", "footer": "ftr"}[part]
    style = part.capitalize()
    line = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'
    return f'{_HEAD}<w:{tag} xmlns:w="{W}" xmlns:r="{R}">{line}</w:{tag}>'


def _relations(rows: list[tuple[str, str, str]]) -> str:
    listed = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{to}"/>' for name, kind, to in rows)
    return f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{listed}</Relationships>'


def parts() -> dict[str, str]:
    """Every part of the file by its name."""
    edges = [(part, kind) for part in ("header", "footer") for kind in ("default", "first")]
    own = [("styles", "styles"), ("settings", "settings"), ("footnotes", "footnotes")]
    rows = [(name, f"{R}/{kind}", f"{name}.xml") for name, kind in own]
    rows += [(f"{part}-{kind}", f"{R}/{part}", f"{part}-{kind}.xml") for part, kind in edges]
    kinds = {"document": "document.main", **dict(own)} | {f"{part}-{kind}": part for part, kind in edges}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="'
        'application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": _relations([("main", f"{R}/officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": _relations(rows),
        "word/document.xml": document(),
        "word/styles.xml": styles(),
        "word/settings.xml": _settings(),
        "word/footnotes.xml": _footnotes(),
        **{f"word/{part}-{kind}.xml": _edge(part) for part, kind in edges},
    }


def build(target: Path = TARGET) -> None:
    """Nothing; `target` is the template."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts().items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    build()
