"""Scenes outdoors: a visit, the evening drum, a bridge between two schools."""

from __future__ import annotations

from drawing.shapes import (
    CLAY,
    CREAM,
    DUNE,
    GOLD,
    HEIGHT,
    INK,
    LEAF,
    MIST,
    MOSS,
    RED,
    SEA,
    SKIN,
    TEAL,
    WIDTH,
    box,
    bust,
    disc,
    group,
    line,
    oval,
    palm,
    shape,
    svg,
    tree,
    walker,
)  # fmt: skip


def _windows(
    x: float, y: float, columns: int, rows: int, step: tuple[float, float], size: tuple[float, float], fill: str
) -> str:
    return "".join(
        box(x + c * step[0], y + r * step[1], *size, fill, 3)
        + line(
            f"M{x + c * step[0] + size[0] / 2} {y + r * step[1]} L{x + c * step[0] + size[0] / 2} {y + r * step[1] + size[1]}",
            CREAM,
            3,
        )
        for c in range(columns)
        for r in range(rows)
    )


def _school(x: float, y: float, width: float, wall: str, roof: str, rows: int = 2, *, flagged: bool = True) -> str:
    """A long school house with corridors, standing on `y`."""
    height = 116 * rows
    columns = int((width - 60) // 84)
    corridor = "".join(box(x - 10, y - 116 * (r + 1) + 84, width + 20, 12, "#fffaf0", 3) for r in range(rows))
    flag = line(f"M{x + width / 2} {y - height - 60} L{x + width / 2} {y - height - 170}", "#8a7560", 6) + shape(
        f"M{x + width / 2} {y - height - 170} l78 8 l0 42 l-78 -4 Z", RED
    )
    return (
        box(x, y - height, width, height, wall)
        + _windows(x + 34, y - height + 22, columns, rows, (84, 116), (50, 58), MIST)
        + corridor + (flag if flagged else "")
        + shape(f"M{x - 26} {y - height} L{x + 40} {y - height - 66} L{x + width - 40} {y - height - 66} L{x + width + 26} {y - height} Z", roof)
    )  # fmt: skip


def _gate() -> str:
    post = "#b7683f"
    return (
        box(806, 300, 62, 470, post) + box(1302, 300, 62, 470, post)
        + box(796, 282, 82, 26, "#8d4a2b", 4) + box(1292, 282, 82, 26, "#8d4a2b", 4)
        + shape("M760 262 C920 214 1250 214 1410 262 L1410 292 L760 292 Z", "#8d4a2b")
        + shape("M800 206 C940 168 1230 168 1370 206 L1410 262 L760 262 Z", RED)
        + box(868, 292, 434, 66, "#fffaf0") + line("M930 325 L1240 325", TEAL, 12)
        + box(868, 300, 434, 8, "#e3cfae")
    )  # fmt: skip


def _bus() -> str:
    return (
        box(60, 470, 470, 210, TEAL, 26) + box(60, 590, 470, 30, GOLD)
        + "".join(box(88 + 88 * i, 500, 72, 74, MIST, 8) for i in range(4)) + box(446, 500, 66, 150, "#dcebea", 8)
        + "".join(disc(x, 684, 44, INK) + disc(x, 684, 18, DUNE) for x in (160, 414))
    )  # fmt: skip


def visit() -> str:
    """Pupils and teachers walk in through a school gate."""
    sky = box(0, 0, WIDTH, HEIGHT, "#f6ead3") + disc(230, 190, 84, "#f2cf93")
    town = shape(
        "M0 470 L120 470 L120 400 L220 400 L220 440 L330 440 L330 360 L430 360 L430 470 L620 470 L620 700 L0 700 Z",
        "#d8d3c0",
    )
    yard = box(0, 690, WIDTH, 210, "#d9bf95") + shape("M560 900 L880 720 L1290 720 L1600 900 Z", "#ead7b1")
    school = _school(900, 690, 620, "#f0d9a6", CLAY, 3, flagged=False)
    trees = tree(700, 706, 330, LEAF) + tree(1480, 720, 380, MOSS) + tree(30, 716, 300, MOSS)
    people = (
        walker(640, 806, 330, "#fffaf0", INK, "bob", 0, scarf=True, turn=True, bag=GOLD)
        + walker(770, 846, 440, TEAL, INK, "short", 1, wave=True)
        + walker(906, 826, 320, "#fffaf0", TEAL, "pony", 1, skirt=True, scarf=True, bag=RED)
        + walker(1020, 850, 340, "#fffaf0", INK, "short", 2, scarf=True, bag=SEA)
        + walker(1136, 826, 322, "#fffaf0", TEAL, "bob", 0, skirt=True, scarf=True, bag=GOLD, turn=True)
        + walker(1252, 856, 346, "#fffaf0", INK, "short", 1, scarf=True, wave=True, bag=CLAY)
        + walker(1396, 842, 436, RED, "#fffaf0", "long", 0)
        + walker(500, 838, 326, "#fffaf0", TEAL, "pony", 2, skirt=True, scarf=True, bag=SEA)
    )
    shadows = "".join(
        oval(x, y, 66, 12, "#c9ab7c")
        for x, y in ((640, 806), (770, 846), (906, 826), (1020, 850), (1136, 826), (1252, 856), (1396, 842), (500, 838))
    )
    return svg(sky, town, school, trees, yard, _gate(), _bus(), shadows, people)


def _house(x: float, y: float, width: float, *, lit: bool = True) -> str:
    wall, glow = "#31414f", "#f4c66b" if lit else "#22303c"
    height = width * 0.46
    return (
        box(x, y - height, width, height, wall)
        + shape(
            f"M{x - 24} {y - height + 8} L{x + 30} {y - height - width * 0.26} L{x + width - 30} {y - height - width * 0.26} L{x + width + 24} {y - height + 8} Z",
            "#1a2530",
        )
        + box(x + width * 0.14, y - height * 0.74, width * 0.3, height * 0.44, glow, 3)
        + line(f"M{x + width * 0.29} {y - height * 0.74} L{x + width * 0.29} {y - height * 0.3}", wall, 4)
        + box(x + width * 0.64, y - height * 0.72, width * 0.2, height * 0.72, "#263542", 3)
    )


def _drum() -> str:
    """A big drum on its stand, seen from the side, and the rings of its sound."""
    rings = "".join(
        f'<path d="M{-150 - 70 * i} {-120 - 50 * i} A{190 + 86 * i} {190 + 86 * i} 0 0 0 {-150 - 70 * i} {120 + 50 * i}" fill="none" stroke="{GOLD}" stroke-width="{10 - 2 * i}" stroke-linecap="round" opacity="{0.75 - 0.18 * i}"/>'
        for i in range(3)
    )
    barrel = shape("M-96 -112 C-40 -142 40 -142 96 -112 L96 112 C40 142 -40 142 -96 112 Z", RED)
    bands = line("M-62 -126 L-62 126 M62 -126 L62 126", "#6f1416", 12) + "".join(
        disc(-86, -84 + 42 * i, 7, GOLD) + disc(86, -84 + 42 * i, 7, GOLD) for i in range(5)
    )
    skins = oval(-96, 0, 26, 112, "#f0dcb4") + oval(96, 0, 24, 112, "#d8bf90")
    stand = line("M-70 240 L-40 110 M70 240 L40 110 M-90 240 L90 240 M-58 180 L58 180", "#5b3b27", 18)
    return group(rings, stand, barrel, bands, skins, move=(840, 560))


def _drummer() -> str:
    skin = SKIN[1]
    return group(
        line("M-22 -10 L-34 190 M26 -10 L44 190", INK, 46) + oval(-28, 198, 36, 13, "#0e151d") + oval(54, 198, 36, 13, "#0e151d"),
        shape("M-66 10 L-70 -150 C-66 -190 -30 -200 0 -200 C30 -200 66 -190 70 -150 L64 10 C30 22 -34 22 -66 10 Z", "#e8dcc3"),
        line("M-46 -166 C-84 -150 -104 -140 -112 -128", "#d8c9ab", 36) + line("M-116 -122 L-160 -54", "#c9965e", 11),
        disc(-118, -120, 19, skin) + disc(-162, -50, 16, CLAY),
        line("M50 -166 C108 -172 122 -220 104 -262", "#e8dcc3", 36) + line("M102 -268 L34 -346", "#c9965e", 11),
        disc(102, -270, 19, skin) + disc(30, -350, 16, CLAY),
        group(disc(0, 0, 46, skin) + shape("M-47 6 C-50 -62 52 -64 48 8 C44 30 36 34 26 34 C34 6 22 -18 -4 -18 C-26 -18 -40 -10 -47 6 Z", "#20262e") + box(-10, 34, 26, 30, skin, 8), move=(-4, -254)),
        move=(1110, 596),
    )  # fmt: skip


def _study_window() -> str:
    """A lit room with a child at a desk."""
    room = box(60, 330, 420, 300, "#2f4150", 6) + shape("M20 340 L110 232 L430 232 L520 340 Z", "#1a2530")
    glow = box(104, 372, 332, 212, "#f6d184", 4)
    shelf = (
        box(330, 414, 92, 8, "#8d6b52")
        + box(338, 384, 12, 30, RED)
        + box(354, 380, 14, 34, TEAL)
        + box(372, 388, 12, 26, CLAY)
    )
    lamp = line("M150 560 L150 476 L190 452", INK, 7) + shape("M172 436 L224 452 L206 486 L164 462 Z", TEAL)
    child = bust(276, 566, 0.82, TEAL, "pony", 1)
    desk = box(104, 560, 332, 26, "#a9774f") + shape("M226 560 L280 548 L334 560 L280 566 Z", "#fffdf8")
    bars = '<rect x="104" y="372" width="332" height="212" fill="none" stroke="#5b3b27" stroke-width="14"/>'
    return room + glow + shelf + child + lamp + desk + bars


def evening_drum() -> str:
    """The drum that says it is time to learn, in a village at nightfall."""
    sky = (
        '<defs><linearGradient id="n" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#14293a"/><stop offset=".62" stop-color="#2c5563"/><stop offset="1" stop-color="#c98a5c"/></linearGradient></defs>'
        '<rect width="1600" height="640" fill="url(#n)"/>'
        + shape("M1336 92 A70 70 0 1 1 1268 196 A84 84 0 0 0 1336 92 Z", "#f6e3b4")
        + "".join(disc(x, y, r, "#f6e3b4") for x, y, r in ((120, 90, 3), (300, 150, 4), (520, 70, 3), (700, 140, 3), (930, 84, 4), (1120, 210, 3), (1480, 260, 4), (1540, 90, 3), (620, 220, 3)))
    )  # fmt: skip
    hills = shape("M0 520 C220 420 420 440 640 500 C860 400 1120 380 1600 500 L1600 660 L0 660 Z", "#1f3a46") + shape(
        "M0 580 C300 500 520 540 760 570 C1040 500 1320 520 1600 570 L1600 680 L0 680 Z", "#182e39"
    )
    ground = shape("M0 640 C500 600 1100 610 1600 640 L1600 900 L0 900 Z", "#3d4a45") + oval(
        960, 806, 420, 62, "#4b5a50"
    )
    village = (
        _house(1220, 650, 190) + _house(1430, 664, 230) + _house(560, 612, 130) + _house(1050, 606, 120, lit=False)
    )
    trees = (
        palm(1320, 632, 290, "#17302f") + palm(600, 598, 220, "#17302f") + tree(1590, 640, 260, "#17302f", "#2a2520")
    )
    return svg(sky, hills, ground, trees, village, _study_window(), _drum(), _drummer())


def bridge() -> str:
    """A bridge between a school in the city and one among the fields."""
    sky = box(0, 0, WIDTH, HEIGHT, "#f5e8cf") + disc(800, 300, 150, "#f2cf93")
    towers = "".join(
        box(x, y, w, 620 - y, fill) + _lights(x, y, w)
        for x, y, w, fill in (
            (20, 230, 92, "#a9bfbd"),
            (118, 150, 106, SEA),
            (232, 270, 84, "#8fb0ab"),
            (322, 210, 96, "#a9bfbd"),
            (424, 310, 70, "#c3d0c8"),
        )
    )
    hills = shape(
        "M1000 620 C1130 440 1240 380 1340 440 C1430 340 1520 330 1640 420 L1640 640 L1000 640 Z", "#a9c2ab"
    ) + shape("M1060 640 C1200 500 1320 520 1420 560 C1500 500 1560 490 1640 520 L1640 640 Z", "#86ab8c")
    river = shape("M0 690 L1600 690 L1600 900 L0 900 Z", "#9dbfc0") + "".join(
        line(f"M{x} {y} L{x + w} {y}", "#c4dad8", 7)
        for x, y, w in (
            (540, 780, 120),
            (700, 830, 180),
            (930, 776, 110),
            (620, 872, 90),
            (1000, 850, 140),
            (820, 740, 60),
        )
    )
    banks = shape("M0 640 L430 640 C500 660 520 760 470 900 L0 900 Z", "#d9bf95") + shape(
        "M1600 640 L1170 640 C1100 660 1080 760 1130 900 L1600 900 Z", "#b7c78f"
    )
    paddies = "".join(
        line(
            f"M{1200 + 16 * i} {736 + 40 * i} C{1320} {716 + 40 * i} {1460} {748 + 40 * i} 1600 {728 + 40 * i}",
            "#94ad72",
            10,
        )
        for i in range(4)
    )
    deck = (
        shape("M300 712 C540 462 1060 462 1300 712 L1236 712 C1040 516 560 516 364 712 Z", "#8d4a2b")
        + shape("M300 694 C540 444 1060 444 1300 694 L1270 694 C1044 470 556 470 330 694 Z", "#b7683f")
        + "".join(
            line(f"M{x} {y} L{x} {y + d}", "#8d4a2b", 18)
            for x, y, d in ((500, 590, 190), (650, 540, 270), (950, 540, 270), (1100, 590, 190))
        )
    )
    rail = line("M352 590 C560 396 1040 396 1248 590", RED, 10) + "".join(
        line(f"M{x} {y - 62} L{x} {y}", RED, 7)
        for x, y in ((352, 652), (420, 596), (500, 552), (580, 526), (1020, 526), (1100, 552), (1180, 596), (1248, 652))
    )
    people = (
        walker(700, 506, 196, TEAL, INK, "short", 1)
        + walker(766, 500, 190, "#fffaf0", TEAL, "bob", 0, skirt=True, scarf=True, wave=True)
        + walker(850, 500, 190, "#fffaf0", INK, "short", 2, scarf=True, wave=True, turn=True)
        + walker(916, 506, 196, RED, "#fffaf0", "long", 0, turn=True)
        + walker(610, 532, 160, "#fffaf0", INK, "short", 0, scarf=True, bag=GOLD)
        + walker(1000, 534, 160, "#fffaf0", TEAL, "pony", 1, skirt=True, scarf=True, bag=CLAY, turn=True)
    )
    left = _school(24, 690, 300, "#f0d9a6", CLAY, 2) + tree(30, 720, 220, LEAF) + tree(400, 760, 170, MOSS)
    right = (
        _school(1290, 690, 300, "#f6ead3", TEAL, 1)
        + palm(1256, 726, 320)
        + palm(1566, 716, 360)
        + tree(1590, 800, 150, LEAF)
    )
    return svg(sky, towers, hills, river, banks, paddies, left, right, deck, people, rail)


def _lights(x: float, y: float, w: float) -> str:
    return "".join(
        box(x + 14 + 24 * c, y + 18 + 34 * r, 11, 16, "#f7ecd2")
        for c in range(int((w - 18) // 24))
        for r in range(int((590 - y) // 34))
    )
