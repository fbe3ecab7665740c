"""The straight line that a chat walks: parse, signals, classify, decide, deliver, record."""

from __future__ import annotations

import asyncio
import functools
import logging
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from starlette.responses import StreamingResponse

from ..classify import classify
from ..classify.types import Classification
from ..delivery import Attempt, Delivery, DeliverySettings, Plan, deliver
from ..delivery.sentences import INTERNAL
from ..delivery.status_line import keep
from ..errors import InvalidRequest, StoreError
from ..health import Health
from ..host.channel import OpenWebUIChannel
from ..host.open_webui import SMART_ID, AccessCache, OpenWebUI
from ..log import begin_request
from ..policy import Adjustments, Context, Decision, Limits, Previous, decide, remember, take_alias
from ..records import Store
from ..records.types import Record
from ..registry.types import Catalog
from ..request import ChatRequest
from ..signals import read_signals
from .answers import ErrorAnswer, refusal, streamed
from .catalog import CatalogKeeper
from .conversations import Conversations
from .judging import pick_judge
from .parse import parse_origin, parse_request
from .recording import (
    broken_record,
    delivered_record,
    invalid_record,
    preceded,
    refused_record,
    stopped_record,
)
from .second_opinion import SecondOpinions, is_wanted
from .settings import Settings
from .status_line import status_line
from .under_way import STOPPED, AnswersUnderWay, UnderWay

log = logging.getLogger("smart_router")

_SURE_OF_LANGUAGE = 0.8

#: No conversation of people comes near it, and each message costs time before the first call.
_MOST_MESSAGES = 10_000

Emitter = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass
class ChatLine:
    """Everything that a chat passes, for one process."""

    host: OpenWebUI
    access: AccessCache
    keeper: CatalogKeeper
    health: Health
    store: Store
    conversations: Conversations
    answers: AnswersUnderWay = field(default_factory=AnswersUnderWay)

    @property
    def running(self) -> int:
        """How many answers are under way."""
        return len(self.answers)

    async def chat(
        self,
        body: Mapping[str, Any],
        user: Mapping[str, Any],
        request: Any,
        metadata: Mapping[str, Any],
        emitter: Emitter | None,
        task: str | None,
        settings: Settings,
    ) -> dict[str, Any] | StreamingResponse:
        """One call of the pipe. What the user may read of an error is an answer here, never raised."""
        # Before anything is awaited: an upgrade must not take the store away in the meantime.
        under_way, record_id, now = self.answers.begin(), begin_request(), time.time()
        try:
            return await self._answer(
                record_id, now, body, user, request, metadata, emitter, task, settings, under_way
            )
        except asyncio.CancelledError:
            if not under_way.accounted_for:
                await self._write_undisturbed(
                    stopped_record(record_id, parse_origin(user, metadata, task), now)
                )
            if not under_way.was_stopped():
                raise
            return refusal(STOPPED, "stopped", stream=bool(body.get("stream")))
        except Exception:
            log.exception("a chat failed in our own code")
            try:
                await self._write(broken_record(record_id, parse_origin(user, metadata, task), now))
            except Exception:
                # The fault may be in what writes records, or in what the record is made from.
                log.exception("and it could not be put on record")
            return refusal(INTERNAL, "internal", stream=bool(body.get("stream")))
        finally:
            under_way.end_unless_streaming()

    async def _answer(
        self,
        record_id: str,
        now: float,
        body: Mapping[str, Any],
        user: Mapping[str, Any],
        request: Any,
        metadata: Mapping[str, Any],
        emitter: Emitter | None,
        task: str | None,
        settings: Settings,
        under_way: UnderWay,
    ) -> dict[str, Any] | StreamingResponse:
        stream = bool(body.get("stream"))
        try:
            chat = parse_request(body, user, metadata, task)
            guard_size(chat, settings)
        except InvalidRequest as error:
            under_way.accounted_for = True
            await self._write(invalid_record(record_id, parse_origin(user, metadata, task), now, str(error)))
            return refusal(str(error), "invalid_request", stream=stream)
        chat, classification, catalog, previous, decision = await self.decide(chat, settings, now)
        owner = self.host.user_from(user)
        opened = (await self._access(chat, catalog, settings))[1] if settings.opened else frozenset()
        channel = OpenWebUIChannel(
            self.host.seam, request, owner, metadata, None if chat.task else emitter, opened
        )
        asked: Attempt | None = None
        if is_wanted(chat, classification, decision, settings):
            opinion = SecondOpinions(self.host, self.health, channel, settings.second_opinion_ms)
            classification, asked = await opinion.on(chat, classification, decision, catalog)
            decision = await self._decide(chat, classification, catalog, previous, settings, now)
        prompt = classification.signals.ask if settings.store_prompts and not chat.temporary else None
        if decision.chosen is None:
            under_way.accounted_for = True
            refused = refused_record(record_id, chat, classification, decision, catalog, now, prompt=prompt)
            await self._write(preceded(refused, asked))
            return refusal(decision.sentence, decision.refusal or "unavailable", stream=stream)
        status = 200

        async def finished(delivery: Delivery) -> None:
            nonlocal status
            status = delivery.status
            record = delivered_record(
                record_id, chat, classification, decision, delivery, catalog, now, prompt=prompt
            )
            await self._write(preceded(record, asked))
            if delivery.backend is not None and delivery.outcome != "failed":
                answered = remember(previous, decision, classification, delivery.backend, now)
                answered = replace(answered, mixed=delivery.outcome == "continued")
                await self.conversations.keep(chat, previous, answered, delivery.tool_call_ids)
            under_way.end()

        under_way.accounted_for = True
        answer = await deliver(
            Plan(
                request=chat,
                decision=decision,
                catalog=catalog,
                channel=channel,
                health=self.health,
                clock=time.time,
                random=random.Random(),
                settings=_delivery_settings(settings, decision, catalog),
                describe=status_line(decision, catalog, settings, chat),
                on_finish=finished,
                input_tokens=classification.signals.input_tokens,
                previous_backend=previous.backend if previous and not previous.mixed else None,
                language=_answer_language(classification),
            )
        )
        if not isinstance(answer, dict):
            # Nobody may ever read it, and then nothing of it begins: not even its record.
            unread = functools.partial(self._write, preceded(stopped_record(record_id, chat, now), asked))
            return streamed(under_way.streaming(answer, unread))
        return ErrorAnswer(answer, status) if answer.get("error") else answer

    async def decide(
        self, chat: ChatRequest, settings: Settings, now: float
    ) -> tuple[ChatRequest, Classification, Catalog, Previous | None, Decision]:
        """Up to the decision; nothing is sent or stored, which is what `explain` shows.

        The request comes back as it will be sent: without the registry's aliases.
        """
        catalog = await self.keeper.ready()
        messages, overrides, aliased = take_alias(chat.messages, chat.overrides, self.keeper.registry)
        local, by_alias = chat.local_only or aliased, aliased and not chat.local_only
        chat = replace(chat, messages=messages, overrides=overrides)
        chat = replace(chat, local_only=local, local_only_by_alias=by_alias)
        classification = classify(read_signals(chat))
        chat = await self.conversations.rejoined(chat)
        previous = await self.conversations.previous(chat)
        if chat.task is not None and previous is not None and previous.local_only:
            # A task that the browser asks for by itself says nothing of the chat's switches.
            chat = replace(chat, local_only=True)
        decision = await self._decide(chat, classification, catalog, previous, settings, now)
        return chat, classification, catalog, previous, decision

    async def _decide(
        self,
        chat: ChatRequest,
        classification: Classification,
        catalog: Catalog,
        previous: Previous | None,
        settings: Settings,
        now: float,
    ) -> Decision:
        accessible, opened, groups = await self._access(chat, catalog, settings)
        context = Context(
            variant=chat.variant,
            task=chat.task,
            accessible=accessible | opened,
            local_only=chat.local_only,
            local_only_by_alias=chat.local_only_by_alias,
            overrides=chat.overrides,
            preferences=chat.preferences,
            group_ids=groups,
            previous=previous,
            parameters=chat.parameters,
            default_strategy=settings.default_strategy,
            sensitive=settings.sensitive,
        )
        return decide(
            classification,
            context,
            catalog,
            self.keeper.registry,
            self.health.view(catalog.backends.values()),
            Adjustments(),
            Limits(),
            now,
            random.Random(),
        )

    async def _access(
        self, chat: ChatRequest, catalog: Catalog, settings: Settings
    ) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """What the user may call by their own grants, what only through Smart, and their groups' ids.

        The administrator opens backends for those who may use Smart: that is asked of Open WebUI as well.
        """
        backends = frozenset(catalog.backends)
        allowed, groups = await self.access.of(chat.user, backends | {SMART_ID})
        opened = settings.opened & backends - allowed if SMART_ID in allowed else frozenset()
        return allowed & backends, opened, groups

    async def _write_undisturbed(self, record: Record) -> None:
        """To its end, also where whoever asked is gone and we are being cancelled again."""
        writing = asyncio.create_task(self._write(record))
        keep(writing)
        await asyncio.shield(writing)

    async def _write(self, record: Record) -> None:
        try:
            await self.store.write(record)
        except StoreError:
            # The page and `health` say that the store is down; the chat goes on.
            log.exception("the record of a chat could not be written")


def guard_size(chat: ChatRequest, settings: Settings) -> None:
    """Raises InvalidRequest for a conversation that is too long to be looked at."""
    if len(chat.messages) > _MOST_MESSAGES:
        raise InvalidRequest(
            f"This conversation is too long for Smart: {len(chat.messages):,} messages, and the limit is "
            f"{_MOST_MESSAGES:,}. Start a new chat."
        )
    total = sum(
        _characters(message.get("content")) + _call_characters(message.get("tool_calls"))
        for message in chat.messages
    )
    if total > settings.max_input_characters:
        raise InvalidRequest(
            f"This conversation is too long for Smart: {total:,} characters, and the limit is "
            f"{settings.max_input_characters:,}. Start a new chat or shorten what you pasted."
        )


def _call_characters(calls: Any) -> int:
    """Tool calls and their arguments; almost every message has none."""
    return len(str(calls)) if calls else 0


def _characters(content: Any) -> int:
    if isinstance(content, str):
        return len(content)
    if not isinstance(content, list):
        return 0
    texts = (part.get("text") for part in content if isinstance(part, Mapping))
    return sum(len(text) for text in texts if isinstance(text, str))


def _delivery_settings(settings: Settings, decision: Decision, catalog: Catalog) -> DeliverySettings:
    judged = settings.escalation == "judge"
    return DeliverySettings(
        fallback=settings.fallback,
        first_token_timeout_s=settings.first_token_timeout_s,
        idle_timeout_s=settings.idle_timeout_s,
        mid_stream=cast(Literal["continue", "error"], settings.mid_stream),
        escalation=cast(Literal["off", "checks", "judge"], settings.escalation),
        answer_score_threshold=settings.answer_score_threshold,
        escalation_hold_s=settings.escalation_hold_ms / 1000,
        verify_full=decision.verify_full,
        content_filter_fallback=decision.content_filter_fallback,
        judge=pick_judge(decision, catalog, settings.judge_backend) if judged else None,
    )


def _answer_language(classification: Classification) -> str | None:
    """The language that the answer should be in; None for translations and when unsure."""
    signals = classification.signals
    if classification.intent == "translate" or signals.language_confidence < _SURE_OF_LANGUAGE:
        return None
    return signals.language
