"""Writes the bill of materials (CycloneDX, JSON) of what travels inside the application, and has it checked.

cyclonedx-py describes the Python distributions of the frozen environment. Those that do not travel are taken out;
Python itself, the system's libraries and the bundled network are added. The checker runs with the tools' own Python.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from environments import FROZEN, ROOT, TOOLS, program, python
from licences import plain

CARD = ROOT / "resources" / "models" / "negatoscope.json"
CHECK = """
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
text = open(sys.argv[1], encoding="utf-8").read()
fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
sys.exit(f"{sys.argv[1]} is no valid bill of materials: {fault}" if fault else 0)
"""


def described() -> dict[str, Any]:
    """Return what cyclonedx-py says of the frozen environment, the same on every run."""
    command = [program(TOOLS, "cyclonedx-py"), "environment", python(FROZEN), "--pyproject", ROOT / "pyproject.toml"]
    command += ["--spec-version", "1.6", "--output-reproducible", "--of", "JSON"]
    return dict(json.loads(subprocess.check_output(command, text=True)))


def component_of_network() -> dict[str, Any]:
    """Return the bundled network as a component."""
    card = json.loads(CARD.read_text(encoding="utf-8"))
    return {
        "type": "machine-learning-model",
        "bom-ref": f"network=={card['version']}",
        "name": f"{card['name']} network",
        "version": card["version"],
        "description": card["summary"],
        "hashes": [{"alg": "SHA-256", "content": card["sha256"]}],
    }


def component_of_other(part: dict[str, str]) -> dict[str, Any]:
    """Return Python or a library of the system as a component."""
    kind = "generic/python" if part["name"] == "Python" else f"deb/debian/{part['name']}"
    return {
        "type": "library",
        "bom-ref": f"{part['name']}=={part['version']}",
        "name": part["name"],
        "version": part["version"],
        "purl": f"pkg:{kind}@{part['version'].replace(':', '%3A').replace('+', '%2B')}",
        "licenses": [{"license": {"name": part["licence"]}}],
    }


def compose(environment: dict[str, Any], parts: list[dict[str, str]], network: dict[str, Any]) -> dict[str, Any]:
    """Return the bill of what travels: ``parts`` of the environment, what no index knows, and the network."""
    travelling = {plain(part["name"]) for part in parts}
    kept = [part for part in environment["components"] if plain(part["name"]) in travelling]
    known = {plain(part["name"]) for part in kept}
    kept += [component_of_other(part) for part in parts if plain(part["name"]) not in known]
    kept = sorted([*kept, network], key=lambda part: part["bom-ref"].lower())
    references = [part["bom-ref"] for part in kept]
    own = environment["metadata"]["component"]["bom-ref"]
    inside = [
        dependency | {"dependsOn": [ref for ref in dependency.get("dependsOn", []) if ref in references]}
        for dependency in environment["dependencies"]
        if dependency["ref"] in references
    ]
    return environment | {"components": kept, "dependencies": [{"ref": own, "dependsOn": references}, *inside]}


def write(path: Path, notices: Path) -> None:
    """Write the bill of a built application and check it against the published schema.

    Raises
    ------
    subprocess.CalledProcessError
        When it does not fit the schema; what does not fit was printed.
    """
    parts = json.loads((notices / "parts.json").read_text(encoding="utf-8"))
    bill = compose(described(), parts, component_of_network())
    path.write_text(json.dumps(bill, indent=1) + "\n", encoding="utf-8")
    subprocess.run([python(TOOLS), "-c", CHECK, path], check=True)
