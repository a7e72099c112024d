"""Mark up a page so that its lines break where a printer would break them."""

from __future__ import annotations

import re
from collections.abc import Iterator

TAG = re.compile(r"(<[^<>]+>)")
# Drawings have no lines to break, a box inside a link would be a second link, and some cells are on one line anyway.
LEFT_ALONE = {"<svg ": "</svg>", "<a ": "</a>", '<td class="mot-dong">': "</td>", '<div class="mot-dong">': "</div>"}
INLINE = ("<a ", "<b>", "<em>", "<span", "<strong>")
# A longer word must be allowed to break somewhere; words that a no-break space holds to a short one go with it.
HYPHENATED = re.compile(r"( ?)(?<![\S\u00a0])((?:\S+\u00a0)*(?=\S{3,26}(?:\s|$))\S*\w-\w\S*)")
SPACE = "<span> </span>"


def with_good_lines(html: str) -> str:
    """Keep hyphenated words on one line, and spaces before links and such words out of the text in front of them.

    PDF readers copy “GDNN-GDTX” without its hyphen where a line ends at it. WeasyPrint 70 ends a line after its first
    word when the rest would fit but for the space before an inline element; a box of its own for the space avoids that.
    """
    head, start, body = html.partition("<body>")
    return head + start + "".join(_pieces(TAG.split(body)))


def _pieces(pieces: list[str]) -> Iterator[str]:
    closing = ""
    for index, piece in enumerate(pieces):
        if index % 2:
            yield piece
            if not closing:
                closing = next((end for start, end in LEFT_ALONE.items() if piece.startswith(start)), "")
            elif piece == closing:
                closing = ""
        elif closing:
            yield piece
        else:
            text = HYPHENATED.sub(_whole, piece)
            following = pieces[index + 1] if index + 1 < len(pieces) else ""
            apart = text.endswith(" ") and text.strip() and following.startswith(INLINE)
            yield f"{text[:-1]}{SPACE}" if apart else text


def _whole(word: re.Match[str]) -> str:
    """Box a hyphenated word, and the space before it unless the text begins with it."""
    space = SPACE if word[1] and word.start() else word[1]
    return f'{space}<span class="lien">{word[2]}</span>'
