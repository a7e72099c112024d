"""`chungtay archive`: what the archive holds, whether every byte of it is still right, and packages for hand-over."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chungtay_reports.archive import ARCHIVE
from chungtay_reports.cli.offers import complete_archived
from chungtay_reports.cli.options import DAY, Whole, trust_option
from chungtay_reports.cli.shell import PROBLEMS, Shell, colour, format_option, print_json
from chungtay_reports.errors import UsageError, did_you_mean, shown

if TYPE_CHECKING:
    from chungtay_reports.archive.ocfl import Part, Report
    from chungtay_reports.archive.shelf import Holding

PRINTED = 200
root_argument = click.argument("root", type=click.Path(path_type=Path), required=False, metavar="[KHO]")


@click.group("archive", options_metavar="[TÙY_CHỌN]", subcommand_metavar="VIỆC [THAM_SỐ]…")
def command() -> None:
    """Kho lưu trữ các ấn phẩm đã công bố: xem có gì, kiểm tra từng byte, xuất gói để nộp lưu."""


@command.command("list", options_metavar="[TÙY_CHỌN]", short_help="Liệt kê ấn phẩm và các phiên bản.")
@root_argument
@format_option
@click.pass_obj
def list_(shell: Shell, *, root: Path | None, output: str) -> None:
    """Liệt kê mọi ấn phẩm trong kho với các lần công bố: khi nào, vì sao, ai công bố.

    KHO mặc định là archive/ của kho làm việc này.
    """
    from chungtay_reports.archive.shelf import holdings

    found = holdings(_root(shell, root))
    if output == "json":
        print_json({"objects": [_data(each) for each in found]})
        return
    for each in found:
        _show(each)
    shell.say(f"{len(found)} ấn phẩm." if found else "Kho lưu trữ chưa có ấn phẩm nào.")


def _show(each: Holding) -> None:
    click.echo(click.style(shown(each.title), bold=True), color=colour())
    if each.key != each.title:
        click.echo(f"  {shown(each.key)}")
    for version in each.inventory.versions:
        note = f"{version.created:%d/%m/%Y %H:%M}  {shown(version.message)} · {shown(version.user.name)}"
        click.echo(f"  {version.name}  {note}")


def _data(each: Holding) -> dict[str, object]:
    return {
        "id": each.id,
        "key": each.publication.key if each.publication else None,
        "title": each.publication.title if each.publication else None,
        "state": each.publication.state.value if each.publication else None,
        "folder": each.folder,
        "versions": [
            {
                "version": version.name,
                "created": version.created.isoformat(),
                "message": version.message,
                "user": version.user.name,
                "files": sorted(version.state),
            }
            for version in each.inventory.versions
        ],
    }


def _sample(ctx: click.Context, param: click.Parameter, value: str) -> tuple[int, int]:
    """Read “2/12”, the second part of twelve."""
    match = re.fullmatch(r"(\d{1,5})/(\d{1,5})", value)
    if not match or not 1 <= int(match[1]) <= int(match[2]):
        raise click.BadParameter(
            f"“{value}” không phải một phần; viết như 2/12 (phần thứ 2 trong 12 phần).", ctx, param
        )
    return int(match[1]), int(match[2])


@command.command("index", options_metavar="[TÙY_CHỌN]", short_help="Lập danh sách đã công bố để kiểm PDF.")
@root_argument
@click.option("--out", type=click.Path(path_type=Path), metavar="TỆP", help="Ghi ra tệp này thay vì in ra.")
@click.pass_obj
def index(shell: Shell, *, root: Path | None, out: Path | None) -> None:
    """Lập chung-thuc.json: mọi phiên bản đã công bố, để “chungtay verify --index” biết một bản in còn mới hay không."""
    from chungtay_reports.archive import proof
    from chungtay_reports.disk import replace_file

    text = proof.to_json(proof.index_of(_root(shell, root)))
    if out:
        replace_file(shell.folder / out, text.encode())
        shell.say(f"Đã ghi {out}.")
    else:
        click.echo(text, nl=False)


@command.command("verify", options_metavar="[TÙY_CHỌN]", short_help="Đọc lại từng byte, báo mọi chỗ hỏng.")
@root_argument
@click.option(
    "--since",
    type=DAY,
    metavar="NGÀY",
    help="Chỉ đọc nội dung của các phiên bản công bố từ ngày này.",
)
@click.option(
    "--sample", callback=_sample, default="1/1", metavar="N/T", help="Chỉ phần thứ N trong T phần của kho, ví dụ 2/12."
)
@click.option(
    "--digests",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="TỆP",
    help="Ghi danh sách mã kiểm tra vào tệp này, để ký hay cất ở nơi khác; chỉ ghi khi kho không có lỗi.",
)
@click.option(
    "--against",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="TỆP",
    help="So với danh sách mã kiểm tra đã cất ở nơi khác.",
)
@trust_option
@format_option
@click.pass_obj
def verify(
    shell: Shell,
    *,
    root: Path | None,
    since: datetime | None,
    sample: tuple[int, int],
    digests: Path | None,
    against: Path | None,
    trust: tuple[Path, ...],
    output: str,
) -> None:
    """Đọc lại từng byte trong kho lưu trữ và báo mọi tệp bị sửa, cắt, tráo, đổi tên, thêm, xóa hay thay bằng liên kết.

    KHO mặc định là archive/ của kho làm việc này; kho OCFL 1.0 hay 1.1 do phần mềm khác ghi cũng kiểm tra được. Mỗi dòng nêu tệp,
    mã (E… và W… là mã của chuẩn OCFL, A… là mã của chungtay) và ấn phẩm. Tệp còn nguyên thì chữ ký số trong các PDF cũng được kiểm.
    Có lỗi thì lệnh kết thúc với mã 1.
    """
    from dataclasses import replace

    from chungtay_reports import disk
    from chungtay_reports.archive.ocfl import Part, check_against, digest_list, read_list, validate
    from chungtay_reports.archive.seals import check_seals

    where, part = _root(shell, root), Part(f"{since:%Y-%m-%d}" if since else "", *sample)
    _refuse_list(shell, where, part, digests)
    kept, certificates = read_list(shell.folder / against) if against else None, _certificates(shell, trust)
    report = validate(where, part)
    if report.valid:
        seals = check_seals(where, report.part, certificates)
        report = replace(report, findings=(*report.findings, *seals))
    if kept is not None:
        report = replace(report, findings=(*report.findings, *check_against(where, kept)))
    if output == "json":
        print_json(report.data())
    else:
        _show_report(shell, report)
    if digests and report.valid:
        disk.replace_file(shell.folder / digests, digest_list(where))
        shell.say(f"Đã ghi danh sách mã kiểm tra vào {digests}; hãy ký hoặc cất ở nơi khác.")
    if not report.valid:
        raise click.exceptions.Exit(PROBLEMS)


@command.command("export", options_metavar="[TÙY_CHỌN]", short_help="Xuất gói BagIt hoặc E-ARK để nộp lưu.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="THƯ_MỤC")
@click.argument("names", nargs=-1, metavar="[ẤN_PHẨM]…", shell_complete=complete_archived)
@click.option(
    "--to",
    "kind",
    type=click.Choice(["bagit", "eark", "eark-aip"]),
    required=True,
    help="bagit: túi BagIt 1.0; eark: gói tin nộp lưu (SIP) của E-ARK; eark-aip: gói tin lưu trữ (AIP).",
)
@click.option("--version", type=Whole(min=1), metavar="SỐ", help="Phiên bản này; mặc định là mới nhất.")
@click.option(
    "--archive", "root", type=click.Path(path_type=Path), metavar="KHO", help="Kho lưu trữ; mặc định là archive/."
)
@format_option
@click.pass_obj
def export(
    shell: Shell,
    *,
    folder: Path,
    names: tuple[str, ...],
    kind: str,
    version: int | None,
    root: Path | None,
    output: str,
) -> None:
    """Ghi vào THƯ_MỤC mỗi ấn phẩm một gói để nộp vào lưu trữ lịch sử; không nêu ẤN_PHẨM thì xuất mọi ấn phẩm.

    ẤN_PHẨM là mã như “chungtay archive list” in ra. Gói đã có thì không ghi đè.
    """
    from chungtay_reports.archive import handover

    where = _root(shell, root)
    made = handover.export(where, kind, shell.folder / folder, _ids(where, names) if names else (), version)
    if output == "json":
        print_json({"packages": [(folder / each.name).as_posix() for each in made]})
        return
    for each in made:
        click.echo((folder / each.name).as_posix())
    shell.say(f"Đã ghi {len(made)} gói.")


def _ids(root: Path, names: tuple[str, ...]) -> tuple[str, ...]:
    """Find objects by their id or the key of their edition."""
    from chungtay_reports.archive.shelf import holdings
    from chungtay_reports.meant import closest

    known = {name: each.id for each in holdings(root) for name in (each.id, each.key)}
    for name in names:
        if name not in known:
            hint = did_you_mean(closest(name, known)) or " Xem “chungtay archive list”."
            raise UsageError(f"Kho lưu trữ không có ấn phẩm “{name}”.{hint}")
    return tuple(dict.fromkeys(known[name] for name in names))


def _show_report(shell: Shell, report: Report) -> None:
    from chungtay_reports.vietnamese import number

    for finding in report.findings[:PRINTED]:
        click.echo(click.style(str(finding), fg="yellow" if finding.warning else "red"), color=colour())
    if len(report.findings) > PRINTED:
        click.echo(f"… và {number(len(report.findings) - PRINTED)} chỗ nữa; thêm --format json để xem hết.")
    errors = sum(not finding.warning for finding in report.findings)
    of, whole = ("", "kho lưu trữ") if report.part.whole else (f" trong {number(report.present)}", "phần đã đọc")
    read = f"Đã đọc {number(report.objects)}{of} ấn phẩm, {number(report.files)} tệp nội dung"
    found = f"{number(errors)} lỗi" if errors else f"{whole} nguyên vẹn"
    shell.say(f"{read}: {found if errors or report.objects or not of else 'phần này không có ấn phẩm nào'}.")


def _certificates(shell: Shell, files: tuple[Path, ...]) -> tuple[Path, ...]:
    from chungtay_reports.archive.proof import require_certificate

    found = tuple(shell.folder / file for file in files)
    for file in found:
        require_certificate(file)
    return found


def _refuse_list(shell: Shell, root: Path, part: Part, digests: Path | None) -> None:
    """Refuse to write a list into the archive itself, or of what nobody is going to read."""
    if digests and (shell.folder / digests).resolve().is_relative_to(root.resolve()):
        raise UsageError("Danh sách mã kiểm tra phải cất ở ngoài kho lưu trữ.")
    if digests and not part.whole:
        raise UsageError("Chỉ lập danh sách mã kiểm tra khi đọc cả kho: hãy bỏ --since, --sample.")


def _root(shell: Shell, root: Path | None) -> Path:
    found = shell.folder / root if root else shell.workspace() / ARCHIVE
    if not found.is_dir() and not root:
        raise UsageError(f"Kho làm việc này chưa có {ARCHIVE}/: chưa công bố ấn phẩm nào.")
    if not found.is_dir():
        raise UsageError(f"Không có thư mục {root}.")
    return found
