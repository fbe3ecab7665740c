"""Content that should stay on local models: which kinds of it a text holds.

Every look-up is a literal search or a pattern anchored at one, over a bounded window, with a
bounded number of windows. So the cost is linear in the text, whatever it is.
"""

from __future__ import annotations

from .contact import has_contact
from .credentials import has_credentials
from .haystack import Haystack
from .keys import has_api_key
from .medical import has_medical
from .numbers import number_kinds
from .private_keys import has_private_key

#: A kind that is recorded but does not make a request sensitive on its own.
HARMLESS = frozenset(("contact",))


def find_sensitive(text: str) -> tuple[str, ...]:
    """The kinds of sensitive content in `text`, in a fixed order; `contact` last."""
    if not text or text.isspace():
        return ()
    hay = Haystack(text)
    kinds = number_kinds(hay)
    if has_api_key(hay):
        kinds.add("api_key")
    if has_private_key(hay):
        kinds.add("private_key")
    if has_medical(hay, identified="national_id" in kinds):
        kinds.add("medical")
    if has_credentials(hay):
        kinds.add("credentials")
    if has_contact(text):
        kinds.add("contact")
    return tuple(kind for kind in ORDER if kind in kinds)


ORDER = ("card", "iban", "api_key", "private_key", "national_id", "medical", "credentials", "contact")
