"""Personal data in public text, and a misspelt name of the movement, are pointed at; ordinary text is not."""

from __future__ import annotations

import pytest

from chungtay_reports.errors import Place, Problem, Severity
from chungtay_reports.settings import Movement
from chungtay_reports.workspace.privacy import movement_name, text_problems

NAME = movement_name(
    Movement.model_validate(
        {
            "name": "Nhà trường cùng chung tay phát triển - Thầy cô cùng sẻ chia trách nhiệm",
            "stage": "2022-2025",
            "start": "2022-12-01",
            "variants": ["Nhà trường chung tay"],
        }
    )
)


def found(text: str) -> list[tuple[str, int, int]]:
    problems: list[Problem] = list(text_problems(text, Place("f", 3, 5), NAME))
    assert all(problem.severity is Severity.WARNING for problem in problems)
    return [(problem.code, problem.place.line, problem.place.column) for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 4340/KH-SGDĐT ngày 12/12/2022",
        "Năm học 2022-2023 có 2.106 tiết, 1.250.000 đồng, 012 lớp",
        "Mã đơn vị 00004, số 05/BC-PGDĐT",
        "Tài khoản 20000000 đồng cho 0,5 triệu học sinh",
        "từ ngày 12/3/2023 đến 14/3/2023, sinh hoạt chuyên môn ngày 12/3/2023",
        "học sinh năm cuối; sinh viên 2 trường",
        "Phong trào “Nhà trường cùng chung tay phát triển - Thầy cô cùng sẻ chia trách nhiệm”",
        "Thầy cô cùng chia sẻ tài liệu",
    ],
)
def test_ordinary_text_is_not_taken_for_personal_data(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("001085012345", "R301"),
        ("001 085 012 345", "R301"),
        ("0912345678", "R302"),
        ("0912.345.678", "R302"),
        ("+84 912 345 678", "R302"),
        ("024 3825 1234", "R302"),
        ("20.98123, 105.84567", "R303"),
        ("20°58'12\"B", "R303"),
        ("sinh ngày 12/3/2012", "R304"),
        ("em Nam (sinh năm 2012)", "R304"),
        ("sinh 12-3-2012", "R304"),
        ("Nhà trường cùng chung tay phát triển – Thầy cô cùng sẻ chia trách nhiệm", "R311"),
        ("nhà trường cùng chung tay phát triển - thầy cô cùng chia sẻ trách nhiệm", "R311"),
        ("Nhà trường cùng chung tay phát triển-Thầy cô cùng sẻ chia trách nhiệm", "R311"),
        ("Nhà trường chung tay", "R311"),
    ],
)
def test_personal_data_and_a_misspelt_movement_are_pointed_at(text: str, code: str) -> None:
    assert [one for one, _, _ in found(f"Theo {text}.")] == [code]
    expected_column = 1 + next(i for i, _ in enumerate(text) if text[i:].startswith(_core(text, code)))
    assert found(f"dòng một\n{text}")[0] == (code, 4, expected_column)


def _core(text: str, code: str) -> str:
    return text[text.index("sinh") :] if code == "R304" else text


def test_a_movements_name_that_is_broken_over_a_line_is_still_the_name() -> None:
    assert found("Nhà trường cùng chung tay phát triển -\nThầy cô cùng sẻ chia trách nhiệm") == []
