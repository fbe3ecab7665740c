"""Private keys: PEM, PuTTY, WireGuard, and bare ones behind their name."""

from __future__ import annotations

import re

from ...lazily import lazily
from .haystack import Haystack, WordList

_BUDGET = 200

_PEM = lazily(r"-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?[ -]{0,6}(?P<rest>[^\0]{0,600})")
_PEM_BODY = lazily(r"[A-Za-z0-9+/=]{16,}")
_WORDS = WordList(
    (
        "-----begin",
        "---- begin",
        "putty-user-key-file-",
        "presharedkey",
        "xprv",
        "nsec1",
        "private key",
        "age-secret-key-1",
    ),
    anywhere=("privatekey", "private_key"),
    begin=False,
)
_PUTTY = lazily(r"putty-user-key-file-[23]:")

#: A WireGuard key is 32 bytes in base64, one of Ethereum or Bitcoin 32 bytes in hex or 51 or 52 of base58.
_BARE = lazily(
    r"""["'`]{0,2}[ \t]{0,3}(?:is|ist|est|es|[:=])?[ \t]{0,3}["'`]?(?:0x)?"""
    r"""([A-Za-z0-9+/]{43}=|[0-9a-fA-F]{64}|[5KLc][1-9A-HJ-NP-Za-km-z]{50,51})(?![A-Za-z0-9+/=])"""
)
_EXTENDED = lazily(
    r"xprv[1-9A-HJ-NP-Za-km-z]{100,112}|nsec1[02-9ac-hj-np-z]{58}"
    r"|AGE-SECRET-KEY-1[0-9A-Z]{40,}"
)

#: Where the key of a wallet stands, whatever its name; and what else has 32 bytes in hex.
_WALLETS = WordList(
    ("accounts", "wallet", "signer", "mnemonic", "metamask", "deployer", "privkey", "priv key", "keystore",
     "seed", "sk", "pk", "clé privée", "clave privada", "chave privada", "chiave privata",
     "privater schlüssel", "privaten schlüssel", "klucz prywatny", "приватный ключ", "закрытый ключ",
     "приватний ключ", "私钥", "秘密鍵", "개인키", "개인 키"),
)  # fmt: skip
_HEX = lazily(r"(?P<between>[^\n]{0,60}?)(?<![0-9a-zA-Z])0x(?P<key>[0-9a-fA-F]{64})(?![0-9a-zA-Z])")
_HASHED = lazily(
    r"hash|\btx|transa[ck]|trans[af]|block|\broot|merkle|signature|topic|digest|public|pubkey|keccak|slot"
    r"|salt|nonce|commit|address|bytes32|\bid\b|交易|哈希|транзакц|хеш",
    re.IGNORECASE,
)
#: The first key that local test networks make for everybody.
_KNOWN = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"


def has_private_key(hay: Haystack) -> bool:
    """A private key with at least the beginning of its body."""
    return any(
        _is_key(hay, word, start) for word in _WORDS.possible(hay) for start in hay.places(word, _BUDGET)
    ) or ("0x" in hay.lowered and _has_wallet_key(hay))


def _has_wallet_key(hay: Haystack) -> bool:
    """32 bytes in hex beside a word for wallets, and no word for hashes between or before."""
    for _, start, end in _WALLETS.spots(hay, begins=bool):
        found = _HEX.match(hay.text, end, end + 130)
        if found is None or len(set(found["key"])) < 10 or found["key"].lower() == _KNOWN:
            continue
        if not _HASHED.search(hay.text, max(0, start - 24), found.end("between")):
            return True
    return False


def _is_key(hay: Haystack, word: str, start: int) -> bool:
    end = start + len(word)
    if word[0] == "-":
        found = _PEM.match(hay.text, start, start + 700)
        return found is not None and _has_body(found["rest"])
    if word.startswith("putty"):
        return _PUTTY.match(hay.lowered, start) is not None
    if word in ("xprv", "nsec1", "age-secret-key-1"):
        return _EXTENDED.match(hay.text, start) is not None
    found = _BARE.match(hay.text, end, end + 90)
    return found is not None and len(set(found[1])) > 10


def _has_body(rest: str) -> bool:
    """Some base64 before the footer; lines of headers (`Proc-Type: …`) may stand before it."""
    body = rest.split("-----END", 1)[0].replace("\\n", "\n")
    for line in body.split("\n"):
        found = _PEM_BODY.search(line) if ": " not in line and "..." not in line else None
        if found is not None and found[0] not in (found[0].lower(), found[0].upper()):
            return True
    return False
