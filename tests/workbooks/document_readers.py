"""Documents opened again: every format read by software that had no part in writing it."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PATIENCE = 600


def plain(text: str) -> str:
    """A text with its white space evened out; soft hyphens and joiners are no part of it."""
    return " ".join(re.sub("[\u00ad\u200b\u2060]", "", text).split())


def packed(text: str) -> str:
    """A text without white space: lines break inside a cell wherever they have to."""
    return "".join(plain(text).split())


def workbook_figures(content: bytes) -> dict[str, Any]:
    """Value by label and heading of the sheet Key figures, formulas as their kept results."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, read_only=True)
    return _figures(book["Key figures"].iter_rows(values_only=True, max_col=5))


def _figures(rows: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    heading = ""
    for label, value, *_ in rows:
        if label and value is None:
            heading = str(label)
        elif label:
            found[f"{heading}|{label}"] = value
    return found


def csv_rows(content: bytes, table: str) -> list[dict[str, str]]:
    """The rows of one table of the zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read(f"{table}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def zip_text(content: bytes) -> str:
    """Everything that the zip says."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode("utf-8-sig") for name in archive.namelist())


def word_text(content: bytes) -> str:
    """The text of the body of a Word document, cell by cell."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    paragraphs = ("".join(text.text or "" for text in each.iter(f"{_W}t")) for each in body.iter(f"{_W}p"))
    return "\n".join(paragraphs)


def pdf_pages(content: bytes) -> list[str]:
    """The text of each page, as Poppler reads it; for tests that are marked with it."""
    program = shutil.which("pdftotext")
    assert program
    call = [program, "-enc", "UTF-8", "-", "-"]
    text = subprocess.run(call, input=content, check=True, capture_output=True).stdout.decode()
    return text.split("\f")[:-1]


def converted(files: list[Path], kind: str, folder: Path) -> dict[str, Path]:
    """What LibreOffice makes of all the files in one call, by their stems."""
    program = shutil.which("soffice")
    assert program
    folder.mkdir()
    own = f"-env:UserInstallation=file://{folder}/office"
    call = [program, own, "--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, files)]
    subprocess.run(call, check=True, capture_output=True, timeout=_PATIENCE)
    return {file.stem: folder / f"{file.stem}.{kind}" for file in files}
