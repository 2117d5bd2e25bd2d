"""The printing press: one page of HTML to PDF, with one font configuration for the process.

Facts are put into the parsed document and never into its markup, and nothing is fetched: markup
or an address in a fact is text and no more.
"""

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from string import Template
from threading import Lock
from typing import Any, NamedTuple

# Times metrics as Decree 30 wants, and a family that holds every letter of the country. Version 1
# of the first has no ơ, ư or ạ: a page that mixes the two families looks like a forgery.
TIMES, COMPLETE = "Liberation Serif", "Noto Serif"
# wider letters at the same size, so the second family is set smaller
SIZES = {TIMES: "12.5pt", COMPLETE: "10.9pt"}
SCALES = (100, 92, 84, 76, 68, 60)
LETTERS = "ăâđêôơư ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ ŏĕŭƀ"

# pango and its font configuration are not made for two threads at once
_lock = Lock()


class Page(NamedTuple):
    """What to print: an HTML file with $names, the facts by name, a stylesheet file, and the PDF
    operators of what is drawn under the words."""

    form: Path
    facts: Mapping[str, str]
    stylesheet: Path
    underlay: bytes = b""


def print_pdf(page: Page) -> bytes:
    """Print a document that must fit on one page: its `main` is set smaller until it does.

    A paragraph that has nothing to say is left out. The same page gives the same bytes.
    Raises OSError when pango is not installed.
    """
    with _lock:
        return _on_one_page(page)


def missing_parts() -> list[str]:
    """What this machine lacks for printing, in Vietnamese, each with the package to install."""
    # a second and 50 MB: only processes that print pay for it
    try:
        from weasyprint.text.ffi import harfbuzz_subset
    except OSError as error:
        return [f"Không in được PDF, thiếu thư viện pango (libpangoft2-1.0-0): {error}"]
    parts = []
    if not harfbuzz_subset:
        parts.append("Thiếu libharfbuzz-subset0: mỗi giấy chứng nhận in chậm gấp chín lần.")
    with _lock:
        if not _complete(COMPLETE):
            parts.append(f"Thiếu phông {COMPLETE} (fonts-noto-core): tên người có thể in sai chữ.")
        if not _complete(TIMES):
            parts.append(
                f"Phông {TIMES} thiếu hoặc không đủ chữ Việt (cần bản 2: fonts-liberation2, hoặc "
                f"fonts-liberation từ Debian 13): giấy in bằng {COMPLETE} thay cho Times New Roman."
            )
    return parts


def letters() -> str:
    """The family that documents are printed with on this machine."""
    with _lock:
        return _letters()


def root_rule(sizes: Mapping[str, str]) -> str:
    """The CSS rule that sets a whole paper in that family, at the size given for it."""
    family = letters()
    return f'html {{ font: {sizes[family]} "{family}", "{COMPLETE}", serif }}'


@cache
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=("data",), allow_redirects=False)


@cache
def _stylesheet(path: Path, scale: int) -> Any:
    from weasyprint import CSS

    family = _letters()
    text = f'html {{ font: {SIZES[family]} "{family}", "{COMPLETE}", serif }}'
    text += f"main {{ font-size: {scale}% }}"
    text += path.read_text("utf-8")
    return CSS(string=text, font_config=_fonts(), url_fetcher=_fetcher())


@cache
def _letters() -> str:
    return TIMES if _complete(TIMES) else COMPLETE


@cache
def _complete(family: str) -> bool:
    """Whether this family alone prints every letter: what was really used is looked at."""
    from weasyprint import CSS, HTML

    sheet = CSS(string=f'* {{ font: 12pt "{family}" }}', font_config=_fonts())
    html = HTML(
        string=f"<p>{LETTERS}<b>{LETTERS}<i>{LETTERS}</i></b><i>{LETTERS}</i></p>",
        url_fetcher=_fetcher(),
    )
    document = html.render(font_config=_fonts(), stylesheets=[sheet])
    document.write_pdf()
    return {font.family for font in document.fonts.values()} == {family}


@cache
def _form(path: Path) -> Any:
    from weasyprint import HTML

    return HTML(string=path.read_text("utf-8"))


@cache
def _document() -> Any:
    from weasyprint import HTML

    class Filled(HTML):
        """A form that was parsed before, with facts put in, and without a browser's three hundred
        rules: the stylesheet says all. The two are a sixth of the time of a page."""

        def __init__(self, form: Any, facts: Mapping[str, str]) -> None:
            root = _filled(deepcopy(form.etree_element), facts)
            wrapper = type(form.wrapper_element)
            self.wrapper_element = wrapper.from_html_root(root, content_language=None)
            self.etree_element = root
            self.base_url, self.media_type, self.url_fetcher = None, "print", _fetcher()

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return []

    return Filled


def _filled(root: Any, facts: Mapping[str, str]) -> Any:
    for parent in root.iter():
        for element in list(parent):
            for name, value in element.items():
                element.set(name, Template(value).substitute(facts))
            element.text = Template(element.text or "").substitute(facts)
            if element.tag == "p" and not element.text and not len(element):
                parent.remove(element)
    return root


def _on_one_page(page: Page) -> bytes:
    html = _document()(_form(page.form), page.facts)
    for scale in SCALES:
        sheet = _stylesheet(page.stylesheet, scale)
        document = html.render(font_config=_fonts(), stylesheets=[sheet], pdf_variant="pdf/ua-1")
        if len(document.pages) == 1:
            break
    pdf: bytes = document.write_pdf(
        finisher=lambda _document, file: _draw(file, page.underlay),
        pdf_variant="pdf/ua-1",
    )
    return pdf


def _draw(file: Any, underlay: bytes) -> None:
    """Put operators before all others of the first page, so that the words stand on them."""
    first_page = file.objects[file.pages["Kids"][0]]
    contents = file.objects[int(first_page["Contents"].split()[0])]
    contents.stream.insert(0, underlay)
