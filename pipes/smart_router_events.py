"""
title: Smart Router events
author: Smart Router for Open WebUI contributors
description: Puts the observability page in place, and tells Smart of ratings and provider failures.
version: 0.1.0
license: MIT
"""

import logging

from loader import LibraryMissing, library


class Event:
    """Hands each event that Smart can use to the library; never raises into Open WebUI."""

    async def event(self, event: dict, __app__, __request__=None) -> None:
        name = str(event.get("event", ""))
        if not name.startswith(HEARD):
            return
        try:
            runtime = await library(__app__)
            await runtime.on_event(name, event, __request__)
        except LibraryMissing as missing:
            logging.getLogger("smart_router").warning("%s", missing)
        except Exception:
            logging.getLogger("smart_router").exception("Smart Router could not use the event %s", name)


HEARD = (
    "system.startup.completed",
    "system.shutdown.started",
    "function.",
    "feedback.",
    "model.",
    "config.",
    "user.deleted",
    "group.",
)
