"""What the cache holds that nothing else can bring back: versions that were published once and
have been edited since, and their pictures. Attempts and certificates name them, so they belong
into a backup, and come back with it."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from app.content.cache import DRAFT, FILES, VERSION, newest_first
from app.content.source import SLUG, tag, version_of


def kept_for_good(cache: Path, at_hand: Mapping[str, str]) -> dict[str, Path]:
    """The files to keep, by name in the cache, in order. `at_hand`: SHA-256 in hexadecimal digits
    of the course files that are kept anyway, by "slug/name"; what comes of these is left out."""
    digests: dict[str, dict[str, bytes]] = {}
    for name, digest in sorted(at_hand.items(), key=lambda item: item[0].split("/")):
        slug, _, rest = name.partition("/")
        if rest and not any(part.startswith(".") for part in rest.split("/")):
            digests.setdefault(slug, {})[rest] = bytes.fromhex(digest)
    present = {slug: version_of(files) for slug, files in digests.items()}
    tags = {tag(digest) for files in digests.values() for digest in files.values()}
    found = sorted((*_versions(cache, present), *_files(cache / FILES, tags)))
    return {path.relative_to(cache).as_posix(): path for path in found}


def _versions(cache: Path, present: Mapping[str, str]) -> Iterator[Path]:
    for folder in cache.iterdir() if cache.is_dir() else ():
        if not (SLUG.match(folder.name) and folder.is_dir()):
            continue
        for kept in folder.iterdir():
            known = not VERSION.match(kept.name) or present.get(folder.name) == kept.name
            if not known and not (kept / DRAFT).exists():
                yield from newest_first(kept, "*.json")[:1]


def _files(folder: Path, tags: set[str]) -> Iterator[Path]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name[0] != "." and path.stem not in tags:
            yield path


def put_back(kept: Path, cache: Path) -> None:
    """Take in the files of a backup; what is there already stays, for both are for good."""
    for path in sorted(kept.rglob("*")):
        target = cache / path.relative_to(kept)
        if not path.is_file() or _is_kept(target):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        os.close(handle)
        shutil.copyfile(path, temporary)
        os.replace(temporary, target)


def _is_kept(target: Path) -> bool:
    if target.parent.name == FILES:
        return target.is_file()
    return any(target.parent.glob("*.json"))
