"""Our lines in the real server's log."""

from __future__ import annotations

from tests.support.installation import Installation, eventually


def lines_of(smart: Installation, words: str) -> list[str]:
    return [line for line in smart.server.log().splitlines() if words in line]


def test_a_line_leads_to_the_record_of_its_chat(smart: Installation) -> None:
    """By the logger of the library in the carrier, through Open WebUI's own format."""
    smart.valves(breaker_failures=1)
    smart.in_order("gpt-4o-mini", "gpt-4o")
    smart.backends.fault("gpt-4o-mini", "server_error_json")
    for ask in (smart.chat, smart.stream):
        smart.post("/circuit-breakers/reset")
        ask("hello there")
        id = smart.last_record()["id"]
        (line,) = eventually(lambda id=id: lines_of(smart, f"[request {id}]"))
        assert "| WARNING" in line
        assert "health.shared:" in line
        assert "gpt-4o-mini is now open" in line


def test_the_log_level_is_the_valves(smart: Installation) -> None:
    smart.valves(breaker_failures=1, log_level="ERROR")
    smart.in_order("mistral:7b", "gpt-4o")
    smart.backends.fault("mistral:7b", "server_error_json")
    before = len(lines_of(smart, "mistral:7b is now open"))
    smart.chat("hello there")
    assert smart.get("/health")["breakers"]["mistral:7b"] == "open"
    assert len(lines_of(smart, "mistral:7b is now open")) == before
