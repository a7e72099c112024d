"""Every short cut that the press takes through WeasyPrint, in one list; each is a module of its own."""

from __future__ import annotations

from chungtay_reports.press.cascade import share_styles
from chungtay_reports.press.cells import make_plain_cells_directly
from chungtay_reports.press.collapsing import settle_borders_by_style
from chungtay_reports.press.glyphs import keep_shaped_lines
from chungtay_reports.press.ink import write_glyphs_once
from chungtay_reports.press.lettering import set_letters_once
from chungtay_reports.press.lines import break_plain_texts_directly
from chungtay_reports.press.passes import pass_plain_lines_by
from chungtay_reports.press.pictures import keep_compressed_pixels
from chungtay_reports.press.reading import read_plain_pages_quickly
from chungtay_reports.press.rows import lay_out_plain_cells_directly
from chungtay_reports.press.rules import draw_rules_whole
from chungtay_reports.press.shaping import shape_each_text_once
from chungtay_reports.press.sheets import read_sheets_once
from chungtay_reports.press.sizes import resolve_sizes_once
from chungtay_reports.press.speed import remember_page_references
from chungtay_reports.press.tagging import tag_plain_cells_directly
from chungtay_reports.press.values import take_undeclared_values_at_once
from chungtay_reports.press.writing import write_each_object_once

SHORT_CUTS = (
    make_plain_cells_directly,
    read_sheets_once,
    settle_borders_by_style,
    keep_compressed_pixels,
    read_plain_pages_quickly,
    share_styles,
    remember_page_references,
    write_each_object_once,
    take_undeclared_values_at_once,
    resolve_sizes_once,
    shape_each_text_once,
    break_plain_texts_directly,
    lay_out_plain_cells_directly,
    pass_plain_lines_by,
    keep_shaped_lines,
    write_glyphs_once,
    set_letters_once,
    draw_rules_whole,
    tag_plain_cells_directly,
)


def take_short_cuts() -> None:
    """Take them all in this process; its WeasyPrint must be the one that they were written for (`speed.measured`)."""
    for take in SHORT_CUTS:
        take()
