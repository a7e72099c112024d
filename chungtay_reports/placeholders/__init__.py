"""The closed set of things that prose may ask of the desk: `{{ name(arguments) }}`.

`PLACEHOLDERS` is the table; `write` performs one call. Nothing typed is ever evaluated: a call is a name of this table
with constant arguments. A new placeholder is a function `(Scene, Bound) → Inlines | Block` and a row here, with an
example for docs/cau-chen.md (kept true by a test).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from chungtay_reports.calls import Call
from chungtay_reports.derived import Refused
from chungtay_reports.errors import Code, Problem
from chungtay_reports.manuscript import Manuscript
from chungtay_reports.placeholders import blocks, charting, naming, numbers, ranking, reporting
from chungtay_reports.placeholders.parameters import SCOPE, Bound, Parameter, bind
from chungtay_reports.placeholders.scene import Scene, Written

UNKNOWN = Code("P301", "Không có chỗ điền tên “{name}”; xem danh sách ở docs/cau-chen.md.")
REFUSED = Code("P302", "“{name}” không viết được: {reason}.")
ALONE = Code("P303", "“{name}” phải đứng riêng một đoạn, không lẫn với lời văn.")

__all__ = ["PLACEHOLDERS", "Bound", "Parameter", "Placeholder", "Scene", "Written", "write"]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One thing that prose may ask for.

    `write` makes its inlines, `block` the whole block that it is when it stands alone in a paragraph; one that has
    only `block` must stand alone.
    """

    summary: str
    example: str
    parameters: tuple[Parameter, ...]
    write: Callable[[Scene, Bound], Written] | None = None
    block: Callable[[Scene, Bound], Written] | None = None


_NUMBER = (numbers.METRIC, *SCOPE)
_SHARE = (*numbers.FRACTION, *SCOPE)

PLACEHOLDERS: Mapping[str, Placeholder] = {
    "so": Placeholder(
        "In đúng giá trị của một chỉ tiêu.",
        "{{ so('truong_ky_ket') }} trường ký biên bản ghi nhớ",
        (numbers.METRIC, numbers.IN_WORDS, numbers.AT_ZERO, *SCOPE),
        numbers.so,
    ),
    "gan": Placeholder(
        "“gần …”: ngay dưới một mốc tròn.", "{{ gan('truong_ky_ket') }} trường", _NUMBER, numbers.hedged("gan")
    ),
    "duoi": Placeholder(
        "“dưới …”: ngay dưới một mốc tròn.", "{{ duoi('truong_ky_ket') }} trường", _NUMBER, numbers.hedged("duoi")
    ),
    "hon": Placeholder(
        "“hơn …”: ngay trên một mốc tròn.", "{{ hon('chuyen_de_truong') }} chuyên đề", _NUMBER, numbers.hedged("hon")
    ),
    "tren": Placeholder(
        "“trên …”: ngay trên một mốc tròn.", "{{ tren('chuyen_de_truong') }} chuyên đề", _NUMBER, numbers.hedged("tren")
    ),
    "khoang": Placeholder(
        "“khoảng …”: quanh một mốc tròn.", "{{ khoang('truong_ky_ket') }} trường", _NUMBER, numbers.hedged("khoang")
    ),
    "hang": Placeholder(
        "“hàng chục”, “hàng trăm” …", "{{ hang('truong_ky_ket') }} trường", _NUMBER, numbers.hedged("hang")
    ),
    "ty_le": Placeholder(
        "Tỉ lệ phần trăm: của một chỉ tiêu tỉ lệ, của chỉ tiêu này trong chỉ tiêu kia, hay của một nhóm trong tất cả.",
        "{{ ty_le('truong_ky_ket', cap_hoc='tieu-hoc') }} số trường",
        (*numbers.FRACTION, numbers.DECIMALS, *SCOPE),
        numbers.ty_le,
    ),
    "ti_so": Placeholder("Tỉ số như đã đếm: “30/30”.", "{{ ti_so('ti_le_ket_noi') }} đơn vị", _SHARE, numbers.ti_so),
    "phan": Placeholder(
        "Lời về một phần của tổng: “toàn bộ”, “hầu hết”, “đa số”, “hơn một nửa” … đã chứng minh.",
        "{{ phan('chuyen_de_truong', trong='chuyen_de') }} chuyên đề do các trường tổ chức",
        (*numbers.FRACTION, numbers.SHARE_CLAIM, *SCOPE),
        numbers.phan,
    ),
    "ca": Placeholder(
        "“cả 30”: khi phần bằng tổng và mọi đơn vị đã báo cáo.",
        "{{ ca('ti_le_ket_noi') }} quận, huyện, thị xã đã ký giao ước",
        (*numbers.FRACTION, numbers.ALL_WORD, *SCOPE),
        numbers.ca,
    ),
    "tang_giam": Placeholder(
        "Tăng, giảm so với kỳ trước: “tăng 101”, “giảm 5”, “không đổi”; kieu='nhieu_hon', kieu='phan_tram'.",
        "{{ tang_giam('chuyen_de_truong', kieu='nhieu_hon', don_vi_tinh=True) }}",
        numbers.CHANGE,
        numbers.tang_giam,
    ),
    "xep_hang": Placeholder(
        "Ai dẫn đầu, ai tiếp theo, kèm số.",
        "{{ xep_hang('truong_ky_ket', theo='don_vi', lay=3) }}",
        ranking.RANKING,
        ranking.xep_hang,
    ),
    "dan_dau": Placeholder(
        "Tên của nhóm dẫn đầu đã chứng minh.",
        "{{ dan_dau('truong_ky_ket', theo='don_vi') }} dẫn đầu",
        ranking.LEADER,
        ranking.dan_dau,
    ),
    "nhieu_nhat": Placeholder(
        "“nhiều nhất là … với …”.",
        "{{ nhieu_nhat('chuyen_de_truong', theo='chu_de') }}",
        ranking.LEADER,
        ranking.nhieu_nhat,
    ),
    "liet_ke": Placeholder(
        "Liệt kê các nhóm, lớn trước, có hoặc không kèm số.",
        "{{ liet_ke('chuyen_de_truong', theo='chu_de', lay=3, so=False) }}",
        ranking.LISTING,
        ranking.liet_ke,
    ),
    "thoi_gian": Placeholder("Kỳ dài bao lâu: “tám tháng”.", "sau {{ thoi_gian() }}", naming.SPAN, naming.thoi_gian),
    "ngay": Placeholder(
        "Một ngày: của bài (tinh_den, phat_hanh, bat_dau, ket_thuc, phat_dong) hoặc ngày cho trước.",
        "tính đến ngày {{ ngay('tinh_den') }}",
        naming.DAY,
        naming.ngay,
    ),
    "ky": Placeholder("Tên kỳ, hoặc từ tháng nào đến tháng nào.", "trong {{ ky() }}", naming.PERIOD_STYLE, naming.ky),
    "ten": Placeholder(
        "Tên đơn vị: đầy đủ ở lần đầu, gọn ở lần sau, đúng tên vào thời điểm của số liệu.",
        "{{ ten('quan-hoang-mai') }}",
        naming.UNIT,
        naming.ten,
    ),
    "phong_trao": Placeholder(
        "Tên phong trào trong ngoặc kép.", "phong trào {{ phong_trao() }}", (), naming.phong_trao
    ),
    "co_quan": Placeholder(
        "Tên cơ quan phát hành: đầy đủ ở lần đầu, viết tắt ở lần sau.",
        "{{ co_quan() }} cho biết",
        naming.ORGANISATION,
        naming.co_quan,
    ),
    "trich_dan": Placeholder(
        "Lời trích có nguồn: đứng riêng thì thành khối trích, đứng trong câu thì thành lời trong câu.",
        "{{ trich_dan('loi-giam-doc') }}",
        reporting.QUOTE,
        reporting.trich_dan,
        reporting.trich_dan_block,
    ),
    "bao_phu": Placeholder(
        "Bao nhiêu đơn vị đã gửi báo cáo, còn ai; không in gì khi đã đủ.",
        "{{ bao_phu() }}, đã có {{ so('truong_ky_ket') }} trường ký kết",
        reporting.COVERAGE,
        reporting.bao_phu,
    ),
    "dau_viec": Placeholder(
        "Các đầu việc của một kế hoạch kết nối.",
        "{{ dau_viec('KH-2023-0001', lay=2) }}",
        reporting.TASKS,
        reporting.dau_viec,
    ),
    "bieu_do": Placeholder(
        "Biểu đồ: thanh, cot, so_sanh, o_nho, ban_do, vong_cung.",
        "{{ bieu_do('thanh', 'chuyen_de_truong', theo='chu_de') }}",
        charting.CHART,
        block=charting.bieu_do,
    ),
    "bang": Placeholder(
        "Bảng nhiều chỉ tiêu, mỗi nhóm một hàng, có hàng tổng.",
        "{{ bang(['truong_ky_ket', 'chuyen_de_truong'], theo='don_vi') }}",
        blocks.TABLE,
        block=blocks.bang,
    ),
    "anh": Placeholder("Ảnh theo mã.", "{{ anh('anh-sinh-hoat-chuyen-de') }}", blocks.PHOTO, block=blocks.anh),
}


def write(
    call: Call, scene: Scene, source: Manuscript, *, alone: bool = False
) -> tuple[Written | None, Bound | None, tuple[Problem, ...]]:
    """Perform one call; `alone` when it is a paragraph by itself. None with the problems when it cannot be."""
    if not call.name:
        return None, None, ()  # reported when it was read
    place = source.place(call.name_at)
    found = PLACEHOLDERS.get(call.name)
    if found is None:
        return None, None, (UNKNOWN.at(place, hint=_close(call.name), name=call.name),)
    bound, problems = bind(call, found.parameters, scene.desk, source)
    if bound is None:
        return None, None, problems
    writer = (found.block or found.write) if alone else found.write
    if writer is None:
        return None, bound, (ALONE.at(place, name=call.name),)
    try:
        return writer(scene, bound), bound, ()
    except Refused as refused:
        reason = refused.reason.rstrip(".")
        return None, bound, (REFUSED.at(place, hint=refused.offer or None, name=call.name, reason=reason),)


def _close(name: str) -> str | None:
    """Names are short: one wrong letter of two is still close."""
    found = process.extractOne(name.casefold(), sorted(PLACEHOLDERS), scorer=fuzz.ratio, score_cutoff=50)
    return found[0] if found else None
