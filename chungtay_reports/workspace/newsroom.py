"""People, quotations, pictures and bulletins: read, and checked against each other and the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Generic, TypeVar

from chungtay_reports.errors import Code, Place, Problem, Severity
from chungtay_reports.source.files import Parsed, read_yaml, to_model, unforeseen
from chungtay_reports.source.validation import nearest
from chungtay_reports.source.yaml_tree import PathParts
from chungtay_reports.vietnamese.collation import fold
from chungtay_reports.workspace.bulletin import Bulletin, read_bulletin
from chungtay_reports.workspace.editorial import MediaItem, Person, Quote
from chungtay_reports.workspace.layout import Files
from chungtay_reports.workspace.media import inspect
from chungtay_reports.workspace.privacy import MovementName, model_problems, text_problems

NOT_A_LIST = Code("W140", "tệp phải là danh sách các mục, mỗi mục bắt đầu bằng “- id: …”")
DUPLICATE = Code("W141", "mã “{id}” đã dùng ở {other}")
NO_PERSON = Code("W142", "không có ai mang mã “{id}” trong content/people.yaml")
ONE_SPEAKER = Code(
    "W143", "mỗi lời cần đúng một trong hai: “person” (mã người nói) hoặc “speaker” (cách gọi khi không nêu tên)"
)
NO_POST = Code(
    "W144", "“{id}” không giữ chức vụ nào vào ngày {day}; hãy bổ sung chức vụ hoặc sửa ngày", Severity.WARNING
)
NO_CONSENT = Code("W145", "có học sinh (pupils: true) nhưng {fault}; không được công bố")
FUTURE = Code("W146", "ngày {day} ở sau hôm nay")
ALT_IS_CAPTION = Code("W147", "“alt” tả điều nhìn thấy cho người không xem được ảnh, phải khác chú thích")
NO_DAY = Code("W148", "ảnh chụp phải ghi ngày chụp “taken_on”")
POST_ENDS_FIRST = Code("W149", "chức vụ kết thúc ({end}) trước khi bắt đầu ({start})")
NO_PHOTO = Code("W151", "không có ảnh nào mang mã “{id}” trong content/media")
NO_BULLETIN = Code("W152", "không có bản tin nào tên “{id}” trong content/bulletins")
RELATED_SELF = Code("W153", "bản tin không thể liên quan với chính nó")
PERIOD = Code("W154", "kỳ số liệu kết thúc ({end}) trước khi bắt đầu ({start})")
AS_OF_FIRST = Code("W155", "“as_of” ({as_of}) sớm hơn ngày đầu kỳ số liệu ({start})")
AS_OF_LAST = Code("W156", "“as_of” ({as_of}) ở sau ngày phát hành ({issued}); số liệu chưa thể có")

Item = TypeVar("Item", Person, Quote, MediaItem)


@dataclass(frozen=True, slots=True)
class Kept(Generic[Item]):
    """An item of the newsroom, and where each of its fields stands."""

    item: Item
    parsed: Parsed
    path: PathParts

    def at(self, *fields: str | int) -> Place:
        """Return the place of a field's value."""
        return self.parsed.place((*self.path, *fields))


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Everything that editors keep beside the records, by id."""

    people: Mapping[str, Person]
    quotes: Mapping[str, Quote]
    media: Mapping[str, MediaItem]
    bulletins: Mapping[str, Bulletin]


def read_newsroom(root: Path, files: Files, name: MovementName, today: date) -> tuple[Newsroom, tuple[Problem, ...]]:
    """Read and check people, quotes, media and bulletins; whatever cannot be read is left out and reported."""
    problems: list[Problem] = []
    people = _items(root, files.people, Person, name, problems)
    quotes = _items(root, files.quotes, Quote, name, problems)
    media = _items(root, files.media, MediaItem, name, problems)
    bulletins = _bulletins(root, files.bulletins, name, problems)
    for person in people.values():
        problems += _of_person(person)
    for quote in quotes.values():
        problems += _of_quote(quote, people, today)
    for picture in media.values():
        problems += _of_picture(root, picture, today)
    stems = {PurePosixPath(path).stem for path in files.bulletins}
    for bulletin in bulletins.values():
        problems += _of_bulletin(bulletin, media, stems)
    return Newsroom(_bare(people), _bare(quotes), _bare(media), bulletins), tuple(problems)


def _bare(kept: Mapping[str, Kept[Item]]) -> dict[str, Item]:
    return {key: kept[key].item for key in sorted(kept)}


def _items(
    root: Path, files: tuple[str, ...], model: type[Item], name: MovementName, problems: list[Problem]
) -> dict[str, Kept[Item]]:
    found: dict[str, Kept[Item]] = {}
    for file in files:
        parsed, reasons = read_yaml(root, file)
        problems += reasons
        if parsed is None:
            continue
        if not isinstance(parsed.data, list | dict):
            problems.append(NOT_A_LIST.at(parsed.place()))
            continue
        paths = [()] if isinstance(parsed.data, dict) else [(index,) for index in range(len(parsed.data))]
        for path in paths:
            item, reasons = to_model(parsed, path, model)
            problems += reasons
            if item is None:
                continue
            kept = Kept(item, parsed, path)
            first = found.setdefault(item.id, kept)
            if first is not kept:
                problems.append(DUPLICATE.at(kept.at("id"), id=item.id, other=first.at("id")))
            problems += model_problems(item, parsed, path, name)
    return found


def _bulletins(root: Path, files: tuple[str, ...], name: MovementName, problems: list[Problem]) -> dict[str, Bulletin]:
    found: dict[str, Bulletin] = {}
    for file in files:
        bulletin, reasons = read_bulletin(root, file)
        problems += reasons
        if bulletin is None:
            continue
        try:
            problems += model_problems(bulletin.front, bulletin.parsed, (), name)
            problems += text_problems(bulletin.body, Place(file, bulletin.body_line), name)
        except Exception as error:  # noqa: BLE001 - the boundary of one file: see the safety rules
            problems.append(unforeseen(file, error))
        found[bulletin.slug] = bulletin
    return found


# --------------------------------------------------------------------------- one function per kind of item


def _of_person(kept: Kept[Person]) -> Iterator[Problem]:
    for index, post in enumerate(kept.item.posts):
        if post.start and post.end and post.end < post.start:
            yield POST_ENDS_FIRST.at(kept.at("posts", index, "to"), start=post.start, end=post.end)


def _of_quote(kept: Kept[Quote], people: Mapping[str, Kept[Person]], today: date) -> Iterator[Problem]:
    quote = kept.item
    if (quote.person is None) == (quote.speaker is None):
        yield ONE_SPEAKER.at(kept.at("speaker" if quote.speaker else "person"))
    if quote.person is not None:
        person = people.get(quote.person)
        if person is None:
            yield NO_PERSON.at(kept.at("person"), hint=nearest(quote.person, people), id=quote.person)
        elif person.item.post_on(quote.said_on) is None:
            yield NO_POST.at(kept.at("said_on"), id=quote.person, day=quote.said_on)
    if quote.said_on > today:
        yield FUTURE.at(kept.at("said_on"), day=quote.said_on)
    if fault := quote.consent_fault(today):
        yield NO_CONSENT.at(kept.at("pupils" if quote.consent is None else "consent"), fault=fault)


def _of_picture(root: Path, kept: Kept[MediaItem], today: date) -> Iterator[Problem]:
    picture = kept.item
    if fold(picture.alt) == fold(picture.caption):
        yield ALT_IS_CAPTION.at(kept.at("alt"))
    if picture.kind == "anh" and picture.taken_on is None:
        yield NO_DAY.at(kept.at())
    if picture.taken_on and picture.taken_on > today:
        yield FUTURE.at(kept.at("taken_on"), day=picture.taken_on)
    if fault := picture.consent_fault(today):
        yield NO_CONSENT.at(kept.at("pupils" if picture.consent is None else "consent"), fault=fault)
    problem = inspect(root, picture)
    if problem:
        yield problem


def _of_bulletin(bulletin: Bulletin, media: Mapping[str, Kept[MediaItem]], slugs: set[str]) -> Iterator[Problem]:
    front, at = bulletin.front, bulletin.parsed.place
    for index, photo in enumerate(front.photos):
        if photo not in media:
            yield NO_PHOTO.at(at(("photos", index)), hint=nearest(photo, media), id=photo)
    for index, slug in enumerate(front.related):
        if slug == bulletin.slug:
            yield RELATED_SELF.at(at(("related", index)))
        elif slug not in slugs:
            yield NO_BULLETIN.at(at(("related", index)), hint=nearest(slug, slugs), id=slug)
    for field, span in (("period", front.period), ("compare_with", front.compare_with)):
        if span and span.end < span.start:
            yield PERIOD.at(at((field, "to")), start=span.start, end=span.end)
    if front.as_of < front.period.start:
        yield AS_OF_FIRST.at(at(("as_of",)), as_of=front.as_of, start=front.period.start)
    if front.as_of > front.issued.date():
        yield AS_OF_LAST.at(at(("as_of",)), as_of=front.as_of, issued=front.issued.date())
