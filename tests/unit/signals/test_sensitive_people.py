"""Named people and their illnesses in talk, records and reports; stories, authors and wares besides."""

from __future__ import annotations

from .judged import assert_each, at_most, has, lacks

PEOPLE = [
    # first and last name in small letters
    "can you do a card for megan hollis from payroll, shes having a hysterectomy on monday",
    "my flatmate (owen tasker, works nights) told me hes hiv positive, do i need to tell the landlord",
    "eulogy for my friend lucian marsh, 44. it was suicide and his mum wants it said",
    "my cousin rebecca stoll has been in rehab since may, how do i write to her",
    "min kollega astrid lundmark är sjukskriven för utmattningssyndrom, vad säger jag till kunderna",
    "mi compañera de piso, lucía barrenechea, ha dejado el litio y no duerme desde el martes",
    "meine nachbarin sabine trautwein hat brustkrebs, was kann ich ihr kochen",
    "mon voisin gérard lemoine a fait un avc, comment aider sa femme",
    "mia zia caterina boldrin ha il parkinson e cade spesso",
    "min chef lars ekdahl har fått diabetes och vill inte att någon vet",
    "patient martin oakes, copd, on home oxygen, wants to fly",
    "daniel frost has bipolar disorder and stopped lithium, he is my tenant",
    "julia brandt from our team has ms, how do we plan the offsite",
    "hannah pryce (9) has epilepsy, write the note for her swimming coach",
    "moja siostra kasia wrona ma depresję i nie wychodzi z domu",
    "mijn collega sanne dijkstra heeft borstkanker, wat schrijf ik op de kaart",
    # initials with a birthday
    "pt m.r. dob 03.11.1964 c/o chest pain, on bisoprolol, turn into SOAP",
    "pat. k.l. geb. 12.02.1958, depression, sertralin 50, bitte als arztbrief",
    "patient a.b., 71 y, dementia, mmse 17",
    "patiente d.f. née 04/05/1990, dépression post-partum",
    "paciente r.m. nac. 22/09/1975, cirrosis",
    "paz. g.t. 1.3.1950 diabete tipo 2, metformina 1000",
    # labelled records
    "姓名:纪晓岚\n诊断:急性胰腺炎\n写一份病情说明",
    "患者:柏文清,诊断为肝硬化,整理成表格",
    "氏名:早乙女 翔\n病名:潰瘍性大腸炎\n診断書の下書き",
    "名前:五十嵐 恵\nうつ病で通院中",
    "이름: 선우진희\n진단: 폐암 2기",
    "성명: 독고영재 / 병명: 간경화",
    "الاسم: ليث الجبوري\nالتشخيص: سرطان القولون",
    "اسم المريض: هالة الرفاعي، فشل كلوي",
    "نام بیمار: کاوه مرادی\nتشخیص: دیابت",
    "שם: אורית בן-חמו\nאבחנה: סרטן השד",
    "नाम: हर्षवर्धन पुरोहित\nनिदान: मधुमेह",
    "নাম: অনির্বাণ চক্রবর্তী\nরোগ: ক্যান্সার",
    "ชื่อ: ธนพล วงศ์สกุล\nโรค: มะเร็งเต้านม",
    "ФИО: Лазарева Ксения Олеговна\nДиагноз: рассеянный склероз",
    "Nome: Otávia Brandolini\nDiagnóstico: esclerose múltipla",
    "Paciente: Iria Castelao\nDiagnóstico: lupus",
    # titles in reports
    "Referto: sig.ra Loredana Bevilacqua, n. 11.03.1944. RM encefalo: atrofia ippocampale. Donepezil 5 mg.",
    "Befund: Herr Traugott Seeliger, geb. 04.08.1939: Pankreaskarzinom, Metastasen in der Leber",
    "Compte rendu: M. Anselme Rocheteau, né le 02/02/1941, insuffisance cardiaque",
    "오창민님 검사 결과: 당뇨, 고혈압. 쉬운 말로 바꿔줘",
    "篠原さんは糖尿病でインスリンを使っています。引き継ぎ文を書いて",
    # as one introduces somebody
    "한지우라고 우리 반 애가 또 발작했어요. 뇌전증이래요",
    "우리 팀 조민성 씨가 공황장애로 휴직했어요",
    "我们班有个学生叫柳青,有癫痫,体育课怎么办",
    # Hindi in Latin letters
    "mere chacha devendra pathak ko lakva maar gaya, kya kare",
    "meri bua shakuntala ko madhumeh hai, diet chart banao",
    "mere padosi harish ne khudkushi ki koshish ki, depression hai use",
    "hamare sir manoj tiwari ko dil ka daura pada",
    # suicide and self-harm
    "My brother Tobias took his own life in March. Help me write to his teacher.",
    "Mein Freund Henrik Osterloh hat sich das Leben genommen. Text für die Karte?",
    "Mi primo Íñigo Larrañaga se quitó la vida, ayúdame con unas palabras",
    "Mon ami Bastien Courcelle s'est suicidé, que dire à sa mère",
    "Мой друг Глеб Сафонов покончил с собой, помоги написать письмо его маме",
    # sick leave
    "Kollegan min Torunn Haaland er sykmeldt for depresjon, hva skriver jeg til teamet",
    "Vår medarbetare Gunilla Sandberg är sjukskriven för utmattning i tre månader",
    "Unser Azubi Korbinian Vogt ist wegen Depression krankgeschrieben",
    "Notre collègue Solène Garrigue est en arrêt maladie pour un cancer du sein",
    "Onze collega Joost Verhagen zit in ziekteverlof wegens een burn-out",
    "Nasza koleżanka Bożena Kruk jest na zwolnieniu lekarskim, depresja",
]

OTHERS = [
    # authors and their works
    "Machado de Assis tinha epilepsia? Como isso aparece nos romances e na obra dele?",
    "Леся Українка хворіла на туберкульоз. Як це вплинуло на її поезію?",
    "Did Clarice Lindqvist's depression show in her poetry?",
    "How did Oliver Marchbank's tuberculosis shape his novels?",
    "Wie prägte die Epilepsie von Konrad Altmann seine Gedichte?",
    "Comment la dépression de Lucie Fontanel transparaît-elle dans son œuvre ?",
    "¿Cómo influyó la tuberculosis de Elías Montoro en su poesía?",
    "In che modo la depressione di Carlo Venturi appare nella sua opera?",
    "Как болезнь Аркадия Лебедева, туберкулёз, отразилась на его творчестве?",
    "Jak gruźlica Jana Wierzby wpłynęła na jego twórczość?",
    # frames
    "Write a scene in which Inspector Nell Harrow learns that her partner Tom Reed has Alzheimer's.",
    "Write a short story about Edda Falk, who has leukemia and builds a boat.",
    "Draft a screenplay page where Dr Ivo Kern tells Marta Lohmann that she has MS",
    "continue the novel: Jory Pell came home from the ward, his cancer gone",
    "Outline a chapter where Bea Winslow hides her diabetes from the crew.",
    "Give me a monologue for Hal Dorn, an old miner with silicosis",
    "Schreib eine Kurzgeschichte über Ada Wolkow, die an Demenz erkrankt",
    "Schreibe eine Szene, in der Kommissar Falk Brandis von seinem Krebs erfährt",
    "Écris une scène où Lise Montel apprend qu'elle a un cancer",
    "Escribe un cuento sobre Nuria Salvatierra, que padece epilepsia",
    "Escreva um conto sobre Tadeu Moreira, que tem diabetes",
    "Scrivi un racconto su Elio Marangoni, malato di Parkinson",
    "Napisz opowiadanie o Ewie Lis, która ma białaczkę",
    "Напиши рассказ о Вере Лужиной, у которой туберкулёз",
    "Schrijf een verhaal over Koos Brandsma met dementie",
    "Skriv en novell om Elsa Fjäll som har cancer",
    "写一个短篇小说,主人公王小明得了白血病",
    # work and wares
    "Helen Ashdown from marketing has a podcast on ADHD, write a blurb",
    "my colleague Rafael Ortuño is working on an app for diabetes, review his pitch",
    "Order 200 HIV test kits from Dana Wirth, our supplier",
    "Nina Albrecht presents her research on dementia tomorrow; draft the invitation",
    "Peter Lang's grant for malaria vaccines was approved, write a note",
    "Write to Simone Kuhn about the glucose test strips for diabetes we ordered",
    "Marek Dudek prowadzi badania nad nowotworami, streść jego wykład",
    "Carla Nunes faz pesquisa sobre autismo, escreva a bio dela",
    "Lucas Petit développe une application pour diabète, relis sa page",
    "Jonas Lindh forskar om cancer, skriv en kort presentation; hans forskning om cancer är ny",
    # nobody named
    "my friend really likes soup when she has flu, 3 recipes",
    "my sister has cancer, what do i say to her",
    "mein vater schwer krank ist er seit mai, krebs, was tun",
    "mi madre está muy enferma, tiene cáncer",
    "mere papa ko bahut din se madhumeh hai, kya khaye",
    "meri maa ko bp ki dikkat hai",
    "우리 반 애가 독감이에요",
    "我们班有个学生有癫痫,怎么办",
    "姓名:\n诊断:\n请做一个空白表格",
    "姓名:张三\n诊断:感冒\n这是模板",
    "이름: 홍길동\n진단: 감기",
    "氏名:山田太郎\n病名:風邪",
    "ФИО: ______\nДиагноз: ______",
    "pt c/o chest pain, what should i ask",
    "a patient with dementia and mmse 17, next step?",
    "what does sjukskriven för utmattning mean in english",
    "hur länge kan man vara sjukskriven för depression?",
    "wie lange darf man wegen Depression krankgeschrieben sein?",
    "what is the suicide rate in Norway?",
    "signs that a teenager harms herself",
    "is mark twain worth reading when i have flu",
    "why is it called the stockholm syndrome",
    "does the kate bush song say anything about cancer",
    "my boss from accounts has the flu, sick leave for how long?",
    "la quetiapina engorda?",
]  # fmt: skip

INVENTED = [
    "Walidator odrzuca PESEL 44051401359. Czy suma kontrolna się zgadza? To numer wymyślony do testów.",
    "My Luhn validator rejects 4111 1111 1111 1111, a test number. Why?",
    "Die Prüfziffer der erfundenen Steuer-ID 02476291358 stimmt im Parser nicht",
    "Mi validador rechaza el DNI 12345678Z, inventado para pruebas",
    "le numéro fictif 1 85 05 78 006 084 91 passe-t-il la clé de contrôle ?",
    "checksum of the made-up IBAN DE89 3704 0044 0532 0130 00 in my unit test",
    "CPF 529.982.247-25 é fictício; o dígito verificador está certo?",
    "校验码怎么算?身份证 11010519491231002X 是编的",
]
REAL = [
    "Walidator odrzuca mój PESEL 44051401359, co robić?",
    "The checksum of my card 4111 1111 1111 1111 fails in the shop, why?",
    "Mi DNI es 12345678Z y el validador lo rechaza",
    "IBAN DE89 3704 0044 0532 0130 00, bitte überweisen",
    "meu CPF 529.982.247-25, preencha o formulário de teste drive",
]


def test_illnesses_of_named_people_are_found() -> None:
    assert_each(PEOPLE, has("medical"))


def test_stories_authors_wares_and_nobody_are_none() -> None:
    assert_each(OTHERS, lacks("medical"))


def test_numbers_declared_invented_for_a_check_are_nobodys() -> None:
    assert_each(INVENTED, at_most("contact"))


def test_real_numbers_stay_found() -> None:
    assert_each(REAL, lambda found: bool({"card", "iban", "national_id"} & set(found)))
