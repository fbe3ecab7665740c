"""What `make run` does in a running Open WebUI for the person who will look at it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from open_webui_process import Failed

from smart_router.cli.client import OpenWebUI
from smart_router.cli.demo import MODELS
from smart_router.cli.errors import ApiError, CommandError

EVERYONE = [{"principal_type": "user", "principal_id": "*", "permission": "read"}]
REGISTRY = "/api/v1/observability/registry"
COMMENT = "Demo"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in."""

    name: str
    email: str
    password: str
    role: str


def sign_in(url: str, admin: Account) -> OpenWebUI:
    """A client of the administrator; the account is made when the installation is new."""
    client = OpenWebUI(url)
    try:
        try:
            token = client.sign_in(admin.email, admin.password)["token"]
        except CommandError:
            token = client.sign_up(admin.name, admin.email, admin.password)["token"]
    except CommandError as error:
        raise Failed(
            f"this Open WebUI has data from before, and {admin.email} cannot sign in with the demo's "
            f"password ({error}). Set ADMIN_EMAIL and ADMIN_PASSWORD to your account there, "
            "or remove the data"
        ) from None
    client.token = token
    client.require_admin()
    return client


def add_user(client: OpenWebUI, user: Account) -> None:
    """A second account without rights; nothing happens when it is there."""
    body = {"name": user.name, "email": user.email, "password": user.password, "role": user.role}
    try:
        client.post("/api/v1/auths/add", body)
    except ApiError as error:
        if error.status != 400:
            raise


def share_demo_models(client: OpenWebUI) -> None:
    """Let plain users use the simulated models, as an administrator does under Settings → Models."""
    present = client.model_rows()
    for model in MODELS:
        if model.id not in present and not model.embedding:
            row = {"id": model.id, "base_model_id": None, "name": model.id, "meta": {}, "params": {}}
            client.create_model_row({**row, "access_grants": EVERYONE})
    client.models(refresh=True)


def put_registry(client: OpenWebUI, path: Path) -> str:
    """Save the demo's registry, unless a person has saved one. Returns what was done."""
    there: dict[str, Any] = client.get(REGISTRY)
    text = path.read_text()
    if there.get("text") == text:
        return "as shipped"
    if there.get("text") and there.get("comment") != COMMENT:
        return "one that was saved before; left alone"
    client.call("PUT", REGISTRY, {"text": text, "comment": COMMENT})
    return "as shipped, saved now"


def smart_router(*arguments: str) -> None:
    """Our own command; its output is shown."""
    command = [str(Path(sys.executable).with_name("smart-router")), *arguments]
    if subprocess.run(command).returncode:
        raise Failed(f"smart-router {arguments[0]} failed; its message is above")
