"""Greetings and thanks around an ask, which say nothing about it."""

from __future__ import annotations

import re

from ..lazily import lazily

#: Greetings before an ask and thanks after it are manners, not the ask.
_OPENING = lazily(
    r"\s*(?:(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening|day)|excuse me|sorry|hallo|moin"
    r"|guten (?:tag|morgen|abend)"
    r"|bonjour|salut|bonsoir|hola|buen[oa]s (?:d[ií]as|tardes|noches)|ciao|salve|buongiorno|ol[áa]|oi"
    r"|bom dia|boa (?:tarde|noite)"
    r"|hoi|goedemorgen|hej|cześć|dzień dobry|привет|здравствуйте|добрый день|привіт|добрий день|merhaba"
    r"|selam|xin chào|halo|γεια)"
    r"(?: there| all| again| assistant| chatgpt| everyone| zusammen| à tous| a tutti"
    r"| a todos)?(?=[\s,.!…:-])[\s,.!…:-]{0,4}"
    r"|(?:你好|您好|こんにちは|すみません|안녕하세요|안녕|مرحبا|سلام|שלום|नमस्ते|হ্যালো|สวัสดีครับ|สวัสดีค่ะ"
    r"|สวัสดี)[\s,.!，。！、،]{0,3}"
    r"|i hope (?:this finds you well|you(?:'re| are) (?:well|doing well))[.!, ]{0,3}"
    r"|(?:could|can|would) you (?:please |possibly |kindly "
    r"|maybe )?help(?: me)?(?: out)?(?: with (?:this|something))?[?.!, ]{1,3}"
    r"|(?:quick|another|one more|silly|stupid) question[:,.! -]{1,3})",
    re.IGNORECASE,
)
_ONLY_GREETING = lazily(rf"(?:{_OPENING.pattern.rpartition('|i hope')[0]}))+[\s,.!?…]*", re.IGNORECASE)
_CLOSING = lazily(
    r"(?<![:：\"'“«„\s])[\s,.!;—-]{1,3}(?:(?:many |kind )?(?:thanks|thank you|thx|cheers|ty|regards)"
    r"|(?:vielen |besten )?dank(?:e)?(?: schön)?|merci|(?:muchas |mil )?gracias"
    r"|grazie|obrigad[oa]|bedankt|dank je(?: wel)?|tack|dzięki|dziękuję|спасибо|дякую|teşekkürler"
    r"|cảm ơn|terima kasih|ευχαριστώ|谢谢|謝謝|ありがとう(?:ございます)?"
    r"|お願いします|감사합니다|고마워|شكرا|ممنون|תודה|धन्यवाद|ধন্যবাদ|ขอบคุณ(?:ครับ|ค่ะ)?)"
    r"(?: (?:so much|a lot|very much|in advance|mille|beaucoup|d'avance|im voraus|dir|de antemano"
    r"|in anticipo|desde já|заранее|all))?[\s.!:)🙏😊]{0,4}$",
    re.IGNORECASE,
)


def without_manners(text: str) -> str:
    """The ask without its greetings and thanks, as long as something of it remains."""
    start = 0
    for _ in range(3):
        found = _OPENING.match(text, start, start + 120)
        if found is None:
            break
        start = found.end()
    rest = text[start:] if start else text
    closing = _CLOSING.search(rest, max(0, len(rest) - 60))
    if closing is not None:
        rest = rest[: closing.start()]
    remains = rest.strip()
    enough = len(remains) >= 12 if remains.isascii() else len(remains) >= 6
    return remains if enough and len(remains) < len(text) else text


def only_greets(text: str) -> bool:
    """Whether greetings are all there is ("Hello!", "hi there"). One word is little to learn from,
    and it is how most chats begin."""
    return len(text) <= 60 and _ONLY_GREETING.fullmatch(text.strip() + " ") is not None
