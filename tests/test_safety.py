"""Where each rule of safety for what is written, kept and signed (16-23) is tested; and what had no better place.

Whoever changes one of these rooms reads here which promises the room keeps. A test that is renamed must be renamed here.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest
from conftest import Workspace
from presses import NOON, ONE, approve, publish, set_up

from chungtay_reports import disk, life
from chungtay_reports.errors import WriteError

RULES: dict[str, tuple[str, ...]] = {
    "16 publish by set: staged, flushed, exchanged; nobody else's file is touched": (
        "test_disk.test_a_killed_build_leaves_the_last_good_output_and_no_half_edition",
        "test_disk.test_a_file_that_no_manifest_lists_survives_a_rebuild",
        "test_disk.test_a_whole_build_removes_editions_that_are_gone_but_nothing_of_somebody_else",
        "test_disk.test_an_output_folder_that_is_a_link_is_refused",
        "test_disk.test_an_output_folder_that_is_not_ours_is_refused",
        "test_disk.test_an_output_folder_that_holds_or_lies_in_the_sources_is_refused",
    ),
    "17 one at a time: a lock that death frees, waited for, then told": (
        "test_machine.test_a_lock_is_held_by_one_at_a_time_and_freed_by_death",
        "test_disk.test_a_second_build_waits_and_then_says_who_holds_the_lock",
        "test_ocfl_store.test_two_writers_wait_for_each_other",
        "test_safety.test_a_second_publisher_says_who_is_first_and_publishes_nothing",
    ),
    "18 the cache: bound to its key, private, no pickle, doubt rebuilds": (
        "test_documents.test_a_spoilt_entry_of_the_cache_is_made_again",
        "test_documents.test_an_entry_under_another_name_is_not_taken_for_that_page",
        "test_documents.test_the_cache_is_for_its_owner_alone",
        "test_incremental.test_a_cache_that_is_not_what_was_written_is_noticed",
        "test_incremental.test_what_stands_where_an_entry_of_the_cache_should_be_gives_way",
        "test_hidden_inputs.test_a_template_that_is_a_link_is_refused",
        "test_incremental.test_what_another_program_kept_of_the_records_is_not_taken",
        "test_incremental.test_an_entry_of_another_form_that_another_program_sealed_is_not_taken",
        "test_no_pickle.test_no_module_of_the_program_knows_pickle",
    ),
    "19 determinism": (
        "test_determinism.test_another_folder_locale_zone_seed_time_and_one_process_give_the_same_bytes",
        "test_determinism.test_a_build_from_the_cache_gives_the_same_bytes",
        "test_determinism.test_no_document_names_the_machine",
        "test_ocfl_store.test_the_same_commits_give_the_same_bytes",
    ),
    "20 errors on write: told with path and cause, the old output whole": (
        "test_full_disk.test_whichever_write_fails_is_told_and_no_edition_is_cut_in_half",
        "test_full_disk.test_too_few_open_files_is_the_machines_fault_and_not_the_authors",
        "test_ocfl_crash.test_a_disk_that_fills_up_at_any_step_is_told_and_leaves_the_archive_whole",
        "test_sheets.test_a_notice_that_cannot_be_written_is_not_said_to_have_changed_nothing",
        "test_machine.test_what_a_killed_program_left_is_swept_and_what_is_in_use_is_not",
        "test_disk.test_what_a_killed_command_left_half_written_neither_stops_the_next_nor_stays",
    ),
    "21 the archive is written in the order that a crash cannot hurt": (
        "test_ocfl_store.test_the_judge_finds_the_archive_valid",
        "test_ocfl_crash.test_killed_at_any_step_the_archive_is_whole_after_recovery",
        "test_ocfl_crash.test_a_version_newer_than_the_root_inventory_is_finished_or_removed",
        "test_ocfl_crash.test_an_archive_that_fills_its_own_disk_stages_within_itself",
        "test_ocfl_crash.test_an_empty_folder_that_is_a_disk_of_its_own_becomes_an_archive",
        "test_ocfl_store.test_a_version_does_not_begin_its_life_on_a_damaged_file",
        "test_publish_crash.test_publish_killed_at_a_hundred_points_leaves_a_valid_archive_and_the_next_is_whole",
    ),
    "22 archive verify reads every byte and survives every damage": (
        "test_ocfl_damage.test_every_flipped_byte_is_found_and_its_file_named",
        "test_ocfl_damage.test_every_file_is_missed_when_anything_happens_to_it",
        "test_ocfl_damage.test_whatever_is_added_anywhere_is_named",
        "test_ocfl_damage.test_no_link_is_followed_and_no_pipe_waited_for",
        "test_ocfl_damage.test_rubbish_in_every_control_file_ends_in_findings_not_in_a_traceback",
        "test_ocfl_rules.test_a_broken_inventory_is_named_by_its_code",
        "test_ocfl_rules.test_nothing_that_the_other_judge_refuses_is_accepted",
        "test_archive_cli.test_the_list_of_digests_is_read_by_sha512sum",
        "test_archive_cli.test_a_part_is_checked_and_said_to_be_a_part",
        "test_archive_cli.test_a_list_kept_elsewhere_finds_what_was_set_back_but_allows_growth",
    ),
    "23 signatures: last, closed, checked at once and again in the archive; keys guarded": (
        "test_sign.test_the_first_signature_allows_exactly_one_more_and_the_last_allows_nothing",
        "test_sign.test_whatever_is_added_after_a_signature_is_found_and_named",
        "test_sign.test_a_signed_copy_is_still_pdf_a_3a_and_pdf_ua_1",
        "test_sign.test_a_key_that_others_can_read_is_refused",
        "test_sign.test_a_key_in_a_workspace_is_refused",
        "test_sign.test_a_certificate_signs_only_while_it_is_valid",
        "test_sign.test_a_wrong_passphrase_is_said_to_be_wrong_and_is_not_repeated",
        "test_sign.test_a_token_signs_without_giving_its_key_away",
        "test_stamp.test_an_answer_that_is_none_to_the_question_is_refused",
        "test_archive_cli.test_signatures_in_archived_pdfs_are_checked_too",
    ),
}


@cache
def _names(module: str) -> frozenset[str]:
    text = (Path(__file__).parent / f"{module}.py").read_text("utf-8")
    return frozenset(node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("rule", RULES)
def test_the_tests_of_a_rule_are_there(rule: str) -> None:
    assert [test for test in RULES[rule] if test.partition(".")[2] not in _names(test.partition(".")[0])] == []


def test_a_second_publisher_says_who_is_first_and_publishes_nothing(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(set_up(workspace))
    monkeypatch.setattr(disk, "LOCK_SECONDS", 0)
    with disk.lock(workspace.root), pytest.raises(WriteError, match="tiến trình"):
        life.publish(workspace.root, ONE, NOON)
    assert not (workspace.root / "archive").exists()
    assert publish(workspace).new
