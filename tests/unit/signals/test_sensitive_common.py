"""Words that are illnesses in one language, or within one word, and something everyday in another."""

from __future__ import annotations

from .judged import assert_each, at_most, has

# Every person is made up.
EVERYDAY = [
    "Ma tante Lise Morel fait du pain avec une dose de levure, recette ?",
    "Мой начальник Олег Рыбин говорит, у проекта перелом в лучшую сторону, перепиши",
    "My coach Ben Ruiz says the defence was paralysed by pace, rewrite the report",
    "My code runs on port 5432 but the container exposes 8443, what's wrong?",
    "The code holds the lock for 5000 iterations, profile says 3200 are wasted",
    "our code review in the main hall is at 1430, room 2105",
    "Läraren Anna Berg sa att vi ska läsa sida 40 till fredag, gör frågor",
    "Min bror Erik ska raka av sig skägget, skriv ett roligt kort",
    "Mein Onkel Gerd feiert 70. Geburtstag, schreib ein Gedicht",
    "My neighbour Asma Khan is moving out on Friday, write her a card",
    "Karin Lindqvist jobbar i Kista och vill ha tips på luncher",
    "Mijn opa Henk zoekt een houten kist voor zijn gereedschap",
    "Our neighbour Jim Hale's septic tank overflowed, who pays?",
    "My colleague Priya Nair works with polypropylene, explain melt flow index",
    "Mi jefe Luis Marrero me puso en una situación embarazosa, ¿qué digo?",
    "L'enceinte Bluetooth de mon frère Lucas grésille, que faire ?",
    "Chefin Nora Beck dementiert, dass sie geht. Formuliere eine Mail",
    "O senhor Paulo Nunes não percebe a gravidade do atraso, escreve-lhe",
    "Maître Julie Perrin a déposé au greffe du tribunal, quel délai ?",
    "Mi vecino Raúl Ortega causó un derrame de aceite en el garaje, ¿quién limpia?",
    "El señor Prieto fue despedido por insuficiencia de resultados, ¿es legal?",
    "Pan Nowak robi wylewkę w salonie, ile schnie?",
    "Pani Kowalska złamała hasło do starego zipa, jak to działa?",
    "Мой сын Петя сломал телефон, как попросить гарантию?",
    "Моя дочь Катя сдаёт химию в мае, составь план",
    "Мій син Андрій питає, як змінити кодування файлу на UTF-8",
    "Siskoni Marja Salo vastustaa hallituksen leikkauksia, kirjoita mielipide",
    "Poikani Eero mursi kouluennätyksen, kirjoita onnittelu",
    "Min kollega Sara Holm har brutit mot reglerna, hur säger jag det?",
    "Mein Sohn Ben hat den Schulrekord gebrochen, schreib ihm was",
    "Telefonumun ekranı kırıldı, ablam Elif ne dersin diye sordu",
    "المدير التربوي خالد منصور يحتاج خطة للفصل الثاني",
    "والدي محمود صالح كان ضابطا عسكريا، اكتب له تهنئة",
    "برادرم علی رضایی عاشق آسمان شب است، هدیه چه بخرم؟",
    "مادرم زهرا کریمی می‌پرسد بهترین کتاب کدام است",
    "मेरे चाचा रमेश शर्मा का मुकदमा कब तक चलेगा, अदालत में तारीख है",
    "मेरी बहन सीता वर्मा मानसिक गणित सिखाती है, विज्ञापन लिखो",
    "我的老师王建国说文化孕育创新，帮我写作文",
    "娘の美咲がしゃがんで花を撮った写真に題をつけて",
    "김민수 과장님, 금주 회의 자료 부탁드립니다. 메일로 다듬어줘",
    "이서연 님 실명 인증이 안 돼요. 안내문 써줘",
    "남편 박지훈 차에 통풍시트 옵션을 넣을까요?",
    "김유신 장군의 병력은 5만, 내 아들 김민준 숙제 도와줘",
    "El banco dice que la cantidad ingresada por Marta Gil no aparece",
    "Bà Trần Thị Mai gánh hàng trĩu nặng, viết đoạn văn tả",
    "Mamma Karin säger att jag ska raka vägen hem",
    "le gout de ma tante Marie pour les rideaux est affreux, dis-le poliment",
    "Pan Wójcik pyta o operacje na koncie z marca, odpisz",
    "Herr Krebs aus der Buchhaltung braucht die Rechnung 2024",
    "Bjarne Stroustrup talks about std containers, my friend Tom Reed disagrees",
    "Mera bhai Rahul paagal hai cricket ke peeche, birthday caption do",
    "Minä ja isäni Pekka Salo kannamme raskaan sohvan kolmanteen kerrokseen, vinkkejä?",
    "Můj táta Karel skládá sirky, zápalky všude, kam s nimi?",
]

ILL = [
    "Mój wujek Zbigniew Pawlak ma raka płuc, co mu ugotować?",
    "Mi tío Ramón Vidal tiene sida desde 1998, ¿puede donar ropa?",
    "My uncle Frank has gout again, what can he eat?",
    "Teyzem Sevgi'nin yumurtalık kisti alındı, ne pişireyim?",
    "Mi abuela Rosario sufrió un derrame cerebral, ¿cómo adapto el baño?",
    "Mi padre Tomás tiene insuficiencia renal, ¿qué menú preparo?",
    "Mon père Alain a une insuffisance cardiaque, quel sel éviter ?",
    "Min kollega Sara Holm har brutit benet, skriv ett kort",
    "Poikani Eero mursi jalkansa treeneissä, kirjoita viesti opettajalle",
    "Annem Fatma Hanım'ın kalçası kırıldı, evi nasıl düzenlerim?",
    "Mon frère Luc attend une greffe de rein, que lui écrire ?",
    "Moja ciocia Halina miała wylew, jak z nią rozmawiać?",
    "Мой сын Петя сломал руку, как объяснить школе?",
    "Моя тётя Валя лежит на химии, что ей приготовить?",
    "Мій дядько Степан закодувався від алкоголю, як підтримати?",
    "Mi vecino Raúl está ingresado en la UCI, ¿qué escribo a su mujer?",
    "Minä ja siskoni Elina: Elina on raskaana, keksi lahja",
    "Minha prima Joana está grávida e com gravidez de risco, o que levo?",
    "Mijn oma Riet heeft dementie en loopt weg, wat nu?",
    "والدي محمود صالح مصاب بالسكري ماذا يأكل؟",
    "ابني سامي حسن عنده ربو شديد، كيف أجهز غرفته؟",
    "برادرم علی رضایی آسم دارد، چه ورزشی خوب است؟",
    "मेरे चाचा रमेश शर्मा को दमा है, कमरा कैसे साफ़ रखें?",
    "我妹妹王丽怀孕了，送什么礼物？",
    "娘の美咲の祖父、田中一郎さんががんで入院しました。手紙を書いて",
    "이모 박순자 님이 통풍으로 고생하세요. 식단 짜줘",
    "Bố tôi, ông Trần Văn Hai, bị trĩ phải mổ trĩ, ăn gì?",
    "Mein Sohn Ben hat sich den Arm gebrochen, Entschuldigung für die Schule bitte",
    "Ma sœur Chloé est enceinte de jumeaux, idée de cadeau ?",
]


def test_what_is_everyday_in_its_language_is_no_illness() -> None:
    assert_each(EVERYDAY, at_most())


def test_the_same_words_are_illnesses_where_they_are() -> None:
    assert_each(ILL, has("medical"))
