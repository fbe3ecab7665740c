"""The commands that need no server: classify and explain, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

from .typed import Run

MODELS = ["gpt-4o", "gpt-4o-mini", "llama3.1:8b"]


def test_candidates_come_in_the_order_of_trying_which_is_not_that_of_scores(run: Run, tmp_path: Path) -> None:
    registry = tmp_path / "registry.yaml"
    registry.write_text(
        "version: 1\nstrategy: task_type_optimized\nmodels:\n"
        "  - {id: weak, quality: {chat: 0.1}}\n  - {id: strong, quality: {chat: 0.9}}\n"
        "routes:\n  chat: {models: [weak, strong]}\n"
    )
    out = run("explain", "Hello!", "--registry", str(registry)).out
    assert "In order of trying" in out
    assert out.index("│ weak") < out.index("│ strong")


def test_explaining_without_models_says_which_options_bring_some(run: Run) -> None:
    said = run("explain", "hi")
    assert "--models FILE" in said.err
    assert "--registry FILE" in said.err


def test_the_time_of_a_single_message_is_called_that_of_a_first_one(run: Run) -> None:
    assert "as the first one of a process" in run("classify", "hello").out


def test_explain_says_which_model_and_why(run: Run, tmp_path: Path) -> None:
    (tmp_path / "models.json").write_text(json.dumps(MODELS))
    arguments = [
        "explain",
        "Prove that there are infinitely many primes",
        "--models",
        str(tmp_path / "models.json"),
    ]
    found = run(*arguments, "--json").json
    assert found["chosen"] in MODELS
    said = run(*arguments)
    assert said.status == 0
    assert said.out.startswith(found["sentence"])
    assert {line.split("│")[1].strip() for line in said.out.splitlines() if line.startswith("│")} >= set(
        MODELS
    )


def test_explain_takes_a_chat_body_from_standard_input(run: Run, tmp_path: Path) -> None:
    (tmp_path / "models.json").write_text(json.dumps(MODELS))
    body = json.dumps({"messages": [{"role": "user", "content": "Hello"}]})
    said = run("explain", "-", "--models", str(tmp_path / "models.json"), "--json", stdin=body)
    assert said.json["intent"] == "chat"


def test_explain_names_the_line_of_a_registry_that_is_wrong(run: Run, tmp_path: Path) -> None:
    (tmp_path / "registry.yaml").write_text("version: 1\nnonsense: true\n")
    said = run("explain", "Hello", "--registry", str(tmp_path / "registry.yaml"))
    assert said.status == 1
    assert "line 2: nonsense" in said.err
    assert run("explain", "Hello", "--models", str(tmp_path / "none.json")).status == 2


def test_classify_answers_one_message_in_words_or_json(run: Run) -> None:
    said = run("classify", "Write a Python function that reverses a linked list")
    assert said.status == 0
    assert "intent      coding" in said.out
    found = run("classify", "Write a Python function that reverses a linked list", "--json").json
    assert found["intent"] == "coding"
    assert found["micros"] > 0


def test_classify_answers_a_line_for_a_line(run: Run, tmp_path: Path) -> None:
    lines = [json.dumps({"id": n, "messages": [{"role": "user", "content": "Hello"}]}) for n in (1, 2)]
    (tmp_path / "prompts.jsonl").write_text("\n".join(lines))
    for said in (
        run("classify", "--jsonl", str(tmp_path / "prompts.jsonl")),
        run("classify", "--jsonl", "-", stdin="\n".join(lines)),
    ):
        assert said.status == 0
        assert [json.loads(line)["id"] for line in said.out.splitlines()] == [1, 2]


def test_classify_goes_on_after_a_line_that_it_cannot_read(run: Run) -> None:
    good = json.dumps({"id": "b", "messages": [{"role": "user", "content": "Hello"}]})
    said = run("classify", "--jsonl", "-", stdin=f"not json\n{good}\n")
    assert said.status == 1
    assert [("error" in json.loads(line)) for line in said.out.splitlines()] == [True, False]


def test_classify_wants_one_source(run: Run, tmp_path: Path) -> None:
    assert run("classify").status == 2
    assert run("classify", "Hello", "--jsonl", "-").status == 2
    said = run("classify", "--jsonl", str(tmp_path / "none.jsonl"))
    assert said.status == 2
    assert "cannot read" in said.err


def test_a_file_that_is_not_there_is_not_taken_for_a_message(run: Run) -> None:
    said = run("explain", "request.json")
    assert (said.status, "there is no file request.json" in said.err) == (2, True)


def test_two_places_for_one_database_are_refused_by_name(run: Run, tmp_path: Path) -> None:
    said = run("rebuild", "--data-dir", str(tmp_path), "--database", "sqlite:///a")
    assert (said.status, "DATABASE_URL" in said.err) == (2, True)


def test_rebuild_makes_no_database_where_there_is_none(run: Run, tmp_path: Path) -> None:
    said = run("rebuild", "--data-dir", str(tmp_path))
    assert (said.status, "there is no webui.db" in said.err) == (2, True)
    assert not (tmp_path / "webui.db").exists()
