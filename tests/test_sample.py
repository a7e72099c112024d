"""The sample workspace: every published figure, counted here once more by hand, and its bytes from the seed."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
YEAR_1 = (date(2022, 12, 1), date(2023, 7, 31), date(2023, 8, 10))
SCHOOL_YEAR_1 = (date(2022, 9, 1), date(2023, 5, 31), date(2023, 8, 10))
YEAR_2 = (date(2023, 8, 1), date(2024, 7, 31), date(2024, 12, 10))
BASIC = {"mam-non", "tieu-hoc", "thcs"}
BLOCK = {"thpt", "gdnn-gdtx"}


class Plain(yaml.CSafeLoader):
    """PyYAML without its booleans, so that the key `on` stays a text."""


Plain.yaml_implicit_resolvers = {
    key: [(tag, pattern) for tag, pattern in rows if not tag.endswith(":bool") or key in "tTfF"]
    for key, rows in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}

Record = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    units: dict[str, Record]
    records: list[Record]

    def level(self, id_: str) -> str:
        return str(self.units[id_]["tier"])

    def district(self, id_: str) -> str:
        unit = self.units[id_]
        return id_ if unit["tier"] in {"quan", "huyen", "thi-xa", "tinh", "so"} else self.district(unit["parent"])

    def events(self, span: tuple[date, date, date], kind: str, **fields: Any) -> Iterator[Record]:
        """Records of a kind in a period, in the books by a day, reports by the other side left out."""
        start, end, as_of = span
        for record in self.records:
            day = record.get("date") or record.get("from") or record.get("signed_on")
            if record["kind"] != kind or "same_as" in record or not day:
                continue
            if (
                start <= day <= end
                and record["recorded"]["on"] <= as_of
                and all(record.get(k) == v for k, v in fields.items())
            ):
                yield record

    def parties(self, span: tuple[date, date, date], kind: str, levels: set[str]) -> set[str]:
        return {
            party for record in self.events(span, kind) for party in record["parties"] if self.level(party) in levels
        }


@pytest.fixture(scope="module")
def sample() -> Sample:
    units: dict[str, Record] = {}
    for path in sorted((CONTENT / "units").rglob("*.yaml")):
        data = yaml.load(path.read_text(encoding="utf-8"), Plain)  # noqa: S506 - a safe loader
        units |= {row["id"]: {**data.get("defaults", {}), **row} for row in data.get("units", [])}
    records = [
        {**record, "folder": path.parent.name, "year": path.parent.parent.name}
        for path in sorted((CONTENT / "records").rglob("*.yaml"))
        for record in yaml.load(path.read_text(encoding="utf-8"), Plain)  # noqa: S506
    ]
    return Sample(units, records)


# ---------------------------------------------------------------- what was published


@pytest.mark.parametrize("span", [YEAR_1, SCHOOL_YEAR_1])
def test_all_thirty_districts_have_a_pact_and_a_plan_with_tasks(sample: Sample, span: tuple[date, date, date]) -> None:
    for kind in ("giao-uoc-cap-huyen", "ke-hoach-ket-noi"):
        offices = sample.parties(span, kind, {"phong-gddt"})
        assert len({sample.district(office) for office in offices}) == 30
    assert all(record["plan"] for record in sample.events(span, "ke-hoach-ket-noi"))


@pytest.mark.parametrize("span", [YEAR_1, SCHOOL_YEAR_1])
def test_672_schools_signed_memoranda_and_65_units_of_the_upper_block_committed_themselves(
    sample: Sample, span: tuple[date, date, date]
) -> None:
    assert len(sample.parties(span, "ghi-nho-song-phuong", BASIC)) == 672
    assert len(sample.parties(span, "cam-ket-giao-uoc", BLOCK)) == 65


def test_schools_are_counted_and_not_documents_or_signatures(sample: Sample) -> None:
    memoranda = list(sample.events(YEAR_1, "ghi-nho-song-phuong"))
    sides = [len(record["parties"]) for record in memoranda]
    signatures = Counter(party for record in memoranda for party in record["parties"])
    assert Counter(sides)[3] == 1
    assert len(memoranda) != 672 != sum(sides)
    assert sum(1 for count in signatures.values() if count == 2) > 20


@pytest.mark.parametrize("span", [YEAR_1, SCHOOL_YEAR_1])
def test_160_chuyen_de_of_districts_and_city_and_628_of_schools(sample: Sample, span: tuple[date, date, date]) -> None:
    levels = Counter(record["level"] for record in sample.events(span, "chuyen-de"))
    assert levels["huyen"] + levels["thanh-pho"] == 160
    assert levels["truong"] == 628


@pytest.mark.parametrize("span", [YEAR_1, SCHOOL_YEAR_1])
def test_the_upper_block_met_30_times_in_person_and_6_times_online(
    sample: Sample, span: tuple[date, date, date]
) -> None:
    sessions: Counter[str] = Counter()
    for record in sample.events(span, "giao-luu-chuyen-mon"):
        if sample.level(record["host"]) in BLOCK:
            sessions[record["mode"]] += record["counts"]["sessions"]
    assert sessions == {"truc-tiep": 30, "truc-tuyen": 6}


def test_203_teachers_of_122_schools_taught_2106_periods_at_17_schools_of_yen_bai(sample: Sample) -> None:
    lessons = list(sample.events(YEAR_2, "day-truc-tuyen"))
    assert sum(record["counts"]["teachers"] for record in lessons) == 203
    assert len({record["host"] for record in lessons}) == 122 == len(lessons)
    assert len({partner for record in lessons for partner in record["partners"]}) == 17
    assert {sample.district(partner) for record in lessons for partner in record["partners"]} == {"tinh-yen-bai"}
    assert sum(record["counts"]["periods"] for record in lessons) == 2106


def test_hundreds_of_pupils_are_taken_care_of_by_schools_of_the_inner_city(sample: Sample) -> None:
    stage = (date(2022, 12, 1), date(2024, 11, 30), date(2024, 12, 10))
    rows = [record for record in sample.events(stage, "ho-tro-hoc-sinh") if record["support"].get("sponsored")]
    assert 100 <= sum(record["support"]["sponsored"] for record in rows) < 1000
    assert {sample.units[sample.district(record["host"])]["tier"] for record in rows} == {"quan"}


def test_new_methods_and_new_assessment_are_the_first_topics(sample: Sample) -> None:
    topics = Counter(record["topics"][0] for record in sample.events(YEAR_1, "chuyen-de"))
    assert [topic for topic, _ in topics.most_common(2)] == ["phuong-phap-day-hoc", "kiem-tra-danh-gia"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("cau-giay", "phuc-tho"), ("hoang-mai", "ung-hoa"), ("thanh-xuan", "hoai-duc"), ("gia-lam", "thach-that"),
        ("cau-giay", "ba-vi"), ("thanh-xuan", "ba-vi"), ("ba-dinh", "ba-vi"),
    ],
)  # fmt: skip
def test_the_published_pairs_have_a_pact_and_the_others_say_that_they_are_made_up(
    sample: Sample, first: str, second: str
) -> None:
    pacts = list(sample.events(YEAR_1, "giao-uoc-cap-huyen"))
    published = [pact for pact in pacts if "note" not in pact]
    assert [f"pgd-{first}", f"pgd-{second}"] in [pact["parties"] for pact in published]
    assert len(published) == 7
    assert len(pacts) == 17


# ---------------------------------------------------------------- what makes it life-like and honest


def test_no_district_shares_the_first_place(sample: Sample) -> None:
    schools = Counter(map(sample.district, sample.parties(YEAR_1, "ghi-nho-song-phuong", BASIC)))
    assert schools.most_common(1) == [("quan-cau-giay", 34)]
    for span in (YEAR_1, YEAR_2):
        for kind in ("chuyen-de", "tham-quan", "van-hoa-van-nghe", "the-thao", "ho-tro-hoc-sinh"):
            hosts = Counter(sample.district(record["host"]) for record in sample.events(span, kind))
            for row in sample.records:
                if row["kind"] == "thong-ke" and row["of"] == kind and span[0] <= row["period"]["to"] <= span[1]:
                    hosts[row["unit"]] += row["count"]
            (_, most), (_, second) = hosts.most_common(2)
            assert most > second, (span, kind)


def test_nothing_happens_in_the_week_of_tet_and_little_on_sundays(sample: Sample) -> None:
    days = [day for record in sample.records if (day := record.get("date") or record.get("signed_on"))]
    assert not [day for day in days if date(2023, 1, 20) <= day <= date(2023, 1, 26)]
    assert not [day for day in days if date(2024, 2, 8) <= day <= date(2024, 2, 14)]
    assert sum(day.weekday() == 6 for day in days) < len(days) / 50


def test_every_kind_of_record_and_status_of_a_task_occurs(sample: Sample) -> None:
    from chungtay_reports.records import RECORD_TYPES  # noqa: PLC0415 - the rest of this module reads by itself

    assert {record["kind"] for record in sample.records} == set(RECORD_TYPES)
    tasks = [task for record in sample.records for task in record.get("plan", [])]
    today = date(2024, 12, 10)
    assert [task for task in tasks if task.get("done_on")]
    assert [task for task in tasks if not task.get("done_on") and task["due"] < today]
    assert [task for task in tasks if not task.get("done_on") and task["due"] > today]


def test_every_record_is_marked_as_illustration_and_every_school_but_one_as_made_up(sample: Sample) -> None:
    assert all(record["illustration"] is True for record in sample.records)
    real = [id_ for id_, unit in sample.units.items() if unit["tier"] in BASIC | BLOCK and not unit["illustration"]]
    assert real == ["thcs-ba-vi-khanh-thuong"]


def test_titles_do_not_repeat_for_one_host_on_one_day(sample: Sample) -> None:
    keys = [
        (r["title"], r["host"], r.get("date") or r["from"])
        for r in sample.records
        if "host" in r and "same_as" not in r
    ]
    assert len(keys) == len(set(keys))
    titles = {record["title"] for record in sample.events(YEAR_1, "chuyen-de")}
    assert len(titles) > 600


def test_every_district_has_reported_but_two_at_the_start_of_the_third_year(sample: Sample) -> None:
    complete = {
        year: {record["unit"] for record in sample.records if record["kind"] == "nop-bao-cao" and record["complete"] and record["year"] == year}
        for year in ("2022-2023", "2023-2024", "2024-2025")
    }  # fmt: skip
    assert len(complete["2022-2023"]) == len(complete["2023-2024"]) == 30
    assert complete["2022-2023"] - complete["2024-2025"] == {"huyen-my-duc", "huyen-ung-hoa"}
    on_time = [r["recorded"]["on"] for r in sample.records if r["kind"] == "nop-bao-cao" and r["year"] == "2022-2023"]
    assert max(on_time) <= date(2023, 8, 5)


def test_joint_activities_point_at_each_other_and_some_disagree(sample: Sample) -> None:
    by_id = {record["id"]: record for record in sample.records}
    again = [record for record in sample.records if "same_as" in record and "counts" in record]
    assert len(again) > 10
    assert all(by_id[record["same_as"]]["title"] == record["title"] for record in again)
    assert all(by_id[record["same_as"]]["folder"] != record["folder"] for record in again)
    assert 4 <= sum(by_id[record["same_as"]]["counts"] != record["counts"] for record in again) < len(again)


def test_statistical_rows_are_never_of_a_kind_with_a_published_figure(sample: Sample) -> None:
    counted = {record["of"] for record in sample.records if record["kind"] == "thong-ke"}
    assert counted
    assert counted.isdisjoint(
        {"chuyen-de", "ghi-nho-song-phuong", "cam-ket-giao-uoc", "giao-luu-chuyen-mon", "day-truc-tuyen"}
    )


def test_the_registry_has_about_2900_schools_in_sizes_like_hanoi(sample: Sample) -> None:
    levels = Counter(sample.level(id_) for id_, unit in sample.units.items() if unit["tier"] in BASIC | BLOCK)
    assert levels == {"mam-non": 1120, "tieu-hoc": 793, "thcs": 676, "thpt": 249, "gdnn-gdtx": 30}
    names = [(unit["name"], unit["parent"]) for unit in sample.units.values() if unit["tier"] in BASIC | BLOCK]
    assert len(names) == len(set(names))


# ---------------------------------------------------------------- the script and its files


def generated(out: Path, *arguments: str) -> dict[str, bytes]:
    command = [sys.executable, str(ROOT / "scripts" / "make_sample.py"), "--out", str(out), *arguments]
    subprocess.run(command, check=True, env={"PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Asia/Tokyo"})
    return files(out / "content")


def files(content: Path) -> dict[str, bytes]:
    folders = (content / "units", content / "records")
    return {
        path.relative_to(content).as_posix(): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_script_gives_the_committed_bytes_again(tmp_path: Path) -> None:
    assert generated(tmp_path) == files(CONTENT)


def test_the_script_writes_a_workspace_of_another_size_that_check_accepts(tmp_path: Path) -> None:
    from chungtay_reports import check  # noqa: PLC0415

    generated(tmp_path, "--units", "1500", "--records", "6000", "--per-file", "40", "--seed", "5")
    library, problems = check.load(tmp_path, date(2026, 11, 22))
    assert problems == ()
    assert library is not None
    assert abs(len(library.registry.units) - 1500) < 150
    assert abs(len(library.entries) - 6000) < 300


def test_files_are_small_nfc_and_say_what_they_are() -> None:
    for path, data in files(CONTENT).items():
        text = data.decode()
        assert len(data) < 300_000, path
        assert unicodedata.is_normalized("NFC", text), path
        assert "\r" not in text


def test_drawings_are_wide_small_and_described_in_words_of_their_own() -> None:
    items = yaml.safe_load((CONTENT / "media" / "media.yaml").read_text(encoding="utf-8"))
    assert len(items) >= 4
    for item in items:
        path = CONTENT / "media" / item["file"]
        with Image.open(path) as image:
            assert image.size == (1600, 900)
        assert path.stat().st_size <= 150_000
        assert item["alt"] != item["caption"]
        assert item["kind"] == "minh-hoa"  # which the page says: “Minh họa: …”
