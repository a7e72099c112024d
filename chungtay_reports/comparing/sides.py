"""What stands on one side of a comparison: an edition as it is, as it was known on a day, or as it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from chungtay_reports import machine, pipeline
from chungtay_reports.archive import ARCHIVE
from chungtay_reports.archive.ocfl import Store
from chungtay_reports.archive.publication import Publication, State, identified, publications
from chungtay_reports.compose import compose
from chungtay_reports.difference import World
from chungtay_reports.edition import Edition, Ledger
from chungtay_reports.errors import ContentError, Problem, ReportsError, UsageError, did_you_mean
from chungtay_reports.figures.ledger import plain
from chungtay_reports.figures.tables import Tables, tabulate
from chungtay_reports.fingerprint import TextLine, text_lines
from chungtay_reports.meant import closest
from chungtay_reports.model import Period
from chungtay_reports.official.compose import compose_report
from chungtay_reports.official.paper import Paper
from chungtay_reports.official.selection import Job, possible
from chungtay_reports.settings import Settings
from chungtay_reports.vietnamese import press_date
from chungtay_reports.workspace.library import Library

SOURCES = "nguon/"
_DAY, _VERSION = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"v?([1-9]\d{0,5})")
MAX_SOURCES = 200_000_000  # bytes; an archive of another make must not fill the disk


class NoSourcesError(ReportsError):
    """An archived version cannot be taken apart: it holds no sources, or not in a place of their own."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Side:
    """One side: `words` name it in a sentence. Without a `work` its text could not be written; `problems` say why."""

    key: str
    words: str
    world: World
    work: Edition | Paper | None
    settings: Settings
    problems: tuple[Problem, ...] = ()
    title: str = ""  # the edition's name in a sentence, whatever the day
    unit: str = ""  # whose report it is

    @property
    def ledger(self) -> Ledger | None:
        return self.work.ledger if self.work else None

    @property
    def lines(self) -> tuple[TextLine, ...]:
        return text_lines(self.work) if self.work else ()


@dataclass(frozen=True, eq=False, slots=True)
class Source:
    """A workspace that was read, with its tables."""

    root: Path
    library: Library
    tables: Tables

    @staticmethod
    def read(root: Path, today: date) -> Source:
        library = pipeline.load(root, today)
        return Source(root, library, tabulate(library.entries, library.registry))

    def side(self, key: str, as_of: date | None, words: str) -> Side:
        """Compose an edition, as of its own day or another."""
        if key in self.library.bulletins:
            return self._bulletin(key, as_of, words)
        job = next((job for job in possible(self.library) if job.folder == key), None)
        if job is None:
            raise UsageError(_unknown(key, self.library))
        return self._report(job, as_of, words)

    def _bulletin(self, key: str, as_of: date | None, words: str) -> Side:
        bulletin = self.library.bulletins[key]
        if as_of:
            bulletin = replace(bulletin, front=bulletin.front.model_copy(update={"as_of": as_of}))
        made = compose(bulletin, self.library, self.tables, self.root)
        day = bulletin.front.as_of
        return Side(
            key,
            words or _as_of(day),
            self._world(bulletin.period, day),
            made.edition,
            self.library.settings,
            made.problems,
            f"bản tin “{plain(made.edition.headline)}”" if made.edition else f"bản tin {key}",
        )

    def _report(self, job: Job, as_of: date | None, words: str) -> Side:
        made = compose_report(job.report, job.year, job.unit, self.library, self.tables, as_of=as_of)
        day = as_of or job.report.as_of(job.year)
        world = self._world(job.report.period(job.year), day)
        title = f"báo cáo năm học {job.year} của {self.library.registry.name(job.unit, world.period.end)}"
        return Side(
            job.folder, words or _as_of(day), world, made.paper, self.library.settings, made.problems, title, job.unit
        )

    def _world(self, period: Period, as_of: date) -> World:
        library = self.library
        return World(library.entries, library.registry, library.metrics, period, as_of)


def sides(root: Path, today: date, names: tuple[str, str]) -> tuple[Side, Side]:
    """Find both sides: `EDITION`, `EDITION@2023-08-10` (as known on that day), `EDITION@v1` (as published).

    The second may leave out the edition: `@v2` is of the same one. A day on which the author's words do not hold gives
    a side without text, as long as the other side has one.
    """
    first, second = names
    if first.startswith("@"):
        raise UsageError(
            f"Bản trước phải nêu tên ấn phẩm, ví dụ 2023-08-tong-ket{first}; chỉ bản sau mới viết gọn được."
        )
    if second.startswith("@"):
        second = first.partition("@")[0] + second
    source = None if all(_version_of(name) for name in (first, second)) else Source.read(root, today)
    found = [_side(root, today, name, source) for name in (first, second)]
    if all(side.work is None for side in found):
        raise ContentError(tuple({problem for side in found for problem in side.problems}))
    one, other = found
    return one, other


def _side(root: Path, today: date, name: str, source: Source | None) -> Side:
    key, _, at = name.partition("@")
    key = str(PurePosixPath(key))
    version = _version_of(name)
    if version:
        publication = published(root, key, version)
        if publication.state is State.WITHDRAWN:
            raise UsageError(
                f"Lần công bố {version} của “{key}” là lời thu hồi, không còn con số nào để so; "
                f"hãy so bản trước đó: {key}@v{version - 1}."
            )
        with unpacked(root, publication) as folder:
            words = f"bản công bố lần {publication.number} ngày {press_date(publication.published.date())}"
            return Source.read(folder, today).side(key, publication.as_of, words)
    if at and not _DAY.fullmatch(at):
        raise UsageError(f"Không hiểu “@{at}”: sau @ là ngày, như @2023-08-10, hoặc phiên bản đã công bố, như @v1.")
    try:
        as_of = date.fromisoformat(at) if at else None
    except ValueError as error:
        raise UsageError(f"Không có ngày “{at}” trong lịch.") from error
    if source is None:
        raise AssertionError(name)
    return source.side(key, as_of, "")


def _version_of(name: str) -> int | None:
    match = _VERSION.fullmatch(name.partition("@")[2])
    return int(match[1]) if match else None


def published(root: Path, key: str, version: int) -> Publication:
    """Find a published version of an edition in the archive; UsageError says which there are."""
    found = {one.key: one for one in publications(root / ARCHIVE)}
    if key not in found:
        there = f"có: {', '.join(found)}" if found else "chưa công bố ấn phẩm nào"
        raise UsageError(f"Kho lưu trữ không có “{key}”; {there}." + did_you_mean(closest(key, found)))
    newest = found[key]
    every = {one.number: one for one in (*newest.history, newest)}
    if version not in every:
        raise UsageError(f"“{key}” chưa có lần công bố {version}; có: {', '.join(f'v{number}' for number in every)}.")
    return every[version]


@contextmanager
def unpacked(root: Path, publication: Publication) -> Iterator[Path]:
    """Lay the sources of a published version out in a folder that lasts as long as the block."""
    store = Store(root / ARCHIVE)
    id_ = next(id_ for id_, one in identified(store) if one.key == publication.key)
    inventory = store.inventory(id_)
    state = inventory.version(publication.number).state if inventory else {}
    paths = [path for path in state if path.startswith(SOURCES)]
    if not paths:
        raise NoSourcesError(f"Lần công bố {publication.number} của “{publication.key}” không kèm nguồn để dựng lại.")
    with machine.scratch("nguon") as laid:
        folder, room = laid.resolve(), MAX_SOURCES
        for path in sorted(paths):
            target = (folder / path.removeprefix(SOURCES)).resolve()
            data = store.read(id_, path, publication.number)
            room -= len(data)
            if not target.is_relative_to(folder) or room < 0:
                raise NoSourcesError(f"Nguồn của “{publication.key}” trong kho lưu trữ không đọc được: “{path}”.")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        yield folder


def _as_of(day: date) -> str:
    return f"bản tính đến {press_date(day)}"


def _unknown(key: str, library: Library) -> str:
    known = (*library.bulletins, *(job.folder for job in possible(library)))
    if key in library.reports:
        example = next((name for name in known if name.startswith(f"{key}/")), f"{key}/2023-2024/quan-cau-giay")
        return f"Báo cáo “{key}” lập cho nhiều đơn vị; hãy nêu một báo cáo, ví dụ {example}."
    shown = ", ".join(library.bulletins) or "chưa có bản tin nào"
    return f"Không có ấn phẩm “{key}”. Bản tin: {shown}; báo cáo viết như bao-cao-nam-hoc/2023-2024/quan-cau-giay." + (
        did_you_mean(closest(key, known))
    )
