"""A bulletin's specification and its figures become an edition: headline, sapo, blocks, and the ledger that proves them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from PIL import Image

from chungtay_reports.edition import Asset, Block, Edition, Heading, Inlines, KeyFigure, Photo, RelatedEdition
from chungtay_reports.errors import Code, Place, Problem, Severity
from chungtay_reports.figures.desk import Desk
from chungtay_reports.figures.tables import Tables
from chungtay_reports.prose import reader as prose
from chungtay_reports.prose import storyline
from chungtay_reports.source.yaml_spots import text_spots
from chungtay_reports.workspace import media
from chungtay_reports.workspace.bulletin import Bulletin
from chungtay_reports.workspace.library import Library

RELATED = 3
FIRST_RANK = 2  # of headings below the headline
DATA_NOTE = (
    "Số liệu tính đến {{ ngay('tinh_den') }}, {{ bao_phu(luon=True) }}. Mỗi con số trong bài đều truy được về bản ghi."
)
NOTHING_TO_SAY = Code(
    "P190", "Kỳ của bản tin không có bản ghi nào để tự viết; hãy xem lại period và as_of, hoặc viết lời."
)


@dataclass(frozen=True, slots=True)
class Composition:
    """An edition, or every reason why there is none; warnings come with an edition too."""

    edition: Edition | None
    problems: tuple[Problem, ...]


def compose(bulletin: Bulletin, library: Library, tables: Tables, root: Path) -> Composition:
    """Compose a bulletin; without prose it writes itself by the default storyline."""
    return _Composer(bulletin, library, tables, root).edition()


class _Composer:
    """One bulletin on its desk; `problems` grows with every part that is read."""

    def __init__(self, bulletin: Bulletin, library: Library, tables: Tables, root: Path) -> None:
        self.bulletin = bulletin
        self.library = library
        self.tables = tables
        self.root = root
        self.desk = Desk.of(bulletin, library, tables)
        self.problems: list[Problem] = []
        self.assets: dict[str, Asset] = {}
        self.draft = None if self._has_prose() else storyline.write(self.desk, bulletin.slug)

    def edition(self) -> Composition:
        front, settings = self.bulletin.front, self.library.settings
        headline = self._line(front.title, "tít", "title", role="tít")
        sapo = self._sapo()
        key_figures = self._key_figures()
        lead = self._lead_photo()
        blocks = self._body()
        note = self._line(DATA_NOTE, "hộp số liệu")
        related = self._related()
        if any(problem.severity is Severity.ERROR for problem in self.problems):
            return Composition(None, tuple(sorted(set(self.problems))))
        edition = Edition(
            slug=self.bulletin.slug,
            kind="ban-tin",
            headline=headline,
            sapo=sapo,
            issued=front.issued,
            issue=front.issue,
            category=front.category,
            source_tag=front.source_tag,
            byline=front.byline,
            key_figures=key_figures,
            blocks=blocks,
            ledger=self.desk.ledger(),
            related=related,
            keywords=tuple(front.keywords),
            assets=tuple(self.assets.values()),
            lead_photo=lead,
            illustration=settings.publishing.illustration,
            data_note=note,
        )
        return Composition(edition, tuple(sorted(set(self.problems))))

    def _has_prose(self) -> bool:
        return bool(self.bulletin.body.strip()) and not self.bulletin.front.storyline

    def _line(self, text: str, where: str, *path: str | int, role: prose.Role = "") -> Inlines:
        """Read a line that is the front matter's text at `path`, or, without one, the program's own."""
        place = self.bulletin.place(*path) if path else Place(self.bulletin.file)
        spots = text_spots(self.bulletin.parsed, path, text) if path else ()
        allow = self.bulletin.front.allow_numbers
        with self.desk.location(where):
            inlines, problems = prose.read_line(text, place, self.desk, role=role, allow=allow, spots=spots)
        self.problems += problems
        return inlines

    def _sapo(self) -> Inlines:
        front = self.bulletin.front
        if front.sapo:
            return self._line(front.sapo, "sapo", "sapo", role="sapo")
        return self._line(self.draft.sapo, "sapo") if self.draft else ()

    def _key_figures(self) -> tuple[KeyFigure, ...]:
        front, where = self.bulletin.front, "số nổi bật"
        if not front.key_figures and self.draft:
            return tuple(
                KeyFigure(self._line(line.number, where), self._line(line.label, where))
                for line in self.draft.key_figures
            )
        return tuple(
            KeyFigure(
                self._line(line.number, where, "key_figures", number, "number"),
                self._line(line.label, where, "key_figures", number, "label"),
            )
            for number, line in enumerate(front.key_figures)
        )

    def _body(self) -> tuple[Block, ...]:
        if self.draft and not self.draft.body:
            self.problems.append(NOTHING_TO_SAY.at(self.bulletin.place("period")))
        text, file, line = (
            (self.draft.body, storyline.SOURCE, 1)
            if self.draft
            else (self.bulletin.body, self.bulletin.file, self.bulletin.body_line)
        )
        blocks, problems = prose.read_prose(text, file, line, self.desk, allow=self.bulletin.front.allow_numbers)
        self.problems += problems
        if not prose.says_coverage(text):
            blocks = prose.with_coverage(blocks, self.desk)
        return tuple(
            self._developed(block) if isinstance(block, Photo) else block for block in _under_the_headline(blocks)
        )

    def _lead_photo(self) -> Photo | None:
        photos = self.bulletin.front.photos
        if not photos or photos[0] not in self.library.media:
            return None  # a photo that is not there is a problem of the front matter, reported by check
        line = self.bulletin.place("photos", 0).line
        blocks, problems = prose.read_prose(f"{{{{ anh('{photos[0]}') }}}}", self.bulletin.file, line, self.desk)
        self.problems += problems
        return next((self._developed(block) for block in blocks if isinstance(block, Photo)), None)

    def _developed(self, photo: Photo) -> Photo:
        """Give the photo the file that the edition carries, made once however often it is shown."""
        if photo.asset not in self.assets:
            prepared = media.prepare(self.root, self.library.media[photo.asset])
            if isinstance(prepared, Problem):
                self.problems.append(prepared)
                return photo
            self.assets[photo.asset] = prepared
        asset = self.assets[photo.asset]
        with Image.open(BytesIO(asset.data)) as image:
            width, height = image.size
        return replace(photo, asset=asset.name, width=width, height=height)

    def _related(self) -> tuple[RelatedEdition, ...]:
        """Take the editions that the author names, or the latest others; their headlines are read on their own desks.

        One that is under embargo when this one comes out, or has been withdrawn, is not named.
        """
        open_ = {slug: each for slug, each in sorted(self.library.bulletins.items()) if self._open(each)}
        others = [bulletin for slug, bulletin in open_.items() if slug != self.bulletin.slug]
        named = self.bulletin.front.related
        chosen = (
            [open_[slug] for slug in named if slug in open_]
            if named
            else sorted(others, key=lambda other: other.front.issued, reverse=True)[:RELATED]
        )
        return tuple(
            RelatedEdition(other.slug, headline(other, self.library, self.tables), other.front.issued)
            for other in chosen
        )

    def _open(self, other: Bulletin) -> bool:
        front, noticed = self.bulletin.front, self.library.notices.get(other.slug)
        held = other.front.embargo is not None and other.front.embargo > (front.embargo or front.issued)
        return not held and not (noticed and noticed.newest_first[0].withdraws)


def headline(bulletin: Bulletin, library: Library, tables: Tables) -> str:
    """Read the headline of a bulletin as plain text, as another edition's list of related ones shows it."""
    inlines, _ = prose.read_line(bulletin.front.title, bulletin.place("title"), Desk.of(bulletin, library, tables))
    return "".join(getattr(inline, "text", "") for inline in inlines)


__all__ = ["Composition", "compose", "headline"]


def _under_the_headline(blocks: Iterable[Block]) -> Iterator[Block]:
    """Let small headings that stand under no other be of the first rank: whoever hears a page is led down step by step."""
    above = False
    for block in blocks:
        if isinstance(block, Heading):
            above = above or block.level == FIRST_RANK
            yield block if above else replace(block, level=FIRST_RANK)
        else:
            yield block
