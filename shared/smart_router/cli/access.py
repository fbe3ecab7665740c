"""Who may use Smart, as Open WebUI writes it: grants on the model's own row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .errors import UsageError

_EVERYONE = {"principal_type": "user", "principal_id": "*", "permission": "read"}


@dataclass(frozen=True, slots=True)
class Access:
    """A choice: everyone, administrators only, or one group by its name."""

    kind: Literal["everyone", "admins", "group"]
    group: str = ""


def parse_access(text: str) -> Access:
    """`everyone`, `admins` or `group:NAME`. Raises UsageError for anything else."""
    if text == "everyone":
        return Access("everyone")
    if text == "admins":
        return Access("admins")
    if text.startswith("group:") and text[6:].strip():
        return Access("group", text[6:].strip())
    raise UsageError(f"--access takes everyone, admins or group:NAME, not {text!r}")


def grants(access: Access, groups: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """Open WebUI's grants for a choice; none at all means administrators only.

    `groups` are Open WebUI's. Raises UsageError when the group is not among them.
    """
    if access.kind == "everyone":
        return [dict(_EVERYONE)]
    if access.kind == "admins":
        return []
    found = {group["name"]: group["id"] for group in groups}
    if access.group not in found:
        there = f"there is: {', '.join(sorted(found))}" if found else "it has no groups yet"
        raise UsageError(f"there is no group {access.group!r} in Open WebUI; {there}")
    return [{"principal_type": "group", "principal_id": found[access.group], "permission": "read"}]


def merged(wanted: Sequence[dict[str, str]], present: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """The wanted grants, and those present that are no choice of ours: to single users, or to write."""
    kept = [
        {key: grant[key] for key in ("principal_type", "principal_id", "permission")}
        for grant in present
        if grant["permission"] != "read"
        or (grant["principal_type"] == "user" and grant["principal_id"] != "*")
    ]
    return [*wanted, *kept]


def same(one: Iterable[dict[str, Any]], other: Iterable[dict[str, Any]]) -> bool:
    """Whether two lists grant the same, whatever their order."""
    return _keys(one) == _keys(other)


def in_words(held: Iterable[dict[str, Any]], groups: Iterable[dict[str, Any]]) -> str:
    """Who the grants let in, for a person."""
    names = {group["id"]: group["name"] for group in groups}
    keys = {key for key in _keys(held) if key[2] == "read"}
    if ("user", "*", "read") in keys:
        return "everyone"
    in_groups = sorted(names.get(id, id) for kind, id, _ in keys if kind == "group")
    single = sum(kind == "user" for kind, _, _ in keys)
    parts = ["administrators"]
    if in_groups:
        parts.append(f"the group{'s' if len(in_groups) > 1 else ''} {', '.join(in_groups)}")
    if single:
        parts.append(f"{single} single user{'s' if single > 1 else ''}")
    return " and ".join(parts) if len(parts) > 1 else "administrators only"


def _keys(grants: Iterable[dict[str, Any]]) -> set[tuple[str, str, str]]:
    return {(g["principal_type"], g["principal_id"], g["permission"]) for g in grants}
