"""The carrier: library, weights and page as the text of one Open WebUI function that stays switched off.

Its modules are readable source, its assets base85 of zlib. Nobody executes them: the loader in the
thin functions parses the text and takes the literals `VERSION`, `LOADER`, `MODULES` and `ASSETS`.
Here it is written, and proved to read back as what went in.
"""

from __future__ import annotations

import ast
import base64
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .errors import BundleError

CARRIER_ID = "smart_router_library"

#: Texts that Open WebUI rewrites wherever they stand (`replace_imports` in its utils/plugin.py),
#: strings and comments included. Written in two halves, or this file could not be bundled either.
REWRITTEN = tuple("from " + name for name in ("utils", "apps", "main", "config"))

#: What has no use at run time.
_LEFT_OUT_NAMES = {"py.typed"}
_LEFT_OUT_SUFFIXES = {".md", ".pyc", ".pyi"}

_QUOTES = "'" * 3
#: Packed assets are broken into lines of this many characters, so that an editor can still open them.
_LINE = 1000


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the parts of a bundle lie.

    `library` holds the package, `functions` the thin functions and their loader, `observability`
    the page's Python modules, `page` the built page (`index.html` and what belongs to it).
    """

    library: Path
    functions: Path
    observability: Path
    page: Path


@dataclass(frozen=True, slots=True)
class Contents:
    """What a carrier carries: texts of modules and bytes of assets, by their path in the package."""

    version: str
    loader: int
    modules: Mapping[str, str]
    assets: Mapping[str, bytes]


def collect(sources: Sources, *, with_page: bool = True) -> Contents:
    """Read the tree. Raises BundleError for whatever Open WebUI or the loader could not take."""
    modules: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    origin: dict[str, Path] = {}

    def claim(key: str, path: Path) -> None:
        # "x" and "x/__init__" are one module name to Python, whichever of them wins.
        name = key.removesuffix("/__init__")
        if name in origin:
            raise BundleError(f"{path} and {origin[name]} would be the same module or file {name!r}")
        origin[name] = path

    elsewhere = {sources.library / "cli", sources.functions, sources.observability, sources.page}
    for path in _files(sources.library, elsewhere):
        relative = PurePosixPath(path.relative_to(sources.library).as_posix())
        key = str(relative.with_suffix("")) if path.suffix == ".py" else str(relative)
        claim(key, path)
        if path.suffix == ".py":
            modules[key] = _module_text(path)
        else:
            assets[key] = path.read_bytes()
    for path in _files(sources.observability, {sources.observability / "ui"}):
        if path.suffix != ".py":
            continue
        key = "observability/" + path.relative_to(sources.observability).with_suffix("").as_posix()
        claim(key, path)
        modules[key] = _relative_imports(key, _module_text(path), path)
    if with_page:
        if not (sources.page / "index.html").is_file():
            raise BundleError(
                f"the page is not built: {sources.page / 'index.html'} is missing; "
                "run `make ui`, or pass --without-page"
            )
        for path in _files(sources.page, set()):
            key = "observability/ui/" + path.relative_to(sources.page).as_posix()
            claim(key, path)
            assets[key] = path.read_bytes()

    for key, text in modules.items():
        _check_module(key, text, origin[key.removesuffix("/__init__")], modules)
    version, loader = _identity(modules, sources.library)
    return Contents(version, loader, modules, assets)


def render(contents: Contents) -> str:
    """The carrier's text; the same contents give the same text."""
    modules = "".join(
        f"    {_quoted(key)}: {_literal(key, contents.modules[key])},\n" for key in sorted(contents.modules)
    )
    assets = "".join(
        f"    {_quoted(key)}: (\n{_packed(contents.assets[key])}    ),\n" for key in sorted(contents.assets)
    )
    text = (
        '"""\n'
        "title: Smart Router library\n"
        "author: Smart Router for Open WebUI\n"
        f"version: {contents.version}\n"
        "license: MIT\n"
        "description: The code, data and page of Smart Router. Leave it switched off: "
        "the other Smart Router functions read it, and it is never run.\n"
        '"""\n\n'
        f"VERSION = {_quoted(contents.version)}\n"
        f"LOADER = {contents.loader}\n\n\n"
        "class Action:\n"
        '    """Open WebUI keeps functions alone, so this is one. It does nothing."""\n\n\n'
        "# The library's modules, by their path in the package.\n"
        f"MODULES = {{\n{modules}}}\n\n"
        "# Files beside them: base85 of zlib.\n"
        f"ASSETS = {{\n{assets}}}\n"
    )
    if parse(text) != contents:
        raise BundleError("the carrier does not read back as what went into it")
    return text


def parse(text: str) -> Contents:
    """The contents of a carrier, read the way the loader reads them: as literals, nothing executed."""
    values = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    assets = {key: zlib.decompress(base64.b85decode(packed)) for key, packed in values["ASSETS"].items()}
    return Contents(values["VERSION"], values["LOADER"], values["MODULES"], assets)


def check_rewritten(text: str, path: Path) -> None:
    """Raise BundleError when Open WebUI would change this text on its way into the database."""
    for number, line in enumerate(text.split("\n"), 1):
        for rewritten in REWRITTEN:
            if rewritten in line:
                raise BundleError(
                    f"{path}:{number}: Open WebUI would rewrite the text {rewritten!r}; say it in other words"
                )


def read_source(path: Path) -> str:
    """A source file as text, exactly. Raises BundleError for what no Python literal could hold."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BundleError(f"{path}: not UTF-8: {error}") from None
    for character, name in (
        ("\r", "a carriage return"),
        ("\0", "a NUL character"),
        ("\ufeff", "a byte order mark"),
    ):
        if character in text:
            raise BundleError(f"{path}: contains {name}, which does not survive in a function's source")
    check_rewritten(text, path)
    return text


def _files(folder: Path, skip: set[Path]) -> Iterator[Path]:
    """Every file below `folder` that a running library needs, in a stable order."""
    for path in sorted(folder.iterdir()):
        if path in skip or path.name.startswith((".", "__pycache__")) or path.name.endswith("~"):
            continue
        if path.is_dir():
            yield from _files(path, skip)
        elif path.name not in _LEFT_OUT_NAMES and path.suffix not in _LEFT_OUT_SUFFIXES:
            yield path


def _module_text(path: Path) -> str:
    text = read_source(path)
    try:
        ast.parse(text)
    except SyntaxError as error:
        raise BundleError(f"{path}:{error.lineno}: does not compile: {error.msg}") from None
    if _QUOTES in text:
        raise BundleError(f"{path}: contains three single quotes in a row, which end a module's text early")
    return text


def _relative_imports(key: str, text: str, path: Path) -> str:
    """Absolute imports of our own two packages, made relative: in a carrier the package has another name."""
    depth = key.count("/")
    lines = text.split("\n")
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.ImportFrom) or node.level or not node.module:
            continue
        # From the package's root one dot per folder leads up; the page's own folder is one of them.
        for package, dots in (("smart_router", depth + 1), ("admin_pages.observability", depth)):
            if node.module == package or node.module.startswith(package + "."):
                rest = node.module[len(package) + 1 :]
                lines[node.lineno - 1] = re.sub(
                    rf"from\s+{re.escape(node.module)}\s+import",
                    f"from {'.' * dots}{rest} import",
                    lines[node.lineno - 1],
                    count=1,
                )
    return "\n".join(lines)


def _check_module(key: str, text: str, path: Path, modules: Mapping[str, str]) -> None:
    """Every import must find its module under whatever name the package gets."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        if isinstance(node, ast.Import):
            absolute = [alias.name for alias in node.names]
        else:
            absolute = [] if node.level else [node.module or ""]
        for name in absolute:
            if name.split(".")[0] in ("smart_router", "admin_pages"):
                raise BundleError(f"{path}:{node.lineno}: imports {name!r} absolutely; make it relative")
        if isinstance(node, ast.ImportFrom) and node.level:
            package = key.split("/")[:-1]
            if node.level - 1 > len(package):
                raise BundleError(f"{path}:{node.lineno}: the relative import leaves the package")
            target = package[: len(package) - node.level + 1] + (node.module or "").split(".")
            name = "/".join(part for part in target if part)
            if name not in modules and f"{name}/__init__".removeprefix("/") not in modules:
                raise BundleError(f"{path}:{node.lineno}: imports {name!r}, which is not in the bundle")


def _identity(modules: Mapping[str, str], library: Path) -> tuple[str, int]:
    """`__version__` and `LOADER`, read from the tree that is bundled, not from the one that runs."""
    found: dict[str, object] = {}
    for node in ast.parse(modules.get("__init__", "")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found[target.id] = node.value.value
    version, loader = found.get("__version__"), found.get("LOADER")
    if not isinstance(version, str) or not isinstance(loader, int):
        raise BundleError(f"{library / '__init__.py'}: __version__ and LOADER must be plain literals")
    return version, loader


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _literal(key: str, text: str) -> str:
    """A raw string, so that the source reads in the carrier as it does in its file."""
    literal = f"r{_QUOTES}{text}{_QUOTES}"
    try:
        survives = ast.literal_eval(literal) == text
    except (SyntaxError, ValueError):
        survives = False
    if not survives:
        raise BundleError(
            f"{key}.py: does not survive as a raw string; end the file with a newline, "
            "not with a quote or backslash"
        )
    return literal


def _packed(data: bytes) -> str:
    packed = base64.b85encode(zlib.compress(data, 9)).decode("ascii")
    lines = [packed[at : at + _LINE] for at in range(0, len(packed), _LINE)]
    return "".join(f'        "{line}"\n' for line in lines)
