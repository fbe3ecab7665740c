"""Private keys in formats of their own, the words of wallets by any name, and what looks like them."""

from __future__ import annotations

import random

from .judged import assert_each, at_most, has

_DICE = random.Random(20260707)
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_WORD_LIST = (
    "abandon orbit velvet kidney tunnel gossip maple ribbon salute donkey canyon pepper trumpet wisdom "
    "oxygen "
    "lemon harvest puzzle glove cactus salmon mirror hockey zebra quantum brisk elbow fabric jungle noble"
)
_WORDS = _WORD_LIST.split()


def _of(letters: str, size: int) -> str:
    """A made-up key."""
    return "".join(_DICE.choice(letters) for _ in range(size))


def _hex(size: int) -> str:
    return _of("0123456789abcdef", size)


def _words(size: int = 12) -> str:
    return " ".join(_DICE.sample(_WORDS, size))


def _bytes() -> str:
    return ",".join(str(_DICE.randrange(256)) for _ in range(64))


KEYS = {
    "WIF after a paper wallet": f"Im Keller lag ein Paper Wallet, darauf steht L{_of(_BASE58, 51)}. Womit "
    "einlösen?",
    "WIF in a file, bitcoins behind it": f"w pliku klucz.txt jest tylko 5{_of(_BASE58, 50)}, czy są tam "
    "jakieś bitcoiny?",
    "JWK of an elliptic curve": (
        f'Invalid JWK: {{"kty":"EC","crv":"P-256","x":"{_of(_BASE64, 43)}","y":"{_of(_BASE64, 43)}",'
        f'"d":"{_of(_BASE64, 43)}"}}'
    ),
    "JWK, private member first": (
        f'{{"crv":"Ed25519","d":"{_of(_BASE64, 43)}","x":"{_of(_BASE64, 43)}","kty":"OKP"}} ¿por qué falla?'
    ),
    "JWK, symmetric": f'jose lève une erreur : {{"kty":"oct","k":"{_of(_BASE64, 43)}","alg":"HS256"}}',
    "call of viem": f"const account = privateKeyToAccount('0x{_hex(64)}')\npourquoi insufficient funds ?",
    "call of web3.py": f"acct = Account.from_key('0x{_hex(64)}')  # почему адрес не совпадает?",
    "Stellar": f"Keypair.fromSecret('S{_of(_BASE32, 55)}') throws invalid version byte",
    "XRP": f"wallet.from_seed('s{_of(_BASE58, 28)}') diz invalid seed, copiei certo?",
    "Solana in base58": f"这个私钥怎么导入Phantom？{_of(_BASE58, 88)}",
    "Solana's file": f"my id.json is [{_bytes()}] and solana address prints nothing",
    "extended key of another kind": f"zprv{_of(_BASE58, 107)} を Electrum に入れるとエラーになります",
    "OpenVPN": f"-----BEGIN OpenVPN Static key V1-----\n{_hex(32)}\n{_hex(32)}\nKan ik die opnieuw "
    "gebruiken?",
    ".NET's XML": f"<RSAKeyValue><Modulus>{_of(_BASE64, 172)}</Modulus><D>{_of(_BASE64, 171)}"
    "=</D></RSAKeyValue>",
    "Sui": f"cüzdana suiprivkey1{_of(_BECH32, 60)} girince hata alıyorum",
    "hex behind the name in Turkish": f"özel anahtar {_hex(64)} neden geçersiz deniyor",
}

PUBLIC = {
    "public JWK": f'{{"kty":"EC","crv":"P-256","x":"{_of(_BASE64, 43)}","y":"{_of(_BASE64, 43)}"}}',
    "extended public key": f"Mein xpub{_of(_BASE58, 107)} soll ich dem Steuerberater geben, was sieht er "
    "damit?",
    "transaction": f"Tx 0x{_hex(64)} hängt seit gestern, die Wallet zeigt pending.",
    "address": f"What does bc1q{_of(_BECH32, 38)} being a bech32 address mean for bitcoin fees?",
    "Stellar's public key": f"Clé publique Stellar G{_of(_BASE32, 55)}, comment voir le solde ?",
    "signature": f"Solana tx signature {_of(_BASE58, 88)} not found on the explorer, was it dropped?",
    "hash of a file": f"sha256 of the bitcoin whitepaper is {_hex(64)}, correct?",
    "talk of keys": "How many characters does a WIF key of Bitcoin have and why does it start with 5, K or "
    "L?",
}

PHRASES = [
    f'Min far har efterladt en seddel med gendannelsesordene: "{_words()}". Hvilken app?',
    f'Min svoger har sendt sin backup-sætning: "{_words()}". Bankboks eller delt i to?',
    f"Die geheimen Wörter für unser Krypto-Konto: {_words()}. Schreib mir eine Eselsbrücke.",
    f"mi cartera cripto se respalda con: {_words()}. ¿cómo la paso a otro móvil?",
    f"Bitcoin dziadka, na kartce było tylko: {_words(24)}. Która aplikacja to otworzy?",
    f"これが復元のための単語です: {_words()}。順番を間違えたか確かめる方法は?",
    f"这十二个单词是我的比特币备份：{_words()}。怎么验证对不对？",
    f"Фраза для восстановления крипты: {_words()} — подходит ли она?",
    f"Mes mots de sauvegarde, à traduire en braille pour mon père : {_words()}",
    f"kripto hesabımın gizli kelimeleri {_words()}, nasıl saklamalıyım",
]

LISTS = [
    "SEO keywords: bitcoin, ethereum, blockchain, mining, wallet, exchange, token, staking, ledger, coins, "
    "trading, defi",
    f"Write a short poem that uses these words: {_words()}",
    "Welche zwölf Wörter kennt ein Kind? haus maus ball oma opa hund katze baum auto milch brot tisch",
    "Crypto glossary: airdrop, bridge, burn, custody, fork, halving, mempool, oracle, rollup, sharding, "
    "slashing, nft",
    "What are the twelve words of a seed phrase drawn from, and how many combinations are there?",
]


def test_a_private_key_is_known_by_its_format_and_by_what_takes_it() -> None:
    assert_each(KEYS.values(), has("private_key"))


def test_public_keys_addresses_and_transactions_are_no_secrets() -> None:
    assert_each(PUBLIC.values(), at_most("contact"))


def test_the_words_of_a_wallet_are_known_by_many_names() -> None:
    assert_each(PHRASES, has("credentials"))


def test_lists_of_words_are_no_wallet() -> None:
    assert_each(LISTS, at_most("contact"))
