"""What a model's name says that it can do, where nobody else has said it.

From the model cards of the families that local installations run. Everything read here is marked
as guessed.
"""

from __future__ import annotations

import re

_NO_CHAT = re.compile(
    r"embed|rerank|\bbge\b|\be5-|\bgte-|minilm|dall-e|gpt-image|imagen|stable-diffusion|sdxl|\bflux\b|"
    r"whisper|\btts\b|transcribe|realtime|moderation|llama-guard|llamaguard|shieldgemma|granite-guardian|"
    r"\bsora\b|\bveo\b|\bclip\b|-ocr\b|safeguard|prompt-guard|\blyria\b|davinci|babbage|-base\b"
)
#: A digit here is a version and never a size: `gemma-7b` is not gemma-7, nor `llama-3-8b` llama-3.8.
_VISION = re.compile(
    r"llava|bakllava|moondream|minicpm-v|pixtral|vision|\bvl\b|-vl-|\d+vl\b|gemma-3-(?:4|12|27)b|"
    r"gemma-[4-9](?=-|$)|llama-4(?=-|$)|mistral-small-3-[1-9](?=-|$)|internvl|cogvlm|omni|multimodal|gpt-4o|"
    r"gpt-4-1|gpt-4-turbo|gpt-[5-9](?=-|$)|claude|gemini|granite-3-2-vision|kimi-k2-[5-9]|qwen-3-[5-9](?=-|$)"
)
_TOOLS = re.compile(
    r"qwen-2-5|qwen-2(?=-)|qwen-3|qwq|llama-3-[1-9](?=-|$)|llama-4(?=-|$)|mistral|mixtral|ministral|devstral|"
    r"magistral|command|granite-[34]|gpt|claude|gemini|hermes-[23]|firefunction|phi-4-mini|cogito|nemotron|glm|"
    r"kimi|deepseek-v3|smollm-2|aya|athene|grok|minimax|gemma-[4-9](?=-|$)|^o[134]|nova|jamba|lfm"
)
_REASONING = re.compile(
    r"^o[134]|\bgpt-[5-9](?!.*chat)|gpt-oss|deepseek-r\d|qwq|thinking|reason|magistral|\bqwen-3(?!.*(?:instruct|coder))"
)
_REFUSES_SAMPLING = re.compile(r"^o[134](?:-|$)|^gpt-[5-9](?!.*chat)|^codex-mini")
#: What OpenAI's reasoning models answer with 400.
SAMPLING = frozenset(
    {
        "temperature",
        "top_p",
        "presence_penalty",
        "frequency_penalty",
        "logprobs",
        "top_logprobs",
        "max_tokens",
    }
)

#: Languages by family, from the model cards; a family that is not here is taken to know all.
_LANGUAGES = (
    (re.compile(r"^gemma-(?:1-1-)?\d+b|^gemma$"), "en"),
    (re.compile(r"^phi-[123]\b|^phi$"), "en"),
    (re.compile(r"^llama-2\b|^llama-3-(?:8|70)b|^llama-3$|^tinyllama|^codellama|^vicuna"), "en"),
    (re.compile(r"^falcon\b|^orca|^zephyr|^olmo|^wizard|^openchat|^starling|^smollm"), "en"),
    (re.compile(r"^mpt|^dolphin|^starcoder"), "en"),
    (re.compile(r"^llama-3-[1-3]\b|^llama-4"), "en de fr it pt hi es th ar id tl vi"),
    (re.compile(r"^mistral-7b|^mistral$"), "en"),
    (re.compile(r"^mixtral"), "en fr de es it"),
    (re.compile(r"^granite-3"), "en de es fr ja pt ar cs it ko nl zh"),
    (re.compile(r"^deepseek-coder|^yi\b|^chatglm|^baichuan|^internlm"), "en zh"),
)  # fmt: skip


def answers_chats(key: str) -> bool:
    """False for what is by its name an embedding, image, speech, guard or bare base model."""
    return _NO_CHAT.search(key) is None


def capabilities(key: str) -> frozenset[str]:
    found = set()
    if _VISION.search(key) and "gemma-3-1b" not in key:
        found.add("vision")
    if _TOOLS.search(key):
        found.add("tools")
    if _REASONING.search(key):
        found.add("reasoning")
    return frozenset(found)


def languages(key: str) -> frozenset[str]:
    """ISO 639-1 codes; empty: no limit that we know of."""
    for pattern, codes in _LANGUAGES:
        if pattern.search(key):
            return frozenset(codes.split())
    return frozenset()


def refuses(key: str) -> frozenset[str]:
    """Body parameters that the model answers with an error."""
    return SAMPLING if _REFUSES_SAMPLING.search(key) else frozenset()
