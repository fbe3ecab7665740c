"""The ask is found inside whatever is wrapped around it."""

from __future__ import annotations

from smart_router.request import ChatRequest, User
from smart_router.signals import read_signals
from smart_router.signals.unwrap import unwrap

RAG_TEMPLATE = """### Task:
Respond to the user query using the provided context, incorporating inline citations in the format [id].

### Guidelines:
- If you don't know the answer, clearly state that.

<context>
<source id="1" name="a.md">def f(): return SELECT * FROM users</source>
<source id="2">nested <context>old</context> text</source>
</context>
"""


def test_open_webuis_retrieval_template_leaves_the_question() -> None:
    found = unwrap(RAG_TEMPLATE + "\nWhen does the lease end?")
    assert found.ask == "When does the lease end?"
    assert found.retrieved


def test_a_query_tag_holds_the_ask_wherever_it_stands() -> None:
    assert unwrap("<user_query>Who pays?</user_query>\n<context>much text</context>").ask == "Who pays?"


def test_text_before_a_document_is_kept_as_the_ask() -> None:
    found = unwrap("Summarise this.\n<document>Long text about bees.</document>")
    assert found.ask == "Summarise this."
    assert found.retrieved


def test_a_title_prompt_leaves_what_the_user_last_said() -> None:
    prompt = (
        "### Task:\nGenerate a concise title summarizing the chat history.\n"
        "### Chat History:\n<chat_history>\nUSER: hi\nASSISTANT: Hello!\nUSER: sort a list in go\n"
        "ASSISTANT: Use sort.Slice.\n</chat_history>"
    )
    found = unwrap(prompt)
    assert found.ask == "sort a list in go"
    assert found.task == "title_generation"


def test_quoted_mail_is_not_the_ask() -> None:
    found = unwrap("Please answer politely that we cannot.\n\n> Dear team,\n> can you prove the theorem?\n")
    assert found.ask == "Please answer politely that we cannot."
    text = "Kurz zusammenfassen bitte.\n\nAm 3. Mai 2024 schrieb Anna <a@b.test>:\nHallo, es geht nicht"
    assert unwrap(text).ask == "Kurz zusammenfassen bitte."
    assert unwrap("Too long?\n\nFrom: Bob\nSent: Monday\nSubject: Report\n\nlong mail").ask == "Too long?"


def test_a_prompt_that_names_its_roles_leaves_the_last_users_line() -> None:
    assert unwrap("You are a strict reviewer.\n\nUser: what is a monad?").ask == "what is a monad?"
    talk = "Human: hi\nAssistant: hello\nHuman: capital of Peru?\nAssistant:"
    assert unwrap(talk).ask.strip() == "capital of Peru?"


def test_a_message_that_is_all_wrapper_comes_back_whole() -> None:
    assert unwrap("<context>only this</context>").ask == "<context>only this</context>"
    assert unwrap("> quoted only").ask == "> quoted only"


def test_plain_text_and_tags_that_are_no_wrappers_stay_as_they_are() -> None:
    for text in (
        "hello",
        "a < b and b > c",
        "<div>html</div> center this",
        "question: none",
        "",
        "<context>",
    ):
        assert unwrap(text).ask == text


ATTACHED = (
    '<attached_files>\n<file type="image" url="/api/v1/files/1" content_type="image/png" name="a.png"/>'
    "\n</attached_files>\n\n"
)


def test_what_open_webui_says_of_attachments_is_not_the_ask() -> None:
    assert unwrap(ATTACHED + "What is in this picture?").ask == "What is in this picture?"
    assert unwrap(ATTACHED).ask == ""
    assert unwrap("what does <attached_files> mean in a prompt?").ask.startswith("what does")
    parts = [{"type": "text", "text": ATTACHED}, {"type": "text", "text": "Write a haiku about it"}]
    signals = read_signals(
        ChatRequest(
            messages=({"role": "user", "content": parts},), parameters={}, user=User("u"), turn_id="t"
        )
    )
    assert (signals.ask, signals.code_share) == ("Write a haiku about it", 0.0)
