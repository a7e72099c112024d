"""Turn an edition into pages: the sandboxed templates, found in the workspace first and in the package otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path, PurePosixPath
from traceback import walk_tb
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from chungtay_reports import resources, vietnamese
from chungtay_reports.at_rest import hidden
from chungtay_reports.edition import Edition
from chungtay_reports.errors import Code, ContentError, MachineError, Place, Problem, Severity
from chungtay_reports.settings import Settings

WRONG_TEMPLATE = Code("W171", "mẫu trang của kho viết sai: {mistake} ({reason})")
IDLE_TEMPLATE = Code(
    "W172",
    "tệp không được dùng: chương trình không có mẫu nào tên như vậy, mà mẫu khác của kho cũng không gọi tới",
    Severity.WARNING,
)

_MISTAKES: dict[type[Exception], str] = {
    TemplateSyntaxError: "sai cú pháp Jinja",
    UndefinedError: "dùng một giá trị không có",
    TemplateNotFound: "gọi một mẫu không có",
    SecurityError: "dùng điều mà mẫu không được phép",
}

FONT_FILE = re.compile(r"fonts/[A-Za-z0-9-]+\.woff2")
FILTERS: dict[str, Callable[..., object]] = {
    function.__name__: function
    for function in (
        vietnamese.number,
        vietnamese.percent,
        vietnamese.press_date,
        vietnamese.official_date,
        vietnamese.month_year,
        vietnamese.duration,
    )
}


def page(template: str, edition: Edition, settings: Settings, *, overrides: Path | None = None, **extra: object) -> str:
    """Fill the template of that name (“bulletin/index.html.j2”) with an edition.

    `overrides` is the workspace's own templates folder, whose files stand in for packaged ones of the same name.
    `extra` are further frozen values that the template shows. Undefined names are errors, not blanks.
    """
    return fill(template, overrides, edition=edition, settings=settings, **extra)


def fill(template: str, overrides: Path | None = None, **values: object) -> str:
    """Fill a template that shows something other than an edition.

    A mistake in the workspace's own template is its author's: ContentError with the file and the line.
    """
    with _telling(overrides):
        return _environment(overrides).get_template(template).render(once=_Once(), **values)


def mistakes(overrides: Path) -> tuple[Problem, ...]:
    """Find what is wrong with the workspace's own templates before any is filled.

    That is syntax, encoding, fonts that are not there, and files whose names nothing asks for.
    """
    names = [path.relative_to(overrides).as_posix() for path in sorted(overrides.rglob("*")) if path.is_file()]
    found: list[Problem] = []
    texts: dict[str, str] = {}
    for name in names:
        if not name.endswith((".j2", ".css")) or _find(name, overrides) is None:
            continue
        try:
            texts[name] = _text(name, overrides)
            with _telling(overrides):
                fonts(name, overrides) if name.endswith(".css") else _environment(overrides).get_template(name)
        except ContentError as error:
            found += error.problems
    return (*found, *_idle(names, texts))


def _idle(names: Sequence[str], texts: Mapping[str, str]) -> Iterator[Problem]:
    """Find the files that stand in for none of the program's and that no other template names."""
    packaged = resources.template_folder()
    known = [path.relative_to(packaged).as_posix() for path in packaged.rglob("*") if path.is_file()]
    for name in names:
        others = (text for other, text in texts.items() if other != name)
        if name not in known and not any(name.rpartition("/")[2] in text for text in others):
            close = get_close_matches(name, known, 1)
            yield IDLE_TEMPLATE.at(Place(f"templates/{name}"), hint=f"templates/{close[0]}" if close else None)


@contextmanager
def _telling(overrides: Path | None) -> Iterator[None]:
    """Tell a mistake in the workspace's own template as its author's."""
    try:
        yield
    except Exception as error:
        mistake = _own_mistake(error, overrides)
        if mistake is None:
            raise
        raise ContentError((mistake,)) from error


def _own_mistake(error: Exception, overrides: Path | None) -> Problem | None:
    """Find the line of the workspace's own template at which filling stopped; None when it was not in one."""
    spots = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError):
        spots.append((error.name or "", error.lineno))
    own = [(name, line) for name, line in spots if overrides and name and (overrides / name).is_file()]
    own = [(name, line) for name, line in own if not Path(name).is_absolute()]
    if not own:
        return None
    name, line = own[-1]
    said = next((words for kind, words in _MISTAKES.items() if isinstance(error, kind)), "không điền được")
    return WRONG_TEMPLATE.at(Place(f"templates/{name}", line), mistake=said, reason=str(error))


def asset(name: str, overrides: Path | None = None) -> bytes:
    """Read a file that goes with the templates (“bulletin/style.css”) as it stands; MachineError when there is none."""
    found = _find(name, overrides)
    if found is None:
        message = f"Không thấy tệp “{name}” trong thư mục templates."
        raise MachineError(message)
    return found.read_bytes()


def fonts(style: str, overrides: Path | None = None) -> dict[str, bytes]:
    """Read the font files that a style sheet (“bulletin/style.css”) names, and no other; by the names that it gives them."""
    text = _text(style, overrides)
    for match in FONT_FILE.finditer(text):
        if _find(match[0], overrides) is None:
            line = text.count("\n", 0, match.start()) + 1
            missing = WRONG_TEMPLATE.at(
                Place(f"templates/{style}", line),
                mistake=f"gọi phông chữ không có: {match[0]}",
                reason="đặt tệp phông vào templates/fonts/, hoặc dùng phông đi kèm chương trình",
            )
            raise ContentError((missing,))
    return {name: asset(name, overrides) for name in sorted(set(FONT_FILE.findall(text)))}


def kind(node: object) -> str:
    """Name a node for the templates' tables of macros: “paragraph”, “itemlist”, “number”, and so on."""
    return type(node).__name__.lower()


def drawing(svg: str) -> Markup:
    """Put a chart's drawing on the page as it is: `charts` wrote every character of it."""
    return Markup(svg)  # noqa: S704 - not an author's text


class _Once:
    """What a macro makes of a thing, made once for a page: a ledger shows a record below each figure that it proves."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, int], tuple[object, Markup]] = {}  # the thing lives on: no other gets its number

    def __call__(self, macro: Callable[[object], str], things: Iterable[object]) -> Markup:
        """Give what the macro makes of each of the things, one after the other; what a macro has not escaped is."""
        made, texts = self._made, []
        for thing in things:
            found = made.get((macro, id(thing)))
            if found is None:
                found = made[macro, id(thing)] = thing, escape(macro(thing))
            texts.append(found[1])
        return Markup("").join(texts)


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, which judges each attribute once for each type: a ledger's page reads a million of them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._judged: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Say whether a template may read an attribute; it depends on nothing but the object's type and the name."""
        found = self._judged.get((type(obj), attr))
        if found is None:
            found = self._judged[type(obj), attr] = super().is_safe_attribute(obj, attr, value)
        return found


@lru_cache(maxsize=4)
def _environment(overrides: Path | None) -> ImmutableSandboxedEnvironment:
    def source(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        found = _find(name, overrides)
        if found is None:
            return None
        stamp = found.stat().st_mtime_ns
        # a preview lives longer than a template stays as it was
        return (
            _text(name, overrides),
            name,
            lambda: _find(name, overrides) == found and found.stat().st_mtime_ns == stamp,
        )

    environment = _Sandbox(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters = dict(FILTERS)
    environment.globals = {"kind": kind, "drawing": drawing}
    return environment


def _text(name: str, overrides: Path | None) -> str:
    """Read a template file as text, without the mark that Windows puts in front; ContentError when it is not UTF-8."""
    data = asset(name, overrides)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(f"templates/{name}", data.count(b"\n", 0, error.start) + 1)
        wrong = WRONG_TEMPLATE.at(place, mistake="tệp không phải UTF-8", reason="hãy lưu lại với bảng mã UTF-8")
        raise ContentError((wrong,)) from error


def _find(name: str, overrides: Path | None) -> Path | None:
    """Find a template file; one that is hidden, or reached by a name or a link that leads out of its folder, is as good as absent."""
    if any(map(hidden, PurePosixPath(name).parts)):
        return None
    for folder in filter(None, (overrides, resources.template_folder())):
        root = folder.resolve()
        path = (root / name).resolve()
        if path.is_relative_to(root) and path.is_file():
            return path
    return None
