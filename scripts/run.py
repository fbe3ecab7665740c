"""`make run`: Open WebUI with Smart in it, ready to be looked at. Ctrl-C ends all of it.

PORT (8080), HOST (127.0.0.1), DATA_DIR (.demo), DEMO=1 for simulated backends even where real ones
are; OPENAI_API_KEY with OPENAI_API_BASE_URL, and OLLAMA_BASE_URL, for real ones. ADMIN_EMAIL and
ADMIN_PASSWORD name another administrator than the demo's. DATABASE_URL, REDIS_URL and their like are not
followed: all data are in DATA_DIR.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from connections import Connections, connect, real_ones, simulated_ones
from first_steps import Account, add_user, put_registry, share_demo_models, sign_in, smart_router
from open_webui_process import NO_TELEMETRY, OFFLINE, Failed, OpenWebUIProcess, port_is_free

from smart_router.cli.errors import CommandError

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.0.0.1", "localhost", "::1")
USER = Account("Demo User", "user@example.com", "smart-demo", "user")


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        run()
    except KeyboardInterrupt:
        return 0
    except (Failed, CommandError) as error:
        say(f"\n{error}", sys.stderr)
        return 1
    return 0


def run() -> None:
    host, port = os.environ.get("HOST", "127.0.0.1"), port_wanted()
    admin = administrator(host)
    if not port_is_free(host, port):
        raise Failed(f"port {port} on {host} is taken; try another: PORT={port + 1} make run")
    data_dir = Path(os.environ.get("DATA_DIR") or ROOT / ".demo").resolve()
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)  # connections are saved with their keys
    smart_router("bundle", "--out", str(ROOT / "dist"))
    connections = real_ones(os.environ) or simulated_ones(data_dir / "demo-ports.json")
    open_webui = OpenWebUIProcess(data_dir, host, port, environment(connections, host, port))
    try:
        say("Starting Open WebUI; the first time it takes a minute …")
        open_webui.start()
        with sign_in(open_webui.url, admin) as client:
            connect(client, connections, data_dir / "connections.json")
            add_user(client, USER)
            client.models(refresh=True)
            if connections.demo:
                share_demo_models(client)
            # The token goes through the environment, where no list of processes shows it.
            os.environ.update(OPEN_WEBUI_URL=open_webui.url, OPEN_WEBUI_API_KEY=client.token or "")
            bundle = str(ROOT / "dist" / "smart_router.json")
            smart_router("install", "--access", "everyone", "--bundle", bundle)
            if connections.demo:
                say(f"Registry: {put_registry(client, ROOT / 'model_registry.yaml')}")
        say(welcome(open_webui, connections, admin))
        while open_webui.is_running():
            time.sleep(1.0)
        raise Failed(f"Open WebUI has ended by itself. {open_webui.last_words()}")
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave anything running
        if open_webui.is_running():
            say("\nStopping …")
        open_webui.stop()
        if connections.demo:
            connections.demo.stop()


def port_wanted() -> int:
    text = os.environ.get("PORT") or "8080"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Failed(f"PORT is {text!r}; expected a number from 1 to 65535")
    return int(text)


def administrator(host: str) -> Account:
    """The demo's password is known to everybody, so it is for this machine alone."""
    password = os.environ.get("ADMIN_PASSWORD", "")
    if not password and host not in LOOPBACK:
        raise Failed(f"HOST={host} opens this to others; set ADMIN_PASSWORD to one of your own")
    email = os.environ.get("ADMIN_EMAIL") or "admin@example.com"
    return Account("Demo Admin", email, password or "smart-demo", "admin")


def environment(connections: Connections, host: str, port: int) -> dict[str, str]:
    """Open WebUI's settings for this run; what is set outside already wins."""
    settings = {
        **NO_TELEMETRY,
        **(OFFLINE if connections.demo else {}),
        "ENABLE_SIGNUP": "false",
        "DEFAULT_USER_ROLE": "user",
        "DEFAULT_MODELS": "smart_router.auto",
        # The bundle is what is shown, as in a real installation, not the checkout beside it.
        "SMART_ROUTER_LIBRARY": "carrier",
    }
    if host in LOOPBACK:
        # The password is no secret, so at least no other site that is open in the browser may call this one.
        settings["CORS_ALLOW_ORIGIN"] = ";".join(
            f"http://{name}:{port}" for name in ("127.0.0.1", "localhost")
        )
    return {**{k: os.environ.get(k, v) for k, v in settings.items()}, **connections.environment}


def welcome(open_webui: OpenWebUIProcess, connections: Connections, admin: Account) -> str:
    """What to open, who to sign in as, and what to try."""
    told = [
        ("Open WebUI with Smart", open_webui.url),
        ("The page", f"{open_webui.url}/admin/observability"),
        ("Administrator", f"{admin.email}  /  {_shown(admin)}"),
        ("Plain user", f"{USER.email}  /  {USER.password}"),
    ]
    if connections.demo:
        hosted, local = (
            f"{url.removesuffix('/v1')}/_faults" for url in (connections.openai_url, connections.ollama_url)
        )
        told += [
            ("Simulated backends", f"{connections.openai_url} and {connections.ollama_url}"),
            ("Break one", f"""curl -d '{{"model": "mistral:7b", "kind": "server_error_json"}}' {local}"""),
            ("", "then ask for some code (models of the other protocol break at the other address)"),
            ("Mend all", f"curl -X DELETE {hosted} {local}"),
        ]
    else:
        real = " and ".join(url for url in (connections.openai_url, connections.ollama_url) if url)
        told += [
            ("Connected", f"{real} (DEMO=1 make run takes simulated backends)"),
            ("Plain users", "are sent only to models shared with them: Admin Panel → Settings → Models"),
        ]
    told += [("Log", str(open_webui.log_path)), ("To stop everything", "Ctrl-C")]
    return "\n" + "\n".join(f"  {name + ':' if name else '':<23} {text}" for name, text in told) + "\n"


def _shown(admin: Account) -> str:
    return "your own password" if os.environ.get("ADMIN_PASSWORD") else admin.password


def say(text: str, to: object = None) -> None:
    print(text, file=to or sys.stdout, flush=True)  # type: ignore[arg-type]


if __name__ == "__main__":
    raise SystemExit(main())
