"""What is said when a lesson is read aloud."""

import pytest

from app.content.models import Practice, Prose, Question, QuestionKind, Step
from app.lessons.pronunciation import as_said
from app.lessons.spoken import sentences

QUESTION = Question(id="q", kind=QuestionKind.SHORT, prompt_html="Gọi số nào?", right=("113",))


def said(html: str, device: str = "", title: str = "Bài"):
    step = Step(slug="a", title=title, html=html, blocks=(Prose(html=html),))
    return sentences(step, device)[1:]


def test_the_title_comes_first_and_questions_are_not_said():
    blocks = (Prose(html="<p>Một.</p>"), Practice(question=QUESTION), Prose(html="<p>Hai.</p>"))
    step = Step(slug="a", title="Tắt máy", blocks=blocks)
    assert sentences(step) == ["Tắt máy.", "Một.", "Hai."]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<h2>Mở đầu</h2><p>Đọc <b>chậm</b> thôi!</p>", ["Mở đầu.", "Đọc chậm thôi!"]),
        ("<p>Một <br>hai</p>", ["Một.", "hai."]),
        ("<ul><li>Táo</li><li>Cam.</li></ul>", ["Táo.", "Cam."]),
        ("<ol><li>Mở máy</li><li><p>Bấm nút</p></li></ol>", ["1: Mở máy.", "2: Bấm nút."]),
        ('<ol start="3"><li>Ba</li></ol>', ["3: Ba."]),
        (
            "<ol><li>Mở:<ul><li>nút</li></ul></li><li>Xong</li></ol>",
            ["1: Mở:", "nút.", "2: Xong."],
        ),
        ('<p><img src="a.svg" alt="Nút nguồn ở cạnh phải"></p>', ["Hình: Nút nguồn ở cạnh phải."]),
        ('<p>Xem <img src="a.svg" alt=""> nhé</p>', ["Xem nhé."]),
        ("<pre><code>a = 1</code></pre><p>Gõ <code>1022</code>.</p>", ["Gõ 1022."]),
        ("<table><tr><th>Việc</th><th>Số</th></tr></table>", ["Việc, Số."]),
        ('<section lang="en"><p>Press <b>it</b></p></section><p>Bấm</p>', ["Bấm."]),
        ('<figure class="listen"><p>Tệp</p><details><p>a</p></details></figure>', []),
        ('<p>Rồi</p><section class="terms"><h2>Từ</h2><p>b</p></section>', ["Rồi."]),
        ("<p>1 &lt; 2 &amp; 3</p>", ["1 < 2 & 3."]),
        ("<p>Hết</p><h2>Câu hỏi luyện tập</h2>", ["Hết."]),
    ],
)
def test_prose_in_reading_order(html, words):
    assert said(html) == words


def test_of_two_machines_only_the_chosen_one_is_told():
    html = (
        '<section data-device="android"><p>Android</p></section>'
        '<section data-device="iphone"><p>Táo</p></section><p>Cả hai</p>'
    )
    assert said(html) == ["Android.", "Táo.", "Cả hai."]
    assert said(html, "iphone") == ["Táo.", "Cả hai."]


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Mở VNeID rồi nhập mã OTP.", "Mở vi en e ai đi rồi nhập mã ô tê pê."),
        ("Vào CH Play, không phải app lạ", "Vào xê hát pờ lây, không phải áp lạ"),
        ("Gọi 113 hoặc 1022.", "Gọi một một ba hoặc một không hai hai."),
        ("Máy 0905 123 456", "Máy không chín không năm một hai ba bốn năm sáu"),
        ("Ngày 05/02/2026", "Ngày 5 tháng 2 năm 2026"),
        ("từ 5–7 phút", "từ 5 đến 7 phút"),
        ("giá 113.000 đồng, 1130 người", "giá 113.000 đồng, 1130 người"),
        ("AINO, Zaloo", "AINO, Zaloo"),
    ],
)
def test_words_that_are_not_vietnamese_are_written_as_they_sound(written, spoken):
    assert as_said(written) == spoken
