import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib.hashing import canonical_json, digest, keyed

leaves = st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8"))
keys = st.text("abcđễ", max_size=5)
data = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(keys, inner))


def test_known_hashes():
    # RFC 4231, test case 2; FIPS 180-2, "abc"
    assert keyed("Jefe", "what do ya want for nothing?").startswith("5bdcc146bf60754e6a042426")
    assert digest("abc").startswith("ba7816bf8f01cfea414140de5dae2223")


def test_another_secret_gives_another_hash_and_no_secret_none():
    assert keyed("one", "0905123456") != keyed("two", "0905123456")
    with pytest.raises(ValueError, match="secret"):
        keyed("", "0905123456")


def test_the_written_form_is_sorted_close_and_composed():
    decomposed = unicodedata.normalize("NFD", "Hòa")
    assert canonical_json({"b": (1, 4.0, None), "a": decomposed}) == '{"a":"Hòa","b":[1,4,null]}'
    assert canonical_json({"giờ": 1.5, "đạt": True}) == '{"giờ":1.5,"đạt":true}'


@given(data)
def test_the_written_form_reads_back_and_is_written_alike_again(value):
    text = canonical_json(value)
    assert canonical_json(json.loads(text)) == text
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("value", [float("nan"), [float("inf")], {"é": 1, "e\u0301": 2}])
def test_what_has_no_one_form_is_refused(value):
    with pytest.raises(ValueError, match=r"."):
        canonical_json(value)


@pytest.mark.parametrize("value", [{1: 2}, {"a": {1, 2}}, b"x", object()])
def test_other_types_are_refused(value):
    with pytest.raises(TypeError):
        canonical_json(value)
