"""Private keys: PEM, PuTTY, WireGuard, JWK, and bare ones behind their name or beside a wallet's."""

from __future__ import annotations

import re

from ...lazily import lazily
from .haystack import Haystack, WordList
from .phrases import COINS

_BUDGET = 200

_PEM = lazily(r"-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?[ -]{0,6}(?P<rest>[^\0]{0,600})")
_PEM_BODY = lazily(r"[A-Za-z0-9+/=]{16,}")
_WORDS = WordList(
    (
        "-----begin", "---- begin", "putty-user-key-file-", "presharedkey", "xprv", "nsec1", "private key",
        "age-secret-key-1", "suiprivkey1", "edsk", "pvt_k1_", "ed25519_sk1", "addr_xsk1", "root_xsk1",
        "stake_xsk1",
        *(f"{kind}prv" for kind in "yztuv"),
        '"kty"', "'kty'", "<rsakeyvalue",
    ),
    anywhere=("privatekey", "private_key"),
    begin=False,
)  # fmt: skip
_PUTTY = lazily(r"putty-user-key-file-[23]:")

#: A WireGuard key is 32 bytes in base64, one of Ethereum or Bitcoin 32 bytes in hex or 51 or 52 of base58.
_BARE = lazily(
    r"""["'`]{0,2}[ \t]{0,3}(?:is|ist|est|es|[:=])?[ \t]{0,3}["'`]?(?:0x)?"""
    r"""([A-Za-z0-9+/]{43}=|[0-9a-fA-F]{64}|[5KLc][1-9A-HJ-NP-Za-km-z]{50,51})(?![A-Za-z0-9+/=])"""
)
#: Formats that begin with a name of their own, in base58 and bech32.
_EXTENDED = lazily(
    r"[xyztuvYZUV]prv[1-9A-HJ-NP-Za-km-z]{100,112}|edsk[1-9A-HJ-NP-Za-km-z]{50,94}"
    r"|(?:nsec1|suiprivkey1|ed25519_sk1|(?:addr|root|stake)_xsk1)[02-9ac-hj-np-z]{55,}"
    r"|PVT_K1_[1-9A-HJ-NP-Za-km-z]{48,52}|AGE-SECRET-KEY-1[0-9A-Z]{40,}"
)
_EXTENDED_WORDS = ("prv", "nsec1", "suip", "edsk", "pvt_", "ed25519_", "addr_", "root_", "stake_", "age-")
_STATIC = lazily(r"-----BEGIN OpenVPN Static key V[12]-----\s+[0-9a-f]{32}")
#: The private member of a JSON Web Key (RFC 7517), the key of a symmetric one, and .NET's XML.
_JWK = lazily(r"""["']d["']\s?:\s?["'][A-Za-z0-9_-]{40,}""")
_JWK_OCT = lazily(r"""["']k["']\s?:\s?["'][A-Za-z0-9_-]{20,}""")
_XML_D = lazily(r"<d>[a-z0-9+/]{40,}", re.IGNORECASE)
_JWK_SIZE = 4000

#: Private keys by name, and functions that are handed one.
PRIVATE = (
    "privkey", "priv key", "private key", "clé privée", "clave privada", "llave privada", "chave privada",
    "chiave privata", "privater schlüssel", "privaten schlüssel", "privésleutel", "privé sleutel",
    "privé-sleutel", "klucz prywatny", "klucza prywatnego", "soukromý klíč", "privat nyckel",
    "privata nyckel", "private nøgle", "private nøkkel", "yksityinen avain", "özel anahtar", "kunci privat",
    "kunci pribadi", "khóa riêng", "khóa bí mật", "ιδιωτικό κλειδί", "приватный ключ", "закрытый ключ",
    "приватного ключ", "секретный ключ", "приватний ключ", "私钥", "私鑰", "秘密鍵", "プライベートキー",
    "개인키",
    "개인 키", "비밀키", "المفتاح الخاص", "مفتاح خاص", "کلید خصوصی", "מפתח פרטי", "המפתח הפרטי", "निजी कुंजी",
    "kluczem prywatnym", "soukromým klíč", "soukromého klíč", "приватным ключ", "секретным ключ",
    "закрытым ключ", "закрытого ключ", "приватним ключ", "yksityisen avaim", "yksityisavain", "gizli anahtar",
    "privatschlüssel", "প্রাইভেট কি", "ไพรเวทคีย์", "คีย์ส่วนตัว",
)  # fmt: skip
CALLS = (
    "from_key(", "privatekeytoaccount(", "fromsecret(", "from_secret(", "fromsecretkey(", "from_seed(",
    "fromseed(", "from_secret_key(", "from_string(", "keypair", "id.json",
)  # fmt: skip
_TELLING = frozenset((*PRIVATE, *CALLS))

#: Where the key of a wallet stands, whatever its name; and what else has 32 bytes in hex.
_WALLETS = WordList(
    ("accounts", "wallet", "signer", "mnemonic", "metamask", "deployer", "privkey", "priv key", "keystore",
     "seed", "sk", "pk", "clé privée", "clave privada", "chave privada", "chiave privata",
     "privater schlüssel", "privaten schlüssel", "klucz prywatny", "приватный ключ", "закрытый ключ",
     "приватний ключ", "私钥", "秘密鍵", "개인키", "개인 키"),
)  # fmt: skip
#: A wallet's key that needs no name but a coin's near it: Bitcoin's (WIF) and Stellar's. Another coin's
#: secrets, which look as transactions do, need a word for private keys, or a function that takes one.
_COINS = WordList(
    (*COINS, *PRIVATE, *CALLS, "wallet", "electrum", "ledger", "trezor", "phantom", "exodus", "portfel",
    "peněženk",
     "portefeuille", "billetera", "monedero", "carteira", "portafoglio", "cüzdan", "dompet", "lompakko",
     "plånbok",
     "lommebok", "tegnebog", "кошел", "гаман", "πορτοφόλι", "钱包", "錢包", "ウォレット", "지갑", "محفظة",
     "کیف پول",
     "ארנק", "वॉलेट", "ওয়ালেট", "กระเป๋าเงิน"),
)  # fmt: skip
_WIF = lazily(
    r"(?<![0-9A-Za-z/+_-])(?:5[1-9A-HJ-NP-Za-km-z]{50}|[KLc][1-9A-HJ-NP-Za-km-z]{51}|"
    r"S[A-Z2-7]{55})(?![0-9A-Za-z/+=_-])"
)
_SECRET = lazily(
    r"(?<![0-9A-Za-z/+_-])(?:[1-9A-HJ-NP-Za-km-z]{86,88}|(?:0x)?[0-9a-fA-F]{64})(?![0-9A-Za-z/+=_-])"
    r"|(?<=[\"'])s[1-9A-HJ-NP-Za-km-z]{27,30}(?=[\"'])"
)
_BYTES = lazily(r"\[\s{0,4}(?:[0-9]{1,3},\s{0,4}){63}[0-9]{1,3}\s{0,4}\]")
_BEFORE, _BEHIND = 110, 150
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
    ) or (hay.has_digit and (("0x" in hay.lowered and _has_wallet_key(hay)) or _has_coin_key(hay)))


def _has_coin_key(hay: Haystack) -> bool:
    """A key in a wallet's own format within reach of a word for wallets, coins or private keys."""
    for word, start, end in _COINS.spots(hay, begins=bool):
        first, last = max(0, start - _BEFORE), end + _BEHIND
        if word not in _TELLING and max(map(len, hay.text[first:last].split())) < 51:
            continue
        found = _WIF.search(hay.text, first, last)
        if found is not None and len(set(found[0])) > 14:
            return True
        if _BYTES.search(hay.text, end, end + 400) is not None:
            return True
        secret = _SECRET.search(hay.text, end, last) if word in _TELLING else None
        if secret is None or len(set(secret[0])) < 10 or secret[0].lower().endswith(_KNOWN):
            continue
        if not _HASHED.search(hay.text, max(0, start - 24), secret.start()):
            return True
    return False


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
        if _STATIC.match(hay.text, start, start + 90) is not None:
            return True
        found = _PEM.match(hay.text, start, start + 700)
        return found is not None and _has_body(found["rest"])
    if word.startswith("putty"):
        return _PUTTY.match(hay.lowered, start) is not None
    if word.startswith(_EXTENDED_WORDS) or word.endswith("prv"):
        return _EXTENDED.match(hay.text, start) is not None
    if "kty" in word:
        first = max(hay.text.rfind("{", max(0, start - _JWK_SIZE), start), 0)
        last = hay.text.find("}", end, end + _JWK_SIZE)
        key = hay.text[first : last if last >= 0 else end + _JWK_SIZE]
        return _JWK.search(key) is not None or ("oct" in key[:60] and _JWK_OCT.search(key) is not None)
    if word == "<rsakeyvalue":
        return _XML_D.search(hay.text, end, end + _JWK_SIZE) is not None
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
