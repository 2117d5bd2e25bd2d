"""What a file declares in YAML, remembered by the file's content: courses made from one another
share modules and glossaries."""

from collections.abc import Callable
from pathlib import Path

from app.content import frontmatter
from app.content.problems import Findings
from app.content.render_memory import Rendered, memory
from app.content.source import digest_of, read_text
from app.content.strict_yaml import Document


def whole_file(path: Path, digest: bytes, findings: Findings) -> Document | None:
    """A YAML file of this SHA-256; None with the reason in `findings`."""
    return _declared(path, digest, findings, b"yaml", _parsed)


def front_matter(path: Path, digest: bytes, findings: Findings) -> Document | None:
    """The front matter of a Markdown file of this SHA-256; None with the reason in `findings`."""
    return _declared(path, digest, findings, b"front", _parsed_front)


def _declared(
    path: Path,
    digest: bytes,
    findings: Findings,
    kind: bytes,
    parse: Callable[[str, Findings], Document | None],
) -> Document | None:
    def read(own: Findings) -> Rendered:
        text = read_text(path, own)
        document = parse(text, own) if text is not None else None
        size = len(text or "") if digest_of(path) == digest else None
        return Rendered(document=document, problems=tuple(own.found), size=size)

    return memory.once(kind + digest, findings, read).document


def _parsed(text: str, findings: Findings) -> Document | None:
    return frontmatter.parse(text, findings, first_line=1)


def _parsed_front(text: str, findings: Findings) -> Document | None:
    parts = frontmatter.split(text, findings)
    return frontmatter.parse(parts.yaml, findings) if parts else None
