"""What a request looks like: its words, concepts and structure, read once for rules and model."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ..lazily import lazily
from ..signals.code import without_fences
from ..signals.excerpt import head_and_tail
from .concepts import concept_names, concepts_in, fold, tokenize
from .manners import without_manners

#: How much of a long ask is read: instructions stand at its beginning or at its end.
HEAD = 900
TAIL = 500

_MATH_SIGNS = lazily(
    r"[0-9)x]\s*[+*/^=×÷]\s*[0-9(x]|\\(?:frac|int|sum|sqrt|lim|begin|alpha|beta|mathbb|cdot|le|ge)\b"
    r"|\$[^$\n]{1,80}\$|[∫∑√∂∞≤≥≠∈∀∃→]|\b[fgxyn]\([a-z0-9]\)|\b\d+\s*%\s*(?:of|von|de|di|от|的)|\d+\^\d+"
    r"|\b[a-z]\^[0-9n]|\bsqrt\(|\b\d+\s*/\s*\d+\b"
)
_TRACE = lazily(
    r"Traceback \(most recent|^\s+at [\w.$]+\(|Exception in thread|\b\w+(?:Error|Exception): |panic: "
    r"|segmentation fault|undefined reference|npm ERR!|error\[E\d+\]|error TS\d+|ERROR \d{4}",
    re.MULTILINE,
)
_SIGNATURE = lazily(
    r"^\s*(?:(?:async )?def \w+\(|class \w+[(:{]|(?:pub )?fn \w+[(<]|func \w*\("
    r"|(?:export )?(?:async )?function\*? ?\w*\(|"
    r"(?:public|private|protected|static)\b[^\n(]{1,60}\(|#include\b|from [\w.]+ import \w"
    r"|import [\w.]+;?\s*$|>>> )",
    re.MULTILINE,
)
_SQL = lazily(
    r"\bselect\b[\s\S]{1,300}?\bfrom\b|\b(?:insert into|create table|alter table|left join|inner join"
    r"|group by)\b",
    re.IGNORECASE,
)
_COMMAND = lazily(r"^\s*(?:/[a-z]{2,20}|!\w+)\b")
_OPTION = lazily(r"^\s*\(?[A-Ea-e1-4][).:]\s", re.MULTILINE)
_LIST_LINE = lazily(r"^\s*(?:[-*•]|\d{1,2}[.)])\s", re.MULTILINE)
_TABLE_LINE = lazily(
    r"^[^\n|]*\|[^\n|]*\|[^\n]*$|^[^\n\t]*\t[^\n\t]*\t|^[^\n,]{1,40}(?:,[^\n,]{0,40}){3,}$", re.MULTILINE
)
_JSON = lazily(r"[{\[]\s*\"[\w -]+\"\s*:")
_QUOTED = lazily(r"[\"“„«「『][^\"”“»」』]{12,}[\"”“»」』]")
# Without one of these the costly search next to them cannot find anything; most asks have none.
_MATH_SIGN = lazily(r"[(+*/^=×÷\\$%∫∑√∂∞≤≥≠∈∀∃→]")
_SIGNATURE_SIGNS = ("(", "import", "class ", "fn ", "#include", ">>> ")
_TRACE_SIGNS = ("(", "rror", "Exception", "panic: ", "segmentation fault", "undefined reference", "ERR")
_SQL_SIGNS = ("select", "insert into", " table", " join", "group by")
_QUOTE_SIGNS = ('"', "“", "„", "«", "「", "『")
_QUESTION = ("?", "？", "؟", "؛")


@dataclass(frozen=True, slots=True)
class Look:
    """`tokens` are the folded words of what is read of the ask; `concepts` count per name."""

    folded: str
    tokens: tuple[str, ...]
    concepts: Counter[str]
    words: int
    characters: int
    pasted: bool
    marks: frozenset[str]


def look_at(ask: str, code_share: float) -> Look:
    """Reads an ask. Cost is bounded: only its head and tail are looked at."""
    prose = without_fences(ask) if "```" in ask else ask
    read = head_and_tail(without_manners(prose), HEAD, TAIL)
    folded = fold(read)
    tokens = tokenize(folded)
    names = concept_names()
    counted = Counter({names[number]: n for number, n in concepts_in(folded, tokens).items()})
    part = head_and_tail(ask, 2500, 1000)
    lowered = part.lower()
    marks = set()
    if "```" in ask:
        marks.add("fence")
    if code_share > 0.25:
        marks.add("code")
    if _any(_SIGNATURE_SIGNS, part) and _SIGNATURE.search(part):
        marks.add("signature")
    if _any(_TRACE_SIGNS, part) and _TRACE.search(part):
        marks.add("trace")
    if _any(_SQL_SIGNS, lowered) and _SQL.search(part):
        marks.add("sql")
    signs = len(_MATH_SIGNS.findall(part)) if code_share < 0.3 and _MATH_SIGN.search(part) else 0
    if signs:
        marks.add("formula")
    if signs > 2:
        marks.add("formulas")
    if _COMMAND.match(ask):
        marks.add("command")
    if part.count("\n") >= 2:
        marks |= _marks_of_lines(part)
    if '"' in part and _JSON.search(part):
        marks.add("json")
    if _any(_QUOTE_SIGNS, part) and _QUOTED.search(part):
        marks.add("quoted")
    if _any(_QUESTION, read):
        marks.add("question")
        if read.rstrip()[-1:] in _QUESTION:
            marks.add("ends with a question")
    if "\n" in ask.strip():
        marks.add("lines")
    words = _count_words(ask, tokens)
    pasted = len(ask) > 500 and "\n" in ask.strip()
    if pasted:
        marks.add("paste")
    return Look(folded, tuple(tokens), counted, words, len(ask), pasted, frozenset(marks))


def _any(signs: tuple[str, ...], text: str) -> bool:
    return any(sign in text for sign in signs)


def _marks_of_lines(part: str) -> set[str]:
    """Marks that at least three lines make."""
    marks = set()
    if len(_OPTION.findall(part)) >= 3:
        marks.add("options")
    lines = len(_LIST_LINE.findall(part))
    if lines >= 3:
        marks.add("list")
    if lines >= 6:
        marks.add("long list")
    if len(_TABLE_LINE.findall(part)) >= 3:
        marks.add("table")
    return marks


def _count_words(ask: str, tokens: list[str]) -> int:
    """Words of the whole ask; unspaced scripts count two characters a word."""
    spaced = len(ask.split()) if len(ask) < 20_000 else len(ask) // 6
    if not ask.isascii():
        wide = sum(
            len(token) for token in tokens if token[0] >= "\u0e00" and not "\u0f00" <= token[0] < "\u3040"
        )
        spaced = max(spaced, spaced + wide // 2 - len(tokens))
    return max(spaced, 0)
