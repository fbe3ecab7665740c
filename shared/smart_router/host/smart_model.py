"""Smart as Open WebUI's own model row: what lets plain users see it, and who may use it."""

from __future__ import annotations

from typing import Any, Literal

from .open_webui import FILTER_ID, SMART_ID, OpenWebUI

Access = Literal["everyone", "admins", "groups"]

DESCRIPTION = "Picks the right model for each message, and says which one answered."


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


async def write_access(host: OpenWebUI, access: Access, group_ids: list[str], user: Any) -> dict[str, Any]:
    """Set who may use Smart. Grants that are no choice of ours are kept: to single users, or to write."""
    row = await host.seam.models.get_model_by_id(SMART_ID)
    wanted = grants(access, group_ids)
    if row is None:
        form = host.seam.model_form(
            id=SMART_ID,
            base_model_id=None,
            name="Smart",
            meta={"description": DESCRIPTION, "filterIds": [FILTER_ID]},
            params={},
            access_grants=wanted,
        )
        await host.seam.models.insert_new_model(form, user.id)
    else:
        others = [
            {"principal_type": g.principal_type, "principal_id": g.principal_id, "permission": g.permission}
            for g in row.access_grants
            if g.permission != "read" or (g.principal_type == "user" and g.principal_id != "*")
        ]
        await host.seam.access_grants.set_access_grants("model", SMART_ID, [*wanted, *others])
    await host.refresh_models(user)
    return await read_access(host)
