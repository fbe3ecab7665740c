"""The loader inside the thin functions: carriers in, packages out, nothing executed that should not be."""

from __future__ import annotations

import base64
import importlib.util
import pkgutil
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

PIPES = Path(__file__).parents[2] / "pipes"


def carrier(version: str, *, loader: int = 1, broken: bool = False, runtime: str | None = None) -> str:
    """A carrier as the bundle writes it, with a library of three modules and one file."""
    modules = {
        "__init__": f"__version__ = {version!r}\n",
        "runtime/__init__": runtime
        or (
            "raise RuntimeError('broken on purpose')\n"
            if broken
            else "from .. import __version__ as VERSION\nfrom ..deep.thing import greet\n"
            "class Runtime:\n"
            "    def __init__(self, previous):\n"
            "        self.previous, self.version, self.retired = previous, VERSION, False\n"
            "    async def retire(self):\n"
            "        self.retired = True\n"
            "async def start(app, previous=None):\n"
            "    return Runtime(previous)\n"
        ),
        "deep/__init__": "",
        "deep/thing": f"def greet():\n    return 'hello from {version}'\n",
    }
    data = base64.b85encode(zlib.compress(b"bytes")).decode()
    return (
        f"class Action:\n    pass\n\nLOADER = {loader}\nVERSION = {version!r}\n"
        f"MODULES = {modules!r}\nASSETS = {{'deep/file.bin': {data!r}}}\n"
    )


@pytest.fixture
def loader() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("loader_under_test", PIPES / "loader.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    before = list(sys.meta_path)
    yield module
    sys.meta_path[:] = before
    for name in [name for name in sys.modules if name.startswith("_smart_router_")]:
        del sys.modules[name]


class Database:
    """Stands in for the carrier's row; counts what is read."""

    def __init__(self, text: str | None, version: str = "v1") -> None:
        self.text, self.version = text, version
        self.read: list[str] = []

    async def __call__(self, column: str) -> str | None:
        self.read.append(column)
        return self.text if column == "content" else self.version


@pytest.fixture
def app() -> SimpleNamespace:
    return SimpleNamespace(state=SimpleNamespace())


def connect(loader: ModuleType, database: Database) -> Any:
    """The loader's `library` with this database and without the installed package."""
    loader.__dict__["_carrier"] = database
    loader.__dict__["_import_installed"] = lambda: None
    loader.__dict__["RECHECK_S"] = 0.0
    return loader.library


async def test_modules_and_files_come_from_memory(loader: ModuleType, app: Any) -> None:
    runtime = await connect(loader, Database(carrier("1.0")))(app)
    package = type(runtime).__module__.split(".")[0]
    assert package.startswith("_smart_router_")
    assert sys.modules[f"{package}.deep.thing"].greet() == "hello from 1.0"
    assert pkgutil.get_data(package, "deep/file.bin") == b"bytes"


async def test_an_unchanged_carrier_is_not_read_again(loader: ModuleType, app: Any) -> None:
    database = Database(carrier("1.0"))
    library = connect(loader, database)
    first, second = await library(app), await library(app)
    assert first is second
    assert database.read == ["version_id", "content", "version_id"]


async def test_between_two_looks_nothing_is_read_at_all(loader: ModuleType, app: Any) -> None:
    database = Database(carrier("1.0"))
    library = connect(loader, database)
    loader.__dict__["RECHECK_S"] = 3600.0
    await library(app)
    database.read.clear()
    await library(app)
    assert database.read == []


async def test_after_the_pipe_was_deleted_every_look_is_at_the_database(loader: ModuleType, app: Any) -> None:
    database = Database(carrier("1.0"))
    library = connect(loader, database)
    loader.__dict__["RECHECK_S"] = 3600.0
    old = await library(app)
    old.gone = True
    database.text, database.version = carrier("2.0"), "v2"
    assert (await library(app)).version == "2.0"


async def test_the_routes_find_the_loader_that_chats_use(loader: ModuleType, app: Any) -> None:
    runtime = await connect(loader, Database(carrier("1.0")))(app)
    assert await app.state.smart_router_library(app) is runtime


async def test_a_new_carrier_takes_over_and_the_old_runtime_retires(loader: ModuleType, app: Any) -> None:
    database = Database(carrier("1.0"))
    library = connect(loader, database)
    old = await library(app)
    database.text, database.version = carrier("2.0"), "v2"
    new = await library(app)
    assert (new.version, new.previous) == ("2.0", old)
    await app.state.smart_router_retiring
    assert old.retired


async def test_the_copy_before_stays_importable_and_older_ones_go(loader: ModuleType, app: Any) -> None:
    database = Database(carrier("1.0"))
    library = connect(loader, database)
    packages = []
    for number in (1, 2, 3):
        database.text, database.version = carrier(f"{number}.0"), f"v{number}"
        packages.append(type(await library(app)).__module__.split(".")[0])
    assert [package in sys.modules for package in packages] == [False, True, True]


async def test_a_library_that_does_not_load_leaves_the_present_one(loader: ModuleType, app: Any) -> None:
    database = Database(carrier("1.0"))
    library = connect(loader, database)
    good = await library(app)
    database.text, database.version = carrier("2.0", broken=True), "v2"
    assert await library(app) is good


async def test_however_many_do_not_load_the_present_one_can_still_import_and_read_its_files(
    loader: ModuleType, app: Any
) -> None:
    database = Database(carrier("1.0"))
    library = connect(loader, database)
    good = type(await library(app)).__module__.split(".")[0]
    for number in (2, 3, 4):
        database.text, database.version = carrier(f"{number}.0", broken=True), f"v{number}"
        await library(app)
    assert good in sys.modules
    assert pkgutil.get_data(good, "deep/file.bin") == b"bytes"
    database.text, database.version = carrier("5.0"), "v5"
    assert (await library(app)).version == "5.0"
    assert good in sys.modules


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "“Smart Router library” is missing"),
        (carrier("1.0", loader=99), "do not fit together"),
        (carrier("1.0", broken=True), "did not load"),
        ("not python (", "did not load"),
    ],
)
async def test_without_a_usable_library_the_user_reads_what_to_do(
    loader: ModuleType, app: Any, text: str | None, says: str
) -> None:
    library = connect(loader, Database(text))
    with pytest.raises(loader.LibraryMissing, match=says):
        await library(app)


async def test_a_library_that_did_not_load_is_not_read_again_at_once_but_another_is(
    loader: ModuleType, app: Any
) -> None:
    database = Database(carrier("1.0", broken=True))
    library = connect(loader, database)
    loader.__dict__["RECHECK_S"] = 3600.0
    for _ in range(3):
        with pytest.raises(loader.LibraryMissing, match="did not load"):
            await library(app)
    assert database.read.count("content") == 1
    database.text, database.version = carrier("2.0"), "v2"
    assert (await library(app)).version == "2.0"


async def test_an_open_webui_that_lacks_something_is_named(loader: ModuleType, app: Any) -> None:
    refusing = (
        "class HostError(Exception):\n    pass\n"
        "async def start(app, previous=None):\n"
        "    raise HostError('Open WebUI 9.9 lacks open_webui.utils.chat')\n"
    )
    with pytest.raises(loader.LibraryMissing, match=r"Open WebUI 9\.9 lacks"):
        await connect(loader, Database(carrier("1.0", runtime=refusing)))(app)


async def test_a_carrier_is_read_and_never_executed(loader: ModuleType, app: Any) -> None:
    text = carrier("1.0") + "raise SystemExit('executed')\n"
    assert (await connect(loader, Database(text))(app)).version == "1.0"
