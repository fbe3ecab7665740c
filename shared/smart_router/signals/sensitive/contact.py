"""E-mail addresses and phone numbers."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
_PHONE = re.compile(r"\+[0-9]{1,3}[ .\-/()]{0,3}[0-9(](?:[ .\-/()]{0,2}[0-9]){6,12}(?![0-9])")
_LOCAL_PHONE = re.compile(
    r"(?:tel|phone|call|mobile|cell|fax|whatsapp|telefon\w*|téléphone|teléfono|móvil|telefone|celular"
    r"|cellulare|handy|ring|тел|телефон\w*|电话|手机|電話|전화)"
    r"[^0-9\n]{0,20}[(]?[0-9](?:[ .\-/()]{0,2}[0-9]){6,13}(?![0-9])",
    re.IGNORECASE,
)
_US_PHONE = re.compile(r"(?<![0-9-])\(?[2-9][0-9]{2}\)?[ .-][2-9][0-9]{2}[.-][0-9]{4}(?![0-9-])")

#: RFC 2606 names, and the mailboxes of machines: not a person's address.
_EXAMPLE = re.compile(
    r"@(?:[\w-]+\.)*(?:example\.(?:com|org|net|edu)|test|invalid|localhost|domain\.com|email\.com"
    r"|company\.com)$|^(?:git|noreply|no-reply|user|username|you|your|name|someone|foo|test|example)@",
    re.IGNORECASE,
)
_BUDGET = 200
_PHONE_WORDS = (
    "tel",
    "phone",
    "call",
    "mobile",
    "cell",
    "whatsapp",
    "móvil",
    "celular",
    "handy",
    "тел",
    "电话",
    "手机",
    "電話",
    "전화",
)


def has_contact(text: str) -> bool:
    """An e-mail address or a phone number that may be somebody's."""
    position = text.find("@")
    for _ in range(_BUDGET):
        if position < 0:
            break
        start = position
        while (
            start > 0 and position - start < 64 and (text[start - 1].isalnum() or text[start - 1] in "._%+-")
        ):
            start -= 1
        found = _EMAIL.match(text, start, position + 200) if start < position else None
        if found is not None and not _EXAMPLE.search(found[0]):
            return True
        position = text.find("@", position + 1)
    position = text.find("+")
    for _ in range(_BUDGET):
        if position < 0:
            break
        if _PHONE.match(text, position, position + 40):
            return True
        position = text.find("+", position + 1)
    sample = text[:8000]
    if _US_PHONE.search(sample):
        return True
    lowered = sample.lower()
    for word in _PHONE_WORDS:
        at = lowered.find(word)
        for _ in range(50):
            if at < 0:
                break
            if _LOCAL_PHONE.match(sample, at, at + 60):
                return True
            at = lowered.find(word, at + 1)
    return False
