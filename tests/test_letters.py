"""Letters of the Sở: who is reminded and of what, who is asked to reconcile which numbers, and the files that are written."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from commands import run
from conftest import Workspace

from chungtay_reports.edition import Paragraph
from chungtay_reports.errors import UsageError
from chungtay_reports.figures import chasing, reconciling
from chungtay_reports.figures.measure import measure
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.formats import PAPER_FORMATS
from chungtay_reports.model import Period, Query
from chungtay_reports.official.letters import Sender, queries, reminders
from chungtay_reports.official.paper import OfficialTable, Paper
from chungtay_reports.workspace.library import Library

YEAR = "2023-2024"
AS_OF = date(2023, 12, 11)
NAME_OF_OFFICE = {
    "quan-hoang-mai": "Phòng Giáo dục và Đào tạo quận Hoàng Mai",
    "huyen-ung-hoa": "Phòng Giáo dục và Đào tạo huyện Ứng Hòa",
}
OFFICES = """\
- tiers: [quan, huyen]
  superior: [UBND $DON_VI]
  office: [PHÒNG GIÁO DỤC VÀ ĐÀO TẠO]
  name: Phòng Giáo dục và Đào tạo $don_vi
  symbol: PGDĐT
  signature: [TRƯỞNG PHÒNG]
- tiers: [so]
  superior: [UBND THÀNH PHỐ HÀ NỘI]
  office: [SỞ GIÁO DỤC VÀ ĐÀO TẠO]
  name: Sở Giáo dục và Đào tạo Hà Nội
  symbol: SGDĐT
  place: Hà Nội
  signature: [KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC]
"""


@dataclass(frozen=True)
class Said:
    """The words of a file; where a line breaks, and which kind of space stands there, is of no concern."""

    text: str

    def __contains__(self, words: str) -> bool:
        return plain(words) in self.text


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("\u00a0", " "))


@pytest.fixture
def offices(workspace: Workspace) -> Workspace:
    """Reports are due on 5/10 and 5/12; the books of 2023-2024 run from an activity in September to one in November."""
    workspace.remove("content/records/2023-2024")
    settings = (workspace.root / "chungtay.yaml").read_text("utf-8")
    due = settings.replace("{school_year_start: 08-01}", "{school_year_start: 08-01, deadlines: [10-05, 12-05]}")
    assert due != settings
    workspace.write("chungtay.yaml", due)
    workspace.write("content/offices.yaml", OFFICES)
    for month, number in (("09", "9101"), ("11", "9102")):
        seen = {"on": f"2023-{month}-20", "by": "pgd-hoang-mai"}
        workspace.activity(year=YEAR, id=f"HD-2023-{number}", date=f"2023-{month}-12", recorded=seen)
    return workspace


def submits(workspace: Workspace, unit: str, end: str = "2023-11-30", on: str = "2023-12-04") -> None:
    data = {
        "id": f"NB-{unit}-{end}",
        "kind": "nop-bao-cao",
        "unit": unit,
        "period": {"from": "2023-08-01", "to": end},
        "on": on,
        "complete": True,
        "recorded": {"on": on, "by": "pgd-" + unit.split("-", 1)[1]},
    }
    workspace.write(f"content/records/{YEAR}/{unit}/nb-{end}.yaml", json.dumps(data))


def reminded(workspace: Workspace, as_of: date = AS_OF, reply_by: date | None = None) -> tuple[Paper, ...]:
    library = workspace.library()
    return reminders(Sender(library, as_of, reply_by), chasing.matrix(library, YEAR, as_of))


def joint(workspace: Workspace, **fields: Any) -> None:
    """Write an activity of both districts, told twice; `fields` change what Ứng Hòa says."""
    workspace.activity()
    seen = {"on": "2023-03-26", "by": "pgd-ung-hoa"}
    other = {"counts": {"sessions": 1, "teachers": 28}, **fields}
    workspace.activity(unit="huyen-ung-hoa", id="HD-2023-9002", same_as="HD-2023-9001", recorded=seen, **other)


def asked(library: Library, day: date = AS_OF) -> tuple[Paper, ...]:
    return queries(Sender(library, day), reconciling.differences(library))


def words(paper: Paper) -> str:
    return "\n".join(sentences(paper))


def sentences(paper: Paper) -> list[str]:
    blocks = [block for block in paper.body if isinstance(block, Paragraph)]
    return ["".join(getattr(inline, "text", "") for inline in block.inlines) for block in blocks]


def cells(paper: Paper) -> list[list[str]]:
    (held,) = (block for block in paper.body if isinstance(block, OfficialTable))
    return [
        ["".join(getattr(inline, "text", "") for inline in cell.inlines) for cell in row.cells]
        for row in held.table.rows
    ]


def read_pdf(path: Path) -> Said:
    return Said(
        plain(subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout.decode())
    )


def read_docx(path: Path) -> Said:
    document = docx.Document(str(path))
    tables_ = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return Said(plain("".join([*tables_, *(paragraph.text for paragraph in document.paragraphs)])))


# --------------------------------------------------------------------------- reminders


def test_exactly_the_late_units_get_a_letter_each_to_its_own_office(offices: Workspace) -> None:
    submits(offices, "quan-hoang-mai")
    (letter,) = reminded(offices)
    assert (letter.unit, letter.addressees) == ("huyen-ung-hoa", (NAME_OF_OFFICE["huyen-ung-hoa"],))
    assert letter.slug == "don-doc-huyen-ung-hoa-2023-2024"
    assert NAME_OF_OFFICE["quan-hoang-mai"] not in words(letter)


def test_every_late_unit_gets_its_letter_in_the_order_of_the_registry(offices: Workspace) -> None:
    assert [letter.unit for letter in reminded(offices)] == ["quan-hoang-mai", "huyen-ung-hoa"]


def test_nobody_is_late_and_nobody_gets_a_letter(offices: Workspace) -> None:
    submits(offices, "quan-hoang-mai")
    submits(offices, "huyen-ung-hoa", on="2023-12-11")
    assert reminded(offices) == ()


def test_on_the_day_of_the_deadline_no_letter_is_written(offices: Workspace) -> None:
    assert reminded(offices, date(2023, 10, 5)) == ()


def test_the_letter_names_the_months_owed_the_deadline_and_the_day_in_words(offices: Workspace) -> None:
    submits(offices, "huyen-ung-hoa")
    submits(offices, "quan-hoang-mai", end="2023-09-30", on="2023-10-03")
    (letter,) = reminded(offices)
    first = sentences(letter)[0]
    assert "số liệu tháng 10 và 11 năm 2023 chậm nhất" in first
    assert "ngày 05 tháng 12 năm 2023" in first
    assert "Tính đến ngày 11 tháng 12 năm 2023" in first
    assert "tháng 8" not in first


def test_months_of_two_deadlines_are_told_each_with_its_own(offices: Workspace) -> None:
    letter = reminded(offices)[0]
    assert "số liệu tháng 8 và 9 năm 2023 chậm nhất ngày 05 tháng 10 năm 2023;" in words(letter)
    assert "số liệu tháng 10 và 11 năm 2023 chậm nhất ngày 05 tháng 12 năm 2023." in words(letter)


def test_an_answer_is_asked_for_by_the_day_that_was_given_or_soon(offices: Workspace) -> None:
    assert "ngày 20 tháng 12 năm 2023" in words(reminded(offices, reply_by=date(2023, 12, 20))[0])
    assert "trong thời gian sớm nhất" in words(reminded(offices)[0])


def test_a_letter_is_a_draft_of_the_so_without_number_name_or_annex(offices: Workspace) -> None:
    letter = reminded(offices)[0]
    assert letter.letterhead.office == ("SỞ GIÁO DỤC VÀ ĐÀO TẠO",)
    assert letter.letterhead.month == date(2023, 12, 1)
    assert letter.letterhead.subject.startswith("V/v đôn đốc gửi báo cáo")
    assert (letter.signature.lines, letter.signature.name) == (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "")
    assert (letter.type_name, letter.annexes, letter.ledger) == ("", (), None)
    assert sentences(letter)[-1].endswith("./.")


def test_a_district_that_has_ended_keeps_its_last_name_in_a_letter_of_later(offices: Workspace) -> None:
    letters = reminded(offices, date(2026, 11, 22))
    assert [letter.addressees[0] for letter in letters] == list(NAME_OF_OFFICE.values())
    assert "phường Hoàng Mai" not in words(letters[0])


def test_without_a_row_for_the_kind_of_unit_no_letter_can_be_written(offices: Workspace) -> None:
    offices.write("content/offices.yaml", OFFICES.replace("[quan, huyen]", "[quan]"))
    submits(offices, "quan-hoang-mai")
    with pytest.raises(UsageError, match=r"content/offices\.yaml chưa có mục cho huyện"):
        reminded(offices)


# --------------------------------------------------------------------------- queries


def test_both_partners_are_asked_each_with_its_own_number_first_and_both_ids(offices: Workspace) -> None:
    joint(offices)
    hoang_mai, ung_hoa = asked(offices.library())
    assert [hoang_mai.unit, ung_hoa.unit] == ["quan-hoang-mai", "huyen-ung-hoa"]
    assert [row[2:] for row in cells(hoang_mai)] == [["Số giáo viên", "30", "28"]]
    assert [row[2:] for row in cells(ung_hoa)] == [["Số giáo viên", "28", "30"]]
    for letter in (hoang_mai, ung_hoa):
        assert all(id_ in cells(letter)[0][1] for id_ in ("HD-2023-9001", "HD-2023-9002"))
    assert NAME_OF_OFFICE["quan-hoang-mai"] in cells(ung_hoa)[0][1]


def test_a_number_that_one_partner_does_not_give_is_told_as_such(offices: Workspace) -> None:
    joint(offices, counts={"sessions": 1})
    assert cells(asked(offices.library())[0])[0][2:] == ["Số giáo viên", "30", "không ghi"]


def test_a_unit_with_several_differences_gets_one_letter(offices: Workspace) -> None:
    joint(offices, counts={"sessions": 2, "teachers": 28})
    offices.activity(id="HD-2023-9011", title="Ra đề kiểm tra môn Ngữ văn")
    seen = {"on": "2023-03-26", "by": "pgd-ung-hoa"}
    again: dict[str, Any] = {"title": "Ra đề kiểm tra môn Ngữ văn", "counts": {"sessions": 1, "teachers": 4}}
    offices.activity(unit="huyen-ung-hoa", id="HD-2023-9012", same_as="HD-2023-9011", recorded=seen, **again)
    letters = asked(offices.library())
    assert [letter.slug for letter in letters] == ["doi-chieu-quan-hoang-mai", "doi-chieu-huyen-ung-hoa"]
    assert [[row[0], row[2]] for row in cells(letters[0])] == [
        ["1", "Số buổi"],
        ["2", "Số giáo viên"],
        ["3", "Số giáo viên"],
    ]


def test_partners_who_agree_are_not_asked(offices: Workspace) -> None:
    joint(offices, counts={"sessions": 1, "teachers": 30})
    assert asked(offices.library()) == ()


def test_the_totals_count_the_activity_once_as_the_letter_says(offices: Workspace) -> None:
    def held() -> object:
        library = offices.library()
        query = Query("chuyen_de", Period(date(2022, 12, 1), date(2023, 7, 31)), AS_OF)
        return measure(query, tabulate(library.entries, library.registry), library.metrics).value

    offices.activity()
    once = held()
    joint(offices)
    assert held() == once
    assert "mỗi hoạt động chỉ được tính một lần" in words(asked(offices.library())[0])


# --------------------------------------------------------------------------- files


def test_pdf_and_docx_of_a_letter_say_the_same_sentences(offices: Workspace, tmp_path: Path) -> None:
    joint(offices)
    library = offices.library()
    reminder = reminders(Sender(library, AS_OF), chasing.matrix(library, YEAR, AS_OF))[0]
    for paper in (reminder, asked(library)[0]):
        for name, read in (("pdf", read_pdf), ("docx", read_docx)):
            (document,) = PAPER_FORMATS[name](paper, library.settings, None)
            path = tmp_path / f"{paper.slug}.{name}"
            path.write_bytes(document.data)
            said = read(path)
            wanted = [*sentences(paper), *paper.addressees, *paper.recipients, paper.letterhead.subject, "/SGDĐT"]
            wanted += [cell for row in (cells(paper) if "doi-chieu" in paper.slug else []) for cell in row]
            assert not [text for text in wanted if text not in said], path.name


def test_coverage_writes_the_letters_and_names_the_files(
    offices: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    submits(offices, "quan-hoang-mai")
    folder = tmp_path / "gui" / "don-doc"
    options = ("--year", YEAR, "--as-of", "2023-12-11", "--reply-by", "2023-12-20", "--letters", str(folder))
    code, out, err = run(capsys, "-C", offices.root, "coverage", *options)
    names = [f"don-doc-huyen-ung-hoa-2023-2024.{ending}" for ending in ("pdf", "docx")]
    assert (code, out.splitlines()) == (0, [str(folder / name) for name in names])
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    assert "ngày 20 tháng 12 năm 2023" in read_docx(folder / names[1])
    assert "Đã viết 1 công văn." in err


def test_reconcile_writes_a_letter_to_each_partner(
    offices: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    joint(offices)
    code, out, _ = run(capsys, "-C", offices.root, "reconcile", "--letters", str(tmp_path / "thu"))
    units = ("quan-hoang-mai", "huyen-ung-hoa")
    wanted = [tmp_path / "thu" / f"doi-chieu-{unit}.{ending}" for unit in units for ending in ("pdf", "docx")]
    assert (code, out.splitlines()) == (0, [str(path) for path in wanted])
    assert all(path.is_file() for path in wanted)


def test_with_nobody_to_write_to_no_file_is_made(
    offices: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "-C", offices.root, "reconcile", "--letters", str(tmp_path / "thu"))
    assert (code, out) == (0, "")
    assert "Không có công văn nào phải viết." in err


def test_a_folder_that_cannot_be_made_ends_with_a_sentence_in_vietnamese(
    offices: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # a file stands in the way: no user, not even root, can make a folder below it
    (tmp_path / "tep").write_text("", encoding="utf-8")
    code, out, err = run(
        capsys, "-C", offices.root, "coverage", "--year", YEAR, "--letters", str(tmp_path / "tep" / "thu")
    )
    assert (code, out) == (1, "")
    assert err.startswith("Lỗi: ")
    assert "một phần đường dẫn không phải thư mục" in err
