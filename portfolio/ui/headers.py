"""Security headers of every response, the content security policy among them."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

INDEX_PAGE = Path(streamlit.__file__).parent / "static" / "index.html"
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
# The Host header comes from the client; anything but a plain host and port stays out of the policy.
_HOST = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?")

FIXED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def script_hashes(page: str) -> list[str]:
    """CSP sources for the scripts that stand inside an HTML page, in their order."""
    scripts = (match.encode() for match in _INLINE_SCRIPT.findall(page))
    return [f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" for script in scripts]


def security_policy(hashes: Iterable[str], host: str | None) -> str:
    """The content security policy: this server alone, and no code but the files it serves.

    `host` is the host and port that the browser asked for: older browsers do not count a websocket to it
    as 'self'.
    """
    sockets = [f"ws://{host}", f"wss://{host}"] if host and _HOST.fullmatch(host) else []
    directives = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *hashes],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'", *sockets],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


class SecurityHeaders:
    """ASGI middleware that sets the security headers on every HTTP response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.hashes = script_hashes(INDEX_PAGE.read_text(encoding="utf-8"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The wrapped application's answer, with the headers added."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = security_policy(self.hashes, Headers(scope=scope).get("host"))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update({"Content-Security-Policy": policy, **FIXED_HEADERS})
            await send(message)

        await self.app(scope, receive, send_with_headers)
