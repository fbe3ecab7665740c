"""An account's id and its token as two literals: `twilio("AC…", "…")`, `algoliasearch("…", "…")`."""

from __future__ import annotations

from ...lazily import lazily
from .haystack import Haystack, WordList

#: Services whose clients are made from an id and a token.
_SERVICES = WordList(
    (
        "twilio", "algolia", "mailjet", "nexmo", "vonage", "plivo", "pusher", "messagebird", "sinch",
        "razorpay",
        "cloudinary", "bandwidth", "clicksend", "infobip", "onesignal", "tweepy", "oauthhandler",
        "trello", "telnyx",
        "agora", "livekit", "zoom", "coinbase", "binance", "kraken", "bybit", "ccxt", "paypal", "plaid",
    )
)  # fmt: skip
_QUOTED = r"[\"'`](?:[A-Za-z0-9_-]{2,60})[\"'`]"
_PAIR = lazily(
    rf"[^\n]{{0,80}}?[(\[{{]\s{{0,12}}(?:[\w.]{{1,24}}\s?[=:]\s?)?{_QUOTED}\s?,\s{{0,12}}"
    r"(?:[\w.]{1,24}\s?[=:]\s?)?[\"'`](?P<value>[A-Za-z0-9_-]{24,80})[\"'`]"
)
#: Twilio's accounts, with the token behind a sign or its name.
_TWILIO = lazily(
    r"(?<![A-Za-z0-9])(?:AC|SK)[0-9a-f]{32}[\"'`]?[\s,:;/|()-]{1,6}(?:[\w -]{0,16}[:=]\s?)?[\"'`]?"
    r"(?P<value>[0-9a-f]{32})(?![0-9A-Za-z])"
)


def has_service_pair(hay: Haystack) -> bool:
    """A service's account id followed by its token."""
    if not hay.has_digit or ("(" not in hay.text and "twilio" not in hay.lowered):
        return False
    for word, _, end in _SERVICES.spots(hay, begins=bool):
        found = _PAIR.match(hay.text, end, end + 320)
        if found is not None and _is_token(found["value"]):
            return True
        pair = _TWILIO.search(hay.text, end, end + 200) if word == "twilio" else None
        if pair is not None and _is_token(pair["value"]):
            return True
    return False


def _is_token(value: str) -> bool:
    digits = sum(map(str.isdigit, value))
    letters = sum(map(str.isalpha, value))
    return digits >= 3 and letters >= 4 and len(set(value)) >= 10 and "xxxx" not in value.lower()
