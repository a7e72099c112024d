"""A PDF taken apart: its certificate and data, what its pages show, and whatever no copy of ours has."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

import pikepdf

from chungtay_reports.archive.proof.lettering import Glyphs, letters, page_text, picture_words
from chungtay_reports.errors import Code, Place, Problem
from chungtay_reports.strokes import Drawing, digest

NOT_A_PDF = Code("V101", "đây không phải tệp PDF đọc được ({reason}); hãy lấy lại tệp từ nơi phát hành")
DAMAGED = Code("V102", "tệp bị hỏng hoặc bị cắt cụt ({reason}); hãy tải lại từ nơi phát hành")
TOO_MUCH = Code("V103", "tệp lớn hoặc rối quá mức ({reason}); bản in của chungtay không bao giờ như thế")
ACTIVE = Code("V104", "tệp có {what}; bản in của chungtay không bao giờ có, nên đừng mở tệp này bằng phần mềm đọc PDF")
APPENDED = Code("V105", "tệp được ghi thêm {times} lần sau khi in xong mà không phải để ký; hãy dùng bản gốc")
STRANGER = Code("V106", "tệp đính kèm lạ “{name}”; bản in của chungtay chỉ mang theo {known}")

KNOWN = ("ban-in.json", "figures.json", "records.csv", "records.json")
LARGEST = 64 << 20  # bytes of one attachment, or of what a page draws, unpacked
_DEFLATES = 1032  # times: the most that zlib packs together
MOST_PAGES = 3000
_REVISION = re.compile(rb"startxref\s+\d+\s+%%EOF")
_OWN = re.compile(r'chungtay:(pages|signing)="([^"]*)"')
_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie"}
)


class Unreadable(Exception):  # noqa: N818 - a finding that ends the reading
    """There is nothing more to read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Reading:
    """What a PDF holds. `drawn` are digests of its pages, `said` those that its metadata name; all texts are letters.

    A page over which something is stuck, or of which a part is cut off, has an empty digest.
    """

    files: Mapping[str, bytes]
    drawn: tuple[str, ...]
    said: tuple[str, ...]
    body: str
    running: str
    pictures: str
    signatures: int
    problems: tuple[Problem, ...]


def read(data: bytes, place: Place) -> Reading:
    """Take a PDF apart; Unreadable when there is nothing to go by."""
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
            return _read(document, data, place)
    except pikepdf.PasswordError as error:
        raise Unreadable(NOT_A_PDF.at(place, reason="tệp bị khóa bằng mật khẩu")) from error
    except (MemoryError, RecursionError) as error:
        raise Unreadable(TOO_MUCH.at(place, reason="cần quá nhiều bộ nhớ để mở")) from error
    except Unreadable:
        raise
    except Exception as error:  # a stranger's file: the boundary of the safety rules
        if data.startswith(b"%PDF-"):
            raise Unreadable(DAMAGED.at(place, reason="thiếu phần cuối hoặc sai cấu trúc")) from error
        raise Unreadable(NOT_A_PDF.at(place, reason="không bắt đầu bằng %PDF")) from error


def _read(document: pikepdf.Pdf, data: bytes, place: Place) -> Reading:
    if len(document.pages) > MOST_PAGES:
        raise Unreadable(TOO_MUCH.at(place, reason=f"{len(document.pages)} trang"))
    if any(map(_swells, document.objects)):  # unpacked by the library, it would end as time, memory or nonsense has it
        raise Unreadable(TOO_MUCH.at(place, reason=f"có phần nở ra hơn {LARGEST >> 20} MB"))
    fonts: dict[tuple[int, int], Glyphs] = {}
    pages = [page_text(page, fonts) for page in document.pages]
    known: dict[Hashable, str] = {}
    drawn = tuple("" if _covered(page) else digest(_drawing(page), known) for page in document.pages)
    files = dict(_files(document, place))
    own = dict(_OWN.findall(_metadata(document)))
    signatures, revisions = _signed(document), len(_REVISION.findall(data))
    problems = [*_repaired(document, place), *_uninvited(document, files, place)]
    if not signatures and revisions > 1:
        problems.append(APPENDED.at(place, times=revisions - 1))
    return Reading(
        files=files,
        drawn=drawn,
        said=tuple(own.get("pages", "").split()),
        body=letters("".join(body for body, _ in pages)),
        running=letters("\n".join(running for _, running in pages)),
        pictures=letters(picture_words(document)),
        signatures=signatures,
        problems=tuple(problems),
    )


def _swells(item: pikepdf.Object) -> bool:
    """Whether a stream that is no picture is a bomb; only one that is long enough to be is unpacked to tell."""
    if not isinstance(item, pikepdf.Stream) or item.get("/Subtype") == "/Image" or "/FlateDecode" not in _filters(item):
        return False
    packed = item.read_raw_bytes()
    if len(packed) * _DEFLATES <= LARGEST:
        return False
    try:
        return len(zlib.decompressobj().decompress(packed, LARGEST + 1)) > LARGEST
    except zlib.error:
        return False  # damaged, or packed otherwise: whoever reads it says so


def _filters(stream: pikepdf.Stream) -> list[str]:
    named = stream.get("/Filter", pikepdf.Array())
    return [str(each) for each in named] if isinstance(named, pikepdf.Array) else [str(named)]


def _drawing(source: pikepdf.Page | pikepdf.Object, outer: pikepdf.Object | None = None) -> Drawing:
    """Take a page, or what is placed on one, as a drawing; what names no resources has those of the `outer` one."""
    placed = source.get("/Resources", outer if outer is not None else pikepdf.Dictionary())

    def inside(name: str) -> Drawing | None:
        found = placed.get("/XObject", pikepdf.Dictionary()).get(f"/{name}")
        return _drawing(found, placed) if found is not None and found.get("/Subtype") == "/Form" else None

    content = _content(source) if isinstance(source, pikepdf.Page) else source.read_bytes()
    return Drawing(source.objgen, content, inside)


def _content(page: pikepdf.Page) -> bytes:
    content = page.obj.get("/Contents")
    if content is None:
        return b""
    return content.read_bytes() if isinstance(content, pikepdf.Stream) else b"\n".join(s.read_bytes() for s in content)


def _covered(page: pikepdf.Page) -> bool:
    cut = list(map(float, page.cropbox)) != list(map(float, page.mediabox))
    return cut or any(map(_shows, page.obj.get("/Annots", ())))


def _shows(note: pikepdf.Object) -> bool:
    """Whether an annotation shows anything itself; of a signature's block the signature tells, and links are bare."""
    look, kind = note.get("/AP", pikepdf.Dictionary()).get("/N"), note.get("/Subtype")
    if kind == "/Widget" and note.get("/FT") == "/Sig":
        return "/V" not in note and look is not None and bool(look.read_bytes())
    return kind != "/Link" or look is not None or note.get("/BS", pikepdf.Dictionary()).get("/W", 1) != 0


def _files(document: pikepdf.Pdf, place: Place) -> Iterator[tuple[str, bytes]]:
    for name, specification in document.attachments.items():
        data = specification.get_file().read_bytes()
        if len(data) > LARGEST:
            raise Unreadable(TOO_MUCH.at(place, reason=f"tệp đính kèm “{name}” nở ra {len(data) >> 20} MB"))
        yield str(name), data


def _metadata(document: pikepdf.Pdf) -> str:
    metadata = document.Root.get("/Metadata")
    return metadata.read_bytes().decode("utf-8", "replace") if isinstance(metadata, pikepdf.Stream) else ""


def _signed(document: pikepdf.Pdf) -> int:
    form = document.Root.get("/AcroForm", pikepdf.Dictionary())
    return sum(field.get("/FT") == "/Sig" and "/V" in field for field in form.get("/Fields", ()))


def _repaired(document: pikepdf.Pdf, place: Place) -> Iterator[Problem]:
    warnings = document.get_warnings()
    if warnings:
        yield DAMAGED.at(place, reason=f"{len(warnings)} chỗ sai cấu trúc")


def _uninvited(document: pikepdf.Pdf, files: Mapping[str, bytes], place: Place) -> Iterator[Problem]:
    for name in sorted(set(files) - set(KNOWN)):
        yield STRANGER.at(place, name=name, known=", ".join(KNOWN))
    names = document.Root.get("/Names", pikepdf.Dictionary())
    form = document.Root.get("/AcroForm", pikepdf.Dictionary())
    fields = form.get("/Fields", ())
    actions = sorted({str(item["/S"])[1:] for item in document.objects if _acts(item)})
    found = (
        ("lệnh tự chạy khi mở", "/OpenAction" in document.Root or "/AA" in document.Root),
        ("mã JavaScript", "/JavaScript" in names),
        (f"lệnh {', '.join(actions)}", bool(actions)),
        ("lớp nội dung ẩn hiện", "/OCProperties" in document.Root),
        ("ô điền ngoài ô chữ ký", any(field.get("/FT") != "/Sig" for field in fields) or "/XFA" in form),
    )
    yield from (ACTIVE.at(place, what=what) for what, there in found if there)


def _acts(item: pikepdf.Object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and str(item.get("/S", "")) in _ACTIONS
