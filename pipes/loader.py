"""Finds the library for a thin function: an installed package, or the carrier function's text.

The bundle puts this text into each of the three functions, so that none of them depends on
another one being there. What they share is on `app.state`, never in a module: Open WebUI executes
a function's text again whenever it changes. Executing this text does nothing but define names.
"""

import ast
import asyncio
import base64
import hashlib
import importlib
import importlib.abc
import importlib.machinery
import logging
import os
import sys
import time
import zlib

LOADER = 1
CARRIER = "smart_router_library"
RECHECK_S = 10.0
log = logging.getLogger("smart_router.loader")


class LibraryMissing(Exception):
    """The library cannot be loaded; the text is for the person in the chat."""


class _Modules(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports the modules of one carrier text under one package name, from memory."""

    def __init__(self, package: str, sources: dict, assets: dict) -> None:
        self.package = package
        self.sources = sources
        self.assets = assets

    def _key(self, fullname: str) -> str:
        path = fullname[len(self.package) + 1 :].replace(".", "/")
        as_package = f"{path}/__init__" if path else "__init__"
        return as_package if as_package in self.sources else path

    def find_spec(self, fullname, path=None, target=None):
        if fullname != self.package and not fullname.startswith(self.package + "."):
            return None
        key = self._key(fullname)
        if key not in self.sources:
            return None
        spec = importlib.machinery.ModuleSpec(
            fullname, self, origin=f"{self.package}/{key}.py", is_package=key.endswith("__init__")
        )
        spec.has_location = True
        return spec

    def is_package(self, fullname) -> bool:
        return self._key(fullname).endswith("__init__")

    def get_source(self, fullname) -> str:
        return self.sources[self._key(fullname)]

    def get_code(self, fullname):
        return compile(self.get_source(fullname), f"{self.package}/{self._key(fullname)}.py", "exec")

    def exec_module(self, module) -> None:
        exec(self.get_code(module.__name__), module.__dict__)

    def get_data(self, path) -> bytes:
        name = str(path).replace(os.sep, "/").removeprefix(self.package + "/")
        if name not in self.assets:
            raise OSError(f"the library has no file {name}")
        return zlib.decompress(base64.b85decode(self.assets[name]))


def _read(text: str) -> dict:
    """The carrier's assignments as values. Its text is read, never executed."""
    values = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            values[node.targets[0].id] = ast.literal_eval(node.value)
    return values


def _import_carrier(text: str, running=None):
    values = _read(text)
    if values.get("LOADER") != LOADER:
        raise LibraryMissing(
            "Smart Router's functions and its library do not fit together. "
            "An administrator should import all of them again from one release."
        )
    package = "_smart_router_" + hashlib.sha256(text.encode()).hexdigest()[:12]
    if package not in sys.modules:
        for old in [f for f in sys.meta_path if isinstance(getattr(f, "package", None), str)][:-1]:
            # The one before stays: requests that began with it may still import from it. So does the one
            # in use, which is an older one where those after it did not load.
            if old.package.startswith("_smart_router_") and old.package != running:
                sys.meta_path.remove(old)
                for name in [n for n in sys.modules if n.split(".")[0] == old.package]:
                    del sys.modules[name]
        sys.meta_path.append(_Modules(package, values["MODULES"], values["ASSETS"]))
    return importlib.import_module(package + ".runtime")


def _import_installed():
    """The installed package, or None. It wins over the carrier: that is how development works."""
    if os.environ.get("SMART_ROUTER_LIBRARY") == "carrier":
        return None
    try:
        package = importlib.import_module("smart_router")
        return importlib.import_module("smart_router.runtime") if package.LOADER == LOADER else None
    except ImportError:
        return None


async def _carrier(column: str):
    """One column of the carrier's row, or None without such a row. Never through the sync engine."""
    from open_webui.internal.db import get_async_db_context
    from open_webui.models.functions import Function
    from sqlalchemy import select

    async with get_async_db_context() as session:
        statement = select(getattr(Function, column)).where(Function.id == CARRIER)
        return (await session.execute(statement)).scalar_one_or_none()


async def library(app):
    """The Runtime of this process, newest library first.

    Raises LibraryMissing with a sentence for the chat when there is none to use.
    """
    state = app.state
    runtime = getattr(state, "smart_router", None)
    if _fresh(state, runtime):
        return runtime
    if not hasattr(state, "smart_router_lock"):
        state.smart_router_lock = asyncio.Lock()
    if runtime is not None and state.smart_router_lock.locked():
        return runtime
    async with state.smart_router_lock:
        runtime = getattr(state, "smart_router", None)
        if _fresh(state, runtime):
            return runtime
        try:
            return await _load(state, app, runtime)
        except Exception as error:
            if runtime is not None:
                log.exception("Smart Router keeps its present library: the new one did not load")
                state.smart_router_checked_at = time.monotonic()
                return runtime
            missing = error if isinstance(error, LibraryMissing) else _missing(error)
            if tried := getattr(state, "smart_router_tried", None):
                state.smart_router_refused = (tried, time.monotonic(), str(missing))
            raise missing from None


def _missing(error):
    """What the chat is told of a library that did not load."""
    log.error("Smart Router's library did not load", exc_info=error)
    if type(error).__name__ == "HostError":
        # An Open WebUI that lacks what we use: the text names it.
        return LibraryMissing(f"Smart is not ready: {error}.")
    return LibraryMissing(
        "Smart is not ready: its library did not load. An administrator finds the cause in "
        "Open WebUI's log, and mends it by importing Smart Router's functions again."
    )


def _fresh(state, runtime) -> bool:
    """Whether the library was looked at a moment ago. One that was taken out is looked at every time:
    what comes after it may be another."""
    if runtime is None or getattr(runtime, "gone", False):
        return False
    return time.monotonic() - getattr(state, "smart_router_checked_at", float("-inf")) < RECHECK_S


async def _load(state, app, runtime):
    state.smart_router_tried = None
    installed = await asyncio.to_thread(_import_installed)
    version = f"installed {installed.VERSION}" if installed else await _carrier("version_id")
    refused, at, why = getattr(state, "smart_router_refused", (None, 0.0, ""))
    if runtime is None and version is not None and version == refused and time.monotonic() - at < RECHECK_S:
        # The model list and every event come this way: reading megabytes again would slow all of them.
        raise LibraryMissing(why)
    state.smart_router_tried = version
    if runtime is None or version != getattr(state, "smart_router_version", None):
        module = installed
        if module is None:
            text = await _carrier("content")
            if not text:
                raise LibraryMissing(
                    "Smart is not ready: the function “Smart Router library” is missing. "
                    "An administrator should import Smart Router's functions again."
                )
            running = None if runtime is None else type(runtime).__module__.partition(".")[0]
            module = await asyncio.to_thread(_import_carrier, text, running)
        fresh = await module.start(app, previous=runtime)
        state.smart_router = fresh
        state.smart_router_version = version
        if runtime is not None:
            # Kept on the state: a task that nobody holds may be collected before it ends.
            state.smart_router_retiring = asyncio.get_running_loop().create_task(runtime.retire())
        runtime = fresh
    # For the page's routes, which belong to the library and must find the newest one too.
    state.smart_router_library = library
    state.smart_router_checked_at = time.monotonic()
    return runtime
