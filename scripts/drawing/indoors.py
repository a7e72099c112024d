"""Scenes in rooms: the study session of two schools, and the lesson across the mountains."""

from __future__ import annotations

from drawing.shapes import (
    CLAY,
    CREAM,
    GOLD,
    HAIR,
    HEIGHT,
    INK,
    LEAF,
    MIST,
    MOSS,
    RED,
    SAND,
    SEA,
    SKIN,
    TEAL,
    WIDTH,
    arm,
    books,
    box,
    bust,
    disc,
    group,
    head,
    laptop,
    line,
    oval,
    shape,
    sheet,
    svg,
    tree,
)  # fmt: skip


def _window(x: float, y: float, w: float, h: float) -> str:
    view = (
        box(x, y, w, h, "#bcd8dc")
        + shape(
            f"M{x} {y + h} L{x} {y + h * 0.62} C{x + w * 0.3} {y + h * 0.48} {x + w * 0.6} {y + h * 0.8} {x + w} {y + h * 0.58} L{x + w} {y + h} Z",
            "#9fbfa6",
        )
        + group(tree(0, 0, h * 0.72, LEAF), move=(x + w * 0.66, y + h))
    )
    frame = f'<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="none" stroke="{CREAM}" stroke-width="16"/>'
    bars = line(f"M{x + w / 2} {y} L{x + w / 2} {y + h}", CREAM, 10) + line(
        f"M{x} {y + h * 0.42} L{x + w} {y + h * 0.42}", CREAM, 10
    )
    return (
        f'<svg x="0" y="0" width="{WIDTH}" height="{HEIGHT}"><clipPath id="w{x}"><rect x="{x}" y="{y}" width="{w}" height="{h}"/></clipPath><g clip-path="url(#w{x})">{view}</g></svg>'
        + bars
        + frame
        + box(x - 24, y + h, w + 48, 20, "#fffaf0", 4)
    )


def _board() -> str:
    chalk = "#d6e6e4"
    return (
        box(548, 96, 640, 332, "#7a5a44", 10)
        + box(564, 112, 608, 300, "#154b57", 4)
        + line("M620 176 L800 176 M620 214 L760 214 M620 252 L786 252", chalk, 7)
        + f'<circle cx="950" cy="262" r="82" fill="none" stroke="{chalk}" stroke-width="7"/>'
        + line("M950 180 L950 344 M868 262 L1032 262", chalk, 5)
        + line("M950 262 L1010 206", GOLD, 8)
        + line("M620 330 C660 286 700 370 740 320 C764 292 786 300 806 316", GOLD, 8)
        + box(548, 420, 640, 14, "#8d6b52", 4)
    )


def _presenter() -> str:
    """A teacher in áo dài beside the board."""
    robe = RED
    return group(
        shape("M-34 -150 L-40 150 L40 150 L34 -150 Z", "#fffaf0"),
        shape("M-52 -190 C-50 -222 -26 -230 0 -230 C26 -230 50 -222 52 -190 L42 -84 C52 -20 62 60 66 128 C44 136 22 138 4 134 L0 -20 L-6 134 C-26 138 -46 136 -66 128 C-62 60 -52 -20 -42 -84 Z", robe),
        arm("M44 -196 C70 -150 80 -128 62 -92", robe, SKIN[0], (60, -84), 25),
        arm("M-44 -198 C-86 -206 -120 -232 -150 -262", robe, SKIN[0], (-158, -269), 25),
        line("M-164 -276 L-232 -322", "#8d6b52", 7),
        shape("M-20 -232 C-8 -222 8 -222 20 -232 L18 -244 L-18 -244 Z", robe),
        group(head(SKIN[0], HAIR[0], "long"), move=(0, -282), scale=0.92),
        move=(1290, 470), scale=1.12,
    )  # fmt: skip


def study_session() -> str:
    """Teachers of two schools around one long table."""
    wall = box(0, 0, WIDTH, HEIGHT, SAND) + box(0, 560, WIDTH, 340, "#d9bf95")
    skirting = box(0, 548, WIDTH, 14, "#c9ab7c")
    shelf = box(1370, 300, 190, 12, "#8d6b52", 3) + books(1388, 300, (RED, GOLD, TEAL)) + group(
        shape("M-30 0 L-22 -50 L22 -50 L30 0 Z", CLAY), disc(-20, -78, 26, MOSS), disc(14, -92, 30, LEAF), disc(30, -66, 22, MOSS),
        move=(1520, 300),
    )  # fmt: skip
    behind = (
        bust(240, 640, 1.05, TEAL, "short", 1)
        + bust(460, 640, 1.0, "#fffaf0", "bob", 0, collar=SEA)
        + bust(690, 636, 1.04, SEA, "bun", 1)
        + bust(930, 636, 1.02, CLAY, "short", 0)
        + bust(1150, 640, 1.02, GOLD, "pony", 2)
    )
    table = (
        shape("M80 628 L1440 628 L1620 812 L-100 812 Z", "#a9774f")
        + box(-100, 812, 1800, 28, "#8a5d3b")
        + shape("M120 640 L1400 640 L1424 664 L96 664 Z", "#b98659")
    )
    things = (
        sheet(250, 676, -6, 1.15) + sheet(400, 690, 5, 1.15) + laptop(700, 716, 1.0) + sheet(860, 676, -4, 1.2)
        + books(1060, 716, (TEAL, RED, GOLD), 120) + sheet(1200, 690, 8, 1.1)
        + group(oval(0, 4, 44, 10, "#8a5d3b"), shape("M-34 0 C-44 -44 44 -44 34 0 Z", "#fffaf0"), line("M34 -22 C56 -26 56 -4 36 -6", "#fffaf0", 7), box(-8, -46, 16, 12, "#fffaf0", 4), move=(576, 740))
    )  # fmt: skip
    front = (
        bust(330, 934, 1.34, TEAL, "bun", 0, back=True)
        + bust(790, 944, 1.34, INK, "short", 1, back=True)
        + bust(1240, 934, 1.34, "#6d2a2a", "bob", 2, back=True)
    )
    return svg(wall, skirting, _window(120, 110, 300, 300), _board(), shelf, _presenter(), behind, table, things, front)


def _screen_teacher(x: float, y: float, w: float, h: float) -> str:
    inside = (
        box(x, y, w, h, MIST)
        + box(x, y, w * 0.4, h, "#154b57")
        + line(f"M{x + 24} {y + 40} L{x + w * 0.3} {y + 40} M{x + 24} {y + 70} L{x + w * 0.26} {y + 70}", "#d6e6e4", 6)
    )
    person = bust(x + w * 0.66, y + h + 6, h / 230, RED, "bob", 0)
    return f'<clipPath id="s"><rect x="{x}" y="{y}" width="{w}" height="{h}" rx="6"/></clipPath><g clip-path="url(#s)">{inside}{person}</g>'


def online_lesson() -> str:
    """A teacher in the city, pupils beyond the mountains, one lesson."""
    sky = box(0, 0, WIDTH, HEIGHT, "#f6e7cb") + disc(812, 336, 98, "#f0c987")
    ranges = shape(
        "M420 560 L640 300 L760 400 L930 216 L1120 420 L1240 330 L1600 560 L1600 900 L420 900 Z", "#c3d3cc"
    ) + shape("M380 640 L600 440 L740 540 L900 380 L1090 560 L1290 420 L1600 620 L1600 900 L380 900 Z", "#8fb0ab")
    outline = (
        "M300 {a} C520 {b} 640 {c} 770 {d} C900 {e} 1010 {f} 1170 {g} C1300 {h} 1440 {h} 1640 {g} L1640 900 L300 900 Z"
    )
    terraces = "".join(
        shape(
            outline.format(
                a=760 + fall,
                b=650 + fall,
                c=600 + fall,
                d=668 + fall,
                e=590 + fall,
                f=590 + fall,
                g=650 + fall,
                h=590 + fall,
            ),
            fill,
        )
        for fall, fill in zip(
            range(0, 280, 40),
            ("#5f8f86", "#7fa98a", "#6d9c86", "#93b58a", "#79a488", "#a3c08c", "#86ab88"),
            strict=True,
        )
    )
    return svg(sky, ranges, terraces, _city_desk(), _signal(), _hill_class())


def _signal() -> str:
    dots = line("M470 250 C640 96 900 84 1080 236", RED, 7, "2 22")
    bubble = group(
        shape("M-104 -46 C-104 -70 -88 -82 -66 -82 L66 -82 C88 -82 104 -70 104 -46 L104 -22 C104 2 88 14 66 14 L10 14 L-22 46 L-22 14 L-66 14 C-88 14 -104 2 -104 -22 Z", "#fffdf8"),
        f'<text x="0" y="-16" text-anchor="middle" font-family="Be Vietnam Pro, Helvetica, Arial, sans-serif" font-size="50" font-weight="700" fill="{TEAL}">Hello!</text>',
        move=(770, 134),
    )  # fmt: skip
    return dots + bubble


def _city_desk() -> str:
    wall = shape("M0 0 L470 0 L560 900 L0 900 Z", "#f3e3c6") + line("M470 0 L560 900", "#fffaf0", 18)
    blocks = "".join(
        box(x, y, w, 420 - y, fill)
        + "".join(
            box(x + 12 + 22 * c, y + 16 + 28 * r, 11, 15, "#f7e6b8")
            for c in range(int((w - 14) // 22))
            for r in range(int((404 - y) // 28))
        )
        for x, y, w, fill in (
            (66, 210, 66, SEA),
            (132, 150, 74, TEAL),
            (206, 236, 82, "#5b7f8a"),
            (288, 180, 62, "#3c6d79"),
        )
    )
    window = (
        box(56, 100, 306, 330, "#dcebea")
        + blocks
        + '<rect x="56" y="100" width="306" height="330" fill="none" stroke="#fffaf0" stroke-width="16"/>'
        + line("M209 100 L209 430", "#fffaf0", 9)
        + box(36, 430, 346, 18, "#fffaf0", 4)
    )
    teacher = bust(238, 704, 1.42, RED, "bob", 0) + arm(
        "M330 640 C392 622 404 566 394 520", RED, SKIN[0], (392, 506), 42
    )
    desk = box(-20, 704, 552, 34, "#a9774f", 4) + box(20, 738, 30, 170, "#8a5d3b") + box(452, 738, 30, 170, "#8a5d3b")
    return wall + window + teacher + desk + books(40, 704, (TEAL, GOLD, CLAY), 116) + laptop(300, 704, 1.24)


def _hill_class() -> str:
    ground = shape("M800 900 C900 800 1080 772 1600 786 L1600 900 Z", "#c9ab7c")
    hut = (
        shape("M930 372 L1256 232 L1584 372 L1556 396 L1256 268 L958 396 Z", "#7a4f36")
        + shape("M966 392 L1256 268 L1548 392 L1548 404 L966 404 Z", "#9a6a47")
        + box(980, 396, 556, 408, "#e9d3ab")
        + box(980, 396, 18, 420, "#7a4f36")
        + box(1518, 396, 18, 420, "#7a4f36")
    )
    screen = box(1082, 430, 350, 228, INK, 12) + _screen_teacher(1096, 444, 322, 200)
    desks = "".join(
        box(x, 770, 176, 20, "#a9774f", 4) + box(x + 16, 790, 14, 90, "#8a5d3b") + box(x + 146, 790, 14, 90, "#8a5d3b")
        for x in (966, 1186, 1404)
    )
    pupils = (
        bust(1052, 772, 0.92, TEAL, "pony", 1, back=True)
        + bust(1276, 772, 0.92, "#6d2a2a", "short", 2, back=True)
        + bust(1486, 772, 0.92, INK, "bob", 1, back=True)
    )
    scarves = "".join(
        shape(f"M{x - 34} {y} C{x - 12} {y + 12} {x + 12} {y + 12} {x + 34} {y} L{x} {y + 40} Z", RED)
        for x, y in ((1052, 664), (1276, 664), (1486, 664))
    )
    raised = arm("M1334 694 C1372 664 1376 614 1370 578", "#6d2a2a", SKIN[2], (1369, 566), 32)
    return ground + hut + screen + raised + pupils + scarves + desks
