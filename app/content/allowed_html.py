"""Which HTML of course authors is let through (nh3): tags, attributes, schemes of addresses."""

import nh3

from app.content import mathematics

BLOCKS = frozenset(
    {"blockquote", "details", "div", "dl", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "li"}
    | {"ol", "p", "pre", "section", "table", "ul"}
)
INLINE_TAGS = {
    *{"abbr", "b", "br", "cite", "code", "del", "em", "i", "img", "ins", "kbd", "mark", "q", "rp"},
    *{"rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var"},
    *mathematics.TAGS,
}
ALLOWED_TAGS = {
    *BLOCKS,
    *INLINE_TAGS,
    *{"a", "audio", "caption", "col", "colgroup", "dd", "dt", "figcaption", "h1", "input"},
    *{"summary", "tbody", "td", "tfoot", "th", "thead", "tr"},
}
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt"},
    "input": {"checked"},
    "ol": {"start"},
    "li": {"data-step"},
    "section": {"aria-label", "data-device", "data-for", "data-lang"},
    "figure": {"data-lang"},
    "audio": {"src", "aria-label"},
    "details": {"open"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    **mathematics.ATTRIBUTES,
}


def _cleaner(tags: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        clean_content_tags={"script", "style", "template", "textarea", "noscript", "iframe"},
        attributes=_ATTRIBUTES,
        tag_attribute_values={"input": {"type": {"checkbox"}}},
        url_schemes={"http", "https", "mailto", "tel", "sms"},
        link_rel=None,
    )


PAGE = _cleaner(ALLOWED_TAGS)
INLINE = _cleaner(INLINE_TAGS)
