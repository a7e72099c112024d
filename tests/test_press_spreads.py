"""Nothing is lost where columns end at the foot of a page, and no page is laid out a second time for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

# Lays a page out for one height of its columns after the other; prints which of its blocks stand on which page.
LAY_OUT = """
import json, sys
from chungtay_reports.press import setting
if sys.argv[1] == "plain":
    from weasyprint.layout import block, column
    block.columns_layout = column.columns_layout
fonts = setting.Setter()._fonts
found = []
for step in range(8):
    texts = "".join(f'<p id="p{number}">' + "<br>".join(["Trường"] * lines) + "</p>" for number, lines in enumerate((3, 3, 4)))
    html = f'''<style>@page {{ size: 400px {118.1 + step * 1.2}px; margin: 0 }}
    html, body, p, div {{ margin: 0; font: 14px/20px "Be Vietnam Pro"; orphans: 2; widows: 2 }}
    #cot {{ columns: 2 }} .rong {{ column-span: all; break-inside: avoid }}</style>
    <div id="cot">{texts}<div class="rong" id="rong">Rộng</div><p id="sau">Sau</p></div>'''
    document = setting.HTML(string=html).render(font_config=fonts)
    found.append([sorted(name for name in page.anchors if name != "cot") for page in document.pages])
print(json.dumps(found))
"""


def laid_out(way: str, folder: Path) -> list[list[list[str]]]:
    fonts = folder / "fonts.conf"
    fonts.write_text(f"<fontconfig><cachedir>{folder}/cache</cachedir></fontconfig>", encoding="utf-8")
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts), "PYTHONPATH": str(TESTS.parent)}
    command = [sys.executable, "-W", "ignore", "-c", LAY_OUT, way]
    answer = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, cwd=folder)
    found: list[list[list[str]]] = json.loads(answer.stdout)
    return found


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[list[str]]]]:
    folder = tmp_path_factory.mktemp("spreads")
    return {way: laid_out(way, folder) for way in ("ours", "plain")}


def test_every_block_is_on_a_page_at_every_height(ways: dict[str, list[list[list[str]]]]) -> None:
    assert {len(set().union(*pages)) for pages in ways["ours"]} == {5}


def test_pages_on_which_nothing_was_lost_are_as_they_were(ways: dict[str, list[list[list[str]]]]) -> None:
    whole = [(ours, plain) for ours, plain in zip(ways["ours"], ways["plain"], strict=True) if "sau" in plain[-1]]
    assert whole
    assert len(whole) < len(ways["plain"])  # WeasyPrint alone loses some
    assert all(ours == plain for ours, plain in whole)
