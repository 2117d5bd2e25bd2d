"""Pictures of any camera as small WebP files without what they tell of place and person."""

import io
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from app.authoring.problems import StudioProblem
from app.content.images import problem_of
from app.lib.messages import message

LARGEST = 60 * 1024  # bytes of a picture as learners load it
LARGEST_SVG = 200 * 1024
MOST_PIXELS = 40_000_000  # a telephone's camera makes 12 to 50 million; decoded 4 bytes each
WIDEST = 1280
_FORMATS = ("PNG", "JPEG", "WEBP")
_QUALITIES = (80, 65, 50, 35)
_SMOOTH = ("RGB", "RGBA", "L", "LA")  # what can be made smaller without counting colours
_SMALLER = 0.75
_NARROWEST = 200


@dataclass(frozen=True)
class Picture:
    """A picture ready for a course. `suffix`: ".webp" or ".svg"."""

    data: bytes
    suffix: str


def prepared(data: bytes) -> Picture:
    """A PNG, JPEG or WebP as WebP of at most LARGEST bytes, a harmless SVG as it is.

    Raises StudioProblem.
    """
    if _looks_like_svg(data):
        return _drawing(data)
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return Picture(_shrunk(data), ".webp")
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise _too_large() from error
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
            raise StudioProblem(
                message("Không đọc được hình này. Hãy gửi tệp PNG, JPEG, WebP hoặc SVG.")
            ) from error


def _looks_like_svg(data: bytes) -> bool:
    return b"<svg" in data[:4096].lower() and data.lstrip()[:1] in (b"<", b"\xef")


def _drawing(data: bytes) -> Picture:
    if len(data) > LARGEST_SVG:
        raise StudioProblem(message("Hình SVG lớn hơn 200 KB. Hãy xuất lại cho gọn hơn."))
    with tempfile.NamedTemporaryFile(suffix=".svg") as file:
        file.write(data)
        file.flush()
        fault = problem_of(Path(file.name))
    if fault:
        raise StudioProblem(
            message(
                "Hình SVG %(fault)s. Hãy xuất lại hình, chỉ giữ nét vẽ và chữ.",
                fault=fault,
            )
        )
    return Picture(data, ".svg")


def _shrunk(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise _too_large()
        opened.draft("RGB", (2 * WIDEST, 2 * WIDEST))  # JPEG: decoded smaller at once
        if opened.mode in _SMOOTH:
            opened.thumbnail((2 * WIDEST, 2 * WIDEST))  # before anything copies it whole
        picture: Image.Image = ImageOps.exif_transpose(opened)
        has_alpha = "A" in picture.getbands() or "transparency" in picture.info
        picture = picture.convert("RGBA" if has_alpha else "RGB")
    picture.thumbnail((WIDEST, 2 * WIDEST))
    while True:
        for quality in _QUALITIES:
            out = io.BytesIO()
            picture.save(out, "WEBP", quality=quality, method=4, exif=b"", icc_profile=b"", xmp=b"")
            if out.tell() <= LARGEST:
                return out.getvalue()
        if picture.width <= _NARROWEST:
            raise StudioProblem(message("Không thu nhỏ hình này được. Hãy cắt bớt rồi gửi lại."))
        size = (max(int(picture.width * _SMALLER), 1), max(int(picture.height * _SMALLER), 1))
        picture = picture.resize(size, Image.Resampling.LANCZOS)


def _too_large() -> StudioProblem:
    return StudioProblem(message("Hình quá lớn (hơn 40 triệu điểm ảnh). Hãy thu nhỏ rồi gửi."))
