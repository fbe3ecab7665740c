"""Two workers on one PostgreSQL and one Redis: one Smart, whichever of them is asked."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import psycopg
import pytest
import redis

from smart_router.cli.access import Access
from smart_router.cli.install import install, uninstall, upgrade
from smart_router.runtime.runtime import ROUND_S
from tests.openwebui.test_lifecycle import called
from tests.support import services
from tests.support.installation import PAGE_API, SMART, Installation, eventually, installed
from tests.support.server import START_TIMEOUT_S
from tests.support.window import WindowChat

FIRST, SECOND = "gpt-4o-mini", "mistral:7b"


@dataclass
class Cluster:
    installation: Installation
    database: str
    redis: str
    #: Lines of the log that a test provoked, and looked at.
    provoked: set[str] = field(default_factory=set)


@dataclass
class Worker:
    """One of them, on a connection that stays with it."""

    pid: str
    client: httpx.Client

    def get(self, path: str) -> Any:
        answer = self.client.get(PAGE_API + path)
        answer.raise_for_status()
        return answer.json()

    def chat(self, text: str = "hello there") -> dict[str, Any]:
        body = {"model": SMART, "messages": [{"role": "user", "content": text}]}
        return dict(self.client.post("/api/chat/completions", json=body).json())


def one_connection_each(smart: Installation) -> dict[str, httpx.Client]:
    """A client for each of the two workers: connections are opened until each has one."""
    found: dict[str, httpx.Client] = {}
    deadline = time.monotonic() + START_TIMEOUT_S
    while len(found) < 2 and time.monotonic() < deadline:
        client = smart.api(smart.admin)
        # Whoever did not serve the installation learns of it with the first look at the models.
        client.get("/api/models").raise_for_status()
        text = client.get(f"{PAGE_API}/metrics").text
        match = re.search(r'worker="(\d+)"', text)
        assert match, text
        if match[1] in found:
            client.close()
            time.sleep(0.05)
        else:
            found[match[1]] = client
    assert len(found) == 2, "the second worker never answered"
    return found


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    with services.postgresql(folder / "postgresql") as database, services.redis(folder / "redis") as address:
        environment = {
            "DATABASE_URL": database,
            "REDIS_URL": address,
            "WEBSOCKET_MANAGER": "redis",
            "WEBSOCKET_REDIS_URL": address,
        }
        with installed(folder / "data", workers=2, environment=environment) as installation:
            for client in one_connection_each(installation).values():
                client.close()
            installation.in_order(FIRST, SECOND)
            # It stays for all tests: the other worker notices a new one a few seconds later.
            installation._registry_saved = False
            started = Cluster(installation, database, address)
            yield started
        assert [line for line in installation.own_errors() if line not in started.provoked] == []


@pytest.fixture
def smart(cluster: Cluster) -> Installation:
    cluster.installation.settle()
    return cluster.installation


def all_closed(worker: Worker) -> bool:
    return set(worker.get("/health")["breakers"].values()) <= {"closed"}


@pytest.fixture
def workers(smart: Installation) -> Iterator[list[Worker]]:
    found = one_connection_each(smart)
    both = [Worker(pid, client) for pid, client in sorted(found.items())]
    for worker in both:
        assert eventually(lambda w=worker: w.get("/registry")["effective"]["routes"], 15)  # type: ignore[misc]
        # A reset reaches the one that did not serve it a few seconds later.
        assert eventually(lambda w=worker: all_closed(w), 15)  # type: ignore[misc]
    yield both
    for client in found.values():
        client.close()


def test_the_tables_were_created_once(cluster: Cluster, smart: Installation) -> None:
    with psycopg.connect(cluster.database) as database:
        tables = database.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'smart_router%'"
        ).fetchall()
        migrations = database.execute("SELECT name FROM smart_router_migrations").fetchall()
    assert {"smart_router_records", "smart_router_registry", "smart_router_migrations"} <= {
        t for (t,) in tables
    }
    assert len(migrations) == len(set(migrations)) > 0
    health = smart.get("/health")
    assert (health["store"]["dialect"], health["store"]["ok"], health["redis"]) == ("postgresql", True, "ok")


def test_each_worker_knows_of_the_other(workers: list[Worker]) -> None:
    for worker in workers:
        assert eventually(lambda w=worker: w.get("/health")["workers"] == 2), worker.get("/health")  # type: ignore[misc]


def valves_of_both(smart: Installation, **values: int) -> None:
    """Sets valves, and waits for the round in which the worker that did not serve the click reads them."""
    smart.valves(**values)
    time.sleep(ROUND_S + 1)


def test_both_serve_the_page_and_answer_chats(smart: Installation, workers: list[Worker]) -> None:
    for worker in workers:
        assert "Smart Router" in worker.client.get("/admin/observability").text
        assert "/admin/observability" in worker.client.get("/static/loader.js").text
    newest = {record["id"] for record in smart.records(limit=200)}
    for n in range(10):
        for worker in workers:
            assert worker.chat(f"hello number {n}")["choices"]
        assert smart.stream("hello there", smart.user)
    records = [r for r in smart.records(limit=200) if r["id"] not in newest]
    assert len(records) == 30
    assert {r["outcome"] for r in records} == {"ok"}
    for worker in workers:
        text = worker.client.get(f"{PAGE_API}/metrics").text
        counted = re.findall(r"^smart_router_requests_total\{.*\} (\S+)$", text, re.MULTILINE)
        assert sum(map(float, counted)) >= 10


def test_a_breaker_that_one_opened_is_open_for_the_other(smart: Installation, workers: list[Worker]) -> None:
    one, other = workers
    valves_of_both(smart, breaker_failures=2)
    smart.backends.fault(FIRST, "server_error_json")
    for _ in range(2):
        one.chat()
    assert one.get("/health")["breakers"][FIRST] == "open"
    assert eventually(lambda: other.get("/health")["breakers"].get(FIRST) == "open", 15)
    calls = len(smart.backends.requests)
    assert other.chat()["selected_model_id"] == SECOND
    assert [seen.model for seen in smart.backends.requests[calls:]] == [SECOND]


def test_failures_in_both_add_up(smart: Installation, workers: list[Worker]) -> None:
    valves_of_both(smart, breaker_failures=4)
    smart.backends.fault(FIRST, "server_error_json")
    for worker in (*workers, *workers):
        worker.chat()
    assert "open" in {worker.get("/health")["breakers"][FIRST] for worker in workers}


def test_a_reset_reaches_both(smart: Installation, workers: list[Worker]) -> None:
    one, other = workers
    valves_of_both(smart, breaker_failures=1)
    smart.backends.fault(FIRST, "server_error_json")
    one.chat()
    assert eventually(lambda: other.get("/health")["breakers"].get(FIRST) == "open", 15)
    smart.backends.clear()
    other.client.post(f"{PAGE_API}/circuit-breakers/{FIRST}/reset").raise_for_status()
    assert other.chat()["selected_model_id"] == FIRST
    assert eventually(lambda: one.get("/health")["breakers"].get(FIRST) == "closed", 15)
    assert one.chat()["selected_model_id"] == FIRST


def test_a_registry_that_one_saved_holds_for_the_other(smart: Installation, workers: list[Worker]) -> None:
    one, other = workers
    before = one.get("/registry")["text"]
    for backend, text in ((SECOND, before.replace(FIRST, SECOND)), (FIRST, before)):
        one.client.put(f"{PAGE_API}/registry", json={"text": text}).raise_for_status()
        assert one.chat()["selected_model_id"] == backend
        assert eventually(lambda b=backend: other.chat()["selected_model_id"] == b, 15)  # type: ignore[misc]


def test_a_valve_reaches_both(smart: Installation, workers: list[Worker]) -> None:
    def refusals(expected: int) -> bool:
        return sum("error" in worker.chat("word " * 300) for worker in workers) == expected

    smart.valves(max_input_characters=1000)
    assert eventually(lambda: refusals(2), 15)
    smart.valves(max_input_characters=100_000)
    assert eventually(lambda: refusals(0), 15)


def test_a_conversation_stays_where_it_is_whoever_serves_it(smart: Installation) -> None:
    chat = WindowChat(smart, smart.user)
    backends = {chat.send(f"and what about {n}?")["selectedModelId"] for n in range(6)}
    assert len(backends) == 1


def test_one_of_them_leads(cluster: Cluster, workers: list[Worker]) -> None:
    client = redis.Redis.from_url(cluster.redis, decode_responses=True)
    (key,) = eventually(lambda: list(client.scan_iter("*clean_up*")))
    holder = str(client.get(key))
    assert holder.split("-")[0] in {worker.pid for worker in workers}
    client.close()


def test_an_upgrade_reaches_both(smart: Installation, workers: list[Worker]) -> None:
    with smart.ours() as client:
        upgrade(client, called(smart.functions, "99.0.0"), say=lambda _: None)
    for worker in workers:
        assert eventually(lambda w=worker: w.get("/health")["version"] == "99.0.0", 20)  # type: ignore[misc]
        assert worker.chat()["choices"]
    assert smart.last_record()["library_version"] == "99.0.0"
    with smart.ours() as client:
        upgrade(client, smart.functions, say=lambda _: None)


def there(workers: list[Worker]) -> list[bool]:
    """Page and loader script of each worker; read one after the other, so a mount may fall between."""
    page = ["Smart Router" in w.client.get("/admin/observability").text for w in workers]
    script = ["/admin/observability" in w.client.get("/static/loader.js").text for w in workers]
    return page + script


def test_switching_off_takes_the_page_away_in_both_and_on_brings_it_back(
    smart: Installation, workers: list[Worker]
) -> None:
    with smart.ours() as client:
        client.toggle_function("smart_router")
        assert there(workers) == [False] * 4
        client.toggle_function("smart_router")
    assert eventually(lambda: there(workers) == [True] * 4, 15), "each looks every few seconds"
    for worker in workers:
        assert worker.chat()["choices"]


def install_again(smart: Installation) -> None:
    with smart.ours() as client:
        install(client, smart.functions, say=lambda _: None, access=Access("everyone"))


def test_deleting_takes_it_out_of_both_and_the_records_wait(
    smart: Installation, workers: list[Worker]
) -> None:
    assert workers[0].chat()["choices"]
    newest = smart.last_record()["id"]
    with smart.ours() as client:
        uninstall(client, say=lambda _: None)
    assert there(workers) == [False] * 4
    for worker in workers:
        listed = worker.client.get("/api/models").json()["data"]
        assert [model["id"] for model in listed if model["id"].startswith("smart_router")] == []
    install_again(smart)
    assert eventually(lambda: there(workers) == [True] * 4, 15)
    assert smart.last_record()["id"] == newest
    for worker in workers:
        assert worker.chat()["choices"]


def test_after_a_purge_both_keep_records_in_new_tables(
    cluster: Cluster, smart: Installation, workers: list[Worker]
) -> None:
    for worker in workers:
        assert worker.chat()["choices"]
    before = smart.own_errors()
    with smart.ours() as client:
        uninstall(client, say=lambda _: None, purge=True)
    assert there(workers) == [False] * 4
    # One round may have come between the tables' end and the functions'. It says so, and that is all.
    provoked = [line for line in smart.own_errors() if line not in before]
    assert all("background work failed: " in line for line in provoked), provoked
    cluster.provoked.update(provoked)
    # Those after it miss nothing, and make no tables.
    time.sleep(ROUND_S + 1)
    assert [line for line in smart.own_errors() if line not in {*before, *provoked}] == []
    with psycopg.connect(cluster.database) as database:
        left = database.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'smart_router%'"
        ).fetchall()
    assert left == []
    install_again(smart)
    assert eventually(lambda: there(workers) == [True] * 4, 15)
    smart.in_order(FIRST, SECOND)
    smart._registry_saved = False
    for n, worker in enumerate(workers, 1):
        assert worker.chat()["choices"]
        assert worker.get("/health")["store"]["ok"] is True
        assert len(smart.records(source="smart")) == n
