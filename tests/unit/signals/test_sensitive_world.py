"""Ids of more countries, keys of more services, and phone numbers as they are written around the world."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from smart_router.signals.sensitive import national_checks_world as world

from .judged import assert_each, at_most, exactly, has, lacks

# Numbers are made up to pass their tests, or are the ones that authorities publish as examples.
IDS = [
    "TC kimlik numaram 48640321154, nüfus müdürlüğüne dilekçe yaz",
    "เลขบัตรประชาชน 5997888025253 ช่วยเขียนหนังสือมอบอำนาจให้ลูกสาว",
    "CUIL 27-18193664-4, armame la nota para el sindicato",
    "Паспорт 4509 771203 выдан ОВД, проверь, правильно ли я заполнил заявление на визу",
    "Vul het formulier in: huurder Thabo Molefe, ID-nommer 6310214556083, Kaapstad.",
    "Преведи на английски: лицето с ЕГН 8707148896 има право на отпуск.",
    "TAJ szám: 668 694 094, kérlek írj belőle rövid kísérőlevelet az orvosi bejelentéshez",
    "Žádost o výpis: Radka Němcová, r.č. 765306/5607, bytem Kolín. Uprav pravopis.",
    "Kennitala 241187-0719, can you translate the bank's letter about it into English?",
    "Заполни заявление: Айгерим Сеитова, ИИН 890701100577, город Алматы",
    "Preenche a ficha: Marlene Duarte, PIS 158.40244.73-6, cargo auxiliar.",
    "my IRD number is 78-715-609, write the letter to inland revenue asking for a refund",
    "cédula 1703657856 de Quito, redacta la autorización para retirar el paquete",
    "رقم الهوية الوطنية 1669429753 للموظف الجديد، اكتب خطاب تعريف بالعمل",
    "fnr 170786 61542 på søknaden stemmer ikke med navnet, skriv en høflig klage til NAV",
    "Lav en fuldmagt: Bodil Frandsen, CPR-nr. 040670-3051, til apoteket i Vejle",
    "CNIC 35202-4471936-7 likh kar application bana do, bijli ka meter mere naam par karna hai",
    "Mon passeport n° 19CF40288 expire en mars, rédige la demande de renouvellement au consulat",
    "Wniosek urlopowy: Patrycja Młynarz, nr ewid. 69082005978, PESEL jw., od 4 maja. Popraw styl.",
    "РНОКПП 4932172418 платника, склади заяву на податкову знижку",
    "Completează cererea: subsemnata Ilinca Dobre, CNP 2751110125016, domiciliată în Sibiu.",
    "HMRC letter quotes UTR 67654 52137, what are they asking me for?",
    "Formulaire à remplir : Aline Rochat, n° AVS 756.5757.0502.49, canton de Vaud",
    "주민번호 601001-2577786 로 본인 인증이 안 되는데 고객센터 문의글 작성해 줘",
    "Rellena la autorización: Eulalia Pons, pasaporte PAF 318204, recoge a mi hija el jueves.",
    "運転免許証番号 305812047760 の書き換え、住所変更の届け出文を作って",
    "Udfyld fuldmagten: Karen, cpr. 120667-2206, henter min pakke",
    "hkid on the lease is D887414(0), does the bracket belong to it",
    "MyKad 770305-02-1234 guna untuk borang ini",
    "Cartão de cidadão 00000000 0 ZZ4, preenche a minuta",
]

NO_IDS = [
    "Delivery note 8806-1290-3341, pallets 14, weight 412 kg: make it a table",
    "Zamówienie 69082005 z 4 maja nie dotarło, napisz reklamację",
    "Factura 20-33418820 vencida, redacta el recordatorio",
    "What format does a Turkish ID number have?",
    "Numéro de commande 210047886, client 5520017, livraison prévue mardi : rédige la relance.",
    "Invoice 756.2031.4410 total due, translate 'net 30' into German",
    "The tail number is N4417K and the flight id 13045; log entry please",
    "How do Icelandic kennitala check digits work?",
    (
        "Bestellung 8005125447 kam beschädigt an, Sendungsnummer 00340434161094015902, bitte Reklamation "
        "formulieren"
    ),
    "Objednávka č. 665803/2026 z e-shopu stále nepřišla, napiš jim zdvořilou urgenci",
    "Kan du regne ut momsen på faktura 2207-0126-44, beløp 18 450 kr?",
    "İade kodum 48219035, kargo 14 gündür yolda. Şikayet metni yaz.",
    "The ticket id 1043556 was merged into 1043211, update the changelog line",
    "What does the last digit of a South African ID number mean and how is it computed?",
    "Est-ce que le numéro de sécurité sociale change quand on se marie ?",
    "HK flight CX A884201 connection, is 55 minutes enough at the airport",
    "Order 8412-77 shipped 11/02/2026, total 318,40. Summarise for accounting.",
    "Le numéro de dossier 2025-114-88213 est-il obligatoire pour contester une amende ?",
    "Ticket A123456(7) on the HK tram, is that a fare zone?",
    "Build 20260211104455 id 33019284 failed on step 4, what does exit code 137 mean",
    "Regex for a Danish CPR number that also accepts no dash please",
    "AHV-Nummer: Wie viele Stellen hat sie und was bedeutet die 756 am Anfang?",
    "recibo de XAXX010101000, el rfc genérico",
    "id 2026021410445512 of the run, job id 33019284001",
]


def test_ids_of_many_countries_are_found() -> None:
    assert_each(IDS, has("national_id"))


def test_orders_versions_and_talk_about_ids_are_none() -> None:
    assert_each(NO_IDS, at_most("contact"))


@pytest.mark.parametrize(
    ("test", "value"),
    [
        (world.icelandic, "1201743399"),
        (world.latvian, "16117519997"),
        (world.hong_kong, "A1234563"),
        (world.ecuadorian, "1714307103"),
        (world.uruguayan, "12345672"),
        (world.new_zealand_tax, "136410132"),
        (world.uk_tax, "1955839661"),
        (world.australian_medicare, "2123456701"),
        (world.dominican, "00113918205"),
        (world.portuguese_card, "000000000ZZ4"),
        (world.brazilian_work, "17033259504"),
        (world.brazilian_driver, "62472927637"),
        (world.hungarian_tax, "8071592153"),
        (world.saudi, "1101798278"),
    ],
)
def test_published_numbers_pass_their_test(test: Callable[[str], bool], value: str) -> None:
    assert test(value)
    place = 4
    others = [value[:place] + digit + value[place + 1 :] for digit in "0123456789" if digit != value[place]]
    assert sum(map(test, others)) <= 1


#: {a40}: forty letters and digits; {h32}: hex digits; {d9}: digits; {U16}: capitals and digits.
KEYS = [
    "https://discord.com/api/webhooks/1{d17}/{a68}",
    "https://contoso.webhook.office.com/webhookb2/{g}@{g}/IncomingWebhook/{h32}/{g}",
    "https://hooks.slack.com/services/T{U9}/B{U9}/{a24}",
    "https://chat.googleapis.com/v1/spaces/{U11}/messages?key={a39}&token={a43}",
    "https://{h32}@o448120.ingest.us.sentry.io/455{d13}",
    "https://acct.blob.core.windows.net/x?sv=2023-11-03&sr=b&sp=r&sig={a42}%3D",
    "https://b.s3.amazonaws.com/r.pdf?X-Amz-Expires=60&X-Amz-Signature={h64}",
    "https://storage.googleapis.com/b/r.pdf?X-Goog-Signature={h128}",
    "Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKey={a43}=",
    "ABIA{U16}", "dp.st.prd.{a40}", "pat{a14}.{h64}", "hvs.{a90}", "{a14}.atlasv1.{a67}", "ntn_{a46}",
    "secret_{a43}", "sb_secret_{a31}", "vercel_blob_rw_{a40}", "pscale_tkn_{a43}", "npg_{a16}", "rnd_{a32}",
    "HRKU-{a36}", "glptt-{h40}", "glsoat-{a26}", "ATBB{a32}", "CCIPAT_{a22}_{h40}", "bkua_{h40}",
    "sqp_{h40}",
    "sntryu_{h64}", "glc_{a60}", "phx_{a43}", "fw_{a24}", "tgp_v1_{a43}", "jina_{a60}", "fc-{h32}",
    "sk_{h48}",
    "access-production-{g}", "EAAA{a60}", "EZAK{a54}", "duffel_test_{a43}", "ck_{h40}", "cs_{h40}",
    "xsmtpsib-{h64}", "mlsn.{h64}", "tfp_{a44}", "dckr_oat_{a32}", "AQVN{a36}", "{h32}-us14", "SK{h32}",
    "MTE4{a22}.Gx{a4}.{a38}", "{a3}8Q~{a34}", "ops_eyJ{a80}", "hvr.{a40}", "IQoJb3JpZ2lu{a90}",
]  # fmt: skip


def made_up(template: str) -> str:
    """The template with random signs in its gaps, the same in every run."""
    dice = random.Random(template)
    signs = {"h": "0123456789abcdef", "d": "0123456789", "U": "ABCDEFGHJKLMNPQRSTUVWXYZ234567"}
    letters = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    whole = template.replace("{g}", "{h8}-{h4}-{h4}-{h4}-{h12}")
    return re.sub(
        r"\{([ahdU])([0-9]+)\}",
        lambda gap: "".join(dice.choices(signs.get(gap[1], letters), k=int(gap[2]))),
        whole,
    )


def test_keys_of_many_services_are_found_without_a_name() -> None:
    assert_each([f"why is {made_up(template)} refused" for template in KEYS], has("api_key"))


def test_what_stands_in_for_a_key_is_none() -> None:
    masked = [re.sub(r"\{\w+\}", "xxxxxxxxxxxx", template) for template in KEYS]
    assert_each([f"why is {key} refused" for key in masked], lacks("api_key"))


NO_KEYS = [
    "Which webhook payload does Discord expect, content or embeds, if I only want a coloured bar?",
    "const url = 'https://discord.com/api/webhooks/<id>/<token>'; why is fetch undefined in node 16",
    ("export GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx is what the docs say, where do I get one"),
    (
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 does not match after "
        "docker pull, cache issue?"
    ),
    (
        "npm ci fails: integrity sha512-kJ1a9ZbUq0mT3vXy7b8N5c6D2e1F4g3H0i9J8k7L6m5N4o3P2q1R0s9T8u7V6w5X4"
        "y3Z2a1B0c9D8e7F6g5H4i== expected"
    ),
    "Commit 5f2b7c1e9a8d4f3b6c0e2d1a7b9c8d5e4f3a2b1c broke the build, how do I bisect quickly?",
    "GITLAB_TOKEN=$CI_JOB_TOKEN does not work for registry login, what else can I use",
    "Sentry DSN format, is the part before @ secret or public?",
]


def test_digests_and_examples_are_no_keys() -> None:
    assert_each(NO_KEYS, at_most())


PHONES = [
    "Säljes: eka med åror, Norrtälje. Ring Majken 070-174 06 38.", "欠席の方は090-1840-0273(榎本)まで",
    "ask Femi instead, his number is 07700 900651", "text Leith 0131 496 0722",
    "0532 000 41 73 numarasını arayın",
    "Chiamare Ilenia 347 001 4173.", "text me at 02 5550 4417", "que me llamen al 611 40 27 93",
    "Tél : 06 39 98 41 27", "Frågor till expeditionen 0470-55 01 28.", "פרטים אצל רותם 052-555-0194.",
    "मोबाइल 98110 27734", "اتصلوا على 055 512 3478.", "volejte po páté na 605 551 294",
    "Pentille 040 555 0173",
    "звонить после обеда 8 912 555-01-38", "call 0049 30 901820 from abroad", "gọi số 0912 345 678 nhé",
    "전화 010-5550-0142", "proszę dzwonić 601 555 017", "τηλ. 210 555 0147", "เบอร์ 081 555 0123",
    "Ansprechpartnerin Frau Korn, 0171 5550142", "ligar 912 555 014",
]  # fmt: skip

NO_PHONES = [
    "Bestellnummer 4029-7718-0035-21 ist nicht da", "peer react@17.0.0 from core@4.12.4",
    "parcel 1Z 5R8 89W 03 4417 2290 is late", "The IMEI is 35 693803 564310 6",
    "colis 8R 0041 7723 9184 6 bloqué",
    "DATABASE postgres://app:mu5tard@db-prod-2.internal.host:5432/x", "송장번호 6489-2217-0035 어디",
    "from 2024-03-01 to 2026-02-11, 12 04 2025", "pedido 7789 0012 4436 1290", "price $ 1 200 300 400",
]  # fmt: skip


def test_phone_numbers_of_many_countries_are_contact() -> None:
    assert_each(PHONES, exactly("contact"))


def test_orders_parcels_and_versions_are_no_contact() -> None:
    assert_each(NO_PHONES, lacks("contact"))
