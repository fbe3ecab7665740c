"""Putting Smart Router into a running Open WebUI, renewing it there, and taking it out.

All of it through Open WebUI's own API, one function at a time: `functions/sync` would delete every
function that is not ours. Each step says what it did; doing it twice does nothing the second time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from .access import Access, grants, in_words, merged, same
from .bundle import Function
from .carrier import CARRIER_ID
from .client import NotInstalled, OpenWebUI
from .errors import ApiError, CommandError, UsageError

SMART_ID = "smart_router.auto"
FILTER_ID = "smart_router_filter"
DESCRIPTION = "Picks the right model for each message, and says which one answered."

#: What to take out, in this order: the events function hears of the others going and clears up after
#: them, and it needs the library for that.
_OURS = {
    "smart_router": "pipe",
    "smart_router_filter": "filter",
    "smart_router_events": "event",
    CARRIER_ID: "action",
}

#: How long we wait for every worker to notice a new library: the loader looks every 10 s.
PATIENCE_S = 20

Say = Callable[[str], None]
Ask = Callable[[list[dict[str, Any]]], Access]


def install(
    client: OpenWebUI,
    functions: Sequence[Function],
    *,
    say: Say,
    access: Access | None = None,
    ask: Ask | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> dict[str, Any]:
    """Add what is missing, renew what is old, switch it on, and give access to Smart.

    `access` None leaves the present access alone; where there is none yet, `ask` is called with
    Open WebUI's groups before anything is changed. Returns what `--json` prints.
    """
    open_webui = client.version()
    client.require_admin()
    say(f"Open WebUI {open_webui} at {client.url}")
    present = client.functions()
    _refuse_strangers(functions, present)
    groups = client.groups()
    rows = client.model_rows()
    row = rows.get(SMART_ID)
    if access is None and row is None:
        if ask is None:
            raise UsageError(
                "say who may use Smart: --access everyone, --access admins or --access group:NAME"
            )
        access = ask(groups)
    wanted = None if access is None else grants(access, groups)

    for function in functions:
        _put(client, function, present.get(function.id), say)
    for function in functions:
        _switch(client, function, say)
    row = _smart_row(client, row, wanted, say)
    if wanted is not None:
        _variants(client, rows, wanted, say)
    words = in_words(row["access_grants"], groups)
    say(f"Smart may be used by {words}")
    if words != "administrators only":
        say("  (each user is only ever sent to models that they may use themselves)")
    if not row.get("is_active", True):
        say("  Smart is switched off in Admin Panel → Settings → Models; nobody sees it until it is on")
    elif SMART_ID not in client.models(refresh=True):
        raise CommandError(
            "Open WebUI does not list Smart although its function is on; Open WebUI's log says why"
        )
    else:
        say("Open WebUI lists Smart in its model selector")
    health = _verify(client, functions[0].version, say, pause)
    say(f"Done. The page: {client.url}/admin/observability")
    return {
        "url": client.url,
        "open_webui": open_webui,
        "version": functions[0].version,
        "access": words,
        "health": health,
    }


def upgrade(
    client: OpenWebUI,
    functions: Sequence[Function],
    *,
    say: Say,
    pause: Callable[[float], None] = time.sleep,
) -> dict[str, Any]:
    """Replace the functions that are there, in place. Switches, valves, names and access stay as they are."""
    open_webui = client.version()
    client.require_admin()
    say(f"Open WebUI {open_webui} at {client.url}")
    present = client.functions()
    _refuse_strangers(functions, present)
    if CARRIER_ID not in present:
        raise NotInstalled(f"Smart Router is not in Open WebUI at {client.url}; run `smart-router install`")
    changed = []
    for function in functions:
        if function.id not in present:
            say(f"{function.id}: not installed, left out")
        elif _put(client, function, present[function.id], say):
            changed.append(function.id)
    health = None
    if present.get("smart_router", {}).get("is_active"):
        health = _verify(client, functions[0].version, say, pause)
    else:
        say("Smart Router is switched off there; it stays so")
    return {
        "url": client.url,
        "open_webui": open_webui,
        "version": functions[0].version,
        "changed": changed,
        "health": health,
    }


def uninstall(client: OpenWebUI, *, say: Say, purge: bool = False) -> dict[str, Any]:
    """Switch off and delete the functions and Smart's model row; the records stay unless `purge`."""
    open_webui = client.version()
    client.require_admin()
    say(f"Open WebUI {open_webui} at {client.url}")
    present = client.functions()
    if purge:
        # First, and alone: only a running Smart Router can reach its tables.
        _purge(client, say)
    removed = []
    for id, type in _OURS.items():
        if present.get(id, {}).get("type") != type:
            continue
        if present[id]["is_active"]:
            client.toggle_function(id)
        client.delete_function(id)
        removed.append(id)
        say(f"{id}: switched off and deleted" if present[id]["is_active"] else f"{id}: deleted")
    for id in sorted(client.model_rows()):
        if id.startswith("smart_router."):
            client.delete_model_row(id)
            removed.append(id)
            say(f"model {id}: name and access deleted")
    if removed:
        client.models(refresh=True)
        say("Done." if purge else "Done. The records and the registry are still in Open WebUI's database.")
    else:
        say("Smart Router is already gone")
    return {"url": client.url, "open_webui": open_webui, "removed": removed, "purged": purge}


def _refuse_strangers(functions: Sequence[Function], present: dict[str, dict[str, Any]]) -> None:
    """Never write over a function of somebody else that happens to have our id."""
    for function in functions:
        there = present.get(function.id)
        if there is not None and there["type"] != function.type:
            raise CommandError(
                f"Open WebUI already has a function {function.id!r}, and it is not ours "
                f"(a {there['type']}, named {there['name']!r}); delete it first"
            )


def _put(client: OpenWebUI, function: Function, listed: dict[str, Any] | None, say: Say) -> bool:
    """Create or renew one function; whether anything was changed."""
    if listed is None:
        client.create_function(function)
        say(f"{function.id}: added, version {function.version}")
        return True
    there = client.function(function.id)
    if there["content"] == function.content:
        say(f"{function.id}: already at version {function.version}")
        return False
    before = (there["meta"].get("manifest") or {}).get("version", "?")
    client.update_function(
        function.id,
        name=there["name"],
        content=function.content,
        meta=there["meta"],
        commit_message=f"Smart Router {function.version}",
    )
    if before == function.version:
        say(f"{function.id}: another build of version {before} put in its place")
    else:
        say(f"{function.id}: version {before} replaced by {function.version}")
    return True


def _switch(client: OpenWebUI, function: Function, say: Say) -> None:
    """Bring a function's switch to where it belongs; never a global one."""
    active = client.functions()[function.id]["is_active"]
    if active == function.is_active:
        if active:
            say(f"{function.id}: already switched on")
        return
    if client.toggle_function(function.id) != function.is_active:
        raise CommandError(f"{function.id}: somebody else switched it at the same time; run this again")
    say(f"{function.id}: switched {'on' if function.is_active else 'off (it is read, never run)'}")


def _smart_row(
    client: OpenWebUI, row: dict[str, Any] | None, wanted: list[dict[str, str]] | None, say: Say
) -> dict[str, Any]:
    """Smart's own row: without one, plain users neither see nor may call it."""
    if row is None:
        row = client.create_model_row(
            {
                "id": SMART_ID,
                "base_model_id": None,
                "name": "Smart",
                "meta": {"description": DESCRIPTION, "filterIds": [FILTER_ID]},
                "params": {},
                "access_grants": wanted or [],
            }
        )
        say("model Smart: added, with the switch “Local only”")
        return row
    filters = row["meta"].get("filterIds") or []
    if FILTER_ID not in filters:
        form = {key: row[key] for key in ("id", "base_model_id", "name", "params")}
        meta = {**row["meta"], "filterIds": [*filters, FILTER_ID]}
        grants_before = row["access_grants"]
        row = client.update_model_row({**form, "meta": meta, "access_grants": grants_before})
        say("model Smart: switch “Local only” attached")
    else:
        say("model Smart: already there, with the switch “Local only”")
    return row if wanted is None else _granted(client, row, "Smart", wanted, say)


def _variants(
    client: OpenWebUI, rows: dict[str, dict[str, Any]], wanted: list[dict[str, str]], say: Say
) -> None:
    """Whoever may use Smart may use its variants, and nobody else: also those that are off for now."""
    for id, row in sorted(rows.items()):
        if id.startswith("smart_router.") and id != SMART_ID:
            _granted(client, row, row["name"], wanted, say)


def _granted(
    client: OpenWebUI, row: dict[str, Any], name: str, wanted: list[dict[str, str]], say: Say
) -> dict[str, Any]:
    target = merged(wanted, row["access_grants"])
    if same(target, row["access_grants"]):
        return row
    say(f"model {name}: access changed")
    return client.set_model_grants(row["id"], target)


def _verify(client: OpenWebUI, version: str, say: Say, pause: Callable[[float], None]) -> dict[str, Any]:
    """Ask the running Smart Router how it is, until it is the version that was just put there."""
    health: dict[str, Any] = {}
    refusal: CommandError | None = None
    for attempt in range(PATIENCE_S):
        if attempt:
            pause(1.0)
        try:
            health = client.ours("GET", "/health")
            refusal = None
        except (NotInstalled, ApiError) as error:
            refusal = error
            continue
        if health.get("version") == version:
            break
    if refusal is not None:
        why = "" if isinstance(refusal, NotInstalled) else f" ({refusal})"
        raise CommandError(
            f"the functions are in place, but Smart Router does not answer{why}; Open WebUI's log says why"
        )
    if health.get("version") != version:
        say(
            f"Smart Router {health.get('version')} still answers; each worker changes over with its next "
            "chat, unless a smart_router package is installed there, which wins over the functions"
        )
    say(f"Smart Router {health.get('version')} answers: {health.get('status')}")
    for warning in health.get("warnings") or []:
        say(f"  {warning}")
    return health


def _purge(client: OpenWebUI, say: Say) -> None:
    try:
        client.ours("DELETE", "/records", params={"confirm": "purge"})
    except NotInstalled:
        raise CommandError(
            "records can only be deleted while Smart Router is switched on; nothing was changed. "
            "Switch it on with `smart-router install`, or uninstall without --purge"
        ) from None
    say("records and registry: deleted, with their tables")
