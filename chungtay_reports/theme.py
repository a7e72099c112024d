"""Turn an edition into pages: the sandboxed templates, found in the workspace first and in the package otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path, PurePosixPath
from traceback import walk_tb

from jinja2 import FunctionLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from chungtay_reports import resources, vietnamese
from chungtay_reports.at_rest import hidden
from chungtay_reports.edition import Edition
from chungtay_reports.errors import Code, ContentError, MachineError, Place, Problem
from chungtay_reports.settings import Settings

WRONG_TEMPLATE = Code("W171", "mẫu trang của kho viết sai: {mistake} ({reason})")

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
    try:
        return _environment(overrides).get_template(template).render(**values)
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
    """Read the font files that a style sheet names, and no other; by the names that it gives them."""
    return {name: asset(name, overrides) for name in sorted(set(FONT_FILE.findall(style)))}


def kind(node: object) -> str:
    """Name a node for the templates' tables of macros: “paragraph”, “itemlist”, “number”, and so on."""
    return type(node).__name__.lower()


def drawing(svg: str) -> Markup:
    """Put a chart's drawing on the page as it is: `charts` wrote every character of it."""
    return Markup(svg)  # noqa: S704 - not an author's text


@lru_cache(maxsize=4)
def _environment(overrides: Path | None) -> ImmutableSandboxedEnvironment:
    def source(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        found = _find(name, overrides)
        if found is None:
            return None
        stamp = found.stat().st_mtime_ns
        # a preview lives longer than a template stays as it was
        return (
            found.read_text(encoding="utf-8"),
            name,
            lambda: _find(name, overrides) == found and found.stat().st_mtime_ns == stamp,
        )

    environment = ImmutableSandboxedEnvironment(
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
