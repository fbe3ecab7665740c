"""The routes page, from the OpenAPI description of the router and the guards on its routes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from admin_pages.observability.api import Dependencies, Page, build_router

from .markdown import code, kind, table


def admin() -> None: ...
def admin_bearer() -> None: ...
def user() -> None: ...


_WHO = {admin: "administrator", admin_bearer: "administrator, Bearer", user: "user"}


@cache
def described() -> tuple[dict[str, Any], dict[tuple[str, str], str]]:
    """The OpenAPI description of our routes, and who may call each, by method and path."""

    async def nothing(*_: Any) -> Any:
        raise AssertionError

    router = build_router(
        Dependencies(
            get_runtime=nothing,
            admin=admin,
            admin_bearer=admin_bearer,
            user=user,
            smart_completion=nothing,
            page=lambda: Page(b""),
        )
    )
    application = FastAPI(title="Smart Router")
    application.router.routes.extend(router.routes)
    who = {
        (method, route.path_format): _WHO[guard]
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods
        for guard in _calls(route.dependant)
        if guard in _WHO
    }
    return application.openapi(), who


def tables() -> str:
    """Markdown."""
    api, who = described()
    lines = ["## Overview", ""]
    listed = [
        (method.upper(), path, told)
        for path, methods in sorted(api["paths"].items())
        for method, told in methods.items()
    ]
    lines += table(
        ["route", "who", "what"],
        [
            [code(f"{method} {path}"), who[method, path], _first_sentence(told)]
            for method, path, told in listed
        ],
    )
    for method, path, told in listed:
        lines += _route(method, path, told, who[method, path])
    lines += ["## Shapes", ""]
    for name, schema in sorted(api["components"]["schemas"].items()):
        lines += _shape(name, schema)
    return "\n".join(lines)


def _route(method: str, path: str, told: dict[str, Any], who: str) -> list[str]:
    lines = [
        f"## {method} {path}",
        "",
        f"{_words(told.get('description', ''))} *{who[0].upper()}{who[1:]}.*".strip(),
        "",
    ]
    parameters = told.get("parameters", [])
    if parameters:
        lines += table(
            ["parameter", "in", "value", "default", "meaning"],
            [
                [
                    code(parameter["name"]) + (" (required)" if parameter.get("required") else ""),
                    parameter["in"],
                    _without_null(kind(parameter["schema"])),
                    code(parameter["schema"].get("default")),
                    parameter.get("description", ""),
                ]
                for parameter in parameters
            ],
        )
    body = told.get("requestBody", {}).get("content", {}).get("application/json")
    if body:
        lines += [f"Body: {kind(body['schema'])}.", ""]
    statuses = []
    for status, answer in sorted(told["responses"].items()):
        for media, content in answer.get("content", {"": {}}).items():
            schema = content.get("schema", {})
            shape = kind(schema) if "$ref" in schema else media
            statuses.append(f"{status}{f' {shape}' if shape else ''}")
    return [*lines, f"Answers: {', '.join(dict.fromkeys(statuses))}.", ""]


def _shape(name: str, schema: dict[str, Any]) -> list[str]:
    required = schema.get("required", [])
    rows = [
        [code(key) + ("" if key in required else " (optional)"), kind(told)]
        for key, told in schema.get("properties", {}).items()
    ]
    said = _words(schema.get("description", ""))
    return [f"### {name}", "", *([said, ""] if said else []), *table(["key", "value"], rows)]


def _calls(dependant: Dependant) -> Iterator[Any]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)


def _first_sentence(told: dict[str, Any]) -> str:
    words = _words(told.get("description") or told["summary"])
    return f"{words.split('. ')[0].rstrip('.')}."


def _words(text: str) -> str:
    return " ".join(text.split())


def _without_null(words: str) -> str:
    return words.removesuffix(" or null")
