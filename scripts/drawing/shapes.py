"""Pieces of the drawings: palette, people, trees, books; every function returns SVG text."""

from __future__ import annotations

INK = "#1b2430"
RED = "#9b1c1f"
TEAL = "#0f5c6e"
SAND = "#efe3cf"
DUNE = "#e0c9a3"
CREAM = "#f8f2e6"
MIST = "#cfdfdd"
SEA = "#6f9fa6"
CLAY = "#c4684f"
GOLD = "#dba347"
LEAF = "#5d8064"
MOSS = "#3f6152"
SKIN = ("#e6b993", "#d9a47b", "#c98e66")
HAIR = ("#1b2430", "#2b2a33", "#3a2c2a")
WIDTH, HEIGHT = 1600, 900


def svg(*parts: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">' + "".join(parts) + "</svg>"
    )


def group(
    *parts: str, move: tuple[float, float] = (0, 0), scale: float = 1, flip: bool = False, opacity: float = 1
) -> str:
    across = -scale if flip else scale
    return f'<g transform="translate({move[0]} {move[1]}) scale({across} {scale})" opacity="{opacity}">{"".join(parts)}</g>'


def box(x: float, y: float, w: float, h: float, fill: str, radius: float = 0) -> str:
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{radius}" fill="{fill}"/>'


def disc(x: float, y: float, r: float, fill: str) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}"/>'


def oval(x: float, y: float, rx: float, ry: float, fill: str) -> str:
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" fill="{fill}"/>'


def shape(d: str, fill: str) -> str:
    return f'<path d="{d}" fill="{fill}"/>'


def line(d: str, stroke: str, width: float, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{width}" stroke-linecap="round" '
        f'stroke-linejoin="round"{dashed}/>'
    )


def head(skin: str, hair: str, style: str, *, back: bool = False) -> str:
    """A head of radius 40 around (0, 0), neck below; faces stay empty."""
    neck = box(-13, 28, 26, 34, skin, 10)
    behind = {
        "long": shape("M-44 -4 C-48 -58 48 -58 44 -4 L50 74 C30 88 -30 88 -50 74 Z", hair),
        "bob": shape("M-46 -4 C-50 -60 50 -60 46 -4 L46 34 C40 48 -40 48 -46 34 Z", hair),
        "bun": disc(0, -46, 18, hair),
        "pony": shape("M26 -30 C70 -34 74 30 56 62 C52 30 46 4 26 -6 Z", hair),
        "short": "",
    }[style]
    if back:
        return neck + behind + shape("M-41 2 C-44 -54 44 -54 41 2 C40 36 22 44 0 44 C-22 44 -40 36 -41 2 Z", hair)
    face = shape("M-37 -6 C-38 -46 38 -46 37 -6 C36 26 20 42 0 42 C-20 42 -36 26 -37 -6 Z", skin)
    fringe = {
        "short": "M-41 0 C-46 -60 44 -62 41 0 C36 -18 24 -26 4 -24 C-16 -22 -30 -16 -34 -2 Z",
        "bun": "M-40 2 C-46 -56 46 -56 40 2 C34 -16 14 -30 0 -30 C-14 -30 -34 -16 -40 2 Z",
    }.get(style, "M-42 6 C-48 -58 48 -58 42 6 C38 -14 26 -26 -6 -30 C-14 -18 -34 -14 -42 6 Z")
    return behind + neck + face + shape(fringe, hair)


def bust(
    x: float,
    y: float,
    scale: float,
    shirt: str,
    style: str,
    tone: int = 0,
    *,
    back: bool = False,
    turn: bool = False,
    collar: str = CREAM,
) -> str:
    """Somebody behind a table whose edge is at `y`: shoulders and head."""
    body = shape("M-92 190 C-94 96 -62 70 -20 62 L20 62 C62 70 94 96 92 190 Z", shirt)
    neckline = "" if back else shape("M-17 61 L0 88 L17 61 Z", SKIN[tone]) + line("M-20 62 L0 92 L20 62", collar, 6)
    return group(
        body,
        neckline,
        head(SKIN[tone], HAIR[tone], style, back=back),
        move=(x, y - 180 * scale),
        scale=scale,
        flip=turn,
    )


def arm(d: str, shirt: str, skin: str, hand: tuple[float, float], width: float = 30) -> str:
    return line(d, shirt, width) + disc(*hand, width * 0.46, skin)


def walker(
    x: float,
    y: float,
    height: float,
    shirt: str,
    legs: str,
    style: str,
    tone: int = 0,
    *,
    skirt: bool = False,
    bag: str = "",
    scarf: bool = False,
    wave: bool = False,
    back: bool = False,
    turn: bool = False,
    stride: int = 14,
) -> str:
    """Somebody standing or walking on the ground at `y`; 400 units high before scaling."""
    skin, hair = SKIN[tone], HAIR[tone]
    feet = line(f"M-18 -150 L{-18 - stride} -12", legs, 34) + line(f"M18 -150 L{18 + stride} -12", legs, 34)
    shoes = oval(-18 - stride + 6, -6, 22, 9, INK) + oval(18 + stride + 6, -6, 22, 9, INK)
    skirted = shape("M-46 -190 L-66 -92 C-30 -80 30 -80 66 -92 L46 -190 Z", legs) if skirt else ""
    legs_below = line(f"M-16 -110 L{-16 - stride} -12", skin, 20) + line(f"M16 -110 L{16 + stride} -12", skin, 20)
    body = shape(
        "M-50 -160 L-54 -270 C-52 -300 -26 -308 0 -308 C26 -308 52 -300 54 -270 L50 -160 C30 -152 -30 -152 -50 -160 Z",
        shirt,
    )
    left = arm("M-46 -276 C-66 -240 -70 -210 -64 -176", shirt, skin, (-63, -166), 26)
    right = (
        arm("M46 -278 C84 -290 92 -330 88 -366", shirt, skin, (88, -378), 26)
        if wave
        else arm("M46 -276 C66 -240 70 -210 62 -176", shirt, skin, (61, -166), 26)
    )
    pack = (
        shape("M-40 -286 C-40 -300 40 -300 40 -286 L44 -186 C30 -176 -30 -176 -44 -186 Z", bag)
        + line("M-30 -236 L30 -236", INK, 4)
        if bag and back
        else ""
    )
    straps = line("M-26 -304 L-34 -210", bag, 11) + line("M26 -304 L34 -210", bag, 11) if bag and not back else ""
    knot = (
        (
            shape("M-34 -312 C-14 -298 14 -298 34 -312 L40 -292 C16 -280 -16 -280 -40 -292 Z", RED)
            + ("" if back else shape("M-6 -290 L-22 -240 L-2 -252 L8 -236 L8 -290 Z", RED))
        )
        if scarf
        else ""
    )
    face = group(head(skin, hair, style, back=back), move=(0, -356), scale=0.98)
    lower = (legs_below + skirted) if skirt else feet
    return group(shoes, lower, left, body, right, face, straps, pack, knot, move=(x, y), scale=height / 400, flip=turn)


def tree(x: float, y: float, height: float, crown: str = LEAF, trunk: str = "#7a5a44") -> str:
    return group(
        shape("M-12 0 L-7 -150 L7 -150 L12 0 Z", trunk),
        disc(0, -230, 92, crown), disc(-62, -180, 62, crown), disc(64, -182, 66, crown), disc(10, -160, 60, crown),
        move=(x, y), scale=height / 322,
    )  # fmt: skip


def palm(x: float, y: float, height: float, leaf: str = MOSS) -> str:
    """An areca palm."""
    fronds = "".join(
        shape(
            f"M0 -300 C{dx * 0.4} {-340 - lift} {dx * 0.8} {-330 - lift} {dx} {-270 + drop} C{dx * 0.7} {-306} {dx * 0.3} -300 0 -296 Z",
            leaf,
        )
        for dx, lift, drop in (
            (-110, 10, 10),
            (110, 10, 10),
            (-86, 50, -50),
            (86, 50, -50),
            (-60, -20, 50),
            (60, -20, 50),
            (14, 70, -100),
        )
    )
    return group(shape("M-7 0 L-4 -300 L4 -300 L8 0 Z", "#8a7560"), fronds, move=(x, y), scale=height / 400)


def books(x: float, y: float, colours: tuple[str, ...], width: float = 110) -> str:
    return "".join(
        box(x + (i % 2) * 8, y - 20 * (i + 1), width - (i % 3) * 10, 18, colour, 4)
        + box(x + (i % 2) * 8 + 10, y - 20 * (i + 1) + 6, 20, 6, CREAM, 2)
        for i, colour in enumerate(colours)
    )


def sheet(x: float, y: float, angle: float = 0, scale: float = 1) -> str:
    rules = "".join(line(f"M14 {18 + 14 * i} L{86 - 18 * (i % 2)} {18 + 14 * i}", SEA, 4) for i in range(4))
    return f'<g transform="translate({x} {y}) rotate({angle}) scale({scale} {scale * 0.62})">{box(0, 0, 104, 84, "#fffdf8", 3)}{rules}</g>'


def laptop(x: float, y: float, scale: float = 1, *, back: bool = True) -> str:
    lid = box(-80, -112, 160, 108, INK, 8) + (disc(0, -60, 9, SEA) if back else box(-70, -102, 140, 88, MIST, 3))
    return group(lid, shape("M-98 0 L98 0 L90 -12 L-90 -12 Z", "#3b4652"), move=(x, y), scale=scale)
