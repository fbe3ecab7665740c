"""Secrets in lists, calls and talk, keys of wallets, and what looks like them."""

from __future__ import annotations

from .judged import assert_each, has, lacks

_HEX = "7d3f09c1a2b84e56f01d9c3b7a6e5f48213c9db07e6a5f4183b2c6d9e0f17a45"

SECRETS = [
    # told
    "the plotter lets me in with plotadm / Walnut.Ridge.61 but not the scanner",
    "I log in with admin and the code from the sticker, Q8ZT4MNW2K, and then nothing happens",
    "you sign in as office and Teal-Anchor-903, then it asks for a second factor",
    "Ich logge mich mit rezeption und Kiesel!Bach27 ein, danach ist der Schirm leer",
    "je me connecte avec atelier / Brume-Verte-58 et ça tourne dans le vide",
    "entro con almacen / Tinta.Azul.47 y no me deja imprimir",
    "entro com caixa / Maré.Cheia.92 e trava",
    "захожу под sklad / Roscha-Veter-38, а там пусто",
    "NAS登录 kenji / Tsuki.Hana.77 一直失败",
    # calls
    'imap.login("billing", "Quartz-Meadow-5520")',
    "smtp.login('robot', 'Saffron7Kettle!')",
    'requests.get(url, auth=("svc_export", "Heron#Lake2281"))',
    'client.authenticate("depot", "Marble+Crane19")',
    'DriverManager.getConnection("jdbc:mysql://db/wares", "wares", "Thistle.Barn.64")',
    'new mysqli("localhost", "shop", "Lantern_Oak_8812", "shop")',
    'ftp.login(user="drop", passwd="Copper-Finch-330")',
    # columns
    "| host | user | secret |\n|---|---|---|\n| wiki | editor | r1ver-stone-22 |\n",
    "name,login,password\nMara,mara.v,Tulip-Forge-71\nOle,ole.b,Basalt.Wing.5\n",
    "Gerät;Nutzer;Kennwort\nKasse 1;kasse;Nebel7Pfad!\nKasse 2;kasse;Ufer4Stein!\n",
    "room\tpin\nlab A\t730164\nlab B\t558209\n",
    "site | usuario | contraseña\nalmacén | ana | Pino.Rojo.84\n",
    "service,utilisateur,mot de passe\nagenda,lea,Givre-Noir-19\n",
    "serwis;użytkownik;hasło\npoczta;biuro;Jesion-Most-40\n",
    "сервис;логин;пароль\nпочта;sklad;Bereza-Luna-17\n",
    "系统,账号,密码\n邮箱,cangku,Zhu4lin-Feng\n",
    "who | door code\nAnna | 4471\nUlf | 8306\n",
    # lines of files of passwords
    "in my pgpass: db7.lan:5432:stock:reader:Fjord8Kettle",
    "it is '10.0.4.2:6432:wares:app:Moss-Gate-12' and still asks",
    "*:*:wares:batch:Clover5Rail",
    # behind a misspelled word, in brackets, behind a comma
    "I used the same pasword (Gallivant1987!) on two sites",
    "my old passwrd (Hollyhock#44) leaked",
    "the wifi password, Bramble_Coast_17, does not work on the tablet",
    "das kenwort (Birke!Nord83) wurde abgelehnt",
    # codes
    "my backup codes, print them small:\n7712 0943\n5581 2206\n9034 6617\n",
    "recovery codes: 8f2k-x9qa, 33mz-0plw, t7c1-vv4e",
    "Das sind meine Ersatzcodes:\n48120937\n55092213\n73318840\n",
    "voici mes codes de secours : 773 104, 559 820, 331 945",
    "códigos de respaldo de mi correo: 88120934 55410927 33092715",
    "codici di backup: 4409-2217 8830-1146 7721-5503",
    "мои резервные коды: 5512 8830, 9917 2204, 3348 7765",
    "我的备用码:\n88231904\n77120945\n55319082\n",
    "バックアップコード:\n4821 0937\n5530 2218\n7719 4406\n",
    "GitHub scratch codes 9d3f1-a77c2 55b0e-91fd4 c02a8-4e6b1",
    # security questions
    "locked out, my security answers are: first pet Nutmeg, street Weaver's Row",
    "security question: mother's maiden name? Hathersage",
    "Sicherheitsfrage: Mädchenname der Mutter: Drostenberg",
    "la question secrète, nom de jeune fille : Vauquelin",
    "pregunta de seguridad: primera mascota: Canela",
    "domanda di sicurezza: cognome da nubile: Bragadin",
    "контрольный вопрос: девичья фамилия: Верещагина",
    "secret question, Q: favourite place? A: Tintagel",
    "密保问题 母亲姓名:欧阳惠",
    # doors and stickers
    "the code for the side gate is 6284, tell the courier",
    "code to the garage: 90417",
    "der Code für die Haustür ist 7352",
    "le code du portail : 4826",
    "el código de la puerta 6073",
    "kod do bramy 5719",
    "код от подъезда 3862",
    "the key box at the flat, code 7093",
    "the router's sticker says M7XQ2RKP9T, how do I change it",
    "Auf dem Aufkleber der Fritzbox steht 4K9TZ7WQ2M, ist das der WLAN-Schlüssel?",
]  # fmt: skip

HARMLESS = [
    "log in with Google and then open the settings page",
    "you log in with your e-mail address and a password of at least 12 characters",
    "I sign in with Apple and the page stays blank on iPhone15",
    "how do I log in with ssh and a key on Ubuntu22.04?",
    "Ich melde mich mit Benutzername und Passwort an, dann kommt Fehler 0x80070005",
    "the user logs in with username and password, then sees Dashboard2",
    "je me connecte avec Firefox et ça marche",
    "захожу под своим логином, а там ошибка 502",
    'login("username", "password")',
    "s.login(USER, PASSWORD)",
    'imap.login(os.environ["MAIL_USER"], os.environ["MAIL_PASS"])',
    'client.login("<user>", "<password>")',
    'auth=("user", "pass")',
    "def test_login(): assert login('alice', 'Wonder-Land-12') is True",
    'expect(login("bob", "Hunter-2-Moon")).toBe(false)',
    'DriverManager.getConnection("jdbc:h2:mem:test", "sa", "")',
    'mysqli_connect("localhost", "root", "root")',
    "user.authenticate(name, secret)",
    "| feature | password | passkey |\n|---|---|---|\n| phishing | weak | strong |\n",
    "column,type\npassword,varchar(255)\npin,char(4)\n",
    "| field | password |\n|---|---|\n| length | 12 |\n",
    "name,password\nalice,<password>\nbob,<password>\n",
    "user,password\nann,********\nben,********\n",
    "Example:\nuser,password\nalice,Wonder-Land-12\n",
    "id,password\n1,5f4dcc3b5aa765d61d8327deb882cf99\n2,e10adc3949ba59abbe56e057f20f883e\n",
    "team;pass;fail\nA;12;3\nB;9;6\n",
    "player,pass,shot\nOle,34,7\nUwe,28,11\n",
    "part | pin | signal\n1 | 3 | GND\n2 | 5 | VCC\n",
    "year,secret santa\n2024,Anna\n2025,Ben\n",
    "the format is host:port:database:user:password, one per line",
    "localhost:5432 is refused, why?",
    "Formuliere eine Passwortrichtlinie für 20 Leute: Mindestlänge 14, kein Wechselzwang",
    "Kennwortregeln für Lehrkräfte: Länge, Passwortmanager, Mehrfaktor",
    "rédige une politique de mot de passe : Longueur, gestionnaire, pas de rotation",
    "redacta una política de contraseñas: Longitud mínima, gestor, sin rotación",
    "escreva uma política de senha: Comprimento mínimo, gerenciador",
    "napisz zasady haseł: Długość, menedżer, brak rotacji",
    "составь политику паролей: Длина, менеджер, без смены",
    "写一份密码策略:最小长度12位,必须使用管理器",
    "密码应该用 bcrypt 还是 argon2id?",
    "パスワードは bcrypt で保存すべき? cost は 12 で足りる?",
    "비밀번호는 argon2id로 해시해야 하나요?",
    "should passwords be stored with scrypt or PBKDF2-HMAC-SHA256?",
    "what are backup codes and where should I keep them?",
    "how many recovery codes does GitHub give me, 8 or 16?",
    "backup codes look like 1234 5678, don't they",
    "les codes de secours, combien en a-t-on ?",
    "Wo finde ich die Backup-Codes bei Google?",
    "which security questions are good? first pet, mother's maiden name, street?",
    "security questions such as your mother's maiden name are a bad idea",
    "My grandmother's maiden name was Hathersage, how do I trace the family?",
    "quelle question secrète choisir ?",
    "the code for the door sensor project is on GitHub",
    "code to open a garage with an Arduino, using pin 5",
    "the code for the function returns 404",
    "der Code für die Aufgabe ist in Zeile 1204",
    "postal code of the town hall? 4021 Linz",
    "the gate closes at 2130",
    "the router's sticker says model TL-WR841N",
    "the serial on the sticker is SN 4K9TZ7WQ2M of my dishwasher",
    "le code de la route, article 4826",
    "my laptop has a sticker that says PYTHON3",
]  # fmt: skip

KEYS = [
    f'networks: {{ base: {{ url: RPC, accounts: ["0x{_HEX}"] }} }}',
    f"const signer = new ethers.Wallet('0x{_HEX}', provider)",
    f"my metamask export is 0x{_HEX}",
    f"deployer key 0x{_HEX}",
    f"приватный ключ 0x{_HEX}, кошелёк пуст",
    f"私钥是 0x{_HEX}",
    f"clave privada: 0x{_HEX}",
    "AGE-SECRET-KEY-1QX7ZT0M5WK9V2RD8HL4NY6PCJ3FSE7UAG0Q2W4X6Z8T0M2V4N6P8R0S2T4",
]
NO_KEYS = [
    f"tx 0x{_HEX} is pending",
    f"the wallet's last transaction 0x{_HEX} failed",
    f"block hash 0x{_HEX} in my wallet's history",
    f"accounts root: merkle root 0x{_HEX}",
    f"keccak of 'wallet' is 0x{_HEX}",
    f"sha256 0x{_HEX}",
    'accounts: ["0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"]',
    "accounts: [process.env.DEPLOYER_KEY]",
    "what does an AGE-SECRET-KEY-1 line look like?",
    f"wallet 0x{_HEX[:40]} received 3 ETH",
]


def test_secrets_in_lists_and_talk_are_found() -> None:
    assert_each(SECRETS, has("credentials"))


def test_what_looks_like_them_is_none() -> None:
    assert_each(HARMLESS, lacks("credentials"))


def test_keys_of_wallets_and_files_are_private_keys() -> None:
    assert_each(KEYS, has("private_key"))
    assert_each(KEYS, lacks("api_key"))


def test_hashes_and_addresses_are_no_keys() -> None:
    assert_each(NO_KEYS, lacks("private_key"))
