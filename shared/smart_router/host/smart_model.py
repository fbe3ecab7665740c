"""Smart as Open WebUI's own model row: what lets plain users see it, and who may use it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from ..registry.defaults import VARIANTS
from .open_webui import FILTER_ID, PIPE_ID, SMART_ID, OpenWebUI

Access = Literal["everyone", "admins", "groups"]

DESCRIPTION = "Picks the right model for each message, and says which one answered."
#: Of the variants that have a default of their own.
_DESCRIPTIONS = {
    "fast": "Picks the quickest model that is good enough for each message, and says which one answered.",
    "quality": "Picks the best model for each message, whatever it costs, and says which one answered.",
    "local": "Picks the right local model for each message, and says which one answered.",
}


def grants(access: Access, group_ids: list[str]) -> list[dict[str, str]]:
    """Open WebUI's access grants for a choice. No grant at all means administrators only."""
    if access == "everyone":
        return [{"principal_type": "user", "principal_id": "*", "permission": "read"}]
    if access == "groups":
        return [{"principal_type": "group", "principal_id": id, "permission": "read"} for id in group_ids]
    return []


async def read_access(host: OpenWebUI) -> dict[str, Any]:
    """Who may use Smart now, and every group there is to choose from."""
    row = await host.seam.models.get_model_by_id(SMART_ID)
    held = [(g.principal_type, g.principal_id) for g in row.access_grants] if row else []
    chosen = {id for kind, id in held if kind == "group"}
    access: Access = "everyone" if ("user", "*") in held else "groups" if chosen else "admins"
    groups = [
        {"id": group.id, "name": group.name, "selected": group.id in chosen}
        for group in await host.seam.groups.get_all_groups()
    ]
    return {"access": access, "groups": groups, "model_exists": row is not None}


async def write_access(
    host: OpenWebUI, access: Access, group_ids: list[str], models: Mapping[str, str], user: Any
) -> dict[str, Any]:
    """Set who may use the smart models (`models`: names by id, Smart among them).

    Grants that are no choice of ours are kept: to single users, or to write. The row of a variant that is
    off now is written as well: it comes back with it.
    """
    wanted = grants(access, group_ids)
    for id in {*models, *(f"{PIPE_ID}.{name}" for name in VARIANTS)}:
        row = await host.seam.models.get_model_by_id(id)
        if row is None:
            if id in models:
                await _insert(host, id, models[id], wanted, user.id)
        else:
            await _attach_filter(host, row)
            others = [
                grant
                for grant in _grants_of(row)
                if grant["permission"] != "read"
                or (grant["principal_type"] == "user" and grant["principal_id"] != "*")
            ]
            await host.seam.access_grants.set_access_grants("model", id, [*wanted, *others])
    await host.refresh_models(user)
    return await read_access(host)


async def offer_variants(host: OpenWebUI, models: Mapping[str, str]) -> None:
    """Whoever may use Smart may use a variant that the registry has just turned on."""
    smart = await host.seam.models.get_model_by_id(SMART_ID)
    if smart is None:
        return
    missing = [id for id in models if await host.seam.models.get_model_by_id(id) is None]
    for id in missing:
        await _insert(host, id, models[id], _grants_of(smart), smart.user_id)
    if missing:
        await host.refresh_models(await host.user(smart.user_id))


async def _insert(
    host: OpenWebUI, id: str, name: str, access_grants: list[dict[str, str]], user_id: str
) -> None:
    form = host.seam.model_form(
        id=id,
        base_model_id=None,
        name=name,
        meta={
            "description": _DESCRIPTIONS.get(id.rpartition(".")[2], DESCRIPTION),
            "filterIds": [FILTER_ID],
        },
        params={},
        access_grants=access_grants,
    )
    await host.seam.models.insert_new_model(form, user_id)


async def _attach_filter(host: OpenWebUI, row: Any) -> None:
    """Open WebUI's own editor makes the row too, without the switch "Local only"."""
    meta = row.meta.model_dump()
    filters = meta.get("filterIds") or []
    if FILTER_ID in filters:
        return
    form = host.seam.model_form(
        id=row.id,
        base_model_id=row.base_model_id,
        name=row.name,
        meta={**meta, "filterIds": [*filters, FILTER_ID]},
        params=row.params.model_dump(),
        access_grants=_grants_of(row),
        is_active=row.is_active,
    )
    await host.seam.models.update_model_by_id(row.id, form)


def _grants_of(row: Any) -> list[dict[str, str]]:
    return [
        {"principal_type": g.principal_type, "principal_id": g.principal_id, "permission": g.permission}
        for g in row.access_grants
    ]
