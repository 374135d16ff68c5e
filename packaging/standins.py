"""Replaces the libraries behind OpenCV's video, AVIF and linear algebra, none of which the application calls.

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
        with tempfile.NamedTemporaryFile("w", suffix=".c") as text:
            text.write(source(names, library.name))
            text.flush()
            library.unlink()
            soname = f"-Wl,-soname,{library.name}"
            subprocess.run(["cc", "-shared", "-fPIC", "-s", "-w", soname, "-o", library, text.name], check=True)
    return before - sum(path.stat().st_size for path in folder.iterdir())


def remove(library: Path, inside: Path) -> None:
    """Remove a library that only the replaced ones needed, and the link to it beside the program."""
    library.unlink()
    link = inside / library.name
    if link.is_symlink():
        link.unlink()
