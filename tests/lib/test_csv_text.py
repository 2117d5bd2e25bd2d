import codecs

import pytest

from app.lib.csv_text import CsvProblem, decoded, tables

TEXT = "Họ và tên;Ngày sinh\r\nNguyễn Thị Hòa;1961"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with bom", "utf-16 le", "utf-16 be"],
)
def test_unicode_is_read(data):
    assert decoded(data) == TEXT


def test_windows_1258_is_read_and_composed():
    # Its tones are letters of their own: "ễ" is "ê" and a tilde.
    assert decoded("Nguyê\u0303n Thi\u0323 Ho\u0300a".encode("cp1258")) == "Nguyễn Thị Hòa"


def test_decomposed_text_is_composed():
    assert decoded("Ho\u0300a".encode()) == "Hòa"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"a\x00b", "không phải bảng danh sách"),
        (b"H\xff\xd2 \x8a", "bảng mã"),
        (codecs.BOM_UTF16_LE + b"a", "bảng mã"),
    ],
    ids=["binary", "no known letters", "half a letter"],
)
def test_what_is_no_text_is_refused(data, told):
    with pytest.raises(CsvProblem, match=told):
        decoded(data)


def test_each_delimiter_is_tried():
    assert list(tables("a,b;c\td", 10)) == [
        [["a", "b;c\td"]],
        [["a,b", "c\td"]],
        [["a,b;c", "d"]],
    ]


def test_quotes_lines_within_cells_and_blank_lines_keep_their_place():
    commas = next(tables('"Hoa, Lan",1\r\n\r\n"hai\ndòng",2\r\n', 10))
    assert commas == [["Hoa, Lan", "1"], [], ["hai\ndòng", "2"]]


def test_an_open_quote_swallows_nothing_in_silence():
    with pytest.raises(CsvProblem, match="dòng 2 "):
        list(tables('Họ tên,Năm\n"Hoa,1961\nLan,1962\n', 10))


def test_readings_by_delimiters_not_meant_may_be_broken():
    assert list(tables('"Hoa";"1961"', 10)) == [[["Hoa", "1961"]]]


def test_the_commonest_delimiter_comes_first():
    assert next(tables("a;b;c,d", 10)) == [["a", "b", "c,d"]]


def test_too_many_lines_are_refused():
    with pytest.raises(CsvProblem, match="quá nhiều dòng"):
        list(tables("a\n" * 11, 10))
