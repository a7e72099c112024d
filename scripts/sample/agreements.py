"""Agreements of the sample: pacts, connection plans, memoranda, commitments, partners from outside."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sample.calendar import SchoolDays, recorded
from sample.draft import Draft
from sample.movement import (
    MEMORANDA,
    PAIRS,
    SIGN_TWICE,
    SO,
    THREE_SIDED,
    TWICE,
    YEN_BAI,
    Pair,
    SchoolYear,
)
from sample.places import BY_NAME
from sample.registry import KHANH_THUONG, School
from sample.text import Value

STAGE_END = date(2025, 5, 31)
_BOOKS_CLOSE = date(2023, 8, 3)


@dataclass(frozen=True, slots=True)
class Link:
    """Two schools with a memorandum or commitment, as activities need them; `outer` gets support from `inner`."""

    pair: Pair | None
    level: str
    inner: School
    outer: School
    draft: Draft


@dataclass(slots=True)
class Stock:
    """Schools that have not signed yet, by district and level, in an order that the seed decides."""

    free: dict[tuple[str, str], list[School]]

    def has(self, *places: tuple[str, str]) -> bool:
        """Whether each district has a school of the level left; a small workspace runs out of them."""
        return all(
            len(self.free.get((BY_NAME[name].id, level), ())) >= places.count((name, level)) for name, level in places
        )

    def take(self, district: str, level: str) -> School:
        return self.free[BY_NAME[district].id, level].pop()


def stock(schools: tuple[School, ...], random: Random) -> Stock:
    """All schools of the districts, shuffled; THCS Khánh Thượng comes first in Ba Vì."""
    free: dict[tuple[str, str], list[School]] = defaultdict(list)
    for school in schools:
        if school.unit != YEN_BAI:
            free[school.unit, school.level].append(school)
    for group in free.values():
        random.shuffle(group)
        group.sort(key=lambda school: school.id == KHANH_THUONG)
    return Stock(dict(free))


def marked(fields: dict[str, Value], on: date, by: str) -> dict[str, Value]:
    """The fields with the mark of illustration and the note of who recorded them and when."""
    return {**fields, "illustration": True, "recorded": {"on": on, "by": by}}


# ---------------------------------------------------------------- offices


def pacts(random: Random) -> tuple[list[Draft], dict[Pair, Draft]]:
    """The pact and the connection plan of every pair; one pact is reported by both sides."""
    drafts: list[Draft] = []
    by_pair: dict[Pair, Draft] = {}
    for place, pair in enumerate(PAIRS):
        first, second = BY_NAME[pair.first], BY_NAME[pair.second]
        title = f"Giao ước giữa Phòng GD&ĐT {first.running} và Phòng GD&ĐT {second.running}"
        span = {"from": pair.signed, "to": STAGE_END}
        fields: dict[str, Value] = {
            "title": title,
            "parties": [first.office, second.office],
            "signed_on": pair.signed,
            "number": f"{place + 3:02d}/BTT-PGDĐT",
            "valid": span,
        }
        if not pair.published:
            fields["note"] = "Cặp đơn vị minh họa, chưa được công bố."
        on = recorded(pair.signed, random, _BOOKS_CLOSE)
        pact = Draft(first.id, "2022-2023", "giao-uoc-cap-huyen", pair.signed, marked(fields, on, first.office))
        drafts.append(pact)
        by_pair[pair] = pact
        drafts.append(_plan(pair, random))
        if pair.first == "Gia Lâm":
            again = marked({**fields, "same_as": ""}, on + timedelta(6), second.office)
            drafts.append(
                Draft(second.id, "2022-2023", "giao-uoc-cap-huyen", pair.signed, again, links={"same_as": pact})
            )
    return drafts, by_pair


_TASKS: tuple[tuple[str, date], ...] = (
    ("Giao chỉ tiêu, ghép trường theo từng cấp học", date(2023, 1, 15)),
    ("Các trường ký biên bản ghi nhớ song phương", date(2023, 5, 20)),
    ("Gỡ khó khi dạy môn Khoa học tự nhiên lớp 6, lớp 7", date(2023, 12, 31)),
    ("Chia sẻ kho bài giảng điện tử dùng chung", date(2023, 10, 31)),
    ("Tổ chức chuyên đề về kiểm tra, đánh giá cho cán bộ quản lý", date(2023, 4, 30)),
    ("Dạy chéo, dự giờ chéo giữa giáo viên cốt cán hai bên", date(2024, 3, 31)),
    ("Xây dựng ngân hàng câu hỏi dùng chung cho lớp 9", date(2024, 4, 15)),
    ("Đưa học sinh về học trải nghiệm ở trường bạn", date(2024, 5, 15)),
    ("Trao học bổng, nhận đỡ đầu học sinh khó khăn", date(2024, 1, 31)),
    ("Hỗ trợ giáo viên dạy Tiếng Anh, Tin học và Công nghệ ở tiểu học", date(2024, 9, 30)),
    ("Hỗ trợ thiết bị dạy học cho trường còn thiếu", date(2024, 11, 15)),
    ("Nhân rộng mô hình “Tiếng trống học bài”", date(2024, 10, 31)),
    ("Đánh giá kết quả kết nối của từng cặp trường", date(2024, 12, 31)),
    ("Tổng kết giai đoạn, đề xuất hướng đi tiếp", date(2025, 4, 30)),
)
# days from the due date to the doing; None: not done
_PACE = (-34, -20, -11, -6, -3, -1, -15, -27, 9, 23, -8, None)


def _plan(pair: Pair, random: Random) -> Draft:
    first, second = BY_NAME[pair.first], BY_NAME[pair.second]
    signed = max(date(2023, 1, 5), pair.signed + timedelta(12))
    chosen = sorted(random.sample(range(2, len(_TASKS) - 1), random.choice((4, 5, 6))))
    tasks: list[dict[str, Value]] = []
    for index in (0, 1, *chosen, len(_TASKS) - 1):
        text, due = _TASKS[index]
        due = max(due, signed + timedelta(20))
        pace = random.choice(_PACE)
        task: dict[str, Value] = {"task": text, "due": due}
        done = None if pace is None else max(due + timedelta(pace), signed + timedelta(3))
        if done is not None:
            task["done_on"] = done
        tasks.append(task)
    fields: dict[str, Value] = {
        "title": f"Kế hoạch kết nối {first.running} - {second.running}",
        "parties": [first.office, second.office],
        "signed_on": signed,
        "valid": {"from": signed, "to": STAGE_END},
        "plan": sorted(tasks, key=lambda task: str(task["due"])),
    }
    on = recorded(signed, random, _BOOKS_CLOSE)
    return Draft(first.id, "2022-2023", "ke-hoach-ket-noi", signed, marked(fields, on, first.office))


# ---------------------------------------------------------------- memoranda of schools


def first_memoranda(pool: Stock, days: SchoolDays, random: Random) -> list[Link]:
    """The memoranda of the first year, with exactly the numbers of `movement.MEMORANDA` and `SIGN_TWICE`."""
    slots = [pair for pair in PAIRS for _ in range(pair.memoranda)]
    levels = [level for level, count in MEMORANDA.items() for _ in range(count)]
    random.shuffle(levels)
    sides = [[None, None] for _ in slots]  # type: list[list[School | None]]
    _sign_twice(slots, levels, sides, pool, random)
    links: list[Link] = []
    third = True
    for pair, level, (left, right) in zip(slots, levels, sides, strict=True):
        if not pool.has(*((name, level) for name, side in ((pair.first, left), (pair.second, right)) if side is None)):
            continue
        inner = left or pool.take(pair.first, level)
        outer = right or pool.take(pair.second, level)
        others: tuple[School, ...] = ()
        if third and pool.has((pair.second, level)) and (pair.first, pair.second, level) == THREE_SIDED:
            others, third = (pool.take(pair.second, level),), False
        signed = days.draw(max(pair.signed + timedelta(3), date(2022, 12, 16)), date(2023, 5, 20))
        links.append(
            _memorandum(pair, (inner, outer, *others), signed, year="2022-2023", limit=_BOOKS_CLOSE, random=random)
        )
    return links


def _sign_twice(
    slots: list[Pair], levels: list[str], sides: list[list[School | None]], pool: Stock, random: Random
) -> None:
    """Put one school on two memoranda, for each district and level that has to have such schools."""
    wanted = [level for level, count in TWICE.items() for _ in range(count)]
    random.shuffle(wanted)
    for name in [name for name, count in SIGN_TWICE.items() for _ in range(count)]:
        found = (
            found
            for level in wanted
            if pool.has((name, level)) and (found := _two_slots(name, level, slots, levels, sides))
        )
        level, first, second = next(found, ("", 0, 0))
        if not level:
            continue
        wanted.remove(level)
        school = pool.take(name, level)
        for index in (first, second):
            sides[index][0 if slots[index].first == name else 1] = school


def _two_slots(
    name: str, level: str, slots: list[Pair], levels: list[str], sides: list[list[School | None]]
) -> tuple[str, int, int] | None:
    free = [
        index
        for index, pair in enumerate(slots)
        if levels[index] == level and name in {pair.first, pair.second} and sides[index] == [None, None]
    ]
    if len(free) < 2:
        return None
    other = next((index for index in free if slots[index] != slots[free[0]]), free[1])
    return level, free[0], other


def _memorandum(
    pair: Pair, parties: tuple[School, ...], signed: date, *, year: str, limit: date, random: Random
) -> Link:
    office = BY_NAME[pair.first].office
    fields: dict[str, Value] = {
        "parties": [school.id for school in parties],
        "signed_on": signed,
        "valid": {"from": signed, "to": STAGE_END},
    }
    draft = Draft(
        BY_NAME[pair.first].id,
        year,
        "ghi-nho-song-phuong",
        signed,
        marked(fields, recorded(signed, random, limit), office),
    )
    return Link(pair, parties[0].level, parties[0], parties[1], draft)


def later_memoranda(year: SchoolYear, pool: Stock, days: SchoolDays, random: Random) -> list[Link]:
    """Memoranda of later years, between schools that had none."""
    links = []
    for _ in range(year.memoranda):
        pair = random.choice([pair for pair in PAIRS if not {pair.first, pair.second} & set(year.missing)])
        level = random.choice(("mam-non", "tieu-hoc", "tieu-hoc", "thcs"))
        if not pool.has((pair.first, level), (pair.second, level)):
            continue
        parties = (pool.take(pair.first, level), pool.take(pair.second, level))
        links.append(
            _memorandum(
                pair,
                parties,
                days.draw(None, year.last - timedelta(20)),
                year=year.name,
                limit=year.report_by,
                random=random,
            )
        )
    return links


# ---------------------------------------------------------------- THPT, GDNN-GDTX, outside


def commitments(year: SchoolYear, pool: Stock, days: SchoolDays, random: Random) -> list[Link]:
    """Commitments of THPT schools and GDNN-GDTX centres, filed at the Sở; each has schools that signed none before."""
    twos, threes = year.commitments
    links = []
    for number in range(twos + threes):
        pair = PAIRS[(number + year.first_pair) % len(PAIRS)]
        level = "gdnn-gdtx" if number % 8 == 3 and pool.free[BY_NAME[pair.first].id, "gdnn-gdtx"] else "thpt"
        names = (pair.first, pair.second, pair.first)[: 2 if number < twos else 3]
        if not pool.has(*((name, "thpt") for name in names)):
            continue
        parties = [pool.take(name, level if pool.free[BY_NAME[name].id, level] else "thpt") for name in names]
        signed = days.draw(None, year.last - timedelta(40))
        fields: dict[str, Value] = {
            "parties": [school.id for school in parties],
            "signed_on": signed,
            "valid": {"from": signed, "to": STAGE_END},
        }
        draft = Draft(
            SO, year.name, "cam-ket-giao-uoc", signed, marked(fields, recorded(signed, random, year.report_by), SO)
        )
        links.append(Link(pair, level, parties[0], parties[1], draft))
    return links


_OUTSIDE: tuple[tuple[str, str, date, tuple[str, str], str], ...] = (
    ("2022-2023", "huyen-soc-son", date(2023, 2, 15), ("pgd-soc-son", "cong-an-huyen-soc-son"), "Phối hợp giáo dục an toàn giao thông, phòng chống bạo lực học đường"),
    ("2022-2023", "quan-hoang-mai", date(2023, 3, 9), ("pgd-hoang-mai", "cong-an-quan-hoang-mai"), "Phối hợp dạy kĩ năng phòng cháy, chữa cháy và thoát hiểm cho học sinh"),
    ("2022-2023", SO, date(2022, 12, 26), (SO, "cong-doan-giao-duc-ha-noi"), "Phối hợp triển khai phong trào và chăm lo nhà giáo khó khăn"),
    ("2022-2023", "huyen-ba-vi", date(2023, 3, 22), ("pgd-ba-vi", "chi-huy-quan-su-huyen-ba-vi"), "Phối hợp giáo dục quốc phòng, an ninh và sửa chữa trường vùng núi"),
    ("2023-2024", SO, date(2023, 9, 22), (SO, "so-gddt-yen-bai"), "Phối hợp dạy trực tuyến tiếng Anh và chia sẻ học liệu cho tỉnh Yên Bái"),
    ("2023-2024", "thi-xa-son-tay", date(2023, 11, 8), ("pgd-son-tay", "chi-huy-quan-su-thi-xa-son-tay"), "Phối hợp tổ chức trải nghiệm “Một ngày làm chiến sĩ” cho học sinh"),
    ("2024-2025", "huyen-phu-xuyen", date(2024, 10, 3), ("pgd-phu-xuyen", "huyen-doan-phu-xuyen"), "Phối hợp nhân rộng mô hình “Tiếng trống học bài”"),
)  # fmt: skip


def outside(pool: Stock, random: Random) -> list[Draft]:
    """Agreements with the police, the army, the union and Yên Bái; and schools that became sister schools."""
    drafts = []
    for year, folder, signed, parties, title in _OUTSIDE:
        fields: dict[str, Value] = {"title": title, "parties": list(parties), "signed_on": signed}
        on = recorded(signed, random, signed + timedelta(30))
        drafts.append(Draft(folder, year, "doi-tac-ngoai", signed, marked(fields, on, parties[0])))
    for year, signed, names, level in (
        ("2022-2023", date(2023, 3, 14), ("Ba Đình", "Ba Vì"), "thcs"),
        ("2022-2023", date(2023, 4, 12), ("Tây Hồ", "Mê Linh"), "mam-non"),
        ("2023-2024", date(2023, 10, 18), ("Cầu Giấy", "Phúc Thọ"), "tieu-hoc"),
        ("2023-2024", date(2024, 3, 6), ("Đống Đa", "Mỹ Đức"), "thcs"),
        ("2024-2025", date(2024, 10, 23), ("Long Biên", "Thường Tín"), "tieu-hoc"),
    ):
        if not pool.has(*((name, level) for name in names)):
            continue
        parties = tuple(pool.take(name, level).id for name in names)
        fields = {"parties": list(parties), "signed_on": signed}
        on = recorded(signed, random, signed + timedelta(30))
        folder, office = BY_NAME[names[0]].id, BY_NAME[names[0]].office
        drafts.append(Draft(folder, year, "ket-nghia", signed, marked(fields, on, office)))
    return drafts
