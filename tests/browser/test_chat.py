"""A plain user and Smart."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.browser import ask, choose_model, shoot
from tests.support.installation import Installation, eventually


def recorded(page: Page, smart: Installation, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """A record of an answer in the chat that this window shows: the server keeps those of other tests."""
    expect(page).to_have_url(re.compile(r"/c/[\w-]+$"), timeout=30_000)
    chat_id = page.url.rsplit("/", 1)[-1]
    found = eventually(lambda: [r for r in smart.records(chat_id=chat_id, task="none") if wanted(r)])
    assert found, smart.records(chat_id=chat_id)
    return found[0]


def test_a_user_selects_smart_and_reads_a_streamed_answer(user_page: Page, smart: Installation) -> None:
    choose_model(user_page, "Smart")
    ask(user_page, "Write a Python function to reverse a string")
    expect(user_page.get_by_text("Simulated answer from")).to_be_visible(timeout=30_000)
    record = recorded(user_page, smart, lambda r: r["outcome"] == "ok")
    assert record["backend"] in user_page.locator("body").inner_text()
    expect(user_page.get_by_text(re.compile(rf"{re.escape(record['backend'])} · Coding"))).to_be_visible()
    expect(user_page.get_by_role("button", name="Regenerate")).to_be_visible(timeout=30_000)
    shoot(user_page, "chat")


def test_the_status_line_can_be_turned_off_by_the_administrator(user_page: Page, smart: Installation) -> None:
    smart.valves(status_line=False)
    choose_model(user_page, "Smart")
    ask(user_page, "Write a Python function to reverse a list")
    expect(user_page.get_by_role("button", name="Regenerate")).to_be_visible(timeout=30_000)
    assert not user_page.get_by_text(re.compile(r"· Coding")).count()


def test_local_only_is_switched_on_and_obeyed(user_page: Page, smart: Installation) -> None:
    choose_model(user_page, "Smart")
    user_page.locator("#integration-menu-button").click()
    user_page.get_by_text("Local only").click()
    user_page.keyboard.press("Escape")
    smart.backends.stage.log.clear()
    ask(user_page, "Write a Python function to reverse a tuple")
    expect(user_page.get_by_role("button", name="Regenerate")).to_be_visible(timeout=30_000)
    shoot(user_page, "chat-local-only")
    # Titles and follow-ups come after the answer, and must stay local as well.
    assert eventually(lambda: len(smart.backends.requests) >= 2)
    assert {seen.server for seen in smart.backends.requests} == {"ollama"}


def test_a_backend_that_fails_is_replaced_before_the_user_notices(
    user_page: Page, smart: Installation
) -> None:
    smart.backends.fault("gpt-4o-mini", "server_error_json")
    choose_model(user_page, "Smart")
    ask(user_page, "Write a Python function to reverse a dictionary")
    expect(user_page.get_by_text("Simulated answer from")).to_be_visible(timeout=30_000)
    recorded(user_page, smart, lambda r: r["outcome"] == "fallback")
    expect(user_page.get_by_text(re.compile("gpt-4o-mini did not answer"))).to_be_visible()
    shoot(user_page, "chat-fallback")


def test_when_nobody_answers_the_user_reads_why(user_page: Page, smart: Installation) -> None:
    smart.backends.fault("*", "overloaded")
    choose_model(user_page, "Smart")
    ask(user_page, "Hello")
    expect(user_page.get_by_text(re.compile("No model could answer")).first).to_be_visible(timeout=60_000)
    shoot(user_page, "chat-failed")


def test_stop_ends_the_answer_and_regenerate_gives_another(user_page: Page, smart: Installation) -> None:
    smart.backends.fault("*", "slow_tokens", delay_s=0.3)
    choose_model(user_page, "Smart")
    ask(user_page, "count to 200")
    expect(user_page.get_by_text("Simulated answer from")).to_be_visible(timeout=30_000)
    user_page.get_by_role("button", name="Stop").first.click()
    stopped = recorded(user_page, smart, lambda r: r["outcome"] == "stopped")
    smart.backends.clear()
    user_page.get_by_role("button", name="Regenerate").click()
    choice = user_page.get_by_text("Try Again")
    if choice.count():
        choice.first.click()
    again = recorded(user_page, smart, lambda r: r["outcome"] == "ok")
    assert again["message_id"] != stopped["message_id"]
    # The second answer is shown, and the first is still beside it.
    expect(user_page.get_by_text(re.compile(r"^\s*2\s*/\s*2\s*$"))).to_be_visible()
    expect(user_page.get_by_text(f"Simulated answer from {again['backend']}")).to_be_visible()
    shoot(user_page, "chat-regenerated")


def test_a_rating_reaches_the_record_of_the_answer(
    user_page: Page, admin_page: Page, smart: Installation
) -> None:
    choose_model(user_page, "Smart")
    ask(user_page, "What is the capital of Norway?")
    expect(user_page.get_by_role("button", name="Regenerate")).to_be_visible(timeout=30_000)
    user_page.get_by_role("button", name="Good Response").click()
    record = recorded(user_page, smart, lambda r: r["rating"] == 1)
    shoot(user_page, "chat-rated")
    admin_page.goto(f"/admin/observability?section=requests&request={record['id']}")
    expect(admin_page.get_by_test_id("detail-facts")).to_contain_text(re.compile(r"Rating\s*Good"))
