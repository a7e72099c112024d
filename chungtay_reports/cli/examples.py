"""Examples that stand at the end of each command's help; a test calls every one of them."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "init": ("chungtay init kho-chung-tay",),
    "new": (
        "chungtay new bulletin so-ket-hoc-ky",
        "chungtay new activity --unit huyen-ba-vi --date 2024-11-26",
        "chungtay new correction HD-2024-0101",
    ),
    "check": ("chungtay check", "chungtay check content/records/2024-2025/huyen-ba-vi"),
    "explain": ("chungtay explain R205", "chungtay explain R"),
    "preview": ("chungtay preview", "chungtay preview bao-cao-nam-hoc/2023-2024/quan-cau-giay"),
    "build": (
        "chungtay build so-ket-hoc-ky --to html",
        "chungtay build bao-cao-nam-hoc --unit quan-cau-giay --year 2023-2024",
        "chungtay build so-ket-hoc-ky --as-of 2024-11-15 --draft",
    ),
    "form": ("chungtay form --unit quan-cau-giay --year 2023-2024",),
    "import": (
        "chungtay import bieu-quan-cau-giay-2023-2024.xlsx --dry-run --annotate bieu-da-xem.xlsx",
        'chungtay import bieu-quan-cau-giay-2023-2024.xlsx --reason "Trường báo lại số giáo viên"',
    ),
    "coverage": ("chungtay coverage --year 2023-2024", "chungtay coverage --letters don-doc --reply-by 2024-06-15"),
    "reconcile": ("chungtay reconcile --year 2023-2024", "chungtay reconcile --letters doi-chieu"),
    "figures": (
        "chungtay figures truong_ky_ket --by don_vi",
        "chungtay figures chuyen_de --from 2024-10-01 --to 2024-10-31",
    ),
    "trace": ("chungtay trace 672", "chungtay trace GN-2024-0001 --all"),
    "diff": (
        "chungtay diff 2023-08-tam-thang-chung-tay@v1 @2023-09-30",
        "chungtay diff bao-cao-nam-hoc/2022-2023/quan-cau-giay bao-cao-nam-hoc/2023-2024/quan-cau-giay",
    ),
    "status": ("chungtay status", "chungtay status --now"),
    "approve": ("chungtay approve 2023-08-tam-thang-chung-tay --by thu-ky-toa-soan",),
    "publish": ("chungtay publish 2023-08-tam-thang-chung-tay", "chungtay publish bao-cao-nam-hoc --year 2023-2024"),
    "correct": ('chungtay correct 2023-08-tam-thang-chung-tay --reason "Quận Hoàng Mai báo lại số liệu"',),
    "withdraw": ('chungtay withdraw 2023-08-tam-thang-chung-tay --reason "Công bố nhầm bản chưa hoàn thiện"',),
    "archive": (
        "chungtay archive list",
        "chungtay archive verify --sample 3/12",
        "chungtay archive export --to bagit goi-bagit",
    ),
    "site": ("chungtay site", "chungtay site --drafts"),
    "sign": ("chungtay sign bao-cao.pdf --p12 lanh-dao.p12 --role lanh-dao",),
    "verify": ("chungtay verify ban-tin.pdf --index chung-thuc.json",),
    "doctor": ("chungtay doctor",),
    "completion": ("chungtay completion bash >> ~/.bashrc",),
    "schema": ("chungtay schema records", "chungtay schema --write .schemas"),
}


def shown(name: str) -> str:
    """Give the examples of a command as its help shows them."""
    return "\n".join(("\b", "Ví dụ:", *(f"  {line}" for line in EXAMPLES[name])))
