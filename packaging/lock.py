#!/usr/bin/env python3
"""Writes ``packaging/lock.txt``: one pin for every direct and transitive dependency, for all platforms.

Needs uv (https://docs.astral.sh/uv/): ``uv tool run python packaging/lock.py`` or any Python with uv on PATH.
torch brings its own GPU libraries where its wheel wants them, so those are left to it.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TORCH = "torch==2.13.0"
LEFT_TO_TORCH = re.compile(r"(nvidia-|cuda-|triton)")


def main() -> None:
    """Resolve pyproject.toml with all extras and write the pins."""
    compiled = subprocess.run(
        ["uv", "pip", "compile", "--universal", "--python-version", "3.11", "--all-extras", "--no-annotate"]
        + ["--no-header", "--constraint", "-", "pyproject.toml"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        input=TORCH,
    ).stdout
    pins = [line for line in compiled.splitlines() if not LEFT_TO_TORCH.match(line)]
    (ROOT / "packaging" / "lock.txt").write_text("\n".join(pins) + "\n")


if __name__ == "__main__":
    main()
