"""Word pieces: what the model knows of English words it was never trained on.

Each piece of MiniLM's vocabulary has one row of weights, its static embedding already multiplied
with what the training learnt (scripts/training/train.py), so no embedding is needed at run time.
Words are cut as BERT's WordPiece does: the longest piece that fits, then the rest after "##".
"""

from __future__ import annotations

from functools import lru_cache

from ..assets import read_asset

_LONGEST = 24


@lru_cache(maxsize=1)
def piece_numbers() -> dict[str, int]:
    """Piece → its row; pieces are in the vocabulary's order, the frequent ones first."""
    lines = read_asset("classify/weights/pieces.txt").decode("utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines) if piece}


@lru_cache(maxsize=16384)
def pieces_of(word: str) -> tuple[int, ...]:
    """The rows of one folded word; nothing when a part of it is no piece."""
    numbers = piece_numbers()
    if len(word) > 4 * _LONGEST:
        return ()
    found = []
    start = 0
    while start < len(word):
        prefix = "##" if start else ""
        for end in range(min(len(word), start + _LONGEST), start, -1):
            number = numbers.get(prefix + word[start:end])
            if number is not None:
                found.append(number)
                start = end
                break
        else:
            return ()
    return tuple(found)
