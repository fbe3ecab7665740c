"""Open WebUI's own HTTP API, and ours beneath it, as far as the commands and the tests use them.

Checked against Open WebUI 0.12.4. It answers 401 both to a stranger and to a plain user, and for a
function that is not there; so what a 401 means is decided where the question was asked.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import TracebackType
from typing import Any
from urllib.parse import quote

import httpx

from .bundle import Function
from .errors import ApiError, CommandError, NotAllowed, NotSignedIn, Unreachable, UsageError

OURS = "/api/v1/observability"

Params = dict[str, str | int | bool | list[str]]


class NotInstalled(CommandError):
    """Open WebUI answers, but Smart Router is not in it or not switched on."""


class OpenWebUI:
    """One Open WebUI, as one account.

    `url` is its address as typed in a browser, with a path when it lives below one. `token` is a
    session token or an API key; None asks as a stranger. Every method raises Unreachable when
    nobody answers and ApiError for an answer that is an error. Use it as a context manager.
    """

    def __init__(
        self,
        url: str,
        token: str | None = None,
        *,
        timeout_s: float = 60.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.url = normal_url(url)
        self.token = token
        self._http = httpx.Client(
            base_url=self.url, timeout=timeout_s, transport=transport, verify=_certificates()
        )

    def __enter__(self) -> OpenWebUI:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    # The plain call, for routes that have no method here.

    def call(self, method: str, path: str, body: Any = None, *, params: Params | None = None) -> Any:
        """The JSON that a route answers; None for an empty answer."""
        try:
            response = self._http.request(method, path, json=body, params=params, headers=self._headers())
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise self._unreachable(error) from None
        _raise_for_error(response)
        if not response.content:
            return None
        try:
            return response.json()
        except ValueError:
            raise _NoJson(
                f"{self.url}{path} does not answer as Open WebUI does; is the address right?"
            ) from None

    def _headers(self) -> dict[str, str]:
        # The session of one call must not leak into the next through a cookie.
        self._http.cookies.clear()
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def _unreachable(self, error: Exception) -> Unreachable:
        return Unreachable(f"cannot reach Open WebUI at {self.url} ({_reason(error)}); is it running there?")

    def get(self, path: str, **params: str | int | bool) -> Any:
        return self.call("GET", path, params={**params} or None)

    def post(self, path: str, body: Any = None) -> Any:
        return self.call("POST", path, body)

    # Who is there, and who asks.

    def version(self) -> str:
        """Open WebUI's version; also the proof that something answers which is Open WebUI."""
        found = self.get("/api/version")
        version = found.get("version") if isinstance(found, dict) else None
        if not isinstance(version, str):
            raise CommandError(f"{self.url} answers, but not as Open WebUI does; is the address right?")
        return version

    def sign_up(self, name: str, email: str, password: str) -> dict[str, Any]:
        """A new account, used from now on. The first one of an installation is its administrator."""
        return self._session(
            self.post("/api/v1/auths/signup", {"name": name, "email": email, "password": password})
        )

    def sign_in(self, email: str, password: str) -> dict[str, Any]:
        """The account with its fresh token, used from now on. Raises NotSignedIn with the reason."""
        try:
            found = self.post("/api/v1/auths/signin", {"email": email, "password": password})
        except ApiError as error:
            if error.status in (400, 401, 403, 429):
                raise NotSignedIn(f"Open WebUI at {self.url} refused: {error.detail}") from None
            raise
        return self._session(found)

    def add_user(self, name: str, email: str, password: str, role: str = "user") -> dict[str, Any]:
        """An account made by an administrator, who stays signed in; it comes with a token of its own."""
        form = {"name": name, "email": email, "password": password, "role": role}
        found: dict[str, Any] = self.post("/api/v1/auths/add", form)
        return found

    def user_names(self) -> dict[str, str]:
        """The name of each account by its id."""
        return {user["id"]: user["name"] for user in self.get("/api/v1/users/all")["users"]}

    def _session(self, found: Any) -> dict[str, Any]:
        if isinstance(found, dict) and found.get("next_step"):
            raise NotSignedIn(
                "this account signs in with a second factor, which the command line cannot ask for; "
                "make an API key in Open WebUI (Settings → Account) and pass it with --token"
            )
        if not isinstance(found, dict) or not found.get("token"):
            raise NotSignedIn(
                f"Open WebUI at {self.url} gave no session for this account; is it still pending?"
            )
        self.token = found["token"]
        return found

    def require_admin(self) -> None:
        """Raise NotSignedIn or NotAllowed unless this account is an administrator."""
        if not self.token:
            raise NotSignedIn(
                "not signed in; run `smart-router login`, or pass --token or set OPEN_WEBUI_API_KEY"
            )
        try:
            self.functions()
        except ApiError as error:
            if error.status not in (401, 403):
                raise
            refusal = error
        else:
            return
        try:
            self.models()
        except ApiError as error:
            raise NotSignedIn(
                f"Open WebUI at {self.url} does not take this token ({error.detail}); "
                "run `smart-router login` again"
            ) from None
        raise NotAllowed(f"this account is no administrator of {self.url} ({refusal.detail})")

    # Functions.

    def functions(self) -> dict[str, dict[str, Any]]:
        """Every function by its id, without the sources."""
        return {entry["id"]: entry for entry in self.get("/api/v1/functions/list")}

    def function(self, id: str) -> dict[str, Any]:
        """One function with its source as `content`."""
        found: dict[str, Any] = self.get(f"/api/v1/functions/id/{quote(id)}")
        return found

    def create_function(self, function: Function) -> dict[str, Any]:
        """Add it, switched off as Open WebUI always does."""
        form = {"id": function.id, "name": function.name, "content": function.content, "meta": function.meta}
        found: dict[str, Any] = self.post("/api/v1/functions/create", form)
        return found

    def update_function(
        self, id: str, *, name: str, content: str, meta: dict[str, Any], commit_message: str | None = None
    ) -> dict[str, Any]:
        """Replace a function's source in place; valves and switches stay."""
        form = {"id": id, "name": name, "content": content, "meta": meta, "commit_message": commit_message}
        found: dict[str, Any] = self.post(f"/api/v1/functions/id/{quote(id)}/update", form)
        return found

    def toggle_function(self, id: str) -> bool:
        """Turn its switch over; the new state."""
        return bool(self.post(f"/api/v1/functions/id/{quote(id)}/toggle")["is_active"])

    def delete_function(self, id: str) -> None:
        self.call("DELETE", f"/api/v1/functions/id/{quote(id)}/delete")

    def valves(self, id: str) -> dict[str, Any]:
        """The valves that an administrator has set, without defaults."""
        return dict(self.get(f"/api/v1/functions/id/{quote(id)}/valves") or {})

    def set_valves(self, id: str, values: dict[str, Any]) -> dict[str, Any]:
        return dict(self.post(f"/api/v1/functions/id/{quote(id)}/valves/update", values) or {})

    # Models, and who may use them.

    def models(self, *, refresh: bool = False) -> dict[str, dict[str, Any]]:
        """The models that this account sees, by id. `refresh` has Open WebUI ask its connections anew."""
        found = self.get("/api/models", **({"refresh": "true"} if refresh else {}))
        return {model["id"]: model for model in found["data"]}

    def model_rows(self) -> dict[str, dict[str, Any]]:
        """What Open WebUI stores about base models, pipes included: name, meta, access grants."""
        return {row["id"]: row for row in self.get("/api/v1/models/base")}

    def create_model_row(self, form: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.post("/api/v1/models/create", form)
        return found

    def update_model_row(self, form: dict[str, Any]) -> dict[str, Any]:
        """Replace name, meta and params; grants and the switch stay unless the form has them."""
        found: dict[str, Any] = self.post("/api/v1/models/model/update", form)
        return found

    def set_model_grants(self, id: str, grants: list[dict[str, str]]) -> dict[str, Any]:
        found: dict[str, Any] = self.post(
            "/api/v1/models/model/access/update", {"id": id, "access_grants": grants}
        )
        return found

    def delete_model_row(self, id: str) -> None:
        self.post("/api/v1/models/model/delete", {"id": id})

    def groups(self) -> list[dict[str, Any]]:
        return list(self.get("/api/v1/groups/"))

    # Our own routes.

    def ours(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        params: Params | None = None,
    ) -> Any:
        """A route below /api/v1/observability. Raises NotInstalled when Open WebUI does not have it."""
        with self._explained():
            return self.call(method, OURS + path, body, params=params)

    @contextmanager
    def ours_streamed(self, path: str, params: Params) -> Iterator[Iterator[bytes]]:
        """The bytes of such a route as they come, for what is too long to hold.

        Entering it raises as `ours` does; going through the bytes raises Unreachable where they
        break off.
        """
        with self._explained():
            request = self._http.build_request("GET", OURS + path, params=params, headers=self._headers())
            response = self._http.send(request, stream=True)
        try:
            with self._explained():
                if response.is_error:
                    response.read()
                _raise_for_error(response)
                if response.headers.get("content-type", "").startswith("text/html"):
                    raise _NoJson
            yield self._bytes(response)
        finally:
            response.close()

    def _bytes(self, response: httpx.Response) -> Iterator[bytes]:
        with self._explained():
            yield from response.iter_bytes()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """What Open WebUI's answers mean where one of our routes was asked for."""
        if not self.token:
            raise NotSignedIn(
                "not signed in; run `smart-router login`, or pass --token or set OPEN_WEBUI_API_KEY"
            )
        try:
            yield
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise self._unreachable(error) from None
        except _NoJson:
            # An address that Open WebUI does not know gets its page, with status 200.
            raise self._not_installed() from None
        except ApiError as error:
            if error.status == 405:
                # The same page, asked for with anything but GET.
                raise self._not_installed() from None
            if error.status == 401:
                raise NotSignedIn(
                    f"Open WebUI at {self.url} does not take this token; run `smart-router login` again"
                ) from None
            if error.status == 403:
                raise NotAllowed(f"this account is no administrator of {self.url} ({error.detail})") from None
            if error.status in (404, 409, 422) and error.detail:
                # Our own routes say what is wrong in a sentence; the address adds nothing to it.
                raise ApiError(error.detail, status=error.status, detail=error.detail) from None
            raise

    def _not_installed(self) -> NotInstalled:
        return NotInstalled(
            f"Smart Router is not active in Open WebUI at {self.url}; run `smart-router install`"
        )


class _NoJson(CommandError):
    """A page came where JSON was due."""


@cache
def _certificates() -> ssl.SSLContext:
    """Reading the certificate authorities takes longer than most calls; once is enough."""
    return httpx.create_ssl_context()


def normal_url(url: str) -> str:
    """An address as one spells it, made one that can be compared: a scheme, no slash at the end.

    Raises UsageError for another scheme than http and https.
    """
    url = url.strip().rstrip("/")
    if "://" in url and not url.startswith(("http://", "https://")):
        raise UsageError(f"{url}: the address of an Open WebUI begins with http:// or https://")
    return url if url.startswith(("http://", "https://")) else f"http://{url}"


def _raise_for_error(response: httpx.Response) -> None:
    if response.is_error:
        detail, asked = _detail(response), response.request
        raise ApiError(
            f"{asked.method} {asked.url.path}: {response.status_code} {response.reason_phrase}: {detail}",
            status=response.status_code,
            detail=detail,
        )


def _detail(response: httpx.Response) -> str:
    """What an error answer says of its cause."""
    try:
        found = response.json()
    except ValueError:
        return response.text.strip()[:200] or "no explanation"
    detail = found.get("detail", found) if isinstance(found, dict) else found
    return detail if isinstance(detail, str) else str(detail)


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    return str(error) or type(error).__name__
