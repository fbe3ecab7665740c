"""Cards, accounts and national ids of a text."""

from __future__ import annotations

from .accounts import has_card, has_iban
from .haystack import Haystack
from .national import has_national_id
from .shapes import shape_of


def number_kinds(hay: Haystack) -> set[str]:
    """Which of card, iban and national_id are in the text."""
    shape = shape_of(hay.text)
    kinds: set[str] = set()
    if b"d" not in shape:
        return kinds
    if has_card(hay, shape):
        kinds.add("card")
    if has_iban(hay.text, shape):
        kinds.add("iban")
    if has_national_id(hay, shape):
        kinds.add("national_id")
    return kinds
