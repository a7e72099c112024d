"""The table of placeholders: what each is for, an example and what it prints, its parameters, and who writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chungtay_reports.prose.placeholders import blocks, charting, naming, numbers, ranking, reporting
from chungtay_reports.prose.placeholders.parameters import SCOPE, Bound, Parameter
from chungtay_reports.prose.placeholders.scene import Scene, Written
from chungtay_reports.vietnamese.hedges import HedgeKind

Writer = Callable[[Scene, Bound], Written]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One thing that prose may ask for.

    `write` makes its inlines, `block` the whole block that it is when it stands alone in a paragraph; one that has
    only `block` must stand alone.
    """

    summary: str
    example: str
    shows: str  # what the example prints, for docs/cau-chen.md
    parameters: tuple[Parameter, ...]
    write: Writer | None = None
    block: Writer | None = None


def _hedge(kind: HedgeKind, summary: str, example: str, shows: str) -> Placeholder:
    return Placeholder(summary, example, shows, (numbers.METRIC, *SCOPE), numbers.hedged(kind))


NUMBERS: Mapping[str, Placeholder] = {
    "so": Placeholder(
        "In đúng giá trị của một chỉ tiêu. Số 0 không in trơ trọi: bỏ câu, hoặc cho lời thay bằng `khong`.",
        "{{ so('truong_ky_ket') }} trường ký biên bản ghi nhớ",
        "672 trường ký biên bản ghi nhớ",
        (numbers.METRIC, numbers.IN_WORDS, numbers.AT_ZERO, *SCOPE),
        numbers.so,
    ),
    "gan": _hedge(
        "gan",
        "“gần …”: chỉ khi số ngay dưới một mốc tròn, hụt không quá 6%.",
        "{{ gan('truong_ky_ket') }} trường",
        "gần 700 trường",
    ),
    "duoi": _hedge("duoi", "“dưới …”: điều kiện như `gan`.", "{{ duoi('truong_ky_ket') }} trường", "dưới 700 trường"),
    "hon": _hedge(
        "hon",
        "“hơn …”: chỉ khi số ngay trên một mốc tròn, vượt không quá 10%.",
        "{{ hon('chuyen_de_truong') }} chuyên đề",
        "hơn 600 chuyên đề",
    ),
    "tren": _hedge(
        "tren", "“trên …”: điều kiện như `hon`.", "{{ tren('chuyen_de_truong') }} chuyên đề", "trên 600 chuyên đề"
    ),
    "khoang": _hedge(
        "khoang",
        "“khoảng …”: chỉ khi số cách mốc tròn gần nhất không quá 5%.",
        "{{ khoang('truong_ky_ket') }} trường",
        "khoảng 700 trường",
    ),
    "hang": _hedge(
        "hang",
        "“hàng chục”, “hàng trăm”, “hàng nghìn”…: chỉ khi có ít nhất hai chục, hai trăm, hai nghìn…",
        "{{ hang('truong_ky_ket') }} trường",
        "hàng trăm trường",
    ),
    "ty_le": Placeholder(
        "Tỉ lệ phần trăm: của một chỉ tiêu tỉ lệ, của chỉ tiêu này trong chỉ tiêu kia (`trong`), hay của một nhóm trong tất cả.",
        "{{ ty_le('chuyen_de_truong', trong='chuyen_de') }} số chuyên đề",
        "79,7% số chuyên đề",
        (*numbers.FRACTION, numbers.DECIMALS, *SCOPE),
        numbers.ty_le,
    ),
    "ti_so": Placeholder(
        "Tỉ số như đã đếm.",
        "{{ ti_so('ti_le_ket_noi') }} quận, huyện, thị xã",
        "30/30 quận, huyện, thị xã",
        (*numbers.FRACTION, *SCOPE),
        numbers.ti_so,
    ),
    "phan": Placeholder(
        "Lời về một phần của tổng, đã chứng minh: “toàn bộ”, “hầu hết”, “đa số”, “hơn một nửa”…; không cho `kieu` thì "
        "chọn lời mạnh nhất còn đúng.",
        "{{ phan('chuyen_de_truong', trong='chuyen_de') }} chuyên đề do các trường tổ chức",
        "đa số chuyên đề do các trường tổ chức",
        (*numbers.FRACTION, numbers.SHARE_CLAIM, *SCOPE),
        numbers.phan,
    ),
    "ca": Placeholder(
        "“cả 30”, “toàn bộ 30”, “tất cả 30”: chỉ khi phần bằng tổng và mọi đơn vị đã gửi báo cáo.",
        "{{ ca('ti_le_ket_noi') }} quận, huyện, thị xã đã ký giao ước",
        "cả 30 quận, huyện, thị xã đã ký giao ước",
        (*numbers.FRACTION, numbers.ALL_WORD, *SCOPE),
        numbers.ca,
    ),
    "tang_giam": Placeholder(
        "Tăng, giảm so với kỳ trước: “tăng 101”, “giảm 5”, “không đổi”; `kieu='nhieu_hon'`: “nhiều hơn kỳ trước 101”; "
        "`kieu='phan_tram'`: “tăng 19,2%”. Hai kỳ phải dài như nhau và đủ báo cáo.",
        "{{ tang_giam('chuyen_de_truong', kieu='nhieu_hon', don_vi_tinh=True) }}",
        "nhiều hơn kỳ trước 73 chuyên đề",
        numbers.CHANGE,
        numbers.tang_giam,
    ),
    "so_sanh": Placeholder(
        "So sánh trọn câu của văn bản hành chính, cả chênh lệch lẫn tỷ lệ; kỳ trước bằng 0 thì bỏ tỷ lệ. Điều kiện như "
        "`tang_giam`; đơn vị phải có mặt ở cả hai kỳ.",
        "số chuyên đề cấp trường {{ so_sanh('chuyen_de_truong') }}",
        "số chuyên đề cấp trường tăng 73 chuyên đề (11,6%) so với năm học 2022-2023",
        (numbers.METRIC, *SCOPE),
        numbers.so_sanh,
    ),
}

GROUPS: Mapping[str, Placeholder] = {
    "xep_hang": Placeholder(
        "Ai dẫn đầu, ai tiếp theo, kèm số; đồng hạng thì nói chung một vế. Nhóm không phải đơn vị thì mở bằng “nhiều nhất là”.",
        "{{ xep_hang('truong_ky_ket', theo='don_vi', lay=3) }}",
        "Cầu Giấy dẫn đầu với 28 trường, tiếp đến là Ba Đình (23) và Đống Đa (19)",
        ranking.RANKING,
        ranking.xep_hang,
    ),
    "dan_dau": Placeholder(
        "Tên của nhóm dẫn đầu, đã chứng minh; không viết khi đồng hạng hay thiếu báo cáo.",
        "{{ dan_dau('truong_ky_ket', theo='don_vi') }} dẫn đầu về số trường ký kết",
        "Cầu Giấy dẫn đầu về số trường ký kết",
        ranking.LEADER,
        ranking.dan_dau,
    ),
    "nhieu_nhat": Placeholder(
        "Cái gì nhiều nhất, kèm số.",
        "{{ nhieu_nhat('truong_ky_ket', theo='cap_hoc') }}",
        "nhiều nhất là tiểu học với 271 trường",
        ranking.LEADER,
        ranking.nhieu_nhat,
    ),
    "liet_ke": Placeholder(
        "Liệt kê các nhóm có số liệu, lớn trước nhỏ sau; `so=False` thì chỉ nêu tên.",
        "{{ liet_ke('chuyen_de_truong', theo='chu_de', lay=2, so=False) }}",
        "đổi mới phương pháp dạy học và ứng dụng công nghệ thông tin",
        ranking.LISTING,
        ranking.liet_ke,
    ),
}

NAMES: Mapping[str, Placeholder] = {
    "ten": Placeholder(
        "Tên đơn vị: đầy đủ ở lần đầu, gọn ở lần sau, đúng tên vào thời điểm của số liệu; đơn vị đã sáp nhập thì ghi thêm "
        "“(nay thuộc …)”.",
        "{{ ten('quan-hoang-mai') }}",
        "quận Hoàng Mai",
        naming.UNIT,
        naming.ten,
    ),
    "phong_trao": Placeholder(
        "Tên phong trào trong ngoặc kép.",
        "phong trào {{ phong_trao() }}",
        "phong trào “Nhà trường cùng chung tay phát triển - Thầy cô cùng sẻ chia trách nhiệm”",
        (),
        naming.phong_trao,
    ),
    "co_quan": Placeholder(
        "Tên cơ quan phát hành: đầy đủ ở lần đầu, viết tắt ở lần sau.",
        "theo {{ co_quan() }}",
        "theo Sở Giáo dục và Đào tạo (GD&ĐT) Hà Nội",
        naming.ORGANISATION,
        naming.co_quan,
    ),
    "thoi_gian": Placeholder(
        "Kỳ dài bao lâu.", "sau {{ thoi_gian() }}", "sau tám tháng", naming.SPAN, naming.thoi_gian
    ),
    "ngay": Placeholder(
        "Một ngày: của bài (`tinh_den`, `phat_hanh`, `bat_dau`, `ket_thuc`, `phat_dong`) hoặc ngày cho trước; chỉ cho "
        "tháng hoặc năm thì in “tháng 8/2023”, “năm 2023”.",
        "tính đến ngày {{ ngay('tinh_den') }}",
        "tính đến ngày 10/8/2023",
        naming.DAY,
        naming.ngay,
    ),
    "ky": Placeholder(
        "Tên kỳ, hoặc từ tháng nào đến tháng nào.",
        "trong {{ ky('2023-2024') }}",
        "trong năm học 2023-2024",
        naming.PERIOD_STYLE,
        naming.ky,
    ),
}

SOURCES: Mapping[str, Placeholder] = {
    "bao_phu": Placeholder(
        "Bao nhiêu đơn vị đã gửi báo cáo, còn ai. Khi đã đủ thì không in gì và dấu phẩy ngay sau cũng bỏ; `luon=True` thì "
        "vẫn in. Bài không viết câu này thì máy tự thêm vào đoạn đầu khi thiếu báo cáo.",
        "{{ bao_phu() }}, đã có {{ so('truong_ky_ket') }} trường ký kết",
        "Theo báo cáo của 28/30 quận, huyện, thị xã (còn Mỹ Đức và Ứng Hòa chưa gửi), đã có 672 trường ký kết",
        reporting.COVERAGE,
        reporting.bao_phu,
    ),
    "trich_dan": Placeholder(
        "Lời trích có nguồn trong content/quotes: đứng riêng một đoạn thì thành khối trích, đứng trong câu thì thành lời "
        "trong câu.",
        "{{ trich_dan('tran-the-cuong-thi-dua') }}",
        "(khối trích với người nói, chức vụ và nguồn)",
        reporting.QUOTE,
        reporting.trich_dan,
        reporting.trich_dan_block,
    ),
    "dau_viec": Placeholder(
        "Các đầu việc của một kế hoạch kết nối, theo hạn.",
        "việc đã xong: {{ dau_viec('KH-2023-0001', trang_thai='xong', lay=2) }}",
        "việc đã xong: ghép trường theo từng cấp học và tổ chức chuyên đề về kiểm tra, đánh giá",
        reporting.TASKS,
        reporting.dau_viec,
    ),
}

BLOCKS: Mapping[str, Placeholder] = {
    "bieu_do": Placeholder(
        "Biểu đồ: `thanh` (thanh ngang theo nhóm), `cot` (cột theo tháng), `so_sanh` (hai kỳ), `o_nho` (mỗi nhóm một biểu đồ "
        "nhỏ theo tháng), `ban_do` (mỗi đơn vị một ô), `vong_cung` (các cặp đã ký giao ước).",
        "{{ bieu_do('thanh', 'chuyen_de_truong', theo='chu_de', lay=6) }}",
        "(biểu đồ; mỗi số trong hình dẫn về bản ghi)",
        charting.CHART,
        block=charting.bieu_do,
    ),
    "bang": Placeholder(
        "Bảng nhiều chỉ tiêu, mỗi nhóm một hàng, có hàng tổng tính riêng; đơn vị chưa gửi báo cáo thì ghi “chưa gửi”.",
        "{{ bang(['truong_ky_ket', 'chuyen_de_truong'], theo='don_vi') }}",
        "(bảng; mỗi số dẫn về bản ghi)",
        blocks.TABLE,
        block=blocks.bang,
    ),
    "anh": Placeholder(
        "Ảnh theo mã trong content/media, với chú thích và nguồn ảnh đã khai.",
        "{{ anh('tieng-trong-hoc-bai') }}",
        "(ảnh)",
        blocks.PHOTO,
        block=blocks.anh,
    ),
}

PLACEHOLDERS: Mapping[str, Placeholder] = {**NUMBERS, **GROUPS, **NAMES, **SOURCES, **BLOCKS}
