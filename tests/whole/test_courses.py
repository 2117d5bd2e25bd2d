"""The eight courses of the project: complete as they were promised, each for its own people."""

from collections.abc import Iterator

import pytest

from app.config import ROOT
from app.content.checker import check
from app.content.library import Library
from app.content.models import Course, Module, Practice, Prose, Question, Step, StepKind
from tests.shipped import COURSES, RENDERED

MODULES = {
    "c1-can-bo": (
        "Chuyển đổi số và vai trò của người cán bộ",
        "Xử lý văn bản, hồ sơ công việc và chữ ký số chuyên dùng công vụ",
        "Khai thác dữ liệu dùng chung, lập báo cáo bằng bảng tính",
        "Tiếp nhận, giải quyết dịch vụ công trực tuyến, hướng dẫn người dân",
        "An toàn thông tin và bảo vệ bí mật nhà nước",
        "Bảo vệ dữ liệu cá nhân trong công vụ",
        "Dùng trí tuệ nhân tạo có trách nhiệm",
        "Làm Đại sứ số: kèm 5 người",
    ),
    "c2-hoc-sinh-sinh-vien": (
        "Tìm kiếm và kiểm chứng thông tin",
        "Học tập và làm việc nhóm trực tuyến",
        "Tạo nội dung số và tôn trọng bản quyền",
        "Mật khẩu, quyền riêng tư và dấu vết số",
        "Bắt nạt, dụ dỗ, lừa đảo trên mạng: cách ứng xử và nơi trợ giúp",
        "Sức khỏe số",
        "Trí tuệ nhân tạo trong học tập: dùng đúng, trích dẫn đúng",
        "Hướng dẫn ông bà, cha mẹ dùng VNeID",
    ),
    "c3-nguoi-lao-dong": (
        "Điện thoại và máy tính trong công việc",
        "Trao đổi, họp và lưu trữ trực tuyến",
        "Bảng tính, biểu mẫu và ghi chép sản xuất số",
        "Hóa đơn, thanh toán và ngân hàng điện tử",
        "VssID/VNeID, bảo hiểm và thuế cá nhân trên mạng",
        "Truy xuất nguồn gốc, bán hàng và chăm sóc khách hàng trên mạng",
        "An toàn thông tin nơi làm việc",
        "Trí tuệ nhân tạo giúp việc hằng ngày",
    ),
    "c4-nguoi-dan": (
        "Làm quen điện thoại thông minh và mạng Internet",
        "Cài đặt, kích hoạt và dùng VNeID",
        "Nộp hồ sơ trên Cổng Dịch vụ công quốc gia",
        "Thanh toán không dùng tiền mặt",
        "Mua sắm trực tuyến an toàn",
        "Nhận biết và phòng tránh lừa đảo trên mạng",
        "Bảo vệ thông tin cá nhân, kiểm chứng tin tức",
        "Hỏi trợ lý trí tuệ nhân tạo đúng cách",
    ),
    "c5-nguoi-cao-tuoi": (
        "Bật, tắt, chỉnh chữ to và âm lượng",
        "Gọi điện, gọi hình với con cháu",
        "Nhắn tin, xem ảnh, nghe đài",
        "VNeID, thẻ bảo hiểm y tế và lương hưu, trợ cấp qua tài khoản",
        "Đặt lịch khám và sổ sức khỏe điện tử",
        "Năm câu hỏi trước khi chuyển tiền",
        "Gọi ai khi gặp sự cố: tổng đài 1022, công an, ngân hàng",
    ),
    "c6-nguoi-khuyet-tat": (
        "Bật tính năng trợ năng: đọc màn hình, phóng to, phụ đề, điều khiển giọng nói",
        "Giao tiếp và gọi trợ giúp khẩn cấp",
        "VNeID và dịch vụ công với công nghệ trợ giúp",
        "Chế độ trợ cấp, bảo hiểm và hồ sơ trên mạng",
        "Thanh toán an toàn, nhờ người hỗ trợ mà không lộ mật khẩu",
        "Học tập, việc làm và bán hàng trực tuyến",
        "Phòng tránh lừa đảo",
    ),
    "c7-dan-toc-thieu-so": (
        "Chiếc điện thoại giúp gì cho gia đình",
        "Bắt sóng, wifi nhà làng và tiết kiệm dữ liệu",
        "VNeID và giấy tờ của gia đình",
        "Làm thủ tục tại thôn cùng Tổ công nghệ số cộng đồng",
        "Nhận tiền hỗ trợ, gửi tiền qua tài khoản",
        "Xem thời tiết, cảnh báo sạt lở, giá nông sản",
        "Không nghe lời người lạ: lừa đảo, tin xấu độc",
        "Giữ tiếng nói, chữ viết và sản phẩm quê mình trên mạng",
    ),
    "c8-cho-so-nong-thon-so": (
        "Tạo mã QR và nhận tiền an toàn",
        "Nhận biết chuyển khoản giả, ghi sổ thu chi trên điện thoại",
        "Chụp ảnh, viết mô tả sản phẩm",
        "Mở gian hàng trên mạng xã hội và sàn thương mại điện tử",
        "Đóng gói, giao hàng, đổi trả và chăm sóc khách",
        "Nguồn gốc, nhãn hàng và sản phẩm OCOP",
        "Hóa đơn điện tử và thuế hộ kinh doanh",
        "Trí tuệ nhân tạo giúp bán hàng, xem giá và thời tiết",
    ),
}
SKILLS = {"K1", "K2", "K3", "K4", "K5"}
WITH_DRILLS = ("c2-", "c4-", "c5-", "c7-")

_SCENE = '<figure class="scene'
_library = Library(COURSES, RENDERED)


@pytest.fixture(params=sorted(MODULES))
def course(request: pytest.FixtureRequest) -> Course:
    """Each of the eight in turn."""
    found = _library.course(request.param)
    assert found is not None
    return found


def _lessons(course: Course) -> Iterator[Step]:
    return (step for step in course.steps if step.kind is StepKind.LESSON)


def _final_test(course: Course) -> Step:
    (test,) = (step for step in course.steps if step.kind is StepKind.TEST)
    return test


def _asked_apart_from_scenes(lesson: Step) -> Iterator[Question]:
    """The practice of a lesson without the questions that answer a scene of a drill."""
    in_scene = False
    for block in lesson.blocks:
        if isinstance(block, Prose):
            in_scene = block.html.rstrip().endswith("</figure>") and _SCENE in block.html
        elif isinstance(block, Practice) and not in_scene:
            yield block.question


def test_there_are_these_eight_and_all_are_published() -> None:
    assert {course.slug for course in _library.courses() if course.published} == MODULES.keys()


def test_modules_bear_the_titles_that_were_agreed(course: Course) -> None:
    taught = [module for module in course.modules if any(_lessons_of(module))]
    assert tuple(module.title for module in taught) == MODULES[course.slug]


def _lessons_of(module: Module) -> list[Step]:
    return [step for step in module.steps if step.kind is StepKind.LESSON]


def test_each_module_has_three_to_five_practice_questions(course: Course) -> None:
    counts = {
        module.title: sum(len(list(_asked_apart_from_scenes(step))) for step in lessons)
        for module in course.modules
        if (lessons := _lessons_of(module))
    }
    assert {title: count for title, count in counts.items() if not 3 <= count <= 5} == {}


def test_the_final_test_has_a_large_pool_tagged_by_skill(course: Course) -> None:
    test = _final_test(course)
    assert len(test.questions) >= 40
    skills = {question.skill for question in test.questions}
    assert skills == set(course.skills) == SKILLS
    assert test.test is not None
    assert test.test.draw.keys() == skills
    lessons = {step.slug for step in _lessons(course)}
    assert {question.lesson for question in test.questions} <= lessons


def test_every_question_is_explained(course: Course) -> None:
    silent = [
        question.id
        for step in course.steps
        for question in step.questions
        if not question.explanation_html.strip()
    ]
    assert silent == []


def test_no_practice_question_stands_in_the_pool(course: Course) -> None:
    pool = {question.prompt_html for question in _final_test(course).questions}
    practised = {question.prompt_html for step in _lessons(course) for question in step.questions}
    assert pool & practised == set()


@pytest.mark.parametrize("slug", ["c4-nguoi-dan", "c5-nguoi-cao-tuoi"])
def test_the_five_skills_of_a_citizen_are_taught(slug: str) -> None:
    course = _library.course(slug)
    assert course is not None
    taught = {step.skill for step in _lessons(course)}
    practised = {question.skill for step in _lessons(course) for question in step.questions}
    assert taught | practised >= SKILLS


def test_pictures_are_drawn_shown_and_told(course: Course) -> None:
    drawn = {path.name for path in (COURSES / course.slug).rglob("*.svg")}
    html = " ".join(step.html for step in course.steps) + course.overview_html
    shown = {name for name in drawn if f"/{name}" in html}
    assert drawn - shown == set()
    assert len(shown) >= 4
    assert html.count("<img") == html.count(' alt="') - html.count(' alt=""')


def test_a_practical_can_be_observed_and_stands_for_the_test(course: Course) -> None:
    (practical,) = (step for step in course.steps if step.kind is StepKind.PRACTICAL)
    assert len(practical.items) >= 5
    assert practical.instead_of in (None, _final_test(course).slug)


@pytest.mark.parametrize("slug", [slug for slug in MODULES if slug.startswith(WITH_DRILLS)])
def test_a_scam_is_practised_scene_by_scene(slug: str) -> None:
    course = _library.course(slug)
    assert course is not None
    drills = [step for step in _lessons(course) if step.html.count(_SCENE) >= 3]
    assert drills
    for step in drills:
        assert len(step.questions) >= step.html.count(_SCENE)


def test_lessons_take_five_to_eight_minutes(course: Course) -> None:
    minutes = {step.slug: step.minutes for step in _lessons(course)}
    assert {slug: count for slug, count in minutes.items() if not 5 <= count <= 8} == {}
    # whether the minutes are those of its words, at the course's pace, is among the remarks below
    assert "\npace: " in (COURSES / course.slug / "course.md").read_text("utf-8")


def test_steps_for_two_kinds_of_machine_stand_apart(course: Course) -> None:
    devices = {
        name for step in course.steps for name in ("android", "iphone")
        if f'data-device="{name}"' in step.html
    }  # fmt: skip
    assert devices == {"android", "iphone"}


def test_one_lesson_speaks_to_several_groups() -> None:
    course = _library.course("c4-nguoi-dan")
    assert course is not None
    step = course.step("bay-chieu-hay-gap")
    assert step is not None
    assert step.html.count('class="for"') == 3


def test_those_who_listen_get_the_voice_first() -> None:
    first = {course.slug for course in _library.courses() if course.listen_first}
    assert first == {"c7-dan-toc-thieu-so"}


def test_who_followed_a_lesson_that_was_split_keeps_its_credit() -> None:
    for slug, old, new in (
        ("c4-nguoi-dan", "cac-chieu-hay-gap", {"bay-chieu-hay-gap", "tap-voi-chuyen-gia"}),
        ("c5-nguoi-cao-tuoi", "tap-tu-choi", {"bon-cau-tu-choi", "tap-voi-chuyen-gia"}),
    ):
        course = _library.course(slug)
        assert course is not None
        assert course.credited(frozenset({old})) == new


def test_the_checker_has_nothing_to_say() -> None:
    assert [str(problem) for problem in check(ROOT / "courses")] == []
