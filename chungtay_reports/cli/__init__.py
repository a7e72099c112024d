"""The command line: options in, one call into the program, an exit code out."""

from __future__ import annotations

import atexit
import contextlib
import gc
import gettext
import keyword
import os
import re
import signal
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

# Click asks gettext for its own sentences when it builds help and errors; the program speaks Vietnamese everywhere.
os.environ["LANGUAGE"] = "vi"
gettext.bindtextdomain("chungtay", str(Path(__file__).parent / "locale"))
gettext.textdomain("chungtay")

import click  # noqa: E402  # its sentences must already have their language
from click.shell_completion import CompletionItem  # noqa: E402

from chungtay_reports import __version__  # noqa: E402
from chungtay_reports.cli import examples  # noqa: E402
from chungtay_reports.cli.shell import Shell, colour, confess, fail  # noqa: E402
from chungtay_reports.errors import MachineError, ReportsError, of_the_machine, why  # noqa: E402
from chungtay_reports.machine import SIGNALS  # noqa: E402

# The help lists them so, in the order in which the work is done.
SECTIONS = {
    "Viết và dựng": {
        "init": "Tạo một kho mới có sẵn ví dụ",
        "new": "Viết sẵn một tệp mới: bản tin, báo cáo, giao ước, hoạt động, nộp báo cáo, mẫu sửa bản ghi",
        "check": "Kiểm tra mọi thứ có thể sai: bản ghi, tham chiếu, con số, cách nói ước lượng, ảnh",
        "explain": "Giải thích một mã lỗi hay cảnh báo: nghĩa, vì sao, cách sửa, ví dụ",
        "preview": "Xem thử trong trình duyệt, tự dựng lại khi lưu tệp",
        "build": "Dựng bản tin (HTML, PDF) và báo cáo (PDF, DOCX), kèm sổ số liệu",
    },
    "Thu thập số liệu": {
        "form": "Lấy biểu Excel để đơn vị điền số liệu",
        "import": "Nhập biểu Excel hoặc CSV đã điền thành bản ghi",
        "coverage": "Xem đơn vị nào đã gửi báo cáo, đơn vị nào trễ hạn",
        "reconcile": "Tìm chỗ hai bên báo cáo cùng một hoạt động mà số khác nhau",
    },
    "Tra cứu": {
        "figures": "Xem giá trị các chỉ tiêu, theo đơn vị hay theo tháng",
        "trace": "Lần từ con số về bản ghi, hoặc từ bản ghi đến từng câu đã in",
        "diff": "So hai bản, nói vì sao từng con số khác đi",
        "status": "Xem ấn phẩm đã công bố nào không còn đúng với bản ghi",
    },
    "Duyệt, công bố, lưu trữ": {
        "approve": "Duyệt một ấn phẩm: ghi ai duyệt, duyệt những số và lời nào",
        "publish": "Công bố ấn phẩm đã duyệt: thêm một phiên bản vào kho lưu trữ",
        "correct": "Đính chính một ấn phẩm đã công bố",
        "withdraw": "Thu hồi một ấn phẩm đã công bố",
        "archive": "Xem, kiểm tra kho lưu trữ các ấn phẩm đã công bố, xuất gói để nộp lưu",
        "site": "Dựng trang tin từ các ấn phẩm đã công bố, mở được từ máy chủ hay USB",
    },
    "Ký và kiểm PDF": {
        "sign": "Ký số một tệp PDF bằng tệp khóa hoặc thiết bị ký",
        "verify": "Kiểm một tệp PDF: con số, chữ in, chữ ký, có bản mới hơn không",
    },
    "Máy và công cụ": {
        "doctor": "Xem máy này còn thiếu gì",
        "completion": "Cho phím Tab điền nốt tên lệnh, ấn phẩm, đơn vị",
        "schema": "In lược đồ JSON cho trình soạn thảo",
    },
}
COMMANDS = {name: about for section in SECTIONS.values() for name, about in section.items()}


INTERRUPTED = 130
PIPE_CLOSED = 128 + getattr(signal, "SIGPIPE", 13)
IMPATIENCE = 2.0  # seconds within which a second Ctrl-C does not cut short the tidying up after the first


class Commands(click.Group):
    """Commands by name, each in a module of its own that is imported only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"chungtay_reports.cli.{_module(cmd_name)}").command
        command.epilog = examples.shown(cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        widest = max(map(len, COMMANDS))
        for title, section in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(widest), about) for name, about in section.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the commands as the help lists them, without importing any."""
        names = [CompletionItem(name, help=about) for name, about in COMMANDS.items() if name.startswith(incomplete)]
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.exceptions.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx)
        return super().resolve_command(ctx, args)


def _module(command: str) -> str:
    """Name the module of a command; one that is called like a Python keyword has an underscore after it."""
    return f"{command}_" if keyword.iskeyword(command) else command


@click.group(
    cls=Commands,
    options_metavar="[TÙY_CHỌN]",
    subcommand_metavar="LỆNH [THAM_SỐ]…",
    epilog="Bắt đầu: chungtay init kho. Mỗi lệnh có trang riêng, kèm ví dụ: chungtay LỆNH --help. "
    "Mã kết thúc: 0 xong; 1 nội dung có lỗi; 2 gõ sai lệnh; 3 máy thiếu thứ gì đó; 4 có thứ không còn mới.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "-C",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="THƯ_MỤC",
    help="Làm việc trong thư mục này.",
)
@click.option("-q", "--quiet", is_flag=True, help="Chỉ in kết quả và lỗi.")
@click.option("--debug", is_flag=True, help="Khi chương trình hỏng, in cả vết lỗi.")
@click.version_option(__version__, "-V", "--version", message="chungtay %(version)s")
@click.pass_context
def commands(ctx: click.Context, folder: Path, *, quiet: bool, debug: bool) -> None:
    """Chung tay Reports: bản tin và báo cáo mà mỗi con số đều có bản ghi chứng minh."""
    ctx.color = colour()
    ctx.obj = Shell(folder=folder, quiet=quiet, debug=debug, arguments=ctx.obj or ())


def _unforeseen(error: Exception) -> int:
    """Tell a failing machine, and whoever reads our output and has read enough, from a mistake of the program."""
    if isinstance(error, BrokenPipeError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8", newline="\n")  # noqa: PTH123, SIM115 - at exit nobody is told again
        return PIPE_CLOSED
    if isinstance(error, OSError) and of_the_machine(error):
        where = f" {error.filename}" if error.filename else ""
        return fail(MachineError(f"Máy không cho dùng{where or ' tệp'}: {why(error)}."))
    return confess(error)


def _misused(error: click.ClickException) -> click.ClickException:
    """Quote as every other message does what click quotes as Python does."""
    if not isinstance(error, click.UsageError) or isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error
    return click.UsageError(re.sub(r"'([^']+)'", r"“\1”", error.format_message()), error.ctx)


def _stop_when_told() -> None:
    """End in good order when the user, the system or a closed terminal says so: files stay whole, processes end."""
    told = [-IMPATIENCE]

    def stop(number: int, frame: object) -> None:  # noqa: ARG001 - as `signal` calls it
        if time.monotonic() - told[0] >= IMPATIENCE:
            told[0] = time.monotonic()
            raise KeyboardInterrupt

    for number in SIGNALS:
        # only the main thread may; and whoever started us with `nohup` wants SIGHUP ignored
        with contextlib.suppress(ValueError):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, stop)


def _run(given: Sequence[str]) -> object:
    """Run a command; what click has to say of it is said, and becomes an exit code."""
    out = sys.stdout
    try:
        return commands.main(args=list(given), prog_name="chungtay", standalone_mode=False, obj=tuple(given))
    except click.exceptions.Exit as exit_request:
        return exit_request.exit_code
    except click.ClickException as error:
        _misused(error).show()
        return error.exit_code
    except SystemExit as left:
        # when whoever reads our output has read enough, click leaves with 1 and another stdout
        return left.code if sys.stdout is out else PIPE_CLOSED


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit: 0 done, 1 problems in the content, 2 usage, 3 the machine lacks something, 4 stale.

    70 is a mistake in the program itself; its traceback is printed with --debug only.
    """
    # Records are made by the ten thousand and live to the end: looking for garbage among them early only costs.
    gc.set_threshold(1_000_000, 50, 100)
    atexit.register(gc.freeze)  # and so does looking once more at the very end, when all of them are given back anyway
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    _stop_when_told()
    try:
        code = _run(given)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Đã dừng.", err=True)
        code = INTERRUPTED
    except ReportsError as error:
        if debug:
            raise
        code = fail(error)
    except Exception as error:
        if debug:
            raise
        code = _unforeseen(error)
    sys.exit(code if isinstance(code, int) else 0)
