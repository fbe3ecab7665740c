"""The words of a wallet, and the secrets of one-time codes."""

from __future__ import annotations

from ...lazily import lazily
from .haystack import Haystack, WordList

_OTP_SECRETS = frozenset(
    (
        "otp secret", "totp secret", "2fa secret", "mfa secret", "2fa key", "authenticator key", "setup key",
        "otpauth",
    )
)  # fmt: skip
_BASE32 = lazily(r"[^\n]{0,60}?(?<![A-Za-z0-9])([A-Z2-7]{4}(?: ?[A-Z2-7]{4}){3,15})(?![A-Za-z0-9])")

#: Keys that are told in groups of digits: of disks and of backups.
_DIGIT_KEYS = frozenset(
    (
        "passphrase", "recovery key", "bitlocker", "filevault", "backup key", "wiederherstellungsschlüssel",
        "clé de récup", "clave de recup", "chave de recup", "chiave di recup", "chiave di riprist",
        "herstelsleutel", "klucz odzysk", "återställningsnyckel", "gjenopprettingsnøkkel", "palautusavain",
        "kurtarma anahtar", "kunci pemulihan", "khóa khôi phục", "ключ восстан", "ключ відновл",
        "κλειδί ανάκτ", "恢复密钥", "回復キー", "복구 키", "مفتاح الاسترداد", "מפתח שחזור",
    )
)  # fmt: skip
_DIGIT_GROUPS = lazily(r"[^0-9]{0,40}?(?<![0-9])[0-9]{5,6}(?:[ -][0-9]{5,6}){3,}(?![0-9])")

#: Names of such words, in the data's languages.
WALLETS = frozenset(
    (
        "seed phrase", "seed-phrase", "seedphrase", "seed words", "seedwords", "seed word",
        "recovery phrase",
        "recovery words", "recovery seed", "secret phrase", "mnemonic", "backup phrase", "backup words",
        "12 words", "12-word", "24 words", "24-word", "twelve words", "wallet", "metamask", "ledger",
        "trezor",
        "electrum", "phantom", "exodus", "trust wallet", "bip39", "bip-39", "seed", "seed:",
        "wiederherstellungsphrase", "wiederherstellungswörter", "seed-wörter", "12 wörter", "24 wörter",
        "phrase de récup", "phrase secrète", "phrase mnémo", "12 mots", "24 mots", "portefeuille",
        "frase semilla", "frase de recup", "frase mnem", "palabras semilla", "12 palabras", "24 palabras",
        "monedero", "billetera", "frase-semente", "frase semente", "palavras-semente", "12 palavras",
        "24 palavras", "carteira", "frase di recup", "frase seed", "12 parole", "24 parole", "portafoglio",
        "herstelzin", "herstelwoorden", "12 woorden", "24 woorden", "fraza odzysk", "fraza seed",
        "12 słów", "24 słowa", "portfel", "obnovovací fráz", "12 slov", "24 slov", "peněženk",
        "återställningsfras", "12 ord", "24 ord", "plånbok", "gjenopprettingsfrase", "gendannelsesfrase",
        "palautuslause", "12 sanaa", "24 sanaa", "lompakko", "kurtarma ifade", "kurtarma kelime",
        "12 kelime", "24 kelime", "cüzdan", "frasa pemulihan", "frasa seed", "12 kata", "24 kata", "dompet",
        "cụm từ khôi phục", "cụm từ bí mật", "12 từ", "24 từ", "сид-фраз", "сид фраз", "мнемоник",
        "мнемонич",
        "12 слов", "24 слов", "12 слів", "24 слів", "кошел", "сид-фраза", "фраза відновл", "фраза восстанов",
        "резервная фраз", "гаман", "φράση ανάκτησ", "φράση αποκατ", "12 λέξεις", "24 λέξεις", "πορτοφόλι",
        "助记词", "助記詞", "钱包", "錢包", "リカバリーフレーズ", "シードフレーズ", "復元フレーズ", "復元用",
        "ニーモニック", "ウォレット", "시드 구문", "시드문구", "니모닉", "복구 구문", "복구 문구", "지갑",
        "عبارة الاسترداد", "عبارة الاستعادة", "كلمات الاسترداد", "العبارة السرية", "محفظة", "المحفظة",
        "عبارت بازیابی", "کلمات بازیابی", "کیف پول", "משפט שחזור", "מילות שחזור", "ביטוי שחזור",
        "מילות הגיבוי",
        "ארנק", "रिकवरी फ्रेज", "सीड फ्रेज", "वॉलेट", "সিড ফ্রেজ", "ওয়ালেট", "วลีกู้คืน", "ซีดเฟรส",
        "seed phrase'im", "กระเป๋าเงิน", "backup-sætning", "sikkerhedskopisætning", "gendannelsesord",
        "gendannelsessætning", "sikkerhetssetning", "gjenopprettingsord", "gjenopprettingssetning",
        "återställningsord", "säkerhetsfras", "hemliga ord", "hemmelige ord", "palautussana",
        "salaisia sanoja",
        "geheimen wörter", "geheime wörter", "backup-wörter", "sicherungswörter", "sicherungsphrase",
        "herstelzinnen", "geheime woorden", "mots de sauvegarde", "mots secrets", "mots de récup",
        "phrase de sauvegarde", "palabras secretas", "palabras de recup", "frase de respaldo",
        "frase secreta",
        "palavras secretas", "palavras de recup", "frase secreta", "parole segrete", "parole di recup",
        "słowa odzysk", "słów odzysk", "tajne słowa", "obnovovacích slov", "obnovovací slova", "tajná slova",
        "12 λέξεων", "12 kelimesi", "gizli kelime", "kata rahasia", "từ bí mật", "từ khôi phục",
        "слова восстанов", "секретные слова", "секретная фраза", "фразу восстанов", "слова для восстанов",
        "слова відновл", "секретні слова", "фраза для восстанов", "фраза для відновл", "секретну фразу",
        "λέξεις ανάκτ", "恢复短语", "恢复词", "十二个单词", "12个单词", "24个单词", "復元のための単語",
        "復元単語",
        "12個の単語", "秘密の単語", "복구 단어", "12개 단어", "12단어", "비밀 단어", "كلمات سرية", "12 كلمة",
        "۱۲ کلمه", "12 کلمه", "12 מילים", "מילות סוד", "12 शब्द", "रिकवरी शब्द", "১২টি শব্দ", "12 คำ",
    )
)  # fmt: skip

#: Coins, and what is kept of them.
COINS = (
    "bitcoin", "btc", "ethereum", "solana", "monero", "litecoin", "dogecoin", "cardano", "stellar", "ripple",
    "crypto", "krypto", "cripto", "kripto", "kryptow", "cold storage", "paper wallet", "coinbase", "binance",
    "rabby", "крипт", "биткоин", "биткойн", "біткоїн", "比特币", "比特幣", "以太坊", "加密货币",
    "ビットコイン",
    "仮想通貨", "暗号資産", "비트코인", "이더리움", "가상화폐", "بيتكوين", "بیت‌کوین", "بیت کوین", "ביטקוין",
    "बिटकॉइन", "বিটকয়েন", "บิทคอยน์", "บิตคอยน์", "κρυπτο",
)  # fmt: skip

_PHRASES = WordList(sorted(WALLETS | frozenset(COINS) | _OTP_SECRETS | _DIGIT_KEYS))

#: How long such phrases are (BIP-39), at least.
_LEAST = 12

#: How far from the name the words may stand, before it and behind it.
_BEFORE = 340
_AFTER = 420

#: A word of the lists, which have no accents in use but those of the romance ones, and no capitals.
_WORD = r"[a-záéíóúñüàèùâêîôûç]{3,9}"
_RUN = lazily(
    rf"(?<![\w-])(?:[0-9]{{1,2}}[.):]?\s{{0,2}})?{_WORD}"
    rf"(?:[\s,;|/·-]{{1,6}}(?:[0-9]{{1,2}}[.):]?\s{{0,2}})?{_WORD}){{11,24}}(?![\w'’])"
)
#: The Chinese list has single characters, the Japanese one kana.
_RUN_HAN = lazily(r"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff][ 　]){11,23}[\u4e00-\u9fff](?![\u4e00-\u9fff])")
_RUN_KANA = lazily(r"(?:[\u3041-\u309f]{2,7}[ 　]){11,23}[\u3041-\u309f]{2,7}")
_LETTERS = lazily(_WORD)

#: What prose has and no wallet's list of words.
_PROSE_TEXT = (
    "the and with for are from was has his her them their but "
    "who which would could should here were been than also its it's "
    "und der die das ist nicht mit ein eine auf für den dem von sich des dass wird auch oder les des une "
    "est dans pour pas que qui sur avec par plus los las una con por para del que como más pero est este "
    "uma com não dos das nos che non per una del della con sono het een van dat niet met zijn voor nie jest "
    "się jak och att det som för inte har med til ikke være vil ein och ile bir için yang dan dari untuk "
    "dengan tidak các của người "
    # No words of wallets (BIP-39), but of talk about them.
    "bitcoin ethereum blockchain crypto wallet trading exchange mining staking defi airdrop mempool nft "
    "solana"
)
_PROSE = frozenset(_PROSE_TEXT.split())


def has_phrase(hay: Haystack) -> bool:
    """Twelve small words or more, the key of a wallet, groups of digits, or the secret of one-time codes."""
    for word, start, end in _PHRASES.spots(hay, begins=bool):
        if word in _DIGIT_KEYS:
            if _DIGIT_GROUPS.match(hay.text, end, end + 140) is not None:
                return True
            continue
        if word not in _OTP_SECRETS:
            if _has_words(hay.text, start, end):
                return True
            continue
        found = _BASE32.match(hay.text, end, end + 160)
        if found is not None and any(map(str.isdigit, found[1])):
            return True
    return False


def _has_words(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - _BEFORE) : start] + "\n#\n" + text[end : end + _AFTER]
    for found in _RUN.finditer(around):
        words = _LETTERS.findall(found[0])
        if len(words) >= _LEAST and _PROSE.isdisjoint(words) and len(set(words)) >= _LEAST - 2:
            return True
    return not around.isascii() and (
        _RUN_HAN.search(around) is not None or _RUN_KANA.search(around) is not None
    )
