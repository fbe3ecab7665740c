"""E-mail addresses and phone numbers."""

from __future__ import annotations

import re

from ...lazily import lazily
from .contact_words import OTHER_NUMBER, PHONE_WORDS

_EMAIL = lazily(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}")
#: In an address of a server a user and his password stand before the sign.
_SERVER = lazily(r"://[^\s/]{0,120}$|(?:ssh|scp|sftp|rsync|git clone)\s[^\n]{0,40}$")
_PHONE = lazily(r"\+[1-9][0-9]{0,2}[ .\-/()]{0,3}[0-9(](?:[ .\-/()]{0,2}[0-9]){6,12}(?![0-9])")
#: The same without the sign.
_ABROAD = lazily(r"00[1-9][0-9]{0,2}[ .\-/(]{1,2}[0-9(](?:[ .\-/()]{0,2}[0-9]){6,11}(?![0-9]|[ -][0-9])")

#: Seven digits with what may stand between them: a text without such is not looked at closely.
_RUN = lazily(r"[0-9](?:[ ().\-/]{0,3}[0-9]){6}")
#: Digits in groups, or eight and more in one run.
_NUMBER = lazily(
    r"(?<![0-9A-Za-z_.,:/#+=-])\(?[0-9]{1,5}\)?(?:[ .\-/]{1,3}\(?[0-9]{2,8}\)?){1,5}(?![0-9A-Za-z_]"
    r"|[.,:/-][0-9])"
    r"|(?<![0-9A-Za-z_.,:/#+=-])[0-9]{8,14}(?![0-9A-Za-z_]|[.,:/-][0-9])"
)
#: A group before it makes it the rest of another number: an account's, a parcel's.
_GROUP_BEFORE = lazily(
    r"(?<![^\W_])(?!(?:TEL|SMS|GSM|MOB|FAX|CELL|PHONE)\b)[A-Z0-9]*[A-Z0-9][A-Z0-9][ -]$|[0-9][ -]$"
)
#: Layouts that only phones have: a trunk's 0 and groups (nine to eleven digits), Russia's 8, North America's.
_TRUNK = lazily(r"\(?0[1-9][0-9]{0,4}\)?[ .\-/]{1,3}[0-9]")
_RUSSIAN = lazily(r"8[ -]?\(?[3-9][0-9]{2}\)?[ -]{1,2}[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{2}$")
_AMERICAN = lazily(r"\(?[2-9][0-9]{2}\)?[ .-]{1,2}[2-9][0-9]{2}[.-][0-9]{4}$")
_DATE = lazily(
    r"(?:19|20)[0-9]{2}[ ./-][0-9]{1,2}[ ./-][0-9]{1,2}|[0-9]{1,2}[ ./-][0-9]{1,2}[ ./-](?:19|20)[0-9]{2}"
)

#: How far from a number the word for it may stand.
_BEFORE = 44
_BEHIND = 24

#: RFC 2606 names, and the mailboxes of machines: not a person's address.
_EXAMPLE = lazily(
    r"@(?:[\w-]+\.)*(?:example\.(?:com|org|net|edu)|test|invalid|local|localhost|internal"
    r"|domain\.com"
    r"|email\.com|company\.com)$|^(?:git|noreply|no-reply|user|username|you|your|name|someone|foo|test"
    r"|example)@",
    re.IGNORECASE,
)
_BUDGET = 200

#: How much of a text is looked at for numbers.
_SAMPLE = 8000


def has_contact(text: str) -> bool:
    """An e-mail address or a phone number that may be somebody's."""
    return _has_email(text) or _has_dialled(text) or _has_number(text)


def _has_email(text: str) -> bool:
    position = text.find("@")
    for _ in range(_BUDGET):
        if position < 0:
            return False
        start = position
        while (
            start > 0 and position - start < 64 and (text[start - 1].isalnum() or text[start - 1] in "._%+-")
        ):
            start -= 1
        found = _EMAIL.match(text, start, position + 200) if start < position else None
        if (
            found is not None
            and not _EXAMPLE.search(found[0])
            and not _SERVER.search(text, max(0, start - 130), start)
        ):
            return True
        position = text.find("@", position + 1)
    return False


def _has_dialled(text: str) -> bool:
    """A number with its country before it."""
    for sign, pattern in (("+", _PHONE), ("00", _ABROAD)):
        position = text.find(sign)
        for _ in range(_BUDGET):
            if position < 0:
                break
            if pattern.match(text, position, position + 40) and (sign == "+" or _begins(text, position)):
                return True
            position = text.find(sign, position + 1)
    return False


def _begins(text: str, start: int) -> bool:
    """Whether a number begins there, and nothing before it says that it is no phone's."""
    before = text[max(0, start - _BEFORE) : start]
    if (
        before
        and ((before[-1].isascii() and before[-1].isalnum()) or before[-1] in "_.,:/#+=-")
        and not before.endswith((": ", ":"))
    ):
        return False
    return not _GROUP_BEFORE.search(before) and not OTHER_NUMBER.search(before.lower())


def _has_number(text: str) -> bool:
    """A number that is written as only phones are, or that a word beside it calls one."""
    sample = text[:_SAMPLE]
    if _RUN.search(sample) is None:
        return False
    for tried, found in enumerate(_NUMBER.finditer(sample)):
        if tried >= _BUDGET:
            return False
        value = found[0]
        digits = sum(map(str.isdigit, value))
        if not 7 <= digits <= 14 or _DATE.match(value) or not _begins(sample, found.start()):
            continue
        if _AMERICAN.match(value) or _RUSSIAN.match(value):
            return True
        if 9 <= digits <= 11 and _TRUNK.match(value):
            return True
        beside = sample[max(0, found.start() - _BEFORE) : found.start()], sample[found.end() :][:_BEHIND]
        if any(PHONE_WORDS.search(side.lower()) for side in beside):
            return True
    return False
