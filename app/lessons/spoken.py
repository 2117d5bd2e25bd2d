"""What is said when a lesson is read aloud: its prose in reading order, as sentences."""

from html.parser import HTMLParser

from app.content.models import Prose, Step

# a sentence ends where one of these begins or ends
_BLOCKS = frozenset(
    {"p", "li", "h2", "h3", "h4", "h5", "h6", "tr", "dt", "dd", "figcaption", "blockquote"}
    | {"caption", "summary", "div", "section", "figure", "ol", "ul", "dl", "table", "br", "hr"}
)
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_VOID = frozenset({"img", "br", "hr", "input", "source", "col", "wbr"})
# code is no speech, a recording speaks for itself, a picture that is drawn has no words
_SILENT = frozenset({"pre", "audio", "video", "svg", "math", "button", "script", "style", "sup"})
_SILENT_CLASSES = frozenset({"listen", "scene-note", "lang-reviewer", "terms"})
_CLOSES = ".!?…:;"


def sentences(step: Step, device: str = "") -> list[str]:
    """The title and the prose of a lesson, one sentence or item each, without its questions.

    Lists are said item by item, ordered ones with their numbers, pictures by their alternative
    text. Left out are blocks of code, passages in other languages, and, when `device` is given,
    what is meant for other devices.
    """
    teller = _Teller(device)
    teller.say(step.title)
    for block in step.blocks:
        if isinstance(block, Prose):
            teller.feed(block.html)
            teller.end_sentence()
    while teller.headings and teller.headings[-1] == len(teller.said) - 1:
        # questions follow, and they are not said
        teller.said.pop(teller.headings.pop())
    return teller.said


class _Teller(HTMLParser):
    def __init__(self, device: str) -> None:
        super().__init__(convert_charrefs=True)
        self.device = device
        self.said: list[str] = []
        self.words: list[str] = []
        self.silent: list[str] = []  # the open elements from the first silent one inwards
        self.counts: list[int] = []  # of the open lists; -1: without numbers
        self.headings: list[int] = []  # which of the sentences are headings

    def say(self, text: str) -> None:
        self.words.append(text)
        self.end_sentence()

    def end_sentence(self) -> None:
        text = " ".join("".join(self.words).split()).rstrip(" ,")
        self.words.clear()
        if text.strip("0123456789: ."):
            self.said.append(text if text[-1] in _CLOSES else f"{text}.")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag in _VOID:
            self.void(tag, found)
        elif self.silent or self.is_silent(tag, found):
            self.silent.append(tag)
        elif tag in _BLOCKS:
            self.open(tag, found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            if tag in self.silent:
                del self.silent[len(self.silent) - 1 - self.silent[::-1].index(tag) :]
            return
        if tag in ("ol", "ul") and self.counts:
            self.counts.pop()
        if tag in _CELLS:
            self.words.append(", ")
        elif tag in _BLOCKS:
            self.headings += [len(self.said)] if tag in _HEADINGS else []
            self.end_sentence()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)

    def void(self, tag: str, found: dict[str, str]) -> None:
        if self.silent:
            return
        if tag in _BLOCKS:
            self.end_sentence()
        elif tag == "img" and found.get("alt", "").strip():
            self.end_sentence()
            self.say(f"Hình: {found['alt']}")

    def open(self, tag: str, found: dict[str, str]) -> None:
        numbered = tag == "li" and self.counts and self.counts[-1] >= 0
        if not (tag in ("p", "div") and self.words and self.words[-1].endswith(": ")):
            # a paragraph that opens an item stays with the item's number
            self.end_sentence()
        if tag in ("ol", "ul"):
            self.counts.append(int(found.get("start") or 1) - 1 if tag == "ol" else -1)
        elif numbered:
            self.counts[-1] += 1
            self.words.append(f"{self.counts[-1]}: ")

    def is_silent(self, tag: str, found: dict[str, str]) -> bool:
        classes = set(found.get("class", "").split())
        return (
            tag in _SILENT
            or found.get("lang", "vi") != "vi"
            or found.get("aria-hidden") == "true"
            or not _SILENT_CLASSES.isdisjoint(classes)
            or bool(self.device and found.get("data-device", self.device) != self.device)
        )
