"""Metrics of every kind of measure, and small random worlds of records to count with them."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st
from worlds import DISTRICTS, LEVELS, SCHOOLS, activity, agreement, metric, metrics, only, statistic, submission

from chungtay_reports.model import Measure, Period

DISTRICT_LEVELS = (only("level", "mam-non", "tieu-hoc", "thcs"), only("area", "noi-thanh", "ngoai-thanh"))
ALL = metrics(
    metric("chuyen_de", where=(only("kind", "chuyen-de"),)),
    metric("chuyen_de_truong", where=(only("kind", "chuyen-de"), only("level", "truong"))),
    metric("chuyen_de_tren", where=(only("kind", "chuyen-de"), only("level", "huyen", "thanh-pho"))),
    metric("truong", "agreements", "count_distinct", "party", unit="trường", where=(only("party.level", *LEVELS),)),
    metric("van_ban", "agreements", unit="văn bản"),
    metric("huyen", "agreements", "count_distinct", "party.unit", unit="quận, huyện"),
    metric("giao_vien", "activities", "sum", "counts.teachers", unit="lượt giáo viên"),
    metric("tien", "activities", "sum", "support.money", unit="đồng", money=True),
    metric("doi_tac", "activities", "count_distinct", "partner", unit="đơn vị"),
    metric("tham_gia", "participants", "count_distinct", "party", unit="đơn vị"),
    metric("dau_viec", "plan_tasks", unit="đầu việc"),
    metric("dau_viec_xong", "plan_tasks", unit="đầu việc", where=(only("status", "done"),)),
    metric("truong_co", "units", unit="trường", where=DISTRICT_LEVELS),
    metric("tong", "", measure=Measure("sum_of", terms=("chuyen_de_truong", "chuyen_de_tren"))),
    metric("ty_le_truong", "", unit="%", measure=Measure("ratio", terms=("truong",), registry=DISTRICT_LEVELS)),
    metric("ty_le_xong", "", unit="%", measure=Measure("ratio", terms=("dau_viec_xong", "dau_viec"))),
    metric("ty_le_co", "", unit="%", measure=Measure("ratio", terms=("truong", "truong_co"))),
)

days = st.dates(date(2022, 11, 20), date(2023, 8, 20))
schools = st.sampled_from(SCHOOLS)
ids = st.integers(0, 12)


@st.composite
def random_worlds(draw):
    """A small workspace of every kind of record, with records that name the same event."""
    entries = []
    for number in range(draw(st.integers(0, 6))):
        parties = draw(st.lists(st.sampled_from((*SCHOOLS, "pgd-ba-vi")), min_size=2, max_size=4, unique=True))
        plan = [
            {"task": "Một đầu việc", "due": due, "done_on": draw(st.one_of(st.none(), days))}
            for due in draw(st.lists(days, max_size=3))
        ]
        more = {"same_as": f"GU-{draw(ids)}"} if draw(st.booleans()) else {}
        kind = draw(st.sampled_from(["ghi-nho-song-phuong", "ke-hoach-ket-noi"]))
        seen = draw(days)
        entries.append(
            agreement(f"GU-{number}", on=draw(days), seen=seen, kind=kind, parties=parties, plan=plan, **more)
        )
    for number in range(draw(st.integers(0, 8))):
        more = {"same_as": f"HD-{draw(ids)}"} if draw(st.booleans()) else {}
        entries.append(
            activity(
                f"HD-{number}",
                on=draw(days),
                seen=draw(days),
                host=draw(schools),
                kind=draw(st.sampled_from(["chuyen-de", "hoi-thao"])),
                level=draw(st.sampled_from(["truong", "huyen", None])),
                mode=draw(st.sampled_from(["truc-tiep", "truc-tuyen", None])),
                topics=draw(st.lists(st.sampled_from(["ung-dung-cntt", "kiem-tra-danh-gia"]), unique=True)),
                partners=draw(st.lists(schools, max_size=3, unique=True)),
                counts={"teachers": draw(st.one_of(st.none(), st.integers(0, 50)))},
                support={"money": draw(st.integers(0, 10**13))} if draw(st.booleans()) else None,
                **more,
            )
        )
    for number in range(draw(st.integers(0, 3))):
        end = draw(days)
        entries.append(
            statistic(
                f"TK-{number}",
                period=Period(end.replace(day=1), end),
                seen=draw(days),
                of=draw(st.sampled_from(["chuyen-de", "ghi-nho-song-phuong"])),
                unit=draw(st.sampled_from(sorted(DISTRICTS))),
                count=draw(st.integers(0, 9)),
                school_level=draw(st.sampled_from(["thcs", None])),
                level=draw(st.sampled_from(["truong", None])),
                counts={"teachers": draw(st.one_of(st.none(), st.integers(0, 90)))},
            )
        )
    for number, unit in enumerate(draw(st.lists(st.sampled_from(sorted(DISTRICTS)), max_size=5))):
        start = draw(st.dates(date(2022, 11, 1), date(2023, 2, 1)))
        end = draw(st.sampled_from([date(2023, 7, 31), date(2023, 5, 31)]))
        entries.append(submission(f"NB-{number}", unit, period=Period(start, end), on=draw(days)))
    return tuple(entries)
