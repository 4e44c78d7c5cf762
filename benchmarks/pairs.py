"""Run two commands at once on one study, over all pairs of those that write; nothing may be lost.

    python benchmarks/pairs.py --rounds 400

A round is a pair, in an order drawn by `--seed`; after as many rounds as there are pairs they begin again.
Each of the two ends well, or is told that another command is writing and is run again. Afterwards `casemine
check` must find nothing, and every file but run.json must have the bytes that the two have one after the
other, in one of the two orders.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import combinations_with_replacement
from pathlib import Path

from kills import COMMANDS, Command, contents, copied, done, ended, litter, started, states, warm

WAITING = "another command is writing"
PAIRED = tuple(command for command in COMMANDS if command.state == "coded" and "{study}" in command.words)


def in_turn(commands: tuple[Command, Command], state: Path, folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files when one command runs after the other."""
    copied(state, folder)
    for command in commands:
        done(*command.arguments(folder))
    return settled(folder)


def settled(folder: Path) -> dict[str, bytes]:
    """Bring the study, and one recoded by it, up to date; return the bytes of all files."""
    done("run", f"{folder}/study", "-q")
    if (folder / "recoded").is_dir():  # compared with the study as it is now
        done("run", f"{folder}/recoded", "-q")
    return contents(folder)


def at_once(commands: tuple[Command, Command], folder: Path) -> list[str]:
    """Start both; return what is wrong with how they end."""
    said = [folder.with_name(f"said-{number}") for number in (1, 2)]
    begun = [started(command.arguments(folder), file) for command, file in zip(commands, said, strict=True)]
    wrong = []
    for command, process, file in zip(commands, begun, said, strict=True):
        status = ended(process, 300)
        text = file.read_text(encoding="utf-8", errors="replace")
        if WAITING in text:
            if " since " not in text:
                wrong.append(f"{command.name} was not told who writes: {text.strip()[-200:]}")
            status, text = done(*command.arguments(folder))
        if status not in (0, 1) or "Traceback" in text:
            wrong.append(f"{command.name} ended with {status}: {text.strip()[-200:]}")
    return wrong


def rounds(
    pairs: list[tuple[Command, Command]],
    most: int,
    workplace: Path,
    seconds: float = 1e9,
    *,
    short: bool = False,
) -> Iterator[tuple[tuple[Command, Command], list[str]]]:
    """Yield each round: the two commands and what was wrong."""
    warm(workplace, short=short)
    state = states(workplace / "states", short=short)["coded"]
    folder = workplace / "round"
    until = time.monotonic() + seconds
    wanted: dict[tuple[Command, Command], list[dict[str, bytes]]] = {}
    for number in range(most):
        if time.monotonic() > until:
            return
        pair = pairs[number % len(pairs)]
        if pair not in wanted:
            wanted[pair] = [in_turn(order, state, folder) for order in {pair, pair[::-1]}]
        copied(state, folder)
        wrong = at_once(pair, folder)
        there = settled(folder)
        status, said = done("check", f"{folder}/study")
        wrong += [f"check: {said.strip()[-300:]}"] if status else []
        wrong += [f"litter: {path}" for path in litter(folder)]
        if there not in wanted[pair]:
            right = wanted[pair][0]
            differ = sorted(name for name in {*there, *right} if there.get(name) != right.get(name))
            wrong.append(f"bytes: {', '.join(differ[:5])}")
        yield pair, wrong


def main() -> int:
    """Run the rounds; exit status 1 when anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100, help="rounds over all pairs")
    parser.add_argument("--seconds", type=float, default=1e9, help="begin no round after so long")
    parser.add_argument("--seed", type=int, default=0, help="of the order of the pairs")
    asked = parser.parse_args()
    pairs = list(combinations_with_replacement(PAIRED, 2))
    random.Random(asked.seed).shuffle(pairs)  # fewer rounds than pairs are a fair choice of them
    made = faults = 0
    with tempfile.TemporaryDirectory() as workplace:
        for pair, wrong in rounds(pairs, asked.rounds, Path(workplace), asked.seconds):
            made += 1
            faults += bool(wrong)
            for line in wrong:
                print(f"{pair[0].name} beside {pair[1].name}: {line}", flush=True)
    print(f"{made} rounds over {min(made, len(pairs))} of {len(pairs)} pairs, {faults} with faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
