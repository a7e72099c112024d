"""What a notice quotes: the words that are other ones now, never two passages that look alike."""

from __future__ import annotations

from conftest import Workspace
from hypothesis import given
from hypothesis import strategies as st
from presses import BULLETIN, approve, correct, edit, publish, set_up

from chungtay_reports.edition import Change
from chungtay_reports.life.quoting import LONGEST, apart

SAME = "Các trường đã ký. "


def test_the_sentences_that_both_have_are_not_quoted() -> None:
    before = "Hai bên ký giao ước. Kỳ này có một chuyên đề. Các trường đều vui."
    after = "Hai bên ký giao ước. Kỳ này có hai chuyên đề. Các trường đều vui."
    assert apart(before, after) == ("", "Kỳ này có một chuyên đề.", "Kỳ này có hai chuyên đề.")


def test_a_sentence_that_is_added_or_taken_away_is_quoted_alone() -> None:
    before, after = "Hai bên ký giao ước.", "Hai bên ký giao ước. Còn một việc chậm hạn."
    assert apart(before, after) == ("", "", "Còn một việc chậm hạn.")
    assert apart(after, before) == ("", "Còn một việc chậm hạn.", "")


def test_the_cells_of_a_row_that_moved_are_quoted_with_the_name_of_the_row() -> None:
    before, after = "1 | Dạy học theo dự án | Trường | 24", "1 | Dạy học theo dự án | Trường | 42"
    assert apart(before, after) == ("Dạy học theo dự án", "24", "42")
    assert apart("2 | Cầu Giấy | 3 | 5 | 7", "3 | Cầu Giấy | 4 | 5 | 8") == ("Cầu Giấy", "3 | 7", "4 | 8")


def test_a_row_that_is_another_one_is_quoted_whole() -> None:
    before, after = "1 | Dạy học theo dự án | 24", "1 | Ra đề kiểm tra | 86"
    assert apart(before, after) == ("", "Dạy học theo dự án | 24", "Ra đề kiểm tra | 86")
    assert apart("1 | Một | 24", "1 | Một | 24 | 5") == ("", "1 | Một | 24", "1 | Một | 24 | 5")


def test_a_long_sentence_is_quoted_around_the_word_that_moved() -> None:
    long = ", ".join(["các trường trên địa bàn cùng soạn bài"] * 20)
    label, old, new = apart(f"{long}, dạy thử và góp ý", f"{long}, dạy thử rồi góp ý")
    assert label == ""
    assert old.startswith("…")
    assert old.endswith("dạy thử và góp ý")
    assert new.endswith("dạy thử rồi góp ý")


words = st.lists(st.sampled_from(["Một", "hai.", "Ba", "bốn,", "|", "5", "Sáu!", "bảy" * 30]), min_size=1, max_size=80)


def test_a_sentence_that_is_short_enough_is_quoted_from_its_first_word_wherever_it_moved() -> None:
    short = ", ".join(["các trường trên địa bàn cùng soạn bài"] * 3)
    assert apart(f"{short}, dạy thử", f"{short}, dự giờ") == ("", f"{short}, dạy thử", f"{short}, dự giờ")


@given(words, words)
def test_two_quotations_never_look_alike_and_are_never_long(one: list[str], other: list[str]) -> None:
    before, after = " ".join(one), " ".join(other)
    _, old, new = apart(before, after)
    assert (old == new) == (before == after)
    assert max(len(old), len(new)) <= LONGEST + 2


def test_a_correction_far_into_a_paragraph_says_what_was_printed_and_what_is_right(workspace: Workspace) -> None:
    long = " ".join(["Các trường cùng soạn bài, cùng dạy thử rồi cùng góp ý cho nhau."] * 8)
    set_up(workspace)
    workspace.write(
        BULLETIN, (workspace.root / BULLETIN).read_text("utf-8").rstrip("\n") + f"\n\n{long} Cuối kỳ thì nghỉ.\n"
    )
    approve(workspace)
    publish(workspace)
    edit(workspace, BULLETIN, "Cuối kỳ thì nghỉ.", "Cuối kỳ thì thi.")
    (change,) = correct(workspace).changes
    assert change == Change("", "Cuối kỳ thì nghỉ.", "Cuối kỳ thì thi.", change.where)
