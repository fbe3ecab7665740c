"""The account that a person means by an e-mail address, a name or an id."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .client import OpenWebUI, Params
from .errors import ApiError, UsageError

#: So many of several are named.
_NAMED = 5


def user_ids(client: OpenWebUI, said: Iterable[str], span: Params) -> list[str]:
    """The id of each account that was said; the records' own ids where `span` has some of no account.

    An id wins over an e-mail address, and that over a name; case is ignored for both. Raises UsageError
    where none or several fit, NotAllowed where this account may not see the others.
    """
    try:
        accounts = client.get("/api/v1/users/all")["users"]
    except ApiError as error:
        if error.status in (401, 403):
            client.require_admin()
        raise
    found = [_user_id(name, accounts, lambda: _ids_in_records(client, span)) for name in said]
    return list(dict.fromkeys(found))


def _user_id(said: str, accounts: list[dict[str, Any]], others: Callable[[], set[str]]) -> str:
    if any(account["id"] == said for account in accounts):
        return said
    for key in ("email", "name"):
        fitting = [a for a in accounts if str(a.get(key) or "").casefold() == said.casefold()]
        if len(fitting) == 1:
            return str(fitting[0]["id"])
        if fitting:
            shown = ", ".join(f"{a['name']} <{a['email']}> ({a['id']})" for a in fitting[:_NAMED])
            more = f", and {len(fitting) - _NAMED} more" if len(fitting) > _NAMED else ""
            raise UsageError(f"--user {said}: {len(fitting)} accounts fit: {shown}{more}; pass an id")
    if said in others():
        return said
    raise UsageError(
        f"--user {said}: no account has this id, e-mail address or name, and no record of this range is of it"
    )


def _ids_in_records(client: OpenWebUI, span: Params) -> set[str]:
    """Users in the records of a range: not all have an account any more, simulated ones never had."""
    found = client.ours("GET", "/breakdown", params={**span, "group_by": "user"})
    return {item["group"] for item in found["items"] if item["group"]}
