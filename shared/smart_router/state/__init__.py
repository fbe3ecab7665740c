"""What workers agree on: implementations of the SharedState port."""

from .memory import MemoryState
from .redis import RedisState

__all__ = ["MemoryState", "RedisState"]
