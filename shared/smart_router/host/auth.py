"""Who may call our routes, by Open WebUI's own accounts."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import Depends, HTTPException, Request

from .seam import Seam


@dataclass(frozen=True)
class Guards:
    """FastAPI dependencies; each yields Open WebUI's user row or raises 401 or 403."""

    user: Callable[..., Any]
    admin: Callable[..., Any]
    admin_bearer: Callable[..., Any]


def guards(seam: Seam) -> Guards:
    """Open WebUI answers 401 to a plain user as well; a page must tell "sign in" from "not for you"."""
    verified: Any = Depends(seam.get_verified_user)

    async def user(who: Any = verified) -> Any:
        return who

    async def admin(who: Any = verified) -> Any:
        if who.role != "admin":
            raise HTTPException(403, "Only administrators may do this.")
        return who

    return Guards(user=user, admin=admin, admin_bearer=_bearer(admin))


def _bearer(guard: Callable[..., Any]) -> Callable[..., Any]:
    async def bearer(request: Request, who: Any = Depends(guard)) -> Any:
        _demand_bearer(request)
        return who

    return bearer


def holds(request: Request, token: str) -> bool:
    """Whether the Authorization header carries this very token; an empty one nobody holds."""
    # Compared in the same time whatever was sent: how far a guess was right must not show.
    # A header's bytes are read as Latin-1; as UTF-8 is how they were sent.
    return bool(token) and hmac.compare_digest(_bearer_of(request).encode("latin-1"), token.encode())


def _bearer_of(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _demand_bearer(request: Request) -> None:
    # The session cookie travels with requests that another site starts; this header does not.
    # An empty token does not count: Open WebUI would look for the cookie then.
    if not _bearer_of(request):
        raise HTTPException(401, "Send the token in the Authorization header: Bearer …")
