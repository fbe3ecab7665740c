"""Which providers `make run` connects: real ones that are there, else the simulated ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from smart_router.cli.client import OpenWebUI
from smart_router.cli.demo import DemoBackends
from smart_router.errors import SmartRouterError

OPENAI = "https://api.openai.com/v1"
OLLAMA = "http://127.0.0.1:11434"


@dataclass(frozen=True, slots=True)
class Connections:
    """What to put into Open WebUI. Empty URLs are not connected; `demo` is None with real providers."""

    openai_url: str = ""
    openai_key: str = ""
    ollama_url: str = ""
    demo: DemoBackends | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Open WebUI's own settings; it reads them at its first start and keeps them in its database."""
        return {
            "ENABLE_OPENAI_API": "true" if self.openai_url else "false",
            "OPENAI_API_BASE_URLS": self.openai_url,
            "OPENAI_API_KEYS": self.openai_key,
            "ENABLE_OLLAMA_API": "true" if self.ollama_url else "false",
            "OLLAMA_BASE_URLS": self.ollama_url,
        }


def real_ones(environment: Mapping[str, str]) -> Connections | None:
    """The providers that this machine has, None when it has none or DEMO=1 says to do without."""
    if environment.get("DEMO", "") not in ("", "0"):
        return None
    key = environment.get("OPENAI_API_KEY", "")
    ollama = environment.get("OLLAMA_BASE_URL", "").rstrip("/") or OLLAMA
    if not _is_ollama(ollama):
        ollama = ""
    if not key and not ollama:
        return None
    base = environment.get("OPENAI_API_BASE_URL", "").rstrip("/") or OPENAI
    return Connections(base if key else "", key, ollama)


def simulated_ones(remembered: Path) -> Connections:
    """Demo backends, started; on the ports of the last time, where these are free."""
    ports = json.loads(remembered.read_text()) if remembered.exists() else {}
    try:
        demo = DemoBackends(pace=1.0, **ports).start()
    except SmartRouterError:
        demo = DemoBackends(pace=1.0).start()
    now = {"openai_port": urlsplit(demo.openai_url).port, "ollama_port": urlsplit(demo.ollama_url).port}
    remembered.write_text(json.dumps(now))
    return Connections(demo.openai_url, "demo", demo.ollama_url, demo)


def connect(client: OpenWebUI, wanted: Connections, remembered: Path) -> None:
    """Bring Open WebUI's connections in line when they were saved by an earlier run.

    Only what an earlier run put there is taken away; what a person added stays.
    """
    ours_before = json.loads(remembered.read_text()) if remembered.exists() else []
    _connect(client, "openai", "OPENAI_API_BASE_URLS", wanted.openai_url, wanted.openai_key, ours_before)
    _connect(client, "ollama", "OLLAMA_BASE_URLS", wanted.ollama_url, None, ours_before)
    remembered.write_text(json.dumps([url for url in (wanted.openai_url, wanted.ollama_url) if url]))


def _connect(
    client: OpenWebUI, provider: str, urls: str, url: str, key: str | None, ours_before: list[str]
) -> None:
    """One provider's list. Open WebUI numbers a connection's settings by its place, so they move along."""
    before: dict[str, Any] = client.get(f"/{provider}/config")
    enable, settings, keys = (
        f"ENABLE_{provider.upper()}_API",
        f"{provider.upper()}_API_CONFIGS",
        "OPENAI_API_KEYS",
    )
    places = [
        place for place, old in enumerate(before[urls]) if old and (old == url or old not in ours_before)
    ]
    after: dict[str, Any] = {
        urls: [before[urls][place] for place in places],
        settings: {
            str(new): before[settings][str(old)]
            for new, old in enumerate(places)
            if str(old) in before[settings]
        },
    }
    if url and url not in after[urls]:
        after[urls].append(url)
    if key is not None:
        known = dict(zip(before[urls], before[keys], strict=False))
        after[keys] = [key if each == url else known.get(each, "") for each in after[urls]]
    after[enable] = bool(url) or (before[enable] and bool(after[urls]))
    if after != {name: before[name] for name in after}:
        client.post(f"/{provider}/config/update", after)


def _is_ollama(url: str) -> bool:
    try:
        return "version" in httpx.get(f"{url}/api/version", timeout=1.5).json()
    except (httpx.HTTPError, ValueError):
        return False
