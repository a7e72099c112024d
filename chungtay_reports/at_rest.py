"""A build that has nothing to do, answered from the stamps of files before anything is imported, click included.

`.cache/at-rest` holds the last words of such a build, and the stamps of every file that they depended on. It is written
by a command that has compared contents, and only when every stamp is old enough to prove that its file has not been
touched since (see `unchanged`). Whatever is not exactly as it was then is a question for that command again. Only what
an interpreter has loaded anyway is imported here.
"""

import gc
import marshal
import os
import sys
import time

FILE = ".cache/at-rest"
INPUTS = ("chungtay.yaml", "content", "templates")
ARCHIVE, SIDECAR = "archive", "inventory.json."
PROGRAM = os.path.dirname(os.path.abspath(__file__))

# Without versions of their own among the libraries of Python; a link of such a name leads to the version that is used.
SYSTEM_LIBRARIES = (
    *("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0"),
    *("libpango-1.0.dylib", "libpangoft2-1.0.dylib", "libharfbuzz.0.dylib", "libharfbuzz-subset.0.dylib"),
    *("libpango-1.0-0.dll", "libpangoft2-1.0-0.dll", "libharfbuzz-0.dll", "libharfbuzz-subset-0.dll"),
)
SYSTEM_FOLDERS = tuple(
    folder
    for text in (
        *(os.environ.get(name, "") for name in ("LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")),
        os.environ.get("WEASYPRINT_DLL_DIRECTORIES", "").replace(";", os.pathsep),
        f"/usr/lib/{getattr(sys.implementation, '_multiarch', '')}",
        os.pathsep.join((f"{sys.prefix}/lib", "/usr/local/lib", "/opt/homebrew/lib", "/usr/lib64", "/usr/lib")),
    )
    for folder in text.split(os.pathsep)
    if folder and folder != "/usr/lib/"
)

_KIND, _FOLDER, _REGULAR = 0o170000, 0o040000, 0o100000
_OPEN = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_BY_HANDLE = os.listdir in os.supports_fd and os.stat in os.supports_dir_fd
_DAY, _HANOI = 86_400, 7 * 3600
_WORDS = (("build",), ("-q", "build"), ("--quiet", "build"))

# path; kind and rights, size, times of change of content and of node, number of the node
Stamped = tuple[str, int, int, int, int, int]


def answered(arguments: list[str]) -> bool:
    """Say again what the last build of the same words said, when nothing has changed since; else do nothing."""
    gc.disable()  # it would look at each of thousands of stamps again and again, none of which it can free
    try:
        words = _words(arguments) if plain(arguments) else None
    except (OSError, ValueError, RecursionError):  # no such file, or one that was not written here
        words = None
    gc.enable()
    if words is None or sys.stdout is None or sys.stderr is None:
        return False
    for stream, text in zip((sys.stdout, sys.stderr), words, strict=True):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
        stream.write(text)
        stream.flush()
    return True


def plain(arguments: list[str]) -> bool:
    """Say whether a command is written in one of the few forms that are looked for here: nothing names another folder."""
    return any(tuple(arguments[: len(words)]) == words for words in _WORDS)


def seen(*parts: list[Stamped]) -> bytes:
    """Write down stamps, part by part in the order of the walk."""
    return marshal.dumps(parts, 2)


def asked(arguments: list[str], day: int, libraries: list[str]) -> bytes:
    """Write down who asked what and when: words, days since 1970, libraries and interpreter."""
    return marshal.dumps([arguments, day, libraries, sys.version, sys.prefix], 2)


def packed(folder: str, outputs: list[str], words: tuple[str, str, str], asked_: bytes, seen_: bytes) -> bytes:
    """Make the content of `FILE`: where libraries are, and what is printed on both streams; the third word is empty where nothing has a colour on a terminal.

    The words stand there twice, so that damage to them is noticed.
    """
    told = "\0".join((folder, *words, *outputs)).encode("utf-8", "surrogateescape")
    parts = (told, asked_, seen_, told)
    return " ".join([str(len(part)) for part in parts]).encode() + b"\n" + b"".join(parts)


def libraries_in(folder: str) -> list[str]:
    """List the libraries that are installed in a folder, with their versions."""
    return sorted([name for name in os.listdir(folder) if name.endswith(".dist-info")])


# --------------------------------------------------------------------------- the question, asked again


def _words(arguments: list[str]) -> tuple[str, str] | None:
    root = _root()
    kept = _look(root, FILE)
    if kept is None or not is_file(kept):  # a pipe would keep us waiting
        return None
    with open(f"{root}/{FILE}", "rb", buffering=0) as file:
        head, _, body = file.readall().partition(b"\n")
    told, was_asked, was_seen, again = _cut(body, [int(size) for size in head.split()])
    if told != again:
        return None
    folder, out, err, colours, *outputs = told.decode("utf-8", "surrogateescape").split("\0")
    if was_asked != asked(arguments, _today(), libraries_in(folder)):
        return None
    if colours and sys.stderr.isatty():
        return None
    now = seen(inputs(root), sidecars(root), files(root, outputs), program())
    return (out, err) if now == was_seen else None


def _cut(body: bytes, sizes: list[int]) -> list[bytes]:
    if len(sizes) != 4 or sum(sizes) != len(body):
        raise ValueError(sizes)
    ends = [sum(sizes[: count + 1]) for count in range(4)]
    return [body[end - size : end] for size, end in zip(sizes, ends, strict=True)]


def _root() -> str:
    """Find the nearest folder upwards that has a chungtay.yaml, as `cli.shell` does."""
    folder = os.getcwd()
    while not os.path.isfile(f"{folder}/chungtay.yaml"):
        above = os.path.dirname(folder)
        if above == folder:
            raise ValueError(folder)
        folder = above
    return folder


def _today() -> int:
    """Return the day in Hanoi, as `cli.shell.today` does, in days since 1970."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (int(epoch if epoch.isdecimal() else time.time()) + _HANOI) // _DAY


# --------------------------------------------------------------------------- what an answer depends on


def inputs(root: str) -> list[Stamped]:
    """List all files that the output of a workspace can depend on, its archive excepted."""
    return [one for name in INPUTS for one in _below(root, name)]


def sidecars(root: str) -> list[Stamped]:
    """List the files in which an archive says what it holds: the checksums of its inventories."""
    return [one for one in _below(root, ARCHIVE) if one[0].rpartition("/")[2].startswith(SIDECAR)]


def program() -> list[Stamped]:
    """List the program's own files, as far as its output can depend on them."""
    above, _, own = PROGRAM.replace(os.sep, "/").rpartition("/")
    found = [*_below(above, own), *_below(above, "templates")]
    return [one for one in found if not one[0].endswith((".pyc", ".po")) and "/starter/" not in one[0]] + system()


def system() -> list[Stamped]:
    """List the system's libraries that set type, by whole paths, as far as they lie where systems have them."""
    there: list[Stamped] = []
    for path in (f"{folder}/{name}" for folder in SYSTEM_FOLDERS for name in SYSTEM_LIBRARIES):
        try:
            it = os.stat(path)
        except OSError:
            continue
        there.append((path, it.st_mode, it.st_size, it.st_mtime_ns, it.st_ctime_ns, it.st_ino))
    return there


def files(root: str, paths: list[str]) -> list[Stamped]:
    """List the files of a list that are there."""
    return [one for path in paths if (one := _look(root, path)) is not None]


def hidden(name: str) -> bool:
    """Say whether a file or folder of that name is left alone: nobody may read it, since nobody looks whether it changes."""
    return name[0] == "." or name == "__pycache__"


def is_file(one: Stamped) -> bool:
    """Say whether something is an ordinary file."""
    return one[1] & _KIND == _REGULAR


def _look(root: str, path: str) -> Stamped | None:
    try:
        it = os.lstat(f"{root}/{path}")
    except OSError:
        return None
    return path, it.st_mode, it.st_size, it.st_mtime_ns, it.st_ctime_ns, it.st_ino


def _below(root: str, name: str) -> list[Stamped]:
    """List a file, or all files of a folder, hidden ones excepted, in the order of their paths, folder by folder."""
    one = _look(root, name)
    if one is None:
        return []
    if one[1] & _KIND != _FOLDER:
        return [one]
    found: list[Stamped] = []
    _walk(root, one, found)
    return found


def _walk(root: str, folder: Stamped, found: list[Stamped]) -> None:
    try:
        there = _within(root, folder[0])
    except OSError as error:
        found.append((f"{folder[0]}/!{error.errno}", *folder[1:]))
        return
    for one in there:
        if one[1] & _KIND == _FOLDER:
            _walk(root, one, found)
        else:
            found.append(one)


def _within(root: str, name: str) -> list[Stamped]:
    """List what is in a folder, hidden files excepted."""
    path = f"{root}/{name}"
    handle = os.open(path, _OPEN) if _BY_HANDLE else -1
    try:
        names = sorted(os.listdir(handle if _BY_HANDLE else path))
        own = [one for one in names if not hidden(one)]
        try:
            return _within_handle(handle, name, own) if _BY_HANDLE else files(root, [f"{name}/{one}" for one in own])
        except FileNotFoundError:  # one has gone since its name was read
            return files(root, [f"{name}/{one}" for one in own])
    finally:
        if _BY_HANDLE:
            os.close(handle)


def _within_handle(handle: int, name: str, own: list[str]) -> list[Stamped]:
    stat = os.stat
    return [
        (f"{name}/{one}", it.st_mode, it.st_size, it.st_mtime_ns, it.st_ctime_ns, it.st_ino)
        for one in own
        if (it := stat(one, dir_fd=handle, follow_symlinks=False))
    ]
