"""`smart-router demo-backends`, as typed in a terminal: it serves until somebody stops it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from smart_router.cli.demo import MODELS
from tests.support.server import free_port

COMMAND = Path(sys.executable).with_name("smart-router")


def typed(openai_port: int, ollama_port: int) -> subprocess.Popen[str]:
    command = [COMMAND, "demo-backends", "--openai-port", str(openai_port), "--ollama-port", str(ollama_port)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_both_protocols_answer_until_it_is_stopped(number: signal.Signals) -> None:
    openai_port, ollama_port = free_port(), free_port()
    openai_url, ollama_url = f"http://127.0.0.1:{openai_port}/v1", f"http://127.0.0.1:{ollama_port}"
    process = typed(openai_port, ollama_port)
    try:
        assert process.stdout is not None
        told = [next(process.stdout)]
        while not told[-1].startswith("Ctrl-C"):
            told.append(next(process.stdout))
        openai, ollama = httpx.get(f"{openai_url}/models").json(), httpx.get(f"{ollama_url}/api/tags").json()
        assert process.poll() is None
        process.send_signal(number)
        rest, complaints = process.communicate(timeout=20)
    finally:
        process.kill()
    assert (process.returncode, rest, complaints) == (0, "", "")
    assert told[:2] == [f"OpenAI protocol  {openai_url}\n", f"Ollama protocol  {ollama_url}\n"]
    assert {model["id"] for model in openai["data"]} == {m.id for m in MODELS if m.server == "openai"}
    assert {model["name"] for model in ollama["models"]} == {m.id for m in MODELS if m.server == "ollama"}
    for port in (openai_port, ollama_port):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))


def test_a_port_that_is_taken_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told, complaints = typed(free_port(), port).communicate(timeout=20)
    assert told == ""
    assert complaints == f"smart-router: port {port} on 127.0.0.1 cannot be used: Address already in use\n"
