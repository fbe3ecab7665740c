"""A table fails with every text that was judged wrongly, and with what was found in it."""

from __future__ import annotations

import pytest

from .judged import assert_each, at_most, exactly, has, lacks

SECRET = "wifi password: Tr0ub4dor&3x"
CONTACT = "mail me at olga.petrova@mail.ru"


def test_a_table_fails_with_each_text_that_is_wrong() -> None:
    with pytest.raises(AssertionError) as failed:
        assert_each([SECRET, "a bridge", CONTACT], has("credentials"))
    told = str(failed.value)
    assert "'a bridge': ()" in told
    assert f"{CONTACT!r}: ('contact',)" in told
    assert SECRET not in told


def test_a_table_without_a_text_fails() -> None:
    with pytest.raises(AssertionError):
        assert_each([], at_most())


def test_what_is_right() -> None:
    found = ("contact", "credentials")
    assert has("contact")(found)
    assert not has("card")(found)
    assert lacks("card")(found)
    assert not lacks("contact")(found)
    assert at_most("contact", "credentials", "card")(found)
    assert not at_most("contact")(found)
    assert at_most()(())
    assert exactly("contact", "credentials")(found)
    assert not exactly("contact")(found)
