"""Placeholders that cite: quotations, who has reported, the tasks of a plan."""

from __future__ import annotations

from chungtay_reports.edition import Inlines, Quotation, Text
from chungtay_reports.figures.derived import Refused
from chungtay_reports.figures.desk import Desk
from chungtay_reports.meant import closest
from chungtay_reports.prose.placeholders.parameters import Bound, Parameter
from chungtay_reports.prose.placeholders.scene import Scene, Written, shortlist
from chungtay_reports.vietnamese import join, press_date, sentence_middle
from chungtay_reports.workspace.editorial import Quote

QUOTE = (Parameter("ma", "text", "mã trong content/quotes", required=True),)
COVERAGE = (Parameter("luon", "flag", "nói cả khi mọi đơn vị đã gửi", default=False),)
TASKS = (
    Parameter("giao_uoc", "text", "mã bản ghi kế hoạch kết nối", required=True),
    Parameter("trang_thai", "choice", "chỉ các đầu việc", choices=("xong", "tre", "dang_lam")),
    Parameter("lay", "count", "lấy bao nhiêu đầu việc"),
    Parameter("ky", "period", "chỉ các đầu việc có hạn trong kỳ này"),
)


def trich_dan(scene: Scene, given: Bound) -> Inlines:
    """Quote inside a sentence: somebody's words in quotation marks, or the sense of them without."""
    quote = _quote(scene, given)
    if quote.kind == "truc-tiep":
        return scene.text(f"“{quote.text}”")
    return scene.text(sentence_middle(quote.text.rstrip(".")))


def trich_dan_block(scene: Scene, given: Bound) -> Written:
    """Quote as a block of its own, with speaker and source."""
    quote = _quote(scene, given)
    library = scene.desk.library
    person = library.people.get(quote.person or "")
    speaker = person.speaker(quote.said_on) if person else quote.speaker or ""
    note = quote.note or ("lược ý" if quote.kind == "luoc-y" else "")
    return Quotation((Text(quote.text),), speaker, quote.source, quote.kind, note)


def bao_phu(scene: Scene, given: Bound) -> Inlines:
    """Say who has reported: “Theo báo cáo của 28/30 quận, huyện, thị xã (còn Mỹ Đức và Ứng Hòa chưa gửi)”.

    Nothing when everybody has, unless asked for; the comma after the placeholder then goes with it.
    """
    desk = scene.desk
    coverage = desk.coverage
    if coverage.complete and not given.flag("luon"):
        return ()
    if not coverage.expected:
        return scene.text("theo các bản ghi đã vào sổ")
    if not coverage.reported:
        return scene.text(f"khi chưa {reporting_nouns(desk)} nào gửi báo cáo")
    return (Text(scene.say("theo báo cáo của ")), *_who(scene))


def coverage_sentence(scene: Scene) -> Inlines:
    """Say who has reported in a sentence of its own, for a text that does not say it."""
    if not scene.desk.coverage.reported:
        day = press_date(scene.desk.as_of)
        return (Text(f"Đến {day}, chưa {reporting_nouns(scene.desk)} nào gửi báo cáo của kỳ này."),)
    return (Text("Số liệu theo báo cáo của "), *_who(scene), Text("."))


def _who(scene: Scene) -> Inlines:
    desk = scene.desk
    missing, expected = desk.coverage.missing, len(desk.coverage.expected)
    text = f"{desk.coverage.reported}/{expected}" if missing else f"cả {expected}"
    count = desk.print(desk.reporting(), text, "" if missing else "cả")
    note = f" (còn {shortlist(scene.unit_names(missing))} chưa gửi)" if missing else ""
    return (count, Text(f" {reporting_nouns(desk)}{note}"))


def dau_viec(scene: Scene, given: Bound) -> Inlines:
    """List the tasks of a connection plan by name, in the order of their due dates."""
    record = scene.desk.agreement(given.text("giao_uoc"))
    if record is None or not record.plan:
        raise Refused(f"không có kế hoạch kết nối “{given.text('giao_uoc')}” nào có đầu việc trong sổ")
    as_of = scene.desk.as_of
    chosen = []
    for task in sorted(record.plan, key=lambda task: (task.due, task.task)):
        done = task.done_on is not None and task.done_on <= as_of
        status = "xong" if done else "tre" if task.due < as_of else "dang_lam"
        if given.text("trang_thai") in {"", status} and (given.period is None or task.due in given.period):
            chosen.append(sentence_middle(task.task))
    chosen = chosen[: given.count("lay", len(chosen))]
    if not chosen:
        raise Refused("kế hoạch không có đầu việc nào như vậy; bỏ câu")
    return scene.text(join(chosen))


def _quote(scene: Scene, given: Bound) -> Quote:
    quotes = scene.desk.library.quotes
    found = quotes.get(given.text("ma"))
    if found is None:
        raise Refused(f"không có lời trích “{given.text('ma')}”", closest(given.text("ma"), quotes) or "")
    if found.pupils and not (found.consent and found.consent.holds_on(scene.today)):
        raise Refused("lời của học sinh mà chưa có sự đồng ý còn hiệu lực nên không in được")
    if found.said_on > scene.today:
        raise Refused("lời này nói sau ngày phát hành")
    return found


def reporting_nouns(desk: Desk) -> str:
    """Name the kinds of units that report: “quận, huyện, thị xã”."""
    registry = desk.library.registry
    tiers = {registry.tier(id_).id: registry.tier(id_) for id_ in desk.coverage.expected}
    return ", ".join(tier.label for tier in sorted(tiers.values(), key=lambda tier: (tier.order, tier.id)))
