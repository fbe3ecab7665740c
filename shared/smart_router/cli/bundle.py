"""What Open WebUI loads: three thin functions and the carrier, as files and as one list to import.

`smart_router.json` is what Admin → Functions → Import takes. The carrier comes first, so that the
functions find it whatever the order in which they are switched on.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .carrier import CARRIER_ID, Sources, collect, read_source, render
from .errors import BundleError

#: The thin functions, in the order in which they are installed.
FUNCTION_IDS = ("smart_router", "smart_router_filter", "smart_router_events")
#: Below this many bytes of UTF-8: Open WebUI reads the whole text of each from its database on every chat.
THIN_BYTES = 20_000
#: The classes that make a source a function, in the order in which Open WebUI looks for them.
_TYPES = {"Pipe": "pipe", "Filter": "filter", "Action": "action", "Event": "event"}
_LOADER_LINE = re.compile(r"^from loader import (\w+(?:, \w+)*)[^\S\n]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Function:
    """One function as Open WebUI stores it. `is_active` is how it should end up once installed."""

    id: str
    name: str
    type: str
    content: str
    meta: dict[str, Any] = field(default_factory=dict)
    is_active: bool = True
    is_global: bool = False

    @property
    def version(self) -> str:
        return str(self.meta.get("manifest", {}).get("version", ""))

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "type": self.type,
            "content": self.content,
            "meta": self.meta,
            "is_active": self.is_active,
            "is_global": self.is_global,
        }


def sources() -> Sources:
    """Where this installation keeps what goes into a bundle: the checkout it runs from, or the wheel."""
    library = Path(__file__).resolve().parents[1]
    if (library / "functions").is_dir():
        page = library / "observability"
        return Sources(library, library / "functions", page, page / "ui")
    checkout = library.parents[1]
    if (checkout / "pipes").is_dir() and (checkout / "admin_pages").is_dir():
        page = checkout / "admin_pages" / "observability"
        return Sources(library, checkout / "pipes", page, page / "ui" / "dist")
    raise BundleError(f"{library}: neither a checkout nor a complete installation; install the wheel again")


def build(where: Sources, *, with_page: bool = True) -> list[Function]:
    """The four functions, carrier first. Raises BundleError, which names the file and the reason."""
    contents = collect(where, with_page=with_page)
    carrier = _function(CARRIER_ID, render(contents), Path(f"{CARRIER_ID}.py"), is_active=False)
    loader = read_source(_existing(where.functions / "loader.py"))
    thin = []
    for id in FUNCTION_IDS:
        path = _existing(where.functions / f"{id}.py")
        thin.append(_function(id, inline_loader(read_source(path), loader, path), path))
        size = len(thin[-1].content.encode())
        if size >= THIN_BYTES:
            raise BundleError(
                f"{path}: {size} bytes with its loader; it must stay below {THIN_BYTES}, "
                "because Open WebUI reads all of it on every chat. Move code into the library"
            )
    return [carrier, *thin]


def write(functions: Sequence[Function], out: Path) -> list[Path]:
    """Write each function and `smart_router.json`; the same functions give the same bytes."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for function in functions:
        path = out / f"{function.id}.py"
        path.write_bytes(function.content.encode())
        written.append(path)
    path = out / "smart_router.json"
    path.write_bytes(to_json(functions).encode())
    return [*written, path]


def to_json(functions: Sequence[Function]) -> str:
    """The list that Admin → Functions → Import takes."""
    return (
        json.dumps(
            [function.to_json() for function in functions], ensure_ascii=False, indent=1, sort_keys=True
        )
        + "\n"
    )


def from_json(text: str) -> list[Function]:
    """The functions of a `smart_router.json`. Raises BundleError when it is something else."""
    try:
        return [Function(**entry) for entry in json.loads(text)]
    except (ValueError, TypeError) as error:
        raise BundleError(f"not a smart_router.json: {error}") from None


def inline_loader(text: str, loader: str, path: Path) -> str:
    """A thin function with the loader's code where it imported it; without such an import, as it is."""
    lines = _LOADER_LINE.findall(text)
    imports = [node for node in ast.walk(_parsed(text, path)) if _imports_loader(node)]
    if len(imports) > 1 or len(lines) != len(imports):
        raise BundleError(
            f"{path}: must import its loader once, at module level, as `from loader import NAME, NAME`"
        )
    if not lines:
        return text
    defined = {getattr(node, "name", None) for node in ast.parse(loader).body}
    if missing := sorted(set(lines[0].split(", ")) - defined):
        raise BundleError(f"{path}: loader.py defines no {', '.join(missing)}")
    body = _without_preamble(loader)
    return _LOADER_LINE.sub(lambda _: body, text)


def frontmatter(text: str) -> dict[str, str]:
    """The `key: value` lines of the leading docstring, as Open WebUI reads them."""
    found: dict[str, str] = {}
    lines = text.split("\n")
    if lines[0].strip() != '"""':
        return found
    for line in lines[1:]:
        if '"""' in line:
            break
        if match := re.match(r"^\s*([a-zA-Z_]+):\s*(.*)\s*$", line):
            found[match[1]] = match[2].strip()
    return found


def _parsed(text: str, path: Path) -> ast.Module:
    """The text's syntax tree, compiled to the end: some errors show up only there."""
    try:
        compile(text, str(path), "exec", dont_inherit=True)
        return ast.parse(text)
    except (SyntaxError, ValueError) as error:
        where, reason = (error.lineno, error.msg) if isinstance(error, SyntaxError) else (None, str(error))
        raise BundleError(
            f"{path}: does not compile{f' (line {where})' if where else ''}: {reason}"
        ) from None


def _imports_loader(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name == "loader" for alias in node.names)
    return isinstance(node, ast.ImportFrom) and node.module == "loader"


def _function(id: str, content: str, path: Path, *, is_active: bool = True) -> Function:
    tree = _parsed(content, path)
    manifest = frontmatter(content)
    for key in ("title", "version", "description"):
        if not manifest.get(key):
            raise BundleError(f"{path}: the docstring on its first lines has no `{key}:`")
    classes = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    types = [type for name, type in _TYPES.items() if name in classes]
    if len(types) != 1:
        raise BundleError(f"{path}: must define exactly one of the classes {', '.join(_TYPES)}")
    meta = {"description": manifest["description"], "manifest": manifest}
    return Function(id, manifest["title"], types[0], content, meta, is_active)


def _without_preamble(loader: str) -> str:
    """The loader without its docstring and `__future__` import, which belong to a module's first lines."""
    lines = loader.split("\n")
    for number, node in enumerate(ast.parse(loader).body):
        docstring = (
            number == 0 and isinstance(node, ast.Expr) and isinstance(getattr(node.value, "value", None), str)
        )
        if docstring or (isinstance(node, ast.ImportFrom) and node.module == "__future__"):
            first, last = node.lineno - 1, node.end_lineno or node.lineno
            lines[first:last] = [""] * (last - first)
    return "\n".join(lines).strip("\n")


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise BundleError(f"{path} is missing")
    return path
