"""Codes, passwords and wallets' words as they are told in talk, and talk about such things."""

from __future__ import annotations

import pytest

from .judged import assert_each, at_most, has

# Every value is made up, and so are the people.
TOLD = [
    (
        "Bitte übersetze ins Polnische für die Reinigungskraft: Der Code für die Haustür lautet 5096, "
        "Müll kommt dienstags raus."
    ),
    ("¿Me redactas un aviso? La clave del wifi del bar es Croqueta_1945 y solo funciona en la terraza"),
    "Il PIN del tablet della classe è 6620, scrivi le istruzioni per la supplente",
    "パスワードは Sakura-mochi88 なのにNASに入れない。SMBの設定のせい?",
    "와이파이 비번 dalgona5531 인데 노트북만 연결이 안 돼요",
    "הסיסמה למחשב של אבא היא Tapuz!2209 והוא שוב ננעל, מה עושים?",
    "Hej, kan du skriva en lapp? Portkoden är 2581 och tvättstugan bokas på tavlan.",
    (
        "Agent: Votre code secret téléphonique ?\nClient : 58-13-07, enfin 581307.\nAgent : Merci. "
        "Résume l'appel."
    ),
    "ログイン画面のテスト用: admin@kobayashi-net.jp / Kumo!Zuke92 で入れるか確認する手順書を書いて",
    (
        "recovery phrase for phantom was: naive exhaust tissue plunge omit carbon hover blanket swift "
        "talent vibrant dune — why does the app show zero balance"
    ),
    (
        "Müşteri: kartımın şifresi neydi ya, 7314 müydü? Temsilci: Telefonda söylemeyin lütfen. Bu "
        "konuşmayı özetle."
    ),
    "El pin de mi tarjeta de la biblioteca es 5527 y la app no me deja entrar, redacta un correo",
    "跟房东说一下：大门密码改成了 6802#，WiFi 是 lanhua_303，密码 Yulan#2207",
    ("Voor de oppas: alarm uitzetten met 5-8-0-2, sleutel ligt bij de buren. Maak er een lijstje van."),
    (
        "The shed padlock is 8361, mower key's on the hook, bins go out Tuesday. Turn this into a "
        "house-sitter checklist."
    ),
    "portão do condomínio: digitar 2 4 9 7 e esperar o bip. faz um aviso pros entregadores",
    (
        "Box mit dem Schlüssel hängt links, Code siebenundvierzig elf, also 4711. Bitte als Gästeinfo "
        "formulieren."
    ),
    "Пароль от роутера синий_Кит_82, а планшет всё равно пишет «неверный ключ». Что проверить?",
    (
        "our streaming login got shared too widely: fam.lindqvist@mailbox.org / Otter-Pancake19. "
        "suggest steps to kick people off"
    ),
    "Contraseña del aula virtual: Gorrión_1807 (usuario m.lozano). No me carga el vídeo, ¿caché?",
    "كلمة سر الواي فاي الجديدة Nakhla_5540 اكتب لوحة للضيوف",
    (
        "le cadenas de la remise s'ouvre en faisant 3-7-2-9, tu peux noter ça dans une fiche pour le "
        "jardinier ?"
    ),
    ("Signal backup passphrase 48210 99371 02284 66173 50928 31745 — restore says wrong, are spaces needed?"),
    ("ssh into build box: user deploy, pass kestrel!Moss44 -> host key verification failed, now what"),
    (
        "Die Zahlenkombination vom Tresor im Büro hat sich geändert, neu ist 7-31-55-2. Schreib das bitte "
        "als kurze Notiz für die Frühschicht."
    ),
    "el código del garaje ahora es 5583#, haz un cartel para los vecinos pero sin el código",
    (
        "Peux-tu raccourcir ce message : le code de l'immeuble c'est 48B71, deuxième porte 9026, la clé "
        "est chez la gardienne"
    ),
    (
        "De cijfercode van de sleutelkluis naast de voordeur is 6174, maak er een welkomstmail voor de "
        "huurders van"
    ),
    "Kod do domofonu 37#4418, klatka B. Zrób z tego instrukcję dla kuriera.",
    "Kód od branky je 2957, prosím přepiš to do krátké SMS pro hosty chaty.",
    "Koden till nyckelskåpet är 8263 och larmet stängs av med samma. Skriv om till en snygg infolapp.",
    "Alarmkoden til hytta er 7741. Lag en liten husliste for gjestene med ved, vann og søppel.",
    "Alaoven koodi on 4096 ensi maanantaista lähtien. Tee tästä tiedote taloyhtiön ilmoitustaululle.",
    "Site giriş kapısının yeni şifresi 60718, bunu komşulara kibarca duyuran bir mesaj yaz",
    "Код от ячейки на складе 9305, забрать до пятницы. Оформи как вежливую инструкцию для клиента.",
    "Комбінація сейфа в кабінеті 14-52-07, ключ у Марії. Перепиши в одному реченні.",
    "金庫のダイヤルは右に38、左に11、右に52です。…番号は38-11-52。引き継ぎメモにして",
    "공동현관 비밀번호 2847# 로 바뀌었어요. 이웃들에게 보낼 공지 써 줘",
    "رمز بوابة العمارة أصبح 7390، اكتب إعلانا قصيرا للسكان",
    "รหัสประตูหน้าคอนโดเปลี่ยนเป็น 5162 ช่วยเขียนประกาศให้ลูกบ้านหน่อย",
    "Mã mở cổng là 8054, viết lại thành tin nhắn lịch sự cho khách thuê nhà.",
    (
        "Operator: Und Ihr Telefonkennwort, bitte?\nKunde: Kastanie44Blau.\nOperator: Danke. Fassen Sie "
        "das Gespräch zusammen."
    ),
    (
        "Caller: hi yes. Agent: what's the PIN on the account please?\nCaller: four, four, one, "
        "nine.\nAgent: thank you. -- Write a call note."
    ),
    (
        "Gateway for the printers: 10.0.4.2, login is operator / Wren-Lantern62. Scans arrive sideways, "
        "which setting is it?"
    ),
    (
        "Gäste-WLAN: Netz Pension_Alpenblick, Kennwort Murmeltier#2031. Mach mir daraus ein Aushangschild "
        "in drei Sprachen."
    ),
    (
        "J'ai noté ma phrase de récupération : 1. cactus 2. bridge 3. melody 4. pepper 5. thunder 6. "
        "victory 7. basket 8. olive 9. planet 10. silver 11. tunnel 12. window, c'est le bon ordre pour "
        "Ledger ?"
    ),
    (
        "メタマスクを復元したい。リカバリーフレーズ: glance purse tenant velvet cabin oyster drift hollow "
        "ticket margin rebel fossil どこに入力する?"
    ),
    (
        "my electrum wallet won't take these: harvest, timber, quiz, blade, oxygen, mosquito, garage, "
        "slender, dynamic, curtain, bulk, erosion. is it another derivation path?"
    ),
    "la combinación del candado de la bici es 4-0-7-9, dile a mi hermana por whatsapp que la puede coger",
    (
        "O cofre da receção abre com 73190, escreve isso num procedimento de três passos para o turno da "
        "noite."
    ),
    "il codice per disattivare l'allarme in negozio è 2286, prepara un foglietto per la nuova commessa",
    "Hasło do wifi w domku: Borsuk-Lesny77, sieć Jezioro_Gosc. Przygotuj kartkę powitalną po angielsku.",
    ("wifi in het huisje is Duinzicht_gast met wachtwoord Zeehond!4412, zet dat in een leuk welkomstbordje"),
    (
        "Adgangskoden til familiens Netflix er Popkorn!Lagkage8, skriv en sms til mormor om hvordan hun "
        "logger ind"
    ),
    "mật khẩu wifi quán là CaPheSua_2210, thiết kế giúp mình cái bảng nhỏ để bàn",
    "वाईफाई का पासवर्ड Mor-Pankh-4471 है, मेहमानों के लिए एक छोटा नोट लिखो",
    "ওয়াইফাই পাসওয়ার্ড হলো Ilish#Bhapa92, অতিথিদের জন্য সুন্দর করে লিখে দাও",
    "پسورد مودم Zaferan-8820 است ولی گوشی وصل نمی‌شود، چه کار کنم؟",
    "Θυρίδα αποσκευών στον σταθμό, κωδικός 60935, γράψε οδηγίες στα αγγλικά για τον φίλο μου.",
    "Bilgisayarın açılış parolası Zeytin.Dali58 ama klavye Türkçe değil, noktayı nasıl yazarım?",
    (
        "> what code do I use for the loading bay door?\n> 77415, then the green button\nsummarise this "
        "thread for the driver"
    ),
    "A: Jaký je PIN k simce?\nB: 4097\nA: díky, a PUK?\nShrň konverzaci.",
    (
        "my login for the council site is marble_fox and the pass is Tangerine4Boats, it says locked, how "
        "long does that last"
    ),
    "Jira admin creds for the migration: svc-migrate / hT7-quorn-Lattice. Draft the ticket for ops.",
    (
        "Сид-фраза от кошелька: wagon island crouch velvet monkey apple radar segment tulip glory humble "
        "orphan. Правильно ли я её записал?"
    ),
    (
        "These are my Trezor words, check spelling only: 1 abandon 2 zebra 3 quantum 4 lizard 5 humble 6 "
        "sketch 7 puzzle 8 motion 9 grape 10 bounce 11 filter 12 rescue 13 vivid 14 salmon 15 thumb 16 "
        "oval 17 cradle 18 jelly"
    ),
]

OTHER = [
    "How do I add a PIN to a PDF with qpdf?",
    "Kann man ein Zahlenschloss ohne Code öffnen, wenn man den Code vergessen hat?",
    "¿Es mejor una cerradura con código o con llave para un piso turístico?",
    "パスワードを3回間違えるとロックされます、をやさしい日本語にして",
    "كيف أختار كلمة مرور قوية يسهل تذكرها؟",
    "Setze in der Doku überall 'Passwort: ********' statt des Klartextes ein, per sed",
    "userPassword: { type: String, required: true, minlength: 8 } mongoose validation never fires",
    "Is 'correct horse battery staple' still good advice?",
    "Write a recovery phrase FAQ for beginners without giving an example phrase.",
    "Repaint doors 1 2 3 5 first and the gate last, make a plan",
    "the alarm levels are 0-1-3-4-6 in the manual, explain them",
    "port: 5432 and porta: 8080 are taken, which others can I use",
    (
        "Draft a reply: the customer says the door code we mailed doesn't work; ask for the order "
        "number first."
    ),
    "Türkapı mı çelik kapı mı, 2450 lira fark var, hangisi mantıklı?",
    "Bike lock buying guide: is a 4-digit combination lock easier to pick than a key lock?",
    "Explique-moi pourquoi un cadenas à 3 chiffres n'a que 1000 combinaisons.",
    "В домофоне 40 квартир, как рассчитать число комбинаций кода из трёх цифр?",
    "La contraseña debe tener mayúsculas y números; traduce este aviso al catalán.",
    "ログインできないお客様への返信: パスワード再設定のリンクを送る文面を作って",
    "비밀번호 찾기 화면의 안내 문구를 더 친절하게 바꿔 줘",
    "Passwort zurücksetzen: Der Link ist 30 Minuten gültig. Bitte höflicher formulieren.",
    "set POSTGRES_PASSWORD=${DB_PASS:?missing} fails in compose v2, why?",
    ("auth.log: Failed password for invalid user admin from 203.0.113.9 port 52144 ssh2 — count by IP"),
    'curl -u "$USER:$PASS" https://api.internal/v1 returns 401',
    (
        "What are good categories of words for a spelling bee: animals fruits colours tools rivers "
        "planets metals sports trees birds"
    ),
    "Is it true that any 12 random words can be a valid seed phrase?",
    (
        "How long should the code for a garage door opener be, is four digits enough or can it be guessed "
        "in an hour?"
    ),
    "My oven shows error code 4021 and the door stays locked, what does that mean?",
    "Der Fehlercode 5583 erscheint am Tor, sobald ich die Fernbedienung drücke. Was tun?",
    "¿Cómo cambio el código de la alarma de mi casa? El manual dice que hay que pulsar # dos veces.",
    "Quel est le code postal de l'immeuble au 12 rue Oberkampf, 75011 ou 75010 ?",
    "Write a story where a detective opens a safe with the combination 12-34-56 in a dusty hotel.",
    "パスワードマネージャーを高齢の母に説明したい。難しい言葉なしで三つの利点を書いて。",
    "ログに password=******** と出るのは安全ですか?それとも消すべき?",
    "2026-04-02 11:20:07 WARN auth user=4471 secret=<hidden> retry=3\ncount the warnings per user in awk",
    "비밀번호를 자주 바꾸는 게 정말 안전한가요? 최근 권고를 요약해 줘",
    "Пароль должен быть не короче 12 символов и содержать цифру — переведи это правило на английский.",
    "Proč banky chtějí PIN jen čtyřmístný, když heslo má mít dvanáct znaků?",
    (
        "What is the difference between a seed phrase of 12 words and one of 24, is the longer one really "
        "safer?"
    ),
    (
        "Lag en liste over frø jeg kan så i april: gulrot, reddik, spinat, dill, persille, salat, løk, "
        "erter, bønner, kål, nepe, mais"
    ),
    "The lock code feature in our app should time out after 3000 ms; write the acceptance test.",
    "What's the building code for stair width in Ontario, 860 or 900 mm?",
    "El código de error 30015 sale en la puerta del microondas, ¿qué significa?",
    "Kapı kodu sistemleri nasıl çalışır, ofis için hangisini önerirsin?",
    "Warum verlangt die Bank eine sechsstellige PIN statt vier Stellen?",
    ("Passwort-Richtlinie in einfacher Sprache: mindestens 14 Zeichen, keine Namen, nicht zweimal dasselbe."),
    "ユーザー名とパスワードを入力してください、を丁寧な英語にして",
    "password: {{ vault_db_password }} in the ansible template renders empty, why",
    "login: admin / password: <your password> — improve this help page",
    "Quiz: what percentage of people use 1234 as their PIN?\nA: about 10 percent\nB: about 25 percent",
    (
        "List 12 English words with five letters for a spelling game: apple, table, chair, plant, stone, "
        "bread, light, house, water, green, river, cloud"
    ),
    (
        "Which wallet should I buy for my dad: leather, slim, brown or black, coins or no coins pocket, "
        "zip or button"
    ),
    (
        "My grandmother's recipe says 'code the gate of the oven to 180'? I think it is a typo, help me "
        "fix: 'close the gate'."
    ),
    "Kombinasi warna apa yang cocok untuk pintu rumah minimalis, nomor rumah 4821?",
    "Room 4417, gate B12, door 3: convert this itinerary into a table, departure 0715.",
    "Rewrite: the museum's safe exhibition opens 2025, code of conduct page 1204.",
    "Die Kombination aus Tor und Garage kostet 4500 Euro, lohnt sich das?",
    "Mit der Kombi 12-18-24 dünge ich die Tomaten, ist das NPK-Verhältnis gut?",
]


def test_what_is_told_in_talk_is_a_credential() -> None:
    assert_each(TOLD, has("credentials"))


def test_talk_about_codes_and_passwords_is_none() -> None:
    assert_each(OTHER, at_most("contact"))


_WALLET = (
    "glance purse tenant velvet cabin oyster drift hollow ticket margin rebel fossil "
    "humble sketch puzzle motion grape bounce filter rescue vivid salmon thumb oval"
)
WORDS = _WALLET.split()


@pytest.mark.parametrize("size", [12, 15, 18, 21, 24])
def test_a_wallets_words_of_every_length_are_found(size: int) -> None:
    names = ["seed phrase", "Seed-Phrase", "frase semilla", "сид-фраза", "钱包", "cüzdan"]
    phrases = [joined.join(WORDS[:size]) for joined in (" ", ", ", "\n")]
    assert_each([f'{name}: "{words}" ?' for name in names for words in phrases], has("credentials"))
    assert_each([f"{words}\n\n{name}" for name in names for words in phrases], has("credentials"))


def test_fewer_words_and_prose_are_no_wallets() -> None:
    names = ["seed phrase", "кошелёк", "wallet"]
    assert_each([f"{name}: {' '.join(WORDS[:11])}" for name in names], at_most())
    prose = "people often keep their words safe and never share them with anybody from support"
    assert_each([f"{name}: {prose}" for name in names], at_most())


def test_years_days_and_everybodys_codes_open_nothing() -> None:
    things = ["door", "Tresor", "портал двери", "puerta", "金庫", "الباب"]
    codes = ["2024", "1234", "0000", "12.04.26"]
    assert_each([f"code {thing} {code}" for thing in things for code in codes], at_most())
