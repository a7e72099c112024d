"""The index of what was published places a copy: the newest version, an older one, withdrawn, or never published."""

from __future__ import annotations

import copies
import pytest
from proofs import checked, listed

from chungtay_reports.archive.proof import index
from chungtay_reports.archive.proof.index import Listed
from chungtay_reports.archive.proof.report import of_check, placed


def told(*versions: Listed) -> tuple[int, list[str], str]:
    report = placed(of_check("a.pdf", "0" * 64, checked(copies.bulletin())), versions)
    return report.exit_code, [problem.code for problem in report.problems], report.standing


def test_the_newest_version_is_said_to_be_the_newest() -> None:
    code, problems, standing = told(listed(pdf=("0" * 64,)))
    assert (code, problems) == (0, [])
    assert standing == "là bản mới nhất đã công bố, v1, ngày 15/8/2023 (đúng từng byte)"


def test_an_older_version_names_the_newer_one_and_why() -> None:
    newer = listed(
        version="v2", state="corrected", digest="1" * 64, reason="cộng trùng", published="2023-09-01T00:00:00+07:00"
    )
    report = placed(of_check("a.pdf", "0" * 64, checked(copies.bulletin())), (listed(), newer))
    assert (report.exit_code, report.sound) == (4, True)
    assert [str(problem.message) for problem in report.problems] == [
        "đã có bản mới hơn: v2, công bố 1/9/2023, vì: cộng trùng"
    ]


def test_a_withdrawn_edition_is_said_to_be_withdrawn() -> None:
    assert told(listed(), listed(version="v2", state="withdrawn", reason="sai nguồn"))[:2] == (4, ["V122"])


def test_an_edition_or_a_version_that_was_never_published_is_an_error() -> None:
    assert told(listed(key="khac"))[:2] == (1, ["V119"])
    assert told(listed(digest="1" * 64))[:2] == (1, ["V120"])


def test_an_index_is_read_back_as_it_was_written() -> None:
    rows = (listed(), listed(version="v2", state="corrected", reason="cộng “trùng”", pdf=("a", "b")))
    assert index.read_index(index.to_json(rows)) == rows


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", r"chung-thuc\.json"),
        ("[]", r"chung-thuc\.json"),
        ("{}", r"chung-thuc\.json"),
        ('{"version": "1.0", "publications": [1]}', r"chung-thuc\.json"),
        ('{"version": "2.0", "publications": []}', "chungtay mới hơn ghi, theo phiên bản 2.0"),
    ],
)
def test_what_is_no_index_ends_in_a_message(text: str, told: str) -> None:
    with pytest.raises(index.IndexUnreadableError, match=told):
        index.read_index(text)
