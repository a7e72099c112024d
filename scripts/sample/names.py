"""Names for made-up schools: themes that Vietnamese schools like, drawn so that few repeat across the city."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.replace("\n", " ").split(",") if name.strip())


NURSERY = _names("""
Hoa Sen, Hoa Hồng, Hoa Mai, Hoa Đào, Hoa Cúc, Hoa Hướng Dương, Hoa Phượng, Hoa Lan, Hoa Sữa, Hoa Ban,
Hoa Ngọc Lan, Hoa Thủy Tiên, Hoa Mộc Lan, Hoa Anh Đào, Hoa Thạch Thảo, Hoa Cẩm Tú, Hoa Bằng Lăng, Hoa Sim, Hoa Mận,
Hoa Bưởi, Hoa Sao, Hoa Súng, Hoa Nắng, Hoa Trà My, Hoa Hải Đường, Hoa Tường Vi, Hoa Lưu Ly, Hoa Dạ Hương, Sao Mai,
Sao Sáng, Sao Khuê, Sao Xanh, Sao Biển, Ánh Sao, Ánh Dương, Ánh Hồng, Ánh Ban Mai, Bình Minh, Ban Mai, Mai Vàng,
Nắng Mai, Nắng Hồng, Nắng Xuân, Nắng Sớm, Búp Sen, Búp Măng, Búp Non, Măng Non, Mầm Xanh, Mầm Biếc, Chồi Non,
Chồi Xanh, Chồi Biếc, Lá Xanh, Lá Non, Cỏ Non, Tuổi Thơ, Tuổi Hoa, Tuổi Hồng, Tuổi Ngọc, Tuổi Thần Tiên, Tuổi Mộng Mơ,
Sơn Ca, Họa Mi, Vàng Anh, Chim Non, Bồ Câu, Chim Én, Hải Âu, Én Nhỏ, Thỏ Ngọc, Nai Vàng, Ong Vàng, Bướm Vàng, Cánh Diều,
Diều Giấy, Cầu Vồng, Vầng Trăng, Trăng Non, Trăng Rằm, Vườn Xanh, Vườn Hồng, Vườn Trẻ, Khu Vườn Nhỏ, Rạng Đông,
Phù Đổng, Thánh Gióng, Thạch Sanh, Tấm Cám, Hạt Mít, Hạt Ngọc, Ngọc Lan, Ngọc Mai, Thủy Tiên, Tường Vi,
Mùa Xuân, Mùa Thu, Đồng Xanh, Đồng Lúa, Bông Lúa, Bông Sen, Bông Hồng, Bông Trang, Quê Hương,
Làng Sen, Lúa Vàng, Tre Xanh, Tre Việt, Trúc Xanh, Trúc Mai, Thông Xanh, Sen Hồng, Sen Vàng, Hướng Dương, Hồng Nhung,
Hoàng Yến, Hoàng Oanh, Hoàng Lan, Thiên Nga, Thiên Thần Nhỏ, Việt Anh, Hạnh Phúc, Tương Lai, Ước Mơ, Vành Khuyên
""")

PEOPLE = _names("""
Kim Đồng, Nguyễn Du, Lê Lợi, Trần Hưng Đạo, Nguyễn Trãi, Quang Trung, Lý Thường Kiệt, Trần Quốc Toản, Võ Thị Sáu,
Lê Văn Tám, Nguyễn Bá Ngọc, Đinh Tiên Hoàng, Lý Thái Tổ, Lê Quý Đôn, Chu Văn An, Nguyễn Bỉnh Khiêm, Phan Chu Trinh,
Phan Bội Châu, Hoàng Hoa Thám, Hoàng Diệu, Nguyễn Tri Phương, Tô Hiến Thành, Tô Vĩnh Diện, La Văn Cầu, Phan Đình Giót,
Bế Văn Đàn, Cù Chính Lan, Nguyễn Viết Xuân, Nguyễn Văn Trỗi, Lý Tự Trọng, Nguyễn Thị Minh Khai, Hoàng Văn Thụ,
Ngô Gia Tự, Nguyễn Văn Cừ, Lê Hồng Phong, Trần Phú, Tôn Đức Thắng, Tô Hiệu, Lương Khánh Thiện, Xuân Diệu, Tố Hữu,
Nam Cao, Ngô Tất Tố, Nguyễn Tuân, Thạch Lam, Tản Đà, Tú Xương, Nguyễn Khuyến, Hồ Xuân Hương, Đoàn Thị Điểm,
Bà Huyện Thanh Quan, Cao Bá Quát, Nguyễn Công Trứ, Nguyễn Đình Chiểu, Nguyễn Khắc Nhu, Nguyễn Thái Học, Phan Đình Phùng,
Nguyễn Trung Trực, Trương Định, Đề Thám, Mai Thúc Loan, Phùng Hưng, Khúc Thừa Dụ, Ngô Quyền, Lê Hoàn, Lý Nam Đế,
Triệu Quang Phục, Trưng Trắc, Trưng Nhị, Bà Triệu, Yết Kiêu, Dã Tượng, Phạm Ngũ Lão, Trần Khánh Dư, Trần Nhật Duật,
Trần Quang Khải, Trần Nhân Tông, Trần Thái Tông, Mạc Đĩnh Chi, Trương Hán Siêu, Lương Thế Vinh, Lê Thánh Tông,
Nguyễn Xí, Nguyễn Chích, Đào Duy Từ, Đào Duy Anh, Phùng Khắc Khoan, Giang Văn Minh, Ngô Thì Nhậm, Ngô Sĩ Liên,
Phan Huy Chú, Phan Huy Ích, Bùi Xương Trạch, Bùi Huy Bích, Đặng Tiến Đông, Đặng Thai Mai, Hoàng Ngân, Hoàng Đạo Thúy,
Nguyễn Văn Huyên, Tạ Quang Bửu, Trần Đại Nghĩa, Tôn Thất Tùng, Đặng Thùy Trâm, Hồ Tùng Mậu, Lê Trọng Tấn,
Hoàng Minh Thảo, Nguyễn Phong Sắc, Nguyễn Khánh Toàn, Dương Quảng Hàm, Nguyễn Văn Tố, Nguyễn Gia Thiều, Nguyễn Siêu
""")

PLACES = _names("""
Đông Thành, Tây Sơn, Nam Sơn, Bắc Sơn, Trung Sơn, Tân Lập, Tân Dân, Tân Hòa, Tân Phú, Tân Tiến, Hợp Tiến, Hợp Đức,
Đồng Tiến, Đồng Tâm, Quyết Tiến, Quyết Thắng, Toàn Thắng, Vạn Xuân, Vạn Phúc, An Hòa, An Phú, An Bình, An Lạc, An Thịnh,
Phú Bình, Phú An, Phú Thịnh, Phúc An, Phúc Lâm, Phúc Hòa, Hòa Bình, Hòa Thịnh, Hưng Thịnh, Thịnh Quang,
Thanh Bình, Thanh Sơn, Thanh Lâm, Bình Sơn, Bình Phú, Mỹ Hưng, Mỹ Lộc, Minh Tân, Minh Đức, Minh Khai, Đại Đồng, Đại Hưng,
Đại Thắng, Liên Hà, Liên Hồng, Liên Hòa, Hồng Phong, Hồng Thái, Hồng Minh, Hồng Kỳ, Xuân Sơn, Xuân Thu, Việt Hòa,
Việt Long, Thống Nhất, Hữu Nghị, Cộng Hòa, Độc Lập, Tự Cường, Đoàn Kết, Tiền Phong, Lam Sơn, Chi Lăng, Bạch Đằng,
Đông Đô, Thăng Long, Kinh Bắc, Kinh Đô, Sơn Hà, Sơn Đông, Sơn Lâm, Sơn Tràng, Văn Hiến, Văn Lâm, Văn Đức, Văn Sơn,
Đông Hải, Long Xuyên, Long Thành, Ngọc Sơn, Kim Sơn, Hoàng Long, Thượng Hòa
""")

THEMES: dict[str, tuple[str, ...]] = {
    "mam-non": NURSERY,
    "tieu-hoc": PEOPLE + PLACES,
    "thcs": PEOPLE + PLACES,
    "thpt": PEOPLE + PLACES,
}


class NameBag:
    """Hands out names of one level, least used first; every draw is decided by the seed alone."""

    def __init__(self, themes: tuple[str, ...], random: Random) -> None:
        """Fill the bag."""
        self._themes = themes
        self._used: Counter[str] = Counter()
        self._random = random

    def draw(self, count: int) -> Iterator[str]:
        """`count` different names; when the themes run out, “… A”, “… B” as schools of one commune are called."""
        order = sorted(dict.fromkeys(self._themes), key=lambda name: (self._used[name], self._random.random()))
        for index in range(count):
            turn, place = divmod(index, len(order))
            name = order[place]
            self._used[name] += 1
            yield name if turn == 0 else f"{name} {_mark(turn)}"


def of_commune(names: list[str], count: int) -> list[str]:
    """`count` school names after communes: each commune plain, then A, B, C and so on."""
    return [
        name if turn == 0 else f"{name} {_mark(turn)}"
        for turn in range(count // max(1, len(names)) + 1)
        for name in names
    ][:count]


def _mark(turn: int) -> str:
    """What tells schools of one name apart: A, B, C …, then numbers."""
    letters = "ABCDEGHIKLMNOPQ"
    return letters[turn - 1] if turn <= len(letters) else str(turn)
