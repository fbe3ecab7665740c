"""Medical details with a name, in many languages, and medicine without one."""

from __future__ import annotations

from smart_router.signals.sensitive import find_sensitive

from .judged import assert_each, has, lacks

# Names are invented; those of public persons stand among what must not be found.
PATIENTS = [
    "Shorten: patient Deborah Lindqvist, 44, acute appendicitis, laparoscopic appendectomy yesterday.",
    "My son Oliver has just been diagnosed with type 1 diabetes, how do I explain it to his class?",
    "My grandmother Edith takes warfarin and wants to eat kale",
    "our daughter Priya was put on Ritalin for ADHD last month",
    "Write to the insurer: I'm Daniel Okafor and my epilepsy surgery was refused",
    "Thomas Brandt, 71 years, prostate cancer Gleason 7, what are his options",
    "Discharge summary for Mrs Hannah Whitlock: hip fracture, pneumonia, on apixaban",
    "Lab results of Marcus Feldt: HbA1c 9.1, creatinine 2.3",
    "Claim: insured Petra Kolb suffered a heart attack on 3 May",
    "Employee Jonas Weidner is on sick leave with depression until June, draft a mail to the team",
    "Frau Ilse Krämer, 82 J., Demenz, Z. n. Oberschenkelhalsbruch",
    "Mein Vater Heinz hat Lungenkrebs im Endstadium, wie rede ich mit den Kindern?",
    "Meine Kollegin Sabine Vogt ist wegen Burn-out krankgeschrieben",
    "Herr Albrecht bekommt seit März Dialyse, bitte umformulieren",
    "Mon père Gérard est atteint de la maladie de Parkinson",
    "La patiente Sylvie Marchand, 39 ans, cancer du sein, sous chimiothérapie",
    "Je m'appelle Claire Dumont et je suis séropositive",
    "Mi hermana Lucía tiene esclerosis múltiple y quiere viajar",
    "El paciente Rodrigo Fuentes ingresó con un infarto",
    "Mi abuelo Ramón toma insulina desde hace años",
    "O paciente Tiago Meireles tem hepatite C",
    "Minha mãe Teresa está fazendo quimioterapia, que posso cozinhar?",
    "A dona Marlene teve um AVC na semana passada",
    "Il paziente Gianni Ferrero soffre di epilessia",
    "Mia nonna Assunta ha l'Alzheimer",
    "La signora Pina Conti è in dialisi tre volte a settimana",
    "Patiënt Joost de Wit, 58 jaar, hartinfarct, kreeg twee stents",
    "Mijn zus Marloes heeft borstkanker",
    "Pacjentka Halina Nowicka, 67 lat, cukrzyca typu 2, udar w 2019",
    "Mój syn Kacper ma padaczkę",
    "Min bror Erik har bipolär sjukdom typ 1, diagnos bipolar",
    "Patienten Gunilla Ström, 72 år, hjärtsvikt",
    "Annem Fatma Yıldız şeker hastası ve tansiyonu yüksek",
    "Ahmet Bey kalp krizi geçirdi, geçmiş olsun mesajı yaz",
    "Hasta Zeynep Aksoy, 34 yaşında, epilepsi tanısı var",
    "Pasien Budi Santoso, 45 tahun, TBC paru",
    "Ibu saya Sri Wahyuni menderita diabetes",
    "Bệnh nhân Nguyễn Thị Lan, 60 tuổi, đột quỵ",
    "Mẹ tôi Trần Thị Hoa bị ung thư vú",
    "Мой брат Сергей болеет туберкулёзом, как ему помочь",
    "Пациент Кузнецов Андрей, 45 лет, инфаркт миокарда",
    "Моя мама Ольга Петровна принимает инсулин",
    "Мій батько Василь хворіє на цукровий діабет",
    "Пацієнтка Марія Коваль, 52 роки, рак молочної залози",
    "患者李建国，男，67岁，脑梗后遗症，请写出院小结",
    "我妈妈王秀英有高血压和糖尿病",
    "员工陈晓明患抑郁症，需要休假，请写通知",
    "张女士怀孕12周，想换岗，写封信给人事",
    "患者 佐藤健一、68歳、脳梗塞で入院中。",
    "母の山田和子は認知症で、薬を飲みたがりません",
    "鈴木さんは乳がんの手術を受けました。お見舞いの文を書いて",
    "환자 김영수, 55세, 당뇨와 고혈압",
    "우리 어머니 박순자 님이 치매 진단을 받으셨어요",
    "이민호 씨가 우울증으로 휴직 중입니다",
    "المريض خالد العتيبي يعاني من السكري وارتفاع ضغط الدم",
    "والدتي فاطمة الزهراني مصابة بسرطان الثدي",
    "بیمار حسین رضایی دچار سکته مغزی شده است",
    "مادرم زهرا دیابت دارد و انسولین می‌زند",
    "המטופלת רחל כהן אובחנה עם סרטן השד",
    "אבא שלי משה חולה סוכרת",
    "मरीज सुनीता शर्मा को टीबी है",
    "मेरी माँ कमला देवी को मधुमेह है",
    "রোগী রহিমা বেগম ডায়াবেটিসে আক্রান্ত",
    "আমার বাবা আব্দুল করিম হার্ট অ্যাটাক করেছেন",
    "Ο ασθενής Νίκος Παπαδόπουλος έχει διαβήτη",
    "Η μητέρα μου Ελένη κάνει χημειοθεραπεία",
    "ผู้ป่วยชื่อ สมชาย ใจดี เป็นเบาหวาน",
    "คุณสมหญิง รักไทย ป่วยเป็นมะเร็งเต้านม",
    "Potilas Matti Virtanen, 70 v., eteisvärinä ja aivoinfarkti",
    "patient_name,diagnosis\nLena Hauser,asthma",
    "| Name | Diagnose |\n|---|---|\n| Uwe Krahl | Diabetes Typ 2 |",
    "Name: Rafael Ortega\nDOB: 03/04/1977\nAllergies: penicillin\nDx: COPD",
    '{"patient": {"name": "Greta Holm", "conditions": ["epilepsy"]}}',
    "To HR: Miguel Santos's chemotherapy starts Monday, he will work half days",
    "my best friend Chloe had an abortion and won't talk to me",
    "my neighbour Mr. Petrov was sectioned, he is schizophrenic",
]

TOPICS = [
    "What are the symptoms of diabetes?",
    "My mother has diabetes, what can she eat?",
    "meine Mutter hat Krebs, was soll ich sagen",
    "ma mère a un cancer du sein, que faire",
    "моя мама болеет диабетом",
    "我妈妈有糖尿病，能吃什么水果",
    "母が認知症で困っています",
    "우리 엄마가 당뇨인데 과일 먹어도 되나요",
    "والدي يعاني من السكري ماذا يأكل",
    "پدرم دیابت دارد چه بخورد",
    "אבא שלי סובל מסוכרת, מה לעשות",
    "मेरे पिता को बहुत दिनों से मधुमेह है",
    "আমার মায়ের ডায়াবেটিস আছে",
    "η μητέρα μου έχει διαβήτη",
    "แม่เป็นเบาหวาน กินอะไรได้บ้าง",
    "Frida Kahlo had polio as a child and painted her pain",
    "Stephen Hawking was diagnosed with ALS in 1963",
    "Who was Marie Curie and did she die of leukemia?",
    "Explain Parkinson's disease and Crohn's disease",
    "Hodgkin lymphoma vs non-Hodgkin lymphoma",
    "Write a poem about a patient with depression",
    "The Great Depression hit Mr. Hoover hard",
    "Mr. Smith is a cancer on this company",
    "my brother Tom is allergic to work",
    "Mrs Dalloway is a novel by Virginia Woolf, who suffered from depression",
    "Vincent van Gogh litt unter Depressionen",
    "Van Gogh soffriva di depressione",
    "Dr. Elena Rossi published a trial on insulin",
    "Professor John Kim studies dementia",
    "Johns Hopkins Hospital treats cancer",
    "Mayo Clinic guide to epilepsy",
    "World Health Organization report on malaria",
    "la receta de mi abuela Carmen para el cocido",
    "la recette de ma tante Odile",
    "Patient care and cancer survival",
    "the New England Journal of Medicine on hypertension",
    "Walter White in Breaking Bad has lung cancer",
    "In New York, 12 patients had hepatitis",
    "Type 2 Diabetes, 45 minutes lecture for nurses",
    "Weil meine Tochter Fieber hat, bleibe ich zu Hause",
    "wenn mein Sohn Diabetes hat, darf er Sport machen?",
    "My friend Anna asked me to explain how vaccines work",
    "Lincoln suffered from depression, discuss",
    "患者さんへの説明文：糖尿病とは",
    "患者の皆様へ インフルエンザ予防接種のお知らせ",
    "医生先生您好，糖尿病怎么治",
    "鲁迅先生患有肺结核，1936年去世",
    "선생님께 당뇨에 대해 여쭤보고 싶어요",
    "मधुमेह के लक्षण क्या हैं",
    "Tumor suppressor gene p53 in Homo Sapiens",
    "My code has a fever of bugs, patient zero is Module Loader",
    "I'm on a diet because of Diabetes Type 2",
    "name: Diabetes Prevention Program",
    "Miss Universe raises cancer awareness",
    "Saint Mary Hospital opens a dialysis unit",
    "Ebola was found in Sierra Leone, 14 people had fever",
    "name,age,city\nAnna,34,Oslo",
    "Alzheimer's Association Walk, 5 km",
    "The character Sherlock Holmes is addicted to morphine in the novel",
    "Patient;Diagnosis;Medication",
]


def test_an_illness_of_a_named_person_is_found() -> None:
    assert_each(PATIENTS, has("medical"))


def test_medicine_without_a_private_person_is_a_topic() -> None:
    assert_each(TOPICS, lacks("medical"))


def test_a_name_far_from_the_illness_does_not_count() -> None:
    gap = "The harbour was quiet and the boats lay still in the grey light. " * 12
    assert "medical" not in find_sensitive("My sister Nora called. " + gap + "What is epilepsy?")


def test_an_id_beside_a_full_name_makes_it_a_patient() -> None:
    words = "Insured Margot Lindner, SSN 219-09-9999, acute bronchitis"
    assert "medical" in find_sensitive(words)
    assert "medical" not in find_sensitive("bronchitis, SSN 219-09-9999")
