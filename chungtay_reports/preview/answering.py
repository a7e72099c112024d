"""Answer requests from the stage: a page that is there, a notice when it is not, the channel that tells of newer ones."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from chungtay_reports.errors import ReportsError, shown
from chungtay_reports.preview.assets import assets
from chungtay_reports.preview.notices import Notice, notice_page
from chungtay_reports.preview.request import CHANNEL, Request, RequestError
from chungtay_reports.preview.server import Response
from chungtay_reports.preview.stage import ABSENT, HTML, Stage, confession

BEAT_SECONDS = 10.0  # a line is sent so often, so that a browser that has gone is noticed

BUILDING = Notice("Đang dựng…", "", ("Lần đầu mất vài giây. Trang này tự mở khi dựng xong.",))
ABSENT_LINES = (
    "Máy xem thử chỉ có những trang dựng từ kho này.",
    "Nếu địa chỉ là của một bản tin vừa đổi tên hay vừa xóa, hãy mở lại từ bàn biên tập.",
)


class Answering:
    """Answers what is on the stage and nothing else."""

    def __init__(self) -> None:
        self.stage = Stage(assets())

    def answer(self, request: Request) -> Response:
        """Answer a request that was judged."""
        if request.path == CHANNEL:
            return Response(HTTPStatus.OK, "text/event-stream; charset=utf-8", stream=self._told(request))
        found = self.stage.find(request.path)
        if found is None:
            return self._absent(request.path)
        try:
            return Response(HTTPStatus.OK, found.media_type, found.make())
        except ReportsError as error:
            return _notice(
                Notice("Chưa làm được", shown(request.path), (str(error),)), HTTPStatus.INTERNAL_SERVER_ERROR
            )
        except Exception as error:  # noqa: BLE001 - the server goes on whatever one page does
            notice = Notice("Lỗi của chương trình", shown(request.path), (), fault=confession(error))
            return _notice(notice, HTTPStatus.INTERNAL_SERVER_ERROR)

    def refuse(self, error: RequestError) -> Response:
        """Say why a request is not answered."""
        return _notice(Notice("Không trả lời", str(error.status.value), (error.reason,)), error.status)

    def _absent(self, path: str) -> Response:
        if self.stage.empty:
            return _notice(BUILDING, HTTPStatus.SERVICE_UNAVAILABLE, self.stage.digest(path))
        return _notice(Notice("Không có trang này", shown(path), ABSENT_LINES), HTTPStatus.NOT_FOUND)

    def _told(self, request: Request) -> Iterator[bytes]:
        """Tell a page when it is old, and meanwhile whether something newer is being made."""
        path, mark = request.query.get("trang", ""), request.query.get("dau", "")
        moment, said = -1, ""
        yield b"retry: 1500\n\n"
        while True:
            moment = self.stage.wait(moment, BEAT_SECONDS)
            state = "dang-dung" if self.stage.busy else "xong"
            if self.stage.digest(path) != mark:
                yield b"event: tai-lai\ndata: .\n\n"
                return
            yield f"event: {state}\ndata: .\n\n".encode() if state != said else b": .\n\n"
            said = state


def _notice(notice: Notice, status: HTTPStatus, mark: str = ABSENT) -> Response:
    return Response(status, HTML, notice_page(notice, mark=mark).encode())
