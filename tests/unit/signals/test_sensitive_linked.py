"""Illnesses that a sentence or a row links with somebody; and doors, logins and keys told in talk."""

from __future__ import annotations

import json

import pytest

from smart_router.signals.sensitive import find_sensitive

from .judged import assert_each, at_most, has, lacks

ROWS = (
    "guest;room;remarks\nIngrid Falkenau;12;arrives late\nTomas Verhagen;14;Crohn's, near the lift",
    "Klassenfahrt:\n- Jonas Ahrens: Vegetarier\n- Mila Sturzbecher: Epilepsie, Notfallset dabei",
    "Lista: Ana Belén Cordero – celíaca; Joaquín Mestre – asma, lleva inhalador. Hazme etiquetas.",
    "选手 | 号码 | 备注\n周子涵 | 12 | 无\n林若曦 | 15 | 哮喘,随身带喷雾\n帮我排成两列",
    "name,class,note\nLeonor Vasques,5A,diabetes type 1\nDinis Frade,5B,late\nMake a table",
    "Rota: Mon Edda, Tue Bogdan Stelea (no lifting, slipped disc), Wed Edda. Fill Thursday.",
)

SENTENCES = (
    "Board minutes: budget approved. Ms Solveig Aune leaves the board, she starts chemo on Monday. Tidy up.",
    "Kirchenvorstand, Protokoll: Herr Ludger Venneke spielt nicht, er hat sich die Hand gebrochen. Kürzen.",
    "Compte rendu : budget voté. Mme Solène Quéméner quitte le bureau, elle a commencé une chimio. Relis.",
    "Notulen: lift gerepareerd. Dhr. Wouter Hazelhoff afwezig wegens hartoperatie. Maak een verslag.",
    "Voice note: no practice, Mrs. Tidmarsh broke her hip on the ice. I told Phil we would take the dog.",
    "maeve: is Milan in?\nivo: Milan Horacek? no, he's out with shingles\nWho is in?",
    "Vår kollega Sixten Ahlgren har fått MS, skriv ett varmt mejl",
    "Ciao, la signora Ornella Ghirardi ha perso la vista da un occhio, scrivi due righe",
    "Vores træner Mads Kjeldgaard er i afvænning og kommer ikke før jul. Skriv en besked",
    "Päivi Lehtovaara jää sairauslomalle uupumuksen takia, kirjoita viesti",
    "Mój szwagier Zdzisław chodzi na spotkania AA, napisz kartkę",
    "наш бухгалтер Олег Пасічник кодувався від алкоголю і зірвався, напиши лист",
    "Depo sorumlumuz Serkan Aydoğdu diyalize girdiği için gelemeyecek, mesaj yaz",
    "Em là Đoàn Thị Bích, vì thai ngoài tử cung phải mổ cấp cứu nên xin nghỉ. Viết email.",
    "我大伯钱志远下周要做心脏搭桥,帮我写一条短信",
    "帮我写请假说明:技术部高志强因腰椎间盘突出需卧床两周",
    "二姨赵秀兰上个月查出乳腺癌,改委婉一点",
    "課長の岡田が胃がんで入院しましたので、延期の文を丁寧に",
    "우리 총무 박정애가 유방암 진단을 받았어요. 위로 글 써 주세요",
    "المحاسبة عندنا هدى المصري اكتشفت إصابتها بسرطان الثدي، اكتب رسالة",
    "همکار ما سارا نیکزاد افسردگی شدید گرفته، پیام بنویس",
    "آقای بهروز ستوده به دلیل عمل قلب باز مرخصی دارد. خلاصه کن",
    "הרכזת שלנו נועה ברקוביץ עברה הפלה, תעזרו לנסח כרטיס",
    "हमारी अकाउंटेंट सुनीता चौहान को ब्रेस्ट कैंसर हुआ है, संदेश लिखो",
    "আমাদের হিসাবরক্ষক শামীমা আক্তারের গতকাল গর্ভপাত হয়েছে। চিঠি লিখে দিন।",
    "น้องพิมพ์ชนก แสงทอง ที่ฝ่ายบัญชีเพิ่งแท้งลูก ช่วยเขียนการ์ดหน่อย",
)

OTHERS = (
    "Autor | Titel | Preis\nHenrike Sollmann | Leben mit Diabetes | 18,90\nOlaf Bergner | Garten | 22,00",
    "room | speaker | topic\nA1 | Marlene Osei | asthma in schools\nA2 | Pieter Klok | new tax rules",
    "dog | owner | notes\nBiscuit | Helen Prowse | epilepsy, tablets at 8\nRufus | Omar Dean | none",
    "Board minutes: Ms Petra Lindqvist reported that the dialysis unit will get four chairs. Summarise.",
    "Ministr zdravotnictví Petr Havelka otevřel centrum pro pacienty s roztroušenou sklerózou.",
    "Zawodniczka Karolina Drewniak zebrała 12 tysięcy dla dzieci chorych na mukowiscydozę. Napisz notkę.",
    "Pak Menteri Hadi Wiratmaja meresmikan puskesmas khusus pasien TBC di Kupang. Ringkas.",
    "Speaker bio: Dr Lucinda Faraday has spent two decades studying bipolar disorder in adolescents.",
    "Catalogo: Elena Sartori, Vivere con la depressione, 15 euro; Ugo Pini, Orto facile, 12 euro.",
    "Chef Amara Nwosu cooks for diabetics in her new show. Write a teaser.",
    "Write a page for Oliver Brandt Orthotics: braces for a torn ligament.",
    "Our hamster Freddie has diabetes, what can he eat?",
    "Leave your key with Ms Toll or send a photo by the tenth.",
    "王建国教授在讲座里介绍了乳腺癌的最新疗法,写新闻稿",
    "الدكتورة ليلى الحسن افتتحت مركزا جديدا لعلاج السكري، لخص الخبر",
    "고혈압이 있는 환자는 어떤 운동을 하면 좋은가요?",
    "অধ্যাপক নাসরিন সুলতানা ডায়াবেটিস নিয়ে বই লিখেছেন, রিভিউ লিখুন",
)


def test_an_illness_linked_with_somebody_is_found() -> None:
    assert_each(ROWS + SENTENCES, has("medical"))


def test_illnesses_of_nobody_named_are_none() -> None:
    assert_each(OTHERS, lacks("medical"))


TOLD = (
    ("tariq: no access\njune: take my login, jmarlow then Cobalt7Lantern", "credentials"),
    ("Rolf: nimm meins, r.dressler dann Hafen92Kiesel", "credentials"),
    ("Front gate 2291, bike shed 6640, roof hatch needs the caretaker. Make me a card", "credentials"),
    ("Portail 4418B, local vélos 7702, cave avec la clé ronde. Un tableau svp", "credentials"),
    ("--token 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 fails", "api_key"),
    ("شماره شبای من IR062960000000100324200001 است", "iban"),
    ("name,sin,hired\nKowalenko Tara,046 454 286,2019-01-02\nwhy is the date wrong", "national_id"),
)
NOT_TOLD = (
    "Rolf: nimm den Bus, Linie 9 dann U2",
    "Tür 120 Euro, Garagentor 4471 Euro, Keller 9005 Euro. Eine Tabelle",
    "Route: gate 14, hall 2, room 310. Make a map text.",
    "hf_transformersPipelineTokenClassificationModel is a variable name?",
    "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 is a name?",
    "x,sin,cos\n1,0.841,0.540\n2,0.909,-0.416\nplot it",
)


@pytest.mark.parametrize("kind", sorted({kind for _, kind in TOLD}))
def test_what_is_lent_or_listed_in_talk_is_found(kind: str) -> None:
    assert_each([text for text, named in TOLD if named == kind], has(kind))


def test_other_numbers_and_words_in_talk_are_none() -> None:
    assert_each(NOT_TOLD, at_most("contact"))


def test_a_linked_illness_is_found_far_inside_a_long_text() -> None:
    plain = json.dumps({"note": "the gate was painted and the benches were moved"}) + "\n"
    assert "medical" not in find_sensitive(plain * 500)
    assert "medical" in find_sensitive(
        plain * 500 + "Norman Thistlewood started dialysis in January\n" + plain
    )
