"""The bundle: what goes in, how it reads back, and what stops it."""

from __future__ import annotations

import ast
import json
import shutil
from pathlib import Path

import pytest

from smart_router.cli.bundle import THIN_BYTES, build, from_json, frontmatter, sources, to_json, write
from smart_router.cli.carrier import REWRITTEN, Sources, collect, parse, render
from smart_router.cli.errors import BundleError


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def refusal(tree: Sources, **options: bool) -> str:
    with pytest.raises(BundleError) as caught:
        build(tree, **options)
    return str(caught.value)


def test_the_carrier_comes_first_and_stays_inactive(tree: Sources) -> None:
    found = [(f.id, f.type, f.is_active, f.is_global) for f in build(tree)]
    assert found == [
        ("smart_router_library", "action", False, False),
        ("smart_router", "pipe", True, False),
        ("smart_router_filter", "filter", True, False),
        ("smart_router_events", "event", True, False),
    ]


def test_modules_and_files_read_back_exactly(tree: Sources) -> None:
    found = parse(build(tree)[0].content)
    assert found.version == "1.2.3"
    assert found.loader == 7
    assert found.modules["errors"] == (tree.library / "errors.py").read_text("utf-8")
    assert found.assets["records/weights.bin"] == bytes(range(256)) * 40
    assert found.assets["observability/ui/index.html"].startswith(b"<!doctype html>")


def test_only_what_runs_is_carried(tree: Sources) -> None:
    found = parse(build(tree)[0].content)
    assert sorted(found.modules) == [
        "__init__", "errors", "observability/__init__", "observability/api", "observability/shapes",
        "records/__init__",
    ]  # fmt: skip
    assert sorted(found.assets) == [
        "observability/ui/csp.json", "observability/ui/index.html", "records/weights.bin",
    ]  # fmt: skip


def test_the_pages_imports_become_relative(tree: Sources) -> None:
    text = parse(build(tree)[0].content).modules["observability/api"]
    assert "from .shapes import Row\nfrom .. import LOADER\nfrom ..records import (\n    Oops,\n)\n" in text


def test_a_folder_of_the_page_climbs_one_more_step(tree: Sources) -> None:
    deep = tree.observability / "routes" / "log.py"
    deep.parent.mkdir()
    deep.write_text("from admin_pages.observability import shapes\nfrom smart_router.errors import Oops\n")
    (deep.parent / "__init__.py").write_text("")
    text = parse(build(tree)[0].content).modules["observability/routes/log"]
    assert text == "from .. import shapes\nfrom ...errors import Oops\n"


def test_the_loader_stands_where_it_was_imported(tree: Sources) -> None:
    pipe = build(tree)[1].content
    assert "from loader" not in pipe
    assert "async def library(app):" in pipe
    assert '"""Finds the library."""' not in pipe
    assert "__future__" not in pipe
    assert pipe.index("async def library") < pipe.index("class Pipe")


def test_a_function_without_loader_stays_as_it_is(tree: Sources) -> None:
    assert build(tree)[2].content == (tree.functions / "smart_router_filter.py").read_text("utf-8")


def test_frontmatter_gives_name_and_description(tree: Sources) -> None:
    pipe = build(tree)[1]
    assert pipe.name == "Smart Router"
    assert pipe.version == "1.2.3"
    assert pipe.meta["description"] == "What Smart Router does."
    assert pipe.meta["manifest"]["author"] == "Somebody"
    assert frontmatter("import x\n") == {}


def test_the_same_tree_elsewhere_gives_the_same_bytes(tree: Sources, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(tmp_path / "tree", copy)
    (copy / "library" / "__pycache__").mkdir()
    (copy / "library" / "__pycache__" / "errors.cpython-312.pyc").write_bytes(b"other")
    other = Sources(copy / "library", copy / "functions", copy / "observability", copy / "page")
    for name, where in (("one", tree), ("two", other)):
        write(build(where), tmp_path / name)
    one = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert one == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    assert len(one) == 5


def test_the_list_to_import_reads_back(tree: Sources) -> None:
    built = build(tree)
    assert from_json(to_json(built)) == built
    keys = set(json.loads(to_json(built))[0])
    assert keys == {"id", "name", "type", "content", "meta", "is_active", "is_global"}
    with pytest.raises(BundleError, match=r"not a smart_router\.json"):
        from_json('[{"id": "x"}]')


@pytest.mark.parametrize("text", REWRITTEN)
@pytest.mark.parametrize("name", ["library/errors.py", "functions/smart_router.py", "functions/loader.py"])
def test_a_text_that_open_webui_rewrites_is_refused_with_its_line(
    tree: Sources, name: str, text: str
) -> None:
    path = tree.library.parent / name
    lines = path.read_text("utf-8").count("\n")
    path.write_text(path.read_text("utf-8") + f"# taken {text}\n")
    assert f"{path}:{lines + 1}: Open WebUI would rewrite the text '{text}'" in refusal(tree)


def test_a_module_and_a_package_of_one_name_collide(tree: Sources) -> None:
    (tree.library / "records.py").write_text("")
    assert "would be the same module or file 'records'" in refusal(tree)


def test_a_room_named_like_the_page_collides(tree: Sources) -> None:
    (tree.library / "observability").mkdir()
    (tree.library / "observability" / "api.py").write_text("")
    assert "would be the same module or file 'observability/api'" in refusal(tree)


def test_a_thin_function_must_stay_thin(tree: Sources) -> None:
    change(tree.functions / "smart_router.py", "    pass", f'    text = "{"é" * (THIN_BYTES // 2)}"')
    assert "smart_router.py: 2" in refusal(tree)


def test_a_function_that_does_not_compile_is_named_with_its_line(tree: Sources) -> None:
    change(tree.functions / "smart_router_events.py", "    pass", "    pass\n\nreturn 1")
    assert "smart_router_events.py: does not compile (line 14): 'return' outside" in refusal(tree)


def test_a_module_that_does_not_compile_is_named_with_its_line(tree: Sources) -> None:
    (tree.library / "errors.py").write_text("x = 1\nclass\n")
    assert f"{tree.library / 'errors.py'}:2: does not compile" in refusal(tree)


def test_a_page_that_is_not_built_is_missed_unless_left_out(tree: Sources) -> None:
    shutil.rmtree(tree.page)
    assert "run `make ui`, or pass --without-page" in refusal(tree)
    assert not [key for key in parse(build(tree, with_page=False)[0].content).assets if "ui" in key]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x = '" + "''a'" + "''\n", "three single quotes"),
        ("x = 'a'", "does not survive as a raw string"),
        ("x = 1  # \\", "does not survive as a raw string"),
        ("x = 1\r\n", "a carriage return"),
        ("\ufeffx = 1\n", "a byte order mark"),
    ],
)
def test_a_source_that_no_literal_holds_is_refused(tree: Sources, text: str, reason: str) -> None:
    (tree.library / "errors.py").write_bytes(text.encode())
    found = refusal(tree)
    assert reason in found
    assert "errors.py" in found


@pytest.mark.parametrize(
    "text",
    ["", "\n", "# \\\n", 'r = "\\\\n"\n', "x = '\\'a'\n", "é = '\\N{BULLET}\u2028'\n", "\tpass\n"],
)
def test_awkward_sources_survive(tree: Sources, text: str) -> None:
    contents = collect(tree)
    awkward = type(contents)(contents.version, 7, {**contents.modules, "errors": text}, contents.assets)
    assert parse(render(awkward)).modules["errors"] == text


def test_an_absolute_import_that_is_left_is_refused(tree: Sources) -> None:
    (tree.observability / "api.py").write_text("import smart_router.records\n")
    assert "api.py:1: imports 'smart_router.records' absolutely" in refusal(tree)


def test_an_import_of_what_stays_at_home_is_refused(tree: Sources) -> None:
    (tree.library / "records" / "__init__.py").write_text("def f():\n    from ..cli import app\n")
    assert "__init__.py:2: imports 'cli', which is not in the bundle" in refusal(tree)


def test_an_import_beyond_the_package_is_refused(tree: Sources) -> None:
    (tree.library / "errors.py").write_text("from ..elsewhere import x\n")
    assert "errors.py:1: the relative import leaves the package" in refusal(tree)


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("import loader", "must import its loader once"),
        ("from loader import (library)", "must import its loader once"),
        ("from loader import library\nfrom loader import LibraryMissing", "must import its loader once"),
        ("from loader import Library", "loader.py defines no Library"),
    ],
)
def test_a_loader_imported_another_way_is_refused(tree: Sources, new: str, reason: str) -> None:
    change(tree.functions / "smart_router.py", "from loader import LibraryMissing, library", new)
    assert reason in refusal(tree)


def test_a_function_needs_frontmatter_and_one_class(tree: Sources) -> None:
    change(tree.functions / "smart_router.py", "class Pipe", "class Pump")
    assert "exactly one of the classes Pipe, Filter, Action, Event" in refusal(tree)
    change(tree.functions / "smart_router.py", "version: 1.2.3\n", "")
    assert "has no `version:`" in refusal(tree)


def test_a_version_that_is_computed_is_refused(tree: Sources) -> None:
    change(tree.library / "__init__.py", "LOADER = 7", "LOADER = True and 7")
    assert "__version__ and LOADER must be plain literals" in refusal(tree)


def test_the_carrier_is_readable_source_and_plain_literals(tree: Sources) -> None:
    text = build(tree)[0].content
    assert '    "records/__init__": r\'\'\'"""Records."""\n\nfrom ..errors import Oops as Oops\n' in text
    assert max(len(line) for line in text.split("\n")) < 1100
    kinds = {type(node) for node in ast.parse(text).body}
    assert kinds == {ast.Expr, ast.Assign, ast.ClassDef}


def test_this_checkout_knows_its_places() -> None:
    where = sources()
    assert (where.library / "errors.py").is_file()
    assert (where.functions / "loader.py").is_file()
    assert (where.observability / "__init__.py").is_file()
