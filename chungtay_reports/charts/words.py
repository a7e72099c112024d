"""A chart in words, for readers who do not see it: what is largest, what is smallest, and who is missing."""

from __future__ import annotations

from chungtay_reports.charts.specs import ChartSpec, Datum, TileMap, data

FEW = 6  # up to so many numbers are all read out


def describe(spec: ChartSpec) -> str:
    """Say the message of a chart in Vietnamese, from the printed texts alone."""
    if spec.summary:
        return spec.summary
    numbers = list(data(spec))
    if not numbers:
        return "Biểu đồ chưa có số liệu."
    sentences = [_all(numbers)] if len(numbers) <= FEW else [_extremes(numbers)]
    if isinstance(spec, TileMap):
        missing = [tile.label for tile in spec.tiles if tile.datum is None]
        if missing:
            sentences.append(f"{spec.missing[:1].upper()}{spec.missing[1:]}: {', '.join(missing)}.")
    return " ".join(sentences)


def _all(numbers: list[tuple[str, Datum]]) -> str:
    return "; ".join(f"{label}: {datum.text}" for label, datum in numbers) + "."


def _extremes(numbers: list[tuple[str, Datum]]) -> str:
    """Name the largest and the smallest, with all that share the place."""
    values = [datum.number for _, datum in numbers]
    largest, smallest = max(values), min(values)
    if largest == smallest:
        return f"Tất cả bằng nhau: {numbers[0][1].text}."
    return f"Nhiều nhất: {_named(numbers, largest)}; ít nhất: {_named(numbers, smallest)}."


def _named(numbers: list[tuple[str, Datum]], value: object) -> str:
    sharing = [(label, datum) for label, datum in numbers if datum.number == value]
    if len(sharing) > FEW:
        return f"{', '.join(label for label, _ in sharing[:FEW])} và những nơi khác, đều {sharing[0][1].text}"
    return f"{', '.join(label for label, _ in sharing)} ({sharing[0][1].text})"
