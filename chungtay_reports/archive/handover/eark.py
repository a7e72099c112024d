"""E-ARK information packages (CSIP; SIP to hand over, AIP to keep): the deposit copy first, then what was published, then what it was made from."""

from __future__ import annotations

from dataclasses import dataclass

from chungtay_reports.archive.handover.descriptive import ARCHIVED_CORE, dublin_core, finding_aid
from chungtay_reports.archive.handover.mets import package_mets, representation_mets
from chungtay_reports.archive.handover.package import Package, PackageFile, PackageType
from chungtay_reports.archive.handover.premis import premis_of_package, premis_of_representation
from chungtay_reports.archive.handover.xmltext import node, xml_bytes

# Folders of a publication, in the order of the representations: what is to be kept longest comes first.
_REPRESENTATIONS = {"luu-tru": "bản nộp lưu", "tai-lieu": "bản đã công bố", "nguon": "nguồn dựng ra ấn phẩm"}
_HEADS = {PackageType.SIP: "GÓI TIN NỘP LƯU (SIP)", PackageType.AIP: "GÓI TIN LƯU TRỮ (AIP)"}
_README = """\
{head}

{title}
Mã: {id}, phiên bản {version}, công bố {created}

METS.xml là mục lục của gói: tệp nào ở đâu, cỡ bao nhiêu, mã kiểm tra SHA-256 là gì.
metadata/descriptive    mô tả: dc.xml (Dublin Core), ead.xml (EAD)
metadata/preservation   lịch sử: premis.xml (PREMIS)
metadata/other          hồ sơ của ấn phẩm do Chung tay Reports ghi
{representations}
Kiểm tra một tệp: sha256sum TỆP, rồi so với CHECKSUM của tệp ấy trong METS.xml cùng thư mục.
"""


@dataclass(frozen=True, slots=True)
class _Group:
    """The files of one representation, which lie there without the folder that they are all `below`."""

    about: str
    below: str
    files: tuple[PackageFile, ...]


def information_package(package: Package, kind: PackageType) -> dict[str, bytes]:
    """Lay a package out as E-ARK asks: path → bytes."""
    groups = _groups(package)
    files = {
        "metadata/descriptive/dc.xml": dublin_core(package),
        "metadata/descriptive/ead.xml": finding_aid(package),
        "metadata/preservation/premis.xml": premis_of_package(package),
        "documentation/doc-truoc.txt": _readme(package, kind, groups).encode(),
        "schemas/dc.xsd": _dublin_core_schema(),
    }
    placed = {ARCHIVED_CORE, *(file.path for group in groups.values() for file in group.files)}
    files |= {f"metadata/other/{file.path}": file.data for file in package.files if file.path not in placed}
    for name, group in groups.items():
        inside = _representation(package, kind, name, group)
        files |= {f"representations/{name}/{path}": data for path, data in inside.items()}
    listed = [PackageFile(path, data, package.created) for path, data in sorted(files.items())]
    return {**files, "METS.xml": package_mets(package, kind, listed, tuple(groups))}


def _groups(package: Package) -> dict[str, _Group]:
    """Sort the files into representations; an object that is no publication is a single one."""
    found = []
    for folder, about in _REPRESENTATIONS.items():
        files = tuple(file for file in package.files if file.path.startswith(f"{folder}/"))
        if files:
            found.append(_Group(about, f"{folder}/", files))
    if not found:
        found = [_Group("nội dung", "", package.files)]
    return {f"rep{number}": each for number, each in enumerate(found, 1)}


def _representation(package: Package, kind: PackageType, name: str, group: _Group) -> dict[str, bytes]:
    data = [PackageFile(f"data/{file.path.removeprefix(group.below)}", file.data, file.created) for file in group.files]
    premis = premis_of_representation(package, name, group.files)
    history = PackageFile("metadata/preservation/premis.xml", premis, package.created)
    return {
        **{file.path: file.data for file in data},
        history.path: premis,
        "METS.xml": representation_mets(package, kind, name, [*data, history]),
    }


def _readme(package: Package, kind: PackageType, groups: dict[str, _Group]) -> str:
    lines = (f"representations/{name}    {one.about}, {len(one.files)} tệp" for name, one in groups.items())
    return _README.format(
        head=_HEADS[kind],
        title=package.title,
        id=package.id,
        version=package.version.name,
        created=package.created,
        representations="\n".join(lines),
    )


def _dublin_core_schema() -> bytes:
    """Write the schema of dc.xml: any elements of Dublin Core, as text."""
    anything = node(
        "xs:any", namespace="http://purl.org/dc/elements/1.1/", processContents="skip", maxOccurs="unbounded"
    )
    kind = node("xs:complexType", node("xs:sequence", anything))
    return xml_bytes(node("xs:schema", node("xs:element", kind, name="metadata"), elementFormDefault="qualified"))
