"""One version of an edition as it lies in the archive: documents, deposit copy, sources, descriptions, its own record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from chungtay_reports.archive.description import Facts, descriptions
from chungtay_reports.archive.publication import FILE, Approval, Publication, State, object_id, to_json
from chungtay_reports.edition import Document, Notice
from chungtay_reports.fingerprint import Work, fingerprint, text_lines
from chungtay_reports.formats.metadata import plain
from chungtay_reports.formats.paper_data import issued
from chungtay_reports.life.refusing import embargo
from chungtay_reports.model import Period
from chungtay_reports.official.paper import Paper
from chungtay_reports.standing import judge
from chungtay_reports.standing.sheet import as_of
from chungtay_reports.workspace.library import Library

DOCUMENTS, DEPOSIT, SOURCES, DESCRIPTIONS = "tai-lieu", "luu-tru", "nguon", "mo-ta"
WHOLE = (
    f"{DOCUMENTS}/",
    f"{DEPOSIT}/",
    f"{DESCRIPTIONS}/",
)  # lie in every version, so that a page opens from its folder
LINES = f"{DESCRIPTIONS}/loi-van.json"
ROLES = {"html": "index.html", "figures": "figures.json", "records": "records.json"}
NOTES = {State.PUBLISHED: "", State.CORRECTED: "Đính chính:", State.WITHDRAWN: "Thu hồi:"}
_PAGE = re.compile(rb"/Type\s*/Page\b")


@dataclass(frozen=True, slots=True)
class Making:
    """What a version is made of, and why it is made."""

    work: Work
    library: Library
    documents: Sequence[Document]
    deposit: bytes | None  # None where no PDF is published
    sources: Mapping[str, bytes]
    moment: datetime
    state: State
    before: Publication | None
    notice: Notice | None = None
    unsigned: bytes | None = None  # the PDF as it is built, where the one among the documents was signed

    @property
    def id(self) -> str:
        return object_id(self.library.settings.organisation.office, self.work.folder)


def version(making: Making) -> tuple[Publication, dict[str, bytes]]:
    """Lay out every file of the version, by its logical path."""
    files = {f"{DOCUMENTS}/{_name(document)}": document.data for document in making.documents}
    roles = _roles(files)
    if making.deposit:
        path = f"{DEPOSIT}/{_stem(making.work)}-pdfa1.pdf"
        files[path], roles["luu-tru"] = making.deposit, path
    if making.unsigned:
        path = f"{DEPOSIT}/{_stem(making.work)}-chua-ky.pdf"
        files[path], roles["pdf-chua-ky"] = making.unsigned, path
    files |= {f"{SOURCES}/{path}": data for path, data in making.sources.items()}
    files[LINES] = _lines(making.work)
    roles |= {"loi-van": LINES, "dublin-core": f"{DESCRIPTIONS}/dublin-core.xml"}
    publication = _publication(making, roles)
    described = descriptions(publication, _facts(making, publication))
    files |= {f"{DESCRIPTIONS}/{name}": data for name, data in described.items()}
    files[FILE] = to_json(publication).encode()
    return publication, files


def _name(document: Document) -> str:
    return document.path.removeprefix(f"{document.folder}/")


def _stem(work: Work) -> str:
    return work.folder.replace("/", "-")


def _roles(files: Mapping[str, bytes]) -> dict[str, str]:
    """Say which file is what: by its name, or, for PDF and DOCX, by its suffix."""
    named = {role: f"{DOCUMENTS}/{name}" for role, name in ROLES.items() if f"{DOCUMENTS}/{name}" in files}
    suffixed = {path.rpartition(".")[2]: path for path in sorted(files) if path.endswith((".pdf", ".docx"))}
    return named | suffixed


def _lines(work: Work) -> bytes:
    """Write the text line by line with the numbers in it: what `trace` and corrections read later."""
    rows = ",\n".join(json.dumps(asdict(line), ensure_ascii=False) for line in text_lines(work))
    return f'{{"lines": [\n{rows}\n]}}\n'.encode()


def _publication(making: Making, roles: Mapping[str, str]) -> Publication:
    work, before = making.work, making.before
    return Publication(
        key=work.folder,
        kind=work.kind,
        slug=work.slug,
        unit=work.unit if isinstance(work, Paper) else "",
        year=work.year if isinstance(work, Paper) else "",
        title=making.notice.title if making.notice and making.notice.withdraws else title(work),
        issue="" if isinstance(work, Paper) else work.issue,
        issued=issued(work) if isinstance(work, Paper) else work.issued,
        published=making.moment,
        as_of=as_of(work),
        period=_period(making),
        state=making.state,
        version=f"v{before.number + 1 if before else 1}",
        approvals=tuple(_approvals(making)),
        fingerprint=fingerprint(work),
        reason=making.notice.reason if making.notice else "",
        changes=making.notice.changes if making.notice else (),
        embargo=embargo(work, making.library),
        files=dict(sorted(roles.items())),
        history=(*before.history, replace(before, history=())) if before else (),
    )


def _period(making: Making) -> Period:
    """Take the period of the figures; a withdrawn paper has none any more, and keeps that of the version before."""
    if making.work.ledger:
        return making.work.ledger.period
    if making.before is None:
        raise ValueError(making.work.folder)
    return making.before.period


def _approvals(making: Making) -> Iterator[Approval]:
    if making.state is State.WITHDRAWN:
        return
    digest = fingerprint(making.work).digest
    for row in judge(making.work, making.library).approvals:
        person = making.library.people[row.by]
        yield Approval(row.by, person.name, person.post_on(row.on) or "", row.on, digest)


def _facts(making: Making, publication: Publication) -> Facts:
    work, settings = making.work, making.library.settings
    common: dict[str, Any] = {
        "identifier": making.id,
        "publisher": settings.organisation.name,
        "pages": len(_PAGE.findall(making.deposit)) if making.deposit else 0,
        "retention": settings.publishing.retention,
        "note": " ".join(filter(None, (NOTES[publication.state], publication.reason, work.illustration))),
    }
    if isinstance(work, Paper):
        head, signature = work.letterhead, work.signature
        return Facts(
            **common,
            organisation=head.author,
            notation=head.symbol,
            signer_post=" ".join(signature.lines),
            signer=signature.name,
            addressees=work.addressees,
            subjects=(settings.movement.name,),
        )
    return Facts(
        **common,
        organisation=settings.organisation.name,
        notation="",
        signer_post="",
        signer=settings.publishing.footer.responsible,
        addressees=(),
        subjects=(settings.movement.name, *work.keywords),
    )


def title(work: Work) -> str:
    """Say what an edition is called."""
    return (work.title or work.letterhead.subject) if isinstance(work, Paper) else plain(work.headline)
