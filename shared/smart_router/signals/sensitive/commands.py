"""Passwords in command lines, addresses and headers."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote

from .haystack import Haystack, WordList
from .looks import is_notorious, is_placeholder, trimmed

_BUDGET = 200

#: Program → where its command line has a password. A value in quotes may hold spaces.
_VALUE = r"""["']?([^\s"'|;]{3,64})"""
_PAIR = re.compile(r"""\s(?:-u|--user|-a|--auth|-U|--proxy-user)[ =]?["']?[\w.@\\+-]{1,40}[:%]""" + _VALUE)
_GLUED = re.compile(r"""\s-p(?!assword|ort)["']?([^\s"'-][^\s"']{2,63})""")
_AFTER_P = re.compile(r"\s(?:-p|--password|-pw|-P|-w|--pass)[ =]" + _VALUE)
_SSHPASS = re.compile(r"sshpass\s+-p\s?" + _VALUE)
_AUTH = re.compile(r"\s(?:-a|--pass|--requirepass)[ =]" + _VALUE)
_NET_USE = re.compile(r"/user:\S{1,40}\s+" + _VALUE)
_PASSIN = re.compile(r"\s-pass(?:in|out|)\s+[\"']?pass:" + _VALUE)
_RDP = re.compile(r"\s/p:" + _VALUE)
_PROGRAMS: dict[str, tuple[re.Pattern[str], ...]] = {
    "curl": (_PAIR,),
    "wget": (_AFTER_P,),
    "http": (_PAIR,),
    "https": (_PAIR,),
    "smbclient": (_PAIR,),
    "sshpass": (_SSHPASS,),
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
    "openssl": (_PASSIN,),
    "xfreerdp": (_RDP,),
    "cmdkey": (re.compile(r"/pass:" + _VALUE),),
    "wifi": (re.compile(r"wifi:[^\n]{0,120}?[:;]p:([^;\n]{6,63});", re.IGNORECASE),),
    "nmcli": (re.compile(r"\spassword\s" + _VALUE),),
}
_PROGRAM_LIST = WordList(_PROGRAMS)
_HEADER_LIST = WordList(("basic",))
_BASIC = re.compile(r"basic\s{1,3}([a-z0-9+/]{8,200}={0,2})(?![a-z0-9])", re.IGNORECASE)
_USERINFO = re.compile(r"://([^\s/:@\"'<>]{0,64}):([^\s/@\"'<>]{3,96})@[\w.\[-]{2,}")


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
            found = _BASIC.match(hay.text, start, start + 220)
            user, _, password = _decoded(found[1]).partition(":") if found is not None else ("", "", "")
            if user and not is_placeholder(user) and _is_secret(password):
                return True
    return False


def _decoded(value: str) -> str:
    """The text that `value` is the base64 of; empty when it is none."""
    try:
        text = base64.b64decode(value + "=" * (-len(value) % 4), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
    return text if text.isprintable() else ""


def _is_secret(value: str) -> bool:
    return len(value) >= 3 and not is_placeholder(value) and not is_notorious(value)
