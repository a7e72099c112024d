"""The first sheet of the form: whose it is and how to fill it in."""

from __future__ import annotations

from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from chungtay_reports.excel import look
from chungtay_reports.excel.sheets import GUIDE, SHEETS, UNIT_LABEL
from chungtay_reports.workspace.layout import school_year
from chungtay_reports.workspace.library import Library

_STEPS = (
    "Mỗi trang là một loại số liệu, mỗi dòng là một việc. Điền từ dòng trống đầu tiên; không cần xếp thứ tự.",
    "Ô có mũi tên: chọn trong danh sách. Bấm vào ô nào cũng có lời nhắc cách điền.",
    "Ngày gõ dạng ngày/tháng/năm, ví dụ 16/3/2023. Số lượng là số nguyên, gõ 45 hoặc 1.200.",
    "Không sửa cột mã của dòng đã có: nhờ mã ấy mà chương trình biết dòng nào được sửa.",
    "Dòng mới để trống cột mã; chương trình tự cấp. Nếu dòng mới có đầu việc, tiền, hiện vật ở trang khác, hãy đặt mã tạm M1, M2… rồi dùng đúng mã tạm ấy ở trang kia.",
    "Xóa một dòng khỏi biểu không xóa bản ghi đã có. Muốn xóa hẳn, hãy báo người giữ kho số liệu.",
    "Không dùng công thức, không gộp ô, không ẩn dòng hay cột; không đổi tên trang và tiêu đề cột.",
    "Nếu biểu gửi lại có ô đỏ: đọc ghi chú của ô, sửa, lưu và gửi lại chính tệp ấy.",
)


def guide_sheet(page: Worksheet, library: Library, unit: str, year: str) -> None:
    """Fill the sheet of instructions; the unit's id stands here, from where `import` takes it."""
    page.title = GUIDE
    period = school_year(year, library.settings.calendar)
    page["A1"] = f"Biểu số liệu phong trào “{library.settings.movement.name}”"
    page["A1"].font = look.TITLE
    facts = (
        ("Đơn vị", library.registry.name(unit, period.start, "official")),
        (UNIT_LABEL, unit),
        ("Năm học", year),
        ("Nơi nhận", library.settings.organisation.name),
    )
    for row, (name, value) in enumerate(facts, 3):
        _pair(page, row, name, value)
    row = 8
    page.cell(row, 1, "Cách điền").font = look.HEADING
    for number, step in enumerate(_STEPS, 1):
        _pair(page, row + number, f"{number}.", step)
    row += len(_STEPS) + 2
    page.cell(row, 1, "Các trang").font = look.HEADING
    for number, sheet in enumerate(SHEETS, 1):
        _pair(page, row + number, sheet.name, sheet.about)
    page.column_dimensions["A"].width = 16
    page.column_dimensions["B"].width = 105
    page.protection.sheet = True
    page.sheet_view.showGridLines = False
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _pair(page: Worksheet, row: int, name: str, value: str) -> None:
    page.cell(row, 1, name).font = look.STRONG
    page.cell(row, 1).alignment = look.WRAP
    cell = page.cell(row, 2, value)
    cell.font, cell.alignment = look.BODY, look.WRAP
    page.row_dimensions[row].height = 15 * (1 + len(value) // 110)
