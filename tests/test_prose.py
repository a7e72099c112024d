"""Prose becomes blocks: what Markdown may hold, what placeholders may be, where mistakes are, how it is set."""

from __future__ import annotations

import time
import unicodedata

import newsroom
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay_reports.edition import Block, Emphasis, Heading, Inlines, ItemList, Link, Number, Paragraph, Strong, Text
from chungtay_reports.errors import Place, Problem, Severity
from chungtay_reports.prose.reader import read_line, read_prose, says_coverage, with_coverage
from chungtay_reports.prose.voice import plain
from chungtay_reports.source.yaml_spots import text_spots
from chungtay_reports.source.yaml_tree import parse_yaml

DESK = newsroom.desk()


def read(text: str) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    return read_prose(text, "b.md", 1, DESK)


def blocks(text: str) -> tuple[Block, ...]:
    found, problems = read(text)
    assert not problems, "\n".join(map(str, problems))
    return found


def only(text: str) -> Inlines:
    (block,) = blocks(text)
    assert isinstance(block, Paragraph)
    return block.inlines


def shown(text: str) -> str:
    return plain(only(text))


def codes(text: str) -> list[str]:
    return [problem.code for problem in read(text)[1]]


# ------------------------------------------------------------------ Markdown


def test_paragraphs_headings_and_lists_become_blocks() -> None:
    found = blocks(
        "## Tít xen\n\nĐoạn đầu\nnối dòng.\n\n### Tít nhỏ\n\n- mục này\n- mục kia\n\n1. bước đầu\n2. bước sau"
    )
    assert [type(block) for block in found] == [Heading, Paragraph, Heading, ItemList, ItemList]
    assert found[1] == Paragraph((Text("Đoạn đầu nối dòng."),))
    assert isinstance(found[3], ItemList)
    assert found[3].items == ((Text("mục này"),), (Text("mục kia"),))
    assert isinstance(found[4], ItemList)
    assert found[4].ordered


def test_emphasis_strong_and_links_nest() -> None:
    assert only("a *b **c*** [d **e**](https://a.vn/x) f") == (
        Text("a "),
        Emphasis((Text("b "), Strong((Text("c"),)))),
        Text(" "),
        Link("https://a.vn/x", (Text("d "), Strong((Text("e"),)))),
        Text(" f"),
    )


@pytest.mark.parametrize("href", ["https://a.vn/b", "mailto:a@b.vn", "../trang.html", "trang.html#muc", "#muc"])
def test_links_lead_to_https_to_mail_or_stay_inside(href: str) -> None:
    assert only(f"xem [đây]({href})")[1] == Link(href, (Text("đây"),))


@pytest.mark.parametrize(
    "href", ["http://a.vn", "javascript:alert(x)", "JaVaScRiPt:x", "data:text/html,x", "//a.vn/x", "file:///etc", "https://u@a.vn", "ftp://a"]
)  # fmt: skip
def test_no_other_link_is_let_through(href: str) -> None:
    found, problems = read(f"xem [đây]({href})")
    assert problems
    assert all(problem.severity is Severity.ERROR for problem in problems)
    assert not any(
        isinstance(inline, Link) for block in found if isinstance(block, Paragraph) for inline in block.inlines
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("> lời ai đó", "P110"), ("```\nmã\n```", "P110"), ("    dòng thụt", "P110"), ("a\n\n***", "P110"), ("![ảnh](a.png)", "P110"),
        ("`mã`", "P110"), ("| a | b |", "P110"), ("# Tít lớn", "P111"), ("#### Tít con", "P111"), ("- a\n  - b", "P112"),
        ("- a\n\n  b", "P112"), ("<b>đậm</b>", "P113"), ("<script>x</script>", "P113"), ("<!-- ẩn -->", "P113"),
        ("GD&amp;ĐT", "P114"), ("&#x41;", "P114"), ("[a](http://b.vn)", "P115"), ("[a](b/{{ ky() }})", "P116"),
        ("[a](https://b.vn 'tên')", "P117"), ("[" * 30 + "a" + "]" * 30, "P118"), ("2. một", "P121"),
        ("Ký tự \ue000 lạ", "P108"), ("Ký tự \x07 lạ", "P108"),
    ],
)  # fmt: skip
def test_what_a_bulletin_may_not_hold_is_reported_in_vietnamese(text: str, code: str) -> None:
    found = read(text)[1]
    assert code in [problem.code for problem in found]
    assert all(problem.message[0].isupper() or problem.message[0] == "“" for problem in found)


def test_html_never_becomes_markup() -> None:
    (block,), _ = read("a <i>b</i>")
    assert block == Paragraph((Text("a <i>b</i>"),))


def test_a_text_of_more_than_500_kb_is_refused() -> None:
    assert codes("chữ " * 130_000)[0] == "P119"


def test_a_paragraph_may_be_long_but_not_endless() -> None:
    assert codes("chữ " * 6_000) == ["P120"]


@pytest.mark.parametrize(
    "piece",
    ["[", "{{", "(", "*a ", "**a", "[a](", "- ", "> ", "![](", "_a_*b*", "[a](<b", "\\", "{{ so('", "`", "&", "<a"],
)
def test_twenty_thousand_characters_of_anything_are_read_at_once(piece: str) -> None:
    start = time.perf_counter()
    read_prose(piece * (20_000 // len(piece)), "b.md", 1, DESK)
    assert time.perf_counter() - start < 5


# ------------------------------------------------------------------ placeholders as typed


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("Có {{ so('chuyen_de') trường", "P101", 4),
        ("Có }} thừa", "P102", 4),
        ("Có {% if a %}", "P103", 4),
        ("Có {# ghi chú #}", "P103", 4),
        ("Có {{ so }}", "P104", 4),
        ("Có {{ so('a') | upper }}", "P104", 4),
        ("Có {{ so('a') + so('b') }}", "P104", 4),
        ("Có {{ so.a('b') }}", "P104", 4),
        ("Có {{ so('a')() }}", "P104", 4),
        ("Có {{ so(*['a']) }}", "P104", 4),
        ("Có {{ {{ so('a') }}", "P104", 4),
        ("Có {{ so(a) }}", "P105", 10),
        ("Có {{ so('a' * 10) }}", "P105", 10),
        ("Có {{ so('chuyen_de', cap=x.y) }}", "P105", 27),
        ("Có {{ so(“chuyen_de”) }}", "P106", 10),
        ("Có {{ so(" + "(" * 10 + ") }}", "P107", 4),
        ("Có {{ sô('chuyen_de') }}", "P301", 7),
        ("Có {{ so('chuyen_da') }}", "P316", 10),
        ("Có {{ so() }}", "P312", 7),
        ("Có {{ so('chuyen_de', capp='truong') }}", "P311", 23),
        ("Có {{ so('chuyen_de', cap='xa') }}", "P315", 27),
        ("Có {{ so('chuyen_de', chi_tieu='chuyen_de') }}", "P314", 23),
        ("Có {{ ky('ky_nay', 'ten', 'x') }}", "P313", 27),
        ("Có {{ bang(['chuyen_de']) }}", "P303", 7),
        ("Có {{ so('the_thao') }}", "P302", 7),
    ],
)  # fmt: skip
def test_a_mistaken_placeholder_is_reported_at_the_very_argument(text: str, code: str, column: int) -> None:
    problem = read(text)[1][0]
    assert (problem.code, problem.place) == (code, Place("b.md", 1, column))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{{ sp('chuyen_de') }}", "so"),
        ("{{ so('chuyen_da') }}", "chuyen_de"),
        ("{{ so(chuyen_de) }}", "'chuyen_de'"),
        ("{{ so('chuyen_de', cap_hox='thcs') }}", "cap_hoc"),
        ("{{ so('chuyen_de', cap='truon') }}", "truong"),
        ("{{ ten('quan-cau-giai') }}", "quan-cau-giay"),
        ("{{ trich_dan('loi-truong-phon') }}", "loi-truong-phong"),
        ("{{ gan('chuyen_de_truong') }}", "hơn 600"),
    ],
)  # fmt: skip
def test_a_close_name_is_offered(text: str, hint: str) -> None:
    assert read(f"Có {text} ở đây")[1][0].hint == hint


def test_a_placeholder_may_go_over_lines_and_hold_braces_in_its_words() -> None:
    assert shown("Có {{ so(\n  'the_thao',\n  khong='không }} có'\n) }} nữa") == "Có không }} có nữa"


def test_every_problem_of_a_text_is_told_in_the_order_of_places() -> None:
    found = read("Có 5 {{ so('x') }}\n\n> a\n\n{{ a.b }} <b> 7")[1]
    assert [(problem.place.line, problem.code) for problem in found] == [
        (1, "P201"),
        (1, "P316"),
        (3, "P110"),
        (5, "P104"),
        (5, "P113"),
        (5, "P201"),
    ]


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from(list("{}%#'\"(), so[]*_-\n&<>!`|\\1aă~=+.:")), max_size=60))
def test_no_text_whatever_breaks_the_reader(text: str) -> None:
    found, problems = read(text)
    assert isinstance(found, tuple)
    assert problems == tuple(sorted(problems))
    lines = text.split("\n")
    assert all(1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1 for problem in problems)


# ------------------------------------------------------------------ numbers in blocks


def test_a_number_is_linked_to_its_row_of_the_ledger() -> None:
    desk = newsroom.desk()
    (block,), _ = read_prose("Có **{{ so('chuyen_de_truong') }}** chuyên đề", "b.md", 1, desk)
    assert block == Paragraph((Text("Có "), Strong((Number("628", "s1"),)), Text("\u00a0chuyên đề")))
    (row,) = desk.ledger().rows
    assert (row.id, row.figure.value, row.prints[0].text, row.prints[0].where) == ("s1", 628, "628", "đoạn 1")


def test_the_ledger_says_where_a_number_stands() -> None:
    desk = newsroom.desk()
    text = "## Có {{ so('chuyen_de') }}\n\nLời.\n\n- mục\n- có {{ so('chuyen_de') }}\n\n{{ bang(['chuyen_de']) }}"
    read_prose(text, "b.md", 1, desk)
    (row,) = (row for row in desk.ledger().rows if row.figure.value == 788 and row.prints)
    assert [printed.where for printed in row.prints] == ["tít xen", "đoạn 2, mục 2", "bảng 1, hàng tổng"]


def test_what_is_printed_in_the_ledger_is_what_stands_in_the_text() -> None:
    desk = newsroom.desk()
    text = "{{ hon('chuyen_de_truong') }} chuyên đề. {{ gan('chuyen_de') }} nữa; {{ ty_le('chuyen_de_truong', trong='chuyen_de') }}."
    (block,), problems = read_prose(text, "b.md", 1, desk)
    assert not problems
    assert isinstance(block, Paragraph)
    numbers = [inline for inline in block.inlines if isinstance(inline, Number)]
    prints = {row.id: [printed.text for printed in row.prints] for row in desk.ledger().rows}
    assert [number.text for number in numbers] == ["Hơn 600", "Gần 800", "79,7%"]
    assert all(number.text in prints[number.figure] for number in numbers)


def test_words_of_a_placeholder_take_a_capital_at_the_start_of_a_sentence_only() -> None:
    text = "{{ hon('chuyen_de_truong') }} chuyên đề, {{ hon('chuyen_de_truong') }}. {{ ten('quan-cau-giay') }}! **{{ ten('quan-ba-dinh') }}**"
    assert shown(text) == "Hơn 600\u00a0chuyên đề, hơn 600. Quận Cầu Giấy! Quận Ba Đình"


def test_typography_goes_across_placeholders_and_emphasis() -> None:
    text = "Có {{ so('chuyen_de') }} chuyên đề , \"rất *vui*\" ...  từ ngày {{ ngay() }}"
    assert shown(text) == "Có 788\u00a0chuyên đề, “rất vui”... từ ngày\u00a010/8/2023"


def test_text_typed_in_nfd_is_printed_in_nfc() -> None:
    assert shown(unicodedata.normalize("NFD", "Trường học")) == "Trường học"


# ------------------------------------------------------------------ coverage


MISSING = newsroom.desk(missing=("huyen-ba-vi", "huyen-phuc-tho"))


def text_of(text: str, desk: newsroom.Desk) -> str:
    (block,), problems = read_prose(text, "b.md", 1, desk)
    assert not problems
    assert isinstance(block, Paragraph)
    return plain(block.inlines)


def test_prose_says_who_has_not_reported() -> None:
    assert text_of("{{ bao_phu() }}, đã có {{ so('chuyen_de') }} chuyên đề.", MISSING) == (
        "Theo báo cáo của 2/4\u00a0quận, huyện (còn Ba Vì và Phúc Thọ chưa gửi), đã có 788\u00a0chuyên đề."
    )


def test_prose_says_nothing_of_reports_when_all_are_in() -> None:
    assert text_of("{{ bao_phu() }}, đã có {{ so('chuyen_de') }} chuyên đề.", DESK) == "Đã có 788\u00a0chuyên đề."
    assert text_of("Kỳ này, {{ bao_phu() }}, có thêm.", DESK) == "Kỳ này, có thêm."
    assert text_of("{{ bao_phu() }} {{ hon('chuyen_de_truong') }} chuyên đề.", DESK) == "Hơn 600\u00a0chuyên đề."
    assert text_of("{{ bao_phu(luon=True) }}, đã đủ.", DESK) == "Theo báo cáo của cả 4\u00a0quận, huyện, đã đủ."


def test_a_text_that_does_not_say_it_gets_a_sentence_in_its_first_paragraph() -> None:
    text = "## Tít xen\n\nĐã có {{ so('chuyen_de') }} chuyên đề."
    assert not says_coverage(text)
    found, _ = read_prose(text, "b.md", 1, MISSING)
    added = with_coverage(found, MISSING)
    assert added[0] == found[0]
    assert isinstance(added[1], Paragraph)
    assert plain(added[1].inlines) == (
        "Đã có 788\u00a0chuyên đề. Số liệu theo báo cáo của 2/4 quận, huyện (còn Ba Vì và Phúc Thọ chưa gửi)."
    )
    assert with_coverage(found, DESK) == found
    assert with_coverage((), MISSING) == ()


def test_whether_a_text_says_it_is_seen_from_its_placeholders() -> None:
    assert says_coverage("một", "hai {{ bao_phu() }}")
    assert not says_coverage("{{ so('bao_phu') }} bao_phu()")


@pytest.mark.parametrize(
    "text",
    ["{{ ca('ti_le_ky') }}", "{{ ty_le('ti_le_ky') }}", "{{ ti_so('ti_le_ky') }}", "{{ phan('ti_le_ky', kieu='toan_bo') }}",
     "{{ xep_hang('chuyen_de', theo='don_vi') }}", "{{ dan_dau('chuyen_de', theo='don_vi') }}", "{{ nhieu_nhat('chuyen_de', theo='cap') }}"],
)  # fmt: skip
def test_claims_about_everybody_are_refused_while_somebody_is_missing(text: str) -> None:
    problems = read_prose(f"Đã {text}", "b.md", 1, MISSING)[1]
    assert [problem.code for problem in problems] == ["P302"]
    assert "Ba Vì và Phúc Thọ" in problems[0].message


# ------------------------------------------------------------------ lines of the front matter


@pytest.mark.parametrize(
    ("yaml", "place"),
    [
        ("title: Có 672 trường", (2, 11)),
        ("title: 'Có ''rất'' nhiều, 672'", (2, 27)),
        ('title: "Có \\"rất\\" \\u0111\\xf4ng, 672"', (2, 34)),
        ("title: >-\n  Dòng đầu\n  và 672 trường", (4, 6)),
        ("title: >-\n\n    Dòng đầu\n    nối\n\n    rồi 672", (7, 9)),
        ("title: |\n  Dòng đầu\n  và 672 trường", (4, 6)),
        ("title: Dòng đầu\n  nối 672 trường", (3, 7)),
        ('title: "Dòng đầu\n  nối \\\n  liền 672"', (4, 8)),
        ("title: >-\n  {{ so('chuyen_de') }}\n  {{ ky() }} và 672", (4, 17)),
    ],
)  # fmt: skip
def test_a_number_in_the_front_matter_is_found_where_it_stands_in_the_file(yaml: str, place: tuple[int, int]) -> None:
    parsed, problems = parse_yaml(yaml, "b.md", first_line=2)
    assert parsed is not None
    assert not problems
    assert isinstance(parsed.data, dict)
    text = parsed.data["title"]
    spots = text_spots(parsed, ("title",), text)
    (problem,) = (p for p in read_line(text, parsed.text_place(("title",)), DESK, spots=spots)[1] if p.code == "P201")
    assert (problem.place.line, problem.place.column) == place


# ------------------------------------------------------------------ voice


def warnings(text: str, role: str = "") -> list[str]:
    problems = read_line(text, Place("b.md"), DESK, role=role)[1] if role else read(text)[1]  # type: ignore[arg-type]
    assert all(problem.severity is Severity.WARNING for problem in problems), problems
    return [problem.code for problem in problems]


def test_a_connective_opens_only_one_sentence_in_three_paragraphs() -> None:
    assert warnings("Ngoài ra, các trường cùng học.\n\nLời.\n\nNgoài ra, thầy cô cùng dạy.") == ["P401"]
    assert warnings("Ngoài ra, các trường cùng học.\n\nLời.\n\nLời.\n\nNgoài ra, thầy cô cùng dạy.") == []
    assert warnings("Ngoài ra, các trường học. Bên cạnh đó, thầy cô dạy. Các trường ngoài ra còn chơi.") == []


@pytest.mark.parametrize("phrase", ["tiến hành việc", "nhờ đó", "Góp phần nâng cao"])
def test_empty_phrases_are_warned_about(phrase: str) -> None:
    assert warnings(f"Các trường {phrase} học tập.") == ["P402"]


def test_the_movement_must_be_named_as_it_is_called() -> None:
    assert warnings("Phong trào “Nhà trường chung tay cùng phát triển” lan rộng.") == ["P403"]
    assert warnings("Phong trào “Nhà trường cùng chung tay phát triển” lan rộng.") == []
    assert warnings("Nhà trường và phụ huynh cùng phát triển phong trào đọc sách.") == []


def test_a_headline_is_short_and_has_no_stop_and_one_hedge() -> None:
    assert warnings("Trường nội thành nối với trường ngoại thành", "tít") == []
    assert warnings("Các trường cùng học.", "tít") == ["P405"]
    assert warnings("Các trường " * 12, "tít") == ["P404"]
    assert warnings("{{ hon('chuyen_de_truong') }} và {{ gan('chuyen_de') }} chuyên đề", "tít") == ["P406"]


def test_a_sapo_has_about_thirty_to_fifty_words() -> None:
    assert warnings("chữ " * 40, "sapo") == []
    assert warnings("chữ " * 10, "sapo") == ["P407"]
    assert warnings("chữ " * 70, "sapo") == ["P407"]


@pytest.mark.parametrize(
    "text",
    [
        "\u00a0\n{{ ky() }}",
        "\u00a0",
        "*    \u00a0\n!a {{ ky() }}",
        "[]( )",
        "a\n\t\u0301{{ ky() }}",
        "- \u00a0\n",
        "{{ ky() }}\u2028b",
    ],
)
def test_strange_spaces_do_not_lose_a_placeholder(text: str) -> None:
    found, _ = read(text)
    said = "".join(plain(getattr(block, "inlines", ())) for block in found)
    items = "".join(plain(item) for block in found if isinstance(block, ItemList) for item in block.items)
    assert ("từ tháng" in (said + items).lower()) == ("ky()" in text)
