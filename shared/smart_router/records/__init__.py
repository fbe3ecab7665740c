"""Tables, migrations, writer and queries: what happened, kept in Open WebUI's database."""

from .registry_versions import RegistryConflict, RegistryVersion
from .rows import attempt_to_json, record_to_json
from .store import Store
from .types import Attempt, Outcome, Purpose, Record
from .writer import Patience

__all__ = [
    "Attempt",
    "Outcome",
    "Patience",
    "Purpose",
    "Record",
    "RegistryConflict",
    "RegistryVersion",
    "Store",
    "attempt_to_json",
    "record_to_json",
]
