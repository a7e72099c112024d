"""an-pham.json: written, read back, and refused when it is something else."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay_reports.archive.ocfl import Store, User
from chungtay_reports.archive.publication import (
    Approval,
    Change,
    Publication,
    PublicationUnreadableError,
    State,
    object_id,
    publications,
    read_publication,
    to_json,
)
from chungtay_reports.fingerprint import Fingerprint
from chungtay_reports.model import HANOI, Period

MOMENT = datetime(2023, 8, 15, 9, tzinfo=HANOI)


def publication(**changes: Any) -> Publication:
    fields: dict[str, Any] = {
        "key": "2023-08-tam-thang-chung-tay",
        "kind": "ban-tin",
        "slug": "2023-08-tam-thang-chung-tay",
        "unit": "",
        "year": "",
        "title": "672 trường nội, ngoại thành kết nối sau tám tháng",
        "issue": "02/2023",
        "issued": MOMENT,
        "published": MOMENT,
        "as_of": date(2023, 8, 10),
        "period": Period(date(2022, 12, 1), date(2023, 7, 31), "tám tháng"),
        "state": State.PUBLISHED,
        "version": "v1",
        "approvals": (Approval("tran-the-cuong", "Trần Thế Cương", "Giám đốc", date(2023, 8, 14), "0" * 64),),
        "fingerprint": Fingerprint("1" * 64, "2" * 64),
        "reason": "",
        "changes": (Change("Trường ký kết", "672", "671", "tít"),),
        "embargo": None,
        "files": {"pdf": "tai-lieu/2023-08-tam-thang-chung-tay.pdf"},
    }
    return Publication(**(fields | changes))


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(texts, texts, st.lists(st.tuples(texts, texts, texts, texts), max_size=3), st.dictionaries(texts, texts))
def test_a_publication_survives_its_json(
    title: str, reason: str, changes: list[tuple[str, str, str, str]], files: dict[str, str]
) -> None:
    made = publication(title=title, reason=reason, changes=tuple(Change(*each) for each in changes), files=files)
    assert read_publication(to_json(made)) == made


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("state", "approved-ish"),
        ("version", "v0"),
        ("version", 1),
        ("published", "2023-08-15T09:00:00"),
        ("period", {"from": "2022-12-01"}),
        ("fingerprint", {"figures": 1, "text": "2"}),
        ("approvals", [{"by": "x"}]),
        ("more", "unknown"),
        ("$schema", "urn:other"),
    ],
)
def test_a_record_with_a_wrong_field_is_refused(field: str, value: object) -> None:
    data = json.loads(to_json(publication())) | {field: value}
    with pytest.raises(PublicationUnreadableError):
        read_publication(json.dumps(data))


def test_a_record_that_repeats_a_key_or_lacks_one_is_refused() -> None:
    text = to_json(publication())
    with pytest.raises(PublicationUnreadableError, match="lặp lại"):
        read_publication(text.replace('"issue"', '"title"'))
    data = json.loads(text)
    del data["as_of"]
    with pytest.raises(PublicationUnreadableError):
        read_publication(json.dumps(data))


def test_an_object_is_named_by_the_office_and_the_editions_key() -> None:
    assert object_id("so", "bao-cao/2023-2024/quan-a") == "urn:chungtay:so:bao-cao:2023-2024:quan-a"


def archived(root: Path, *versions: Publication) -> None:
    store = Store.create(root)
    for made in versions:
        store.commit(
            object_id("so", made.key),
            {"an-pham.json": to_json(made).encode()},
            message="Công bố",
            user=User("Người", "urn:nguoi"),
            created=MOMENT,
        )


def test_an_archive_lists_the_newest_version_of_each_edition_with_those_before_it(tmp_path: Path) -> None:
    first, second = publication(), publication(version="v2", state=State.CORRECTED, reason="Sai")
    other = publication(key="bao-cao/2023-2024/quan-a")
    archived(tmp_path / "archive", first, second, other)
    found = publications(tmp_path / "archive")
    assert [(one.key, one.version) for one in found] == [(first.key, "v2"), (other.key, "v1")]
    assert found[0].history == (first,)


def test_a_workspace_without_an_archive_has_published_nothing(tmp_path: Path) -> None:
    assert publications(tmp_path / "archive") == ()
