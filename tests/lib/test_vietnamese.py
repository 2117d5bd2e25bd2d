import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib.vietnamese import fold, given_name, nfc, sort_key, tidy_name, titled

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯ" + "àảãáạằẳẵắặầẩẫấậòỏõóọộợựữụỹỳ" + "ŏĕŭƀ"
words = st.text(VIETNAMESE + "'", min_size=1, max_size=8)
names = st.lists(words, min_size=1, max_size=5).map(" ".join)


def nfd(text):
    return unicodedata.normalize("NFD", text)


def in_order(*texts):
    keys = [sort_key(text) for text in texts]
    return keys == sorted(keys) and len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng  Thị\tHoà ", "dang thi hoa"),
        ("Hòa", "hoa"),
        ("NGUYỄN THỊ PHƯỢNG", "nguyen thi phuong"),
        ("Zơrâm ŏ ĕ ŭ ƀ", "zoram o e u b"),
        ("Bh’riu", "bh'riu"),
        ("Phường\u00a0Bàn\u200bThạch", "phuong banthach"),
        ("", ""),
    ],
)
def test_folds_to_plain_letters(text, folded):
    assert fold(text) == folded
    assert fold(nfd(text)) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(names)
def test_folded_vietnamese_is_plain_ascii_in_either_form(name):
    assert fold(name).isascii()
    assert fold(name) == fold(nfd(name)) == fold(name.upper())


def test_both_tone_placements_are_found_and_sorted_as_one():
    assert fold("Hòa Khuê") == fold("Hoà Khuê")
    assert sort_key("Trần Hòa") == sort_key("Trần Hoà")


def test_letters_stand_in_the_order_of_the_alphabet():
    assert in_order(*"aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")


def test_tones_stand_in_their_order_after_the_letters():
    assert in_order("ma", "mà", "mả", "mã", "má", "mạ", "man")
    assert in_order("An", "Án", "Anh", "Ánh", "Ân", "Ấn")


def test_given_name_decides_before_family_and_middle_names():
    assert in_order("Trần Văn An", "Nguyễn Thị Bình", "Lê Anh Cường")
    assert in_order("Lê Văn Hoa", "Nguyễn Hoa", "Nguyễn Anh Hoa", "Nguyễn Thị Hoa", "Trần Hoa")
    assert in_order("Trần Hoa", "An Hòa")


def test_names_of_the_mountains_have_their_place():
    assert in_order("Coor Lắc", "Bh'riu Liếc", "Jơ Ngây", "Y Zơrâm", "Alăng Zuôih")
    assert in_order("O", "Ô", "Ơ", "Ŏ", "P")
    assert in_order("B", "Ƀ", "C")


def test_digits_stand_before_letters_and_foreign_letters_after_them():
    assert in_order("1", "2", "A", "Z", "Ω")


@given(names, names)
def test_sort_keys_compare_alike_as_text_and_as_bytes(one, other):
    first, second = sort_key(one), sort_key(other)
    assert (first < second) == (first.encode() < second.encode())


@given(st.text())
def test_a_sort_key_is_digits_and_small_letters_in_either_form(text):
    assert set(sort_key(text)) <= set("0123456789abcdefghijklmnopqrstuvwxyz")
    assert sort_key(text) == sort_key(nfd(text))


@given(words, words, words)
def test_a_longer_word_never_slips_before_its_beginning(word, more, family):
    key, longer = sort_key(f"{family} {word}"), sort_key(f"{family} {word}a{more}")
    assert key < longer


def test_case_and_apostrophes_do_not_count_in_order():
    assert sort_key("BH'RIU LIẾC") == sort_key("Bh’riu Liếc") == sort_key("Bhriu liếc")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Nguyễn   Thị\tHoa \n", "Nguyễn Thị Hoa"),
        (nfd("Nguyễn Thị Hoà"), "Nguyễn Thị Hoà"),
        ("Bh‘riu Liếc", "Bh’riu Liếc"),
        ("Bh'riu Liếc", "Bh'riu Liếc"),
        ("Y Zơrâm", "Y Zơrâm"),
        ("Anna-Maria Đ. Hoa", "Anna-Maria Đ. Hoa"),
        ("\u200bHoa\x00", "Hoa"),
        ("Coor Lŏc Ƀing", "Coor Lŏc Ƀing"),
        ("Hoa", "Hoa"),
    ],
)
def test_a_name_is_tidied_and_keeps_its_spelling(typed, stored):
    assert tidy_name(typed) == stored


def test_a_name_of_eighty_letters_is_taken_in_decomposed_unicode_too():
    name = "Nguyễn'" + "ễ" * 73
    assert tidy_name(nfd(name)) == name
    with pytest.raises(ValueError, match="dài 81 ký tự"):
        tidy_name(nfd(name) + "a")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Chưa có họ và tên"),
        ("  \u200b ", "Chưa có họ và tên"),
        (" .-' ", "Chưa có họ và tên"),
        ("Hoa 2", "“2”"),
        ("Hoa@", "“@”"),
        ("<b>Hoa</b>", "“<”"),
        ("Hoa, Lan", "“,”"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_the_reason(typed, told):
    with pytest.raises(ValueError, match=told):
        tidy_name(typed)


@given(names)
def test_tidying_twice_changes_nothing(name):
    once = tidy_name("a" + name)
    assert tidy_name(once) == once == nfc(once)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("NGUYỄN THỊ HOA", "Nguyễn Thị Hoa"),
        ("nguyễn  thị hoa", "Nguyễn Thị Hoa"),
        (nfd("ĐẶNG ĐÌNH ĐỨC"), "Đặng Đình Đức"),
        ("BH'RIU LIẾC", "Bh'riu Liếc"),
        ("BH’RIU LIẾC", "Bh’riu Liếc"),
        ("Y ZƠRÂM", "Y Zơrâm"),
        ("ANNA-MARIA T.HOA", "Anna-Maria T.Hoa"),
        ("Tr'Hy La Êê", "Tr'Hy La Êê"),
        ("Nguyễn thị Hoa", "Nguyễn thị Hoa"),
        ("", ""),
    ],
)
def test_capitals_of_rosters_become_capitals_of_names(typed, told):
    assert titled(typed) == told


def test_the_given_name_is_the_last_word():
    assert given_name("Nguyễn Thị Hoa ") == "Hoa"
    assert given_name("Hoa") == "Hoa"
    assert given_name("  ") == ""
