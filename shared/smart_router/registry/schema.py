"""The registry: what an operator may write, as pydantic models.

Everything is optional: an empty registry is a valid one, and means zero configuration. The JSON
Schema in docs/registry.schema.json is generated from here.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    PrivateAttr,
    Tag,
    field_validator,
    model_validator,
)

from .patterns import Pattern, PatternError
from .vocabulary import Capability, LatencyTarget, RouteName, Sensitive, Strategy

Fraction = Annotated[float, Field(ge=0, le=1, strict=True)]
Positive = Annotated[float, Field(gt=0, strict=True)]
Amount = Annotated[float, Field(ge=0, strict=True)]
Tokens = Annotated[int, Field(gt=0, strict=True)]
Flag = Annotated[bool, Field(strict=True)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
Level = Literal["simple", "medium", "hard"]
Words = tuple[str, ...]


class Part(BaseModel):
    """What all parts share: unknown keys are errors, and nothing changes after parsing."""

    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())


class Model(Part):
    """One backend, or all that a glob fits; later entries win over earlier ones, key by key."""

    id: str = Field(min_length=1, description="Open WebUI's model id, or a glob such as `gpt-4*`.")
    enabled: Flag = Field(default=True, description="false: never a candidate.")
    local: Flag | None = Field(
        default=None, description="Overrides Open WebUI's connection type and cloud markers."
    )
    size_b: Positive | None = Field(default=None, description="Parameters in billions.")
    active_b: Positive | None = Field(
        default=None, description="Active parameters of a mixture of experts, in billions."
    )
    context_tokens: Tokens | None = Field(
        default=None, description="What the backend really reads (Ollama: num_ctx)."
    )
    max_output_tokens: Tokens | None = Field(default=None, description="The longest answer it can give.")
    input_usd_per_mtok: Amount | None = Field(
        default=None, description="Price in US dollars per million tokens read."
    )
    cached_input_usd_per_mtok: Amount | None = Field(
        default=None, description="The same where the provider has the beginning cached."
    )
    output_usd_per_mtok: Amount | None = Field(
        default=None, description="Price in US dollars per million tokens written."
    )
    usd_per_hour: Amount | None = Field(
        default=None, description="What an hour of a local machine's work costs."
    )
    capabilities: dict[Capability, Flag] = Field(
        default_factory=dict, description="What it can do (true) or cannot (false), where the guess is wrong."
    )
    languages: tuple[Language, ...] | None = Field(default=None, description="ISO 639-1; empty: all of them.")
    quality: dict[RouteName, Fraction] = Field(
        default_factory=dict, description="0…1 by intent; `general` is for the intents not named."
    )
    tags: Words = Field(default=(), description="Free words; a route can name `tag:WORD`.")
    refuses: Words = Field(default=(), description="Body parameters that the model does not take.")
    first_token_ms: Positive | None = Field(default=None, description="Until something is observed.")
    tokens_per_second: Positive | None = Field(default=None, description="Until something is observed.")
    max_concurrency: Annotated[int, Field(gt=0, strict=True)] | None = Field(
        default=None,
        description="So many requests are sent to it at once, by each worker. A further one waits up to 2 "
        "seconds for its turn, and is sent elsewhere then.",
    )


class ByComplexity(Part):
    """A list of models for each complexity."""

    simple: Words = ()
    medium: Words = ()
    hard: Words = ()


def _written_as(value: Any) -> str:
    return "by_complexity" if isinstance(value, dict | ByComplexity) else "list"


Models = Annotated[
    Annotated[Words, Tag("list")] | Annotated[ByComplexity, Tag("by_complexity")], Discriminator(_written_as)
]


class Route(Part):
    """What to do for one intent (or `general`, where the classifier is not sure)."""

    models: Models = Field(
        default=(), description="Ids, globs or `tag:WORD`, best first. Others serve as fallback."
    )
    only: Flag = Field(default=False, description="true: nothing but `models`, not even as fallback.")
    strategy: Strategy | None = Field(default=None, description="How to choose among its models.")
    quality_preference: Fraction | None = Field(
        default=None, description="0: cost and speed; 1: quality alone."
    )
    parameters: dict[str, Any] = Field(
        default_factory=dict,
        description="Sent where caller and administrator set none and the model takes it.",
    )
    system_prompt: str | None = Field(
        default=None, description="Put in front of the system prompt that the conversation has."
    )
    expected_output_tokens: Tokens | None = Field(
        default=None, description="How long answers are, for expected cost and needed context."
    )
    verify: Literal["head", "full"] = Field(
        default="head",
        description="With escalation on: check a stream by its beginning, or keep the whole answer back.",
    )

    @field_validator("parameters")
    @classmethod
    def _no_body_keys(cls, value: dict[str, Any]) -> dict[str, Any]:
        for key in ("model", "messages", "stream", "stream_options", "tools", "smart_router"):
            if key in value:
                raise ValueError(f"{key!r} belongs to the request and cannot be a route's parameter")
        return value


class Range(Part):
    """Numbers from `min` to `max`, both included."""

    min: Annotated[int, Field(ge=0, strict=True)] | None = None
    max: Annotated[int, Field(ge=0, strict=True)] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError("expected min, max or both")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min is greater than max")
        return self


class Hours(Part):
    """Hours of the day in the registry's timezone: from `from` up to, not including, `to`; may wrap."""

    model_config = ConfigDict(extra="forbid", frozen=True, serialize_by_alias=True)

    start: Annotated[int, Field(ge=0, le=23, strict=True)] = Field(alias="from")
    end: Annotated[int, Field(ge=0, le=24, strict=True)] = Field(alias="to")

    def includes(self, hour: int) -> bool:
        if self.start < self.end:
            return self.start <= hour < self.end
        return hour >= self.start or hour < self.end


class When(Part):
    """Conditions on the request; all that are given must hold."""

    regex: str | None = Field(
        default=None, description="RE2 syntax, searched in the user's message, case ignored."
    )
    contains: Words = Field(default=(), description="Any of these texts, case ignored.")
    has_code: Flag | None = Field(default=None, description="Whether the message holds code.")
    language: tuple[Language, ...] = Field(default=(), description="ISO 639-1; any of them.")
    intent: tuple[RouteName, ...] = Field(default=(), description="What the classifier said; any of them.")
    complexity: tuple[Level, ...] = Field(default=(), description="What the classifier said; any of them.")
    tokens: Range | None = Field(default=None, description="Estimated input tokens, the whole conversation.")
    turns: Range | None = Field(default=None, description="User messages in the conversation.")
    tools: Flag | None = Field(default=None, description="Whether tools are given.")
    images: Flag | None = Field(default=None, description="Whether there are images.")
    files: Flag | None = Field(default=None, description="Whether there are files.")
    json_mode: Flag | None = Field(default=None, description="Whether the answer must be JSON.")
    sensitive: Flag | None = Field(default=None, description="Whether it holds sensitive data.")
    group: Words = Field(default=(), description="Open WebUI group names or ids; any of them.")
    hour: Hours | None = Field(
        default=None, description="Hour of the day in `timezone`, `{from: 22, to: 6}`."
    )

    _pattern: Pattern | None = PrivateAttr(None)

    @field_validator("regex")
    @classmethod
    def _linear(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                Pattern(value)
            except PatternError as error:
                raise ValueError(str(error)) from error
        return value

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("expected at least one condition")
        return self

    def model_post_init(self, context: Any) -> None:
        if self.regex is not None:
            self._pattern = Pattern(self.regex)

    @property
    def pattern(self) -> Pattern | None:
        """The compiled `regex`."""
        return self._pattern


class Wish(Part):
    """What a rule, group, alias or variant may ask for."""

    strategy: Strategy | None = Field(default=None, description="How to choose.")
    quality_preference: Fraction | None = Field(
        default=None, description="0: cost and speed; 1: quality alone."
    )
    model: str | None = Field(default=None, description="Exactly this backend, where it may be used.")
    local_only: Flag = Field(default=False, description="true: local backends and no others.")
    latency_target: LatencyTarget | None = Field(
        default=None, description="The longest wait for the first token."
    )
    exclude: Words = Field(default=(), description="Ids or globs that may not answer.")


class Then(Wish):
    """What a rule concludes."""

    intent: RouteName | None = Field(default=None, description="Instead of what the classifier said.")
    complexity: Level | None = Field(default=None, description="Instead of what the classifier said.")
    route: RouteName | None = Field(default=None, description="The route to take, whatever the intent.")

    @field_validator("intent")
    @classmethod
    def _an_intent(cls, value: RouteName | None) -> RouteName | None:
        if value == "general":
            raise ValueError("'general' is a route, not an intent; write `route: general`")
        return value

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("expected at least one conclusion")
        return self


class Rule(Part):
    """Wins over the classifier. The first rule that fits decides; the others are not looked at."""

    name: str = Field(min_length=1, description="For the explanation and the log.")
    when: When = Field(description="All of these must hold.")
    then: Then = Field(description="What follows.")


class Group(Wish):
    """What holds for members of one Open WebUI group, by its name or id."""

    allow: Words | None = Field(default=None, description="Nothing but these (ids or globs).")
    deny: Words = Field(default=(), description="None of these (ids or globs).")


class Variant(Wish):
    """A further smart model, `smart_router.NAME`."""

    enabled: Flag = Field(default=True, description="false: not in the selector.")
    name: str | None = Field(default=None, description="As users see it in the selector.")


class MinimumSize(Part):
    """The least size in billions of parameters, by complexity."""

    simple: Amount = 0
    medium: Amount = 0
    hard: Amount = 0


class Weights(Part):
    """How the factors beside quality are weighed against each other; only their proportions count."""

    cost: Amount = 0.5
    latency: Amount = 0.2
    feedback: Amount = 0.1
    diversity: Amount = 0.02
    stickiness: Amount = 0.5

    @model_validator(mode="after")
    def _some(self) -> Self:
        if self.cost + self.latency + self.feedback + self.diversity + self.stickiness <= 0:
            raise ValueError("expected at least one weight above 0")
        return self


VariantName = Literal["fast", "quality", "local"]


class Registry(Part):
    """All that an operator wrote. What is not written comes from Open WebUI and the figures we carry."""

    version: Literal[1] = Field(default=1, description="Of this format.")
    strategy: Strategy | None = Field(
        default=None, description="For every request; the valve's value otherwise."
    )
    quality_preference: Fraction | None = Field(
        default=None, description="0: cost and speed; 1: quality alone."
    )
    sensitive: Sensitive | None = Field(default=None, description="The valve's value otherwise.")
    baseline: str | None = Field(default=None, description="The backend that savings are counted against.")
    confidence_threshold: Fraction = Field(default=0.5, description="Below it, the route `general` serves.")
    timezone: str = Field(default="UTC", description="For `hour` in rules; an IANA name.")
    ollama_context_tokens: Tokens = Field(
        default=4096, description="What Ollama reads where no num_ctx is set (its own default)."
    )
    local_usd_per_hour: Amount = Field(
        default=0.0, description="For local backends without a price of their own."
    )
    content_filter_fallback: Flag = Field(
        default=False,
        description="true: what one provider's content rules decline is sent to the next backend. Otherwise "
        "the user is told.",
    )
    allow: Words | None = Field(default=None, description="Nothing but these backends (ids or globs).")
    deny: Words = Field(default=(), description="Never these backends (ids or globs).")
    models: tuple[Model, ...] = Field(
        default=(), description="What is known better than Open WebUI knows it."
    )
    routes: dict[RouteName, Route] = Field(default_factory=dict, description="By intent, and `general`.")
    rules: tuple[Rule, ...] = Field(default=(), description="Special cases, which win over the classifier.")
    groups: dict[str, Group] = Field(default_factory=dict, description="By Open WebUI group name or id.")
    aliases: dict[Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")], Wish] = Field(
        default_factory=dict, description="`@NAME` at the start of a message; not sent on."
    )
    variants: dict[VariantName, Variant] = Field(
        default_factory=dict, description="Further smart models; those written here are offered."
    )
    minimum_size_b: dict[RouteName, MinimumSize] = Field(
        default_factory=dict,
        description="Least billions of parameters, by route and complexity. `general`: those not named. "
        "Default: 0, 4, 8 for coding, math and reasoning; 0, 1, 4 for the others.",
    )
    weights: Weights = Field(default=Weights(), description="Of the factors beside quality in the score.")

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(
                f"{value!r} is no time zone this machine knows, such as 'Europe/Berlin'"
            ) from error
        return value

    @field_validator("rules")
    @classmethod
    def _names_differ(cls, value: tuple[Rule, ...]) -> tuple[Rule, ...]:
        names = [rule.name for rule in value]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two rules are named {name!r}")
        return value
