"""The line above an answer."""

from __future__ import annotations

from smart_router.delivery import Attempt
from smart_router.errors import ErrorKind
from smart_router.policy import Decision
from smart_router.ports import LiveModel
from smart_router.registry import build_catalog, default_registry
from smart_router.request import ChatRequest, Preferences, User
from smart_router.runtime.settings import Settings
from smart_router.runtime.status_line import KEPT_LOCAL, LOCAL_ONLY, NOT_LOCAL, status_line

MODELS = [LiveModel("hosted", "Hosted"), LiveModel("small", "Small", local=True)]
CATALOG = build_catalog(MODELS, default_registry(), 0.0)
FAILED = (Attempt("small", "answer", 0.0, error_kind=ErrorKind.OVERLOADED),)


def shown(
    backend: str,
    *,
    private: bool = False,
    local_only: bool = False,
    failed: tuple[Attempt, ...] = (),
    settings: Settings | None = None,
    wanted: bool | None = None,
) -> str | None:
    chat = ChatRequest(
        (), {}, User("u"), "t", local_only=local_only, preferences=Preferences(show_status=wanted)
    )
    decision = Decision(chosen="small", note="Chat · simple · fastest", private=private)
    return status_line(decision, CATALOG, settings or Settings(), chat)(backend, failed)


def test_it_names_the_model_and_why() -> None:
    assert shown("small") == "Small · Chat · simple · fastest"


def test_why_another_was_chosen_is_not_said_of_the_one_that_took_its_place() -> None:
    assert shown("hosted", failed=FAILED) == "Hosted · Small did not answer · Chat · simple"


def test_it_says_that_only_local_models_were_asked() -> None:
    assert shown("small", private=True, local_only=True) == f"Small · {LOCAL_ONLY} · Chat · simple · fastest"


def test_it_says_where_a_hosted_model_answered_a_sensitive_chat() -> None:
    """Also when a local one was chosen, and failed."""
    assert shown("small", private=True) == f"Small · {KEPT_LOCAL} · Chat · simple · fastest"
    assert shown("hosted", private=True) == f"Hosted · {NOT_LOCAL} · Chat · simple · fastest"
    after = shown("hosted", private=True, failed=FAILED)
    assert after == f"Hosted · {NOT_LOCAL} · Small did not answer · Chat · simple"


def test_the_administrator_and_the_user_may_turn_it_off() -> None:
    assert shown("small", settings=Settings(status_line=False)) is None
    assert shown("small", wanted=False) is None
