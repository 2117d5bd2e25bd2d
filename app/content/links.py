"""Where links and images of a course file lead, and what is wrong with those that lead nowhere."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from app.content.images import problem_of, size_of
from app.content.markup import heading_id
from app.content.problems import Findings
from app.content.safe_html import Image, Recording

AUDIO = frozenset({".mp3", ".ogg", ".opus", ".m4a"})
IMAGES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})
SERVED = IMAGES | AUDIO | frozenset({".mp4", ".webm", ".vtt", ".pdf"})


def served_file(course: Path, relative: str) -> Path | None:
    """The file of a course that may be sent to a browser, or None.

    Never a Markdown file (it holds the answers), a hidden file, or one outside the course.
    """
    parts = relative.split("/")
    if "\\" in relative or "\0" in relative or any(not p or p.startswith(".") for p in parts):
        return None
    path = course / relative
    try:
        inside = path.resolve().is_relative_to(course.resolve())
        return path if inside and path.is_file() and _is_served(path) else None
    except OSError:
        return None


def is_served(name: str) -> bool:
    """Whether a file of this name may be sent to a browser."""
    return name[name.rfind(".") :].lower() in SERVED


def _is_served(path: Path) -> bool:
    # The real name counts as well: a link called a.png may point to a lesson.
    return is_served(path.name) and is_served(path.resolve().name)


@dataclass(frozen=True)
class CourseMap:
    """A course as links see it: `pages` are Markdown files, relative to it, with addresses;
    `tags` name the content of its other files."""

    folder: Path
    slug: str
    tags: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)

    def media_url(self, relative: str) -> str:
        """The address of a file; it changes with the file's content, so it may be kept for
        ever, and a new version of the course sends no picture again."""
        return f"/courses/{self.slug}/media/{quote(relative)}?v={self.tags.get(relative, '')}"


@dataclass(frozen=True)
class FileLinks:
    """The links of one file. `file` is relative to the course, `text` the whole file."""

    course: CourseMap
    file: str
    text: str
    findings: Findings

    def link(self, href: str, ids: frozenset[str]) -> str | None:
        """The address for the page; None with a problem noted when it leads nowhere."""
        if href.startswith("#"):
            return self._anchor(href[1:], ids)
        parts = urlsplit(href)
        if parts.scheme or parts.netloc or parts.path.startswith("/"):
            return href
        if not parts.path:
            self._missing(href, "Liên kết không có địa chỉ.", "Viết địa chỉ trong ngoặc tròn.")
            return None
        target = self._relative(parts.path)
        url = self.course.pages.get(target or "")
        if url is not None:
            return f"{url}#{heading_id(unquote(parts.fragment))}" if parts.fragment else url
        if target is not None and served_file(self.course.folder, target):
            return self.course.media_url(target)
        self._missing(
            href,
            f"Liên kết dẫn tới “{href}” mà khóa học không có.",
            "Sửa lại tên tệp, tính từ thư mục của bài này, hoặc bỏ liên kết.",
        )
        return None

    def image(self, src: str, alt: str | None) -> Image | None:
        """The image for the page; None with a problem noted when it cannot be shown."""
        if not (alt or "").strip():
            self.findings.warning(
                self._line_of(src),
                f"Hình “{src}” chưa có chữ thay thế.",
                "Viết ![hình cho thấy gì](tên-hình) để người không nhìn thấy hình cũng hiểu.",
            )
        parts = urlsplit(src)
        if parts.scheme or parts.netloc:
            self._outside(src)
            return None
        target = self._relative(parts.path)
        if target is None:
            self._outside(src)
            return None
        return self._image_file(src, target)

    def recording(self, src: str) -> Recording | None:
        """The recording for the page; None with a problem noted when it cannot be played."""
        parts = urlsplit(src)
        target = None if parts.scheme or parts.netloc else self._relative(parts.path)
        path = served_file(self.course.folder, target) if target else None
        if target is None or path is None or path.suffix.lower() not in AUDIO:
            self._missing(
                src,
                f"Không có tệp nghe “{src}”.",
                "Chép tệp (.mp3, .m4a, .ogg, .opus) vào khóa học, hoặc sửa tên.",
            )
            return None
        return Recording(self.course.media_url(target), path.stat().st_size)

    def formula(self, latex: str, reason: str) -> None:
        """Note a formula that cannot be shown."""
        shown = " ".join(latex.split())
        self.findings.error(
            self._line_of(latex.strip().split("\n")[0]),
            f"Công thức “{shown[:60]}” không dựng được: {reason}.",
            "Sửa công thức giữa hai dấu $; dấu $ thường thì viết \\$.",
        )

    def _image_file(self, src: str, target: str) -> Image | None:
        path = served_file(self.course.folder, target)
        if path is None or path.suffix.lower() not in IMAGES:
            self._missing(
                src,
                f"Không có hình “{src}”.",
                "Chép hình (.svg, .png, .jpg, .gif, .webp) vào khóa học, hoặc sửa tên.",
            )
            return None
        fault = problem_of(path)
        if fault:
            self._missing(src, f"Hình “{src}” {fault}.", "Xuất lại hình, chỉ giữ nét vẽ và chữ.")
            return None
        width, height = size_of(path) or (None, None)
        return Image(self.course.media_url(target), width, height)

    def _anchor(self, name: str, ids: frozenset[str]) -> str | None:
        name = unquote(name)
        for known in (name, heading_id(name)):
            if known in ids:
                return f"#{known}"
        self.findings.warning(
            self._line_of(f"#{name}"),
            f"Trong bài không có mục “#{name}”.",
            "Chép lại tiêu đề cần dẫn tới, viết thường, không dấu, nối bằng dấu gạch.",
        )
        return None

    def _relative(self, path: str) -> str | None:
        """The path relative to the course, or None when it leaves the course."""
        joined = posixpath.join(posixpath.dirname(self.file), unquote(path))
        target = posixpath.normpath(joined)
        return None if target.startswith(("../", "/")) or target == ".." else target

    def _outside(self, src: str) -> None:
        self._missing(
            src,
            f"Hình “{src}” nằm ngoài khóa học.",
            "Chép hình vào thư mục khóa học; trang không lấy gì từ nơi khác.",
        )

    def _missing(self, target: str, message: str, mend: str) -> None:
        self.findings.error(self._line_of(target), message, mend)

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def _line_of(self, target: str) -> int:
        for wanted in (target, unquote(target)):
            for number, line in enumerate(self._lines, 1):
                if wanted and wanted in line:
                    return number
        return 1
