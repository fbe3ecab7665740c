"""Relatives and room-mates by more words, illnesses as their families name them; and look-alikes."""

from __future__ import annotations

from .judged import assert_each, at_most, has

# Every person is made up.
ILL = [
    # A name, and behind it whose relative it is.
    "Is it normal that Milo (our grandson, 7) still wheezes weeks after starting montelukast?",
    "Jonas (mein Stiefsohn, 12) nimmt seit März Medikinet und schläft kaum. Ist das bei ADHS normal?",
    "Est-ce normal que Lina (ma belle-fille, 8 ans) saigne du nez avec ses anticoagulants ?",
    "Piotrek, mój szwagier, ma cukrzycę, co mu upiec?",
    # In-laws, and who lives together.
    "मेरे देवर अंकित को टीबी निकली है, क्या वो उसी कमरे में सो सकता है?",
    "मेरे जीजा विनोद को हार्ट अटैक आया था, अब वो नमक कितना लें?",
    "আমার দেবর সুমনের টিবি ধরা পড়েছে, বাচ্চাদের আলাদা রাখতে হবে?",
    "Můj tchán Jaroslav má Parkinsona a padá, jak upravit byt?",
    "Min svigerfar Torben har fået konstateret blærekræft, hvad skriver jeg?",
    "Anoppini Heikki sai diagnoosin: Parkinson. Miten koti muutetaan?",
    "Kayınpederim Yusuf'a demans teşhisi kondu, ne yapmalıyım?",
    "Bố vợ em, ông Nguyễn Văn Tư, bị ung thư phổi, nên nói với cháu thế nào?",
    "mi compi Iker lleva una bolsa de colostomía y vamos de camping, ¿qué necesita?",
    "처남 김도윤이 간암 판정을 받았어요. 뭐라고 위로하죠?",
    # Cutting oneself.
    "La mia coinquilina Giada mi ha confessato che ha ricominciato a tagliarsi. Come le sto vicina?",
    "Mi compañera de piso Noelia ha vuelto a hacerse cortes en los brazos.",
    "Ma coloc Élodie s'est remise à se scarifier, je fais quoi ?",
    "Moja współlokatorka Ola znowu się tnie i nie chce iść do lekarza.",
    "Mein Mitbewohner Fabian hat wieder angefangen sich zu schneiden.",
    "Моя соседка по комнате Алина снова режет руки и просит никому не говорить.",
    # What children and the old have.
    "My son Dermot's nursery wants a care sheet. He's type 1, on a Libre, hypos under 4.",
    "Our lodger Kasia Wrona was told on Tuesday that it's MND. What should I say to her?",
    "Herr Pohlmann aus dem dritten Stock hat die Diagnose ALS bekommen, wie können wir helfen?",
    "Meine Schwägerin Gudrun hat einen Knoten in der Brust und am Freitag Stanzbiopsie.",
    "Mon beau-père Gérard perd la tête, le neurologue parle de corps de Lewy.",
    "У моего тестя Геннадия Петровича нашли рак почки, как поддержать тёщу?",
    # Sleep, legs, mosquitoes.
    "mon voisin M. Lefranc fait de l'apnée du sommeil et ronfle, comment lui dire ?",
    "Ponakan saya Bagas kena DBD, boleh minum jus jambu?",
    "Мій сусід пан Іван втратив ногу на війні, як облаштувати під'їзд?",
    # A dog in the same letter.
    "It is on the pancreas, and Mr Ainscough asked her straight, is it cancer. He asked about the cricket "
    "then, "
    "and he wants to tell Mum himself at the weekend, so please do not ring her in tears, Linda especially. "
    "He "
    "needs his reading glasses, the brown ones, a charger, and somebody to take the dog because Mum cannot.",
]

WELL = [
    "조카 하린이가 수술복 입은 인형을 좋아해요. 선물 추천해줘",
    "Come si fa a tagliarsi i capelli da soli? Edoardo di YouTube lo fa sembrare facile",
    "मेरी ननद रुचि सक्सेना की शादी है, भाषण लिख दो",
    "Mi prima Noelia se ha cortado el pelo y quiere un discurso gracioso para su boda",
    "Moja koleżanka Ewa jest spod znaku Raka, jaki prezent na urodziny?",
    "Моя подруга Алла по знаку зодиака Рак, что ей подарить?",
    "Min mor Inger har mange kræfter endnu og vil grave have, ideer?",
    "Min far Arne samler krefter til turen over Hardangervidda, pakkliste?",
    "Frau Wendt stellt die Diagnose als Chance dar, kürze ihren Vortrag",
    "Der Fußballer Timo Brandt hat sich das Kreuzband gerissen, fass die Meldung zusammen",
    "Mój szwagier Mirek łowi ryby, Piotrek, mój sąsiad, też. Prezent?",
    "मेरे ससुर रामलाल जी चाय में शुगर नहीं लेते, कोई मिठाई बताओ",
    "Moje spolubydlící Jitka peče chleba, poraď recept",
    "Mrs Dunmore's old dog Bella has diabetes, what do I feed her while they are away?",
]


def test_a_relatives_illness_is_medical() -> None:
    assert_each(ILL, has("medical"))


def test_what_only_sounds_like_an_illness_is_none() -> None:
    assert_each(WELL, at_most())
