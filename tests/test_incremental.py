"""A build makes again what a change touches, says why, and keeps the rest as it was."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import date
from pathlib import Path

import pytest
from builds import chungtay
from conftest import TODAY, Workspace
from two_bulletins import DATA, FIRST, SECOND, SECOND_TEXT, made, why, with_bulletins

from chungtay_reports import check, pipeline, unchanged
from chungtay_reports.building import SpoiltError
from chungtay_reports.figures.kept import kept_tables
from chungtay_reports.making import NEW, SAME, SAME_RESULT
from chungtay_reports.pipeline import Request
from chungtay_reports.shelf import Shelf
from chungtay_reports.workspace.kin import block, head, kin_of
from chungtay_reports.workspace.stock import EMPTY, open_stock

CACHED = ["memory.json", "records.json", "records.jsonl", "kin.txt", "units.json"]


@pytest.fixture(scope="module")
def first_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = with_bulletins(tmp_path_factory.mktemp("built") / "workspace")
    assert set(why(pipeline.build(workspace.root, DATA, TODAY)).values()) == {NEW}
    return workspace.root


@pytest.fixture
def built(tmp_path: Path, first_built: Path) -> Workspace:
    """Two bulletins about two school years, built once."""
    return Workspace(shutil.copytree(first_built, tmp_path / "workspace"))


def test_nothing_is_made_again_when_nothing_has_changed(built: Workspace) -> None:
    outcome = pipeline.build(built.root, DATA, TODAY)
    assert made(outcome) == set()
    assert set(why(outcome).values()) == {SAME}


def test_a_record_makes_again_the_editions_that_ask_for_it_and_no_other(built: Workspace) -> None:
    built.activity()
    outcome = pipeline.build(built.root, DATA, TODAY)
    assert made(outcome) == {FIRST}
    assert why(outcome)[FIRST].startswith("thêm bản ghi HD-2023-9001 (content/records/2022-2023/quan-hoang-mai/")
    assert why(outcome)[SECOND] == SAME


def test_an_edition_whose_answers_come_out_the_same_is_not_made_again(built: Workspace) -> None:
    # The first event in the books is asked for by every edition, since the days that must be covered begin with it.
    built.agreement(signed_on="2022-12-19", recorded={"on": "2022-12-19", "by": "pgd-hoang-mai"})
    outcome = pipeline.build(built.root, DATA, TODAY)
    assert why(outcome)[SECOND] == SAME_RESULT
    assert SECOND not in made(outcome)
    assert pipeline.differences(built.root, DATA, TODAY) == ()


def test_a_count_that_only_the_proof_of_an_edition_shows_makes_it_again(built: Workspace) -> None:
    path = built.activity()
    pipeline.build(built.root, DATA, TODAY)
    text = (built.root / path).read_text("utf-8")
    assert '"teachers": 30' in text
    built.write(path, text.replace('"teachers": 30', '"teachers": 31'))
    assert made(pipeline.build(built.root, DATA, TODAY)) == {FIRST}
    assert '"teachers": 31' in (built.root / "build" / FIRST / "records.json").read_text("utf-8")
    assert pipeline.differences(built.root, DATA, TODAY) == ()


def test_what_an_edition_neither_counts_nor_lists_is_not_asked_again(built: Workspace) -> None:
    day = "2024-03-04"
    booked = {"on": day, "by": "pgd-hoang-mai"}
    change = {"kind": "the-thao", "level": None, "mode": None, "year": "2023-2024", "date": day, "recorded": booked}
    built.activity(**change)
    pipeline.build(built.root, DATA, TODAY)
    built.activity(**change, counts={"students": 12}, title="Một tên khác", partners=[])
    assert pipeline.explain(built.root, DATA, TODAY) == {FIRST: (), SECOND: ()}
    built.activity(**{**change, "kind": "day-truc-tuyen"})
    assert set(pipeline.explain(built.root, DATA, TODAY)[SECOND]) != set()


def test_a_comment_that_moves_records_makes_the_editions_that_show_their_lines(built: Workspace) -> None:
    path = built.root / "content/records/2023-2024/quan-hoang-mai/activities.yaml"
    path.write_text("# một dòng mới\n" + path.read_text("utf-8"), "utf-8")
    assert made(pipeline.build(built.root, DATA, TODAY)) == {SECOND}
    assert pipeline.differences(built.root, DATA, TODAY) == ()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("content/people.yaml", "người được dẫn lời"),
        ("content/units/ha-noi.yaml", "danh mục đơn vị"),
        ("content/metrics/core.yaml", "chỉ tiêu"),
        ("chungtay.yaml", "cài đặt"),
    ],
)
def test_what_all_editions_share_makes_all_again_and_says_what_it_was(built: Workspace, path: str, reason: str) -> None:
    text = (built.root / path).read_text("utf-8")
    built.write(path, text + "# ghi chú\n")
    reason = f"{reason} đổi: {path}:{len(text.splitlines()) + 1} thêm “# ghi chú”"
    assert pipeline.explain(built.root, DATA, TODAY) == {FIRST: (reason,), SECOND: (reason,)}
    assert made(pipeline.build(built.root, DATA, TODAY)) == {FIRST, SECOND}


def test_an_output_that_was_spoilt_or_deleted_is_made_again(built: Workspace) -> None:
    (built.root / "build" / FIRST / "index.html").write_text("x")
    (built.root / "build" / SECOND / "figures.json").unlink()
    assert pipeline.differences(built.root, DATA, TODAY) == (f"{FIRST}/index.html", f"{SECOND}/figures.json")
    assert made(pipeline.build(built.root, DATA, TODAY)) == {FIRST, SECOND}
    assert pipeline.differences(built.root, DATA, TODAY) == ()


@pytest.mark.parametrize("name", CACHED)
@pytest.mark.parametrize("harm", ["link", "dead link", "folder", "pipe"])
def test_what_stands_where_an_entry_of_the_cache_should_be_gives_way(built: Workspace, name: str, harm: str) -> None:
    path = built.root / ".cache" / name
    away = path.rename(path.with_name("away"))
    match harm:
        case "link":
            path.symlink_to(away.name)
        case "dead link":
            path.symlink_to("nowhere")
        case "folder":
            (path / "in the way").mkdir(parents=True)
        case "pipe":
            os.mkfifo(path)
    built.activity()
    pipeline.build(built.root, DATA, TODAY)
    assert pipeline.differences(built.root, DATA, TODAY) == ()
    assert stat.S_ISREG(path.lstat().st_mode)


def test_an_entry_of_another_form_that_another_program_sealed_is_not_taken(built: Workspace) -> None:
    shelf = Shelf(built.root / ".cache")
    unchanged.look(built.root, {}, TODAY).keep((), ())
    for data in (
        b"[]",
        b"null",
        b'"x"',
        b"\xff",
        b"[" * 50_000,
        b'{"state": 1, "key": [], "lots": [], "made": [], "records": 1}',
    ):
        for name in ("memory.json", "records.json", "kin.txt", "units.json", "inputs.json", "last-build.json"):
            assert shelf.find(name) is not None
            shelf.keep(name, data)
        assert unchanged.look(built.root, {}, TODAY).answer is None
        assert why(pipeline.build(built.root, DATA, TODAY)) == {FIRST: NEW, SECOND: NEW}
        unchanged.look(built.root, {}, TODAY).keep((), ())


@pytest.mark.parametrize("name", CACHED)
def test_an_entry_that_is_its_own_older_one_is_noticed(built: Workspace, name: str) -> None:
    path = built.root / ".cache" / name
    older = path.read_bytes()
    built.activity(same_as=None)
    pipeline.build(built.root, DATA, TODAY)
    path.write_bytes(older)
    built.activity(id="HD-2023-9002", title="Một bài học khác")
    pipeline.build(built.root, DATA, TODAY)
    assert pipeline.differences(built.root, DATA, TODAY) == ()
    stock, (library, _) = open_stock(built.root), check.load(built.root, TODAY, EMPTY)
    assert library is not None
    blocks = {
        head(path): block(entry.record for entry in library.entries if entry.place.file == path)
        for path in library.sources
    }
    assert stock.kin.text == kin_of(blocks).text


def test_what_another_program_kept_of_the_records_is_not_taken(built: Workspace) -> None:
    ours = open_stock(built.root)
    assert ours.lots
    assert open_stock(built.root, ours.key).lots == ours.lots
    assert open_stock(built.root, "another").lots == {}
    library, _ = check.load(built.root, TODAY, ours)
    assert library is not None
    frames = []
    for program in (ours.key, ours.key, "another"):
        kept_tables(built.root, program, library)
        frames.append((built.root / ".cache/frames/activities").read_bytes())
    assert frames[0] == frames[1] != frames[2]


def test_the_first_build_leaves_the_rows_of_records_for_the_next(first_built: Path) -> None:
    assert {path.name for path in (first_built / ".cache/frames").iterdir()} > {"agreements", "activities"}


def test_lines_of_records_that_were_damaged_are_written_again(built: Workspace) -> None:
    path = built.root / ".cache" / "records.jsonl"
    data = path.read_bytes()
    path.write_bytes(data.replace(b"HD-2023", b"HD-2024"))
    shutil.rmtree(built.root / ".cache/frames")  # whose rows are laid out needs no line
    for _ in range(2):
        pipeline.build(built.root, DATA, TODAY)
        built.activity()  # whoever wants to know what has changed reads the lines
    stock = open_stock(built.root)
    assert [path for path in stock.lots if stock.entries(path) is None] == []


@pytest.mark.parametrize("name", CACHED)
@pytest.mark.parametrize("harm", ["cut", "flip", "swap", "foreign"])
def test_a_cache_that_is_not_what_was_written_is_noticed(built: Workspace, name: str, harm: str) -> None:
    path = built.root / ".cache" / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    damaged = {
        "cut": data[: len(data) // 2],
        "flip": data,
        "swap": (built.root / ".cache" / ("memory.json" if name != "memory.json" else "records.json")).read_bytes(),
        "foreign": b'{"records": {}, "questions": [], "made": {}}',
    }
    path.write_bytes(bytes(damaged[harm]))
    built.activity()
    pipeline.build(built.root, DATA, TODAY)
    assert pipeline.differences(built.root, DATA, TODAY) == ()


def test_records_that_were_in_order_are_judged_again_on_an_earlier_day_and_by_other_settings(built: Workspace) -> None:
    early = date(2023, 6, 1)
    from_stock, (_, from_nothing) = check.load(built.root, early)[1], check.load(built.root, early, EMPTY)
    assert from_stock == from_nothing
    assert "R213" in {problem.code for problem in from_stock}
    settings_ = built.root / "chungtay.yaml"
    text = settings_.read_text("utf-8")
    assert "start: 2022-12-" in text
    settings_.write_text(text.replace("start: 2022-12-", "start: 2023-03-"), "utf-8")
    assert "R210" in built.codes()


def test_records_of_the_stock_are_the_records_of_the_files(built: Workspace) -> None:
    stock = open_stock(built.root)
    library = built.load()[0]
    assert library is not None
    assert stock.lots.keys() == library.sources.keys()
    kept = [entry for path in sorted(stock.lots) for entry in stock.entries(path) or ()]
    fresh, _ = check.load(built.root, TODAY, EMPTY)
    assert fresh is not None
    assert sorted(kept, key=lambda entry: entry.place) == sorted(fresh.entries, key=lambda entry: entry.place)


def test_without_the_cache_everything_is_made(built: Workspace) -> None:
    fresh = Request(formats=DATA.formats, cache=False)
    assert made(pipeline.build(built.root, fresh, TODAY)) == {FIRST, SECOND}


def test_another_wish_is_another_edition(built: Workspace) -> None:
    drafts = Request(formats=DATA.formats, final=True)
    assert set(why(pipeline.build(built.root, drafts, TODAY)).values()) == {"tùy chọn đổi: --final không → có"}


def test_an_edition_that_nobody_asked_for_is_not_taken_for_proven(built: Workspace) -> None:
    day = "2024-03-04"
    built.activity(kind="day-truc-tuyen", year="2023-2024", date=day, recorded={"on": day, "by": "pgd-hoang-mai"})
    assert made(pipeline.build(built.root, Request(editions=(FIRST,), formats=DATA.formats), TODAY)) == set()
    assert SECOND in made(pipeline.build(built.root, DATA, TODAY))
    assert pipeline.differences(built.root, DATA, TODAY) == ()


def test_one_page_that_cannot_be_set_stops_no_other_and_is_named(built: Workspace) -> None:
    prints = Request(formats=("pdf",), jobs=2)
    path = built.write(
        f"content/bulletins/{SECOND}.md", SECOND_TEXT.replace("lớp học qua mạng.", "lớp học \U0001f0a1.")
    )
    with pytest.raises(SpoiltError, match=SECOND) as spoilt:
        pipeline.build(built.root, prints, TODAY)
    assert "ký tự" in str(spoilt.value)
    assert spoilt.value.exit_code == 1
    assert (built.root / "build" / FIRST / f"{FIRST}.pdf").read_bytes().startswith(b"%PDF")
    assert (built.root / "build" / SECOND / "index.html").exists()  # the last good output
    built.write(path, SECOND_TEXT)
    assert made(pipeline.build(built.root, prints, TODAY)) == {SECOND}


@pytest.mark.slow
def test_one_process_two_or_four_cold_or_warm_make_the_same_bytes(built: Workspace) -> None:
    def pdfs(request: Request) -> dict[str, str]:
        return {note.path: note.sha256 for note in pipeline.build(built.root, request, TODAY).made}

    first = pdfs(Request(formats=("pdf",), jobs=1, cache=False))
    assert len(first) == 2
    assert pdfs(Request(formats=("pdf",), jobs=2, cache=False)) == first
    shutil.rmtree(built.root / ".cache")
    assert pdfs(Request(formats=("pdf",), jobs=4)) == first
    shutil.rmtree(built.root / "build")
    assert pdfs(Request(formats=("pdf",), jobs=4)) == first


def test_the_command_says_what_it_made_and_why_and_what_it_kept(built: Workspace) -> None:
    only = ("build", "--to", "html,json,csv")
    chungtay(*only, "--final", cwd=built.root)
    assert "Không có gì phải dựng lại: 2 ấn phẩm không đổi" in chungtay(*only, "--final", cwd=built.root).stderr
    built.activity()
    told = chungtay(*only, "--explain", "--final", cwd=built.root).stdout
    assert f"{FIRST}: thêm bản ghi HD-2023-9001" in told
    assert f"{SECOND}: không đổi, sẽ giữ nguyên" in told
    assert "giữ nguyên 1 ấn phẩm không đổi" in chungtay(*only, "--final", cwd=built.root).stderr
    assert chungtay(*only, "--final", "--check", cwd=built.root).returncode == 0
    (built.root / "build" / FIRST / "index.html").write_text("x")
    spoilt = chungtay(*only, "--final", "--check", cwd=built.root)
    assert (spoilt.returncode, spoilt.stdout) == (4, f"build/{FIRST}/index.html\n")
    assert chungtay("build", "--check", "--explain", cwd=built.root).returncode == 2
