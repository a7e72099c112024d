"""The number words of Vietnamese, what each is worth, and in what company each is a number at all."""

from __future__ import annotations

from dataclasses import dataclass

WORD_VALUES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6,
    "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
SCALES = {
    "mươi": 10, "chục": 10, "tá": 12, "trăm": 100, "nghìn": 1_000, "ngàn": 1_000, "vạn": 10_000,
    "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9,
}  # fmt: skip


def words(text: str) -> frozenset[str]:
    """Make a set of the words of a line."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Sense:
    """When a word is a number, by the syllables right before and after it.

    `only_before`, `only_after`: nowhere else (when given); `beside`: only next to another number word.
    """

    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    only_before: frozenset[str] = frozenset()
    only_after: frozenset[str] = frozenset()
    beside: bool = False

    def counts(self, before: str, after: str) -> bool:
        """Tell whether the word is a number between these two syllables."""
        return (
            not self.beside
            and before not in self.not_after
            and after not in self.not_before
            and (not self.only_after or before in self.only_after)
            and (not self.only_before or after in self.only_before)
        )


_ALWAYS = ("một", "hai", "bốn", "sáu", "bảy", "tám", "mười", "mươi", "chục", "trăm", "nghìn", "ngàn", "rưỡi", "nửa")
_RATIO = Sense(not_before=words("lệ số trọng mỉ mẩn giá suất phú thí dụ tê"))  # “tỷ lệ”, “tỉ mỉ”
SENSES: dict[str, Sense] = {
    **dict.fromkeys(_ALWAYS, Sense()),
    "ba": Sense(not_before=words("mẹ má lô rem toong gai")),
    "bẩy": Sense(not_after=words("đòn")),
    "chín": Sense(words("muồi chắn chắc mọng đỏ vàng rộ nhũn"), words("nấu lúa quả trái cơm")),
    "vạn": Sense(
        words("sự vật dặm lý thọ niên tuế bất năng tường an hoa phúc xuân phú bảo yên điểm thắng lộc thái"),
        words("muôn"),
    ),
    "triệu": Sense(words("tập chứng hồi gọi thị văn đình"), words("bà họ")),
    "tỷ": _RATIO,
    "tỉ": _RATIO,
    "không": Sense(only_before=words("trăm"), only_after=words("nghìn ngàn triệu tỷ tỉ")),  # “một nghìn không trăm”
    "tư": Sense(only_after=words("mươi linh lẻ trăm phần")),
    "lăm": Sense(only_after=words("mươi mười")),
    "nhăm": Sense(only_after=words("mươi")),
    "mốt": Sense(only_after=words("mươi")),
    "tá": Sense(only_after=words("một hai ba bốn năm sáu bảy tám chín mười vài mấy hàng nửa cả")),
    "đôi": Sense(only_after=words("gấp nhân tăng giảm chia")),
    "linh": Sense(beside=True),
    "lẻ": Sense(beside=True),
}

# “năm” is a year after these, and five before those
YEAR_AFTER = words(
    "mỗi hằng hàng trong nhiều cuối đầu giữa suốt những các qua từng sang vào nay bao theo quanh tết mấy vài lâu"
)
FIVE_BEFORE = words("mươi trăm nghìn ngàn vạn triệu tỷ tỉ chục")
FIVE_AFTER = words("linh lẻ phẩy")
NOT_STUDENTS = words("hoạt ra tồn")  # “năm học sinh hoạt” is a school year, not five pupils

ROMAN_LABELS = words(
    "quý kỳ kì lục chương mục phần khóa khoá hội thứ kỷ kỉ tập vòng cấp loại đợt hạng bậc điều bảng khối"
)

_NOUNS = """
trường, quận, huyện, thị xã, xã, phường, tỉnh, thành phố, chuyên đề, buổi, tiết, lượt, giáo viên, học sinh, học viên, em,
cháu, thầy, cô, thầy cô, đơn vị, cặp, phòng, trung tâm, hoạt động, bộ, quyển, cuốn, chiếc, máy, suất, phần quà, đồng, nhóm,
nội dung, mô hình, tổ, ngày, tuần, tháng, giờ, phút, lần, bản, biên bản, văn bản, kế hoạch, giao ước, đầu việc, tài khoản,
hội thảo, hội nghị, cuộc, môn, cán bộ, người, nhà giáo, đại biểu, lớp học, địa phương, cụm, giải, công trình, chương trình,
hạng mục, điểm, sở, ban, ngành, tiết học, học bổng, bài, câu, nhiệm vụ, giải pháp
"""
NOUNS = frozenset(noun.strip() for noun in _NOUNS.split(","))
