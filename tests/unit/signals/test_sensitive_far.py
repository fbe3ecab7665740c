"""Codes and passwords that stand further from their word, and words for them in talk; and look-alikes."""

from __future__ import annotations

from .judged import assert_each, at_most, has

# Every value is made up.
SECRETS = [
    # A PIN at the end of how somebody remembers it.
    "Ich vergesse ständig meine PIN, darum ein Reim: Sieben Zwerge, null Bock, acht Beine. 7038. Gut?",
    "I keep forgetting my PIN so I thought of a story: four swans, zero clouds, one dog. 4071. Is it good?",
    "Olvido el PIN de mi tarjeta, así que pensé un truco con mi abuela. Queda 8291. ¿Es muy fácil?",
    "Esqueço sempre o PIN do cartão. Quatro gatos, um rato, nove vidas. 4196. É seguro?",
    "Zapominam PIN do karty, więc: trzy świnki, osiem nóg, pięć palców. 3825. Dobre?",
    "Jag glömmer min pinkod så jag tänker på farmors portnummer, 6, och barnens åldrar. Alltså 6483.",
    "Забываю пин от карты, придумал так: месяц и номер дома задом наперёд. Получается 0784. Надёжно?",
    "Kartımın şifresini hep unutuyorum, bir hikâye uydurdum: altı kuzu, iki kurt. 6291. İyi mi?",
    # A panel, and further on what is typed there.
    "alarm box is behind the coats in the hall, it beeps for half a minute, then it wants the code, 5926.",
    "l'alarme est à droite derrière la porte, elle laisse 40 secondes, ensuite taper le code 7314 puis OK.",
    "la centralina dell'allarme è in corridoio, hai mezzo minuto, poi digita 8093 e cancelletto.",
    "entrance keypad is to the left of the bins; he needs 2 7 5 8 and then the green tick",
    "El código de la verja de la urbanización es 7714B, díselo al repartidor",
    "mein Entsperrcode vom iPhone ist 840271 und jetzt geht Face ID nicht mehr",
    "kortets pinkod är 7719, hur ändrar jag den",
    # A password behind a comma, in quotes.
    'The password of the old router is still the one the technician wrote down, "Gnocchi-88!".',
    "Das Root-Passwort ist immer noch das, was Onkel Karl gesetzt hat, „KarlsNas1!“. Wie ändere ich es?",
    "Le mot de passe admin est toujours celui que le prestataire avait mis, « Toto#2019x ».",
    'La contraseña de root sigue siendo la que puso Javi antes de irse, "JaviManda7!".',
    'La password del Synology è ancora quella che ha messo mio cugino, "Cugino4ever!!".',
    'Hasło do roota jest nadal takie, jakie ustawił Marek, "Marek_rzadzi1".',
    'admin panelinin parolası hâlâ eski müdürün koyduğu, "Mudur*2020".',
    # The word stands in the question before it, too.
    "почему mysql не пускает\nmysql -h 10.12.0.8 -u app -pSnegir_2207 app\nERROR 1045",
    "mysql hata veriyor\nmysql -u root -pKartal_1903 -h 127.0.0.1 depo\nneden?",
    # A dial turn by turn, a network's key, an app's password, a phrase in quotes.
    "保险柜先左转38再右转12再左转7，写给我妈看得懂",
    "the safe goes 38 left, 12 right, then 7 left, tell my brother",
    "der Tresor: links 44, rechts 9, links 21",
    "wifi at the cottage: BrackenFold / hedgehog-41-lantern, make a sign",
    "spring.mail.password=mvqk zxla ttip owne ist das ein App-Passwort?",
    'wpa_supplicant: psk="Turnstone 44 dusk" geht nicht',
    "ssh pi@192.168.1.20 with raspberry_Ruis88 says denied",
    "codice citofono 27B3, poi secondo piano: scrivi al corriere",
    # Words of talk.
    "الباسورد حق الواي فاي عندنا Nakhla_77 اكتبه في لوحة للضيوف",
    "وائی فائی کا پاسورڈ Gulab#4411 ہے، کارڈ بنا دیں",
    "วายฟายที่ร้าน พาสเวิร์ด Kluay4477 ทำป้ายให้หน่อย",
    "mk facebook của mình là Hoasen@2210, bị hack thì đổi thế nào",
    "Losungswort am Einlass heute: Graureiher9",
    "la contra del wifi es Lechuza7712, hazme un cartelito",
    "lösen till wifi: Stork_7718, gör en skylt",
    "pass wifinya Bangau_4471 ya, bikinin tulisan",
    "logowanie do librusa: 4471882u / Czapla_19, dlaczego wyrzuca?",
    "Host ftp.verein.example Benutzer web12 Kennung Reiher!4471 – FileZilla sagt 530",
]

OTHERS = [
    "password: must have some more text beside it",
    "wifi in the hall: 2.4 GHz / 5 GHz, which is faster?",
    "ssh pi@192.168.1.20 with ControlMaster enabled hangs",
    "from the safe house go 2 km left, then right, 3 km left on the map",
    "I forgot my PIN three times and the bank says I must call 4071 from the UK. What happens next?",
    "Meine PIN wurde 2019 geändert und seitdem kostet das Konto 1290 Euro im Jahr?",
    "How many 4-digit PINs are there if no digit repeats? I get 5040.",
    "La alarma está a la derecha, son 30 segundos, y el número de serie es 88123. ¿Es el modelo 4150?",
    "The alarm goes off at 0630 every day, how do I turn it off on the panel? Model 6183 from Honeywell",
    "PIN codes in Bengaluru: 560034 for Koramangala and what else?",
    'आधार की पर्ची से पिनकोड निकालो: "जन्म: 12/05/1988, ग्राम बेलवा, पिन 841226"',
    "Кодекс, статья 1472 ГК: двери в подъезде общее имущество?",
    'The password policy is still the one that Gary set, "Minimum 12 characters!".',
    "パスを塗り替え、その直後にパスの外側の色の数を答えて。N, Q ≤ 2×10^5。方針、C++の実装をお願いします。",
    "La contra de este argumento es que 2024 fue atípico",
    "mk 677 là gì, có an toàn không?",
    "a palavra-chave do artigo é Sustentabilidade2030, certo?",
    "Домофон за 4500 рублей с установкой, стоит брать?",
    "press 5 twice, then the alarm light shows error 4471",
]


def test_a_secret_may_stand_further_from_its_word() -> None:
    assert_each(SECRETS, has("credentials"))


def test_what_stands_further_on_may_be_something_else() -> None:
    assert_each(OTHERS, at_most("contact"))
