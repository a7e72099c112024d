"""The authors' reference of all placeholders, docs/cau-chen.md, written from the table so that it is always true.

Write it anew with `python -m chungtay_reports.prose.placeholders.reference > docs/cau-chen.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from chungtay_reports.prose.allow import package_list
from chungtay_reports.prose.placeholders.parameters import FILTERS, PERIOD, SCOPE, Parameter
from chungtay_reports.prose.placeholders.table import BLOCKS, GROUPS, NAMES, NUMBERS, SOURCES, Placeholder

SECTIONS: tuple[tuple[str, Mapping[str, Placeholder]], ...] = (
    ("Con số", NUMBERS),
    ("Nhóm và thứ hạng", GROUPS),
    ("Tên, ngày, kỳ", NAMES),
    ("Nguồn và lời trích", SOURCES),
    ("Khối: biểu đồ, bảng, ảnh", BLOCKS),
)
_SCOPE = frozenset(parameter.name for parameter in SCOPE)

OPENING = """# Chỗ điền: mọi con số trong bài viết đến từ đâu

Lời văn của bản tin là Markdown: đoạn, tít xen `##` và `###`, **đậm**, *nghiêng*, danh sách một tầng, liên kết (`https:`,
`mailto:` hoặc đường dẫn tương đối). Không dùng HTML, bảng kẻ bằng `|`, ảnh `![…](…)`, khối mã, khối trích `>`.

**Không gõ số.** Mỗi con số, kể cả viết bằng chữ, phải đến từ một *chỗ điền* `{{ tên(…) }}`; máy điền giá
trị, ghi vào sổ số liệu và dẫn về bản ghi. Gõ tay thì bị từ chối, với dòng, cột và chỗ điền nên dùng, dù số gõ đúng hay sai:

```
content/bulletins/2023-08.md:41:10: lỗi P201: Con số “672” gõ tay; mọi số trong bài phải lấy từ bản ghi. Số này đúng bằng
{{ so('truong_ky_ket') }}: viết chỗ điền ấy thay cho con số.
```

**Không gõ lời ước lượng hay lời khẳng định.** “gần”, “hơn”, “khoảng”, “cả”, “toàn bộ”, “hầu hết”, “100%”, “dẫn đầu”, “nhiều
nhất”, “tăng”… đứng cạnh số liệu phải viết bằng chỗ điền tương ứng, để máy chứng minh. Không chứng minh được thì chỗ điền bị từ
chối, kèm lời đúng gần nhất.

## Cách viết

- Giá trị đặt trong nháy đơn thẳng: `{{ so('truong_ky_ket') }}`. Tham số gọi bằng tên: `cap_hoc='thcs'`; nhiều giá trị thì
  viết thành danh sách: `cap_hoc=['tieu-hoc', 'thcs']`. Đúng, sai viết `True`, `False`.
- Không tính toán, không lọc bằng `|`, không `{% … %}`. Một chỗ điền có thể xuống dòng ở giữa.
- Ở đầu câu, chữ đầu tự viết hoa: `{{ hon('chuyen_de_truong') }}` thành “Hơn 600”.
- Chữ đưa ra trang qua tham số (`tieu_de`, `chu_thich`, `khong`, `tong`) cũng không được có số gõ tay.
- Số 1 đến 9 in bằng chữ số; muốn viết bằng chữ thì `chu=True`.
- Tên chỉ tiêu: xem bằng `chungtay figures`, định nghĩa ở `content/metrics/`.
"""

ALLOWED = """## Chữ có số được để nguyên

Tên đơn vị trong danh mục (“Ba Vì”, “Hai Bà Trưng”), tên người trong content/people.yaml và tên phong trào được để nguyên. Ngoài
ra có danh sách chung dưới đây. Thêm chữ khác, **kèm lý do**, ở `allow_numbers` trong `chungtay.yaml` (mọi bài) hoặc ở đầu bản
tin (riêng bài ấy):

```yaml
allow_numbers:
  - {text: Kế hoạch số 4340, reason: số của văn bản phát động phong trào}
```

| lý do | chữ |
|---|---|
"""


def reference() -> str:
    """Write the whole reference."""
    return "\n".join(_parts())


def _parts() -> Iterator[str]:
    yield OPENING
    yield "## Tham số chung\n\nChỗ điền nào ghi “các tham số chung” thì nhận thêm:\n"
    yield from (_parameter(parameter) for parameter in (*FILTERS, PERIOD))
    yield (
        "\nKỳ viết: `'ky_nay'`, `'ky_truoc'`, `'tu_dau'` (từ ngày phát động đến hết kỳ của bài), năm học `'2023-2024'`, năm "
        "`'2023'`, tháng `'2023-03'`, hoặc `'2023-03-01..2023-05-31'`.\n"
    )
    for title, rows in SECTIONS:
        yield f"## {title}\n"
        for name, placeholder in rows.items():
            yield from _placeholder(name, placeholder)
    yield ALLOWED + "\n".join(_allowed()) + "\n"


def _placeholder(name: str, placeholder: Placeholder) -> Iterator[str]:
    yield f"### `{name}`\n\n{placeholder.summary}\n\n```\n{placeholder.example}\n→ {placeholder.shows}\n```\n"
    own = [parameter for parameter in placeholder.parameters if parameter.name not in _SCOPE]
    if len(own) < len(placeholder.parameters) and PERIOD not in placeholder.parameters:
        own += [parameter for parameter in placeholder.parameters if parameter.name in _SCOPE]
    lines = [_parameter(parameter) for parameter in own]
    if PERIOD in placeholder.parameters:
        lines.append("- và các tham số chung")
    if lines:
        yield "\n".join(lines) + "\n"


def _parameter(parameter: Parameter) -> str:
    notes = ["bắt buộc"] if parameter.required else []
    if parameter.choices:
        notes.append("một trong " + ", ".join(f"`{choice}`" for choice in parameter.choices))
    if parameter.default not in {None, "", False}:
        notes.append(f"mặc định `{parameter.default}`")
    return f"- `{parameter.name}`: {parameter.help}" + (f" ({'; '.join(notes)})" if notes else "")


def _allowed() -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    for entry in package_list():
        reasons.setdefault(entry.reason, []).append(entry.text)
    for reason, texts in reasons.items():
        yield f"| {reason} | {'; '.join(texts)} |"


if __name__ == "__main__":
    click.echo(reference(), nl=False)
