"""Lesson text and YAML that mean harm, by what is wrong with them."""

SCENE = "/// drill | x\n    kind: call\n    from: y\n\nz\n///\n\n"
STEPS = "/// steps | x\n1. a\n///\n\n"


def lines(text: str, times: int, width: int = 9_000) -> str:
    """`text` repeated, in lines that the reader of files lets through."""
    whole = text * times
    return "\n".join(whole[at : at + width] for at in range(0, len(whole), width))


BODIES = {
    "brackets": lines("[", 50_000),
    "brackets apart": lines("[", 50_000, 250).replace("\n", "\n\n"),
    "images": lines("![a](", 10_000),
    "angles": lines("<", 50_000),
    "tags": lines("<b>", 20_000),
    "tags apart": "<div>\n\n" * 10_000,
    "stars": lines("*a_", 20_000),
    "backticks": lines("`a", 10_000),
    "quotes": "> " * 4_000 + "x",
    "quotes apart": "\n".join("> " * (n % 40) + "x" for n in range(5_000)),
    "lists": "\n".join(" " * min(n, 4_000) + "- x" for n in range(5_000)),
    "lists of one line": "- " * 4_000 + "x",
    "headings": "# a\n" * 20_000,
    "footnotes": "\n".join(f"[^{n}]\n\n[^{n}]: x\n" for n in range(3_000)),
    "references": "\n".join(f"[a{n}]: x" for n in range(20_000)) + "\n\n" + "[a1]" * 250,
    "table": "|a" * 2_000 + "|\n" + "|-" * 2_000 + "|\n" + ("|b" * 2_000 + "|\n") * 20,
    "fences": "```\n" * 20_001,
    "blocks opened": "/// for | nguoi-dan\n\n" * 10_000,
    "blocks within blocks": "\n\n".join(
        "/" * n + (" device | android" if n % 2 else " for | nguoi-dan") for n in range(900, 2, -1)
    ),
    "blocks closed": "///\n" * 20_000,
    "blocks side by side": STEPS * 5_000,
    "scenes": SCENE * 5_000,
    "steps": "/// steps | x\n" + "1. a\n" * 50_000 + "///\n",
    "options": "/// drill | x\n" + "    kind: call\n" * 40_000 + "\nz\n///\n",
    "options in YAML": "/// drill | x\n    a: &a [x]\n" + "    - *a\n" * 9_000 + "\nz\n///\n",
    "a long option": "/// drill | x\n    kind: " + "x" * 9_900 + "\n    from: y\n\nz\n///\n",
    "block in lists": "- /// steps | x\n" * 10_000,
    "dollars": lines("$", 50_000),
    "dollars apart": lines("$a$ ", 50_000, 396).replace("\n", "\n\n"),
    "formulas": "$a$\n\n" * 20_000,
    "formula opened": "$$\na\n" * 10_000,
    "formula of braces": "$" + "{" * 4_000 + "}" * 4_000 + "$",
    "formula of fractions": "$" + "\\frac{" * 80 + "x" + "}{y}" * 80 + "$",
    "formula of macros": "$\\def\\a{\\b\\b}\\def\\b{\\c\\c}\\def\\c{xxxxxxxx}\\a$",
    "formula of scripts": "$" + "a^" * 240 + "b$",
    "formula of rows": "$\\begin{matrix}" + "a&" * 200 + "\\end{matrix}$",
    "questions": "### ? a {#a}\n- [ ] b\n- [x] c\n> d\n\n" * 5_000,
    "answers": "### ? a {#a}\n" + "- [x] b\n" * 40_000 + "> d\n",
}
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)
YAMLS = {
    "aliases": BOMB,
    "merge keys": "a: &a {x: y}\n" + "b: {<<: *a}\n" * 10_000,
    "nesting": "title: " + "[" * 9_000 + "]" * 9_000 + "\n",
    "nesting by lines": "\n".join(" " * min(n, 4_000) + "a:" for n in range(5_000)) + "\n",
    "keys": "".join(f"k{n}: x\n" for n in range(60_000)),
    "one list": "audience: [" + ",\n".join(["x"] * 200_000) + "]\n",
}
