"""Read content/units/*.yaml into a `Registry`, or every reason why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, Any

from pydantic import Field
from rapidfuzz import fuzz, process

from chungtay_reports.errors import Code, Place, Problem
from chungtay_reports.model import FormerName, Move, Tier, Unit
from chungtay_reports.records.fields import UnitId
from chungtay_reports.settings import Strict
from chungtay_reports.source.days import Day
from chungtay_reports.source.files import Parsed, to_model
from chungtay_reports.units.registry import Registry

__all__ = ["Registry", "read_registry"]

DUPLICATE = Code("U101", "mã đơn vị “{id}” đã có ở {other}; mỗi đơn vị cần một mã riêng")
NO_TIER = Code("U102", "không có loại đơn vị “{tier}”; loại đơn vị được khai ở content/units/tiers.yaml")
NO_PARENT = Code("U103", "đơn vị cấp trên “{parent}” không có trong danh mục")
NO_SUCCESSOR = Code("U104", "đơn vị kế tục “{successor}” không có trong danh mục")
ENDS_EARLY = Code("U105", "“{id}” hết hiệu lực ({end}) trước khi có hiệu lực ({start})")
CYCLE = Code("U106", "vòng lặp: đi theo {relation} từ “{id}” thì lại gặp chính nó ({path})")
NOT_A_LIST = Code("U107", "tệp danh mục cần một khóa “tiers” hoặc “units”, ví dụ: units: [{{id: …, tier: …, name: …}}]")
UNKNOWN = Code("U110", "tệp danh mục không có mục “{key}”; chỉ có tiers, defaults và units")
NOT_ENDED = Code("U108", "“{id}” có đơn vị kế tục nhưng chưa có ngày hết hiệu lực (valid_to)")
DUPLICATE_TIER = Code("U109", "loại đơn vị “{id}” đã có ở {other}")

Name = Annotated[str, Field(min_length=1, max_length=200)]


class TierRow(Strict):
    """A kind of unit, as in content/units/tiers.yaml."""

    id: Annotated[UnitId, Field(description="Mã loại đơn vị")]
    label: Name = Field(description="Danh từ chung, chữ thường: “quận”, “trường tiểu học”")
    group: Name = Field(description="Nhóm: so, co-quan, cap-huyen, cap-xa, tinh, truong, doi-tac")
    area: str = Field(default="", description="noi-thanh hoặc ngoai-thanh, khi mọi đơn vị thuộc loại này cùng một khối")
    order: int = Field(default=0, ge=0, le=1000, description="Thứ tự trong bảng")
    reports: bool = Field(default=False, description="Đơn vị loại này phải nộp báo cáo")
    school_level: str = Field(default="", description="Cấp học của trường: mam-non, tieu-hoc, thcs, thpt, gdnn-gdtx")
    plural: str = Field(default="", description="Cách gọi nhiều đơn vị; để trống nếu không khác")
    prefix: str = Field(default="", description="Phần đầu của tên chính thức: “Trường Trung học cơ sở”")
    running: str = Field(default="", description="Cách viết phần đầu ấy trong bài: “Trường THCS”")
    first: str = Field(default="", description="Cách viết ở lần nhắc đầu tiên")
    brief: str = Field(default="", description="Cách viết trong tên gọn: “THCS”; để trống thì bỏ")


class FormerNameRow(Strict):
    """An earlier name: what the unit was called up to and on `until`."""

    until: Day = Field(description="Mang tên này đến hết ngày")
    name: Name = Field(description="Tên chính thức lúc ấy")
    short: Name | None = Field(default=None, description="Tên gọn lúc ấy")


class MoveRow(Strict):
    """The unit belongs to another parent from a day on."""

    on: Day = Field(description="Từ ngày")
    parent: UnitId = Field(description="Thuộc đơn vị nào từ ngày ấy")


class UnitDefaults(Strict):
    """What every unit of one file shares, written once."""

    tier: UnitId | None = Field(default=None, description="Loại đơn vị của cả tệp")
    parent: UnitId | None = Field(default=None, description="Cấp trên của cả tệp")
    valid_from: Day | None = Field(default=None, description="Có từ ngày")
    valid_to: Day | None = Field(default=None, description="Có đến hết ngày")
    illustration: bool = Field(default=False, description="Cả tệp là minh họa, không có thật")


class UnitRow(Strict):
    """A unit of the registry; `short` follows from the name and its tier's prefix when it is absent."""

    id: UnitId
    tier: UnitId | None = Field(
        default=None, description="Mã loại đơn vị trong tiers.yaml; bỏ được khi defaults đã ghi"
    )
    name: Name = Field(description="Tên chính thức, viết hoa như trên văn bản")
    short: Name | None = Field(default=None, description="Tên gọn; để trống thì lấy tên bỏ phần loại đơn vị")
    parent: UnitId | None = Field(default=None, description="Đơn vị mà nó thuộc về: quận, huyện của trường, của phòng")
    code: Annotated[str, Field(pattern=r"^[0-9A-Z]{1,12}$")] | None = Field(
        default=None, description="Mã hành chính, trong ngoặc kép"
    )
    valid_from: Day | None = Field(default=None, description="Có từ ngày; để trống nếu có từ trước phong trào")
    valid_to: Day | None = Field(default=None, description="Có đến hết ngày; để trống nếu vẫn còn")
    successors: list[UnitId] = Field(default=[], description="Các đơn vị kế tục, đơn vị chính trước")
    aliases: list[Name] = Field(default=[], description="Các cách gọi khác, để tìm được khi gõ")
    former_names: list[FormerNameRow] = Field(default=[], description="Các tên cũ, cũ nhất trước")
    moves: list[MoveRow] = Field(default=[], description="Các lần đổi đơn vị cấp trên, khi địa giới thay đổi")
    area: str = Field(default="", description="noi-thanh hoặc ngoai-thanh, khi khác với loại của nó")
    illustration: bool | None = Field(default=None, description="Đơn vị minh họa, không có thật")


@dataclass(frozen=True, slots=True)
class _Source:
    """A unit as read, with the document and path that its problems point to."""

    unit: Unit
    parsed: Parsed
    path: tuple[str | int, ...]

    def at(self, *fields: str | int) -> Place:
        return self.parsed.place((*self.path, *fields))


def read_registry(documents: tuple[Parsed, ...]) -> tuple[Registry, tuple[Problem, ...]]:
    """Build the registry of all `documents`; files may come in any order and refer to each other.

    A unit that cannot be read is left out and reported; references to it are then reported too, so that one run
    shows everything.
    """
    problems: list[Problem] = []
    rows = [(document, _sections(document, problems)) for document in documents]
    tiers = _read_tiers(rows, problems)
    sources = _read_units(rows, tiers, problems)
    problems.extend(_relations(sources))
    units = _cut_cycles(sources, problems)
    return Registry(tiers, _with_areas(units, tiers)), tuple(sorted(problems))


def _sections(document: Parsed, problems: list[Problem]) -> Mapping[str, object]:
    data = document.data
    if not isinstance(data, dict) or not {"tiers", "units"} & data.keys():
        problems.append(NOT_A_LIST.at(document.place(())))
        return {}
    unknown = sorted(data.keys() - {"tiers", "units", "defaults"})
    problems.extend(UNKNOWN.at(document.key_place((key,)), key=key) for key in unknown)
    return data


_Rows = Iterable[tuple[Parsed, Mapping[str, object]]]


def _items(sections: Mapping[str, object], key: str) -> range:
    value = sections.get(key)
    return range(len(value)) if isinstance(value, list) else range(0)


def _read_tiers(rows: _Rows, problems: list[Problem]) -> dict[str, Tier]:
    tiers: dict[str, Tier] = {}
    places: dict[str, Place] = {}
    for document, sections in rows:
        for index in _items(sections, "tiers"):
            row, found = to_model(document, ("tiers", index), TierRow)
            problems.extend(found)
            if not isinstance(row, TierRow):
                continue
            place = document.place(("tiers", index, "id"))
            if row.id in tiers:
                problems.append(DUPLICATE_TIER.at(place, id=row.id, other=places[row.id]))
                continue
            tiers[row.id] = Tier(**row.model_dump())
            places[row.id] = place
    return tiers


def _read_units(rows: _Rows, tiers: Mapping[str, Tier], problems: list[Problem]) -> dict[str, _Source]:
    sources: dict[str, _Source] = {}
    for document, sections in rows:
        defaults = UnitDefaults()
        if "defaults" in sections:
            read, found = to_model(document, ("defaults",), UnitDefaults)
            problems.extend(found)
            defaults = read if isinstance(read, UnitDefaults) else defaults
        for index in _items(sections, "units"):
            path = ("units", index)
            row, found = to_model(document, path, UnitRow)
            problems.extend(found)
            if not isinstance(row, UnitRow):
                continue
            tier = tiers.get(row.tier or defaults.tier or "")
            if tier is None:
                problems.append(_no_tier(document, path, row.tier or defaults.tier or "", tiers))
                continue
            source = _Source(_unit(row, defaults, tier, document.place(path)), document, path)
            if row.id in sources:
                problems.append(DUPLICATE.at(source.at("id"), id=row.id, other=sources[row.id].at("id")))
                continue
            sources[row.id] = source
    return sources


def _unit(row: UnitRow, defaults: UnitDefaults, tier: Tier, place: Place) -> Unit:
    former = tuple(
        FormerName(past.until, past.name, past.short or _short(past.name, tier))
        for past in sorted(row.former_names, key=lambda past: past.until)
    )
    return Unit(
        id=row.id,
        tier=tier.id,
        name=row.name,
        short=row.short or _short(row.name, tier),
        place=place,
        parent=row.parent or defaults.parent,
        code=row.code,
        valid_from=row.valid_from or defaults.valid_from,
        valid_to=row.valid_to or defaults.valid_to,
        successors=tuple(row.successors),
        aliases=tuple(row.aliases),
        area=row.area,
        illustration=defaults.illustration if row.illustration is None else row.illustration,
        former=former,
        moves=tuple(Move(move.on, move.parent) for move in sorted(row.moves, key=lambda move: move.on)),
    )


def _short(name: str, tier: Tier) -> str:
    bare = name.removeprefix(tier.prefix).strip() if tier.prefix else name
    return f"{tier.brief} {bare}".strip()


def _no_tier(document: Parsed, path: tuple[str | int, ...], tier: str, tiers: Mapping[str, Tier]) -> Problem:
    return NO_TIER.at(document.place((*path, "tier")), hint=_close(tier, tiers), tier=tier)


def _close(word: str, words: Iterable[str]) -> str | None:
    found = process.extractOne(word, sorted(words), scorer=fuzz.ratio, score_cutoff=70)
    return found[0] if found else None


def _relations(sources: Mapping[str, _Source]) -> Iterator[Problem]:
    for id_, source in sources.items():
        unit = source.unit
        if unit.parent and unit.parent not in sources:
            yield NO_PARENT.at(source.at("parent"), hint=_close(unit.parent, sources), parent=unit.parent)
        for index, move in enumerate(unit.moves):
            if move.parent not in sources:
                place = source.at("moves", index, "parent")
                yield NO_PARENT.at(place, hint=_close(move.parent, sources), parent=move.parent)
        for index, successor in enumerate(unit.successors):
            if successor not in sources:
                yield NO_SUCCESSOR.at(
                    source.at("successors", index), hint=_close(successor, sources), successor=successor
                )
        if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
            yield ENDS_EARLY.at(source.at("valid_to"), id=id_, end=unit.valid_to, start=unit.valid_from)
        if unit.successors and unit.valid_to is None:
            yield NOT_ENDED.at(source.at("successors"), id=id_)


def _cut_cycles(sources: dict[str, _Source], problems: list[Problem]) -> dict[str, Unit]:
    """Report every cycle of parents or of successors, and cut it at its first id so that walks end."""
    units = {id_: source.unit for id_, source in sources.items()}
    for relation, field in (("đơn vị cấp trên", "parent"), ("đơn vị kế tục", "successors")):
        while cycle := _cycle({id_: _targets(unit, field) for id_, unit in units.items()}):
            first = cycle[0]
            place = sources[first].at(field)
            problems.append(CYCLE.at(place, relation=relation, id=first, path=" → ".join(cycle)))
            units[first] = replace(units[first], **_CUT[field])
    return units


_CUT: Mapping[str, Mapping[str, Any]] = {"parent": {"parent": None, "moves": ()}, "successors": {"successors": ()}}


def _targets(unit: Unit, field: str) -> tuple[str, ...]:
    if field == "successors":
        return unit.successors
    return tuple(parent for parent in (unit.parent, *(move.parent for move in unit.moves)) if parent)


def _cycle(edges: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return a cycle of `edges`, from its smallest id round to it again; empty when there is none."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        ring = list(reversed(error.args[1][1:]))  # graphlib lists predecessors
        start = ring.index(min(ring))
        return (*ring[start:], *ring[:start], ring[start])
    return ()


def _with_areas(units: Mapping[str, Unit], tiers: Mapping[str, Tier]) -> dict[str, Unit]:
    """Give each unit an area: its own, its tier's, or its parent's; nearest first."""

    def area(id_: str | None) -> str:
        unit = units.get(id_ or "")
        if unit is None:
            return ""
        return unit.area or tiers[unit.tier].area or area(unit.parent)

    return {id_: replace(unit, area=area(id_)) for id_, unit in units.items()}
