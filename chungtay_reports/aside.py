"""Records have changed, and no edition asks for what changed: said before anything that composes is imported.

All else must be, digest for digest, what the last build of the same command began with; what that came to stands in the
memory of the build (`making.Rest`).
"""

from __future__ import annotations

from datetime import date

from chungtay_reports import disk, making
from chungtay_reports.disk import BUILD
from chungtay_reports.errors import wrong
from chungtay_reports.unchanged import Answer, Look
from chungtay_reports.workspace.ground import Laid, keep, lay
from chungtay_reports.workspace.stock import open_stock


def build(look: Look, today: date) -> Answer | None:
    """Do all that `building.build` would do where it makes nothing; None when it is not certain that it would."""
    root = look.root
    with disk.lock(root) as at_once:
        memory = making.recall(root)
        rest, before = memory.rest, memory.made
        if not at_once or rest.aside != look.aside or not before.keys() >= set(rest.folders):
            return None
        stock = open_stock(root, look.program)
        laid = lay(root, today, stock, look.inputs.digests)
        if not isinstance(laid, Laid) or wrong(laid.problems):
            return None
        tasks = {making.Task(folder, ()): before[folder].groups for folder in rest.folders}
        there = look.digests([note for folder in rest.folders for note in before[folder].notes])
        plan = making.plan(tasks, memory, laid.ground, stock, there.get, story=lambda *_: "")
        if plan.reasons:
            return None
        same = {folder: making.renewed(made, making.SAME) for folder, made in plan.kept.items()}
        notes = tuple(note for made in same.values() for note in made.notes)
        manifest = disk.write_editions(root, root / BUILD, (), kept=notes)
        keep(root, look.program, stock, laid)
        records = {path: source.digest for path, source in laid.ground.sources.items()}
        making.remember(root, making.Memory(records, making.standing({**plan.others, **same}, manifest), rest))
    warnings = (*laid.problems, *rest.warnings, *(problem for made in same.values() for problem in made.warnings))
    return Answer(notes, tuple(sorted(set(warnings))))
