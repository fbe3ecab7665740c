"""What the commands' tests talk to in place of a running Open WebUI."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
from pydantic import BaseModel

from admin_pages.observability import shapes
from admin_pages.observability.answers import issues_json
from admin_pages.observability.export import comma_separated, jsonl
from smart_router.cli.client import OpenWebUI
from smart_router.ports import LiveModel
from smart_router.records import Record, record_to_json
from smart_router.registry.check import check_registry

from .typed import run

__all__ = ["run"]


class FakeOpenWebUI:
    """What the commands see of Open WebUI: functions, model rows, groups, and our API while it is active.

    It knows one administrator (token `admin`) and one plain user (token `user`).
    """

    def __init__(self) -> None:
        self.functions: dict[str, dict[str, Any]] = {}
        self.rows: dict[str, dict[str, Any]] = {}
        self.groups = [{"id": "g1", "name": "Staff"}, {"id": "g2", "name": "Guests"}]
        self.valves: dict[str, dict[str, Any]] = {}
        self.calls: list[str] = []
        self.purged = False
        #: Versions that health names in turn before the installed one: workers that are still behind.
        self.behind: list[str] = []
        #: What health says, and what the log and its export hold, oldest first.
        self.status = "ok"
        #: What else health and the figures say.
        self.health: dict[str, Any] = {}
        self.summary: dict[str, Any] = {}
        self.records: list[Record] = []
        #: The registry's saved texts, oldest first, and who saved one last with which comment.
        self.registry: list[str] = []
        self.comment = ""
        #: Called before a registry is saved: somebody else may be quicker.
        self.on_save: Callable[[], None] = lambda: None
        self.users = [
            {"id": "u1", "name": "Ada [b]", "email": "ada@example.org"},
            {"id": "u2", "name": "Bo", "email": "bo@example.org"},
            {"id": "u3", "name": "Bo", "email": "bo.two@example.org"},
        ]
        #: How many bytes of an export come through before the connection breaks, for each in turn.
        self.breaks: list[int] = []
        #: Called with each export that is asked for, before it is answered.
        self.on_export: Callable[[httpx.Request], None] = lambda request: None

    def client(self, token: str | None = "admin") -> OpenWebUI:
        return OpenWebUI("http://webui.test", token, transport=httpx.MockTransport(self.answer))

    @property
    def changes(self) -> list[str]:
        """The calls that changed something."""
        return [call for call in self.calls if not call.startswith("GET ")]

    def answer(self, request: httpx.Request) -> httpx.Response:
        method, path = request.method, request.url.path
        self.calls.append(f"{method} {path}")
        body = json.loads(request.content) if request.content else {}
        if path == "/api/version":
            return httpx.Response(200, json={"version": "0.12.4", "deployment_id": ""})
        if path == "/api/v1/auths/signin":
            if body["password"] != "right":
                return _refused(400, "The email or password provided is incorrect.")
            name = body["email"].split("@")[0]
            return httpx.Response(200, json={"token": name, "role": name, "name": name, "id": name})
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in ("admin", "user"):
            return _refused(401, "Invalid token" if token else "Not authenticated")
        if path == "/api/models":
            return httpx.Response(200, json={"data": self._listed()})
        if path.startswith("/api/v1/observability"):
            return self._ours(method, path, token, request)
        if token != "admin":
            return _refused(401, "You do not have permission to access this resource.")
        if path.startswith("/api/v1/functions"):
            return self._functions(path, body)
        if path.startswith("/api/v1/models"):
            return self._rows(path, body)
        if path == "/api/v1/users/all":
            return httpx.Response(200, json={"users": self.users, "total": len(self.users)})
        if path == "/api/v1/groups/":
            return httpx.Response(200, json=self.groups)
        return _page()

    def _listed(self) -> list[dict[str, Any]]:
        models = [{"id": "gpt-4o", "name": "gpt-4o"}]
        if self.functions.get("smart_router", {}).get("is_active"):
            models.append({"id": "smart_router.auto", "name": "Smart"})
        return models

    def _functions(self, path: str, body: dict[str, Any]) -> httpx.Response:
        if path.endswith("/list"):
            listed = [{k: v for k, v in f.items() if k != "content"} for f in self.functions.values()]
            return httpx.Response(200, json=listed)
        if path.endswith("/create"):
            if body["id"] in self.functions:
                return _refused(400, "Uh-oh! This id is already registered.")
            kinds = {"Pipe": "pipe", "Filter": "filter", "Action": "action", "Event": "event"}
            kind = next(type for name, type in kinds.items() if f"\nclass {name}:" in body["content"])
            self.functions[body["id"]] = {**body, "type": kind, "is_active": False, "is_global": False}
            return httpx.Response(200, json=self.functions[body["id"]])
        id, _, action = path.removeprefix("/api/v1/functions/id/").partition("/")
        if id not in self.functions:
            return _refused(401, "We could not find what you're looking for :/")
        if action == "update":
            body.pop("commit_message")
            self.functions[id].update(body)
        if action == "toggle":
            self.functions[id]["is_active"] = not self.functions[id]["is_active"]
        if action == "delete":
            del self.functions[id]
            return httpx.Response(200, json=True)
        return httpx.Response(200, json=self.functions[id])

    def _rows(self, path: str, body: dict[str, Any]) -> httpx.Response:
        if path.endswith("/base"):
            return httpx.Response(200, json=list(self.rows.values()))
        id = body["id"]
        if path.endswith("/create"):
            self.rows[id] = {"is_active": True, **body}
        elif id not in self.rows:
            return _refused(401, "We could not find what you're looking for :/")
        elif path.endswith("/delete"):
            del self.rows[id]
            return httpx.Response(200, json=True)
        else:
            self.rows[id].update(body)
        return httpx.Response(200, json=self.rows[id])

    def _ours(self, method: str, path: str, token: str, request: httpx.Request) -> httpx.Response:
        active = self.functions.get("smart_router", {}).get("is_active")
        if not active:
            return _page() if method == "GET" else httpx.Response(405, json={"detail": "Method Not Allowed"})
        if token != "admin":
            return _refused(403, "Only administrators may see this.")
        what = path.removeprefix("/api/v1/observability")
        if what == "/health":
            carrier = self.functions["smart_router_library"]["content"]
            version = self.behind.pop(0) if self.behind else carrier.split('VERSION = "')[1].split('"')[0]
            return _shaped(
                shapes.Health, {**HEALTH, "version": version, "status": self.status, **self.health}
            )
        if what == "/circuit-breakers":
            return _shaped(shapes.Breakers, {"items": [BREAKER], "next_cursor": None})
        if what.startswith("/circuit-breakers/") and what.endswith("/reset") and method == "POST":
            if "nowhere" in what:
                return _refused(404, "There is no circuit breaker 'nowhere'.")
            count = 0 if "quiet" in what else 1
            return _shaped(shapes.ResetResult, {"reset": count, "items": [{**BREAKER, "state": "closed"}]})
        if what == "/records" and method == "DELETE" and request.url.params["confirm"] == "purge":
            self.purged = True
            return _shaped(shapes.Purged, {"purged": True})
        if what == "/summary":
            name = request.url.params["range"]
            of = {"name": name, "from": 0.0, "to": 1.0}
            return _shaped(shapes.Summary, {**SUMMARY, "range": of, **self.summary})
        if what == "/breakdown":
            items = [
                {**FIGURES, "group": "u1", "cost_usd": 0.3},
                {**FIGURES, "group": None, "cost_usd": None},
            ]
            of = {"name": None, "from": 0.0, "to": 1.0}
            return _shaped(shapes.Breakdown, {"group_by": "user", "range": of, "items": items[::-1]})
        if what == "/timeseries":
            return _shaped(shapes.Timeseries, _series(request.url.params))
        if what == "/requests":
            items = [record_to_json(record) for record in reversed(self.records)]
            return _shaped(shapes.Requests, {"items": items, "next_cursor": None, "searched_to": None})
        if what == "/export":
            return self._export(request)
        if what.startswith("/registry"):
            return self._registry(method, what, request)
        return _page()

    def _registry(self, method: str, what: str, request: httpx.Request) -> httpx.Response:
        """Checked as the server does it, against one model."""
        sent = json.loads(request.content) if request.content else {}
        text = sent.get("text", self.registry[-1] if self.registry else "")
        check = check_registry(text, [LiveModel("gpt-4o", "gpt-4o")], 0.0)
        checked = {
            "errors": issues_json(check.errors),
            "warnings": list(check.warnings),
            "effective": check.effective,
        }
        if what == "/registry/validate":
            return _shaped(shapes.RegistryCheckShape, checked)
        if method == "PUT":
            self.on_save()
            if sent["version"] != len(self.registry):
                return _refused(409, f"the registry is at version {len(self.registry)} by now")
            self.registry.append(text)
            self.comment = sent["comment"]
        saved = {"saved_at": 1.0, "saved_by": "u1", "comment": self.comment}
        newest = {"text": text, "version": len(self.registry), **saved}
        return _shaped(shapes.RegistryShape, {**newest, **checked})

    def _export(self, request: httpx.Request) -> httpx.Response:
        """As the route answers it; broken off where `breaks` says so."""
        self.on_export(request)
        asked = request.url.params
        start, end = float(asked["from"]), float(asked.get("to", 1e11))
        chosen = [
            record
            for record in sorted(self.records, key=lambda record: record.created_at)
            if start <= record.created_at < end
            and asked.get("backend") in (None, record.backend)
            and (record.user_id in asked.get_list("user_id") or "user_id" not in asked)
        ]
        written = {"jsonl": jsonl, "csv": comma_separated}[asked["format"]](_each(chosen))
        content = asyncio.run(_all(written))
        return httpx.Response(
            200, stream=Breaking(content, self.breaks.pop(0) if self.breaks else None),
            headers={"content-type": "application/x-ndjson"},
        )  # fmt: skip


class Breaking(httpx.SyncByteStream):
    """Bytes in small parts, until the connection breaks."""

    def __init__(self, content: bytes, after: int | None) -> None:
        self.content, self.after = content, after

    def __iter__(self) -> Iterator[bytes]:
        through = self.content if self.after is None else self.content[: self.after]
        for start in range(0, len(through), 100):
            yield through[start : start + 100]
        if self.after is not None:
            raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")


async def _each(records: list[Record]) -> AsyncIterator[Record]:
    for record in records:
        yield record


async def _all(parts: AsyncIterator[bytes]) -> bytes:
    return b"".join([part async for part in parts])


def _series(asked: httpx.QueryParams) -> dict[str, Any]:
    """Two points."""
    group = asked.get("group_by")
    value = 1.0 if asked["metric"] == "requests" else 0.1
    points = [{"at": 0.0, "value": value}, {"at": 1.0, "value": value * 2}]
    return {
        "metric": asked["metric"],
        "group_by": group,
        "range": {"name": asked.get("range"), "from": float(asked.get("from", 0.0)), "to": 1000.0},
        "step_s": 1,
        "items": [{"group": "gpt-4o" if group else None, "points": points}],
        "left_out": 0,
    }


#: In the shapes of the interface; the routes' own models check that they are.
HEALTH: dict[str, Any] = {
    "status": "ok",
    "open_webui": "0.12.4",
    "registry": {"version": 0, "errors": []},
    "store": {"ok": True, "dialect": "sqlite", "lag_ms": 0, "waiting": 0, "dropped": 0, "error": None},
    "breakers": {"gpt-4o": "open"},
    "redis": "absent",
    "workers": 1,
    "warnings": [],
}
BREAKER: dict[str, Any] = {
    "id": "gpt-4o",
    "kind": "backend",
    "name": "GPT-4o",
    "state": "open",
    "consecutive_failures": 5,
    "error_rate": 1.0,
    "opened_at": 1.0,
    "retry_at": 61.0,
    "reason": "timeout",
    "trips": 1,
}
UNKNOWN = {"p50": None, "p95": None, "p99": None}
FIGURES: dict[str, Any] = {
    "requests": 12,
    "errors": 3,
    "error_rate": 0.25,
    "fallbacks": 2,
    "escalations": 0,
    "cost_usd": 0.25,
    "unpriced_requests": 0,
    "estimated_requests": 2,
    "estimated_cost_usd": 0.05,
    "baseline_cost_usd": None,
    "savings_usd": None,
    "savings_rate": None,
    "input_tokens": 1234,
    "cached_tokens": None,
    "output_tokens": 99,
    "latency_ms": {"p50": 810.0, "p95": 1900.0, "p99": 2500.0},
    "first_token_ms": UNKNOWN,
    "confidence_mean": 0.5,
    "ratings": {"up": 0, "down": 0},
}
SUMMARY: dict[str, Any] = {
    **FIGURES,
    "baseline": None,
    "baselines": [
        {"baseline": "gpt-4o", "baseline_cost_usd": 0.5, "from": 1_699_100_000.0, "to": 1_700_000_000.0},
        {"baseline": "gpt-5", "baseline_cost_usd": 1.5, "from": 1_698_000_000.0, "to": 1_699_012_800.0},
    ],
    "by_backend": [{**FIGURES, "backend": "gpt-4o"}],
    "by_intent": [{**FIGURES, "intent": None}],
    "by_complexity": [],
    "tasks": {"requests": 0, "cost_usd": None, "input_tokens": None, "output_tokens": None},
    "direct": {"requests": 0, "cost_usd": None, "input_tokens": None, "output_tokens": None},
    "behind": 0,
    "previous": FIGURES,
}


def _shaped(shape: type[BaseModel], value: dict[str, Any]) -> httpx.Response:
    shape.model_validate(value)
    return httpx.Response(200, json=value)


def _refused(status: int, detail: str) -> httpx.Response:
    return httpx.Response(status, json={"detail": detail})


def _page() -> httpx.Response:
    """What Open WebUI answers to an address that it does not know."""
    return httpx.Response(200, html="<!doctype html><title>Open WebUI</title>")
