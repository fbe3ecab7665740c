"""Who may use Smart, and how Open WebUI writes it."""

from __future__ import annotations

import pytest

from smart_router.cli.access import Access, grants, in_words, merged, parse_access, same
from smart_router.cli.errors import UsageError

GROUPS = [{"id": "g1", "name": "Staff"}, {"id": "g2", "name": "Guests"}]
EVERYONE = {"principal_type": "user", "principal_id": "*", "permission": "read"}
STAFF = {"principal_type": "group", "principal_id": "g1", "permission": "read"}
ANNA = {"principal_type": "user", "principal_id": "anna", "permission": "read"}
EDITORS = {"principal_type": "group", "principal_id": "g2", "permission": "write"}


def test_the_three_choices_are_understood() -> None:
    assert parse_access("everyone") == Access("everyone")
    assert parse_access("admins") == Access("admins")
    assert parse_access("group: Staff ") == Access("group", "Staff")


@pytest.mark.parametrize("text", ["", "all", "group:", "Everyone", "group"])
def test_another_choice_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="everyone, admins or group:NAME"):
        parse_access(text)


def test_a_choice_becomes_open_webuis_grants() -> None:
    assert grants(Access("everyone"), GROUPS) == [EVERYONE]
    assert grants(Access("admins"), GROUPS) == []
    assert grants(Access("group", "Staff"), GROUPS) == [STAFF]


def test_an_unknown_group_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="no group 'Stuff' in Open WebUI; there is: Guests, Staff"):
        grants(Access("group", "Stuff"), GROUPS)


def test_changing_access_keeps_single_users_and_editors() -> None:
    present = [{**grant, "id": "x", "created_at": 1} for grant in (EVERYONE, STAFF, ANNA, EDITORS)]
    assert merged([], present) == [ANNA, EDITORS]
    assert merged([STAFF], present) == [STAFF, ANNA, EDITORS]


def test_grants_are_the_same_in_any_order() -> None:
    assert same([STAFF, ANNA], [{**ANNA, "id": "x"}, STAFF])
    assert not same([STAFF], [])


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ([], "administrators only"),
        ([EDITORS], "administrators only"),
        ([EVERYONE, STAFF], "everyone"),
        ([STAFF], "administrators and the group Staff"),
        (
            [STAFF, {**STAFF, "principal_id": "g2"}, ANNA],
            "administrators and the groups Guests, Staff and 1 single user",
        ),
    ],
)
def test_access_is_said_in_words(held: list[dict[str, str]], words: str) -> None:
    assert in_words(held, GROUPS) == words
