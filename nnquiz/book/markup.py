"""HTML, written so that it is well-formed XML too, and so that no text of a bank can be markup."""

from html import escape
from typing import Final

from nnquiz.model.visible import visible

# What follows a link when it is clicked; anything else, `javascript:` above all, stays text.
_FOLLOWED: Final = ("http://", "https://", "mailto:")


def element(name: str, /, *inside: str, **attributes: str) -> str:
    """Return an element around markup.

    An attribute that is empty is left out; `class_` and `http_equiv` are written as HTML does.

    >>> element("p", "words", class_="facts")
    '<p class="facts">words</p>'
    >>> element("meta", charset="utf-8")
    '<meta charset="utf-8"/>'
    """
    opened = name + "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(visible(value))}"'
        for key, value in attributes.items()
        if value
    )
    return f"<{opened}/>" if not inside else f"<{opened}>{''.join(inside)}</{name}>"


def words(text: str) -> str:
    """Return a text as markup that shows it; control characters are shown as pictures.

    >>> words("a < b")
    'a &lt; b'
    """
    return escape(visible(text), quote=False)


def link(address: str, *inside: str) -> str:
    """Return markup that leads to an address, or just the markup where it is none to follow.

    >>> link("https://example.org", "there")
    '<a href="https://example.org" rel="noreferrer">there</a>'
    >>> link("javascript:alert(1)", "there")
    'there'
    """
    if not address.strip().lower().startswith(_FOLLOWED):
        return "".join(inside)
    return element("a", *inside, href=address.strip(), rel="noreferrer")
