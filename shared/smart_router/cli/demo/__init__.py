"""Demo backends: two small servers that stand in for OpenAI and Ollama, without a key or a GPU.

Needs starlette and uvicorn, which come with Open WebUI.
"""

from __future__ import annotations

from .backends import DemoBackends, run_forever
from .faults import KINDS, Fault, FaultBook
from .log import RequestLog, Seen
from .models import HOSTED, LOCAL, MODELS, DemoModel, numbered
from .ollama_server import ollama_app
from .openai_server import openai_app
from .stage import Stage

__all__ = [
    "HOSTED",
    "KINDS",
    "LOCAL",
    "MODELS",
    "DemoBackends",
    "DemoModel",
    "Fault",
    "FaultBook",
    "RequestLog",
    "Seen",
    "Stage",
    "numbered",
    "ollama_app",
    "openai_app",
    "run_forever",
]
