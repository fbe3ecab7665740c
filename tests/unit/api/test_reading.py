"""Routes that look: shapes as in the OpenAPI, errors that say what was wrong."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import httpx
import pytest
from pydantic import BaseModel

from admin_pages.observability import shapes
from admin_pages.observability.api import PREFIX
from smart_router.errors import Issue
from smart_router.health.types import BackendHealth, BreakerStatus
from smart_router.records import Store
from smart_router.registry.types import Catalog
from tests.support.records import AT, attempt, record

from .fakes import ADMIN, FakeRuntime, application

RANGE = f"from={AT - 1}&to={AT + 100}"
Client = httpx.AsyncClient


async def get(client: Client, path: str) -> Any:
    response = await client.get(PREFIX + path)
    assert response.status_code == 200, response.text
    return response.json()


def fits(shape: type[BaseModel], found: Any) -> None:
    """The answer has every key of its documented shape, with the right types."""
    shape.model_validate(found, strict=True)


async def test_answers_have_the_shapes_that_openapi_promises(client: Client, runtime: FakeRuntime) -> None:
    runtime.breaker_list = [BreakerStatus("big")]
    runtime.issues = [Issue(1, 2, "key", "expected a number")]
    await runtime.store.write(record())
    await runtime.store.write(record("task", task="tags_generation"))
    fits(shapes.Health, await get(client, "/health"))
    fits(shapes.Summary, await get(client, f"/summary?{RANGE}"))
    fits(shapes.Timeseries, await get(client, f"/timeseries?metric=latency_ms_p95&group_by=backend&{RANGE}"))
    fits(shapes.RecordShape, await get(client, "/requests/r1"))
    for item in (await get(client, f"/requests?{RANGE}"))["items"]:
        fits(shapes.RecordShape, item)
    for item in (await get(client, f"/requests?brief=true&{RANGE}"))["items"]:
        fits(shapes.BriefRecord, item)
        assert "ranking" not in item
    fits(shapes.Models, await get(client, f"/models?{RANGE}"))
    fits(shapes.Breakers, await get(client, "/circuit-breakers"))
    fits(shapes.RegistryShape, await get(client, "/registry"))
    fits(shapes.RegistryVersions, await get(client, "/registry/history"))
    fits(shapes.AccessShape, await get(client, "/access"))


async def test_the_summary_names_the_baseline_and_its_range(client: Client, store: Store) -> None:
    await store.write(record())
    found = await get(client, f"/summary?{RANGE}")
    assert found["baseline"] == "big"
    assert found["range"] == {"name": None, "from": AT - 1, "to": AT + 100}
    assert found["requests"] == 1
    assert found["savings_usd"] == pytest.approx(0.007)


async def test_the_default_range_is_the_last_24_hours(client: Client, store: Store) -> None:
    await store.write(record())
    await store.write(record("old", created_at=AT - 90_000))
    found = await get(client, "/requests")
    assert [item["id"] for item in found["items"]] == ["r1"]


async def test_the_log_leads_from_page_to_page(client: Client, store: Store) -> None:
    for i in range(5):
        await store.write(record(f"r{i}", created_at=AT + i))
    first = await get(client, f"/requests?limit=3&{RANGE}")
    second = await get(client, f"/requests?limit=3&{RANGE}&cursor={first['next_cursor']}")
    ids = [item["id"] for item in (*first["items"], *second["items"])]
    assert ids == ["r4", "r3", "r2", "r1", "r0"]
    assert second["next_cursor"] is None


async def test_filters_can_be_repeated_and_empty_ones_say_nothing(client: Client, store: Store) -> None:
    for id, outcome in (("a", "ok"), ("b", "failed"), ("c", "stopped")):
        await store.write(record(id, outcome=outcome))
    found = await get(client, f"/requests?{RANGE}&outcome=failed&outcome=stopped&q=&user_id=&backend=")
    assert sorted(item["id"] for item in found["items"]) == ["b", "c"]


async def test_an_id_with_slashes_is_found(client: Client, store: Store) -> None:
    await store.write(record("a/b c"))
    assert (await get(client, "/requests/a%2Fb%20c"))["id"] == "a/b c"


#: A path that cannot be answered, with what status, and what the words must name.
REFUSED = [
    ("/summary?range=3d", 422, "range"),
    ("/summary?from=9&to=5", 422, "from before to"),
    ("/summary?to=5", 422, "from: missing"),
    ("/summary?from=nan", 422, "epoch seconds"),
    ("/summary?from=soon", 422, "query from"),
    ("/summary?range=1h&from=5", 422, "not both"),
    ("/requests?intent=qa&intent=poetry", 422, "query intent: "),
    ("/timeseries?metric=luck", 422, "query metric"),
    ("/timeseries?group_by=colour", 422, "query group_by"),
    ("/breakdown", 422, "query group_by"),
    ("/distribution?metric=cost_usd", 422, "query metric"),
    ("/events?seconds=3600", 422, "query seconds"),
    ("/requests?cursor=x", 400, "cursor"),
    ("/requests?limit=0", 422, "query limit"),
    ("/requests?limit=1000", 422, "query limit"),
    ("/requests?outcome=great", 422, "query outcome"),
    ("/requests?intent=cooking", 422, "query intent"),
    ("/requests/unknown", 404, "no such record"),
    ("/export?format=xml", 422, "query format"),
    ("/registry/7", 404, "version 7"),
]


async def test_what_cannot_be_answered_is_told_in_words(client: Client) -> None:
    for path, status, said in REFUSED:
        response = await client.get(PREFIX + path)
        assert response.status_code == status, path
        assert list(response.json()) == ["detail"]
        assert said in response.json()["detail"]


async def test_a_database_that_does_not_answer_is_503_with_words(client: Client, store: Store) -> None:
    await store.purge()
    for path in ("/summary", "/requests", "/registry", "/timeseries", "/models"):
        response = await client.get(PREFIX + path)
        assert response.status_code == 503
        assert "tables cannot be read" in response.json()["detail"]


async def test_while_smart_starts_the_routes_say_so() -> None:
    async def nothing(request: Any) -> None:
        return None

    transport = httpx.ASGITransport(application(None, get_runtime=nothing))
    async with httpx.AsyncClient(transport=transport, base_url="http://webui", headers=ADMIN) as client:
        response = await client.get(f"{PREFIX}/health")
    assert response.status_code == 503
    assert "starting" in response.json()["detail"]


async def test_health_is_ok_when_everything_is(client: Client, runtime: FakeRuntime) -> None:
    await runtime.store.write(record())
    found = await get(client, "/health")
    assert found["status"] == "ok"
    assert found["store"]["ok"]
    assert found["store"]["dialect"] == "sqlite"
    assert found["warnings"] == ["The registry names a model that is not there: huge."]


async def test_health_says_how_many_workers_there_are(client: Client) -> None:
    assert (await get(client, "/health"))["workers"] == 2


async def test_health_is_degraded_by_a_breaker_a_registry_or_the_store(
    client: Client, runtime: FakeRuntime
) -> None:
    runtime.breaker_list = [BreakerStatus("big", state="open")]
    found = await get(client, "/health")
    assert (found["status"], found["breakers"]) == ("degraded", {"big": "open"})
    runtime.breaker_list = []
    runtime.issues = [Issue(3, 1, "routes", "unknown key")]
    found = await get(client, "/health")
    assert found["status"] == "degraded"
    assert found["registry"]["errors"] == [
        {"line": 3, "column": 1, "key": "routes", "message": "unknown key"}
    ]
    runtime.issues = []
    await runtime.store.purge()
    assert (await get(client, "/health"))["status"] == "degraded"


async def test_health_is_failing_when_nothing_can_answer(client: Client, runtime: FakeRuntime) -> None:
    runtime.breaker_list = [BreakerStatus(id, state="open") for id in runtime.catalog.backends]
    assert (await get(client, "/health"))["status"] == "failing"
    runtime.breaker_list = []
    runtime.catalog = Catalog()
    assert (await get(client, "/health"))["status"] == "failing"


@pytest.mark.parametrize("by", ["connection", "provider"])
async def test_health_is_failing_too_when_all_backends_are_kept_from_answering_by_something_else(
    client: Client, runtime: FakeRuntime, by: Any
) -> None:
    connection = BreakerStatus("c0", kind="connection", state="open")
    runtime.breaker_list = [BreakerStatus("big"), *([connection] if by == "connection" else [])]
    runtime.healths["big"] = BackendHealth(blocked=True, blocked_by=by)
    assert (await get(client, "/health"))["status"] == ("degraded" if by == "connection" else "ok")
    runtime.healths["org/small:8b"] = BackendHealth(blocked=True, blocked_by=by)
    assert (await get(client, "/health"))["status"] == "failing"


async def test_models_are_the_catalog_with_health_and_use(client: Client, store: Store) -> None:
    await store.write(record(attempts=(attempt("big"),)))
    failing = (attempt("org/small:8b", error_kind="auth"), attempt("big", purpose="fallback"))
    await store.write(record("r2", outcome="fallback", attempts=failing))
    found = await get(client, f"/models?{RANGE}")
    small, big = found["items"]
    assert (small["id"], small["requests"], small["errors"], small["state"]) == (
        "org/small:8b",
        1,
        1,
        "closed",
    )
    assert (big["requests"], big["errors"], big["state"]) == (2, 0, "half_open")
    assert big["tokens_per_second"] == 41.23
    assert big["first_token_ms_p50"] == pytest.approx(100.0, rel=0.025)
    assert small["first_token_ms_p50"] is None
    assert big["context_tokens"] == 8192


async def test_an_export_is_every_record_a_line_each(client: Client, store: Store) -> None:
    for i in range(3):
        await store.write(record(f"r{i}", created_at=AT + i, sentence="Grüße\nnext line"))
    response = await client.get(f"{PREFIX}/export?format=jsonl&{RANGE}&backend=big")
    assert response.headers["content-type"] == "application/x-ndjson"
    assert "attachment" in response.headers["content-disposition"]
    lines = [json.loads(line) for line in response.text.splitlines()]
    assert [line["id"] for line in lines] == ["r0", "r1", "r2"]
    for line in lines:
        fits(shapes.RecordShape, line)


async def test_a_csv_export_is_safe_to_open_in_a_spreadsheet(client: Client, store: Store) -> None:
    await store.write(record(sentence='=HYPERLINK("http://x","y")', cost_usd=None, sensitive=True, rating=-1))
    response = await client.get(f"{PREFIX}/export?format=csv&{RANGE}")
    (row,) = csv.DictReader(io.StringIO(response.text))
    assert row["sentence"] == '\'=HYPERLINK("http://x","y")'
    assert (row["cost_usd"], row["sensitive"], row["rating"]) == ("", "true", "-1")
    assert "ranking" not in row


async def test_an_empty_export_is_an_empty_file_or_a_header(client: Client) -> None:
    assert (await client.get(f"{PREFIX}/export?{RANGE}")).text == ""
    assert (await client.get(f"{PREFIX}/export?format=csv&{RANGE}")).text.startswith("id,turn_id,")


async def test_every_route_is_in_openapi_under_our_name(runtime: FakeRuntime) -> None:
    paths = application(runtime).openapi()["paths"]
    operations = [operation for path in paths.values() for operation in path.values()]
    assert len(operations) == 29
    assert all(operation["tags"] == ["Smart Router"] for operation in operations)
    schema = paths[f"{PREFIX}/summary"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/Summary"}


@pytest.mark.parametrize("format", ["csv", "jsonl"])
async def test_a_download_that_cannot_begin_says_so_with_its_status(
    client: Client, store: Store, format: str
) -> None:
    await store.purge()
    response = await client.get(f"{PREFIX}/export?format={format}&{RANGE}")
    assert response.status_code == 503
    assert "cannot be read" in response.json()["detail"]
