from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib.ids import (
    CODE_ALPHABET,
    is_code,
    normalise_code,
    operation_id,
    read_operation_id,
    row_id,
    verification_code,
    weak_pin,
)

codes = st.builds(verification_code)


def test_operation_ids_are_new_each_time_and_read_back():
    ids = {operation_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(read_operation_id(an_id) == an_id for an_id in ids)


def test_a_client_may_write_its_id_with_hyphens_and_capitals():
    made = uuid4()
    assert read_operation_id(str(made).upper()) == made.hex


@pytest.mark.parametrize("text", ["", "1", "x" * 32, "a" * 31, "a" * 33, "{" + "a" * 32 + "}"])
def test_what_is_no_operation_id_is_refused(text):
    with pytest.raises(ValueError, match="Mã thao tác"):
        read_operation_id(text)


def test_codes_are_ten_clear_characters_and_differ():
    made = [verification_code() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert all(len(code) == 10 and set(code) <= set(CODE_ALPHABET) for code in made)
    assert not set("0O1ILU") & set(CODE_ALPHABET)


@given(codes)
def test_a_code_is_known_however_it_is_typed(code):
    assert is_code(code)
    assert normalise_code(f" {code[:5].lower()}-{code[5:]}\n") == code


@given(codes, st.integers(0, 9), st.sampled_from(CODE_ALPHABET))
def test_one_wrong_character_is_caught(code, place, wrong):
    typed = code[:place] + wrong + code[place + 1 :]
    assert is_code(typed) == (typed == code)


@given(codes, st.integers(0, 9), st.integers(0, 9))
def test_two_swapped_characters_are_caught(code, one, other):
    typed = list(code)
    typed[one], typed[other] = typed[other], typed[one]
    assert is_code("".join(typed)) == ("".join(typed) == code)


@given(st.text(max_size=12))
def test_other_text_is_no_code(text):
    assert not is_code(text) or len(text) == 10


@pytest.mark.parametrize(
    ("pin", "told"),
    [
        ("", "đúng 6 chữ số"),
        ("12345", "đúng 6 chữ số"),
        ("1234567", "đúng 6 chữ số"),
        ("12a456", "đúng 6 chữ số"),
        ("٣٨٥٢٩١", "đúng 6 chữ số"),
        ("000000", "lặp lại"),
        ("121212", "lặp lại"),
        ("258258", "lặp lại"),
        ("112233", "lặp lại"),
        ("111222", "lặp lại"),
        ("123456", "dãy số liền"),
        ("654321", "dãy số liền"),
        ("567890", "dãy số liền"),
        ("098765", "dãy số liền"),
    ],
)
def test_a_pin_that_is_easily_guessed_is_refused_with_the_reason(pin, told):
    assert told in weak_pin(pin)


@pytest.mark.parametrize("pin", ["385291", "150361", "123457", "001945", "246813"])
def test_other_pins_are_taken(pin):
    assert weak_pin(pin) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("2147483647", 2147483647),
        ("2147483648", 0),
        ("9" * 5000, 0),
        ("-1", 0),
        ("٣", 0),
        ("x", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_a_row_is_named_by_a_number_that_a_column_takes(text, number):
    assert row_id(text) == number
