"""The ask itself: what remains of a user message when its wrappers are taken off.

Wrappers are blocks of retrieved or pasted text in tags, Open WebUI's own `### Task:` prompts
(config.py of Open WebUI 0.12.4), transcripts pasted with their roles, and quoted mail.
Everything here looks for plain texts with `find`, so the cost is linear in the message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..lazily import lazily

#: Tags around text that is given, not asked. Names only; attributes are allowed.
_BLOCK_TAGS = (
    "context", "documents", "document", "sources", "source", "doc", "file", "files", "attachment",
    "search_results", "retrieved", "knowledge", "passage", "passages", "data", "input", "article",
    "transcript", "email", "thread", "chat_history", "conversation", "history", "tool_result",
    "tool_output", "tool_response", "function_results", "results", "system", "instructions", "system_prompt",
    "memory", "user_context", "background", "reference", "references", "text", "content", "excerpt", "quote",
)  # fmt: skip

#: Of these, the ones whose presence means that documents were looked up or attached.
_RETRIEVED_TAGS = frozenset(
    ("context", "documents", "document", "sources", "source", "doc", "file", "files", "attachment",
     "search_results", "retrieved", "knowledge", "passage", "passages", "reference", "references")
)  # fmt: skip

#: Tags around the ask itself.
_QUERY_TAGS = (
    "user_query",
    "query",
    "question",
    "user_question",
    "user_input",
    "user_message",
    "user_request",
    "request",
    "prompt",
    "task",
    "ask",
)

#: For texts in small letters: looking for either case takes five times as long where there are many tags.
_OPEN = lazily(r"<(" + "|".join(_BLOCK_TAGS) + r")(?:\s[^<>]{0,200})?>")
_QUERY_OPEN = lazily(r"<(" + "|".join(_QUERY_TAGS) + r")>")

#: Around what is attached, pictures too: utils/middleware.py of Open WebUI 0.12.4.
_ATTACHED, _ATTACHED_END = "<attached_files>\n", "\n</attached_files>"

#: How Open WebUI's own task prompts begin, and what they are for.
_TASK_MARKS = (
    ("title_generation", "generate a concise title"),
    ("title_generation", "generate a concise, 3-5 word title"),
    ("tags_generation", "generate 1-3 broad tags"),
    ("follow_up_generation", "predict 3-5 useful messages"),
    ("follow_up_generation", "suggest 3-5 relevant follow-up"),
    ("image_prompt_generation", "generate a detailed prompt for am image"),
    ("image_prompt_generation", "generate a detailed prompt for an image"),
    ("query_generation", "determine the necessity of generating search queries"),
    ("autocomplete_generation", "you are an autocompletion system"),
    ("emoji_generation", "reflect the speaker's likely facial expression"),
    ("function_calling", "choose and return the correct tool"),
    ("moa_response_generation", "you have been provided with a set of responses from various models"),
)

#: A pasted transcript or prompt that names its roles; the last user's line is the ask.
_USER_LINE = lazily(
    r"^[ \t]*(?:#{1,4}[ \t]*|\*{2})?(?:user|human|user (?:query|question|input|message|request)"
    r"|question|query|frage|pregunta|вопрос|问题|質問|用户)"
    r"[ \t]*(?:\*{2})?[ \t]*[:：](?:\*{2})?[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
_OTHER_LINE = lazily(
    r"^[ \t]*(?:#{1,4}[ \t]*|\*{2})?(?:assistant|ai|bot|answer|antwort|respuesta|ответ|回答"
    r"|response)[ \t]*(?:\*{2})?[ \t]*[:：]",
    re.IGNORECASE | re.MULTILINE,
)

#: Where quoted mail begins: everything after it was written by someone else, earlier.
_MAIL_START = lazily(
    r"^(?:-{2,}[ ]?(?:original message|forwarded message|ursprüngliche nachricht"
    r"|weitergeleitete nachricht|message d'origine|mensaje original|mensagem original"
    r"|oorspronkelijk bericht|исходное сообщение)[^\n]{0,40}"
    r"|(?:on|am|le|el|em|il|op) [^\n]{5,120}(?:wrote|schrieb[^\n]{0,60}|a écrit ?|escribió|escreveu"
    r"|ha scritto|schreef[^\n]{0,60}):"
    r"|(?:from|von|de|da|van|от): [^\n]{1,120}\n(?:sent|date|gesendet|datum|to|an|envoyé|enviado|à|para"
    r"|data|кому|дата)[^\n]{0,20}: )",
    re.IGNORECASE | re.MULTILINE,
)
#: A reply stands above what it quotes; further down nothing is looked for.
_MAIL_LIMIT = 6000

#: A prompt that names its roles is a prompt, not a book.
_ROLES_LIMIT = 30_000

_QUOTED_LINE = lazily(r"^[ \t]*>[^\n]*\n?", re.MULTILINE)
_ROLE_INTRO = lazily(
    r"^\s*(?:#{1,4} *)?(?:system(?: prompt)?|instructions?|you are|act as|du bist)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """The ask, and what was around it. `pasted` counts the characters taken off; `task` names
    the kind of Open WebUI's own prompt when it was one."""

    ask: str
    retrieved: bool = False
    pasted: int = 0
    task: str | None = None
    mail: bool = False


def unwrap(text: str) -> Unwrapped:
    """Takes the wrappers off one user message. What is all wrapper comes back whole; of a message that is
    nothing but attachments nothing is left."""
    text = _without_attachments(text)
    task = _task_of(text)
    if task is not None:
        return Unwrapped(_last_of_history(text), task=task, pasted=len(text))
    ask, retrieved = _without_blocks(text)
    result = Unwrapped(ask, retrieved=retrieved)
    if ask == text:
        result = replace(result, ask=_last_user_line(text))
    result = _without_mail(result)
    ask = result.ask.strip()
    if not ask:
        return Unwrapped(text.strip(), retrieved=retrieved)
    return replace(result, ask=ask, pasted=max(0, len(text) - len(ask) - 20))


def _without_attachments(text: str) -> str:
    """Without the list of files that Open WebUI's window puts before what the user wrote."""
    if not text.startswith(_ATTACHED):
        return text
    end = text.find(_ATTACHED_END)
    return text if end < 0 else text[end + len(_ATTACHED_END) :].lstrip()


def _task_of(text: str) -> str | None:
    start = text[:600].lower()
    if "task" not in start and "responses from various models" not in start:
        return None
    for name, mark in _TASK_MARKS:
        if mark in start:
            return name
    return None


def _last_of_history(text: str) -> str:
    """The last user line of the history that a task prompt carries."""
    inner = _between(text, "<chat_history>", "</chat_history>")
    if inner is None:
        return text.strip()
    at = inner.rfind("USER:")
    if at < 0:
        return inner.strip()
    line = inner[at + len("USER:") :]
    end = line.find("\nASSISTANT:")
    return (line if end < 0 else line[:end]).strip()


def _between(text: str, start: str, end: str) -> str | None:
    at = text.rfind(start)
    if at < 0:
        return None
    stop = text.find(end, at)
    return text[at + len(start) : stop if stop >= 0 else len(text)]


def _without_blocks(text: str) -> tuple[str, bool]:
    """The text outside of given blocks, or inside of a query tag; and whether documents were given."""
    if "<" not in text:
        return text, False
    outside: list[str] = []
    retrieved = False
    position = 0
    # "İ" is the one letter that grows when it is made small; positions must stay comparable.
    lowered = text.replace("İ", "I").lower()
    unclosed: set[str] = set()
    while True:
        found = _OPEN.search(lowered, position)
        if found is None:
            break
        name = found[1]
        closing = f"</{name}>"
        # The outermost end: retrieved text may hold the same tag again.
        if name in unclosed:
            end = -1
        elif name in ("context", "documents", "sources"):
            end = lowered.rfind(closing)
        else:
            end = lowered.find(closing, found.end())
        if end < found.end():
            unclosed.add(name)
            # Open WebUI cuts long contexts; a block that never closes is left as it is.
            outside.append(text[position : found.end()])
            position = found.end()
            if len(outside) > 200:
                break
            continue
        retrieved = retrieved or name in _RETRIEVED_TAGS
        outside.append(text[position : found.start()])
        position = end + len(closing)
        if len(outside) > 200:
            break
    asked = None
    query = _QUERY_OPEN.search(lowered)
    if query is not None:
        opened = text[query.start() : query.end()]
        asked = _between(text, opened, "</" + opened[1:])
    if asked and asked.strip():
        return asked, retrieved
    if position == 0:
        return text, False
    outside.append(text[position:])
    last = outside[-1].strip()
    first = "".join(outside[:-1]).strip()
    # The template stands before the blocks, the ask behind them; a person may do it the other way.
    if last and ("### task:" in first.lower() or len(last) >= 12 or not first):
        rest = last if "### task:" in first.lower() or _ROLE_INTRO.match(first) else f"{first}\n{last}"
    else:
        rest = f"{first}\n{last}"
    rest = rest.strip()
    return (_last_user_line(rest) if rest else text), retrieved


def _last_user_line(text: str) -> str:
    """The ask of a prompt that names its roles (`System: … User: …`), or the text as it is."""
    if len(text) > _ROLES_LIMIT or (":" not in text and "：" not in text):
        return text
    marks = list(_USER_LINE.finditer(text))
    if not marks:
        return text
    last = marks[-1]
    dialogue = len(marks) > 1 and _OTHER_LINE.search(text) is not None
    if not (
        dialogue
        or _ROLE_INTRO.match(text)
        or (last.start() > 0.3 * len(text) and "\n\n" in text[: last.start()])
    ):
        return text
    tail = text[last.end() :]
    answer = _OTHER_LINE.search(tail)
    if answer is not None:
        tail = tail[: answer.start()]
    return tail if tail.strip() else text


def _without_mail(result: Unwrapped) -> Unwrapped:
    """Without quoted lines, and without everything below the start of a quoted mail."""
    ask = result.ask
    if "\n>" in ask or ask.startswith(">"):
        unquoted = _QUOTED_LINE.sub("", ask)
        if unquoted.strip():
            result = replace(result, ask=unquoted, mail=True)
            ask = unquoted
    found = _MAIL_START.search(ask, 0, _MAIL_LIMIT)
    if found is not None:
        before = ask[: found.start()].strip()
        if before:
            return replace(result, ask=before, mail=True)
    return result
