"""A conversation stays where it is while that is adequate, and leaves when it is not."""

from __future__ import annotations

import itertools

from smart_router.classify.types import Classification
from smart_router.health.types import BackendHealth, HealthView
from smart_router.policy import Context, Decision, Previous, remember
from smart_router.policy.stickiness import VOTE_EXPIRES_S

from .world import HOSTED, LOCAL, NOW, asked, backend, catalog_of, choose, world

CATALOG = catalog_of(HOSTED)
SMALL = {"gpt-4.1-nano", "gpt-4o-mini"}


def after(name: str, tokens: int = 3_000, complexity: str = "medium", **more: object) -> Context:
    return Context(previous=Previous(name, NOW - 30, tokens, complexity, **more))  # type: ignore[arg-type]


def test_a_follow_up_stays_although_a_fresh_chat_would_go_elsewhere() -> None:
    follow_up = asked("coding", "medium", input_tokens=6_000, ask_tokens=20)
    assert choose(follow_up, CATALOG).chosen in SMALL
    decision = choose(follow_up, CATALOG, context=after("gpt-4o-mini", 5_900))
    assert (decision.chosen, decision.reason) == ("gpt-4o-mini", "stayed")


def test_it_moves_up_when_the_need_rises() -> None:
    hard = asked("reasoning", "hard", input_tokens=900, ask_tokens=200)
    decision = choose(hard, CATALOG, context=after("gpt-4o-mini", 700, "simple"))
    assert decision.chosen == "o3-mini"
    assert "was on gpt-4o-mini; another suits this message better" in decision.sentence
    assert "700 tokens are read again" in decision.sentence


def test_a_change_that_is_forced_says_by_what() -> None:
    image = asked("qa", "simple", images=1, input_tokens=900)
    decision = choose(image, CATALOG, context=after("o3-mini", 700))
    assert decision.chosen != "o3-mini"
    assert "was on o3-mini; it leaves, because it cannot see images" in decision.sentence


def test_one_easy_message_does_not_send_a_hard_conversation_away() -> None:
    thanks = asked("chat", "simple", input_tokens=4_000, ask_tokens=5)
    decision = choose(thanks, CATALOG, context=after("gpt-4o", 3_900, "hard"))
    assert (decision.chosen, decision.reason) == ("gpt-4o", "stayed")


def test_a_wrong_first_turn_does_not_stick() -> None:
    # The first turn was taken for a hard one; from then on it is small talk, on a dear backend.
    dear = backend(
        "dear",
        input_usd_per_mtok=15.0,
        cached_input_usd_per_mtok=1.5,
        output_usd_per_mtok=75.0,
        quality={"general": 0.95},
    )
    cheap = backend("cheap", input_usd_per_mtok=0.1, output_usd_per_mtok=0.4, quality={"general": 0.6})
    decision = choose(
        asked("chat", "simple", input_tokens=200, ask_tokens=20),
        world(dear, cheap),
        context=after("dear", 150, "simple"),
    )
    assert decision.chosen == "cheap"


def test_a_cached_prefix_makes_staying_cheaper() -> None:
    one = backend("one", cached_input_usd_per_mtok=0.1)
    two = backend("two", cached_input_usd_per_mtok=0.1)
    long = asked("chat", "simple", input_tokens=40_000, ask_tokens=50)
    decision = choose(long, world(one, two), context=after("two", 39_000))
    factors = {c.backend: c.factors for c in decision.candidates}
    assert factors["two"]["cost"] > factors["one"]["cost"]
    assert factors["two"]["latency"] > factors["one"]["latency"]
    assert decision.chosen == "two"


def test_leaving_costs_more_the_longer_the_conversation_is() -> None:
    def price_of_leaving(tokens: int) -> float:
        decision = choose(
            asked("chat", "simple", input_tokens=tokens, ask_tokens=20),
            CATALOG,
            context=after("gpt-4o", tokens),
        )
        return next(1 - c.factors["stickiness"] for c in decision.candidates if c.backend == "gpt-4o-mini")

    assert price_of_leaving(100) < price_of_leaving(2_000) < price_of_leaving(50_000)


def test_regenerating_is_a_vote_against_the_last_answer() -> None:
    question = asked("coding", "medium")
    first = choose(question, CATALOG).chosen
    assert first is not None
    again = choose(question, CATALOG, context=after(first, 60, regenerated=True))
    assert again.chosen != first
    assert again.reason == "regenerated"
    third = choose(
        question, CATALOG, context=after(again.chosen or "", 60, regenerated=True, rejected=(first,))
    )
    assert third.chosen not in (first, again.chosen)


def test_a_vote_against_the_only_model_leaves_it_in_place() -> None:
    decision = choose(asked(), world(backend("only")), context=after("only", regenerated=True))
    assert decision.chosen == "only"


def test_a_vote_expires() -> None:
    question = asked("coding", "medium")
    first = choose(question, CATALOG).chosen or ""
    old = Context(previous=Previous(first, NOW - VOTE_EXPIRES_S - 1, 60, "medium", regenerated=True))
    assert choose(question, CATALOG, context=old).chosen == first


def test_tool_rounds_stay_on_the_backend_that_called_the_tools() -> None:
    round_two = asked("reasoning", "hard", tools=2, tool_round=True, input_tokens=900)
    decision = choose(round_two, CATALOG, context=after("gpt-4.1-nano", 700, tool_round=True))
    assert (decision.chosen, decision.reason) == ("gpt-4.1-nano", "tool_round")


def test_a_tool_round_leaves_a_backend_whose_breaker_opened() -> None:
    health = HealthView({"gpt-4.1-nano": BackendHealth("open", blocked=True)})
    decision = choose(
        asked("qa", "simple", tools=2, tool_round=True),
        CATALOG,
        context=after("gpt-4.1-nano", tool_round=True),
        health=health,
    )
    assert decision.chosen not in (None, "gpt-4.1-nano")


def walk(turns: list[Classification], models: tuple[object, ...]) -> list[Decision]:
    """A conversation, each turn knowing the one before."""
    catalog = catalog_of(models)  # type: ignore[arg-type]
    previous: Previous | None = None
    decisions = []
    now = NOW
    for turn in turns:
        decision = choose(turn, catalog, context=Context(previous=previous), now=now)
        decisions.append(decision)
        previous = remember(previous, decision, turn, decision.chosen or "", now)
        now += 60
    return decisions


def test_a_conversation_comes_back_after_a_one_off_image() -> None:
    text = asked("coding", "medium", input_tokens=3_000, ask_tokens=50)
    image = asked("qa", "simple", images=1, input_tokens=3_200, ask_tokens=50)
    before, detour, back = walk([text, image, text], (LOCAL[3], *HOSTED[:2]))
    assert before.chosen is not None
    assert detour.chosen in ("gpt-4o", "gpt-4o-mini")
    assert back.chosen == before.chosen


def test_the_way_home_is_kept_through_a_detour_that_an_image_forced() -> None:
    text = asked("chat", "medium", input_tokens=3_000, ask_tokens=50)
    image = asked("qa", "simple", images=1, input_tokens=3_200, ask_tokens=50)
    blind = backend("blind", capabilities=frozenset({"tools"}), quality={"general": 0.8})
    seeing = backend("seeing", input_usd_per_mtok=0.9, quality={"general": 0.78})
    catalog = world(blind, seeing)
    previous = Previous("blind", NOW - 60, 2_900, "medium")
    detour = choose(image, catalog, context=Context(previous=previous))
    assert detour.chosen == "seeing"
    after_image = remember(previous, detour, image, "seeing", NOW)
    assert after_image.home == "blind"
    back = choose(text, catalog, context=Context(previous=after_image), now=NOW + 60)
    assert (back.chosen, back.reason) == ("blind", "returned")
    # Without the way home it would have stayed where the image took it.
    stuck = Context(previous=Previous("seeing", NOW, 3_200, "simple"))
    assert choose(text, catalog, context=stuck, now=NOW + 60).chosen == "seeing"


def test_over_twenty_turns_the_backend_changes_seldom_and_each_change_is_explained() -> None:
    kinds = ["coding", "coding", "chat", "coding", "explain", "chat", "coding", "chat", "qa", "coding"] * 2
    turns = [
        asked(
            kind,
            "simple" if kind in ("chat", "qa") else "medium",
            input_tokens=200 + 400 * n,
            ask_tokens=40,
            turns=n + 1,
        )
        for n, kind in enumerate(kinds)
    ]
    decisions = walk(turns, HOSTED)
    chosen = [d.chosen for d in decisions]
    changes = sum(a != b for a, b in itertools.pairwise(chosen))
    assert changes <= 1
    assert all(d.sentence and d.note and d.reason for d in decisions)
    hard = asked("math", "hard", input_tokens=8_400, ask_tokens=100, turns=21)
    last = walk([*turns, hard], HOSTED)[-1]
    assert last.chosen == "o3-mini"
    assert last.reason != "stayed"


def test_a_conversation_is_forgotten_after_half_a_day() -> None:
    old = Context(previous=Previous("gpt-4o", NOW - 13 * 3600, 5_000, "hard"))
    assert choose(asked("chat", "simple"), CATALOG, context=old).reason != "stayed"
