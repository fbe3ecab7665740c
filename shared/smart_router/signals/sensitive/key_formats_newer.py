"""Further services' keys and tokens, among them formats that came up from 2023 on."""

from __future__ import annotations

_UUID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"

#: Literal beginning → what must follow it, as in `key_formats`.
NEWER: tuple[tuple[str, str], ...] = (
    # Models and agents.
    ("AQ.Ab8", r"AQ\.Ab8[A-Za-z0-9_-]{40,}"),
    ("ABSK", r"ABSK[A-Za-z0-9+/=]{100,}"),
    ("key_", r"key_[a-f0-9]{64,}"),
    ("pa-", r"pa-[A-Za-z0-9_-]{43}"),
    ("sess-", r"sess-[A-Za-z0-9]{40}"),
    ("e2b_", r"e2b_[a-f0-9]{40}"),
    ("rpa_", r"rpa_[A-Z0-9]{40,}"),
    ("apify_api_", r"apify_api_[A-Za-z0-9]{34,}"),
    ("ak-", r"ak-[A-Za-z0-9]{22}(?![A-Za-z0-9])"),
    ("as-", r"as-[A-Za-z0-9]{22}(?![A-Za-z0-9])"),
    ("luma-", rf"luma-{_UUID}"),
    ("sgp_", r"sgp_(?:[a-fA-F0-9]{16}_)?[a-fA-F0-9]{40}"),
    # Clouds and data.
    ("mdb_sa_sk_", r"mdb_sa_sk_[A-Za-z0-9_-]{36,}"),
    ("bce-v3/", r"bce-v3/ALTAK-[A-Za-z0-9]{21}/[0-9a-f]{40}"),
    ("AKLT", r"AKLT[A-Za-z0-9]{30,}"),
    ("t1.9eu", r"t1\.9eu[A-Za-z0-9_-]+={0,2}\.[A-Za-z0-9_-]{86}={0,2}"),
    ("vk1.a.", r"vk1\.a\.[A-Za-z0-9_-]{80,}"),
    ("sha256~", r"sha256~[A-Za-z0-9_-]{43}"),
    ("token-", r"token-[a-z0-9]{5}:[a-z0-9]{54}"),
    ("dor_v1_", r"dor_v1_[a-f0-9]{40,}"),
    *((f"cf{kind}_", rf"cf{kind}_[A-Za-z0-9]{{40,}}") for kind in ("ut", "at", "k")),
    *((f"dbt{kind}_", rf"dbt{kind}_[A-Za-z0-9_-]{{30,}}") for kind in "cu"),
    ("essu_", r"essu_[A-Za-z0-9+/=]{40,}"),
    *((f"hc{kind}_", rf"hc{kind}_[A-Za-z0-9]{{50,}}") for kind in ("aik", "alk", "xik", "xlk")),
    # Code, builds and packages.
    ("oy2", r"oy2[a-z0-9]{43}"),
    ("cio", r"cio[A-Za-z0-9]{32}(?![A-Za-z0-9])"),
    ("CCIPRJ_", r"CCIPRJ_[A-Za-z0-9_]{40,}"),
    *((f"bk{kind}_", rf"bk{kind}_[A-Za-z0-9]{{38,}}") for kind in ("ct", "aj")),
    *((f"nf{kind}_", rf"nf{kind}_[A-Za-z0-9]{{36,}}") for kind in "cou"),
    ("pnu_", r"pnu_[A-Za-z0-9]{36}"),
    ("waka_", rf"waka_{_UUID}"),
    ("rdme_", r"rdme_[a-z0-9]{60,}"),
    ("sdk-", rf"sdk-{_UUID}"),
    ("api-", rf"api-{_UUID}"),
    # Money, mail and messages.
    *((f"xox{kind}-", rf"xox{kind}-[A-Za-z0-9%-]{{20,}}") for kind in "cd"),
    ("oauth:", r"oauth:[a-z0-9]{30}(?![a-z0-9])"),
    ("live_", r"live_[A-Za-z0-9]{30,}"),
    ("rzp_live_", r"rzp_live_[A-Za-z0-9]{14}"),
    ("FLWSECK", r"FLWSECK(?:_TEST)?-[0-9a-z]{32}-X"),
    ("pat-", rf"pat-(?:na|eu|ap)[0-9]-{_UUID}"),
    ("dG9rO", r"dG9rO[A-Za-z0-9+/=]{40,}"),
    ("ATTA", r"ATTA[0-9a-fA-F]{60,}"),
    ("sk.eyJ", r"sk\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}"),
    ("secret-live-", r"secret-live-[A-Za-z0-9_=-]{36,}"),
    ("polar_", r"polar_(?:oat|pat|at_[uo])_[A-Za-z0-9]{40,}"),
)
