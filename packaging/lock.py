#!/usr/bin/env python3
"""Writes ``packaging/lock.txt``: one pin for every direct and transitive dependency, for all platforms.

    python packaging/lock.py [--upgrade]

Pins that still fit stay as they are; ``--upgrade`` asks for the newest of everything. Needs uv on PATH
(https://docs.astral.sh/uv/). torch brings its own GPU libraries where its wheel wants them, so those are left to it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "lock.txt"
TORCH = "torch==2.13.0"
LEFT_TO_TORCH = re.compile(r"(nvidia-|cuda-|triton)")


def main() -> None:
    """Resolve pyproject.toml with all extras and write the pins; uv keeps those that it finds in its output file."""
    subprocess.run(
        ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--all-extras", "--no-annotate"]
        + ["--no-header", "--constraint", "-", "--output-file", LOCK, *sys.argv[1:], "pyproject.toml"],
        cwd=ROOT,
        check=True,
        text=True,
        input=TORCH,
    )
    pins = [line for line in LOCK.read_text().splitlines() if not LEFT_TO_TORCH.match(line)]
    LOCK.write_text("\n".join(pins) + "\n")


if __name__ == "__main__":
    main()
