"""A registry's text: what is read, and how a mistake is told."""

from __future__ import annotations

import pytest

from smart_router.errors import Issue, RegistryError
from smart_router.registry import Registry, default_registry, parse_registry
from smart_router.registry.parse import MAX_CHARACTERS


def issues(text: str) -> list[Issue]:
    with pytest.raises(RegistryError) as caught:
        parse_registry(text)
    return caught.value.issues


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing yet\n", "{}", "version: 1"])
def test_an_empty_registry_is_the_default_one(text: str) -> None:
    assert parse_registry(text) == default_registry()


def test_what_is_written_is_read() -> None:
    registry = parse_registry(
        """
strategy: quality_first
models:
  - {id: "gpt-4*", input_usd_per_mtok: 2, quality: {coding: 0.9}}
routes:
  coding: {models: {hard: [gpt-4o]}, parameters: {temperature: 0}}
rules:
  - {name: night, when: {hour: {from: 22, to: 6}}, then: {model: gpt-4o}}
"""
    )
    assert registry.strategy == "quality_first"
    assert registry.models[0].input_usd_per_mtok == 2.0
    assert registry.rules[0].when.hour is not None
    assert registry.rules[0].when.hour.includes(23)
    assert not registry.rules[0].when.hour.includes(6)


#: A text, then where its one mistake stands, and what is said of it.
MISTAKES = """
3:3    models[0].sise_b          did you mean `size_b`?
models:
- id: a
  sise_b: 3
====
3:11   models[0].size_b          expected a number, not '7b'
models:
- id: a
  size_b: 7b
====
3:11   models[0].size_b          expected more than 0.0, not -1
models:
- id: a
  size_b: -1
====
3:10   models[0].local           expected true or false, not 1
models:
- id: a
  local: 1
====
3:19   models[0].context_tokens  expected a whole number
models:
- id: a
  context_tokens: 8.5
====
3:21   models[0].quality.coding  expected at most 1.0
models:
- id: a
  quality: {coding: 1.2}
====
3:15   models[0].languages[0]    put the word in quotes
models:
- id: a
  languages: [no]
====
2:3    models[0].id              missing
models:
- size_b: 3
====
1:9    models                    expected a list
models: gpt-4o
====
1:11   strategy                  expected one of 'balanced'
strategy: fastest
====
2:3    routes.codign             did you mean `coding`?
routes:
  codign: {}
====
3:13   routes.coding.models      expected a list, not 3
routes:
  coding:
    models: 3
====
3:14   routes.chat.models.herd   did you mean `hard`?
routes:
  chat:
    models: {herd: [a]}
====
3:17   routes.chat.parameters    'model' belongs to the request
routes:
  chat:
    parameters: {model: x}
====
3:9    rules[0].when             expected at least one condition
rules:
- name: x
  when: {}
  then: {model: a}
====
4:9    rules[0].then             expected at least one conclusion
rules:
- name: x
  when: {images: true}
  then: {}
====
3:17   rules[0].when.regex       not a regular expression in RE2 syntax
rules:
- name: x
  when: {regex: '(a'}
  then: {model: a}
====
3:18   rules[0].when.tokens      min is greater than max
rules:
- name: x
  when: {tokens: {min: 9, max: 1}}
  then: {model: a}
====
2:1    rules                     two rules are named 'x'
rules:
- {name: x, when: {images: true}, then: {model: a}}
- {name: x, when: {images: true}, then: {model: a}}
====
1:11   timezone                  no time zone
timezone: Mars/Base
====
2:3    aliases.two_words!        expected text like
aliases:
  two_words!: {model: x}
====
1:10   weights                   at least one weight
weights: {cost: 0, latency: 0, feedback: 0, diversity: 0, stickiness: 0}
====
1:10   version                   expected one of 1, not 2
version: 2
====
2:1    strategy                  written twice
strategy: balanced
strategy: control
"""


@pytest.mark.parametrize("mistake", MISTAKES.strip().split("\n====\n"), ids=lambda m: m.split()[1])
def test_a_mistake_has_its_line_its_key_and_what_was_expected(mistake: str) -> None:
    told, text = mistake.split("\n", 1)
    place, key, message = told.split(maxsplit=2)
    (issue,) = issues(text)
    assert (f"{issue.line}:{issue.column}", issue.key) == (place, key)
    assert message in issue.message


@pytest.mark.parametrize("text", ["- a\n- b", "just text", "3"])
def test_a_text_without_keys_is_no_registry(text: str) -> None:
    (issue,) = issues(text)
    assert (issue.line, issue.key) == (1, "")
    assert "expected keys such as `models:`" in issue.message


@pytest.mark.parametrize(
    "text",
    ["models: [", "a: b: c", "\tx: 1", "a: 'open", "key: \x01", "--- a\n--- b", "a: !!python/object x"],
)
def test_what_is_not_yaml_is_told_with_its_line(text: str) -> None:
    found = issues(text)
    assert found
    assert found[0].line >= 1


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines() -> None:
    found = issues("strategy: x\nmodels:\n- id: a\n  size_b: b\nroutes: {coding: {only: 2}}\nfoo: 1")
    assert [i.line for i in found] == [1, 4, 5, 6]


def test_the_error_itself_says_where() -> None:
    with pytest.raises(RegistryError, match="line 1: strategy: expected one of"):
        parse_registry("strategy: x")


def test_a_small_text_that_unfolds_into_an_enormous_one_is_refused() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for n in range(1, 9):
        bomb += f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n"
    assert "too many" in issues(bomb)[0].message
    assert "too many" in issues("a: &a [*a]")[0].message
    assert issues("[" * 5_000)
    assert "longer than" in issues("#" * (MAX_CHARACTERS + 1))[0].message


@pytest.mark.parametrize("opens", ["[", "{a: ", "- ", "? "])
def test_a_text_that_is_nested_without_end_is_refused_and_ends_no_process(opens: str) -> None:
    found = issues("strategy: balanced\nroutes:\n " + opens * 150_000)
    assert [(i.line, i.message) for i in found] == [(3, "nested too deeply")]


def test_half_a_character_is_told_with_its_line() -> None:
    assert issues("strategy: balanced\n# \ud83d\n")[0].line == 2


def test_anchors_may_be_used_for_what_they_are_for() -> None:
    registry = parse_registry("routes:\n  coding: &code {models: [a]}\n  math: *code")
    assert registry.routes["math"] == registry.routes["coding"]


def test_a_registry_can_be_written_out_and_read_again() -> None:
    registry = parse_registry(
        "models: [{id: a, tags: [x]}]\nrules: [{name: n, when: {regex: a+}, then: {model: a}}]"
    )
    assert Registry.model_validate(registry.model_dump(mode="json", by_alias=True)) == registry
