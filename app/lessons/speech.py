"""Lessons read aloud by a machine of our own: espeak-ng and lame, kept per course version.

Files lie in `<instance>/speech/<course>/<version>-<voice>/<step>[.<device>].mp3`. Nothing is asked
of anybody outside; without the two programs no speech is offered.
"""

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from app.content.models import Course, Step, StepKind
from app.lessons.kept_files import KeptFiles, whole_file
from app.lessons.pronunciation import as_said
from app.lessons.spoken import sentences

# words a minute, unhurried; kbit/s and Hz: enough for one voice, light for a thin line
WORDS_A_MINUTE, KILOBITS, HERTZ = 135, 24, 22050
VOICE = "vi"
# raise it with every change of what is said or how
MAKER = "1"
# measured over the shipped lessons; only until the file is there
BYTES_A_LETTER = 309
LONGEST_SECONDS = 120
MOST_KNOWN = 4096
# seconds after which a file made by another process is noticed
LOOK_AGAIN = 2.0


class CannotSpeak(Exception):
    """The speech could not be made; nothing was kept."""


@dataclass(frozen=True)
class Sound:
    """How a lesson can be heard: bytes to fetch, exact or estimated until the file is made."""

    size: int
    exact: bool

    @property
    def minutes(self) -> int:
        """How long it takes to hear, in whole minutes."""
        return max(1, round(self.size * 8 / (KILOBITS * 1000) / 60))


class Speaker:
    """Makes and keeps the speech of lessons under one folder."""

    def __init__(self, folder: Path) -> None:
        self._files = KeptFiles(folder, LONGEST_SECONDS, MAKER)
        self._known: dict[tuple[str, ...], tuple[Sound, float]] = {}
        self.able = all(shutil.which(program) for program in ("espeak-ng", "lame"))

    def sound(self, course: Course, step: Step, device: str = "") -> Sound | None:
        """What hearing a lesson costs; None when there is nothing to hear."""
        if not self.able or step.kind is not StepKind.LESSON:
            return None
        key = (course.slug, course.version, step.slug, device)
        known, looked_at = self._known.get(key, (None, 0.0))
        now = time.monotonic()
        if known is None or (not known.exact and now - looked_at > LOOK_AGAIN):
            known = self._look(course, step, device, known)
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[key] = known, now
        return known

    def speech(self, course: Course, step: Step, device: str = "") -> Path:
        """The recording of a lesson, made now if nobody asked for it before.

        One is made at a time on this machine; others wait. Raises CannotSpeak.
        """
        if self.sound(course, step, device) is None:
            raise CannotSpeak("no program to speak with, or no lesson")
        try:
            path = self._files.made(
                course,
                _name(step, device),
                lambda path: _write(path, "\n\n".join(map(as_said, sentences(step, device)))),
            )
        except (OSError, subprocess.SubprocessError) as problem:
            raise CannotSpeak(str(problem)) from problem
        known, _ = self._known.get((course.slug, course.version, step.slug, device), (None, 0.0))
        if known and not known.exact:
            self._known.pop((course.slug, course.version, step.slug, device), None)
        return path

    def _look(self, course: Course, step: Step, device: str, estimate: Sound | None) -> Sound:
        """The file's size, made by whichever process; while there is none, an estimate."""
        try:
            return Sound(os.path.getsize(self._files.path(course, _name(step, device))), exact=True)
        except OSError:
            letters = 0 if estimate else sum(map(len, sentences(step, device)))
            return estimate or Sound(letters * BYTES_A_LETTER, exact=False)


def _name(step: Step, device: str) -> str:
    return f"{step.slug}.{device}.mp3" if device else f"{step.slug}.mp3"


def _write(path: Path, text: str) -> None:
    """Speak, squeeze, and put the whole file in its place at once."""
    with whole_file(path) as temporary:
        _encode(_speak(text), temporary)


def _speak(text: str) -> bytes:
    command = ["espeak-ng", "-v", VOICE, "-s", str(WORDS_A_MINUTE), "-g", "2", "-b", "1"]
    return _run([*command, "--stdin", "--stdout"], text.encode())


def _encode(wave: bytes, path: Path) -> None:
    form = ["-m", "m", "-b", str(KILOBITS), "--resample", str(HERTZ / 1000)]
    _run(["lame", "--quiet", *form, "-", str(path)], wave)


def _run(command: list[str], given: bytes) -> bytes:
    done = subprocess.run(
        command, input=given, capture_output=True, timeout=LONGEST_SECONDS, check=True
    )
    return done.stdout
