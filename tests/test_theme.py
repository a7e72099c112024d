"""The sandbox of the templates, and whose file is taken."""

from __future__ import annotations

import re
from pathlib import Path

import editions
import pytest
from jinja2 import TemplateNotFound, UndefinedError
from jinja2.exceptions import SecurityError

from chungtay_reports import theme
from chungtay_reports.edition import Text
from chungtay_reports.errors import ContentError, MachineError
from chungtay_reports.official.layout import template_mistakes
from chungtay_reports.resources import template_folder


def fill(tmp_path: Path, source: str, **extra: object) -> str:
    (tmp_path / "thu.j2").write_text(source, encoding="utf-8")
    return theme.page("thu.j2", editions.edition(), editions.settings(), overrides=tmp_path, **extra)


def test_text_is_always_escaped(tmp_path: Path) -> None:
    assert fill(tmp_path, "{{ text }}", text="<b>GD&ĐT</b> “'") == "&lt;b&gt;GD&amp;ĐT&lt;/b&gt; “&#39;"


def test_an_undefined_name_is_an_error_and_not_a_blank(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as stopped:
        fill(tmp_path, "{{ edition.khong_co }}")
    assert isinstance(stopped.value.__cause__, UndefinedError)


@pytest.mark.parametrize(
    "source",
    ["{{ edition.__class__ }}", "{{ ''.__class__.__mro__ }}", "{% set x = seen.append(1) %}", "{{ seen.clear() }}"],
)
def test_a_template_can_neither_reach_python_nor_change_a_value(tmp_path: Path, source: str) -> None:
    with pytest.raises(ContentError) as stopped:
        fill(tmp_path, source + "{{ x }}", seen=[1])
    assert isinstance(stopped.value.__cause__, SecurityError)


def test_only_vietnamese_filters_exist_so_nothing_can_be_marked_safe(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as stopped:
        fill(tmp_path, "{{ text | safe }}", text="<b>")
    assert "No filter named 'safe'" in str(stopped.value.problems[0])
    assert fill(tmp_path, "{{ n | number }} {{ edition.ledger.as_of | press_date }}", n=2106) == "2.106 31/7/2023"


def test_what_a_macro_makes_of_a_thing_once_is_what_it_makes_of_it_each_time(tmp_path: Path) -> None:
    macro = "{% macro row(thing) %}<li>{{ thing }}</li>{% endmacro %}"
    things = ["B&B", "a", "B&B"]
    each = fill(tmp_path, macro + "{% for thing in things %}{{ row(thing) }}{% endfor %}", things=things)
    assert fill(tmp_path, macro + "{{ once(row, things) }}", things=things) == each
    assert each == "<li>B&amp;B</li><li>a</li><li>B&amp;B</li>"


def test_nothing_that_is_no_macro_reaches_a_page_unescaped_by_way_of_once(tmp_path: Path) -> None:
    assert fill(tmp_path, "{{ once(''.join, [['<b>']]) }}") == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{{ edition.khong_co }}", "dùng một giá trị không có"),
        ("{% if %}", "sai cú pháp Jinja"),
        ("{% include 'mat.j2' %}", "gọi một mẫu không có"),
        ("{{ 1 + 'a' }}", "không điền được"),
    ],
)
def test_a_mistake_in_the_workspaces_own_template_is_told_with_its_line(tmp_path: Path, wrong: str, said: str) -> None:
    with pytest.raises(ContentError) as stopped:
        fill(tmp_path, f"<p>\n\n{wrong}\n</p>")
    (problem,) = stopped.value.problems
    assert (problem.code, str(problem.place)) == ("W171", "templates/thu.j2:3:1")
    assert said in problem.message


def write(folder: Path, name: str, data: bytes | str) -> None:
    path = folder / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def packaged(name: str) -> str:
    return (template_folder() / name).read_text(encoding="utf-8")


LAYOUT_FILE = "official/nd30-2020.yaml"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bulletin/index.html.j2", packaged("bulletin/index.html.j2") + "\n{% if %}", "sai cú pháp Jinja"),
        ("bulletin/index.html.j2", "<p>\n\nchữ".encode("utf-16"), "không phải UTF-8"),
        ("bulletin/style.css", b"a {}\n/* \xe9 */", "không phải UTF-8"),
        ("bulletin/style.css", "\n@font-face { src: url(fonts/La.woff2) }", "gọi phông chữ không có: fonts/La.woff2"),
        (
            LAYOUT_FILE,
            packaged(LAYOUT_FILE).replace("single_line: 1.149", "single_line: x"),
            "“font.single_line” không dùng được (phải là một số",
        ),
        (LAYOUT_FILE, packaged(LAYOUT_FILE).replace("\n  width: 210", "\n  width: -5"), "(phải lớn hơn 0)"),
        (
            LAYOUT_FILE,
            packaged(LAYOUT_FILE).replace("\n  width: 210", "\n  width: .inf"),
            "(phải là một số, ví dụ 12.5)",
        ),
        (
            LAYOUT_FILE,
            packaged(LAYOUT_FILE).replace("issuer_sizes: [13, 12]", "issuer_sizes: 13"),
            "(phải là danh sách",
        ),
        (LAYOUT_FILE, "font: [", "sai cú pháp YAML (xem lại dấu hai chấm"),
        (LAYOUT_FILE, b"# \xe9", "không phải UTF-8"),
    ],
)
def test_check_finds_what_is_wrong_with_a_template_before_it_is_filled(
    tmp_path: Path, name: str, data: bytes | str, said: str
) -> None:
    write(tmp_path, name, data)
    (problem,) = template_mistakes(tmp_path)
    assert (problem.code, problem.place.file) == ("W171", f"templates/{name}")
    assert said in problem.message


def test_an_entry_that_a_layout_lacks_is_told_at_the_entry_above_it(tmp_path: Path) -> None:
    write(tmp_path, LAYOUT_FILE, packaged(LAYOUT_FILE).replace("\n  width: 210", "\n  widht: 210"))
    lines = packaged(LAYOUT_FILE).splitlines()
    assert [(problem.place.line, problem.message) for problem in template_mistakes(tmp_path)] == [
        (lines.index("page:") + 1, WRONG.format("thiếu mục “page.width” (chép lại từ tệp đi kèm chương trình)")),
        (lines.index("  width: 210") + 1, WRONG.format("có mục lạ “page.widht” (xóa đi, hoặc sửa lại tên)")),
    ]


def test_a_layout_of_before_an_entry_was_added_is_still_read(tmp_path: Path) -> None:
    old = "".join(line for line in packaged(LAYOUT_FILE).splitlines(keepends=True) if "annex_height:" not in line)
    write(tmp_path, LAYOUT_FILE, old)
    assert template_mistakes(tmp_path) == ()


WRONG = "mẫu trang của kho viết sai: {}"


def test_a_template_that_nothing_asks_for_is_told_with_the_name_that_was_meant(tmp_path: Path) -> None:
    write(tmp_path, "bulletin/styles.css", "a {}")
    (problem,) = template_mistakes(tmp_path)
    assert (problem.code, problem.hint) == ("W172", "templates/bulletin/style.css")


def test_templates_that_stand_in_or_are_included_are_in_order_also_as_windows_saves_them(tmp_path: Path) -> None:
    for path in sorted(template_folder().rglob("*")):
        if path.suffix in {".j2", ".css", ".yaml"} and path.parts[len(template_folder().parts)] != "starter":
            write(tmp_path, path.relative_to(template_folder()).as_posix(), path.read_bytes())
    write(tmp_path, "bulletin/index.html.j2", b"\xef\xbb\xbf" + packaged("bulletin/index.html.j2").encode())
    write(tmp_path, "bulletin/style.css", packaged("bulletin/style.css") + "@import url(rieng.css);")
    write(tmp_path, "bulletin/rieng.css", "a {}")
    assert template_mistakes(tmp_path) == ()


def test_a_mistake_in_a_packaged_template_is_a_bug_and_not_the_authors(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError):
        theme.fill("bulletin/index.html.j2", tmp_path)


def test_no_template_turns_escaping_off() -> None:
    for path in sorted(template_folder().rglob("*.j2")):
        assert not re.search(r"\|\s*safe|autoescape", path.read_text(encoding="utf-8")), path


def test_a_workspace_template_stands_in_for_the_packaged_one(tmp_path: Path) -> None:
    (tmp_path / "bulletin").mkdir()
    (tmp_path / "bulletin" / "style.css").write_bytes(b"/* ours */")
    assert theme.asset("bulletin/style.css", tmp_path) == b"/* ours */"
    assert theme.asset("bulletin/reader.js", tmp_path) == theme.asset("bulletin/reader.js")


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "bulletin/../../secret", "link", "folder"])
def test_no_name_leads_out_of_the_template_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    inside = tmp_path / "templates"
    (inside / "folder").mkdir(parents=True)
    (inside / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(MachineError):
        theme.asset(name, inside)
    with pytest.raises(TemplateNotFound):
        theme.page(name, editions.edition(), editions.settings(), overrides=inside)


def test_every_kind_of_text_and_block_has_a_macro(tmp_path: Path) -> None:
    source = (
        '{% from "shared/blocks.html.j2" import block %}'
        '{% for item in edition.blocks %}{{ block(item, "#", "anh/", "muc") }}{% endfor %}'
        '{{ block(edition.lead_photo, "#", "anh/", "muc") }}'
    )
    page = fill(tmp_path, source)
    assert 'href="#s1">672</a>' in page
    assert 'src="anh/chung-tay.png"' in page
    assert page.count("<svg") == 2


def test_running_text_gets_no_space_that_the_author_did_not_write(tmp_path: Path) -> None:
    source = '{% from "shared/blocks.html.j2" import inlines %}[{{ inlines(edition.headline, "#") }}]'
    assert fill(tmp_path, source) == (
        '[<a class="so" href="#s1">672</a> trường nối nội thành với ngoại thành sau tám tháng]'
    )


def test_the_kind_of_a_node_is_its_class() -> None:
    assert theme.kind(Text("a")) == "text"
