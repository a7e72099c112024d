"""The wheel carries everything: installed elsewhere, `init` and `build` work without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from builds import REPO, html_text

from chungtay_reports import resources

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    # hatchling keeps the tree clean: it writes into the folder that it is given, and nowhere else
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=REPO, check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel in an environment of its own, which borrows the libraries of this one but not the checkout."""
    home = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    here = sysconfig.get_path("purelib")
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", "--python", home / "bin" / "python"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", wheel], check=True)
    (site / "borrowed.pth").write_text(f"{here}\n", "utf-8")
    return home


def run(home: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [home / "bin" / "chungtay", *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_wheel_holds_templates_fonts_licences_messages_and_the_starter(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = "chungtay_reports/"
    wanted = {
        *(f"{package}templates/fonts/{face.file}{kind}" for face in resources.FACES for kind in (".ttf", ".woff2")),
        *(f"{package}templates/fonts/{path.name}" for path in resources.font_folder().glob("OFL*.txt")),
        *(f"{package}templates/starter/{place}" for place, _ in resources.starter_files()),
        f"{package}templates/bulletin/storyline.yaml",
        f"{package}cli/locale/vi/LC_MESSAGES/chungtay.mo",
        f"{package}schemas/figures-1.schema.json",
        f"{package}prose/vocabulary/allow.yaml",
        f"{package}charts/advances.json",
        f"{package}py.typed",
    }
    assert sorted(wanted - names) == []
    assert [name for name in sorted(names) if name.startswith(("tests/", "content/", "scripts/"))] == []
    assert [name for name in sorted(names) if "/records/20" in name and "starter" not in name] == []


def test_every_file_of_the_templates_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    folder = REPO / "templates"
    tracked = subprocess.run(["git", "ls-files", "-z", "templates"], cwd=REPO, capture_output=True, check=True).stdout
    files = [Path(name.decode()).relative_to("templates").as_posix() for name in tracked.split(b"\0") if name]
    assert folder.is_dir()
    assert [name for name in files if f"chungtay_reports/templates/{name}" not in names] == []


def test_an_installed_wheel_makes_a_workspace_and_builds_it_from_another_folder(
    installed: Path, tmp_path: Path
) -> None:
    found = run(installed, "doctor", cwd=tmp_path)
    assert found.returncode == 0, found.stdout + found.stderr
    made = run(installed, "init", "x", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    built = run(installed, "build", cwd=tmp_path / "x")
    assert built.returncode == 0, built.stderr
    edition = tmp_path / "x" / "build" / "vi-du"
    assert (edition / "vi-du.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert "Chuyên môn là trục chính" in html_text(edition / "index.html")


def test_the_installed_program_is_the_wheel_and_speaks_vietnamese(installed: Path, tmp_path: Path) -> None:
    script = "import chungtay_reports, sys; sys.stdout.write(chungtay_reports.__file__)"
    where = subprocess.run(
        [installed / "bin" / "python", "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    assert where.stdout.startswith(str(installed))
    assert run(installed, "--help", cwd=tmp_path).stdout.startswith("Cách dùng:")
