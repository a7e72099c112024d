"""Packages for hand-over: bags that `bagit` finds valid, information packages that the E-ARK validator finds valid."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import bagit
import pytest
from archives import BULLETIN, HANOI, NOON, REPORT, add, files_of, small_archive
from defusedxml import ElementTree
from lxml import etree
from ocfl_objects import PYTHON

from chungtay_reports import cli
from chungtay_reports.archive.handover import export
from chungtay_reports.archive.ocfl import ArchiveError, Store
from chungtay_reports.archive.publication import Approval, Publication, State, object_id, to_json
from chungtay_reports.errors import ReportsError, UsageError, WriteError
from chungtay_reports.fingerprint import Fingerprint
from chungtay_reports.model import Period

METS = "{http://www.loc.gov/METS/}"
PACKAGE_TYPE = "{https://DILCIS.eu/XML/METS/CSIPExtensionMETS}OAISPACKAGETYPE"
LINK = "{http://www.w3.org/1999/xlink}href"
CORE = b'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title><dc:type>B</dc:type></metadata>'
EDITION = object_id("so-gddt-ha-noi", "bao-cao-nam-hoc/2023-2024/quan-ba-dinh")
# The validator asks for its vocabularies on the network; it has copies of them beside its schemas.
_JUDGE = """
import json, sys, urllib.request
from importlib.util import find_spec
from pathlib import Path
vocabularies = Path(find_spec("eark_validator").origin).parent / "ipxml" / "resources" / "vocabs"
urllib.request.urlopen = lambda uri: (vocabularies / uri.rpartition("/")[2]).open("rb")
from eark_validator.mets import MetsValidator
from eark_validator.packages import PackageValidator
for path in map(Path, sys.argv[1:]):
    report = PackageValidator(path).validation_report
    inner = []
    for mets in sorted(path.glob("representations/*/METS.xml")):
        judge = MetsValidator(str(mets.parent))
        judge.validate_mets("METS.xml")
        inner += [each.message for each in judge.validation_errors]
    results = [*report.structure.messages, *(report.metadata.schematron_results.messages if report.metadata else [])]
    print(json.dumps({
        "structure": report.structure.status.value,
        "schema": report.metadata.schema_results.status.value if report.metadata else "",
        "representations": inner,
        "rules": report.metadata.schematron_results.status.value if report.metadata else "",
        "errors": sorted({each.rule_id for each in results if each.severity.value == "Error"}),
        "warnings": sorted({each.rule_id for each in results if each.severity.value == "Warn"}),
    }))
"""


def judged(*packages: Path) -> list[dict[str, object]]:
    result = subprocess.run([PYTHON, "-c", _JUDGE, *packages], capture_output=True, encoding="utf-8", check=True)
    return [json.loads(line) for line in result.stdout.splitlines()]


def publication(version: str) -> Publication:
    approval = Approval("nguyen-van-a", "Nguyễn Văn A", "Trưởng phòng", date(2024, 6, 1), "0" * 64)
    return Publication(
        key="bao-cao-nam-hoc/2023-2024/quan-ba-dinh",
        kind="bao-cao",
        slug="bao-cao-nam-hoc",
        unit="quan-ba-dinh",
        year="2023-2024",
        title="Báo cáo năm học 2023-2024 & kết quả <chung>",
        issue="",
        issued=NOON,
        published=NOON,
        as_of=date(2024, 6, 1),
        period=Period(date(2023, 9, 1), date(2024, 5, 31), "năm học 2023-2024"),
        state=State.PUBLISHED,
        version=version,
        approvals=(approval,),
        fingerprint=Fingerprint("0" * 64, "1" * 64),
        reason="",
        changes=(),
        embargo=None,
        files={"pdf": "tai-lieu/bao-cao.pdf"},
    )


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with two plain objects and one edition in two versions."""
    store = small_archive(tmp_path_factory.mktemp("handover") / "archive")
    for number in (1, 2):
        files = {
            "an-pham.json": to_json(publication(f"v{number}")).encode(),
            "luu-tru/bao-cao-pdfa1.pdf": b"%PDF <pdfaid:part>1</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
            "tai-lieu/bao-cao.pdf": b"%%PDF %d" % number,
            "tai-lieu/figures.json": b"{}",
            "nguon/content/ghi chú.yaml": b"a: 1\n",
            "mo-ta/nd113-tai-lieu.xml": b"<a/>",
            "mo-ta/dublin-core.xml": CORE,
        }
        add(store, files, EDITION, message="Công bố\x0b" if number == 1 else "Đính chính", day=number)
    return store.root


@pytest.fixture
def out(shelf: Path) -> Iterator[Path]:
    return shelf / "out"


def test_every_bag_is_valid_for_the_bagit_library(root: Path, out: Path) -> None:
    for folder in export(root, "bagit", out):
        found = bagit.Bag(str(folder))
        found.validate()
        assert found.info["External-Identifier"] in Store(root).objects()


def test_a_bag_holds_the_files_of_the_version_and_its_manifests_suit_sha512sum(root: Path, out: Path) -> None:
    (folder,) = export(root, "bagit", out, (BULLETIN,))
    inventory = Store(root).inventory(BULLETIN)
    assert inventory is not None
    assert {path.removeprefix("data/") for path in files_of(folder) if path.startswith("data/")} == set(
        inventory.head.state
    )
    for name in ("sha256", "sha512"):
        for manifest in (f"manifest-{name}.txt", f"tagmanifest-{name}.txt"):
            command = [f"{name}sum", "-c", "--strict", "--quiet", manifest]
            assert subprocess.run(command, cwd=folder, check=False).returncode == 0


VALID: dict[str, object] = {
    "structure": "WellFormed",
    "schema": "VALID",
    "representations": [],
    "rules": "VALID",
    "errors": [],
    "warnings": [],
}


def test_the_e_ark_validator_finds_every_package_to_keep_valid(root: Path, out: Path) -> None:
    assert judged(*export(root, "eark-aip", out)) == [VALID] * 3


def test_the_e_ark_validator_finds_every_package_to_hand_over_valid_but_for_one_rule_that_nobody_can_keep(
    root: Path, out: Path
) -> None:
    """SIP14 asks, on the note that CSIP15 demands, for an attribute that METS itself forbids there."""
    assert judged(*export(root, "eark", out)) == [VALID | {"rules": "INVALID", "errors": ["SIP14"]}] * 3


def test_what_is_handed_over_and_what_is_kept_differ_in_what_they_call_themselves_alone(root: Path, out: Path) -> None:
    (handed,), (kept,) = (export(root, kind, out / kind, (EDITION,)) for kind in ("eark", "eark-aip"))
    assert files_of(handed) == files_of(kept)
    different = {path for path in files_of(kept) if (handed / path).read_bytes() != (kept / path).read_bytes()}
    assert {path for path in different if not path.endswith("METS.xml")} == {"documentation/doc-truoc.txt"}
    for mets in kept.rglob("METS.xml"):
        root_element = ElementTree.parse(mets).getroot()
        assert root_element.attrib["PROFILE"] == "https://earkaip.dilcis.eu/profile/E-ARK-AIP.xml"
        assert root_element[0].attrib[PACKAGE_TYPE] == "AIP"


@pytest.mark.parametrize(
    ("old", "new", "schema", "errors"),
    [
        ("<mets:note ", '<mets:note NOTETYPE="IDENTIFICATIONCODE" ', "INVALID", []),
        ("csip:NOTETYPE=", "NOTETYPE=", "INVALID", ["CSIP16", "SIP14"]),
        ("SOFTWARE VERSION", "IDENTIFICATIONCODE", "VALID", ["CSIP16", "SIP14"]),
        ('ROLE="CREATOR"', 'ROLE="EDITOR"', "VALID", ["CSIP11"]),
    ],
)
def test_every_way_around_the_rule_that_is_left_breaks_another(
    root: Path, out: Path, *, old: str, new: str, schema: str, errors: list[str]
) -> None:
    (folder,) = export(root, "eark", out, (REPORT,))
    mets = folder / "METS.xml"
    mets.write_text(mets.read_text("utf-8").replace(old, new), "utf-8")
    (report,) = judged(folder)
    assert (report["schema"], report["errors"]) == (schema, errors)


def test_the_validator_would_notice(root: Path, out: Path) -> None:
    (folder,) = export(root, "eark", out, (REPORT,))
    mets = folder / "METS.xml"
    mets.write_text(mets.read_text("utf-8").replace('LABEL="CSIP"', 'LABEL="other"'), "utf-8")
    assert "CSIP82" in judged(folder)[0]["errors"]  # type: ignore[operator]


def referenced(mets: Path) -> Iterator[tuple[Path, Element]]:
    for element in ElementTree.parse(mets).iter():
        if element.tag in {f"{METS}mdRef", f"{METS}file"}:
            place = element if element.tag.endswith("mdRef") else element[0]
            yield (
                mets.parent / unquote(place.attrib[LINK]),
                element,
            )


def test_mets_lists_every_file_of_a_package_with_its_size_and_digest(root: Path, out: Path) -> None:
    (folder,) = export(root, "eark", out, (EDITION,))
    seen = {folder / "METS.xml"}
    for mets in folder.rglob("METS.xml"):
        for path, element in referenced(mets):
            data = path.read_bytes()
            assert element.attrib["CHECKSUMTYPE"] == "SHA-256"
            assert element.attrib["CHECKSUM"] == hashlib.sha256(data).hexdigest()
            assert element.attrib["SIZE"] == str(len(data))
            assert datetime.fromisoformat(element.attrib["CREATED"]).utcoffset() == timedelta(hours=7)
            seen.add(path)
    assert seen == {path for path in folder.rglob("*") if path.is_file()}


def test_the_deposit_copy_is_the_first_representation(root: Path, out: Path) -> None:
    (folder,) = export(root, "eark", out, (EDITION,))
    assert [path.name for path in (folder / "representations/rep1/data").iterdir()] == ["bao-cao-pdfa1.pdf"]
    assert sorted(path.name for path in (folder / "representations").iterdir()) == ["rep1", "rep2", "rep3"]
    premis = (folder / "representations/rep1/metadata/preservation/premis.xml").read_text("utf-8")
    assert "<premis:formatName>PDF/A</premis:formatName>" in premis
    assert "<premis:formatVersion>1a</premis:formatVersion>" in premis
    assert "SHA-512" in premis


def test_what_is_known_of_an_edition_is_in_dublin_core_ead_and_premis(root: Path, out: Path) -> None:
    (folder,) = export(root, "eark", out, (EDITION,))
    descriptive = folder / "metadata" / "descriptive"
    assert (descriptive / "dc.xml").read_bytes() == CORE, "as it was archived"
    schema = etree.XMLSchema(etree.parse(folder / "schemas" / "dc.xsd"))
    assert schema.validate(etree.parse(descriptive / "dc.xml"))
    aid = (descriptive / "ead.xml").read_text("utf-8")
    assert "Báo cáo năm học 2023-2024 &amp; kết quả &lt;chung&gt;" in aid
    assert "<ead:unitdate>2023-09-01/2024-05-31</ead:unitdate>" in aid
    premis = (folder / "metadata" / "preservation" / "premis.xml").read_text("utf-8")
    assert premis.count("<premis:event>") == 3
    assert "<premis:agentName>Nguyễn Văn A, Trưởng phòng</premis:agentName>" in premis
    assert "<premis:eventDetail>Đính chính</premis:eventDetail>" in premis
    assert "<premis:eventDateTime>2024-06-03T12:00:00+07:00</premis:eventDateTime>" in premis


@pytest.mark.parametrize("kind", ["bagit", "eark", "eark-aip"])
def test_the_same_version_gives_the_same_bytes(root: Path, shelf: Path, kind: str) -> None:
    one, two = (
        {name: (folder / name).read_bytes() for name in files_of(folder)}
        for folder in (shelf / "one", shelf / "two")
        if export(root, kind, folder)
    )
    assert one == two


def test_an_older_version_can_be_handed_over(root: Path, out: Path) -> None:
    (folder,) = export(root, "bagit", out, (EDITION,), 1)
    assert folder.name.endswith("_v1")
    assert (folder / "data/tai-lieu/bao-cao.pdf").read_bytes() == b"%PDF 1"
    with pytest.raises(ArchiveError, match="không có phiên bản v7"):
        export(root, "bagit", out, (EDITION,), 7)


def test_a_damaged_file_is_not_handed_over(root: Path, shelf: Path, out: Path) -> None:
    copy = Path(shutil.copytree(root, shelf / "copy"))
    (Store(copy).place(REPORT) / "v1/content/bao-cao.pdf").write_bytes(b"?")
    with pytest.raises(ArchiveError, match="đã bị thay đổi"):
        export(copy, "eark", out, (REPORT,))
    assert not out.exists()


def test_a_target_that_takes_no_package_is_not_said_to_be_a_damaged_archive(root: Path, tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("")
    with pytest.raises(WriteError, match=r"Không ghi được gói vào.*không phải thư mục") as told:
        export(root, "bagit", tmp_path / "tep" / "goi")
    assert "archive verify" not in str(told.value)


def test_nothing_is_written_over_a_package_or_into_the_archive(root: Path, out: Path) -> None:
    export(root, "bagit", out, (REPORT,))
    with pytest.raises(ArchiveError, match="Đã có"):
        export(root, "bagit", out)
    assert len(list(out.iterdir())) == 1
    with pytest.raises(UsageError, match="ngoài kho"):
        export(root, "bagit", root / "packages")


def test_objects_whose_names_look_alike_get_packages_of_their_own(shelf: Path) -> None:
    store = Store.create(shelf / "archive")
    for name in ("urn:a:b", "urn:a_b", "urn:a/b", "urn:a%3ab", "x" * 300):
        add(store, {"a.txt": b""}, name)
    assert len(set(export(store.root, "bagit", shelf / "out"))) == 5


def test_the_command_takes_the_key_of_an_edition(
    root: Path, shelf: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shelf)
    arguments = ["archive", "export", "--archive", str(root), "--to", "eark", "out"]
    with pytest.raises(SystemExit) as ended:
        cli.main([*arguments, "bao-cao-nam-hoc/2023-2024/quan-ba-dinh"])
    out, err = capsys.readouterr()
    assert ended.value.code == 0
    assert out == "out/urn_chungtay_so-gddt-ha-noi_bao-cao-nam-hoc_2023-2024_quan-ba-dinh_v2\n"
    assert err == "Đã ghi 1 gói.\n"
    with pytest.raises(SystemExit) as ended:
        cli.main([*arguments, "bao-cao-nam-hoc/2023-2024/quan-ba-din"])
    assert ended.value.code == 2
    assert "Ý bạn là “bao-cao-nam-hoc/2023-2024/quan-ba-dinh”?" in capsys.readouterr().err


def test_packages_may_go_anywhere_and_are_told_as_they_were_asked_for(
    root: Path, shelf: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (shelf / "workspace").mkdir()
    monkeypatch.chdir(shelf / "workspace")
    for folder in (str(shelf / "out"), "../beside"):
        with pytest.raises(SystemExit) as ended:
            cli.main(["archive", "export", "--archive", str(root), "--to", "eark-aip", folder, EDITION])
        (line,) = capsys.readouterr().out.splitlines()
        assert ended.value.code == 0
        assert line.startswith(f"{folder}/urn_chungtay_")
        assert Path(line).is_dir()


def test_time_zones_do_not_move_the_day(shelf: Path) -> None:
    assert NOON.tzinfo == HANOI
    store = Store.create(shelf / "archive")
    add(store, {"a.txt": b""}, "urn:a")
    (folder,) = export(store.root, "eark", shelf / "out")
    assert 'CREATEDATE="2024-06-01T12:00:00+07:00"' in (folder / "METS.xml").read_text("utf-8")


def test_an_object_that_is_no_edition_is_described_by_what_is_known(root: Path, out: Path) -> None:
    (folder,) = export(root, "eark", out, (REPORT,))
    core = ElementTree.parse(folder / "metadata" / "descriptive" / "dc.xml").getroot()
    assert [element.text for element in core] == [
        REPORT, REPORT, *["Sở Giáo dục và Đào tạo Hà Nội"] * 2, "2024-06-01T12:00:00+07:00", "application/pdf", "vi"
    ]  # fmt: skip
    assert etree.XMLSchema(etree.parse(folder / "schemas" / "dc.xsd")).validate(
        etree.parse(folder / "metadata" / "descriptive" / "dc.xml")
    )


def test_files_of_one_name_in_two_folders_of_an_object_that_is_no_edition_are_both_handed_over(shelf: Path) -> None:
    store = Store.create(shelf / "archive")
    add(store, {"a/x.txt": b"1", "b/x.txt": b"2", "x.txt": b"3"}, "urn:a")
    (folder,) = export(store.root, "eark", shelf / "out")
    inside = folder / "representations" / "rep1" / "data"
    assert {path.relative_to(inside).as_posix(): path.read_bytes() for path in inside.rglob("*.txt")} == {
        "a/x.txt": b"1", "b/x.txt": b"2", "x.txt": b"3"
    }  # fmt: skip


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), OSError(errno.ENOSPC, "full")])
def test_a_package_that_is_stopped_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    root = small_archive(tmp_path / "archive").root
    flushed, plain = [0], os.fsync

    def fsync(handle: int) -> None:
        flushed[0] += 1
        if flushed[0] == 3:
            raise stop
        plain(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises((KeyboardInterrupt, ReportsError)):
        export(root, "bagit", tmp_path / "out")
    assert flushed[0] >= 3
    assert list((tmp_path / "out").iterdir()) == []
    monkeypatch.undo()
    assert all(bagit.Bag(str(folder)).is_valid() for folder in export(root, "bagit", tmp_path / "out"))
