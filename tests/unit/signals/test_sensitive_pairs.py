"""Accounts with their passwords, passwords behind qualifiers, keys of letters alone, cards with a date."""

from __future__ import annotations

import pytest

from smart_router.signals.sensitive import find_sensitive

# The accounts and secrets are invented.
SECRET = [
    "temp pw: Kestrel#77lane",
    "temporary pw: Kestrel#77lane, change it on Monday",
    "the new pw for the printer is Heron#44dusk",
    "pwd temp Heron#44dusk",
    "temporary password is Heron#44dusk",
    "one-time pass: Heron44dusk!",
    "initial password for her: Heron44dusk",
    "her starter pass is now Linnet#58moor",
    "old password Linnet#58moor still works on the NAS",
    "Login: dora.k@brightwell.example / temporary pw: Mole#77hill. She must change it.",
    "login: dora.k@brightwell.example, pass Mole#77hill",
    "account: d.holm / Vinter!2041x",
    "airline acct hollow_tree / Marsh!Dove41",
    "hotel account, hollow_tree / Marsh!Dove41",
    "user: hollow_tree | Marsh!Dove41",
    "Login rwhite\nQuartz!91bay",
    "username maria.k\npassword Elm!40stone",
    "login: dora_k\nMole!77hill",
    "userid dora_k ; Mole!77hill",
    "usr: dora_k, Mole!77hill",
    "creds: dora_k / Mole!77hill",
    "account\nd.holm / Vinter!2041x",
    "Konto m.brandl / Lerche#88tor",
    "Zugangsdaten: m.brandl / Lerche#88tor",
    "Kennwort vorübergehend: Specht#39moor",
    "Kennwort fürs WLAN lautet Specht39moor",
    "vorläufiges Passwort: Specht#39moor",
    "Einmalpasswort für Frau Lenz: Specht39moor!",
    "Zugangscode: Specht39moor!",
    "compte j.petit / Brume?74sol",
    "mdp provisoire : Brume74sol!",
    "mot de passe temporaire : Brume74sol!",
    "le mdp de la box est Brume?74sol",
    "cuenta r.vela / Nube#63rio",
    "contraseña temporal: Nube63rio!",
    "la clave nueva es Nube#63rio",
    "conta t.melo / Lua!48mar",
    "senha provisória: Lua48mar!",
    "a senha do roteador é Lua#48mar",
    "credenziali: g.neri / Gufo!57neve",
    "password provvisoria: Gufo57neve!",
    "wachtwoord tijdelijk: Reiger#21wad",
    "tijdelijk ww: Reiger21wad!",
    "inloggegevens: p.visser / Reiger#21wad",
    "hasło tymczasowe: Sowa52las!",
    "hasło do routera to Sowa52las",
    "konto a.nowak / Sowa!52las",
    "lösenord tillfälligt: Uggla36sjö!",
    "konto k.berg / Uggla!36tall",
    "midlertidig passord: Ugle#36skog",
    "midlertidig adgangskode: Ugle#36skov",
    "väliaikainen salasana: Pollo#36metsa",
    "geçici şifre: Baykus43su!",
    "hesap: e.kaya / Baykus!43su",
    "kata sandi sementara: Elang#29laut",
    "mật khẩu tạm: Chimcat#38",
    "пароль временный: Sova52les!",
    "логин: o.lis / Sova!52les",
    "тимчасовий пароль: Sova52lis!",
    "προσωρινός κωδικός: Glafka#52",
    "临时密码：Yueguang63!",
    "仮パスワード: Fukuro81yama!",
    "임시 비번: Dalbit27sul!",
    "كلمة المرور المؤقتة: Hilal#63bahr",
    "סיסמה זמנית: Yanshuf#52",
]

HARMLESS = [
    "user=4f1c2a9e-7b3d-4c5e-9a1f-2b3c4d5e6f70 action=login status=ok",
    "request user=4f1c2a9e-7b3d-4c5e-9a1f-2b3c4d5e6f70 password_changed=true",
    "account=4f1c2a9e-7b3d-4c5e-9a1f-2b3c4d5e6f70, session=9a1f2b3c-4f1c-4c5e-9a1f-2b3c4d5e6f70",
    "login ok user=4f1c2a9e-7b3d-4c5e-9a1f-2b3c4d5e6f70\nrequest_id=77ab",
    "user 1234 / 5678 logged",
    "account settings / Notifications",
    "login page / Signup2Page",
    "account manager / Team2Lead",
    "user stories / Sprint12",
    "admin / Editor / Viewer roles",
    "usuario / Contraseña son obligatorios",
    "account 4411-22 / Invoice-2024-11",
    "user: anna / Berlin",
    "user guide / Chapter12",
    "login / logout events",
    "accounts payable / receivable, Q3/2024",
    "Login Anna\nBerlin, 12 May 2024",
    "user interface / Version2.4.1",
    "account type: savings / current",
    "konto: 5500 / Reisekosten",
    "Konto 4930 / Bürobedarf2024",
    "compte rendu / Réunion12",
    "cuenta corriente / Ahorro",
    "konto bankowe / Oszczędności",
    "how long should my password be, 12 or 16 characters?",
    "is Tr0ub4dor&3 a good password?",
    "what does pw mean",
    "temporary password expired, what now?",
    "temp pw policy: 12 characters, one digit",
    "the new pw rule applies from 2025-01-01",
    "forgot my pw again",
    "one-time password apps such as Authy or Aegis2",
    "initial password must be changed at first login",
    "pass the salt / Pepper",
    "pass: 14, fail: 2",
    "PASS tests/unit/test_login.py",
    "mdp oublié, que faire ?",
    "mot de passe temporaire expiré",
    "wachtwoord vergeten, wat nu",
    "hasło wygasło, co robić",
    "contraseña temporal caducada",
    "senha provisória expirada",
    "Kennwort vorübergehend gesperrt",
    "lösenord glömt",
    "şifre sıfırlama bağlantısı",
    "пароль временный не пришёл",
    "тимчасовий пароль не приходить",
    "临时密码过期了怎么办",
    "仮パスワードが届きません",
    "임시 비번이 안 와요",
    "login: ${USER} / ${PASS}",
    "account: <name> / <password>",
    "user: your_name / Your_Pass1",
    "login: admin@example.com / changeme",
    "username: %s\npassword: %s",
    "credentials: see vault / Team-Ops",
    "creds in 1Password / Shared2024",
    "user.name / User.Email are required",
    "users/alice/Documents2024/Report_final.docx",
    "accounts.google.com/signin/v2/Identifier",
    "HF_TOKEN=hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "import hf_transformersPipelineForQuestionAnsweringTasks",
    "tracking 4778 5086 3262 5625 07/28",
]


@pytest.mark.parametrize("text", SECRET)
def test_an_account_or_a_qualifier_before_a_password(text: str) -> None:
    assert "credentials" in find_sensitive(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_identifiers_labels_and_questions_are_harmless(text: str) -> None:
    assert not set(find_sensitive(text)) - {"contact"}


@pytest.mark.parametrize(
    "text",
    [
        "export HF_TOKEN=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",
        "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 in the notebook",
    ],
)
def test_a_key_of_letters_alone(text: str) -> None:
    assert "api_key" in find_sensitive(text)


@pytest.mark.parametrize("date", ["07/28", "07/2028", "11-29", "12 / 27"])
def test_a_card_with_its_date_behind_it(date: str) -> None:
    assert "card" in find_sensitive(f"held with 4111 1111 1111 1111 {date}, breakfast included")
