"""Virtual environments of the peers, made from PyPI under benchmarks/out/.

A peer that will not install is told of, with the reason; the others go on.

python benchmarks/environments.py [--python PYTHON]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

OUT = Path(__file__).parent / "out"


@dataclass(frozen=True)
class Environment:
    """Distributions that live together, and the Python versions that have wheels of them, best first."""

    name: str
    pythons: tuple[str, ...]
    constraints: tuple[str, ...]
    peers: tuple[str, ...]


ENVIRONMENTS = (
    Environment(
        "modern",
        ("3.11", "3.12", "3.10"),
        ("jieba==0.42.1", "setuptools<80"),
        (
            "smoothnlp==0.4.0", "jiagu==0.2.3", "gensim>=4.3", "newords==1.2.0", "jieba-calcu==1.0.7",
            "yake>=0.6", "snownlp==0.12.3", "jionlp>=1.5",
        ),
    ),
    Environment(
        "old",
        ("3.11", "3.10", "3.9"),
        ("jieba==0.42.1", "setuptools<80", "pandas<2", "numpy<1.24", "scipy<1.11", "networkx<3"),
        ("harvesttext==0.8.2.1", "textrank4zh==0.3"),
    ),
    Environment(
        "pdf", ("3.11", "3.12", "3.13"), (), ("pdfplumber>=0.11", "pdfminer.six>=20231228", "pypdfium2>=5"),
    ),
)  # fmt: skip


def built(environment: Environment, given: Path | None = None) -> dict[str, str]:
    """Build `environment` unless it stands; return peer -> why it could not be installed ("" when it was).

    Raises `LookupError` when no suitable Python is found.
    """
    folder = OUT / environment.name
    record, constraints = folder / "installed.json", folder / "constraints.txt"
    before: dict[str, str] = {}
    if record.exists():
        before = json.loads(record.read_text(encoding="utf-8"))
    else:
        found = interpreter(environment.pythons, given)
        subprocess.run([found, "-m", "venv", "--clear", folder], check=True)
        constraints.write_text("\n".join(environment.constraints), encoding="utf-8")
        # Some peers have no wheel and need setuptools and wheel in place to be built.
        install(folder, constraints, "setuptools", "wheel")
    # A peer that failed is tried again: the network may have been at fault.
    failures = {
        peer: install(folder, constraints, peer, "jieba") if before.get(peer, "new") else ""
        for peer in environment.peers
    }
    record.write_text(json.dumps(failures, indent=2), encoding="utf-8")
    return {peer.partition("=")[0].partition(">")[0]: failure for peer, failure in failures.items()}


def install(folder: Path, constraints: Path, *distributions: str) -> str:
    """Install into the environment at `folder`; return the reason it failed, or an empty text."""
    pip: list[str | Path] = [python(folder.name), "-m", "pip", "install", "-q", "-c", constraints]
    done = subprocess.run(
        [*pip, *distributions], capture_output=True, text=True, encoding="utf-8", errors="replace"
    )
    errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
    return "" if done.returncode == 0 else (errors or ["pip failed"])[0]


def interpreter(versions: tuple[str, ...], given: Path | None) -> Path:
    """Return the Python given, else this one or one on PATH of the first version there is."""
    if given:
        return given
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    if own in versions:
        return Path(sys.executable)
    for version in versions:
        found = shutil.which(f"python{version}")
        # A launcher may stand on PATH for a version that is not there.
        if found and subprocess.run([found, "--version"], capture_output=True).returncode == 0:
            return Path(found)
    raise LookupError(f"No Python {' or '.join(versions)} on PATH; give one with --python.")


def python(name: str) -> Path:
    """Return the interpreter of an environment."""
    return OUT / name / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--python", type=Path, help="interpreter for both, 3.11 by preference")
    arguments = parser.parse_args()
    for environment in ENVIRONMENTS:
        for peer, failure in built(environment, arguments.python).items():
            print(f"{environment.name}: {peer}: {failure or 'installed'}")


if __name__ == "__main__":
    main()
