"""Who may use Smart, as Open WebUI's own rows and grants."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from smart_router.host.open_webui import OpenWebUI
from smart_router.host.seam import NAMES, Seam
from smart_router.host.smart_model import offer_variants, write_access

SMART, FAST = "smart_router.auto", "smart_router.fast"
SOMEBODY = SimpleNamespace(id="root")


def grant(kind: str, id: str, permission: str = "read") -> Any:
    return SimpleNamespace(principal_type=kind, principal_id=id, permission=permission)


class Rows:
    """Open WebUI's model rows: what is inserted, and who holds a grant on each."""

    def __init__(self, **grants: list[Any]) -> None:
        self.grants = {f"smart_router.{name}": held for name, held in grants.items()}

    def host(self) -> OpenWebUI:
        async def all_models(request: Any, user: Any) -> list[Any]:
            return []

        async def groups() -> list[Any]:
            return []

        async def user(id: str) -> Any:
            return SOMEBODY

        names: dict[str, Any] = dict.fromkeys(NAMES)
        seam = replace(
            Seam(**names),
            models=SimpleNamespace(get_model_by_id=self.row, insert_new_model=self.insert),
            model_form=SimpleNamespace,
            access_grants=SimpleNamespace(set_access_grants=self.set),
            groups=SimpleNamespace(get_all_groups=groups),
            users=SimpleNamespace(get_user_by_id=user),
            get_all_models=all_models,
        )
        return OpenWebUI(SimpleNamespace(state=SimpleNamespace(MODELS={})), seam)

    async def row(self, id: str) -> Any:
        if id not in self.grants:
            return None
        meta = SimpleNamespace(model_dump=lambda: {"filterIds": ["smart_router_filter"]})
        return SimpleNamespace(id=id, user_id="root", meta=meta, access_grants=self.grants[id])

    async def insert(self, form: Any, user_id: str) -> None:
        await self.set("model", form.id, form.access_grants)

    async def set(self, kind: str, id: str, grants: list[dict[str, str]]) -> None:
        self.grants[id] = [SimpleNamespace(**one) for one in grants]

    def readers(self, id: str) -> set[tuple[str, str]]:
        return {(g.principal_type, g.principal_id) for g in self.grants[id] if g.permission == "read"}


async def test_a_variant_that_is_turned_on_again_is_for_whoever_may_use_smart_now() -> None:
    everyone = [grant("user", "*")]
    rows = Rows(auto=everyone, fast=everyone)
    # Access is taken away while the variant is off, and its row is still there.
    await write_access(rows.host(), "admins", [], {SMART: "Smart"}, SOMEBODY)
    await offer_variants(rows.host(), {SMART: "Smart", FAST: "Smart (fast)"})
    assert rows.readers(FAST) == rows.readers(SMART) == set()


async def test_only_rows_that_are_there_are_written_for_variants_that_are_off() -> None:
    rows = Rows()
    await write_access(rows.host(), "everyone", [], {SMART: "Smart"}, SOMEBODY)
    assert {id: rows.readers(id) for id in rows.grants} == {SMART: {("user", "*")}}


async def test_grants_to_single_users_and_to_write_stay() -> None:
    rows = Rows(auto=[grant("user", "ann"), grant("user", "*"), grant("group", "g1", "write")])
    await write_access(rows.host(), "groups", ["g2"], {SMART: "Smart"}, SOMEBODY)
    assert rows.readers(SMART) == {("group", "g2"), ("user", "ann")}
    assert any(g.permission == "write" for g in rows.grants[SMART])
