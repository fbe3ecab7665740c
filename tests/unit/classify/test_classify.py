"""What requests are taken for, why, and what must not change that."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_router.classify import Classification, classify
from smart_router.classify.decide import bucket, said
from smart_router.classify.look import look_at
from smart_router.classify.model import load_model
from smart_router.classify.rules import as_probabilities, score_by_rules
from smart_router.classify.types import INTENTS
from smart_router.request import ChatRequest, User
from smart_router.signals import Signals, read_signals


def classified(*texts: str) -> Classification:
    roles = ("user", "assistant")
    messages = tuple({"role": roles[i % 2], "content": text} for i, text in enumerate(texts))
    return classify(read_signals(ChatRequest(messages=messages, parameters={}, user=User("u"), turn_id="t")))


# None of these is in the training prompts.
PLAIN = [
    ("coding", "Write a Python class for a bank account with deposit and withdraw"),
    ("coding", "Traceback (most recent call last):\n  File \"a.py\", line 3\nKeyError: 'x'"),
    ("coding", "用JavaScript写一个倒计时函数"),
    ("math", "Calculate the integral of x^2 from 0 to 3"),
    ("math", "Résous l'équation 2x + 8 = 20"),
    ("reasoning", "Should I take the job in Berlin or stay? Weigh the pros and cons for a family of four."),
    ("creative", "Write a poem about a lonely lighthouse"),
    ("creative", "Напиши короткий рассказ о коте, который боялся снега"),
    ("explain", "Why do leaves turn red in autumn?"),
    ("explain", "Erkläre mir, wie ein Dieselmotor funktioniert"),
    ("qa", "Who painted the Night Watch?"),
    ("qa", "¿Cuál es la capital de Mongolia?"),
    ("summarize", "Summarize the following text in three sentences: The town council met on Monday."),
    ("summarize", "Fasse diesen Artikel bitte kurz zusammen: Die Brücke wird saniert."),
    ("translate", "Translate into Greek: the ship leaves at dawn"),
    ("translate", "Переведи на французский: у меня нет времени"),
    ("extract", "Extract all company names from this paragraph and return them as JSON"),
    ("status", "turn off the lights in the hall"),
    ("chat", "good evening, how are you?"),
    ("chat", "merci beaucoup !"),
]


def taken_for(texts: Iterable[tuple[str, str]]) -> list[tuple[str, str, str | None]]:
    """Those that are taken for another intent: theirs, the text, and the other one."""
    found = [(intent, text, classified(text).intent) for intent, text in texts]
    return [(intent, text, other) for intent, text, other in found if other != intent]


def test_plain_requests_are_understood() -> None:
    assert not (wrong := taken_for(PLAIN)), wrong


TRAPS = [
    ("creative", "Write a haiku about my python's new terrarium"),
    ("creative", "a limerick about a null pointer who fell in love"),
    ("translate", "Translate to Spanish: please debug this function before Monday"),
    ("summarize", "Summarize: the compiler team met to discuss the translation of the manual."),
]


def test_a_keyword_of_another_intent_does_not_decide() -> None:
    assert not (wrong := taken_for(TRAPS)), wrong


CONVERSATIONS = [
    ("coding", "write a quicksort in python", "def quicksort(xs): ...", "and without recursion?"),
    (
        "chat",
        "prove that there are infinitely many primes",
        "Suppose there were finitely many ...",
        "thanks!",
    ),
    ("translate", "write a short poem about rain", "Rain on the roof ...", "now in Spanish"),
    ("coding", "how should we cache the prices?", "An LRU would do. Shall I write the code?", "yes, do it"),
    ("summarize", "how did the war begin?", "It began when ... (long)", "tl;dr"),
    ("chat", "was ist die Hauptstadt von Peru", "Lima", "danke dir"),
]


@pytest.mark.parametrize(("intent", "first", "answer", "then"), CONVERSATIONS)
def test_a_follow_up_is_judged_by_what_the_conversation_needs(
    intent: str, first: str, answer: str, then: str
) -> None:
    assert classified(first, answer, then).intent == intent


def test_going_on_with_something_hard_stays_hard_and_thanks_are_easy() -> None:
    hard = "Prove rigorously that every compact self-adjoint operator has a spectral decomposition."
    assert classified(hard, "Let ...", "go on").p_hard >= classified(hard).p_hard
    assert classified(hard, "Let ...", "thanks a lot!").complexity == "simple"


def test_something_hard_after_small_talk_is_hard() -> None:
    ask = "Prove that the square root of two is irrational, and generalise the proof to all primes."
    found = classified("hi there", "Hello!", "thanks", "You are welcome.", ask)
    assert (found.intent, found.complexity) == ("math", "hard")


def test_retrieved_documents_make_a_question_one_about_them() -> None:
    template = '### Task:\nRespond using the context.\n<context>\n<source id="1">x</source>\n</context>\n\n'
    result = classified(template + "Who signed it?")
    assert result.intent == "rag"
    assert "retrieved documents" in result.evidence


def test_open_webuis_own_prompts_ask_little() -> None:
    prompt = (
        "### Task:\nGenerate a concise title summarizing the chat history.\n<chat_history>\n"
        "USER: Prove rigorously that the spectral theorem holds, in full detail.\n</chat_history>"
    )
    assert classified(prompt).complexity == "simple"


def test_evidence_names_what_a_person_would_name() -> None:
    result = classified(
        "Fix this:\n```python\nprint(x\n```\nTraceback (most recent call last):\nSyntaxError: eof"
    )
    assert result.intent == "coding"
    assert {"fenced code", "stack trace"} <= set(result.evidence)


def test_probabilities_sum_to_one_and_the_intent_is_the_likeliest() -> None:
    result = classified("compare two phones for me")
    assert set(result.intents) == set(INTENTS)
    assert sum(result.intents.values()) == pytest.approx(1)
    assert result.confidence == result.intents[result.intent] == max(result.intents.values())


def test_a_short_specialist_question_ranks_above_a_long_easy_paste() -> None:
    specialist = "An isolated box of gas doubles in size and cools a bit. What does that say of its forces?"
    easy = "Sort this shopping list: " + ", ".join(["milk", "bread", "eggs", "apples", "soap"] * 40)
    assert classified(specialist).p_hard > classified(easy).p_hard


def test_buckets_follow_p_hard() -> None:
    assert [bucket(p) for p in (0.0, 0.4, 0.9)] == ["simple", "medium", "hard"]


#: A stack trace has its own case, and greetings around a greeting are no longer the same message.
STEADY = [(i, text) for i, text in PLAIN if i not in ("chat", "status", "qa") and "Traceback" not in text]


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        str.title,
        lambda t: f"  {t}\n\n",
        lambda t: f"Hi, could you please help? {t} Thanks in advance!",
        lambda t: t.replace(" ", "  "),
    ],
    ids=["capitals", "title case", "spaces around", "politeness", "double spaces"],
)  # fmt: skip
def test_case_spaces_and_politeness_do_not_flip_the_intent(change: Callable[[str], str]) -> None:
    assert len(STEADY) == 14
    assert not (wrong := taken_for((intent, change(text)) for intent, text in STEADY)), wrong


@settings(max_examples=150, deadline=None)
@given(ask=st.text(max_size=300), history=st.lists(st.text(max_size=60), max_size=3))
def test_no_text_makes_classifying_raise(ask: str, history: list[str]) -> None:
    signals = Signals(ask=ask, history=tuple(history), follow_up=bool(history))
    result = classify(signals)
    assert result.intent in INTENTS
    assert 0 <= result.p_hard <= 1


def test_rules_alone_answer_too() -> None:
    look = look_at("translate this to French: hello", 0.0)
    scores = as_probabilities(
        score_by_rules(look, Signals(ask="translate this to French: hello", language="en"))
    )
    assert max(scores, key=lambda i: scores[i]) == "translate"


def test_plain_python_sums_to_what_numpy_sums_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same model read with and without numpy gives the same scores."""
    from smart_router.classify import network
    from smart_router.classify.features import features_of

    ask = "Write a Python function that merges two sorted lists"
    signals = Signals(ask=ask, language="en")
    look = look_at(ask, 0.0)
    found = []
    for available in (network.np, None):
        monkeypatch.setattr(network, "np", available)
        model = load_model.__wrapped__()
        assert isinstance(model.network, network.PlainNetwork if available is None else network.NumpyNetwork)
        found.append(model.scores(features_of(look, signals), score_by_rules(look, signals)))
    assert found[1][0] == pytest.approx(found[0][0])
    assert found[1][1] == pytest.approx(found[0][1])


@pytest.mark.parametrize("text", ["Hello", "hello!", "Hi there", "Hola", "Bonjour", "你好", "Good morning!"])
def test_a_greeting_alone_is_chat_and_simple(text: str) -> None:
    found = classified(text)
    assert (found.intent, found.complexity) == ("chat", "simple")
    assert "greeting" in found.evidence


def test_a_greeting_before_an_ask_does_not_decide() -> None:
    assert classified("Hello, write a Python class for a bank account").intent == "coding"


@pytest.mark.parametrize(
    ("given", "intent"), [({"images": 1}, "explain"), ({"files": 1}, "summarize"), ({}, "chat")]
)
def test_a_message_without_words_is_served_as_general(given: dict[str, int], intent: str) -> None:
    found = classify(Signals(ask=" ", **given))
    assert (found.intent, found.complexity) == (intent, "simple")
    assert found.confidence < 0.3
    assert found.evidence[0] == "no text"


def test_the_same_odds_are_harder_where_more_was_said() -> None:
    model = load_model()
    assert model is not None
    assert model.p_hard(0.5, 40) < model.p_hard(0.5, 400) < model.p_hard(0.6, 400)
    assert 0 <= model.p_hard(0.0, 0) < model.p_hard(1.0, 10**6) <= 1


def test_what_was_said_is_the_conversation_and_not_what_was_put_around_it() -> None:
    asked = Signals(ask="why?", history=("a" * 30,), previous_answer="b" * 20, characters=50_000)
    assert said(asked) == 4 + 30 + 20
    assert said(Signals(ask="x" * 100_000)) == said(Signals(ask="x" * 5_000))
