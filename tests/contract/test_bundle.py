"""The bundle of this very tree, taken the way Open WebUI takes it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from smart_router.cli.bundle import FUNCTION_IDS, THIN_BYTES, Function, build, sources, to_json
from smart_router.cli.carrier import CARRIER_ID, Sources, parse
from tests.support.server import shielded_environment

IDS = (CARRIER_ID, *FUNCTION_IDS)
ROOT = Path(__file__).resolve().parents[2]

#: What Open WebUI does with each function, then what the loader does with the carrier, in a process
#: where no installed package can stand in for the carried one.
LOAD = """
import asyncio, importlib, json, sys
sys.modules["smart_router"] = sys.modules["admin_pages"] = None
from open_webui.utils.plugin import load_function_module_by_id, replace_imports

functions = json.load(open(sys.argv[1]))
found = {}
for function in functions:
    module, type, frontmatter, source = asyncio.run(
        load_function_module_by_id(function["id"], content=function["content"])
    )
    found[function["id"]] = {
        "unchanged": replace_imports(function["content"]) == function["content"],
        "type": type,
        "frontmatter": frontmatter,
        "toggle": bool(getattr(module, "toggle", False)),
    }
    if function["id"] == "smart_router":
        loader = source
package = loader._import_carrier(functions[0]["content"]).__name__.partition(".")[0]
modules = {}
for key in loader._read(functions[0]["content"])["MODULES"]:
    name = ".".join([package, *key.split("/")]).removesuffix(".__init__")
    modules[key] = importlib.import_module(name).__file__ or ""
read_asset = importlib.import_module(package + ".assets").read_asset
found["carried"] = {
    "package": package,
    "modules": modules,
    "asset": len(read_asset("observability/ui/index.html")),
}
json.dump(found, open(sys.argv[2], "w"))
"""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> list[Function]:
    """This tree's bundle, with a page of one line: the real one is another test's business."""
    page = tmp_path_factory.mktemp("page")
    (page / "index.html").write_text("<!doctype html><title>Observability</title>")
    where = sources()
    return build(Sources(where.library, where.functions, where.observability, page))


@pytest.fixture(scope="module")
def loaded(bundle: list[Function], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Open WebUI's loader, and then ours, made of the bundle."""
    folder = tmp_path_factory.mktemp("loaded")
    (folder / "smart_router.json").write_text(to_json(bundle), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", LOAD, str(folder / "smart_router.json"), str(folder / "found.json")],
        env={
            **shielded_environment(),
            "DATA_DIR": str(folder / "data"),
            "WEBUI_SECRET_KEY": "contract",
            "OFFLINE_MODE": "true",
            "HF_HUB_OFFLINE": "1",
        },
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    found: dict[str, Any] = json.loads((folder / "found.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("id", IDS)
def test_open_webui_loads_each_function_as_what_we_say_it_is(
    bundle: list[Function], loaded: dict[str, Any], id: str
) -> None:
    function = next(f for f in bundle if f.id == id)
    assert loaded[id]["type"] == function.type
    assert loaded[id]["frontmatter"] == function.meta["manifest"]
    assert loaded[id]["unchanged"]


def test_the_filter_is_a_switch(loaded: dict[str, Any]) -> None:
    assert loaded["smart_router_filter"]["toggle"] is True


def test_no_function_has_open_webui_install_packages(bundle: list[Function]) -> None:
    assert not [f.id for f in bundle if "requirements" in f.meta["manifest"]]


def test_every_carried_module_imports_from_the_carrier_alone(
    bundle: list[Function], loaded: dict[str, Any]
) -> None:
    carried = loaded["carried"]
    assert set(carried["modules"]) == set(parse(bundle[0].content).modules)
    assert {file.split("/")[0] for file in carried["modules"].values()} == {carried["package"]}
    assert carried["asset"] == len(b"<!doctype html><title>Observability</title>")


def test_the_thin_functions_are_thin(bundle: list[Function]) -> None:
    sizes = {f.id: len(f.content.encode()) for f in bundle[1:]}
    assert max(sizes.values()) < THIN_BYTES, sizes


def test_command_line_and_functions_stay_at_home(bundle: list[Function]) -> None:
    contents = parse(bundle[0].content)
    assert not [key for key in (*contents.modules, *contents.assets) if key.startswith(("cli", "functions"))]


def test_two_copies_of_the_tree_give_the_same_bytes(tmp_path: Path) -> None:
    lists = []
    for number in ("1", "2"):
        copy = tmp_path / number
        for folder in ("shared", "pipes", "admin_pages"):
            ignore = shutil.ignore_patterns("__pycache__", "node_modules")
            shutil.copytree(ROOT / folder, copy / folder, ignore=ignore)
        command = [sys.executable, "-m", "smart_router.cli.app", "bundle", "--without-page", "--out", "out"]
        environment = {**os.environ, "PYTHONPATH": str(copy / "shared"), "PYTHONHASHSEED": number}
        subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True)
        lists.append({path.name: path.read_bytes() for path in (copy / "out").iterdir()})
    assert lists[0] == lists[1]
    assert set(lists[0]) == {*(f"{id}.py" for id in IDS), "smart_router.json"}


def test_the_built_page_is_carried() -> None:
    """Needs the page: `make ui`."""
    page = sources().page / "index.html"
    assert parse(build(sources())[0].content).assets["observability/ui/index.html"] == page.read_bytes()
