"""The interface in the reader's language: Vietnamese is written in the code, English catalogued.

Templates are compiled once for each language with their texts already in it, so that a page in
either language costs what a page of fixed words costs. Python asks at the moment of speaking.
A percent sign is doubled only in a text that has placeholders.
"""

from functools import cache
from pathlib import Path
from typing import Any, cast

from babel.messages.pofile import read_po
from babel.support import LazyProxy
from flask import has_request_context
from flask.sansio.app import App
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.exceptions import TemplateAssertionError
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from app.lib.messages import Message
from app.ui import filters
from app.ui.display import LANGUAGES, chosen

SOURCE = LANGUAGES[0]
TRANSLATIONS = Path(__file__).parent / "translations"
Catalogue = dict[str, tuple[str, str]]
# around words of a course in an English page, and around the page's own words inside those
MARKS = {"in_vietnamese": SOURCE, "in_english": "en"}


def language() -> str:
    """The language of the interface for this browser, "vi" or "en"; "vi" outside a request."""
    return chosen().language if has_request_context() else SOURCE


def gettext(text: str, **variables: Any) -> str:
    """`text` in the reader's language, its %(name)s filled in."""
    spoken = translated(text, language())
    return spoken % variables if variables else spoken


def ngettext(one: str, many: str, num: int, **variables: Any) -> str:
    """`one` or `many` in the reader's language; %(num)s is the number."""
    spoken = _forms(one, many, language())[num != 1]
    return spoken % {"num": num, **variables}


def lazy_gettext(text: str, **variables: Any) -> str:
    """Like `gettext` at the moment the text is shown: for what is written before any request."""
    return cast("str", LazyProxy(gettext, text, enable_cache=False, **variables))


def said(problem: Exception | str) -> str:
    """What a lower room reports (app.lib.messages), in the reader's language; else as it is."""
    text = problem.args[0] if isinstance(problem, Exception) and problem.args else problem
    if not isinstance(text, Message):
        return str(text)
    words = {name: said(w) if isinstance(w, Message) else w for name, w in text.words.items()}
    return gettext(text.pattern, **words)


def translated(text: str, tongue: str) -> str:
    """`text` in this language; in Vietnamese where there is no translation."""
    return text if tongue == SOURCE else catalogue(tongue).get(text, (text, text))[0]


def _forms(one: str, many: str, tongue: str) -> tuple[str, str]:
    return (one, many) if tongue == SOURCE else catalogue(tongue).get(one, (one, many))


@cache
def catalogue(tongue: str) -> Catalogue:
    """Every translated text: (for one, for many); read once for each process."""
    with (TRANSLATIONS / tongue / "LC_MESSAGES" / "messages.po").open("rb") as file:
        messages = read_po(file, locale=tongue)
    known: Catalogue = {}
    for message in messages:
        key = message.id if isinstance(message.id, str) else message.id[0]
        said = message.string or ""
        forms = (said,) if isinstance(said, str) else said
        if key and all(forms) and not message.fuzzy:
            known[key] = (forms[0], forms[-1])
    return known


class BilingualEnvironment(Environment):
    """Jinja that translates `_()`, `ngettext()` and `{% trans %}` when it compiles a template.

    `{{ in_vietnamese() }}` in a tag marks words that stay Vietnamese in every language.
    """

    tongue = SOURCE

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(app, **options)
        self.add_extension("jinja2.ext.i18n")
        self.policies["ext.i18n.trimmed"] = True
        self._others: dict[str, BilingualEnvironment] = {}

    def get_or_select_template(self, *args: Any, **kwargs: Any) -> Template:
        """The template in the reader's language."""
        wanted = language()
        if wanted == self.tongue:
            return super().get_or_select_template(*args, **kwargs)
        return self.speaking(wanted).get_or_select_template(*args, **kwargs)

    def speaking(self, tongue: str) -> "BilingualEnvironment":
        """This environment with its templates in another language."""
        if tongue not in self._others:
            other = self.overlay()
            other.tongue = tongue
            other.filters = {**self.filters, **filters.FOREIGN}
            self._others[tongue] = other
        return self._others[tongue]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        return cast("nodes.Template", _Translator(self.tongue, name, filename).visit(template))


class _Translator(NodeTransformer):
    """Puts the texts of one language in the place of the calls that ask for them."""

    def __init__(self, tongue: str, name: str | None, filename: str | None) -> None:
        self._tongue, self._name, self._filename = tongue, name, filename

    def visit_MarkSafeIfAutoescape(self, node: nodes.MarkSafeIfAutoescape) -> nodes.Node:
        """What the extension makes of {% trans %}; it fills in the placeholders itself."""
        node.expr = self._text(cast("nodes.Call", node.expr))
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """`_('…', name=…)`, `ngettext('…', '…', number, name=…)`: text is safe, values are not."""
        self.generic_visit(node)
        asked = node.node.name if isinstance(node.node, nodes.Name) else ""
        if asked in MARKS:
            said = "" if self._tongue == SOURCE else f' lang="{MARKS[asked]}"'
            return nodes.Const(Markup(said), lineno=node.lineno)
        if asked not in ("_", "ngettext"):
            return node
        variables = [nodes.Pair(nodes.Const(word.key), word.value) for word in node.kwargs]
        if asked == "ngettext":
            variables.append(nodes.Pair(nodes.Const("num"), node.args[2]))
        safe = nodes.MarkSafeIfAutoescape(self._text(node), lineno=node.lineno)
        if not variables:
            return safe
        return nodes.Mod(safe, nodes.Dict(variables), lineno=node.lineno)

    def _text(self, call: nodes.Call) -> nodes.Expr:
        words = [word.value for word in call.args[:2] if isinstance(word, nodes.Const)]
        if len(words) != min(2, len(call.args)):
            raise TemplateAssertionError(
                "a text to translate must stand in the template as it is",
                call.lineno,
                self._name,
                self._filename,
            )
        if len(call.args) < 3:
            return nodes.Const(translated(words[0], self._tongue), lineno=call.lineno)
        one, many = _forms(words[0], words[1], self._tongue)
        if one == many:
            return nodes.Const(one, lineno=call.lineno)
        is_one = nodes.Compare(call.args[2], [nodes.Operand("eq", nodes.Const(1))])
        return nodes.CondExpr(is_one, nodes.Const(one), nodes.Const(many), lineno=call.lineno)
