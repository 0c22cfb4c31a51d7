"""Texts from the data as people read them: never as Markdown, and links only to pages on the web."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from portfolio.numbers import counted as counted

# Streamlit reads these as Markdown, as mathematics or as a directive such as :red[...].
_SPECIAL = re.compile(r"([\\`*_\[\]<>$~|]|:(?=\w))")
_LIST_START = re.compile(r"^([-+#]|\d+[.)])(?=\s|$)")
_SCHEMES = ("http", "https")


def literal(text: str) -> str:
    """A text for a Markdown element that shows it as it is written, on one line."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LIST_START.sub(lambda start: f"{start[1][:-1]}\\{start[1][-1]}", line)


def site(url: str) -> str:
    """The name of the site that an address leads to, without "www."; the address itself if it has none."""
    return urlsplit(url).netloc.removeprefix("www.") or url


def is_web(url: str) -> bool:
    """Whether an address leads to a page on the web, so that it may be a link."""
    parts = urlsplit(url)
    return parts.scheme in _SCHEMES and bool(parts.netloc)


def web_link(url: str, title: str | None) -> str:
    """A source as a Markdown link under its title, or under its site's name where it prints none."""
    name = literal(title or site(url))
    if not is_web(url):
        return name
    return f"[{name}]({quote(url, safe=':/?#@!$&*+,;=%~-._')})"


def listed(names: list[str], most: int = 6) -> str:
    """Names in a sentence, for example "A, B and 3 more"."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def mid_sentence(label: str) -> str:
    """A label inside a sentence: "Total budget" becomes "total budget", "EU contribution" stays."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
