"""Kill every command that writes, at every file move and at random moments; nothing may be lost.

    python benchmarks/kills.py --kills 1000

Each round copies a state of a study, runs a command on it and kills the process (SIGKILL): before the k-th
move of a file, or after a random share of the time the command takes. Then `casemine info` must open the
study, `casemine check` must find nothing, the command is run again, `casemine run` brings all up to date,
and every file but run.json and the times of the histories must have the bytes that they have without a kill.
No staging folder may be left.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from casemine import cli
from casemine.study import Study

STAGING = ".casemine-"
TEXT = """{place}探索“{name}积分制”，把人居环境、邻里互助写进积分。村民用积分换米面油，积分制管住了乱堆乱放。
当地建起产业园和扶贫车间，贫困户就近就业，{name}合作社带动增收。驻村干部每月入户，{name}合作社与贫困户签订合同。
产业园实行“公司＋合作社＋农户”，{name}合作社统一收购，扶贫车间长年招工，积分制与就业挂钩。
"""


@dataclass(frozen=True)
class Command:
    """A command that writes: its words, {study} and {folder} to be filled in, and the state it needs."""

    name: str
    words: tuple[str, ...]
    state: str = "coded"

    def arguments(self, folder: Path) -> list[str]:
        """Return the words of a command line for the study in `folder`."""
        return [word.format(folder=folder, study=folder / "study") for word in self.words]


COMMANDS = (
    Command("extract", ("extract", "{folder}/cases", "-o", "{study}", "-q"), "empty"),
    Command("extract --force", ("extract", "{folder}/cases", "-o", "{study}", "-q", "--force")),
    Command("discover -o", ("discover", "{folder}/cases", "-o", "{folder}/words.csv", "-q")),
    Command("review", ("review", "{study}")),
    Command("review --apply", ("review", "{study}", "--apply", "{folder}/sheet.csv")),
    Command("review --apply quotes", ("review", "{study}", "--apply", "{folder}/quotes.xlsx")),
    Command("code", ("code", "{study}", "--from", "text")),
    Command("recode", ("recode", "{folder}/cases", "--study", "{study}", "-o", "{folder}/recoded")),
    Command("tables", ("tables", "{study}")),
    Command("figures", ("figures", "{study}")),
    Command("report", ("report", "{study}")),
    Command("saturation", ("saturation", "{study}")),
    *(
        Command(f"export {form}", ("export", "{study}", "--format", form))
        for form in ("csv", "xlsx", "qdpx", "qdc", "gexf", "graphml", "vosviewer")
    ),
    Command("export csv -o", ("export", "{study}", "--format", "csv", "-o", "{folder}/tidy")),
    Command("codebook new", ("codebook", "new", "{folder}/own.toml")),
    Command("codebook export", ("codebook", "export", "six-in-one", "-o", "{folder}/book.xlsx")),
    Command("import qdc", ("import", "{folder}/book.qdc", "-o", "{folder}/taken.toml")),
    Command("import qdpx", ("import", "{folder}/project.qdpx", "-o", "{folder}/taken")),
    Command("init", ("init", "{folder}/casemine.toml")),
    Command("run", ("run", "{study}", "-q"), "stale"),
)


def started(words: Sequence[str], said: Path, moves: int = 0) -> int:
    """Start a command in a fork of this process, which has imported all already; return its process id.

    With `moves` the process kills itself before that move of a file.
    """
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        with said.open("w", encoding="utf-8") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        sys.stdout, sys.stderr = open(1, "w", encoding="utf-8"), open(2, "w", encoding="utf-8")  # noqa: SIM115
        if moves:
            kill_before(moves)
        sys.argv = ["casemine", *words]
        cli.main()
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def kill_before(moves: int) -> None:
    """Let the process kill itself before it moves a file for the time numbered `moves`."""
    replace, left = Path.replace, [moves]

    def counted(self: Path, target: str | os.PathLike[str]) -> Path:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return replace(self, target)

    Path.replace = counted  # type: ignore[method-assign]


def ended(process: int, seconds: float) -> int | None:
    """Wait for a process; return its exit status, minus the signal that ended it, None when it still runs."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found, status = os.waitpid(process, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.001)
    return None


def done(*words: str) -> tuple[int, str]:
    """Run a command to its end; return its exit status and what it said."""
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said"
        status = ended(started(words, said), 300)
        return (-1 if status is None else status), said.read_text(encoding="utf-8", errors="replace")


def states(folder: Path, *, short: bool = False) -> dict[str, Path]:
    """Make the studies on which the commands are tried; `short` only what a review of words needs."""
    for name in ("empty", "coded", "stale"):
        (folder / name / "cases").mkdir(parents=True)
        for place in ("青禾县", "石磨镇", "东岭县"):
            text = TEXT.format(place=place, name=place[:2]) * 2
            (folder / name / "cases" / f"{place}.txt").write_text(text, encoding="utf-8")
    coded = folder / "coded"
    done("extract", f"{coded}/cases", "-o", f"{coded}/study", "-q")
    for words in (
        ()
        if short
        else (
            ("code", f"{coded}/study"),
            ("tables", f"{coded}/study"),
            ("export", f"{coded}/study", "--format", "qdpx", "-o", f"{coded}/project.qdpx"),
            ("export", f"{coded}/study", "--format", "qdc", "-o", f"{coded}/book.qdc"),
        )
    ):
        done(*words)
    fill_sheets(coded, quotes=not short)
    shutil.rmtree(folder / "stale")
    shutil.copytree(coded, folder / "stale")
    settings = folder / "stale" / "study" / "casemine.toml"
    said = re.sub(r"(?m)^top = \d+", "top = 7", settings.read_text(encoding="utf-8"))
    settings.write_text(said, encoding="utf-8")
    return {name: folder / name for name in ("empty", "coded", "stale")}


def fill_sheets(folder: Path, *, quotes: bool) -> None:
    """Decide on a few keywords, as a person does in a sheet, and on a few quotations."""
    words = list(dict.fromkeys(Study(folder / "study").keywords["word"]))[:4]
    lines = [f"{word},{decision}" for word, decision in zip(words, ("留", "删", "留", "删"), strict=False)]
    (folder / "sheet.csv").write_text("词语,决定\n" + "\n".join(lines) + "\n", encoding="utf-8")
    if quotes:
        done("review", f"{folder}/study", "--quotes", "-o", f"{folder}/quotes.xlsx")


def copied(state: Path, target: Path) -> Path:
    """Copy a state; the study names its inputs relative to itself, so that both can move."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(state, target)
    return target


_TIMES = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below `folder`, times and run.json left out."""
    return {
        path.relative_to(folder).as_posix(): _TIMES.sub(b"", path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "run.json" and not path.name.startswith(".casemine.lock")
    }


def litter(folder: Path) -> list[Path]:
    """Return the staging folders below `folder`."""
    return sorted(folder.rglob(f"{STAGING}*"))


def finish(command: Command, folder: Path) -> None:
    """Run a command again and bring the study up to date."""
    done(*command.arguments(folder))
    if (folder / "study").is_dir():
        done("run", f"{folder}/study", "-q")


def after_a_kill(command: Command, folder: Path, wanted: dict[str, bytes]) -> list[str]:
    """Return what is wrong in a folder in which a command was killed."""
    wrong = []
    study = folder / "study"
    if (study / "run.json").is_file():
        status, said = done("info", str(study))
        if status or "Traceback" in said:
            wrong.append(f"info: {said.strip()[-300:]}")
    status, said = done(*command.arguments(folder))
    # A command that replaces no file says so where the killed one had come to its end.
    refused = status not in (0, 1) and "exists already" not in said
    if refused or "Traceback" in said:
        wrong.append(f"again: {said.strip()[-300:]}")
    if study.is_dir():
        done("run", str(study), "-q")
        status, said = done("check", str(study))
        if status:
            wrong.append(f"check: {said.strip()[-300:]}")
    wrong += [f"litter: {path}" for path in litter(folder)]
    there = contents(folder)
    differ = sorted(name for name in {*there, *wanted} if there.get(name) != wanted.get(name))
    return [*wrong, *([f"bytes: {', '.join(differ[:5])}"] if differ else [])]


def killed(command: Command, folder: Path, moves: int, seconds: float) -> bool:
    """Run a command and kill it at a move or a moment; return whether it was still running."""
    process = started(command.arguments(folder), folder.with_name("said"), moves)
    status = ended(process, 300 if moves else seconds)
    if status is None:
        os.kill(process, signal.SIGKILL)
        status = ended(process, 300)
    return status == -signal.SIGKILL


def unkilled(command: Command, state: Path, folder: Path) -> tuple[float, dict[str, bytes]]:
    """Return the seconds that a command takes and the bytes of all files when nothing is killed."""
    begun = time.monotonic()
    done(*command.arguments(copied(state, folder)))
    lasts = time.monotonic() - begun
    finish(command, folder)
    return lasts, contents(folder)


def rounds(
    commands: Sequence[Command],
    most: int,
    seed: int,
    workplace: Path,
    seconds: float = 1e9,
    *,
    short: bool = False,
) -> Iterator[tuple[Command, bool, list[str]]]:
    """Yield each round: the command, whether it was killed in time, what was wrong afterwards."""
    chance = random.Random(seed)
    begun = time.monotonic()
    warm(workplace, short=short)
    made = states(workplace / "states", short=short)
    wanted: dict[str, tuple[float, dict[str, bytes]]] = {}
    for number in range(most):
        if time.monotonic() - begun > seconds:
            return
        command = commands[number % len(commands)]
        if command.name not in wanted:
            wanted[command.name] = unkilled(command, made[command.state], workplace / "round")
        lasts, right = wanted[command.name]
        moves = number // len(commands) // 2 % 12 + 1 if number // len(commands) % 2 == 0 else 0
        moment = chance.uniform(0.0, 1.0) * lasts
        folder = copied(made[command.state], workplace / "round")
        was_killed = killed(command, folder, moves, moment)
        yield command, was_killed, after_a_kill(command, folder, right)


def warm(workplace: Path, *, short: bool = False) -> None:
    """Run what commands run once in this process: forks then need not import and read it all again."""
    study = str(workplace / "warm" / "study")
    cases = workplace / "warm" / "cases"
    cases.mkdir(parents=True)
    (cases / "a.txt").write_text(TEXT.format(place="青禾县", name="青禾") * 2, encoding="utf-8")
    every = (
        ("extract", str(cases), "-o", study, "-q"), ("code", study), ("review", study), ("tables", study),
        ("figures", study), ("report", study), ("export", study, "--format", "qdpx"),
    )  # fmt: skip
    for words in every[:1] if short else every:
        with redirect_stdout(io.StringIO()):
            cli.casemine.main(words, standalone_mode=False)


def main() -> int:
    """Run the rounds and say what was lost; exit status 1 when anything was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000, help="rounds over all commands")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=1e9, help="begin no round after so long")
    parser.add_argument("--only", default="", help="commands whose name begins so")
    asked = parser.parse_args()
    commands = [command for command in COMMANDS if command.name.startswith(asked.only)]
    kills: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as workplace:
        for command, was_killed, wrong in rounds(
            commands, asked.kills, asked.seed, Path(workplace), asked.seconds
        ):
            kills[command.name] += was_killed
            faults[command.name] += bool(wrong)
            for line in wrong:
                print(f"{command.name}: {line}", flush=True)
    for command in commands:
        print(f"{command.name:24}{kills[command.name]:6} kills {faults[command.name]:6} with faults")
    print(f"{'all':24}{sum(kills.values()):6} kills {sum(faults.values()):6} with faults")
    return 1 if sum(faults.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
