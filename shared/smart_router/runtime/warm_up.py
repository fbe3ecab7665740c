"""What the first chat would otherwise wait for."""

from __future__ import annotations

from ..classify import classify
from ..lazily import compile_all
from ..request import ChatRequest, User
from ..signals import read_signals

#: The first has a name, an illness and a number; the second an illness that is nobody's. So even what few
#: texts need is made ready.
_SAMPLES = (
    "Write to my neighbour Anna Meyer, 0151 555 0100: does metformin help her diabetes?",
    "What is the best diet for diabetes? I read Python is good for that.",
)


def warm_up() -> None:
    """Compile every pattern, read the weights, and understand something. For a thread: it takes a
    quarter of a second of one core, in small pieces."""
    compile_all()
    for sample in _SAMPLES:
        message = {"role": "user", "content": sample}
        classify(read_signals(ChatRequest(messages=(message,), parameters={}, user=User(""), turn_id="")))
