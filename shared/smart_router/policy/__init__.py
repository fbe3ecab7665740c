"""Classification + Catalog + health → Decision. Pure: no I/O, no clock but the one passed in."""

from .aliases import take_alias
from .decide import decide
from .overrides import parse_overrides
from .parameters import parameters_for
from .report import decision_json
from .stickiness import remember
from .types import Adjustments, Candidate, Context, Decision, Limits, Previous

__all__ = [
    "Adjustments",
    "Candidate",
    "Context",
    "Decision",
    "Limits",
    "Previous",
    "decide",
    "decision_json",
    "parameters_for",
    "parse_overrides",
    "remember",
    "take_alias",
]
