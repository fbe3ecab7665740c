"""Slips of paper, networks' codes, service clients, ids without a label, and speakers of their illness."""

from __future__ import annotations

from hashlib import md5

from .judged import assert_each, has, lacks

# Every value, name and number is made up.
CREDENTIALS = [
    "my canal+ password is cloudberry1971 (email rita.hale@example.net), why is it refused",
    "mein Netflix-Passwort ist dachrinne62 (Mail o.haas@example.org)",
    "anv: bridgeklubben lösen: Hjorton-Kvist7 och boka bord",
    "log: nobetci şif: Incir.yaprak31",
    "tk: quay_thu2 mk: Senvang@5521",
    "Felh.: kincstar jelszó: Korte-2236!",
    "Użytk.: harcerze has.: Zielony-Plecak8",
    "uživ: lyzari2 heslo: Borovice-3316",
    "usr: kasse4 pw: Rugbrod!55",
    "koden til klubhusets netværk er blåbær7tærte",
    "koden til nettet i gæstehuset er ugleunge51",
    "Kod till gästnätverket: kanelbulle_38",
    "Verkon koodi on mustikka4soppa",
    "Kode for trådløst nettverk er elgkalv_29",
    "kod do sieci to zimorodek88x",
    "código da rede do bar é andorinha6021",
    "brug. rohytten kode: Brombær+91, lav en plakat",
    "Nettverkskoden på hytta er rypekyll74",
    "a hálózat kódja meggymag2036",
    "alarmen slåes fra med 5526 og så #, panelet er ved døren",
    "alarmen slås fra med 6094, panelet sidder ved døren",
    "Die Alarmanlage mit 7316 ausschalten, dann erst die Tür öffnen",
    "planning site: team@heron.example / Gravel.Path-40",
    "logger du inn med vaktmester@lia.example / Tyttebær.3318",
]
NO_CREDENTIALS = [
    "mysql -u käyttäjä -p'SALASANASI' tietokanta",
    "mysqldump -u root -p'TUCONTRASEÑA' base",
    "mysql -u kullanıcı -p'ŞİFRENİZ' vt",
    "sshpass -p 'DEINPASSWORT' ssh pi@raspberrypi",
    "docker login -u felhasznalo -p JELSZAVAD registry.local",
    "Kan du lösen: 3x + 7 = 22?",
    "fälten anv: och lösen: gör ingenting när man klickar",
    "koden til nettverket fungerer ikke etter at ruteren ble byttet",
    "Guest network code is on the back of the router, an Asus AX55",
    "verkon koodi on vaihdettava, missä se tehdään reitittimessä AX3000?",
    "tk: 5 chỗ, mk: 200 nghìn, viết lại thành bảng giá vé",
    "kode til ekstra netværk findes på en iPhone 14",
    "Wie ändere ich den vierstelligen Code der Jablotron 100?",
]
SID, TOKEN = "AC" + md5(b"account").hexdigest(), md5(b"token").hexdigest()
KEYS = [
    f"const twilio = require('twilio')('{SID}', '{TOKEN}');",
    f"Twilio: {SID} / {TOKEN}",
    f"algoliasearch('K2VQ81MXTE', '{TOKEN}')",
]
NO_KEYS = [
    "const twilio = require('twilio')(process.env.SID, process.env.TOKEN)",
    f"twilio says the account {SID} is unknown",
    "algoliasearch('YourApplicationID', 'YourSearchOnlyAPIKey')",
]
IDS = [
    "hvorfor siger mitid at 120351-2284 er forkert? det er min mors",
    "Letter to CRA: I, Odile Fontaine-Reid (130 692 544), moved to Ottawa",
    "Wanda Sikora, 44051401359, prosi o przełożenie wizyty",
]
NO_IDS = [
    "bearing 6205-2RSH, seal 123-45-6700, belt A-78-3310",
    "Dichtung 214-33-8870, Riemen 6PK1045",
    "roulement 302-15-7781, joint torique 40x3",
    "Bestilling 120694-3391 er ikke kommet frem",
    "Anna Kowalczyk, 601 234 567, dzwoniła w sprawie oferty",
]
MEDICAL = [
    "Pac. Drahomíra Vlčková, nar. 1953, osteoporóza, chron. hepatitida B",
    "Pac. Ladislav Hruboň, nar. 1951, diabetes 2. typu na inzulíne",
    "Özv. Sarkadi Jánosné, 77 éves, csípőízületi arthrosis, cukorbetegség",
    "Pacienta Ileana Marcu, în vârstă de 58 de ani, pancreatită acută",
    "Epikryza: Danuta Wrona, l. 69, zawał ściany dolnej, nadciśnienie",
    "Pacient Ștefan Olteanu, 71 ani, BPOC",
    "Zárójelentés: Balogh Imre, 63 é., szívinfarktus",
    "Hasta Şerife Gündoğan, 66 yaşında, KOAH alevlenme",
    "Potilas Aulis Rantakari, s. 1948, sydämen vajaatoiminta",
    "Pacijentica Mirjana Kovač, 71 god., prijelom kuka, diabetes",
    "المريضة سلمى بنت راشد الكعبي، 52 سنة، تعاني من قصور كلوي مزمن",
    "המטופלת רחל בן דוד, בת 71, סובלת מאי ספיקת לב",
    "00:12 Nora Whitcombe: I was diagnosed with MS in May",
    "Priya Ramanathan: I've been diagnosed with type 1 diabetes, so I step out\nHost: thanks",
    "00:21 Solène Vautrin : j'ai une sclérose en plaques depuis mars",
    "14:05 Irene Castaño: me han diagnosticado lupus",
]
NO_MEDICAL = [
    "MINUTES. Present: Hilary Stanton. The St Aidan's volunteers teach CPR, stroke signs and the AED.",
    "Aanwezig: Joke Tolsma. AED: cursus reanimatie en herkennen van een beroerte op 12 april",
    "Guion del pódcast: la epidemióloga Itziar Olmedo nos explica por qué la malaria desapareció",
    "Gæst i radioen: virolog Henning Kjær forklarer hvorfor influenza kommer hver vinter",
    "L'historienne Agathe Rouvier explique pourquoi la tuberculose a façonné les sanatoriums",
    "Packungsbeilage: Besondere Vorsicht ist geboten bei Gicht, Asthma und niedrigem Blutdruck.",
    "Ulotka: Nie stosować przy wrzodach żołądka i astmie. Bausch Polska, Warszawa",
    "Lead list: Corwin Ashby (Northgate Dental, wants 2 chairs), Raj Pillai (St Jude's cardiology)",
    "Interessenten: Rolf Amann (Zahnarzt), Britta Kolb (Dialysezentrum Nord, Angebot verschickt)",
    "Ellen Strandh springer för bröstcancerforskningen och vill samla in 10 000 kr",
    "Tereza Hanáková běží půlmaraton na podporu výzkumu leukémie",
    "Host: welcome\nDr Fiona Marsh: I treat people with MS, and I get asked about diet a lot",
    "Marie Kessler läuft den Marathon für die Deutsche Krebshilfe",
    "Moderator: welcome. Prof. Lena Krug: I see patients with lupus every week",
    "Scene. MARTHA: I have cancer, Paul.\nPAUL: I know.",
]


def test_slips_and_codes_of_networks_are_credentials() -> None:
    assert_each(CREDENTIALS, has("credentials"))


def test_placeholders_and_questions_about_codes_are_none() -> None:
    assert_each(NO_CREDENTIALS, lacks("credentials"))


def test_an_account_with_its_token_is_a_key() -> None:
    assert_each(KEYS, has("api_key"))


def test_an_account_alone_and_variables_are_no_keys() -> None:
    assert_each(NO_KEYS, lacks("api_key"))


def test_an_id_told_of_somebody_needs_no_label() -> None:
    assert_each(IDS, has("national_id"))


def test_parts_orders_and_phones_are_no_ids() -> None:
    assert_each(NO_IDS, lacks("national_id"))


def test_patients_in_short_notes_and_speakers_are_found() -> None:
    assert_each(MEDICAL, has("medical"))


def test_courses_experts_leaflets_customers_and_runners_are_none() -> None:
    assert_each(NO_MEDICAL, lacks("medical"))
