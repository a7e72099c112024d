"""Read the Markdown that a bulletin may use into raw blocks whose every character knows its offset.

Allowed: paragraphs, headings of level 2 and 3, strong, emphasis, links, and flat lists. markdown-it-py decides what
is what; its inline tokens are then laid over the paragraph again, because it keeps lines but no columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination
from markdown_it.token import Token

from chungtay_reports.errors import Code, Problem
from chungtay_reports.prose.calls import FILL, MARK, Call, Marked
from chungtay_reports.prose.manuscript import Manuscript

UNSUPPORTED = Code("P110", "Bài viết không dùng {what}. {instead}")
HEADING_LEVEL = Code("P111", "Tít xen dùng “##” hoặc “###”; tít của bài đứng ở phần đầu tệp.")
NESTED_LIST = Code("P112", "Mỗi mục của danh sách là một đoạn ngắn, không lồng danh sách khác hay nhiều đoạn.")
RAW_HTML = Code(
    "P113", "Bài viết không dùng thẻ HTML “{text}”; chữ đậm viết **như thế này**, chữ nghiêng viết *như thế này*."
)
ENTITY = Code("P114", "Viết thẳng ký tự thay cho mã “{text}”, ví dụ GD&ĐT.")
BAD_LINK = Code("P115", "Liên kết chỉ dùng https:, mailto: hoặc đường dẫn tương đối; “{href}” không dùng được.")
CALL_IN_LINK = Code("P116", "Chỗ điền không đứng trong địa chỉ liên kết.")
LINK_TITLE = Code("P117", "Liên kết viết gọn [chữ](địa chỉ), không có phần nào khác trong ngoặc.")
TOO_DEEP = Code("P118", "Đoạn này lồng quá {limit} lớp ngoặc hoặc dấu nhấn.")
TOO_BIG = Code("P119", "Phần bài viết lớn quá {limit} byte.")
LONG_PARAGRAPH = Code("P120", "Đoạn này dài quá {limit} ký tự; hãy tách đoạn.")
ORDER = Code("P121", "Danh sách đánh số phải theo thứ tự 1, 2, 3…; ở đây là “{found}”, mong đợi “{expected}”.")

MAX_BYTES = 500_000
MAX_DEPTH = 20
MAX_PARAGRAPH = 20_000

_REFUSED = {
    "blockquote_open": ("khối trích “>”", "Trích lời bằng {{ trich_dan('mã') }}."),
    "fence": ("khối mã", "Bỏ dấu ``` hoặc ~~~."),
    "code_block": ("dòng thụt vào", "Bỏ các dấu cách ở đầu dòng."),
    "hr": ("đường kẻ ngang", "Chia phần bằng tít xen “##”."),
}
_MARKUP = (
    (re.compile(r"!\[[^\]\n]*\]\("), "ảnh “![…](…)”", "Chèn ảnh bằng {{ anh('mã') }}."),
    (re.compile(r"`"), "dấu “`”", "Bỏ dấu này."),
    (re.compile(r"^ *\|.*\|", re.MULTILINE), "bảng kẻ bằng “|”", "Lập bảng bằng {{ bang([…], theo='don_vi') }}."),
)
_HTML = re.compile(r"<(?:[A-Za-z/!?])[^>\n]*>?")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


# A paragraph of words and placeholders in which no character means anything to Markdown.
_PLAIN = rf"(?:[^\W_]|[{MARK}{FILL} .,;:%()/?!“”‘’…–-]|&(?![#A-Za-z]))"
_PLAIN_LINE = re.compile(rf"{_PLAIN}*")
_PLAIN_PARAGRAPH = re.compile(rf"(?=[^\W\d_]|{MARK}|“){_PLAIN}*")


@dataclass(frozen=True, slots=True)
class RawText:
    """Characters that stand together in the manuscript from offset `start`."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class RawCall:
    call: Call


@dataclass(frozen=True, slots=True)
class RawSpan:
    """`kind` is strong, em or link."""

    kind: str
    children: tuple[RawInline, ...]
    href: str = ""


RawInline = RawText | RawCall | RawSpan


@dataclass(frozen=True, slots=True)
class RawBlock:
    """`kind` is p, h2, h3, ul or ol; `lines` holds one run of inlines, or one for each item of a list."""

    kind: str
    lines: tuple[tuple[RawInline, ...], ...]
    start: int


_RUN = re.compile(f"{MARK}{FILL}*|[^{MARK}{FILL}]+")


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_DEPTH})
    # inlines are parsed one by one after a look at their depth; no rule may rewrite characters
    reader.disable(["inline", "text_join", "fragments_join", "reference", "lheading", "html_block"])
    reader.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - links are judged, and reported, below
    return reader.disable(["entity", "autolink", "backticks", "html_inline", "image"])


_READER = _reader()


def read_blocks(source: Manuscript, marked: Marked) -> tuple[tuple[RawBlock, ...], tuple[Problem, ...]]:
    """Read a whole text; a block that is not allowed is reported and left out."""
    if len(source.text.encode()) > MAX_BYTES:
        return (), (TOO_BIG.at(source.place(0), limit=MAX_BYTES),)
    layout = _Layout(source, marked)
    if _PLAIN_PARAGRAPH.fullmatch(marked.text) and len(marked.text) <= MAX_PARAGRAPH and marked.text[-1] != " ":
        return (RawBlock("p", (tuple(layout.runs(marked.text, 0, range(len(marked.text)))),), 0),), ()
    return layout.blocks(_READER.parse(marked.text)), tuple(layout.problems)


def read_inlines(source: Manuscript, marked: Marked) -> tuple[tuple[RawInline, ...], tuple[Problem, ...]]:
    """Read one line (a headline, a caption) that has inlines only."""
    layout = _Layout(source, marked)
    text = marked.text.rstrip()
    skipped = len(text) - len(text.lstrip())
    content = text.strip()
    return layout.inlines(content, range(skipped, skipped + len(content))), tuple(layout.problems)


class _Layout:
    """Lays markdown-it's tokens over the manuscript."""

    def __init__(self, source: Manuscript, marked: Marked) -> None:
        self.source = source
        self.marked = marked
        self.problems: list[Problem] = []
        self.starts = [0, *(match.end() for match in re.finditer("\n", marked.text))]

    def blocks(self, tokens: list[Token]) -> tuple[RawBlock, ...]:
        blocks: list[RawBlock] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            end = _closing(tokens, index)
            block = self._block(token, tokens[index + 1 : end])
            if block is not None:
                blocks.append(block)
            index = end + 1
        return tuple(blocks)

    def _block(self, token: Token, inside: list[Token]) -> RawBlock | None:
        start = self._line_start(token)
        if token.type in _REFUSED:
            what, instead = _REFUSED[token.type]
            self.problems.append(UNSUPPORTED.at(self.source.place(start), what=what, instead=instead))
            return None
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            return self._list(token, inside, start)
        kind = "p" if token.type == "paragraph_open" else token.tag
        if kind not in {"p", "h2", "h3"}:
            self.problems.append(HEADING_LEVEL.at(self.source.place(start)))
            kind = "h2"
        return RawBlock(kind, (self._line(inside[0]),), start)

    def _list(self, token: Token, inside: list[Token], start: int) -> RawBlock:
        ordered = token.type == "ordered_list_open"
        items: list[tuple[RawInline, ...]] = []
        index = 0
        while index < len(inside):
            end = _closing(inside, index)
            item, content = inside[index], inside[index + 1 : end]
            at = self._line_start(item)
            if ordered and item.info != str(len(items) + 1):
                self.problems.append(ORDER.at(self.source.place(at), found=item.info, expected=len(items) + 1))
            if [part.type for part in content] == ["paragraph_open", "inline", "paragraph_close"]:
                items.append(self._line(content[1]))
            elif content:
                self.problems.append(NESTED_LIST.at(self.source.place(at)))
                items.append(())
            index = end + 1
        return RawBlock("ol" if ordered else "ul", tuple(items), start)

    def _line_start(self, token: Token) -> int:
        start = self.starts[token.map[0] if token.map else 0]
        while self.marked.text[start : start + 1] == " ":
            start += 1
        return start

    def _line(self, token: Token) -> tuple[RawInline, ...]:
        """Read the inlines of an inline token, each line of which is the tail of a line of the manuscript."""
        content = token.content
        first = token.map[0] if token.map else 0
        if not content:
            return ()
        pieces = content.split("\n")
        while pieces[0] not in self._text_of(first):  # a first line of no-break spaces alone is stripped
            first += 1
        offsets: list[int] = []
        for number, piece in enumerate(pieces):
            begin, line = self.starts[first + number], self._text_of(first + number)
            column = line.rfind(piece) if piece else len(line)
            offsets.extend(range(begin + column, begin + column + len(piece)))
            offsets.append(begin + column + len(piece))
        return self.inlines(content, offsets[: len(content)])

    def _text_of(self, line: int) -> str:
        begin = self.starts[line]
        stop = self.marked.text.find("\n", begin)
        return self.marked.text[begin : stop if stop >= 0 else len(self.marked.text)]

    def inlines(self, content: str, offsets: Sequence[int]) -> tuple[RawInline, ...]:
        at = offsets[0] if offsets else 0
        if _bracket_depth(content) > MAX_DEPTH:
            self.problems.append(TOO_DEEP.at(self.source.place(at), limit=MAX_DEPTH))
            return ()
        if len(content) > MAX_PARAGRAPH:
            self.problems.append(LONG_PARAGRAPH.at(self.source.place(at), limit=MAX_PARAGRAPH))
            return ()
        if _PLAIN_LINE.fullmatch(content):
            return tuple(self.runs(content, 0, offsets))
        self._refuse_markup(content, offsets)
        tokens: list[Token] = []
        _READER.inline.parse(content, _READER, {}, tokens)
        if any(token.level > MAX_DEPTH for token in tokens):
            self.problems.append(TOO_DEEP.at(self.source.place(at), limit=MAX_DEPTH))
            return ()
        return self._tree(tokens, content, offsets)

    def _refuse_markup(self, content: str, offsets: Sequence[int]) -> None:
        for pattern, what, instead in _MARKUP:
            for match in pattern.finditer(content):
                place = self.source.place(offsets[match.start()])
                self.problems.append(UNSUPPORTED.at(place, what=what, instead=instead))
        for code, pattern in ((RAW_HTML, _HTML), (ENTITY, _ENTITY)):
            for match in pattern.finditer(content):
                self.problems.append(code.at(self.source.place(offsets[match.start()]), text=match.group()))

    def _tree(self, tokens: list[Token], content: str, offsets: Sequence[int]) -> tuple[RawInline, ...]:
        """Walk the tokens along `content`, so that every character finds its offset."""
        stack: list[tuple[str, str, list[RawInline]]] = [("", "", [])]
        position = 0
        for token in tokens:
            into = stack[-1][2]
            if token.type == "text":
                into.extend(self.runs(token.content, position, offsets))
                position += len(token.content)
            elif token.type == "text_special":
                into.append(RawText(token.content, offsets[position + 1]))
                position += 2
            elif token.type in {"softbreak", "hardbreak"}:
                begin = position
                position = content.index("\n", position) + 1
                into.append(RawText(" ", offsets[begin]))
                while content[position : position + 1] == " ":
                    position += 1
            elif token.type.endswith("_open"):
                kind = token.type.removesuffix("_open")
                stack.append((kind, str(token.attrs.get("href", "")), []))
                position += len(token.markup) or 1
            else:
                kind, href, children = stack.pop()
                if kind != "link":
                    position += len(token.markup)
                    stack[-1][2].append(RawSpan(kind, tuple(children)))
                    continue
                position, allowed = self._link_end(content, position, href, offsets)
                stack[-1][2].extend([RawSpan(kind, tuple(children), href)] if allowed else children)
        return tuple(stack[0][2])

    def runs(self, text: str, position: int, offsets: Sequence[int]) -> Iterator[RawInline]:
        """Part a text into its words and its placeholders."""
        for match in _RUN.finditer(text):
            start = offsets[position + match.start()]
            if match.group()[0] == MARK:
                yield RawCall(self.marked.calls[start])
            else:
                yield RawText(match.group(), start)

    def _link_end(self, content: str, position: int, href: str, offsets: Sequence[int]) -> tuple[int, bool]:
        """Step over `](address)`, and tell whether the address may be linked to."""
        place = self.source.place(offsets[position])
        begin = position + 2
        while content[begin : begin + 1] in {" ", "\n"}:
            begin += 1
        address = parseLinkDestination(content, begin, len(content))
        end = address.pos if address.ok else begin
        while content[end : end + 1] in {" ", "\n"}:
            end += 1
        if content[end : end + 1] != ")":
            end = _title_end(content, end)
            self.problems.append(LINK_TITLE.at(place))
        if MARK in content[begin:end]:
            self.problems.append(CALL_IN_LINK.at(place))
        elif not _allowed(href):
            self.problems.append(BAD_LINK.at(place, href=href))
        else:
            return end + 1, True
        return end + 1, False


def _closing(tokens: list[Token], index: int) -> int:
    """Give the index of the token that closes the one at `index` (itself when it opens nothing)."""
    if tokens[index].nesting != 1:
        return index
    level = tokens[index].level
    return next(i for i in range(index + 1, len(tokens)) if tokens[i].nesting == -1 and tokens[i].level == level)


def _bracket_depth(text: str) -> int:
    deepest = depth = 0
    for character in text:
        if character == "[":
            depth += 1
            deepest = max(deepest, depth)
        elif character == "]":
            depth = max(0, depth - 1)
    return deepest


def _title_end(content: str, position: int) -> int:
    """Find the `)` after a link's title; markdown-it has already proven that there is one."""
    quote = {"(": ")"}.get(content[position], content[position])
    position += 1
    while content[position] != quote:
        position += 2 if content[position] == "\\" else 1
    return content.index(")", position + 1)


def _allowed(href: str) -> bool:
    """Tell whether a link leads to https, to a mailbox, or stays inside (no host, no way up from the root)."""
    if href.startswith("//") or "\\" in href:
        return False
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(parts.netloc) and "@" not in parts.netloc
    return bool(href) and (parts.scheme == "mailto" or (not parts.scheme and not parts.netloc))
