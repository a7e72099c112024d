"""The fingerprint of an edition: what changes it, and what does not."""

from __future__ import annotations

from dataclasses import replace

from editions import edition, inlines
from hypothesis import given
from hypothesis import strategies as st

from chungtay_reports.edition import Edition, LedgerRow, Paragraph, RelatedEdition
from chungtay_reports.errors import Place
from chungtay_reports.fingerprint import Fingerprint, fingerprint, text_lines


def with_row(work: Edition, **changes: object) -> Edition:
    first: LedgerRow = replace(work.ledger.rows[0], **changes)  # type: ignore[arg-type]
    return replace(work, ledger=replace(work.ledger, rows=(first, *work.ledger.rows[1:])))


def test_the_draft_mark_does_not_change_the_fingerprint() -> None:
    assert fingerprint(edition(draft=True)) == fingerprint(edition(draft=False))


def test_the_places_of_records_in_their_files_do_not_change_the_fingerprint() -> None:
    work = edition()
    moved = {
        id_: replace(note, place=Place(note.place.file, note.place.line + 7))
        for id_, note in work.ledger.records.items()
    }
    assert fingerprint(replace(work, ledger=replace(work.ledger, records=moved))) == fingerprint(work)


def test_a_list_of_other_editions_does_not_change_the_fingerprint() -> None:
    other = RelatedEdition("khac", "Bài khác", edition().issued)
    assert fingerprint(edition(related=(other,))) == fingerprint(edition())


def test_a_value_changes_the_digest_of_figures_alone() -> None:
    work = edition()
    moved = with_row(work, figure=replace(work.ledger.rows[0].figure, value=671))
    assert fingerprint(moved).figures != fingerprint(work).figures
    assert fingerprint(moved).text == fingerprint(work).text


def test_a_word_changes_the_digest_of_text_alone() -> None:
    work, edited = edition(), edition(sapo=inlines("Toàn bộ ", "s2=30", " quận, huyện, thị xã đã ký giao ước."))
    assert fingerprint(edited).text != fingerprint(work).text
    assert fingerprint(edited).figures == fingerprint(work).figures


def test_two_paragraphs_in_another_order_are_another_text() -> None:
    one, two = Paragraph(inlines("Một.")), Paragraph(inlines("Hai."))
    assert fingerprint(edition(blocks=(one, two))) != fingerprint(edition(blocks=(two, one)))


def test_every_number_on_a_line_is_marked_where_it_stands() -> None:
    for line in text_lines(edition()):
        for mark in line.marks:
            assert line.text[mark.start : mark.end].strip()
    headline = next(line for line in text_lines(edition()) if line.where == "tít")
    assert [(mark.figure, headline.text[mark.start : mark.end]) for mark in headline.marks] == [("s1", "672")]


def test_paragraphs_are_counted_as_the_ledger_counts_them() -> None:
    wheres = {mark.figure: line.where for line in text_lines(edition()) for mark in line.marks}
    assert wheres["s3"] == "đoạn 2"
    assert wheres["s11"] == "bảng 1, hàng Ba Đình"


@given(st.text("0123456789abcdef", min_size=64, max_size=64), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_the_short_code_says_the_first_sixty_bits_in_an_alphabet_without_lookalikes(figures: str, text: str) -> None:
    print_ = Fingerprint(figures, text)
    code = print_.short
    assert len(code) == 14
    assert not set(code) & set("ILOU")
    value = 0
    for sign in code.replace("-", ""):
        value = value * 32 + "0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(sign)
    assert f"{value:015x}" == print_.digest[:15]
