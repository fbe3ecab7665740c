"""Greetings are told from asks that only begin like one."""

from __future__ import annotations

from smart_router.classify.manners import only_greets

GREETINGS = """
hi, how are you?
good evening, how are you?
guten Abend, wie geht es dir?
Bonjour, ça va ?
¡Hola! ¿Cómo estás?
ciao come stai?
olá, tudo bem?
hoi, hoe gaat het met je?
cześć, co słychać?
привет, как дела?
Привіт! Як справи?
hej, hur mår du?
merhaba nasılsın
γεια, τι κάνεις;
مرحبا، كيف حالك؟
سلام، خوبی؟
שלום, מה שלומך?
नमस्ते, आप कैसे हैं?
হ্যালো, কেমন আছেন?
halo, apa kabar?
สวัสดีครับ สบายดีไหม
xin chào, bạn khỏe không?
你好，最近怎么样？
こんにちは、お元気ですか？
안녕하세요, 잘 지내세요?
what's up
hey what’s up?
how's it going
Good morning 👋
how are you doing today?
早上好！
안녕하십니까
Wie geht's?
how r u
"""

ASKS = """
how are you going to fix this?
what's new in python 3.13?
how are things stored in a b-tree?
how is it going to rain
wie geht es mit dem Antrag weiter?
como vai a economia?
как дела у Apple?
how do you do a backflip
come va il mercato
hoe gaat het proces
ça va coûter combien
how are you feeling about the merger
hi, what is the capital of France?
good morning sunshine poem
hola, traduce esto
什么是最近的地铁
qué hay en la nevera
que tal si lo reescribes
alles gut zusammenfassen
läget i Ukraina
what's up with my docker build?
are you there?
ne haber sitesi var mı
how are you today different from yesterday's model
"""


def test_whoever_greets_and_asks_how_one_is_asks_for_nothing() -> None:
    assert not (wrong := [text for text in GREETINGS.strip().splitlines() if not only_greets(text)]), wrong


def test_an_ask_that_begins_like_a_greeting_is_one() -> None:
    assert not (wrong := [text for text in ASKS.strip().splitlines() if only_greets(text)]), wrong
