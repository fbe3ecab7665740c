"""What is trained on, read once: our own prompts and the public ones, as the network is told of them."""

from __future__ import annotations

from dataclasses import dataclass

from corpus import Example
from network import (
    PUBLIC_WEIGHT,
    Read,
    Trained,
    Wished,
    befores_of,
    first_model,
    fit,
    joined,
    read,
    wished_of,
)


@dataclass(frozen=True)
class Material:
    """`first` tells what follow-ups come after; what is wished is in the examples' order."""

    own: list[Example]
    public: list[Example]
    first: Trained
    own_reads: list[Read]
    public_reads: list[Read]
    own_wished: Wished
    public_wished: Wished

    @classmethod
    def read(cls, own: list[Example], public: list[Example]) -> Material:
        first = first_model(own, public)
        return cls(
            own,
            public,
            first,
            read(own, befores_of(first, own)),
            read(public),
            wished_of(own, 1.0),
            wished_of(public, PUBLIC_WEIGHT),
        )

    def fit(self) -> Trained:
        """The network that is handed out."""
        return fit(self.own_reads + self.public_reads, joined(self.own_wished, self.public_wished))
