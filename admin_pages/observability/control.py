"""Routes that change something, and those beside them: breakers, registry, access, records."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, HTTPException, Path, Query
from starlette.responses import JSONResponse, Response

from smart_router.records import RegistryVersion

from . import shapes
from .answers import failure, issues_json
from .dependencies import Dependencies, RegistryCheck, RuntimeView

View = Callable[..., Any]


def add_breakers(router: APIRouter, dependencies: Dependencies, view: View) -> None:
    """Circuit breakers: see them, close them."""

    @router.get("/circuit-breakers", response_model=shapes.Breakers)
    async def breakers(_: Any = Depends(dependencies.admin), runtime: Any = Depends(view)) -> Response:
        """Every breaker that has seen a call or a failure; one that is not closed comes first."""
        return JSONResponse({"items": breakers_json(runtime), "next_cursor": None})

    # Before the route below, which would take it for a breaker without an id.
    @router.post("/circuit-breakers/reset", response_model=shapes.ResetResult)
    async def reset_all(
        _: Any = Depends(dependencies.admin_bearer), runtime: Any = Depends(view)
    ) -> Response:
        """Close all of them."""
        count = await runtime.reset_breakers()
        return JSONResponse({"reset": count, "items": breakers_json(runtime)})

    @router.post(
        "/circuit-breakers/{id:path}/reset", response_model=shapes.ResetResult, responses=shapes.MISSING
    )
    async def reset_one(
        id: str, _: Any = Depends(dependencies.admin_bearer), runtime: Any = Depends(view)
    ) -> Response:
        """Close one, by the id of a backend or of a connection."""
        known = await runtime.reset_breaker(id)
        if not known and id not in runtime.catalog.backends:
            raise HTTPException(404, f"There is no circuit breaker {id!r}.")
        return JSONResponse({"reset": int(known), "items": breakers_json(runtime)})


def add_registry(router: APIRouter, dependencies: Dependencies, view: View) -> None:
    """The registry: its newest text is the truth."""
    admin, admin_bearer = dependencies.admin, dependencies.admin_bearer

    @router.get("/registry", response_model=shapes.RegistryShape)
    async def read(_: Any = Depends(admin), runtime: Any = Depends(view)) -> Response:
        """The newest text, what is wrong with it, and what is in effect."""
        return JSONResponse(await _registry_json(runtime))

    @router.put(
        "/registry",
        response_model=shapes.RegistryShape,
        responses={
            **shapes.UNUSABLE,
            409: {"model": shapes.Detail, "description": "Somebody else saved another version in between."},
            422: {"model": shapes.RegistryRefused, "description": "It does not validate."},
        },
    )
    async def save(
        draft: shapes.RegistryDraft, user: Any = Depends(admin_bearer), runtime: Any = Depends(view)
    ) -> Response:
        """Save a text as a new version: 422 with `errors` when it does not validate, 409 when `version`
        is not the newest one any more."""
        check = await _checked(runtime, draft.text)
        if check.errors:
            return failure(422, _refusal(check), errors=issues_json(check.errors))
        await runtime.store.registry_save(
            draft.text, draft.comment, user_id=_id_of(user), expected_version=draft.version
        )
        await runtime.registry_saved()
        return JSONResponse(await _registry_json(runtime))

    @router.post("/registry/validate", response_model=shapes.RegistryCheckShape, responses=shapes.UNUSABLE)
    async def validate(
        text: shapes.RegistryText, _: Any = Depends(admin), runtime: Any = Depends(view)
    ) -> Response:
        """What is wrong with a text, with lines. Nothing is saved."""
        return JSONResponse(_check_json(await _checked(runtime, text.text)))

    @router.get("/registry/history", response_model=shapes.RegistryVersions)
    async def history(
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        _: Any = Depends(admin),
        runtime: Any = Depends(view),
    ) -> Response:
        """The versions, newest first, without their texts."""
        versions = await runtime.store.registry_history(limit)
        return JSONResponse({"items": [_version_json(version) for version in versions], "next_cursor": None})

    @router.get("/registry/{version}", response_model=shapes.RegistryVersionShape, responses=shapes.MISSING)
    async def one_version(
        version: Annotated[int, Path(ge=0, le=2**31 - 1)],
        _: Any = Depends(admin),
        runtime: Any = Depends(view),
    ) -> Response:
        """One version with its text: saving that again is how to go back."""
        found = await runtime.store.registry_get(version)
        if found is None:
            raise HTTPException(404, f"There is no version {version} of the registry.")
        return JSONResponse({**_version_json(found), "text": found.text})


def add_access(router: APIRouter, dependencies: Dependencies, view: View) -> None:
    """Who may use Smart."""

    @router.get("/access", response_model=shapes.AccessShape)
    async def read(_: Any = Depends(dependencies.admin), runtime: Any = Depends(view)) -> Response:
        """Who may use Smart now, and every group that there is."""
        return JSONResponse(dict(await runtime.access()))

    @router.put("/access", response_model=shapes.AccessShape, responses=shapes.UNUSABLE)
    async def write(
        wish: shapes.AccessWish, user: Any = Depends(dependencies.admin_bearer), runtime: Any = Depends(view)
    ) -> Response:
        """Say who may; written as Open WebUI's own model and grants."""
        if wish.access == "groups" and not wish.groups:
            raise HTTPException(422, "groups: name at least one; nobody but administrators could use Smart")
        return JSONResponse(dict(await runtime.set_access(wish.access, wish.groups, user)))


def add_others(router: APIRouter, dependencies: Dependencies, view: View) -> None:
    """Explaining a decision; deleting all records."""

    @router.post("/explain", response_model=shapes.DecisionShape, responses=shapes.UNUSABLE)
    async def explain(
        body: Annotated[dict[str, Any], Body()],
        user: Any = Depends(dependencies.admin),
        runtime: Any = Depends(view),
    ) -> Response:
        """What Smart would choose for a chat body, and why. Nothing is sent or stored."""
        return JSONResponse(dict(await runtime.explain(body, user)))

    @router.delete("/records", response_model=shapes.Purged)
    async def purge(
        confirm: Annotated[Literal["purge"], Query(description="Say purge: it cannot be undone.")],
        _: Any = Depends(dependencies.admin_bearer),
        runtime: Any = Depends(view),
    ) -> Response:
        """Drop our tables: records, and every version of the registry. For uninstalling."""
        await runtime.store.purge()
        return JSONResponse({"purged": True})


def breakers_json(runtime: RuntimeView) -> list[dict[str, Any]]:
    """The interface's `breaker` shapes, each with the name of its backend or connection."""
    backends = {id: backend.name for id, backend in runtime.catalog.backends.items()}
    names = {"backend": backends, "connection": runtime.connection_names}
    items = [{**status.to_json(), "name": names[status.kind].get(status.id)} for status in runtime.breakers()]
    return sorted(items, key=lambda item: (item["state"] == "closed", item["id"]))


async def _registry_json(runtime: RuntimeView) -> dict[str, Any]:
    newest = await runtime.store.registry_current()
    saved: Mapping[str, Any] = {"version": 0, "comment": None, "saved_at": None, "saved_by": None}
    if newest is not None:
        saved = _version_json(newest)
    return {"text": newest.text if newest else "", **saved, **_check_json(runtime.registry_in_use())}


async def _checked(runtime: RuntimeView, text: str) -> RegistryCheck:
    # A long text takes seconds to read, and every chat of this worker would stand still for them.
    return await asyncio.to_thread(runtime.check_registry, text)


def _check_json(check: RegistryCheck) -> dict[str, Any]:
    return {
        "errors": issues_json(check.errors),
        "warnings": list(check.warnings),
        "effective": None if check.effective is None else dict(check.effective),
    }


def _version_json(version: RegistryVersion) -> dict[str, Any]:
    return {
        "version": version.version,
        "comment": version.comment,
        "saved_at": version.saved_at,
        "saved_by": version.saved_by,
    }


def _refusal(check: RegistryCheck) -> str:
    first, more = check.errors[0], len(check.errors) - 1
    others = f", and {more} more" if more else ""
    return f"line {first.line}: {first.key}: {first.message}{others}"


def _id_of(user: Any) -> str | None:
    found = getattr(user, "id", None)
    return None if found is None else str(found)
