"""What a model's id says: whose it is, how large, how quantised; and one spelling for all its spellings.

The same model is `gpt-4o-2024-08-06`, `openai/gpt-4o`, `azure/eu/gpt-4o`; or `llama3.3:70b`,
`meta-llama/Llama-3.3-70B-Instruct-Turbo`, `us.meta.llama3-3-70b-instruct-v1:0`. `identify` reads
any of them into an Identity whose `key` is the same for all, and whose `date` tells versions apart.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

#: Dotted prefixes: Bedrock's regions and vendors, and those Open WebUI's connections are given.
_REGIONS = r"(?:us|eu|apac|ap|au|jp|ca|sa|us-gov|global)"
_DOTTED = re.compile(rf"^(?:{_REGIONS}\.)?([a-z][a-z0-9_-]*)\.(?=[a-z])")
#: `deepseek.v3.2` is Bedrock's way to write deepseek-v3.2.
_DOTTED_VERSION = re.compile(rf"^(?:{_REGIONS}\.)?([a-z]+)\.([vr]\d)")
_BEDROCK_VERSION = re.compile(r"-v\d+:\d+(?::\d+k)?$")
_VERTEX_VERSION = re.compile(r"@(default|latest|\d+(?:-\d+)*)$")

#: Words after a colon or at the end that name a service level or nothing at all, not a model.
_SERVICE_WORDS = """
latest free nitro floor extended online exacto cloud default beta maas turbo turbos fast hf hosted serverless
original standard batch fp unsloth ud mlx gguf ggml awq gptq exl2 exl3 imatrix i1 dynamic bnb qat dwq
throughput priority versatile instant dense
"""
_SERVICE = frozenset(_SERVICE_WORDS.split())
#: Of these, those that name another model where a hosted family uses them (`gpt-4-turbo`, `grok-4-fast`).
_MEANINGFUL = {
    "turbo": ("gpt", "qwen", "hunyuan", "ernie", "step", "glm"),
    "turbos": ("hunyuan",),
    "fast": ("grok",),
    "instant": ("claude",),
    "standard": ("hunyuan",),
    "online": ("sonar", "reka"),
    "beta": (),
    "batch": (),
}
_QUANTIZATION = re.compile(
    r"(?:^|(?<=[-_:.]))("
    r"i?q\d(?:_[0-9a-z])*(?:_[sml]|_xl|_xs|_xxs)?|(?:nv|mx)?fp(?:4|8|16|32)|bf16|f16|f32|int[48]|"
    r"w\d+a\d+|[2-8][- ]?bits?|4bit|8bit"
    r")(?=$|[-_:.])"
)
_DATE = re.compile(
    r"-(20\d{2}-\d{2}-\d{2}|20\d{6}|\d{2}-20\d{2}|\d{4}(?=$|-)|0\d{2}(?=$|-)|\d{6}(?=$|-)|(?<=preview-)\d{2}-\d{2,4}(?=$|-))"
)
_SIZE = re.compile(r"(?:^|(?<=[-_: ]))(?:(\d+)x)?(\d+(?:\.\d+)?)(b|m)(?=$|[-_: .])")
_ACTIVE = re.compile(r"(?:^|(?<=[-_: ]))a(\d+(?:\.\d+)?)b(?=$|[-_: ])")
_EFFECTIVE = re.compile(r"(?:^|(?<=[-_: ]))e(\d+(?:\.\d+)?)b(?=$|[-_: ])")
#: `qwen2p5`, `llama-v3p1`: Fireworks writes a dot as a p.
_P_FOR_DOT = re.compile(r"(?<=\d)p(?=\d)")
_VENDOR_WORDS = re.compile(
    r"^(?:databricks|anthropic|meta-llama|meta|nvidia|nvidia-nvidia|azure|openai|google|mistralai|fw|fireworks|"
    r"amazon|cohere|coding|ibm|tencent|microsoft|bytedance|x-ai|xai|deepseek-ai)-(?=[a-z])"
)
#: Where the vendor's word is the model's name, it stays.
_OWN_NAME = re.compile(r"^(?:nvidia-nemotron|tencent-h)")

#: Mixtures of experts whose name gives neither their size nor what is used per token; from their cards.
_KNOWN_SIZES = {
    "8x7b": (46.7, 12.9),
    "8x22b": (141.0, 39.0),
    "llama-4-maverick": (400.0, 17.0),
    "llama4-maverick": (400.0, 17.0),
    "128x17b": (400.0, 17.0),
    "llama-4-scout": (109.0, 17.0),
    "llama4-scout": (109.0, 17.0),
    "16x17b": (109.0, 17.0),
    "gpt-oss-120b": (117.0, 5.1),
    "gpt-oss-20b": (21.0, 3.6),
    "deepseek-v3": (671.0, 37.0),
}

#: Endings that say "tuned to chat", which every model we may choose is.
_TUNED = re.compile(r"-(?:instruct|it|chat|chat-hf|hf|sft|dpo)(?=$|-)")


@dataclass(frozen=True, slots=True)
class Identity:
    """What an id says. `key` compares models across spellings, `family` is its first word or two.

    `size_b` and `active_b` are billions of parameters (all, and used per token in a mixture of
    experts). `date` is a version date or revision, digits only. None: the id does not say. `cloud`:
    Ollama's mark for what runs on its servers. `latest`: the id asks for the newest version.
    """

    key: str
    family: str
    size_b: float | None = None
    active_b: float | None = None
    quantization: str | None = None
    date: str | None = None
    cloud: bool = False
    latest: bool = False

    @property
    def dated(self) -> str:
        """The key with its date, which tells apart what one name meant at different times."""
        return f"{self.key}@{self.date}" if self.date else self.key


@functools.lru_cache(maxsize=8192)
def identify(model_id: str) -> Identity:
    """Read a model id in any of the spellings that providers use."""
    text = model_id.strip().lower()
    cloud = bool(re.search(r"[:-]cloud$", text))
    text = _without_address(text)
    latest = text.endswith("-latest")
    text, quantization = _without_quantization(text)
    text = _P_FOR_DOT.sub(".", text)
    text = text.replace(":", "-").replace("_", "-").replace(" ", "-").replace("/", "-")
    text = _VENDOR_WORDS.sub("", text) if not _OWN_NAME.match(text) else text.removeprefix("nvidia-")
    text = _respelt(text)
    text, date = _without_date(text)
    text = _without_service_words(text)
    size, active = _sizes(text)
    key = _one_name(_canonical(text))
    if size is None:
        size, active = _sizes(key)
    return Identity(
        key=key,
        family=_family(key),
        size_b=size,
        active_b=active,
        quantization=quantization,
        date=date,
        cloud=cloud,
        latest=latest,
    )


_RESPELT = (
    (re.compile(r"^(?:amazon-)?(nova-[a-z]+)-v1[.-]0$"), r"\1"),
    (re.compile(r"-june(?=-2024)"), ""),
    (re.compile(r"\bgpt-35"), "gpt-3.5"),
    (re.compile(r"\b(llama|qwen)-v(?=\d)"), r"\1-"),
    (re.compile(r"\bcode-(llama|qwen|gemma)"), r"code\1"),
    (re.compile(r"^ai21[.-](?=jamba|j2)"), ""),
    (re.compile(r"^(claude-.*\d)-v1$"), r"\1"),
    (re.compile(r"^zai-(?=glm)|^xiaomi-(?=mimo)|^c4ai-(?=aya)|^snowflake-(?=llama)|^alibaba-(?=qwen)"), ""),
)


def _respelt(text: str) -> str:
    for pattern, replacement in _RESPELT:
        text = pattern.sub(replacement, text)
    return text


def _without_address(text: str) -> str:
    """Drop whose server it is: path, Bedrock region and vendor, connection prefix, revision."""
    text = _VERTEX_VERSION.sub(lambda m: f"-{m[1]}" if len(m[1]) == 8 else "", text)
    text = text.rsplit("/", 1)[-1].lstrip("~@")
    if _BEDROCK_VERSION.search(text) and not text.endswith("claude-v2:1"):
        text = _BEDROCK_VERSION.sub("", text)
    text = _DOTTED_VERSION.sub(r"\1-\2", text)
    while match := _DOTTED.match(text):
        rest = text[match.end() :]
        # `kimi-k2.thinking` and `llama3.instruct` are names; a prefix stands alone before one.
        if re.search(r"\d", match[1]) and not re.match(r"(?:gpt|claude|gemini|llama|qwen|mistral|o\d)", rest):
            break
        text = rest
    return text


def _without_quantization(text: str) -> tuple[str, str | None]:
    found: str | None = None
    while match := _QUANTIZATION.search(text):
        # `gpt-4-32k` and sizes never look like this; a quantisation ends a name or precedes its format.
        found = found or match[1].upper()
        text = (text[: match.start()].rstrip("-_:.") + text[match.end() :]).strip("-_:.")
    return text, found


def _without_date(text: str) -> tuple[str, str | None]:
    date: str | None = None
    while match := _DATE.search(text):
        digits = re.sub(r"\D", "", match[1])
        if len(digits) == 6 and match[1][2:3] == "-":  # 03-2025 → 202503
            digits = digits[2:] + digits[:2]
        date = date or digits
        text = text[: match.start()] + text[match.end() :]
    return text, date


def _without_service_words(text: str) -> str:
    words = text.split("-")
    # A size says which model it is; what follows can only be how it is served.
    sized = any(_SIZE.fullmatch(word) for word in words)
    kept = [
        word
        for i, word in enumerate(words)
        if i == 0
        or word not in _SERVICE
        or (not sized and any(words[0].startswith(f) for f in _MEANINGFUL.get(word, ())))
    ]
    return "-".join(word for word in kept if word)


def _sizes(text: str) -> tuple[float | None, float | None]:
    active = _ACTIVE.search(text)
    size: float | None = None
    for name, (total, used) in _KNOWN_SIZES.items():
        if name in text:
            return total, used
    if match := _SIZE.search(text):
        amount = float(match[2]) / (1000 if match[3] == "m" else 1)
        size = amount * int(match[1]) if match[1] else amount
    elif match := _EFFECTIVE.search(text):
        size = float(match[1])
    return size, float(active[1]) if active else None


#: `qwen2.5` → qwen-2.5; single letters before a digit (o3, k2, v3, a3b) are names and stay.
_GLUED = re.compile(r"^([a-z]{2,})(\d[\d.]*[a-z]?)$")


def _canonical(text: str) -> str:
    tokens: list[str] = []
    for word in text.split("-"):
        if _SIZE.fullmatch(word):
            tokens.append(word)
        elif match := _GLUED.match(word):
            tokens += [match[1], *match[2].strip(".").split(".")]
        else:
            tokens += [part for part in word.split(".") if part]
    if tokens and tokens[0] == "claude":
        # claude-3-5-sonnet, claude-sonnet-4-5, claude-4-sonnet: the tier first, then the version.
        manner = [
            t for t in tokens if t in ("thinking", "think", "preview", "fast") or re.fullmatch(r"\d+k", t)
        ]
        rest = [t for t in tokens[1:] if t not in manner]
        tiers = [t for t in rest if not t[0].isdigit()]
        tokens = ["claude", *tiers, *(t for t in rest if t[0].isdigit()), *manner]
    return "-".join(tokens)


#: Names that mean the same model, as keys; the first that fits is applied.
_SAME_MODEL = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"^phi-3-3\.8b", "phi-3-mini"),
        (r"^phi-3-14b", "phi-3-medium"),
        (r"^phi-3-5-3\.8b|^phi-3-5$", "phi-3-5-mini"),
        (r"^phi-4-14b", "phi-4"),
        (r"^phi-4-mini-3\.8b", "phi-4-mini"),
        (r"^deepseek-r1-(\d+b)-(qwen|llama)-distill", r"deepseek-r1-distill-\2-\1"),
        # Ollama's small deepseek-r1 are other models, taught by it.
        (r"^deepseek-r1-(1\.5b|7b|14b|32b)", r"deepseek-r1-distill-qwen-\1"),
        (r"^deepseek-r1-(8b|70b)", r"deepseek-r1-distill-llama-\1"),
        (r"^(deepseek-(?:r1|v3(?:-\d)?))-(?:671b|685b)", r"\1"),
        (r"^deepseek-chat-(v\d)", r"deepseek-\1"),
        (r"^(command-r)-35b", r"\1"),
        (r"^(command-r-plus)-104b", r"\1"),
        (r"^(command-a)-111b", r"\1"),
        (r"^(mistral-large)-(?:123b|instruct)", r"\1"),
        (r"^(codestral)-22b", r"\1"),
        (r"^(kimi-k2)-1t", r"\1"),
        (r"^llama-4-(?:scout-17b-16e|16x17b|scout-17b|scout)", "llama-4-scout-17b-16e"),
        (r"^llama-4-(?:maverick-17b-128e|128x17b|maverick-17b|maverick)", "llama-4-maverick-17b-128e"),
        (r"^qwen-3-235b(?!-a)", "qwen-3-235b-a22b"),
        (r"^qwen-3-30b(?!-a)", "qwen-3-30b-a3b"),
        (r"^qwen-3-coder-30b(?!-a)", "qwen-3-coder-30b-a3b"),
        (r"^qwen-3-coder-480b(?!-a)", "qwen-3-coder-480b-a35b"),
        (r"^qwen-3-coder$", "qwen-3-coder-480b-a35b"),
        (r"^qwen-3-vl-235b(?!-a)", "qwen-3-vl-235b-a22b"),
        (r"^qwen-3-vl-30b(?!-a)", "qwen-3-vl-30b-a3b"),
        (r"^llama-3-2-vision-(\d+b)", r"llama-3-2-\1-vision"),
        (r"^gemma-(\d+b)-(?:instruct|it)-v1-1", r"gemma-1-1-\1-it"),
        # What Ollama takes for a name without a tag.
        (r"^qwq$", "qwq-32b"),
        (r"^gpt-oss$", "gpt-oss-20b"),
        (r"^(llama-3-3)$", r"\1-70b"),
        (r"^(llama-3-2)$", r"\1-3b"),
        (r"^(llama-3(?:-1)?|qwen-3)$", r"\1-8b"),
        (r"^(llama-2|mistral|gemma|codellama|qwen-2(?:-5)?(?:-coder)?)$", r"\1-7b"),
        (r"^(gemma-2)$", r"\1-9b"),
        (r"^(gemma-3)$", r"\1-4b"),
        (r"^(mistral|open-mistral)-nemo$", "mistral-nemo-12b"),
        (r"^open-mistral-nemo", "mistral-nemo-12b"),
        (r"^(mixtral)$", r"\1-8x7b"),
        (r"^(tinyllama)$", r"\1-1.1b"),
        (r"^(smollm-2)$", r"\1-1.7b"),
        (r"^phi-3$", "phi-3-mini"),
        (r"^qwen-qwq", "qwq"),
        (r"^gemini-(pro|flash)-(\d)-(\d)", r"gemini-\2-\3-\1"),
        (r"^claude-v2-1", "claude-2-1"),
        (r"^(claude-[a-z]+-\d)-0$", r"\1"),
        (r"^(mixtral-8x\d+b)-instruct-v0-\d", r"\1-instruct"),
        (r"^(mistral-7b)-instruct-v0-\d", r"\1-instruct"),
        (r"^qwen-2-5-(\d+)vl", r"qwen-2-5-vl-\1"),
        (r"^(qwen-2-5)vl", r"\1-vl"),
    )
)


def _one_name(key: str) -> str:
    for pattern, replacement in _SAME_MODEL:
        renamed, times = pattern.subn(replacement, key)
        if times:
            return renamed
    return key


def _family(key: str) -> str:
    words = key.split("-")
    kept = [words[0]]
    for word in words[1:]:
        if re.fullmatch(r"\d{1,2}[ac-ln-z]?|[rvkm]\d", word):
            kept.append(word)
        else:
            break
    return "-".join(kept)


def untuned(key: str) -> str:
    """A key without the words that only say that the model was tuned to chat."""
    return _TUNED.sub("", key)
