"""
title: Local only
author: Smart Router for Open WebUI contributors
description: A switch under the chat input: while it is on, Smart uses local models alone.
version: 0.1.0
license: MIT
"""


class Filter:
    """The switch itself. Open WebUI tells the pipe which switches are on; Smart acts on this one.

    It has no inlet: every step taken for a chat, titles and other tasks included, must obey it,
    and those pass no filter.
    """

    toggle = True
    icon = (
        "data:image/svg+xml;base64,"
        "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyNCAyNCIgZmlsbD0ibm9uZSIgc3Ryb2tl"
        "PSJjdXJyZW50Q29sb3IiIHN0cm9rZS13aWR0aD0iMS44IiBzdHJva2UtbGluZWNhcD0icm91bmQiIHN0cm9rZS1saW5lam9pbj0icm91"
        "bmQiPjxyZWN0IHg9IjQiIHk9IjEwIiB3aWR0aD0iMTYiIGhlaWdodD0iMTEiIHJ4PSIyLjUiLz48cGF0aCBkPSJNOCAxMFY3YTQgNCAw"
        "IDAgMSA4IDB2MyIvPjwvc3ZnPg=="
    )
