"""What new files of a course begin with: a form to fill in, in which nothing is wrong yet."""

from app.authoring.front_lines import quoted
from app.lib.messages import message

_STEPS = {
    "lesson": "minutes: 5\n",
    "test": "kind: test\nminutes: 10\npass: 80\n",
    "practical": "kind: practical\nminutes: 10\n",
}


def course_text(title: str, summary: str, code: str, audience: tuple[str, ...], author: str) -> str:
    """`course.md` of a new course."""
    groups = ", ".join(audience)
    return (
        f"---\ntitle: {quoted(title)}\nsummary: {quoted(summary)}\ncode: {quoted(code)}\n"
        f"audience: [{groups}]\nhours: 1\nauthor: {quoted(author)}\nstatus: draft\n---\n"
        f"{summary}\n"
    )


def module_text(title: str) -> str:
    """`module.md` of a new module."""
    return f"---\ntitle: {quoted(title)}\n---\n"


def step_text(title: str, kind: str) -> str:
    """A new lesson, test or practical."""
    return f"---\ntitle: {quoted(title)}\n{_STEPS[kind]}---\n{_BODIES[kind]}"


_BODIES = {
    "lesson": str(message("Viết nội dung bài ở đây.\n")),
    "test": str(
        message(
            "### ? Câu hỏi thứ nhất {#cau-1}\n- [x] Ý đúng\n- [ ] Ý sai\n> Giải thích vì sao.\n"
        )
    ),
    "practical": str(message("- [ ] Việc thứ nhất người học tự tay làm {#viec-1}\n")),
}
