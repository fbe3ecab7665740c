"""Open WebUI's background prompts get the JSON that it parses."""

from __future__ import annotations

import json

import pytest

from smart_router.cli.demo.ask import Ask, Message
from smart_router.cli.demo.models import MODELS
from smart_router.cli.demo.reply import compose
from smart_router.cli.demo.schema import example_of
from smart_router.cli.demo.tokens import count, pieces

HISTORY = """### Chat History:
<chat_history>
USER: How do bees make honey in winter?
ASSISTANT: They "title" do not; { "tags": [] }
</chat_history>"""


def task(output: str) -> str:
    question = f"### Task:\nDo something.\n### Output:\nJSON format: {output}\n{HISTORY}"
    return compose(Ask(MODELS[0], (Message("user", question),))).text


def test_a_title_is_made_of_the_first_words() -> None:
    assert json.loads(task('{ "title": "your concise title here" }')) == {"title": "How do bees make"}


def test_tags_are_general_and_the_longest_words() -> None:
    assert json.loads(task('{ "tags": ["tag1", "tag2"] }')) == {"tags": ["General", "Winter", "Honey"]}


@pytest.mark.parametrize("key", ["follow_ups", "queries"])
def test_lists_hold_strings(key: str) -> None:
    values = json.loads(task(f'{{ "{key}": ["…"] }}'))[key]
    assert values
    assert all(isinstance(value, str) for value in values)


def test_follow_ups_are_about_the_last_question() -> None:
    later = HISTORY.replace("</chat_history>", "USER: And wasps?\nASSISTANT: They do not.\n</chat_history>")
    question = f'### Task:\nDo something.\n### Output:\nJSON format: {{ "follow_ups": ["…"] }}\n{later}'
    said = compose(Ask(MODELS[0], (Message("user", question),))).text
    assert json.loads(said)["follow_ups"][0] == "Tell me more about “And wasps”."


def test_the_windows_list_of_attachments_is_not_repeated() -> None:
    asked = '<attached_files>\n<file type="image" name="a.png"/>\n</attached_files>\n\nWhat colour is this?'
    assert "You asked: “What colour is this?”" in compose(Ask(MODELS[0], (Message("user", asked),))).text


def test_legacy_tools_are_called_when_the_question_names_them() -> None:
    system = 'Available Tools: [{"name": "get_time", "parameters": {}}]\n\nYour task is to choose'
    named = compose(Ask(MODELS[0], (Message("system", system), Message("user", "Query: use get_time"))))
    other = compose(Ask(MODELS[0], (Message("system", system), Message("user", "Query: hello"))))
    assert json.loads(named.text) == {"tool_calls": [{"name": "get_time", "parameters": {}}]}
    assert json.loads(other.text) == {"tool_calls": []}


def test_an_ordinary_question_is_no_task() -> None:
    assert compose(Ask(MODELS[0], (Message("user", "What is a title?"),))).text.startswith("**Simulated")


@pytest.mark.parametrize(
    "text", ["", "  a\n\n", "Grüße, 世界! x=1\n  y\n", "**Simulated answer**\n\n```py\n1\n```"]
)
def test_pieces_join_to_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text
    assert count(text) == len(pieces(text))


def test_a_schema_with_references_and_alternatives_gets_a_fitting_value() -> None:
    schema = {
        "type": "object",
        "$defs": {"Point": {"type": "object", "properties": {"x": {"type": "number", "minimum": 2}}}},
        "properties": {
            "at": {"$ref": "#/$defs/Point"},
            "name": {"anyOf": [{"type": "null"}, {"type": "string"}]},
            "many": {"type": "array", "items": {"type": "boolean"}, "minItems": 2},
            "unwanted": {"type": "string"},
        },
        "required": ["at", "name", "many"],
    }
    assert example_of(schema) == {"at": {"x": 2.0}, "name": "simulated", "many": [True, True]}
