"""Pieces of a long text, so that later steps cost the same however long it is."""

from __future__ import annotations


def head_and_tail(text: str, head: int, tail: int) -> str:
    """The first `head` and last `tail` characters, or the whole text when it is no longer than both."""
    if len(text) <= head + tail:
        return text
    return text[:head] + "\n" + text[-tail:]


def spread(text: str, pieces: int, size: int) -> str:
    """`pieces` slices of `size` characters at even distances, for estimating shares."""
    if len(text) <= pieces * size:
        return text
    step = (len(text) - size) / (pieces - 1)
    return "".join(text[int(i * step) : int(i * step) + size] for i in range(pieces))
