"""install, upgrade and uninstall, against an Open WebUI that keeps what it is told."""

from __future__ import annotations

import dataclasses
from typing import Any

import httpx
import pytest

from smart_router.cli.access import Access
from smart_router.cli.bundle import Function
from smart_router.cli.client import NotInstalled, OpenWebUI
from smart_router.cli.errors import ApiError, CommandError, NotAllowed, NotSignedIn, UsageError
from smart_router.cli.install import install, uninstall, upgrade

SMART = "smart_router.auto"
EVERYONE = Access("everyone")


class Spoken(list[str]):
    """What a command said, and how often it paused."""

    pauses = 0

    def pause(self, seconds: float) -> None:
        self.pauses += 1

    def heard(self, text: str) -> bool:
        return any(text in line for line in self)


def newer(functions: list[Function]) -> list[Function]:
    """The same release, one version on."""
    return [
        dataclasses.replace(
            f,
            content=f.content.replace("1.2.3", "1.3.0"),
            meta={**f.meta, "manifest": {**f.meta["manifest"], "version": "1.3.0"}},
        )
        for f in functions
    ]


def put(fake: Any, functions: list[Function], access: Access | None = EVERYONE, **kwargs: Any) -> Spoken:
    spoken = Spoken()
    install(fake.client(), functions, say=spoken.append, access=access, pause=spoken.pause, **kwargs)
    return spoken


def test_a_first_install_switches_on_all_but_the_carrier(fake: Any, functions: list[Function]) -> None:
    spoken = put(fake, functions)
    assert {id: f["is_active"] for id, f in fake.functions.items()} == {
        "smart_router_library": False,
        "smart_router": True,
        "smart_router_filter": True,
        "smart_router_events": True,
    }
    assert not any(f["is_global"] for f in fake.functions.values())
    assert next(iter(fake.functions)) == "smart_router_library"
    assert spoken.heard("Open WebUI lists Smart in its model selector")
    assert spoken.heard("Smart Router 1.2.3 answers: ok")


def test_the_row_gives_the_name_the_switch_and_the_access(fake: Any, functions: list[Function]) -> None:
    put(fake, functions, Access("group", "Staff"))
    row = fake.rows[SMART]
    assert row["base_model_id"] is None
    assert row["name"] == "Smart"
    assert row["meta"]["filterIds"] == ["smart_router_filter"]
    assert row["access_grants"] == [{"principal_type": "group", "principal_id": "g1", "permission": "read"}]


def test_the_access_is_that_of_the_variants_too(fake: Any, functions: list[Function]) -> None:
    put(fake, functions)
    fake.rows["smart_router.fast"] = {**fake.rows[SMART], "id": "smart_router.fast", "name": "Smart (fast)"}
    fake.rows["another"] = {**fake.rows[SMART], "id": "another"}
    put(fake, functions, None)
    assert fake.rows["smart_router.fast"]["access_grants"]
    spoken = put(fake, functions, Access("admins"))
    assert [fake.rows[id]["access_grants"] for id in (SMART, "smart_router.fast")] == [[], []]
    assert fake.rows["another"]["access_grants"]
    assert spoken.heard("model Smart (fast): access changed")


def test_a_second_install_says_already_and_changes_nothing(fake: Any, functions: list[Function]) -> None:
    put(fake, functions)
    fake.calls.clear()
    spoken = put(fake, functions, None)
    assert fake.changes == []
    assert sum("already" in line for line in spoken) == 8
    assert spoken.heard("Smart may be used by everyone")


def test_who_may_use_smart_is_asked_once_and_before_any_change(fake: Any, functions: list[Function]) -> None:
    asked: list[list[dict[str, Any]]] = []

    def ask(groups: list[dict[str, Any]]) -> Access:
        asked.append(groups)
        assert fake.changes == []
        return Access("admins")

    put(fake, functions, None, ask=ask)
    put(fake, functions, None, ask=ask)
    assert asked == [fake.groups]
    assert fake.rows[SMART]["access_grants"] == []


def test_without_anyone_to_ask_it_says_what_to_pass(fake: Any, functions: list[Function]) -> None:
    with pytest.raises(UsageError, match="--access everyone, --access admins or --access group:NAME"):
        put(fake, functions, None)
    assert fake.changes == []


def test_an_unknown_group_stops_before_any_change(fake: Any, functions: list[Function]) -> None:
    with pytest.raises(UsageError, match="no group 'Nobody'"):
        put(fake, functions, Access("group", "Nobody"))
    fake.groups = []
    with pytest.raises(UsageError, match="it has no groups yet"):
        put(fake, functions, Access("group", "Nobody"))
    assert fake.changes == []


def test_access_changes_keep_what_single_users_were_given(fake: Any, functions: list[Function]) -> None:
    put(fake, functions)
    anna = {"principal_type": "user", "principal_id": "anna", "permission": "read"}
    fake.rows[SMART]["access_grants"].append(anna)
    spoken = put(fake, functions, Access("admins"))
    assert fake.rows[SMART]["access_grants"] == [anna]
    assert spoken.heard("administrators and 1 single user")


def test_a_row_made_elsewhere_gets_the_switch_and_keeps_the_rest(
    fake: Any, functions: list[Function]
) -> None:
    fake.rows[SMART] = {
        "id": SMART, "base_model_id": None, "name": "Clever", "params": {"system": "Be kind."},
        "meta": {"description": "Ours", "filterIds": ["other"]}, "access_grants": [], "is_active": True,
    }  # fmt: skip
    put(fake, functions, None)
    row = fake.rows[SMART]
    assert row["name"] == "Clever"
    assert row["params"] == {"system": "Be kind."}
    assert row["meta"] == {"description": "Ours", "filterIds": ["other", "smart_router_filter"]}


def test_a_model_that_the_administrator_hid_stays_hidden(fake: Any, functions: list[Function]) -> None:
    put(fake, functions)
    fake.rows[SMART]["is_active"] = False
    spoken = put(fake, functions, None)
    assert spoken.heard("switched off in Admin Panel")
    assert fake.rows[SMART]["is_active"] is False


def test_a_carrier_that_somebody_switched_on_is_switched_off(fake: Any, functions: list[Function]) -> None:
    put(fake, functions)
    fake.functions["smart_router_library"]["is_active"] = True
    put(fake, functions, None)
    assert fake.functions["smart_router_library"]["is_active"] is False


def test_a_function_that_open_webui_switched_off_is_on_again(fake: Any, functions: list[Function]) -> None:
    put(fake, functions)
    fake.functions["smart_router"]["is_active"] = False
    assert put(fake, functions, None).heard("smart_router: switched on")


def test_installing_over_an_older_version_renews_it(fake: Any, functions: list[Function]) -> None:
    put(fake, functions)
    spoken = put(fake, newer(functions), None)
    assert spoken.heard("smart_router: version 1.2.3 replaced by 1.3.0")


def test_another_build_of_the_same_version_is_called_that(fake: Any, functions: list[Function]) -> None:
    put(fake, functions)
    fake.functions["smart_router"]["content"] += "# tried something\n"
    assert put(fake, functions, None).heard("smart_router: another build of version 1.2.3 put in its place")


def test_a_strangers_function_with_our_id_is_left_alone(fake: Any, functions: list[Function]) -> None:
    fake.functions["smart_router"] = {
        "id": "smart_router", "name": "Mine", "type": "tool", "content": "x", "meta": {}, "is_active": True,
    }  # fmt: skip
    with pytest.raises(CommandError, match="it is not ours"):
        put(fake, functions)
    assert fake.changes == []
    uninstall(fake.client(), say=print)
    assert fake.functions["smart_router"]["name"] == "Mine"


def test_a_plain_user_is_turned_away(fake: Any, functions: list[Function]) -> None:
    with pytest.raises(NotAllowed, match="no administrator"):
        install(fake.client("user"), functions, say=print, access=EVERYONE)
    assert fake.changes == []


@pytest.mark.parametrize("token", [None, "stale"])
def test_a_stranger_is_sent_to_log_in(fake: Any, functions: list[Function], token: str | None) -> None:
    with pytest.raises(NotSignedIn, match="smart-router login"):
        install(fake.client(token), functions, say=print, access=EVERYONE)


def test_upgrade_replaces_in_place_and_touches_nothing_else(fake: Any, functions: list[Function]) -> None:
    put(fake, functions)
    fake.functions["smart_router"]["name"] = "Renamed"
    fake.functions["smart_router_events"]["is_active"] = False
    rows = dict(fake.rows)
    fake.calls.clear()
    spoken = Spoken()
    result = upgrade(fake.client(), newer(functions), say=spoken.append, pause=spoken.pause)
    assert set(fake.changes) == {f"POST /api/v1/functions/id/{f.id}/update" for f in functions}
    assert fake.functions["smart_router"]["name"] == "Renamed"
    assert fake.functions["smart_router_events"]["is_active"] is False
    assert fake.rows == rows
    assert len(result["changed"]) == 4
    assert spoken.heard("Smart Router 1.3.0 answers")


def test_upgrade_to_the_same_version_says_already(fake: Any, functions: list[Function]) -> None:
    put(fake, functions)
    fake.calls.clear()
    spoken = Spoken()
    assert upgrade(fake.client(), functions, say=spoken.append, pause=spoken.pause)["changed"] == []
    assert fake.changes == []


def test_upgrade_waits_for_workers_that_are_behind(fake: Any, functions: list[Function]) -> None:
    put(fake, functions)
    fake.behind = ["1.2.3", "1.2.3"]
    spoken = Spoken()
    upgrade(fake.client(), newer(functions), say=spoken.append, pause=spoken.pause)
    assert spoken.pauses == 2
    assert spoken.heard("Smart Router 1.3.0 answers")


def test_upgrade_ends_when_the_old_library_goes_on_answering(fake: Any, functions: list[Function]) -> None:
    put(fake, functions)
    fake.behind = ["1.2.3"] * 100
    spoken = Spoken()
    upgrade(fake.client(), newer(functions), say=spoken.append, pause=spoken.pause)
    assert spoken.heard("Smart Router 1.2.3 still answers")


def test_upgrade_without_an_installation_says_so(fake: Any, functions: list[Function]) -> None:
    with pytest.raises(NotInstalled, match="smart-router install"):
        upgrade(fake.client(), functions, say=print)


def test_upgrade_leaves_out_what_was_taken_out(fake: Any, functions: list[Function]) -> None:
    put(fake, functions)
    del fake.functions["smart_router_filter"]
    spoken = Spoken()
    upgrade(fake.client(), newer(functions), say=spoken.append, pause=spoken.pause)
    assert "smart_router_filter" not in fake.functions
    assert spoken.heard("smart_router_filter: not installed, left out")


def test_uninstall_takes_everything_but_the_records(fake: Any, functions: list[Function]) -> None:
    put(fake, functions)
    fake.functions["other"] = {"id": "other", "type": "pipe", "name": "Other", "is_active": True}
    fake.rows["smart_router.fast"] = {"id": "smart_router.fast", "access_grants": []}
    fake.rows["gpt-4o"] = {"id": "gpt-4o", "access_grants": []}
    spoken = Spoken()
    uninstall(fake.client(), say=spoken.append)
    assert list(fake.functions) == ["other"]
    assert list(fake.rows) == ["gpt-4o"]
    assert fake.purged is False
    assert spoken.heard("The records and the registry are still in Open WebUI's database")


def test_the_events_function_hears_of_the_others_going(fake: Any, functions: list[Function]) -> None:
    put(fake, functions)
    fake.calls.clear()
    uninstall(fake.client(), say=print)
    gone = [call.split("/")[5] for call in fake.calls if call.startswith("DELETE")]
    assert gone == ["smart_router", "smart_router_filter", "smart_router_events", "smart_router_library"]


def test_a_second_uninstall_says_already(fake: Any, functions: list[Function]) -> None:
    spoken = Spoken()
    uninstall(fake.client(), say=spoken.append)
    assert spoken.heard("already gone")
    assert fake.changes == []


def test_purge_deletes_the_records_first(fake: Any, functions: list[Function]) -> None:
    put(fake, functions)
    fake.calls.clear()
    uninstall(fake.client(), say=print, purge=True)
    assert fake.purged is True
    assert fake.changes[0] == "DELETE /api/v1/observability/records"


def test_purge_needs_a_running_smart_router(fake: Any, functions: list[Function]) -> None:
    put(fake, functions)
    fake.functions["smart_router"]["is_active"] = False
    fake.calls.clear()
    with pytest.raises(CommandError, match="nothing was changed"):
        uninstall(fake.client(), say=print, purge=True)
    assert len(fake.functions) == 4


def test_an_installation_that_does_not_answer_is_an_error(fake: Any, functions: list[Function]) -> None:
    plain = fake.answer

    def without_page(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/health"):
            return httpx.Response(500, json={"detail": "library did not load"})
        return plain(request)

    client = OpenWebUI("http://webui.test", "admin", transport=httpx.MockTransport(without_page))
    spoken = Spoken()
    with pytest.raises(CommandError, match=r"does not answer .*library did not load"):
        install(client, functions, say=spoken.append, access=EVERYONE, pause=spoken.pause)


def test_an_error_of_open_webui_is_passed_on_in_its_words(fake: Any, functions: list[Function]) -> None:
    plain = fake.answer

    def refusing(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/create"):
            return httpx.Response(400, json={"detail": "Functions are disabled by ENABLE_FUNCTIONS"})
        return plain(request)

    client = OpenWebUI("http://webui.test", "admin", transport=httpx.MockTransport(refusing))
    with pytest.raises(ApiError, match="Functions are disabled by ENABLE_FUNCTIONS"):
        install(client, functions, say=print, access=EVERYONE)
