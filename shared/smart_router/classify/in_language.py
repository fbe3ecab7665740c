"""Work that is wanted in another language: "write a poem in French" asks for a poem, not for a translation.

The network learnt that whoever names a language wants a translation, because nearly everybody does. Here a
verb at the beginning says what is wanted, and nothing is given that could be translated. In a conversation
there is: what was said before.
"""

from __future__ import annotations

from ..lazily import lazily
from .look import Look
from .types import Intent

#: Characters; who writes more gives something.
_MOST = 300
#: What a text that is to be written can be, by the lexicon's concepts.
_TEXTS = ("verse", "story", "letter", "copy")
_PLEASE = r"\W*(?:please |bitte |can you |could you |kannst du |peux-tu |puedes |puoi )?"
_LANGUAGE = r"(?:请|請)?用.{1,5}[语語文]"
_WRITE = lazily(
    rf"{_PLEASE}(?:write|compose|draft|schreib\w*|verfass\w*|[ée]cri[rst]\w*|r[eé]dige\w*|escrib\w+|redact\w+"
    r"|scriv\w+|escrev\w+|schrijf|napisz|напиши\w*|напишіть|skriv|γράψε|اكتب\w*|بنویس\w*|כתוב|כתבי|tulis\w*"
    rf"|viết)\b|{_LANGUAGE}(?:给我|給我|帮我|幫我)?[写寫]",
)
_EXPLAIN = lazily(
    rf"{_PLEASE}(?:explain|erkl[äa]r\w*|expli(?:que|ca|cas|quer)\w*|spieg\w+|leg uit|wyjaśnij|объясни\w*"
    rf"|поясни\w*|förklara|açıkla\w*|εξήγησε|اشرح\w*|توضیح|הסבר|הסבירי|jelaskan|giải thích)\b"
    rf"|{_LANGUAGE}(?:给我|給我)?(?:解释|解釋|介绍|介紹|说明|說明)",
)
#: Something is to be translated, or is there to be.
_GIVEN = lazily(
    r"[:：\"“”„«「『‘]|\b(?:this|these|following|it|that|above|below|attached|diese\w*|dies|das hier"
    r"|folgend\w*|ce(?:ci|t|tte)|est[eoa]s?|quest[oaie]|dit|deze|это\w*|це)\b"
    r"|translat|[üu]bersetz|tradu|vertaal|vertal|[öo]vers[äa]tt|tłumacz|перев|перекл|[çc]evir|terjemah|μεταφρ"
    r"|ترجم|תרג|翻|译|譯|訳|번역|แปล|अनुवाद|অনুবাদ|dịch",
)


def wanted_in_it(ask: str, look: Look) -> Intent | None:
    """The intent of an ask that was taken for a translation, where it plainly is another; else None."""
    text = ask.strip().lower() if len(ask) <= _MOST else ""
    if not text or _GIVEN.search(text):
        return None
    if _EXPLAIN.match(text):
        return "explain"
    if _WRITE.match(text) and any(look.concepts.get(name) for name in _TEXTS):
        return "creative"
    return None
