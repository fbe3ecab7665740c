"""A tiny random Llama and the real inference server of `transformers` that answers with it.

`python -m tests.support.tiny_model DIR` writes the model: a few thousand parameters and two dozen words,
but tokenizer, chat template, sampling, streaming and usage are the real thing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from .server import free_port

_START_TIMEOUT_S = 120.0
_WORDS = "the moon pulls at water and so tides come go twice a day for ever user assistant hello there"
_TEMPLATE = (
    "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\\n{% endfor %}"
    "{% if add_generation_prompt %}assistant: {% endif %}"
)


@dataclass
class TinyServer:
    """What a connection needs to know of it: its URL and the model's name."""

    url: str
    model: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def write(folder: Path) -> None:
    """Make tokenizer and model on the spot; the same every time."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    words = ["<s>", "</s>", "<pad>", "<unk>", *_WORDS.split()]
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(words)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", pad_token="<pad>", unk_token="<unk>"
    )
    fast.chat_template = _TEMPLATE
    fast.save_pretrained(folder)

    torch.manual_seed(7)
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(fast),
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            max_position_embeddings=2048,
            bos_token_id=0,
            eos_token_id=1,
            pad_token_id=2,
        )
    )
    model.generation_config.max_new_tokens = 24
    model.generation_config.min_new_tokens = 8
    model.generation_config.do_sample = False
    model.save_pretrained(folder)


@contextmanager
def served(folder: Path) -> Iterator[TinyServer]:
    """`transformers serve` with the model in `folder`."""
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""}
    root = Path(__file__).parents[2]
    subprocess.run(
        [sys.executable, "-m", "tests.support.tiny_model", str(folder)], env=environment, check=True, cwd=root
    )
    port = free_port()
    command = [str(Path(sys.executable).with_name("transformers")), "serve", str(folder)]
    command += ["--device", "cpu", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "serve.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + _START_TIMEOUT_S
        while not _healthy(url):
            said = (folder / "serve.log").read_text(errors="replace")[-2000:]
            assert server.poll() is None, f"transformers serve ended:\n{said}"
            assert time.monotonic() < deadline, f"transformers serve is not ready:\n{said}"
            time.sleep(0.2)
        yield TinyServer(f"{url}/v1", str(folder), server)
    finally:
        server.terminate()
        server.wait(20)


def _healthy(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


if __name__ == "__main__":
    write(Path(sys.argv[1]))
