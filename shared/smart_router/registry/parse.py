"""YAML text → Registry. Every error has its line, its key, and what was expected."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Sequence
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..errors import Issue, RegistryError
from .schema import Registry

#: libyaml's where PyYAML was built with it, ten times as fast; the same nodes, marks and errors.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: A registry is read on every save and by every worker; beyond this it is no longer one.
MAX_CHARACTERS = 1_000_000
#: Nodes after aliases are followed: stops a small text that unfolds into an enormous one.
MAX_NODES = 100_000
#: Deeper than any registry, and far from where libyaml runs out of stack, which ends the whole process.
MAX_DEPTH = 100

Path = tuple[str | int, ...]


def parse_registry(text: str) -> Registry:
    """Read and validate a registry. An empty text is a valid registry, the default one.

    Raises RegistryError with all the issues found, in the order of their lines.
    """
    if len(text) > MAX_CHARACTERS:
        message = f"longer than {MAX_CHARACTERS:,} characters"
        raise RegistryError([Issue(1, 1, "", message)])
    root = _compose(text)
    if root is None:
        return Registry()
    marks: dict[Path, yaml.Node] = {}
    issues: list[Issue] = []
    data = _Reader(marks, issues).read(root, ())
    if issues:
        raise RegistryError(sorted(issues, key=lambda i: (i.line, i.column)))
    if not isinstance(data, dict):
        raise RegistryError([_issue(root, (), "expected keys such as `models:` and `routes:`")])
    try:
        return Registry.model_validate(data)
    except ValidationError as error:
        found = {_from_pydantic(e, marks) for e in error.errors(include_url=False)}
        raise RegistryError(sorted(found, key=lambda i: (i.line, i.column, i.key))) from error


def _compose(text: str) -> yaml.Node | None:
    try:
        _guard_depth(text)
        return yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = f"not valid YAML: {error.problem or error.context}"
        raise RegistryError([Issue(line, column, "", message)]) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise RegistryError([Issue(line, 1, "", f"not valid YAML: {error.reason}")]) from error
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise RegistryError([Issue(line, 1, "", "half a character, which no file can hold")]) from error


def _guard_depth(text: str) -> None:
    """Nodes are composed by recursion, which nothing limits in libyaml; its events are not."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            mark: Any = event.start_mark
            raise RegistryError([Issue(mark.line + 1, mark.column + 1, "", "nested too deeply")])


class _Reader:
    """Plain values out of YAML nodes, remembering where each stood."""

    def __init__(self, marks: dict[Path, yaml.Node], issues: list[Issue]) -> None:
        self._marks = marks
        self._issues = issues
        self._scalars = yaml.SafeLoader("")
        self._nodes = 0
        self._open: set[int] = set()

    def read(self, node: yaml.Node, path: Path) -> Any:
        self._marks.setdefault(path, node)
        self._nodes += 1
        if self._nodes > MAX_NODES or len(path) > 30 or id(node) in self._open:
            if not self._issues:
                self._issues.append(_issue(node, path, "too many or too deeply nested values"))
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        self._open.add(id(node))
        try:
            if isinstance(node, yaml.SequenceNode):
                return [self.read(item, (*path, i)) for i, item in enumerate(node.value)]
            return self._mapping(node, path)
        finally:
            self._open.discard(id(node))

    def _scalar(self, node: yaml.ScalarNode, path: Path) -> Any:
        try:
            return self._scalars.construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            said = getattr(error, "problem", None) or str(error)
            self._issues.append(_issue(node, path, f"cannot be read: {said}"))
            return None

    def _mapping(self, node: yaml.Node, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._issues.append(_issue(key_node, path, "expected a plain key"))
                continue
            # The text as written: YAML 1.1 reads `on`, `off`, `no` and 1 as other things than words.
            key = key_node.value
            if key in result:
                self._issues.append(_issue(key_node, (*path, key), "written twice"))
                continue
            result[key] = self.read(value_node, (*path, key))
            # An unknown key is pointed at itself, not at its value.
            self._marks[(*path, key, "")] = key_node
        return result


def _issue(node: yaml.Node, path: Path, message: str) -> Issue:
    mark = node.start_mark
    return Issue(mark.line + 1, mark.column + 1, dotted(path), message)


def dotted(path: Sequence[str | int]) -> str:
    """`("models", 2, "size_b")` → `models[2].size_b`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else (f".{step}" if text else step)
    return text


def _from_pydantic(error: ErrorDetails, marks: dict[Path, yaml.Node]) -> Issue:
    path, unknown = _locate(error["loc"], marks)
    kind = error["type"]
    if kind == "extra_forbidden" or (unknown == "[key]" and path):
        return _issue(marks[(*path, "")], path, _unknown_key(path, error))
    if kind == "missing":
        return _issue(marks[path], (*path, str(unknown)), "missing")
    return _issue(marks[path], path, _expected(error))


def _locate(loc: tuple[int | str, ...], marks: dict[Path, yaml.Node]) -> tuple[Path, int | str | None]:
    """The longest part of pydantic's location that is in the text, and the step that was not."""
    path: Path = ()
    unknown: int | str | None = None
    for step in loc:
        if (*path, step) in marks:
            path = (*path, step)
        else:
            unknown = step
    return path, unknown


def _unknown_key(path: Path, error: ErrorDetails) -> str:
    allowed = _keys_at(path[:-1])
    close = difflib.get_close_matches(str(path[-1]), allowed, n=1)
    hint = f"did you mean `{close[0]}`? " if close else ""
    if allowed:
        return f"unknown key; {hint}Expected one of: {', '.join(allowed)}"
    return f"unknown key; {_expected(error)}"


def _keys_at(path: Path) -> list[str]:
    kind: Any = Registry
    for step in path:
        kind = _descend(kind, step)
    for part in _members(kind):
        if isinstance(part, type) and issubclass(part, BaseModel):
            return [f.alias or name for name, f in part.model_fields.items()]
        if typing.get_origin(part) is dict:
            return [str(a) for k in _members(typing.get_args(part)[0]) for a in typing.get_args(k)]
    return []


def _descend(kind: Any, step: str | int) -> Any:
    for part in _members(kind):
        if isinstance(part, type) and issubclass(part, BaseModel):
            for name, field in part.model_fields.items():
                if step in (name, field.alias):
                    return field.annotation
        elif isinstance(step, int) and typing.get_origin(part) is tuple:
            return typing.get_args(part)[0]
        elif isinstance(step, str) and typing.get_origin(part) is dict:
            return typing.get_args(part)[1]
    return None


def _members(kind: Any) -> list[Any]:
    """A type's alternatives, without the annotations around them."""
    origin = typing.get_origin(kind)
    if origin is typing.Annotated:
        return _members(typing.get_args(kind)[0])
    if origin in (typing.Union, types.UnionType):
        return [m for a in typing.get_args(kind) for m in _members(a)]
    return [kind]


_KINDS = {
    "string_type": "expected text",
    "float_type": "expected a number",
    "int_type": "expected a whole number",
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
    "tuple_type": "expected a list",
    "list_type": "expected a list",
    "dict_type": "expected keys and values",
    "model_type": "expected keys and values",
    "model_attributes_type": "expected keys and values",
}


def _expected(error: ErrorDetails) -> str:
    kind, got, limits = error["type"], error["input"], error.get("ctx", {})
    if kind == "value_error":
        return str(limits.get("error", error["msg"]))
    if kind == "literal_error":
        return f"expected one of {limits.get('expected')}, not {_shown(got)}"
    if kind in _KINDS:
        hint = ""
        if kind == "string_type" and isinstance(got, bool):
            hint = " (YAML reads yes, no, on and off as true and false: put the word in quotes)"
        return f"{_KINDS[kind]}, not {_shown(got)}{hint}"
    bounds = {"greater_than": "gt", "greater_than_equal": "ge", "less_than": "lt", "less_than_equal": "le"}
    words = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}
    if kind in bounds:
        limit = bounds[kind]
        return f"expected {words[limit]} {limits.get(limit)}, not {_shown(got)}"
    if kind == "string_pattern_mismatch":
        return f"expected text like {limits.get('pattern')}, not {_shown(got)}"
    return f"{error['msg']}, not {_shown(got)}"


def _shown(value: Any) -> str:
    text = "nothing" if value is None else str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= 60 else text[:57] + "…"
