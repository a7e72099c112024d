"""Titles of chuyên đề and exchanges: templates by topic and level, filled with subjects and grades that fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from sample.movement import SchoolYear

# Grades of a subject; THCS sciences and histories are single subjects only where the 2018 curriculum is not yet taught.
_PRIMARY = {
    "Toán": (1, 2, 3, 4, 5),
    "Tiếng Việt": (1, 2, 3, 4, 5),
    "Tiếng Anh": (3, 4, 5),
    "Tự nhiên và Xã hội": (1, 2, 3),
    "Khoa học": (4, 5),
    "Lịch sử và Địa lí": (4, 5),
    "Đạo đức": (1, 2, 3, 4, 5),
    "Mĩ thuật": (1, 2, 3, 4, 5),
    "Âm nhạc": (1, 2, 3, 4, 5),
}
_LOWER = {
    "Toán": (6, 7, 8, 9),
    "Ngữ văn": (6, 7, 8, 9),
    "Tiếng Anh": (6, 7, 8, 9),
    "Giáo dục công dân": (6, 7, 8, 9),
    "Tin học": (6, 7, 8, 9),
    "Công nghệ": (6, 7, 8, 9),
}
_LOWER_OLD = {"Vật lí": (8, 9), "Hóa học": (8, 9), "Sinh học": (8, 9), "Lịch sử": (8, 9), "Địa lí": (8, 9)}
_LOWER_NEW = {"Khoa học tự nhiên": (6, 7, 8, 9), "Lịch sử và Địa lí": (6, 7, 8, 9)}
UPPER = ("Toán", "Ngữ văn", "Tiếng Anh", "Vật lí", "Hóa học", "Sinh học", "Lịch sử", "Địa lí", "Tin học")

# Subjects that are marked by comments, without written tests.
_UNTESTED = frozenset({"Tự nhiên và Xã hội", "Đạo đức", "Mĩ thuật", "Âm nhạc"})
# Words of a title → what subject and grade must be like for it to make sense.
_FITS: Mapping[str, Callable[[str, int], bool]] = {
    "kiểm tra": lambda subject, _: subject not in _UNTESTED,
    "câu hỏi": lambda subject, _: subject not in _UNTESTED,
    "chấm bài": lambda subject, grade: subject not in _UNTESTED and grade > 2,
    "đảo ngược": lambda _, grade: grade > 3,
    "dự án": lambda _, grade: grade > 2,
    "theo trạm": lambda _, grade: grade > 1,
    "sơ đồ tư duy": lambda subject, grade: grade > 2 and subject not in {"Mĩ thuật", "Âm nhạc"},
}

_AGES = ("3-4", "4-5", "5-6")
_STRANDS = ("Chất và sự biến đổi của chất", "Vật sống", "Năng lượng và sự biến đổi", "Trái Đất và bầu trời")
_SAFETY = (
    "phòng tránh đuối nước",
    "thoát hiểm khi có cháy",
    "xử lí khi bị lạc",
    "tham gia giao thông an toàn",
    "phòng tránh bị xâm hại",
    "tự phục vụ",
    "chào hỏi, cảm ơn, xin lỗi",
    "hợp tác với bạn",
    "nhận biết vật sắc nhọn, vật nóng",
    "giữ gìn vệ sinh cá nhân",
)
_OLYMPIAD = {
    "Toán": ("số học", "hình học phẳng", "bất đẳng thức", "tổ hợp"),
    "Ngữ văn": ("nghị luận xã hội", "nghị luận văn học", "lí luận văn học"),
    "Tiếng Anh": ("kĩ năng viết", "kĩ năng nghe", "từ vựng và đọc hiểu"),
    "Vật lí": ("điện học", "quang hình", "cơ học"),
    "Hóa học": ("bài toán hỗn hợp", "hiđrocacbon", "nhận biết và điều chế"),
    "Sinh học": ("di truyền", "sinh thái"),
    "Lịch sử": ("lịch sử Việt Nam hiện đại", "lịch sử thế giới"),
    "Địa lí": ("kĩ năng biểu đồ", "địa lí kinh tế Việt Nam"),
}

_SUBJECT: Mapping[str, tuple[str, ...]] = {
    "phuong-phap-day-hoc": (
        "Đổi mới phương pháp dạy học môn {m} lớp {g}",
        "Dạy học môn {m} lớp {g} theo hướng phát triển năng lực học sinh",
        "Tổ chức học nhóm hiệu quả trong giờ {m} lớp {g}",
        "Dạy học theo trạm môn {m} lớp {g}",
        "Dạy học phân hóa đối tượng học sinh trong môn {m} lớp {g}",
        "Dùng sơ đồ tư duy trong giờ ôn tập môn {m} lớp {g}",
        "Dạy học theo dự án với môn {m} lớp {g}",
        "Lớp học đảo ngược với môn {m} lớp {g}",
        "Phát huy tính tích cực của học sinh trong giờ {m} lớp {g}",
        "Thiết kế hoạt động khởi động cho tiết {m} lớp {g}",
        "Gắn bài học môn {m} lớp {g} với đời sống",
    ),
    "kiem-tra-danh-gia": (
        "Đổi mới đánh giá học sinh trong môn {m} lớp {g}",
        "Xây dựng ma trận, bản đặc tả đề kiểm tra môn {m} lớp {g}",
        "Đánh giá thường xuyên trong giờ {m} lớp {g}",
        "Ra đề kiểm tra định kì môn {m} lớp {g} theo mức độ nhận thức",
        "Đánh giá học sinh qua sản phẩm học tập môn {m} lớp {g}",
        "Học sinh tự đánh giá và đánh giá bạn trong giờ {m} lớp {g}",
        "Viết lời nhận xét vì sự tiến bộ của học sinh: môn {m} lớp {g}",
    ),
    "ung-dung-cntt": (
        "Thiết kế bài giảng điện tử môn {m} lớp {g}",
        "Khai thác học liệu số trong dạy học môn {m} lớp {g}",
        "Dùng trò chơi tương tác trong giờ {m} lớp {g}",
        "Giao bài và chấm bài trực tuyến môn {m} lớp {g}",
        "Ứng dụng công nghệ thông tin trong kiểm tra môn {m} lớp {g}",
        "Làm video bài giảng ngắn môn {m} lớp {g}",
    ),
    "sinh-hoat-chuyen-mon": (
        "Sinh hoạt chuyên môn theo nghiên cứu bài học: môn {m} lớp {g}",
        "Đổi mới sinh hoạt tổ chuyên môn qua tiết dạy {m} lớp {g}",
        "Dự giờ và góp ý tiết dạy {m} lớp {g} theo nghiên cứu bài học",
        "Cùng soạn, cùng dạy, cùng rút kinh nghiệm một tiết {m} lớp {g}",
    ),
    "ngan-hang-cau-hoi": (
        "Xây dựng ngân hàng câu hỏi môn {m} lớp {g}",
        "Thẩm định ngân hàng câu hỏi dùng chung môn {m} lớp {g}",
        "Biên soạn câu hỏi mức vận dụng cho môn {m} lớp {g}",
        "Chuẩn hóa câu hỏi trắc nghiệm môn {m} lớp {g}",
    ),
}
_NURSERY: Mapping[str, tuple[str, ...]] = {
    "phuong-phap-day-hoc": (
        "Tổ chức hoạt động làm quen với toán cho trẻ {a} tuổi lấy trẻ làm trung tâm",
        "Đổi mới tổ chức hoạt động góc cho trẻ {a} tuổi",
        "Tổ chức hoạt động tạo hình từ vật liệu thiên nhiên cho trẻ {a} tuổi",
        "Hoạt động khám phá khoa học theo hướng STEAM cho trẻ {a} tuổi",
        "Phát triển ngôn ngữ cho trẻ {a} tuổi qua kể chuyện sáng tạo",
        "Tổ chức hoạt động âm nhạc phát huy tính tích cực của trẻ {a} tuổi",
        "Vận dụng phương pháp Montessori trong giờ hoạt động của trẻ {a} tuổi",
        "Phát triển vận động cho trẻ {a} tuổi qua trò chơi dân gian",
    ),
    "trai-nghiem-ki-nang-song": (
        "Dạy trẻ {a} tuổi kĩ năng {k}",
        "Rèn kĩ năng {k} cho trẻ {a} tuổi qua hoạt động trải nghiệm",
        "Trải nghiệm làm vườn, chăm sóc rau cùng trẻ {a} tuổi",
        "Tổ chức phiên chợ quê cho trẻ {a} tuổi",
        "Một ngày làm bác nông dân: trải nghiệm cho trẻ {a} tuổi",
        "Trải nghiệm làm đồ chơi từ vật liệu tái chế cùng trẻ {a} tuổi",
        "Trò chơi dân gian trong hoạt động trải nghiệm của trẻ {a} tuổi",
        "Phối hợp với cha mẹ rèn kĩ năng {k} cho trẻ {a} tuổi",
    ),
    "ung-dung-cntt": (
        "Thiết kế trò chơi điện tử cho hoạt động học của trẻ {a} tuổi",
        "Ứng dụng công nghệ thông tin trong hoạt động kể chuyện cho trẻ {a} tuổi",
        "Làm video hướng dẫn cha mẹ chơi cùng trẻ {a} tuổi",
        "Xây dựng kho học liệu số cho hoạt động khám phá của trẻ {a} tuổi",
        "Ứng dụng công nghệ thông tin trong hoạt động làm quen chữ cái, làm quen với toán của trẻ {a} tuổi",
    ),
    "sinh-hoat-chuyen-mon": (
        "Đổi mới sinh hoạt chuyên môn ở tổ mẫu giáo {a} tuổi",
        "Dự giờ, góp ý hoạt động học của trẻ {a} tuổi theo nghiên cứu bài học",
        "Xây dựng môi trường giáo dục lấy trẻ làm trung tâm ở lớp {a} tuổi",
        "Xây dựng kế hoạch chăm sóc, giáo dục trẻ {a} tuổi sát với địa phương",
    ),
}
_NEW: Mapping[str, tuple[str, ...]] = {
    "tieu-hoc": (
        "Gỡ khó khi dạy môn {m} lớp {g} theo Chương trình GDPT 2018",
        "Trao đổi cách dạy môn {m} lớp {g} theo sách giáo khoa mới",
        "Tổ chức lớp học và thiết bị cho môn {m} lớp {g}",
        "Bố trí, chia sẻ giáo viên dạy môn {m} lớp {g}",
    ),
    "thcs": (
        "Gỡ khó khi dạy môn Khoa học tự nhiên lớp {g}: mạch {s}",
        "Dạy thực hành môn Khoa học tự nhiên lớp {g}: mạch {s}",
        "Phân công giáo viên dạy môn Khoa học tự nhiên lớp {g}",
        "Dạy chủ đề chung của môn Lịch sử và Địa lí lớp {g}",
        "Gỡ khó khi dạy phân môn Lịch sử trong môn Lịch sử và Địa lí lớp {g}",
        "Gỡ khó khi dạy phân môn Địa lí trong môn Lịch sử và Địa lí lớp {g}",
    ),
}


class Titles:
    """Composes titles for one school year; a title comes twice only after the others of its kind are used up."""

    def __init__(self, year: SchoolYear, random: Random) -> None:
        """Work out which grades have which subjects in `year`."""
        self._random = random
        self._new = year.new_grades
        self._used: dict[str, int] = {}
        self._subjects = {
            "tieu-hoc": [(m, g) for m, grades in _PRIMARY.items() for g in grades],
            "thcs": [
                *((m, g) for m, grades in _LOWER.items() for g in grades),
                *((m, g) for m, grades in _LOWER_OLD.items() for g in grades if g not in self._new),
                *((m, g) for m, grades in _LOWER_NEW.items() for g in grades if g in self._new),
            ],
        }

    def compose(self, topic: str, level: str) -> tuple[str, str]:
        """A title of the topic for schools of the level, and its subject (empty for mầm non)."""
        candidates = [self._one(topic, level) for _ in range(12)]
        chosen = min(candidates, key=lambda pair: self._used.get(pair[0], 0))
        self._used[chosen[0]] = self._used.get(chosen[0], 0) + 1
        return chosen

    def _one(self, topic: str, level: str) -> tuple[str, str]:
        pick = self._random.choice
        if level == "mam-non":
            return pick(_NURSERY[topic]).format(a=pick(_AGES), k=pick(_SAFETY)), ""
        if topic == "chuong-trinh-2018":
            return self._new_curriculum(level)
        if topic == "on-thi-hoc-sinh-gioi":
            return self._olympiad(level)
        while True:
            form, (subject, grade) = pick(_SUBJECT[topic]), pick(self._subjects[level])
            if all(fits(subject, grade) for words, fits in _FITS.items() if words in form):
                return form.format(m=subject, g=grade), subject

    def _new_curriculum(self, level: str) -> tuple[str, str]:
        pick = self._random.choice
        if level == "tieu-hoc":
            subject = pick(("Tiếng Anh", "Tin học và Công nghệ"))
            grade = pick([g for g in (3, 4, 5) if g in self._new])
            return pick(_NEW[level]).format(m=subject, g=grade), subject
        grade = pick([g for g in (6, 7, 8, 9) if g in self._new])
        title = pick(_NEW[level]).format(g=grade, s=f"“{pick(_STRANDS)}”")
        return title, "Khoa học tự nhiên" if "Khoa học tự nhiên" in title else "Lịch sử và Địa lí"

    def _olympiad(self, level: str) -> tuple[str, str]:
        pick = self._random.choice
        if level == "tieu-hoc":
            subject, grade = pick(("Toán", "Tiếng Việt", "Tiếng Anh")), pick((4, 5))
            form = pick(
                ("Bồi dưỡng học sinh năng khiếu môn {m} lớp {g}", "Phát hiện học sinh có năng khiếu môn {m} lớp {g}")
            )
            return form.format(m=subject, g=grade), subject
        subject = pick(tuple(_OLYMPIAD))
        form = pick(
            (
                "Ôn thi học sinh giỏi môn {m} lớp 9: phần {p}",
                "Chia sẻ kinh nghiệm bồi dưỡng học sinh giỏi môn {m} lớp 9: phần {p}",
            )
        )
        return form.format(m=subject, p=pick(_OLYMPIAD[subject])), subject

    def exchange(self, level: str) -> tuple[str, str]:
        """The title of an exchange between teachers, and its subject."""
        pick = self._random.choice
        if level == "mam-non":
            return f"Giao lưu giáo viên mẫu giáo {pick(_AGES)} tuổi giữa hai trường", ""
        if level in {"tieu-hoc", "thcs"}:
            subject, grade = pick(self._subjects[level])
            form = pick(("Giao lưu tổ chuyên môn: môn {m} lớp {g}", "Dạy chéo, dự giờ chéo môn {m} lớp {g}"))
            return form.format(m=subject, g=grade), subject
        subject = pick(UPPER if level == "thpt" else ("Toán", "Ngữ văn", "Lịch sử", "Địa lí", "Tin học"))
        grade = pick((10, 11, 12))
        form = pick(
            (
                "Giao lưu chuyên môn môn {m} lớp {g}",
                "Trao đổi cách dạy các chuyên đề học tập môn {m} lớp {g}"
                if grade in self._new and level == "thpt"
                else "Trao đổi kinh nghiệm dạy môn {m} lớp {g}",
                "Trao đổi kinh nghiệm ôn thi tốt nghiệp THPT môn {m}",
                "Dự giờ và góp ý tiết dạy {m} lớp {g}",
                "Trao đổi đề kiểm tra cuối kì môn {m} lớp {g}",
            )
        )
        return form.format(m=subject, g=grade), subject
