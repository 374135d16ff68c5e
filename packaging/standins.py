"""Replaces libraries that others link and the application never reaches: OpenCV's video, AVIF, algebra; ICU's data.

OpenCV's wheel links FFmpeg, libavif and OpenBLAS (80 MB) for functions that are never used here, and the loader wants
every symbol to exist. A stand-in of a few kilobytes defines those symbols; calling one names itself and aborts.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

PARTS = ("libavcodec", "libavformat", "libavutil", "libswscale", "libavif", "libopenblas")
"""Libraries that OpenCV links and we never reach."""
KEPT = ("libpng16",)
EMPTY_ICU = """
#include <stdint.h>
struct information {
    uint16_t size, reserved;
    uint8_t big_endian, charset, sizeof_character, reserved_2, format[4], format_version[4], data_version[4];
};
const struct {
    uint16_t header_size;
    uint8_t magic_1, magic_2;
    struct information information;
    uint8_t padding[8];
    uint32_t count, reserved;
    int32_t entries[2];
} icudtVERSION_dat = {
    32, 0xda, 0x27, {20, 0, 0, 0, 2, 0, {'T', 'o', 'C', 'P'}, {1, 0, 0, 0}, {0, 0, 0, 0}}, {0}, 0, 0, {0, 0}
};
"""
"""ICU's data package with an empty table of contents (layout of ICU's udata.h and ucmndata.h)."""


def symbols(library: Path, which: str) -> set[str]:
    """Return a library's dynamic symbols: ``which`` is "--defined-only" or "--undefined-only"."""
    listing = subprocess.check_output(["nm", "-D", which, "--format=posix", library], text=True)
    return {line.split()[0].split("@")[0] for line in listing.splitlines()}


def source(names: set[str], library: str) -> str:
    """Return C source that defines every name as a function which says what it is and aborts."""
    lines = ["#include <stdio.h>", "#include <stdlib.h>"]
    for name in sorted(names):
        message = f"{name} of {library} is not part of this application."
        lines.append(f'void {name}(void) {{ fputs("{message}\\n", stderr); abort(); }}')
    return "\n".join(lines) + "\n"


def replace(application: Path) -> int:
    """Put stand-ins in place below a frozen application's folder and return how many bytes that saved."""
    inside = application / "_internal"
    folder = inside / "opencv_python_headless.libs"
    wanted = symbols(inside / "cv2" / "cv2.abi3.so", "--undefined-only")
    before = sum(path.stat().st_size for path in folder.iterdir())
    for library in sorted(folder.iterdir()):
        if library.name.startswith(KEPT):
            continue
        if not library.name.startswith(PARTS):
            remove(library, inside)
            continue
        names = symbols(library, "--defined-only") & wanted
        compile_shared(source(names, library.name), library)
    return before - sum(path.stat().st_size for path in folder.iterdir())


def empty_icu(application: Path) -> int:
    """Replace ICU's data library (32 MB) by an empty one, as ICU's own "stubdata" is, and return the bytes saved.

    Qt keeps its own tables of locales and letters; without ICU's data it sorts file names by code point and calls time
    zones by their identifiers.
    """
    saved = 0
    for library in sorted((application / "_internal").rglob("libicudata.so.*")):
        if library.is_symlink():
            continue
        saved += library.stat().st_size
        version = library.name.rsplit(".", 1)[1]
        compile_shared(EMPTY_ICU.replace("VERSION", version), library)
        saved -= library.stat().st_size
    return saved


def compile_shared(code: str, library: Path) -> None:
    """Compile C source into a shared library of this name in place of the one there."""
    with tempfile.NamedTemporaryFile("w", suffix=".c") as text:
        text.write(code)
        text.flush()
        library.unlink()
        soname = f"-Wl,-soname,{library.name}"
        subprocess.run(["cc", "-shared", "-fPIC", "-s", "-w", soname, "-o", library, text.name], check=True)


def remove(library: Path, inside: Path) -> None:
    """Remove a library that only the replaced ones needed, and the link to it beside the program."""
    library.unlink()
    link = inside / library.name
    if link.is_symlink():
        link.unlink()
