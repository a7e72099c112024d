"""Pictures: what is refused, and that what is published carries nothing but pixels."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageDraw

from chungtay_reports.edition import Asset
from chungtay_reports.errors import Problem
from chungtay_reports.workspace.editorial import MediaItem
from chungtay_reports.workspace.media import inspect, prepare


def item(**fields: Any) -> MediaItem:
    usual = {
        "id": "anh-1",
        "file": "a.jpg",
        "kind": "anh",
        "alt": "Hai nhóm giáo viên ngồi quanh một chiếc bàn dài",
        "caption": "Giáo viên hai trường cùng soạn bài.",
        "credit": "Ban biên tập",
        "taken_on": "2023-03-14",
    }
    return MediaItem.model_validate({**usual, **fields})


def photo(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """Draw a picture of many colours, its upper left corner red."""
    image = Image.merge(
        "RGB", [Image.linear_gradient("L").rotate(90 * turn).resize((width, height)) for turn in range(3)]
    )
    ImageDraw.Draw(image).rectangle((0, 0, width // 4, height // 4), fill="#c00000")
    return image.convert(mode)


def save(root: Path, image: Image.Image, name: str = "a.jpg", **options: Any) -> None:
    (root / "content" / "media").mkdir(parents=True, exist_ok=True)
    image.save(root / "content" / "media" / name, **options)


def write(root: Path, data: bytes, name: str = "a.jpg") -> None:
    (root / "content" / "media").mkdir(parents=True, exist_ok=True)
    (root / "content" / "media" / name).write_bytes(data)


def asset(root: Path, **fields: Any) -> tuple[Asset, Image.Image]:
    made = prepare(root, item(**fields))
    assert isinstance(made, Asset), made
    return made, Image.open(io.BytesIO(made.data))


def code(found: Asset | Problem | None) -> str | None:
    return found.code if isinstance(found, Problem) else None


def red(image: Image.Image, x: int, y: int) -> bool:
    r, g, b = image.convert("RGB").getpixel((x, y))
    return r > 150 and g < 60 and b < 60


def test_a_published_photo_has_no_exif_no_gps_no_comment_and_no_profile(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Nikon"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (20.0, 59.0, 1.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    save(
        tmp_path,
        photo(),
        exif=exif,
        comment=b"Lop 5A, truong Dai Kim",
        icc_profile=profile,
        xmp=b"<x:xmpmeta>GPS</x:xmpmeta>",
    )
    made, image = asset(tmp_path)
    assert made.media_type == "image/jpeg"
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    assert not any(word in made.data for word in (b"Nikon", b"Dai Kim", b"GPS", b"Exif", b"ICC_PROFILE"))


def test_bytes_after_the_end_of_an_image_do_not_come_along(tmp_path: Path) -> None:
    stream = io.BytesIO()
    photo().save(stream, "JPEG")
    write(tmp_path, stream.getvalue() + b"<script>alert(1)</script>")
    assert b"script" not in asset(tmp_path)[0].data


def test_a_photo_is_turned_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held on its side: turn 90° clockwise
    save(tmp_path, photo(400, 300), exif=exif, quality=95)
    _, image = asset(tmp_path)
    assert image.size == (300, 400)
    assert red(image, 290, 10)


def test_equal_pixels_give_equal_bytes_whatever_the_metadata(tmp_path: Path) -> None:
    save(tmp_path / "one", photo(), "a.png")
    save(tmp_path / "two", photo(), "a.png", dpi=(300, 300), compress_level=1)
    assert asset(tmp_path / "one", file="a.png")[0] == asset(tmp_path / "two", file="a.png")[0]


def test_a_wide_photo_is_brought_down_to_1600_and_a_small_one_is_left(tmp_path: Path) -> None:
    save(tmp_path, photo(3200, 1000))
    assert asset(tmp_path)[1].size == (1600, 500)
    save(tmp_path, photo(640, 480))
    assert asset(tmp_path)[1].size == (640, 480)


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGB"])
def test_every_colour_mode_of_jpeg_becomes_rgb(tmp_path: Path, mode: str) -> None:
    save(tmp_path, photo(mode=mode))
    _, image = asset(tmp_path)
    assert image.mode == "RGB"


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "L", "I;16"])
def test_every_colour_mode_of_png_becomes_rgb(tmp_path: Path, mode: str) -> None:
    image = (
        photo().convert("L").convert("I").point(lambda value: value * 257).convert("I;16")
        if mode == "I;16"
        else photo(mode=mode)
    )
    save(tmp_path, image, "a.png")
    _, made = asset(tmp_path, file="a.png")
    assert made.mode == "RGB"
    low, high = made.convert("L").getextrema()
    assert low < 80
    assert high > 200


def test_what_is_transparent_becomes_white(tmp_path: Path) -> None:
    save(tmp_path, Image.new("RGBA", (200, 200), (200, 0, 0, 0)), "a.png")
    _, image = asset(tmp_path, file="a.png")
    assert image.getpixel((100, 100)) == (255, 255, 255)


def profile_with_red_and_blue_swapped() -> bytes:
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    (count,) = struct.unpack_from(">I", data, 128)
    tags = {bytes(data[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    red_tag, blue_tag = tags[b"rXYZ"], tags[b"bXYZ"]
    data[red_tag : red_tag + 4], data[blue_tag : blue_tag + 4] = b"bXYZ", b"rXYZ"
    return bytes(data)


def test_colours_of_another_profile_are_brought_to_srgb(tmp_path: Path) -> None:
    save(tmp_path, Image.new("RGB", (200, 200), "#c00000"), icc_profile=profile_with_red_and_blue_swapped())
    r, _, b = asset(tmp_path)[1].getpixel((100, 100))
    assert b > 150 > r


def test_a_profile_that_is_broken_does_not_stop_a_picture(tmp_path: Path) -> None:
    save(tmp_path, photo(), icc_profile=b"no profile at all")
    assert asset(tmp_path)[1].size == (400, 300)


def test_a_drawing_of_few_colours_stays_exact_as_png(tmp_path: Path) -> None:
    image = Image.new("RGB", (300, 200), "#f4efe6")
    ImageDraw.Draw(image).rectangle((40, 40, 200, 120), fill="#9b1c1f")
    save(tmp_path, image, "a.png")
    made, out = asset(tmp_path, file="a.png")
    assert made.name == "anh-1.png"
    assert out.convert("RGB").tobytes() == image.tobytes()


def test_a_drawing_of_many_colours_stays_png_while_it_is_small_and_a_photo_becomes_jpeg(tmp_path: Path) -> None:
    save(tmp_path, photo(), "a.png")
    assert asset(tmp_path, file="a.png", kind="minh-hoa")[0].media_type == "image/png"
    assert asset(tmp_path, file="a.png", kind="anh")[0].media_type == "image/jpeg"


def test_a_webp_is_accepted(tmp_path: Path) -> None:
    save(tmp_path, photo(), "a.webp")
    assert asset(tmp_path, file="a.webp")[1].size == (400, 300)


def test_a_picture_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    photo(1000, 800).save(stream, "JPEG")
    write(tmp_path, stream.getvalue()[:-2000])
    assert code(prepare(tmp_path, item())) == "W133"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\0" * 100,
        b"%PDF-1.7",
        b"\xff\xd8\xff",
        b"not an image",
    ],
)
def test_what_is_not_jpeg_png_or_webp_is_refused_whatever_its_name(tmp_path: Path, data: bytes) -> None:
    write(tmp_path, data)
    assert code(inspect(tmp_path, item())) == "W131"


def png_header(width: int, height: int) -> bytes:
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))


@pytest.mark.parametrize(
    ("width", "height", "expected"), [(8000, 5001, "W132"), (50_000, 50_000, "W132"), (99, 400, "W134")]
)
def test_too_many_or_too_few_pixels_are_refused_by_the_header_alone(
    tmp_path: Path, width: int, height: int, expected: str
) -> None:
    body = b"IDAT" + zlib.compress(b"")
    write(tmp_path, png_header(width, height) + struct.pack(">I", len(body) - 4) + body, "a.png")
    assert code(inspect(tmp_path, item(file="a.png"))) == expected


def test_a_moving_picture_is_refused(tmp_path: Path) -> None:
    save(tmp_path, photo(), "a.webp", save_all=True, append_images=[photo(mode="L").convert("RGB")])
    assert code(inspect(tmp_path, item(file="a.webp"))) == "W135"


def test_a_file_that_is_missing_too_large_or_a_symlink_is_refused(tmp_path: Path) -> None:
    assert code(prepare(tmp_path, item())) == "Y105"
    write(tmp_path, b"\xff\xd8" + b"\0" * 20_000_000)
    assert code(prepare(tmp_path, item())) == "Y102"
    (tmp_path / "content" / "media" / "b.jpg").symlink_to("/etc/passwd")
    assert code(prepare(tmp_path, item(file="b.jpg"))) == "Y101"


def test_a_decoder_that_needs_too_much_is_stopped_and_said_to_be_too_heavy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path, photo())
    monkeypatch.setattr("chungtay_reports.workspace.media._SECONDS", 0.01)
    assert code(prepare(tmp_path, item())) == "W136"


@pytest.mark.parametrize("file", ["../a.jpg", "/a.jpg", "a.svg", "ảnh.jpg", "a b.jpg", ".a.jpg", "a/../b.jpg"])
def test_a_file_name_that_is_not_plain_is_refused_by_the_model(file: str) -> None:
    with pytest.raises(ValueError, match="file"):
        item(file=file)


def test_a_module_that_lies_in_the_folder_where_one_works_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "PIL.py").write_text(f"open({str(tmp_path / 'run')!r}, 'w')\n")
    save(tmp_path, photo(401))
    monkeypatch.chdir(tmp_path)
    assert asset(tmp_path)[1].width == 401
    assert not (tmp_path / "run").exists()
