"""Kill every command that writes, at every file move and at random moments; nothing may be lost.

    python benchmarks/kills.py --kills 1000

Each round copies a state of a study, runs a command on it and kills the process (SIGKILL): in one round
before the k-th move of a file, in the next after a random share of the time that the command takes. Each k
from 1 to the moves that the command makes comes once, in a random order, before any comes again. Then
`casemine info` must open the study, the command is run again, `casemine run` brings all up to date, `casemine
check` must find nothing, and every file but run.json and the times of the histories must have the bytes that
they have without a kill. No staging folder may be left.

`suggest` (it asks a model) and `serve` (it applies as `review` does) are not among the commands.
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
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from casemine import cli
from casemine.study import Study
from casemine.study.files import STAGING

# Where a command that was started counts its moves of files.
MOVES = "moves"
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
    Command("code --open", ("code", "{study}", "--open", "-o", "{folder}/draft.toml")),
    Command("find --code", ("find", "{study}", "合作社", "--code", "防贫预警")),
    Command("memo", ("memo", "{study}", "边界？", "--code", "防贫预警")),
    Command("find -o", ("find", "{study}", "合作社", "-o", "{study}/tables/found.csv")),
    Command("words", ("words", "{study}", "-q")),
    Command("topics", ("topics", "{study}", "--topics", "2", "-q")),
    Command("similar", ("similar", "{study}", "-q")),
    Command("network", ("network", "{study}", "-q")),
    Command("pmc", ("pmc", "{study}", "--codebook", "policy-pmc"), "pmc"),
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
    Command("codebook import", ("codebook", "import", "{folder}/six.xlsx", "-o", "{folder}/own.toml")),
    Command(
        "vectors",
        (
            "vectors",
            "{folder}/cases",
            "-o",
            "{folder}/own.npz",
            "--min-count",
            "1",
            "--dimensions",
            "10",
            "-q",
        ),
    ),
    Command("check --rescue", ("check", "{study}", "--rescue"), "damaged"),
    Command("init", ("init", "{folder}/casemine.toml")),
    Command("run", ("run", "{study}", "-q"), "stale"),
)


def started(words: Sequence[str], said: Path, last: int = 0) -> int:
    """Start a command in a fork of this process, which has imported all already; return its process id.

    Its moves of files are counted beside `said`; with `last` it kills itself before that one.
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
        watch_moves(said.with_name(MOVES), last)
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


def watch_moves(counted: Path, last: int) -> None:
    """Write a dot into `counted` for each file this process moves; kill it before the one numbered `last`."""
    replace, moves = Path.replace, 0
    dots = os.open(counted, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)

    def watched(self: Path, target: str | os.PathLike[str]) -> Path:
        nonlocal moves
        moves += 1
        if moves == last:
            os.kill(os.getpid(), signal.SIGKILL)
        os.write(dots, b".")
        return replace(self, target)

    Path.replace = watched  # type: ignore[method-assign]


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
    for name in ("empty", "coded"):
        write_cases(folder / name / "cases")
    coded = folder / "coded"
    well("extract", f"{coded}/cases", "-o", f"{coded}/study", "-q")
    for words in (
        ()
        if short
        else (
            ("code", f"{coded}/study"),
            ("tables", f"{coded}/study"),
            ("export", f"{coded}/study", "--format", "qdpx", "-o", f"{coded}/project.qdpx"),
            ("export", f"{coded}/study", "--format", "qdc", "-o", f"{coded}/book.qdc"),
            ("codebook", "export", "six-in-one", "-o", f"{coded}/six.xlsx"),
        )
    ):
        well(*words)
    fill_sheets(coded, quotes=not short)
    settings = copied(coded, folder / "stale") / "study" / "casemine.toml"
    said = re.sub(r"(?m)^top = \d+", "top = 7", settings.read_text(encoding="utf-8"))
    settings.write_text(said, encoding="utf-8")
    (copied(coded, folder / "damaged") / "study" / "run.json").unlink()
    copied(coded, folder / "pmc")
    if not short:
        well("code", f"{folder}/pmc/study", "--codebook", "policy-pmc")
    return {path.name: path for path in folder.iterdir()}


def write_cases(folder: Path) -> None:
    """Write the documents of all studies."""
    folder.mkdir(parents=True)
    for place in ("青禾县", "石磨镇", "东岭县", "柳溪镇"):
        text = TEXT.format(place=place, name=place[:2]) * 2
        (folder / f"{place}.txt").write_text(text, encoding="utf-8")


def well(*words: str) -> None:
    """Run a command that must end well: else nothing is tried by it."""
    status, said = done(*words)
    if status not in (0, 1) or "Traceback" in said:
        raise SystemExit(f"casemine {' '.join(words)} ended with {status}: {said}")


def fill_sheets(folder: Path, *, quotes: bool) -> None:
    """Decide on a few keywords, as a person does in a sheet, and on a few quotations."""
    words = list(dict.fromkeys(Study(folder / "study").keywords["word"]))[:4]
    lines = [f"{word},{decision}" for word, decision in zip(words, ("留", "删", "留", "删"), strict=False)]
    (folder / "sheet.csv").write_text("词语,决定\n" + "\n".join(lines) + "\n", encoding="utf-8")
    if quotes:
        well("review", f"{folder}/study", "--quotes", "-o", f"{folder}/quotes.xlsx")


def copied(state: Path, target: Path) -> Path:
    """Copy a state; the study names its inputs relative to itself, so that both can move."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(state, target)
    return target


_TIMES = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\+00:00|Z)")


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below `folder`, times and run.json left out."""
    return {
        path.relative_to(folder).as_posix(): _TIMES.sub(b"", _unpacked(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "run.json" and not path.name.startswith(".casemine.lock")
    }


def _unpacked(path: Path) -> bytes:
    """Return the bytes of a file, of an archive those of its members: notes in a project bear their times."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"\0".join(name.encode() + b"\0" + archive.read(name) for name in archive.namelist())


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


def killed(command: Command, folder: Path, last: int, seconds: float) -> bool:
    """Run a command and kill it at a move or a moment; return whether it was still running."""
    process = started(command.arguments(folder), folder.with_name("said"), last)
    status = ended(process, 300 if last else seconds)
    if status is None:
        os.kill(process, signal.SIGKILL)
        status = ended(process, 300)
    return status == -signal.SIGKILL


@dataclass(frozen=True)
class Unkilled:
    """What a command does when nothing is killed: its seconds, its moves of files, the bytes of all files."""

    seconds: float
    moves: int
    right: dict[str, bytes]


def unkilled(command: Command, state: Path, folder: Path) -> Unkilled:
    """Run a command to its end, and once more as after a kill."""
    said = copied(state, folder).with_name("said")
    begun = time.monotonic()
    status = ended(started(command.arguments(folder), said), 300)
    seconds = time.monotonic() - begun
    text = said.read_text(encoding="utf-8", errors="replace")
    if status not in (0, 1) or "Traceback" in text:
        raise SystemExit(f"{command.name} ended with {status}: {text}")
    moves = said.with_name(MOVES).stat().st_size
    finish(command, folder)
    return Unkilled(seconds, moves, contents(folder))


@dataclass(frozen=True)
class Round:
    """A round: killed in time or not, before which move of how many (0: at a moment), what was wrong."""

    command: Command
    killed: bool
    last: int
    moves: int
    wrong: list[str]


def rounds(
    commands: Sequence[Command],
    most: int,
    seed: int,
    workplace: Path,
    seconds: float = 1e9,
    *,
    short: bool = False,
) -> Iterator[Round]:
    """Yield each round, the commands in turn, at a move and at a moment in turn."""
    chance = random.Random(seed)
    begun = time.monotonic()
    warm(workplace, short=short)
    made = states(workplace / "states", short=short)
    wanted: dict[str, Unkilled] = {}
    left: dict[str, list[int]] = {}
    for number in range(most):
        if time.monotonic() - begun > seconds:
            return
        command = commands[number % len(commands)]
        if command.name not in wanted:
            wanted[command.name] = unkilled(command, made[command.state], workplace / "round")
        plain = wanted[command.name]
        at_move = plain.moves and number // len(commands) % 2 == 0
        if at_move and not left.get(command.name):
            left[command.name] = chance.sample(range(1, plain.moves + 1), plain.moves)
        last = left[command.name].pop() if at_move else 0
        moment = chance.uniform(0.0, 1.0) * plain.seconds
        folder = copied(made[command.state], workplace / "round")
        was_killed = killed(command, folder, last, moment)
        yield Round(command, was_killed, last, plain.moves, after_a_kill(command, folder, plain.right))


def warm(workplace: Path, *, short: bool = False) -> None:
    """Run what commands run once in this process: forks then need not import and read it all again."""
    study = str(workplace / "warm" / "study")
    cases = workplace / "warm" / "cases"
    write_cases(cases)
    every = (
        ("extract", str(cases), "-o", study, "-q"), ("code", study), ("review", study), ("tables", study),
        ("figures", study), ("report", study), ("export", study, "--format", "qdpx"),
        ("words", study, "-q"), ("topics", study, "--topics", "2", "-q"), ("similar", study, "-q"),
        ("network", study, "-q"),
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
    done_rounds: dict[str, list[Round]] = {command.name: [] for command in commands}
    with tempfile.TemporaryDirectory() as workplace:
        for one in rounds(commands, asked.kills, asked.seed, Path(workplace), asked.seconds):
            done_rounds[one.command.name].append(one)
            for line in one.wrong:
                at = f"before move {one.last}" if one.last else "at a moment"
                print(f"{one.command.name}, {at}: {line}", flush=True)
    for name, of in done_rounds.items():
        print(_summary(name, of))
    every = [one for of in done_rounds.values() for one in of]
    print(_summary("all", every))
    return 1 if any(one.wrong for one in every) else 0


def _summary(name: str, of: list[Round]) -> str:
    moves = f"{len({one.last for one in of if one.last})} of {of[0].moves}" if of and name != "all" else ""
    kills, faults = sum(one.killed for one in of), sum(bool(one.wrong) for one in of)
    return f"{name:24}{kills:6} kills {moves:>10} moves {faults:6} with faults"


if __name__ == "__main__":
    sys.exit(main())
