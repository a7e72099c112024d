"""What partners share besides teaching: culture, sport, visits, support, material, models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from sample.activities import Diary, sides
from sample.agreements import Link
from sample.draft import Draft
from sample.movement import SO
from sample.places import BY_NAME
from sample.text import Value

_FEASTS: dict[int, tuple[str, ...]] = {
    9: ("Đêm hội Trăng rằm", "Rước đèn, phá cỗ cùng bạn", "Chương trình văn nghệ chào năm học mới"),
    10: ("Giao lưu văn nghệ mừng Ngày Giải phóng Thủ đô", "Giao lưu văn nghệ mừng Ngày Phụ nữ Việt Nam", "Liên hoan tiếng hát học sinh hai trường"),
    11: ("Giao lưu văn nghệ mừng Ngày Nhà giáo Việt Nam", "Liên hoan dân ca và hát chèo", "Hội diễn tiếng hát thầy trò"),
    12: ("Giao lưu văn nghệ mừng Ngày thành lập Quân đội nhân dân Việt Nam", "Liên hoan hát Quốc ca và ca khúc truyền thống", "Ngày hội văn hóa dân gian"),
    1: ("Chương trình văn nghệ mừng Đảng, mừng xuân", "Hội chợ xuân và gói bánh chưng cùng bạn", "Gặp mặt đầu xuân, trao đổi tập thơ thầy trò"),
    2: ("Chương trình văn nghệ mừng Đảng, mừng xuân", "Ngày hội văn hóa dân gian đầu xuân", "Giao lưu hát ru, hát dân ca của trẻ"),
    3: ("Giao lưu văn nghệ mừng Ngày thành lập Đoàn", "Liên hoan tiếng Anh và văn nghệ học sinh", "Giao lưu múa rối nước, hát chèo"),
    4: ("Ngày hội sách và văn hóa đọc", "Thi kể chuyện theo sách giữa hai trường", "Liên hoan chỉ huy Đội và văn nghệ"),
    5: ("Giao lưu văn nghệ mừng ngày sinh Bác Hồ", "Liên hoan văn nghệ tổng kết năm học", "Lễ hội tuổi thơ của hai trường"),
}  # fmt: skip
_SPORTS = (
    "Giao hữu bóng đá học sinh", "Giải cầu lông giáo viên hai trường", "Ngày hội kéo co, nhảy bao bố, ném còn",
    "Giao hữu cờ vua học sinh", "Giao hữu bóng rổ học sinh", "Giải bóng bàn cán bộ, giáo viên",
    "Giao hữu đá cầu học sinh", "Ngày hội thể thao gia đình và nhà trường", "Giao hữu bóng chuyền giáo viên",
    "Dạy bơi, phòng chống đuối nước cho học sinh hai trường", "Đồng diễn thể dục nhịp điệu", "Ngày chạy vì sức khỏe học sinh",
)  # fmt: skip
_INWARD = (
    "Một ngày học ở trường bạn nội thành", "Thăm thư viện, phòng thí nghiệm của trường bạn", "Tham quan Văn Miếu và học cùng bạn",
    "Học trải nghiệm phòng STEM của trường bạn", "Dự giờ học Tiếng Anh và câu lạc bộ ở trường bạn", "Tham quan Bảo tàng Lịch sử và giao lưu với trường bạn",
)  # fmt: skip
_OUTWARD = (
    "Một ngày ở làng nghề cùng bạn", "Trải nghiệm nhà nông cùng học sinh trường bạn", "Thăm di tích quê bạn, tìm hiểu lịch sử địa phương",
    "Học trải nghiệm ở vườn trường của bạn", "Trồng cây, chăm vườn rau cùng trường bạn", "Tìm hiểu nghề truyền thống ở quê bạn",
)  # fmt: skip
_HELP: tuple[tuple[str, str, tuple[str, str, int] | None], ...] = (
    ("Trao học bổng cho học sinh vượt khó", "money", None),
    ("Tặng xe đạp cho học sinh nhà xa trường", "goods", ("xe đạp", "chiếc", 1_800_000)),
    ("Tặng sách giáo khoa và đồ dùng học tập", "goods", ("bộ sách giáo khoa", "bộ", 220_000)),
    ("Tặng áo ấm cho học sinh", "goods", ("áo ấm", "chiếc", 180_000)),
    ("Trao quà cho học sinh có hoàn cảnh khó khăn", "money", None),
    ("Nhận đỡ đầu học sinh có hoàn cảnh khó khăn", "sponsored", None),
    ("Tặng thẻ bảo hiểm y tế cho học sinh", "money", None),
    ("Tặng góc học tập cho học sinh", "goods", ("bàn ghế học ở nhà", "bộ", 950_000)),
)
_GIVERS = (
    "Quỹ khuyến học của trường", "Cán bộ, giáo viên, nhân viên đóng góp", "Cha mẹ học sinh ủng hộ",
    "Học sinh nuôi heo đất", "Quỹ tấm lòng nhà giáo", "Phong trào kế hoạch nhỏ của học sinh",
)  # fmt: skip
_EQUIPMENT = (
    ("Tặng máy tính cho phòng Tin học", "máy tính để bàn", "bộ", 7_500_000, (4, 20)),
    ("Tặng ti vi dùng trong lớp học", "ti vi", "chiếc", 9_000_000, (1, 6)),
    ("Tặng sách cho thư viện", "sách thư viện", "cuốn", 45_000, (120, 600)),
    ("Tặng đồ chơi ngoài trời cho trẻ", "đồ chơi ngoài trời", "bộ", 6_000_000, (1, 5)),
    ("Tặng bàn ghế học sinh", "bàn ghế học sinh", "bộ", 1_100_000, (15, 60)),
    ("Tặng bộ thí nghiệm Khoa học tự nhiên", "bộ thí nghiệm", "bộ", 2_400_000, (2, 10)),
    ("Sửa sân chơi, bồn hoa, nhà xe của trường", "vật liệu sửa chữa", "gói", 12_000_000, (1, 4)),
    ("Lắp bình nước sạch cho học sinh", "máy lọc nước", "chiếc", 5_500_000, (1, 4)),
)
_MATERIAL = (
    ("Chia sẻ kho bài giảng điện tử môn {m}", "ung-dung-cntt"), ("Chia sẻ ngân hàng câu hỏi môn {m}", "ngan-hang-cau-hoi"),
    ("Chia sẻ video tiết dạy mẫu môn {m}", "ung-dung-cntt"), ("Chia sẻ tài liệu ôn tập môn {m}", "on-thi-hoc-sinh-gioi"),
)  # fmt: skip
_MODELS = (
    "Nhân rộng mô hình “Tiếng trống học bài”", "Nhân rộng mô hình “Thư viện thân thiện”", "Nhân rộng mô hình “Trường học hạnh phúc”",
    "Nhân rộng mô hình “Tiết học ngoài nhà trường”", "Nhân rộng mô hình “Đôi bạn cùng tiến”",
)  # fmt: skip


def shared(diary: Diary) -> Iterator[Draft]:
    """Culture, sport, visits, support, facilities, material and models of the year."""
    for kind, make in _MAKERS.items():
        count = diary.year.others[kind]
        for number in range(count):
            yield make(diary, number, count)


_BASIC = ("mam-non", "tieu-hoc", "thcs")


def _basic_link(diary: Diary, levels: tuple[str, ...] = _BASIC, *, mixed: bool = False) -> Link:
    return diary.link(diary.random.choice(levels), mixed=mixed)


def _culture(diary: Diary, number: int, count: int) -> Draft:
    del number, count
    link = _basic_link(diary)
    host, partner = sides(link, diary.random)
    title, day = "", date.min
    while not title or diary.told(title, (host.id, partner.id), day):
        day = diary.day(link.draft)
        title = diary.random.choice(_FEASTS[day.month])
    counts = {"sessions": 1, "teachers": diary.random.randint(10, 40), "students": diary.random.randint(60, 320)}
    return diary.entry("van-hoa-van-nghe", title, host.id, host.unit, agreement=link.draft, on=day, partners=[partner.id],
                       level="truong", mode="truc-tiep", counts=counts)  # fmt: skip


def _sport(diary: Diary, number: int, count: int) -> Draft:
    del number, count
    link = _basic_link(diary, ("tieu-hoc", "thcs"))
    host, partner = sides(link, diary.random)
    counts = {"sessions": 1, "teachers": diary.random.randint(8, 30), "students": diary.random.randint(24, 180)}
    return diary.entry("the-thao", diary.random.choice(_SPORTS), host.id, host.unit, agreement=link.draft,
                       partners=[partner.id], level="truong", mode="truc-tiep", counts=counts)  # fmt: skip


def _visit(diary: Diary, number: int, count: int) -> Draft:
    inward = number < round(count * 0.58)
    link = _basic_link(diary, mixed=True)
    host, partner = (link.inner, link.outer) if inward else (link.outer, link.inner)
    title = diary.random.choice(_INWARD if inward else _OUTWARD)
    counts = {"sessions": 1, "teachers": diary.random.randint(4, 14), "students": diary.random.randint(32, 145)}
    return diary.entry("tham-quan", title, host.id, host.unit, agreement=link.draft, partners=[partner.id], level="truong",
                       mode="truc-tiep", direction="vao-noi-thanh" if inward else "ra-ngoai-thanh", counts=counts)  # fmt: skip


def _support(diary: Diary, number: int, count: int) -> Draft:
    random = diary.random
    sponsors = max(6, count // 5)
    link = _basic_link(diary, mixed=number < sponsors)
    title, form, goods = (
        _HELP[5] if number < sponsors else random.choice([row for row in _HELP if row[1] != "sponsored"])
    )
    pupils = random.randint(6, 34)
    support: dict[str, Value] = {}
    if form == "sponsored":
        share, rest = divmod(diary.year.sponsored, sponsors)
        uneven = (0, 3, -3, 2, -2, 0)[number % 6] if number < sponsors - sponsors % 6 else 0
        pupils = max(1, share + uneven + (rest if number == 0 else 0))
        support = {"money": pupils * random.choice((2, 3, 4)) * 500_000, "sponsored": pupils}
    elif goods is None:
        support = {"money": pupils * random.choice((3, 5, 6, 10)) * 100_000}
    else:
        name, unit, price = goods
        support = {"goods": [{"name": name, "quantity": pupils, "unit": unit, "value": pupils * price}]}
    support = {**support, "pupils": pupils, "source": random.choice(_GIVERS)}
    return diary.entry("ho-tro-hoc-sinh", title, link.inner.id, link.inner.unit, agreement=link.draft,
                       partners=[link.outer.id], support=support)  # fmt: skip


def _facility(diary: Diary, number: int, count: int) -> Draft:
    del number, count
    random = diary.random
    title, name, unit, price, (least, most) = random.choice(_EQUIPMENT)
    level = "mam-non" if "trẻ" in title else random.choice(("tieu-hoc", "thcs"))
    link = diary.link("thcs" if "Khoa học tự nhiên" in title else level)
    quantity = random.randint(least, most)
    goods = [{"name": name, "quantity": quantity, "unit": unit, "value": quantity * price}]
    return diary.entry("ho-tro-co-so-vat-chat", title, link.inner.id, link.inner.unit, agreement=link.draft,
                       partners=[link.outer.id], support={"goods": goods, "source": random.choice(_GIVERS[:3])})  # fmt: skip


def _material(diary: Diary, number: int, count: int) -> Draft:
    del number, count
    random = diary.random
    link = _basic_link(diary, ("tieu-hoc", "thcs"))
    host, partner = sides(link, random)
    title, topic = random.choice(_MATERIAL)
    subject = random.choice(("Toán", "Tiếng Anh", "Tin học", "Tiếng Việt" if link.level == "tieu-hoc" else "Ngữ văn"))
    return diary.entry("chia-se-hoc-lieu", title.format(m=subject), host.id, host.unit, agreement=link.draft,
                       partners=[partner.id], mode="truc-tuyen", topics=[topic], subject=subject)  # fmt: skip


def _model(diary: Diary, number: int, count: int) -> Draft:
    """A model spreads; “Tiếng trống học bài” sets out from Ba Vì."""
    random = diary.random
    drum = number < count // 2
    title = _MODELS[0] if drum else random.choice(_MODELS[1:])
    ba_vi = BY_NAME["Ba Vì"]
    if number == 0 and diary.year.name == "2022-2023":
        return diary.entry("nhan-rong-mo-hinh", title, ba_vi.office, ba_vi.id, agreement=None,
                           partners=["pgd-ba-dinh", "pgd-cau-giay", "pgd-thanh-xuan"], level="huyen",
                           topics=["hoat-dong-ngoai-gio"], counts={"schools": 21},
                           on=date(2023, 3, 2))  # fmt: skip
    link = _basic_link(diary, ("tieu-hoc", "thcs"))
    return diary.entry("nhan-rong-mo-hinh", title, link.outer.id, link.outer.unit, agreement=link.draft,
                       partners=[link.inner.id, *(["pgd-ba-vi"] if drum and link.outer.unit != ba_vi.id else [])],
                       level="truong", topics=["hoat-dong-ngoai-gio"],
                       counts={"students": random.randint(180, 640)})  # fmt: skip


_MAKERS: dict[str, Callable[[Diary, int, int], Draft]] = {
    "van-hoa-van-nghe": _culture,
    "the-thao": _sport,
    "tham-quan": _visit,
    "ho-tro-hoc-sinh": _support,
    "ho-tro-co-so-vat-chat": _facility,
    "chia-se-hoc-lieu": _material,
    "nhan-rong-mo-hinh": _model,
}


def accounts(diary: Diary) -> Iterator[Draft]:
    """Hanoi On accounts for teachers and grade 12 pupils of Yên Bái."""
    for title, day, counts in (
        ("Cấp tài khoản Hanoi On miễn phí cho giáo viên tỉnh Yên Bái", date(2023, 11, 15), {"accounts": 1184}),
        ("Cấp tài khoản Hanoi On miễn phí cho học sinh lớp 12 tỉnh Yên Bái", date(2024, 3, 5), {"accounts": 8627}),
    ):
        yield diary.entry("chia-se-hoc-lieu", title, SO, SO, agreement=None, on=day, partners=["so-gddt-yen-bai"], level="thanh-pho",
                          mode="truc-tuyen", topics=["on-thi-hoc-sinh-gioi" if "12" in title else "ung-dung-cntt"],
                          counts=counts)  # fmt: skip
