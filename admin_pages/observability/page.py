"""The page itself: who may see it, and what it may do in a browser."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import quote

from fastapi import Depends, HTTPException, Request
from fastapi.routing import APIRoute
from starlette.responses import HTMLResponse, RedirectResponse, Response

from .dependencies import Dependencies, Page

PATH = "/admin/observability"

_SCRIPT = re.compile(r"<script(?:\s[^>]*)?>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style(?:\s[^>]*)?>(.*?)</style>", re.DOTALL | re.IGNORECASE)

_NOT_FOR_YOU = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Smart Router</title><style>
:root { color-scheme: light dark }
body { font: 14px/1.6 system-ui, sans-serif; display: grid; place-content: center; min-height: 90vh;
  margin: 0 1.5rem; text-align: center; color: light-dark(#333, #ccc); background: light-dark(#fff, #171717) }
h1 { font-size: 1rem; font-weight: 500; margin: 0; color: light-dark(#171717, #eee) }
p { margin: .5rem 0 0 }
a { color: inherit }
</style></head><body><h1>This page is for administrators</h1>
<p>Your account may use Smart, but not look into what it did.</p>
<p><a href="/">Back to your chats</a></p></body></html>
"""


def page_route(base: type[APIRoute]) -> type[APIRoute]:
    """`base` for a page that people open: a stranger is sent to sign in, a plain user gets words."""

    class PageRoute(base):  # type: ignore[misc, valid-type]
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handle: Callable[[Request], Coroutine[Any, Any, Response]] = super().get_route_handler()

            async def answer(request: Request) -> Response:
                try:
                    return await handle(request)
                except HTTPException as refusal:
                    if refusal.status_code == 401:
                        # With the query: it is the view that somebody shared.
                        wanted = PATH + (f"?{request.url.query}" if request.url.query else "")
                        return RedirectResponse(f"/auth?redirect={quote(wanted, safe='')}", status_code=302)
                    if refusal.status_code == 403:
                        return _html(_NOT_FOR_YOU.encode(), Page(_NOT_FOR_YOU.encode()), status=403)
                    raise

            return answer

    return PageRoute


def page_handler(dependencies: Dependencies) -> Callable[..., Any]:
    """The page for administrators. Browsers may keep it, but ask each time whether it is still the one."""

    async def page(request: Request, _: Any = Depends(dependencies.admin)) -> Response:
        found = dependencies.page()
        tag = f'"{hashlib.sha256(found.html).hexdigest()[:32]}"'
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers={"ETag": tag, **_HEADERS})
        return _html(found.html, found, tag=tag)

    return page


async def to_page(request: Request) -> Response:
    """From the address with a slash at its end to the page's own, with the query."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(PATH + query, status_code=307)


_HEADERS = {
    # An upgrade must be seen at once, and nobody else's browser or proxy may keep this page.
    "Cache-Control": "private, no-cache",
    "Vary": "Cookie, Authorization",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def _html(content: bytes, page: Page, *, status: int = 200, tag: str | None = None) -> Response:
    headers = {**_HEADERS, "Content-Security-Policy": content_security_policy(page)}
    if tag is not None:
        headers["ETag"] = tag
    return HTMLResponse(content, status_code=status, headers=headers)


def content_security_policy(page: Page) -> str:
    """The policy that the build worked out; without one, the same worked out here.

    Nothing but the scripts and styles in the page itself runs, and it speaks to its own server only.
    """
    if policy := page.csp.get("policy"):
        return str(policy)
    html = page.html.decode("utf-8", "replace")
    scripts = page.csp.get("script") or [_hash(text) for text in _SCRIPT.findall(html)]
    styles = page.csp.get("style") or [_hash(text) for text in _STYLE.findall(html)]
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {_quoted(scripts) or _NONE}",
            f"style-src 'self' {_quoted(styles)}".strip(),
            "connect-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'self'",
        ]
    )


_NONE = "'none'"


def _quoted(hashes: Any) -> str:
    return " ".join(f"'{value}'" for value in hashes)


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
