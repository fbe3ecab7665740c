"""What the operator wrote and what Open WebUI lists → Catalog of Backends."""

from .catalog import build_catalog
from .defaults import default_registry, offered_variants
from .figures import Figures, FiguresError, default_figures, read_figures
from .parse import parse_registry
from .schema import Registry
from .types import Backend, Catalog

__all__ = [
    "Backend",
    "Catalog",
    "Figures",
    "FiguresError",
    "Registry",
    "build_catalog",
    "default_figures",
    "default_registry",
    "offered_variants",
    "parse_registry",
    "read_figures",
]
