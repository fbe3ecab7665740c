"""Passwords in command lines, addresses and headers."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote

from ...lazily import lazily
from .haystack import Haystack, WordList
from .looks import is_notorious, is_placeholder, trimmed

_BUDGET = 200

#: Program → where its command line has a password. A value in quotes may hold spaces.
_VALUE = r"""["']?([^\s"'|;]{3,64})"""
_PAIR = lazily(r"""\s(?:-u|--user|-a|--auth|-U|--proxy-user)[ =]?["']?[\w.@\\+-]{1,40}[:%]""" + _VALUE)
_GLUED = lazily(r"""\s-p(?!assword|ort)["']?([^\s"'-][^\s"']{2,63})""")
_AFTER_P = lazily(r"\s(?:-p|--password|-pw|-P|-w|--pass)[ =]" + _VALUE)
_SSHPASS = lazily(r"sshpass\s+-p\s?" + _VALUE)
_AUTH = lazily(r"\s(?:-a|--pass|--requirepass)[ =]" + _VALUE)
_NET_USE = lazily(r"/user:\S{1,40}\s+" + _VALUE)
_PASSIN = lazily(r"\s-pass(?:in|out|)\s+[\"']?pass:" + _VALUE)
_RDP = lazily(r"\s/p:" + _VALUE)
_PROGRAMS: dict[str, tuple[re.Pattern[str], ...]] = {
    "curl": (_PAIR,),
    "wget": (_AFTER_P,),
    "http": (_PAIR,),
    "https": (_PAIR,),
    "smbclient": (_PAIR,),
    "sshpass": (_SSHPASS,),
    "ssh": (
        lazily(
            r"\s[\w.-]{1,32}@[\w.-]{2,60}\s(?:with|using|mit|avec|con|com|met|med|z|с|з)\s(?:pass\w*\s|pw\s)?"
            r"((?=\S*[0-9])(?=\S*[A-Z_!#$%&*+])[^\s\"';|/]{6,64})"
        ),
    ),
    "mysql": (_GLUED,),
    "mysqldump": (_GLUED,),
    "mysqladmin": (_GLUED,),
    "mariadb": (_GLUED,),
    "mongo": (_AFTER_P,),
    "mongosh": (_AFTER_P,),
    "mongodump": (_AFTER_P,),
    "mongorestore": (_AFTER_P,),
    "sqlcmd": (_AFTER_P,),
    "ldapsearch": (_AFTER_P,),
    "plink": (_AFTER_P,),
    "mosquitto_pub": (_AFTER_P,),
    "mosquitto_sub": (_AFTER_P,),
    "docker login": (_AFTER_P,),
    "podman login": (_AFTER_P,),
    "az login": (_AFTER_P,),
    "helm registry login": (_AFTER_P,),
    "redis-cli": (_AUTH,),
    "redis-server": (_AUTH,),
    "net use": (_NET_USE,),
    "openssl": (_PASSIN, lazily(r"\s-k\s+" + _VALUE)),
    "xfreerdp": (_RDP,),
    "net user": (lazily(r"user\s+[\w.-]{1,40}\s+([^\s/*<][^\s]{3,63})"),),
    "htpasswd": (lazily(r"\s-[a-zA-Z]*b[a-zA-Z]*\s+\S{1,80}\s+\S{1,40}\s+" + _VALUE),),
    "wpa_passphrase": (lazily(r"\s+[\"']?[^\s\"']{1,32}[\"']?\s+" + _VALUE),),
    "convertto-securestring": (
        lazily(r"\s(?:-String\s+)?[\"']([^\"'$\s][^\"'\s]{2,63})[\"']", re.IGNORECASE),
    ),
    "jdbc:oracle": (lazily(r":[\w$#]{1,30}/([^\s/@\"']{3,64})@"),),
    "sqlplus": (lazily(r"\s[\w$#]{1,30}/([^\s/@\"']{3,64})@"),),
    "lftp": (lazily(r"\s-u\s?[\"']?[\w.@-]{1,40}," + _VALUE),),
    "echo": (lazily(r"echo(?: -n)?\s+[\"']?([^\s\"'|$]{4,64})[\"']?\s*\|\s*(?:sudo\s+-S|passwd|kinit)"),),
    "cmdkey": (lazily(r"/pass:" + _VALUE),),
    "wifi": (lazily(r"wifi:[^\n]{0,120}?[:;]p:([^;\n]{6,63});", re.IGNORECASE),),
    "nmcli": (lazily(r"\spassword\s" + _VALUE),),
}
_PROGRAM_LIST = WordList(_PROGRAMS)
_HEADER_LIST = WordList(("basic", "cookie"))
#: A session that somebody is logged in with.
_COOKIE = lazily(r"cookie[\"']?: ?[\"']?[^\n]{0,200}?=([A-Za-z0-9%._~+/-]{20,200})", re.IGNORECASE)
#: A line of .pgpass: host:port:database:user:password.
_PGPASS = lazily(r"[\w.*-]{1,80}:(?:[0-9]{4,5}|\*):[\w*-]{1,40}:[\w*.@-]{1,40}:(\S{4,64})")
_PORTS = (":5432:", ":5433:", ":6432:", ":3306:", ":*:")
_BASIC = lazily(r"basic\s{1,3}([a-z0-9+/]{8,200}={0,2})(?![a-z0-9])", re.IGNORECASE)
_USERINFO = lazily(r"://([^\s/:@\"'<>]{0,64}):([^\s/@\"'<>]{3,96})@[\w.\[-]{2,}")


def has_command_secret(hay: Haystack) -> bool:
    """A password handed to a program on its command line."""
    for program, start, _ in _PROGRAM_LIST.spots(hay, begins=bool):
        line = hay.text[start : start + 300].replace("\\\n", " ").split("\n", 1)[0]
        for pattern in _PROGRAMS[program]:
            found = pattern.search(line)
            if found is not None and len(trimmed(found[1])) >= 4 and _is_secret(found[1]):
                return True
    return False


def has_address_secret(hay: Haystack) -> bool:
    """`scheme://user:password@host`."""
    start = hay.text.find("://")
    for _ in range(_BUDGET):
        if start < 0:
            return False
        found = _USERINFO.match(hay.text, start, start + 260)
        if found is not None and _is_secret(unquote(found[2])) and found[2] != found[1]:
            return True
        start = hay.text.find("://", start + 3)
    return False


def has_header_secret(hay: Haystack) -> bool:
    """`Basic` and the base64 of `user:password`."""
    for word in _HEADER_LIST.possible(hay):
        for start in hay.beginnings(word, _BUDGET):
            if word == "cookie":
                session = _COOKIE.match(hay.text, start, start + 420)
                if session is not None and _is_session(session[1]):
                    return True
                continue
            found = _BASIC.match(hay.text, start, start + 220)
            user, _, password = _decoded(found[1]).partition(":") if found is not None else ("", "", "")
            if user and not is_placeholder(user) and _is_secret(password):
                return True
    return False


def has_file_secret(hay: Haystack) -> bool:
    """A line of PostgreSQL's file of passwords."""
    for port in _PORTS:
        start = hay.text.find(port)
        for _ in range(_BUDGET):
            if start < 0:
                break
            first = max(max(hay.text.rfind(c, max(0, start - 80), start) for c in " \n\t\"'`") + 1, 0)
            found = _PGPASS.match(hay.text, first, start + 200)
            if found is not None and _is_secret(found[1]):
                return True
            start = hay.text.find(port, start + 1)
    return False


def _is_session(value: str) -> bool:
    """Twenty signs with enough letters and digits among them: no version, and no visitor's number."""
    digits = sum(map(str.isdigit, value))
    return digits >= 3 and sum(map(str.isalpha, value)) >= 8 and len(set(value)) >= 10


def _decoded(value: str) -> str:
    """The text that `value` is the base64 of; empty when it is none."""
    try:
        text = base64.b64decode(value + "=" * (-len(value) % 4), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
    return text if text.isprintable() else ""


def _is_secret(value: str) -> bool:
    return len(value) >= 3 and not is_placeholder(value) and not is_notorious(value)
