"""ZIP archives of anyone, looked through before a byte of them is written.

The directory is weighed before it is read (a million entries would fill the memory), its names
before anything is unpacked, and what comes out is counted, for the sizes it states may lie.
"""

import stat
import struct
import unicodedata
import zipfile
import zlib
from pathlib import Path

from app.content.import_report import ImportRefused

MOST_ENTRIES = 20_000
MOST_UNPACKED = 200 * 1024 * 1024
LARGEST_ENTRY = 64 * 1024 * 1024
STEEPEST = 200  # bytes out of one byte in, for entries above EASY
EASY = 4 * 1024 * 1024
DEEPEST = 24
LONGEST_NAME = 200  # bytes of one part of a path
_LARGEST_DIRECTORY = 4 * 1024 * 1024
_TAIL = 65_557
_PIECE = 64 * 1024
_READ = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = "Tệp ZIP hỏng hoặc không phải là tệp ZIP. Hãy nén lại rồi gửi."
_HEAVY = "Tệp ZIP mở ra quá lớn (hơn 200 MB). Hãy chia thành nhiều khóa."


def unpack(archive: Path, into: Path) -> None:
    """Unpack a ZIP below the empty folder `into`. Raises ImportRefused; the folder may then
    hold a part, and is the caller's to remove."""
    try:
        _weigh_directory(archive)
        with zipfile.ZipFile(archive) as opened:
            entries = _checked(opened.infolist())
            left = MOST_UNPACKED
            for name, entry in entries.items():
                left -= _write(opened, entry, into / name, left)
    # what zipfile raises on damaged archives is this mixture
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, struct.error) as error:
        raise ImportRefused(_BROKEN) from error
    except (ValueError, NotImplementedError, UnicodeError) as error:
        if isinstance(error, ImportRefused):
            raise
        raise ImportRefused(_BROKEN) from error


def _weigh_directory(archive: Path) -> None:
    """Refuse a directory too large to be read, by what the end of the file says of it."""
    with archive.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(size - _TAIL - 20, 0))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        raise ImportRefused(_BROKEN)
    entries, directory = struct.unpack("<10xH I", tail[at : at + 16])
    large = b"PK\x06\x07" in tail[max(at - 20, 0) : at]  # ZIP64: sizes beyond 4 GB, or lies
    if large or entries > MOST_ENTRIES or directory > _LARGEST_DIRECTORY:
        raise ImportRefused(
            f"Tệp ZIP có quá nhiều tệp (hơn {MOST_ENTRIES:,}). Hãy chia thành nhiều khóa.".replace(
                ",", "."
            )
        )


def _checked(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The files by their names, or ImportRefused for the first thing that is not to be had."""
    if len(entries) > MOST_ENTRIES:
        raise ImportRefused(f"Tệp ZIP có quá nhiều tệp (hơn {MOST_ENTRIES}).")
    files: dict[str, zipfile.ZipInfo] = {}
    names = _Names()
    total = 0
    for entry in entries:
        parts = _parts(entry)
        folder = entry.filename.endswith(("/", "\\"))
        names.add(parts, folder)
        if not folder:
            _refuse_odd(entry)
            total += entry.file_size
            files["/".join(parts)] = entry
    if total > MOST_UNPACKED:
        raise ImportRefused(_HEAVY)
    return files


def _parts(entry: zipfile.ZipInfo) -> list[str]:
    name = _spelling(entry).replace("\\", "/")
    parts = name.removesuffix("/").split("/")
    shown = name[:80]
    if name.startswith("/") or ":" in parts[0] or any(part in ("", ".", "..") for part in parts):
        raise ImportRefused(f"Tệp ZIP có đường dẫn đi ra ngoài: “{shown}”. Không nhận tệp này.")
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in name):
        raise ImportRefused("Tệp ZIP có tên tệp chứa ký tự điều khiển. Không nhận tệp này.")
    if len(parts) > DEEPEST or any(len(part.encode()) > LONGEST_NAME for part in parts):
        raise ImportRefused(f"Tên tệp quá dài hoặc thư mục lồng quá sâu: “{shown}”.")
    return parts


def _spelling(entry: zipfile.ZipInfo) -> str:
    """The name; old tools write UTF-8 without saying so, and zipfile takes it for DOS."""
    if not entry.flag_bits & 0x800:
        try:
            return entry.filename.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return entry.filename


class _Names:
    """Two names that some disk takes for one would overwrite each other there."""

    def __init__(self) -> None:
        self.folders: dict[str, str] = {}
        self.files: set[str] = set()

    def add(self, parts: list[str], folder: bool) -> None:
        """Note a name; ImportRefused when it is the twin of another."""
        for depth in range(1, len(parts) + (1 if folder else 0)):
            name = "/".join(parts[:depth])
            if self.folders.setdefault(_key(name), name) != name or _key(name) in self.files:
                self.refuse(name)
        name = "/".join(parts)
        if not folder:
            if _key(name) in self.files or _key(name) in self.folders:
                self.refuse(name)
            self.files.add(_key(name))

    def refuse(self, name: str) -> None:
        raise ImportRefused(f"Tệp ZIP có hai tên trùng nhau: “{name[:80]}”. Đổi một tên.")


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _refuse_odd(entry: zipfile.ZipInfo) -> None:
    mode, name = entry.external_attr >> 16, entry.filename[:80]
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise ImportRefused(f"“{name}” là liên kết tượng trưng hoặc tệp đặc biệt. Không nhận.")
    if entry.flag_bits & 0x41:
        raise ImportRefused("Tệp ZIP có mật khẩu. Hãy nén lại không đặt mật khẩu.")
    if entry.compress_type not in _READ:
        raise ImportRefused(f"“{name}” nén theo cách lạ. Hãy nén lại bằng ZIP thường.")
    steep = entry.file_size > max(EASY, STEEPEST * entry.compress_size)
    if steep or entry.file_size > LARGEST_ENTRY:
        raise ImportRefused(f"“{name}” mở ra lớn bất thường. Không nhận tệp này.")


def _write(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, most: int) -> int:
    """Write one file; returns its size. ImportRefused above `most` bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with opened.open(entry) as part, path.open("xb") as file:
        while piece := part.read(_PIECE):
            written += len(piece)
            if written > most:
                raise ImportRefused(_HEAVY)
            file.write(piece)
    return written
