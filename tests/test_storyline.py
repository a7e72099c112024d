"""A bulletin without prose writes itself: true, complete sentences that a reporter could have written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import pytest
import worlds
from builds import REPO
from worlds import DISTRICTS, NEXT_YEAR, YEAR, activity, agreement, statistic, submission

from chungtay_reports.edition import Block, Chart, Heading, Paragraph, Table
from chungtay_reports.errors import Problem
from chungtay_reports.figures.desk import Desk
from chungtay_reports.figures.metrics import read_metrics
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.model import Metric, Period
from chungtay_reports.prose import storyline
from chungtay_reports.prose.reader import read_line, read_prose
from chungtay_reports.prose.storyline import Draft
from chungtay_reports.prose.voice import sapo_voice
from chungtay_reports.settings import Settings
from chungtay_reports.source.files import Parsed, read_yaml
from chungtay_reports.workspace.library import Entry

AS_OF = date(2023, 8, 10)
SEEDS = ("so-ket", "tong-ket", "ban-tin-1", "ban-tin-2", "thang-5")
MATRIX = (0, 1, 2, 9, 10, 11, 21, 100, 672, 1_000, 2_106, 1_000_000)
MOVEMENT = "Nhà trường cùng chung tay phát triển - Thầy cô cùng sẻ chia trách nhiệm"


@cache
def metrics() -> dict[str, Metric]:
    """The metrics that the storyline speaks of, as the repo's workspace defines them."""
    documents: list[Parsed] = []
    for path in sorted((REPO / "content" / "metrics").glob("*.yaml")):
        parsed, problems = read_yaml(REPO, path.relative_to(REPO).as_posix())
        assert parsed is not None, problems
        documents.append(parsed)
    found, problems = read_metrics(tuple(documents))
    assert not problems
    return dict(found)


def desk(
    entries: Iterable[Entry], *, period: Period = YEAR, as_of: date = AS_OF, previous: Period | None = None
) -> Desk:
    books = worlds.library(tuple(entries), metrics())
    settings = books.settings.model_dump()
    settings["movement"]["name"] = MOVEMENT
    books = replace(books, settings=Settings.model_validate(settings))
    return Desk(books, tabulate(books.entries, books.registry), period, as_of, previous)


@dataclass(frozen=True)
class Read:
    """A draft as it is printed."""

    draft: Draft
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]
    sapo: str

    @property
    def paragraphs(self) -> list[str]:
        return [words(block.inlines) for block in self.blocks if isinstance(block, Paragraph)]

    @property
    def headings(self) -> list[str]:
        return [words(block.inlines) for block in self.blocks if isinstance(block, Heading)]

    @property
    def text(self) -> str:
        return "\n".join([self.sapo, *self.headings, *self.paragraphs])


def words(inlines: Iterable[Any]) -> str:
    pieces = (piece.text if hasattr(piece, "text") else words(piece.children) for piece in inlines)
    return "".join(pieces).replace("\u00a0", " ")


def told(on: Desk, seed: str = "so-ket") -> Read:
    draft = storyline.write(on, seed)
    blocks, problems = read_prose(draft.body, storyline.SOURCE, 1, on)
    sapo, more = read_line(draft.sapo, worlds.Place(storyline.SOURCE), on)
    strip = [
        read_line(text, worlds.Place("x"), on)[1] for line in draft.key_figures for text in (line.number, line.label)
    ]
    return Read(draft, blocks, (*problems, *more, *(one for each in strip for one in each)), words(sapo))


def assert_reads_well(read: Read) -> None:
    """What holds for every text that the storyline writes, whatever the numbers."""
    assert [str(problem) for problem in read.problems] == []
    for text in [*read.paragraphs, *([read.sapo] if read.sapo else [])]:
        assert "  " not in text
        assert text == text.strip()
        assert text.endswith((".", "!")), text
        for sentence in re.split(r"(?<=[.])\s+(?=\D)", text):
            assert sentence[0].isupper() or sentence[0].isdigit() or sentence[0] == "“", sentence
    assert not re.search(r"(?<![\d.,/])0(?![\d.,/])", read.text), read.text
    assert not re.search(r"[${}]|\[\w+(?: \w+)?\]|None|nan", read.text), read.text
    assert not re.search(r"(?<![\d.,/])1 (?!triệu|tỷ)", read.text), read.text
    openings = [" ".join(re.sub(r"[\d.,/]+", "", text).split()[:2]).casefold() for text in read.paragraphs]
    assert len(openings) == len(set(openings)), openings
    assert len(read.headings) == len(set(read.headings))
    assert not isinstance(read.blocks[-1], Heading) if read.blocks else True


# ----------------------------------------------------------------- worlds


def submissions(*units: str, period: Period = YEAR, on: date = date(2023, 8, 5)) -> list[Entry]:
    return [
        submission(f"NB-{number}-{period.start}", unit, period=period, on=on)
        for number, unit in enumerate(units or DISTRICTS)
    ]


def pacts() -> list[Entry]:
    return [
        agreement(
            f"GU-{number}", kind="giao-uoc-cap-huyen", parties=[f"pgd-{one}", f"pgd-{other}"], on=date(2022, 12, 20)
        )
        for number, (one, other) in enumerate((("cau-giay", "phuc-tho"), ("ba-dinh", "ba-vi")))
    ]


def schools(number: int = 4) -> list[Entry]:
    pairs = [(level, other) for level in ("mam-non", "tieu-hoc", "thcs") for other in ("cau-giay", "ba-dinh")]
    met = {"cau-giay": "phuc-tho", "ba-dinh": "ba-vi"}
    return [
        agreement(f"BB-{index}", parties=[f"{level}-{one}", f"{level}-{met[one]}"])
        for index, (level, one) in enumerate(pairs[:number])
    ]


def chuyen_de(number: int = 6, *, on: date = date(2023, 3, 14), **fields: Any) -> list[Entry]:
    topics = ("kiem-tra-danh-gia", "kiem-tra-danh-gia", "phuong-phap-day-hoc")
    return [
        activity(
            f"HD-{on}-{index}",
            on=on,
            topics=[topics[index % 3]],
            counts={"sessions": 1, "teachers": 20},
            **{"host": ("thcs-cau-giay", "thcs-phuc-tho")[index % 2], "partners": ["thcs-ba-vi"], **fields},
        )
        for index in range(number)
    ]


def whole_year() -> list[Entry]:
    return [
        *pacts(),
        agreement(
            "KH-1",
            kind="ke-hoach-ket-noi",
            parties=["pgd-cau-giay", "pgd-phuc-tho"],
            on=date(2023, 1, 5),
            plan=[
                {"task": "Ghép trường theo cấp học", "due": date(2023, 2, 1), "done_on": date(2023, 1, 30)},
                {"task": "Chia sẻ kho bài giảng", "due": date(2023, 5, 1)},
            ],
        ),
        *schools(),
        *chuyen_de(),
        activity("HD-H", level="huyen", host="pgd-cau-giay", partners=["pgd-phuc-tho"]),
        agreement("CK-1", kind="cam-ket-giao-uoc", parties=["thpt-cau-giay", "thpt-phuc-tho"]),
        activity(
            "GL-1",
            kind="giao-luu-chuyen-mon",
            level=None,
            host="thpt-cau-giay",
            partners=["thpt-phuc-tho"],
            counts={"sessions": 3},
        ),
        activity("VH-1", kind="van-hoa-van-nghe", level=None, topics=[]),
        activity("TQ-1", kind="tham-quan", level=None, topics=[], direction="vao-noi-thanh", counts={"students": 40}),
        activity(
            "HT-1",
            kind="ho-tro-hoc-sinh",
            level=None,
            mode=None,
            topics=[],
            support={"money": 12_000_000, "pupils": 12, "sponsored": 2, "source": "quỹ khuyến học"},
        ),
        *submissions(),
    ]


# ----------------------------------------------------------------- promises


@pytest.mark.parametrize("seed", SEEDS)
def test_a_complete_year_is_told_from_coverage_to_the_pair(seed: str) -> None:
    read = told(desk(whole_year()), seed)
    assert_reads_well(read)
    assert read.headings == [
        "Chuyên môn là trục chính",
        "Khối THPT, GDNN-GDTX",
        "Ngoài giờ lên lớp",
        "Sẻ chia với học sinh khó khăn",
        "Nhìn từ cặp Cầu Giấy - Phúc Thọ",
    ]
    assert "ả 4 quận, huyện" in read.paragraphs[0]
    assert "ghép trường theo cấp học" in read.paragraphs[-1]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sapo_of_a_complete_year_has_the_length_of_a_sapo(seed: str) -> None:
    on = desk(whole_year())
    inlines, _ = read_line(storyline.write(on, seed).sapo, worlds.Place("x"), on)
    assert list(sapo_voice(inlines, worlds.Place("x"))) == []


def test_while_somebody_has_not_reported_nothing_is_said_of_all_and_nobody_leads() -> None:
    entries = [entry for entry in whole_year() if entry.record.kind != "nop-bao-cao"]
    some = [*entries, *submissions(*list(DISTRICTS)[:3])]
    for seed in SEEDS:
        read = told(desk(some), seed)
        assert_reads_well(read)
        assert not re.search(r"\b[Cc]ả \d|dẫn đầu|nhiều nhất|đều đã", read.text), read.text


def test_the_previous_period_is_compared_with_when_it_is_given() -> None:
    both = [
        *whole_year(),
        *chuyen_de(9, on=date(2023, 10, 2)),
        *submissions(period=NEXT_YEAR, on=date(2024, 8, 5)),
    ]
    before = Period(date(2022, 8, 1), date(2023, 7, 31), "năm học 2022-2023")
    later = {"period": NEXT_YEAR, "as_of": date(2024, 8, 10)}
    read = told(desk(both, previous=before, **later))
    assert_reads_well(read)
    assert "tăng 3" in read.text
    assert "năm học 2022-2023" in read.text
    assert "tăng" not in told(desk(both, **later)).text


@pytest.mark.parametrize(("number", "says"), [(6, "không đổi"), (4, "giảm 2")])
def test_an_equal_or_smaller_number_than_before_is_said_as_such(number: int, says: str) -> None:
    entries = [
        *whole_year(),
        *chuyen_de(number, on=date(2023, 10, 2)),
        *submissions(period=NEXT_YEAR, on=date(2024, 8, 5)),
    ]
    before = Period(date(2022, 8, 1), date(2023, 7, 31), "năm học 2022-2023")
    read = told(desk(entries, period=NEXT_YEAR, as_of=date(2024, 8, 10), previous=before))
    assert_reads_well(read)
    assert says in read.text


def test_a_previous_period_without_anything_is_no_trouble() -> None:
    entries = [*whole_year(), *submissions(period=Period(date(2022, 4, 1), date(2022, 11, 30)), on=date(2022, 12, 1))]
    read = told(desk(entries, previous=Period(date(2022, 4, 1), date(2022, 11, 30))))
    assert_reads_well(read)


def test_a_previous_period_without_a_name_is_told_by_its_months() -> None:
    entries = [
        *chuyen_de(3),
        *chuyen_de(5, on=date(2023, 10, 2)),
        *submissions(period=Period(date(2023, 2, 1), date(2023, 4, 30))),
        *submissions(period=Period(date(2023, 9, 1), date(2023, 11, 30)), on=date(2023, 12, 5)),
    ]
    read = told(
        desk(
            entries,
            period=Period(date(2023, 9, 1), date(2023, 11, 30)),
            as_of=date(2023, 12, 10),
            previous=Period(date(2023, 2, 1), date(2023, 4, 30)),
        )
    )
    assert_reads_well(read)
    assert "So với kỳ trước, từ tháng 2/2023 đến hết tháng 4/2023, số chuyên đề cấp trường tăng 2." in read.text


def test_when_nothing_happened_nothing_is_written() -> None:
    read = told(desk(submissions()))
    assert read.draft.body == ""
    assert read.draft.key_figures == ()
    assert_reads_well(read)


def test_one_unit_with_one_record_makes_a_short_true_text() -> None:
    read = told(desk([*chuyen_de(1), *submissions("quan-cau-giay")]))
    assert_reads_well(read)
    assert read.headings == ["Chuyên môn là trục chính"]
    assert "một chuyên đề" in read.text


def test_districts_that_tie_lead_together_and_a_tie_of_all_names_no_leader() -> None:
    everybody = told(desk([*pacts(), *schools(), *submissions()]))
    assert_reads_well(everybody)
    assert "dẫn đầu" not in everybody.text
    two = told(desk([*pacts(), *schools(5), *submissions()]))
    assert_reads_well(two)
    assert "cùng dẫn đầu" in two.text


@pytest.mark.parametrize("number", MATRIX)
def test_every_number_of_the_matrix_reads_well(number: int) -> None:
    counts = {"sessions": number, "teachers": number, "students": number, "periods": number}
    entries = [
        *pacts(),
        statistic("TK-1", of="chuyen-de", level="truong", count=number, counts=counts),
        statistic("TK-2", of="van-hoa-van-nghe", count=number),
        statistic("TK-3", of="ghi-nho-song-phuong", school_level="tieu-hoc", count=number),
        statistic("TK-4", of="ho-tro-hoc-sinh", count=number, support={"pupils": number, "money": number * 1_000_000}),
        *submissions(),
    ]
    read = told(desk(entries), f"so-{number}")
    assert_reads_well(read)
    printed = {0: "chuyên đề", 1: "một chuyên đề", 1_000: "1.000", 2_106: "2.106", 1_000_000: "1.000.000"}
    assert (printed.get(number, str(number)) in read.text) is (number > 0)


def test_a_text_depends_on_its_name_and_on_nothing_else() -> None:
    on = desk(whole_year())
    assert storyline.write(on, SEEDS[0]) == storyline.write(desk(whole_year()), SEEDS[0])
    assert len({storyline.write(on, seed).body for seed in SEEDS[:3]}) == 3


def test_a_later_period_speaks_of_itself_and_of_the_whole_movement() -> None:
    entries = [
        *whole_year(),
        *chuyen_de(9, on=date(2023, 10, 2)),
        agreement("BB-9", parties=["thcs-ba-dinh", "thcs-ba-vi"], on=date(2023, 10, 3)),
        *submissions(period=NEXT_YEAR, on=date(2024, 8, 5)),
    ]
    for seed in SEEDS:
        read = told(desk(entries, period=NEXT_YEAR, as_of=date(2024, 8, 10)), seed)
        assert_reads_well(read)
        assert "từ ngày phát động" in read.text.casefold()
        assert "năm học 2023-2024" in read.sapo.casefold() or "trong kỳ này" in read.sapo


def test_the_first_signatures_of_a_later_period_are_not_told_twice() -> None:
    entries = [
        agreement("BB-9", parties=["thcs-ba-dinh", "thcs-ba-vi"], on=date(2023, 10, 3)),
        *submissions(period=NEXT_YEAR, on=date(2024, 8, 5)),
    ]
    read = told(desk(entries, period=NEXT_YEAR, as_of=date(2024, 8, 10)))
    assert_reads_well(read)
    assert read.paragraphs[0].startswith("Kỳ này, 2 trường mầm non, tiểu học, THCS ký biên bản ghi nhớ song phương.")


def test_the_pair_is_the_one_that_did_most_and_has_signed_a_pact() -> None:
    found = storyline.spotlight(desk(whole_year()))
    assert found is not None
    assert (found.units, found.signed_on, found.plan) == (
        ("quan-cau-giay", "huyen-phuc-tho"),
        date(2022, 12, 20),
        "KH-1",
    )
    assert storyline.spotlight(desk([*schools(), *chuyen_de(), *submissions()])) is None


def test_charts_and_the_table_come_only_with_numbers_to_show() -> None:
    full = told(desk(whole_year()))
    assert sum(isinstance(block, Chart) for block in full.blocks) == 2
    assert sum(isinstance(block, Table) for block in full.blocks) == 1
    empty = told(desk([activity("VH-1", kind="van-hoa-van-nghe", level=None, topics=[]), *submissions()]))
    assert [type(block) for block in empty.blocks] == [Heading, Paragraph]


def test_every_metric_and_placeholder_of_the_outline_is_known() -> None:
    plan = storyline.outline()
    texts = [
        text
        for section in plan.sections
        for one in section.paragraphs
        for way in one
        for grade in way
        for text in grade
    ]
    texts += [text for way in plan.sapo for grade in way for text in grade] + [line.number for line in plan.key_figures]
    named = {name for text in texts for name in re.findall(r"'([a-z]+(?:_[a-z]+)+)'", text)}
    words_of_periods = {"ky_truoc", "tu_dau", "tinh_den", "ket_thuc", "ban_do", "don_vi", "cap_hoc", "chu_de", "day_du"}
    assert named - words_of_periods <= set(metrics())
