"""Which old encoding bytes are in when they are not UTF-8; only to name it, never to convert silently."""

from __future__ import annotations

import re

_WORDS = re.compile(
    r"\b(?:và|của|trường|học|các|được|huyện|quận|không|đơn|vị|giáo|năm|đề|tổ|chức|hội|thảo|tiết|việt|nam|là|với|"
    r"xã|phường|thị|trung|tiểu|đổi|mới|phòng|sở|nội|môn|chuyên|hoạt|động|sinh|dạy|ngày|tháng|kiểm|tra|ký|kết)\b"
)
_TCVN3 = dict(
    zip(
        bytes.fromhex(
            "a1a2a3a4a5a6a7a8a9aaabacadaeb5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5d6d7d8dcdddedfe1e2e3e4"
            "e5e6e7e8e9eaebecedeeeff1f2f3f4f5f6f7f8f9fafbfcfdfe"
        ),
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_VNI_TONES = dict(zip(bytes.fromhex("f8f9fbf5ef"), "\u0300\u0301\u0309\u0303\u0323", strict=True))
_VNI_HATS = dict(zip(bytes.fromhex("e2e0e1e5e3e4"), ("", *"\u0300\u0301\u0309\u0303\u0323"), strict=True))
_VNI_BREVES = dict(zip(bytes.fromhex("eae8e9fafceb"), ("", *"\u0300\u0301\u0309\u0303\u0323"), strict=True))
_VNI_WHOLE = dict(zip(bytes.fromhex("ecede6f3f2eef1f4f6"), "ìíỉĩịỵđơư", strict=True))


def guess_encoding(data: bytes) -> str | None:
    """Name the encoding that makes Vietnamese words of `data`: UTF-16, VNI, TCVN3 (ABC) or CP1258; None when none does."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or _half_zero(data):
        return "UTF-16"
    sample = data[:20_000]
    readings = {
        "TCVN3 (bộ gõ ABC)": "".join(_TCVN3.get(byte, chr(byte)) for byte in sample),
        "VNI": _vni(sample),
        "CP1258 (Windows tiếng Việt)": sample.decode("cp1258", errors="ignore"),
    }
    scores = {name: len(_WORDS.findall(_composed(text))) for name, text in readings.items()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > _plain_score(sample) else None


def _half_zero(data: bytes) -> bool:
    sample = data[:2000]
    return len(sample) > 3 and max(sample[0::2].count(0), sample[1::2].count(0)) > len(sample) // 5


def _plain_score(sample: bytes) -> int:
    # Words without diacritics are there in every reading and prove nothing.
    return len(_WORDS.findall(sample.decode("ascii", errors="replace").lower()))


def _composed(text: str) -> str:
    import unicodedata  # noqa: PLC0415 - needed on the rare path only

    return unicodedata.normalize("NFC", text).lower()


def _vni(sample: bytes) -> str:
    out: list[str] = []
    for byte in sample:
        if byte in _VNI_TONES and out:
            out.append(_VNI_TONES[byte])
        elif byte in _VNI_HATS and out:
            out.append("\u0302" + _VNI_HATS[byte])
        elif byte in _VNI_BREVES and out:
            out.append("\u0306" + _VNI_BREVES[byte])
        else:
            out.append(_VNI_WHOLE.get(byte, chr(byte)))
    return "".join(out)
