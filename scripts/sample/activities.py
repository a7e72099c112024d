"""Professional activities: chuyên đề of three levels, exchanges, seminars, and lessons online for Yên Bái."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from sample.agreements import Link, marked
from sample.calendar import SchoolDays, recorded
from sample.draft import Draft
from sample.movement import ONLINE, PAIRS, SO, TOPIC_MIX, YEN_BAI, Pair, SchoolYear
from sample.places import BY_NAME, DISTRICTS
from sample.registry import School
from sample.text import Value
from sample.titles import Titles


class Diary:
    """What happens in one school year: days, titles and links to draw from."""

    def __init__(self, year: SchoolYear, links: list[Link], pacts: dict[Pair, Draft], random: Random) -> None:
        """Weigh the links: some pairs and some schools are far busier than others."""
        self.year = year
        self.random = random
        self.days = SchoolDays(year, random)
        self.titles = Titles(year, random)
        self.pacts = pacts
        self.links = [link for link in links if not self._silent(link)]
        zeal = {pair: random.uniform(0.75, 1.3) for pair in PAIRS}
        self._zeal = {pair: zeal[pair] * (1.25 if pair.first == "Cầu Giấy" else 1) for pair in PAIRS}
        self._weights: dict[str, tuple[list[Link], list[float]]] = {}
        for link in self.links:
            group, weights = self._weights.setdefault(link.level, ([], []))
            group.append(link)
            weights.append(self._zeal[link.pair] * random.choice((0.4, 0.8, 1, 1, 1.4, 2.2)) if link.pair else 1)
        self._taken: set[tuple[str, str | frozenset[str], date]] = set()

    def _silent(self, link: Link) -> bool:
        return bool(link.pair and {link.pair.first, link.pair.second} & set(self.year.missing))

    def link(self, level: str, *, mixed: bool = False) -> Link:
        """A link between two schools of the level; `mixed`: one of the inner city, one of the outer districts."""
        while True:
            link = self.random.choices(*self._weights[level])[0]
            if not mixed or link.inner.unit.startswith("quan-"):
                return link

    def pair(self) -> Pair:
        """A pair of districts, the larger ones more often."""
        pairs = [pair for pair in PAIRS if not {pair.first, pair.second} & set(self.year.missing)]
        return self.random.choices(pairs, [self._zeal[pair] * (pair.memoranda + 8) for pair in pairs])[0]

    def day(self, agreement: Draft | None) -> date:
        """A school day after the agreement was signed."""
        return self.days.draw(agreement.day + timedelta(4) if agreement else None)

    def told(self, title: str, sides: tuple[str, ...], day: date) -> bool:
        """Whether the host or the same units already have something of this title on this day."""
        return not self._taken.isdisjoint({(title, sides[0], day), (title, frozenset(sides), day)})

    def entry(
        self,
        kind: str,
        title: str,
        host: str,
        folder: str,
        *,
        agreement: Draft | None,
        on: date | None = None,
        **rest: Any,
    ) -> Draft:
        """A draft with the fields in their usual order; empty ones are left out, a repeated title moves its day."""
        sides = (host, *rest.get("partners", ()))
        day = on or self.day(agreement)
        while on is None and self.told(title, sides, day):
            day = self.day(agreement)
        self._taken |= {(title, host, day), (title, frozenset(sides), day)}
        until = rest.pop("until", None)
        when: dict[str, Value] = {"from": day, "to": until} if until else {"date": day}
        fields: dict[str, Value] = {"title": title, **when, "host": host, **rest}
        if agreement:
            fields = {**fields, "agreement": ""}
        kept = {key: value for key, value in fields.items() if value not in (None, {}, [])}
        books = recorded(until if isinstance(until, date) else day, self.random, self.year.report_by - timedelta(2))
        office = SO if folder == SO else f"pgd-{folder.split('-', 1)[1] if folder != 'thi-xa-son-tay' else 'son-tay'}"
        links = {"agreement": agreement} if agreement else {}
        return Draft(folder, self.year.name, kind, day, marked(_ordered(kept), books, office), links=links)


_ORDER = (
    "title", "date", "from", "to", "host", "partners", "agreement", "level", "mode", "direction", "topics", "subject",
    "venue", "counts", "support", "result",
)  # fmt: skip


def _ordered(fields: dict[str, Value]) -> dict[str, Value]:
    return {key: fields[key] for key in _ORDER if key in fields}


def sides(link: Link, random: Random) -> tuple[School, School]:
    """Host and partner of a link, either way round."""
    return (link.inner, link.outer) if random.random() < 0.55 else (link.outer, link.inner)


def professional(diary: Diary) -> Iterator[Draft]:
    """All chuyên đề, exchanges and seminars of the year."""
    year, random = diary.year, diary.random
    wanted = year.upper + year.city + year.school
    mix = [key for key, count in TOPIC_MIX.items() for _ in range(count)]
    topics = mix if wanted == len(mix) else random.choices(mix, k=wanted)
    random.shuffle(topics)
    for number, (topic, level) in enumerate(topics):
        if number < year.city:
            yield _of_city(diary, topic, level)
        elif number < year.city + year.upper:
            yield _of_district(diary, topic, level)
        else:
            yield _of_school(diary, topic, level)
    for number in range(sum(year.block)):
        yield _exchange(diary, random.choice([link for link in diary.links if link.level in {"thpt", "gdnn-gdtx"}]),
                        "truc-tiep" if number < year.block[0] else "truc-tuyen")  # fmt: skip
    for _ in range(year.others["giao-luu-chuyen-mon"]):
        link = diary.link(random.choice(("mam-non", "tieu-hoc", "tieu-hoc", "thcs", "thcs")))
        yield _exchange(diary, link, random.choice(("truc-tiep", "truc-tiep", "truc-tiep", "ket-hop", "truc-tuyen")))
    for _ in range(year.others["hoi-thao"]):
        yield _seminar(diary)


def _mode(random: Random) -> str:
    return random.choices(("truc-tiep", "truc-tuyen", "ket-hop"), (78, 8, 14))[0]


def _of_school(diary: Diary, topic: str, level: str) -> Draft:
    random = diary.random
    link = diary.link(level)
    host, partner = sides(link, random)
    title, subject = diary.titles.compose(topic, level)
    return diary.entry(
        "chuyen-de", title, host.id, host.unit, agreement=link.draft,
        partners=[partner.id], level="truong", mode=_mode(random), topics=[topic], subject=subject or None,
        counts={"sessions": 1, "teachers": random.randint(14, 58)},
    )  # fmt: skip


def _of_district(diary: Diary, topic: str, level: str) -> Draft:
    random = diary.random
    pair = diary.pair()
    first, second = random.sample([BY_NAME[pair.first], BY_NAME[pair.second]], 2)
    title, subject = diary.titles.compose(topic, level)
    return diary.entry(
        "chuyen-de", title, first.office, first.id, agreement=diary.pacts[pair],
        partners=[second.office], level="huyen", mode=_mode(random), topics=[topic], subject=subject or None,
        counts={"sessions": 1, "schools": random.randint(8, 34), "teachers": random.randint(55, 190)},
    )  # fmt: skip


def _of_city(diary: Diary, topic: str, level: str) -> Draft:
    random = diary.random
    title, subject = diary.titles.compose(topic, level)
    offices = [district.office for district in DISTRICTS if district.name not in diary.year.missing]
    return diary.entry(
        "chuyen-de", title, SO, SO, agreement=None,
        partners=sorted(random.sample(offices, random.randint(4, 9))), level="thanh-pho", mode=_mode(random),
        topics=[topic], subject=subject or None, counts={"sessions": 1, "teachers": random.randint(150, 420)},
    )  # fmt: skip


def _exchange(diary: Diary, link: Link, mode: str) -> Draft:
    random = diary.random
    host, partner = sides(link, random)
    title, subject = diary.titles.exchange(host.level)
    folder = SO if host.level in {"thpt", "gdnn-gdtx"} else host.unit
    return diary.entry(
        "giao-luu-chuyen-mon", title, host.id, folder, agreement=link.draft,
        partners=[partner.id], level="truong", mode=mode, topics=["sinh-hoat-chuyen-mon"], subject=subject or None,
        counts={"sessions": 1, "teachers": random.randint(12, 46)},
    )  # fmt: skip


_SEMINARS = (
    ("Hội thảo công tác quản lý ở các trường kết nối", "quan-ly-truong-hoc"),
    ("Hội thảo xây dựng trường học hạnh phúc", "quan-ly-truong-hoc"),
    ("Hội thảo nâng chất lượng sinh hoạt tổ chuyên môn", "sinh-hoat-chuyen-mon"),
    ("Hội thảo dạy học môn Khoa học tự nhiên ở THCS", "chuong-trinh-2018"),
    ("Hội thảo dạy Tiếng Anh ở trường tiểu học vùng khó", "chuong-trinh-2018"),
    ("Hội thảo chuyển đổi số trong quản lý trường học", "ung-dung-cntt"),
    ("Hội thảo tư vấn tâm lí học đường", "hoat-dong-ngoai-gio"),
    ("Hội thảo phối hợp nhà trường và gia đình", "quan-ly-truong-hoc"),
    ("Hội thảo chăm sóc, giáo dục trẻ mầm non ở vùng nông thôn", "trai-nghiem-ki-nang-song"),
    ("Hội thảo đổi mới kiểm tra, đánh giá ở tiểu học", "kiem-tra-danh-gia"),
    ("Hội thảo bồi dưỡng giáo viên mới ra trường", "sinh-hoat-chuyen-mon"),
)


def _seminar(diary: Diary) -> Draft:
    random = diary.random
    pair = diary.pair()
    first, second = random.sample([BY_NAME[pair.first], BY_NAME[pair.second]], 2)
    title, topic = random.choice(_SEMINARS)
    return diary.entry(
        "hoi-thao", title, first.office, first.id, agreement=diary.pacts[pair],
        partners=[second.office], level="huyen", mode=_mode(random), topics=[topic],
        counts={"sessions": 1, "teachers": random.randint(40, 160)},
    )  # fmt: skip


def online_lessons(diary: Diary, schools: tuple[School, ...]) -> Iterator[Draft]:
    """English lessons for Yên Bái: one record per school of Hanoi, so that no teacher is counted twice."""
    random = diary.random
    partners = [school for school in schools if school.unit == YEN_BAI and school.level != "thpt"]
    partners = random.sample(partners, ONLINE["partners"])
    candidates = [school for school in schools if school.level in {"tieu-hoc", "thcs"} and school.unit != YEN_BAI]
    near = {district.id: 3 if district.inner else 1 for district in DISTRICTS}
    pool = [school for school in candidates for _ in range(near[school.unit])]
    hosts: list[School] = []
    while len(hosts) < ONLINE["schools"]:
        school = random.choice(pool)
        if school not in hosts and (school.level == "thcs" or random.random() < 0.7):
            hosts.append(school)
    teachers = _parts(ONLINE["teachers"], len(hosts), 1, 5, random)
    periods = _parts(ONLINE["periods"], len(hosts), 6, 36, random)
    for number, host in enumerate(hosts):
        same_level = [school for school in partners if school.level == host.level]
        partner = same_level[number % len(same_level)]
        start = diary.days.draw(date(2023, 10, 2), date(2024, 1, 20))
        end = diary.days.draw(start + timedelta(42), date(2024, 5, 24))
        grade = random.choice((3, 4, 5) if host.level == "tieu-hoc" else (6, 7, 8, 9))
        counts = {"teachers": teachers[number], "classes": random.randint(1, 3), "periods": periods[number]}
        yield diary.entry(
            "day-truc-tuyen", f"Dạy trực tuyến môn Tiếng Anh lớp {grade} cho {partner.brief}", host.id, host.unit, agreement=None,
            on=start, until=end, partners=[partner.id], mode="truc-tuyen", subject="Tiếng Anh", counts=counts,
        )  # fmt: skip


def _parts(total: int, count: int, least: int, most: int, random: Random) -> list[int]:
    """`count` whole numbers from `least` to `most` that add up to `total`, unequal as in life."""
    parts = [least] * count
    while (rest := total - sum(parts)) > 0:
        index = random.randrange(count)
        parts[index] += min(rest, most - parts[index], random.randint(0, max(1, (most - least) // 4)))
    return parts
