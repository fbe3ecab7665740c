"""Everything of Open WebUI that we use, in one place.

Imports happen when the seam is opened, inside the server, so that importing this library never
needs Open WebUI. `tests/contract` checks every name and signature against the installed package.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import HostError

#: Versions that this library was tried with. Others get a warning on the page.
KNOWN_VERSIONS = ("0.12.4",)

#: attribute of Seam → (module, name, parameters that we pass; None where we do not call it).
NAMES: Mapping[str, tuple[str, str, tuple[str, ...] | None]] = {
    "version": ("open_webui.env", "VERSION", None),
    "generate_chat_completion": (
        "open_webui.utils.chat",
        "generate_chat_completion",
        ("request", "form_data", "user", "bypass_filter"),
    ),
    "check_model_access": ("open_webui.utils.models", "check_model_access", ("user", "model")),
    "bypass_model_access_control": ("open_webui.env", "BYPASS_MODEL_ACCESS_CONTROL", None),
    "chat_completion": ("open_webui.main", "chat_completion", ("request", "form_data", "user")),
    "get_all_models": ("open_webui.utils.models", "get_all_models", ("request", "refresh", "user")),
    "get_filtered_models": ("open_webui.utils.models", "get_filtered_models", ("models", "user")),
    "has_base_model_access": (
        "open_webui.utils.access_control",
        "has_base_model_access",
        ("user_id", "model_info", "user_role"),
    ),
    "get_verified_user": ("open_webui.utils.auth", "get_verified_user", ("user",)),
    "models": ("open_webui.models.models", "Models", None),
    "model_form": ("open_webui.models.models", "ModelForm", None),
    "access_grants": ("open_webui.models.access_grants", "AccessGrants", None),
    "functions": ("open_webui.models.functions", "Functions", None),
    "function_table": ("open_webui.models.functions", "Function", None),
    "chat_message_table": ("open_webui.models.chat_messages", "ChatMessage", None),
    "users": ("open_webui.models.users", "Users", None),
    "user_model": ("open_webui.models.users", "UserModel", None),
    "groups": ("open_webui.models.groups", "Groups", None),
    "feedbacks": ("open_webui.models.feedbacks", "Feedbacks", None),
    "config": ("open_webui.models.config", "Config", None),
    "async_engine": ("open_webui.internal.db", "async_engine", None),
    "get_async_db_context": ("open_webui.internal.db", "get_async_db_context", ()),
    "database_schema": ("open_webui.env", "DATABASE_SCHEMA", None),
    "static_dir": ("open_webui.config", "STATIC_DIR", None),
}

#: Methods that we call on those objects, with the parameters that we pass.
METHODS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "models": {
        "get_model_by_id": ("id",),
        "get_models_by_ids": ("ids",),
        "insert_new_model": ("form_data", "user_id"),
        "update_model_by_id": ("id", "model"),
    },
    "access_grants": {"set_access_grants": ("resource_type", "resource_id", "access_grants")},
    "functions": {
        "get_function_valves_by_id": ("id",),
    },
    "users": {"get_user_by_id": ("id",)},
    "groups": {"get_groups_by_member_id": ("user_id",), "get_all_groups": ()},
    "feedbacks": {"get_feedback_by_id": ("id",)},
    "config": {"get": ("key", "default"), "get_many": ()},
}

#: Columns that we read of those tables.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "function_table": ("id", "is_active", "version_id"),
    "chat_message_table": (
        "id", "chat_id", "user_id", "role", "model_id", "created_at", "done", "error", "usage",
    ),
}  # fmt: skip

#: Settings that we read: of connections, and of the models for background tasks.
CONNECTION_KEYS = (
    "openai.api_base_urls", "openai.api_configs", "ollama.base_urls", "ollama.api_configs",
)  # fmt: skip
TASK_MODEL_KEYS = ("task.model.default", "task.model.external")
CONFIG_KEYS = (*CONNECTION_KEYS, *TASK_MODEL_KEYS)


@dataclass(frozen=True)
class Seam:
    """The names above, resolved. Typed loosely: Open WebUI carries no types of its own."""

    version: str
    generate_chat_completion: Any
    check_model_access: Any
    bypass_model_access_control: bool
    chat_completion: Any
    get_all_models: Any
    get_filtered_models: Any
    has_base_model_access: Any
    get_verified_user: Any
    models: Any
    model_form: Any
    access_grants: Any
    functions: Any
    function_table: Any
    chat_message_table: Any
    users: Any
    user_model: Any
    groups: Any
    feedbacks: Any
    config: Any
    async_engine: Any
    get_async_db_context: Any
    database_schema: str | None
    static_dir: Any

    @property
    def known(self) -> bool:
        """Whether this Open WebUI is one that the library was tried with."""
        return self.version in KNOWN_VERSIONS


def open_seam() -> Seam:
    """Resolve every name. Raises HostError that lists all that is missing."""
    found: dict[str, Any] = {}
    missing: list[str] = []
    for attribute, (module, name, _) in NAMES.items():
        try:
            found[attribute] = getattr(importlib.import_module(module), name)
        except (ImportError, AttributeError):
            missing.append(f"{module}.{name}")
    for attribute, methods in METHODS.items():
        missing += [
            f"{NAMES[attribute][0]}.{NAMES[attribute][1]}.{method}"
            for method in methods
            if attribute in found and not hasattr(found[attribute], method)
        ]
    if missing:
        version = found.get("version", "of unknown version")
        raise HostError(
            f"Open WebUI {version} lacks {', '.join(missing)}; Smart Router needs another release"
        )
    return Seam(**found)


def mismatches() -> list[str]:
    """Each signature that no longer takes what we pass, and each column and setting that is gone, as a
    sentence. Empty when all fit."""
    seam = open_seam()
    problems = []
    calls = [(f"{m}.{n}", getattr(seam, a), p) for a, (m, n, p) in NAMES.items() if p is not None]
    calls += [
        (f"{NAMES[a][1]}.{method}", getattr(getattr(seam, a), method), parameters)
        for a, methods in METHODS.items()
        for method, parameters in methods.items()
    ]
    for name, function, parameters in calls:
        takes = inspect.signature(function).parameters
        lacks = [p for p in parameters if p not in takes]
        if lacks:
            problems.append(f"{name}({', '.join(takes)}) no longer takes {', '.join(lacks)}")
    for attribute, columns in COLUMNS.items():
        has = getattr(seam, attribute).__table__.columns
        problems += [f"{NAMES[attribute][1]} has no column {name}" for name in columns if name not in has]
    # Where Open WebUI writes down every setting that it has. We read settings through `config` only.
    settings = importlib.import_module("open_webui.config").DEFAULT_CONFIG
    problems += [f"there is no setting {key}" for key in CONFIG_KEYS if key not in settings]
    return problems
