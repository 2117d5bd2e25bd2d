"""`make messages`: gathers the texts of the interface into the English catalogue."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import yaml
from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from app.ui.i18n import TRANSLATIONS

APP = Path(__file__).resolve().parents[1]
PROGRAMME = APP.parent / "courses" / "programme.yaml"
ENGLISH = TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None, "message": None}
METHODS = [
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
    ("**/static/js/**.js", "javascript"),
]
# as the templates are compiled, app.ui.i18n
JINJA = {"trimmed": "1", "trim_blocks": "1", "lstrip_blocks": "1", "silent": "0"}
# what pages and forms say of the audience groups
GROUP_TEXTS = ("title", "invite")
HEADER = r"""# The interface in English. `make messages` brings this file up to date
# with the texts of the code, which are Vietnamese. What is empty is shown in Vietnamese.
msgid ""
msgstr ""
"Project-Id-Version: binh-dan-hoc-vu-so\n"
"Language: en\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""


def source() -> Catalog:
    """Every text that is marked for translation, with the files in which it stands."""
    catalogue = Catalog(charset="utf-8")
    found = extract_from_dir(APP, METHODS, {"**/templates/**.html": JINJA}, KEYWORDS)
    for file, _line, text, _comments, _context in found:
        catalogue.add(text, locations=[(f"app/{file}", 0)])
    for text in _group_texts():
        catalogue.add(text, locations=[("courses/programme.yaml", 0)])
    return catalogue


def english() -> Catalog:
    """The catalogue as it stands."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def update() -> None:
    """Write the catalogue with the texts of today; what was translated stays so."""
    catalogue = english()
    catalogue.update(source(), no_fuzzy_matching=True)
    texts = BytesIO()
    write_po(
        texts, catalogue, width=0, omit_header=True, ignore_obsolete=True, include_lineno=False
    )
    ENGLISH.write_bytes(HEADER.encode() + texts.getvalue())


def _group_texts() -> Iterator[str]:
    groups = yaml.safe_load(PROGRAMME.read_text(encoding="utf-8"))["groups"]
    return (group[name] for group in groups for name in GROUP_TEXTS if name in group)


if __name__ == "__main__":
    update()
