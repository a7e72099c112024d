"""What an archive holds, for people: every object with its title, its versions and who made them when."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chungtay_reports.archive.ocfl import ArchiveError, Inventory, Store
from chungtay_reports.archive.publication import FILE, Publication, PublicationUnreadableError, read_publication


@dataclass(frozen=True, slots=True)
class Holding:
    """One object of an archive; the publication is that of its newest version, None when it holds something else."""

    id: str
    folder: str
    inventory: Inventory
    publication: Publication | None

    @property
    def title(self) -> str:
        return self.publication.title if self.publication else self.id

    @property
    def key(self) -> str:
        return self.publication.key if self.publication else self.id


def holdings(root: Path) -> tuple[Holding, ...]:
    """List the objects of an archive of ours, sorted by id; none in an empty folder."""
    store = Store.find(root)
    return tuple(_holding(store, object_id) for object_id in store.objects()) if store else ()


def _holding(store: Store, object_id: str) -> Holding:
    inventory = store.inventory(object_id)
    if inventory is None:
        raise ArchiveError(f"{object_id} không nằm đúng chỗ trong kho; chạy “chungtay archive verify”.")
    publication = None
    if FILE in inventory.head.state:
        try:
            publication = read_publication(store.read(object_id, FILE).decode("utf-8", "replace"))
        except (PublicationUnreadableError, ArchiveError):
            publication = None  # damaged, of a newer program, or not ours: still listed, by its id
    return Holding(object_id, store.place(object_id).name, inventory, publication)
