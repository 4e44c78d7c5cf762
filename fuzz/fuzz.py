"""Change files that casemine made, byte by byte, and give them to every reader: each must read or refuse.

    python fuzz/fuzz.py --inputs 20000 --seed 1
    python fuzz/fuzz.py --seconds 60 --doors decisions,review-xlsx

The seeds are made here, of our own sentences. A finding is any exception but a `CasemineError`, or an input
that takes over ten seconds; the file that shows it is kept under --keep. The same seed gives the same inputs.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from casemine import coding, review, settings
from casemine.coding import vectors, word2vec
from casemine.coding.codebook_sheet import read_sheet as read_codebook_sheet
from casemine.errors import CasemineError
from casemine.ingest import readers
from casemine.ingest.manifest import read_manifest
from casemine.pipeline import code, export, extract, imports
from casemine.pipeline import review as reviewing
from casemine.sheets import with_fixed_dates
from casemine.study.record import read_record

SLOW = 10.0
NEVER = 1e9
TEXT = (
    "青禾县探索“积分制”，把人居环境、邻里互助写进积分。村民用积分换米面油，积分制管住了乱堆乱放。\n"
    "当地建起产业园和扶贫车间，贫困户就近就业，合作社带动增收。驻村干部每月入户，合作社与贫困户签订合同。\n"
)
# What breaks readers: long numbers, NUL, quotes, separators, the edges of a sheet and of a clock.
TOKENS = (
    b"9" * 30, b"-1", b"1e999", b"nan", b"\0", b'"', b"'", b",", b"\n", b"\r", b"\t", b"[[", b"]]", b"{",
    b"<", b">", b"&", b"=", b"2000000000", b"1048577", b"XFD1", b"inf", b"\xff", b"\xef\xbb\xbf", b"true",
    b"null", b"9999-99-99T99:99:99", "决定".encode(), b"*", b"/", b"../", b"%s",
)  # fmt: skip


@dataclass(frozen=True)
class Door:
    """A way in: its name, the name of the file, the seeds, and what reads the file."""

    name: str
    file: str
    seeds: tuple[bytes, ...]
    read: Callable[[Path], object]


def doors(folder: Path) -> list[Door]:
    """Return every door with seeds made in `folder`."""
    made = seeds(folder)

    def item_errors(path: Path) -> list[object]:
        return list(readers.read_file(path, path.name))

    return [
        Door(
            "decisions",
            "decisions.csv",
            (made["decisions.csv"],),
            lambda path: review.WORDS.read(path.parent),
        ),
        Door(
            "history",
            "history.csv",
            (made["history.csv"],),
            lambda path: review.WORDS.read_history(path.parent),
        ),
        Door("review-xlsx", "a.xlsx", (made["review.xlsx"],), review.read_sheet),
        Door("review-csv", "a.csv", (made["review.csv"],), review.read_sheet),
        Door("quotes-xlsx", "a.xlsx", (made["quotes.xlsx"],), review.read_quote_sheet),
        Door("codebook-xlsx", "a.xlsx", (made["book.xlsx"],), read_codebook_sheet),
        Door("codebook-toml", "a.toml", (made["book.toml"],), coding.load),
        Door("settings-toml", "a.toml", (made["casemine.toml"],), settings.load),
        Door("run-json", "run.json", (made["run.json"],), lambda path: read_record(path.parent)),
        Door(
            "qdpx",
            "a.qdpx",
            (made["a.qdpx"],),
            lambda path: imports.import_project(path, path.parent / "taken"),
        ),
        Door(
            "qdc",
            "a.qdc",
            (made["a.qdc"],),
            lambda path: imports.import_codebook(path, path.parent / "t.toml"),
        ),
        Door("npz", "a.npz", (made["a.npz"],), vectors.load),
        *(
            Door(f"vectors-{kind}", f"a.{kind}", (made[f"a.{kind}"],), word2vec.read)
            for kind in ("vec", "bin")
            if f"a.{kind}" in made
        ),
        Door("manifest", "manifest.csv", (made["manifest.csv"],), read_manifest),
        *(
            Door(f"table-{name}", f"{name}.csv", (made[f"{name}.csv"],), _table_reader(name))
            for name in TABLES
        ),
        *(
            Door(f"input-{kind}", f"a.{kind}", (made[f"input.{kind}"],), item_errors)
            for kind in ("txt", "csv", "xlsx", "json", "jsonl", "zip", "docx", "html")
        ),
    ]


TABLES = ("documents", "passages", "keywords", "codings", "placements")


def _table_reader(name: str) -> Callable[[Path], object]:
    from casemine import schema
    from casemine.study.tables import parser

    return parser(getattr(schema, name.upper()))


def seeds(folder: Path) -> dict[str, bytes]:
    """Make a study and everything that is read; return name -> bytes."""
    cases = folder / "cases"
    cases.mkdir()
    for place in ("青禾县", "石磨镇"):
        (cases / f"{place}.txt").write_text(TEXT * 3 + place, encoding="utf-8")
    study = extract.extract([cases], folder / "study")
    code.code(study, "six-in-one")
    words = list(dict.fromkeys(study.keywords["word"]))[:4]
    sheet = folder / "review.csv"
    sheet.write_text("词语,决定\n" + "".join(f"{word},留\n" for word in words), encoding="utf-8")
    reviewing.apply_review(study, sheet)
    from casemine.cli import casemine as command

    for asked in (
        ("review", str(study.folder), "-o", str(folder / "review.xlsx")),
        ("review", str(study.folder), "--quotes", "-o", str(folder / "quotes.xlsx")),
        ("codebook", "export", "six-in-one", "-o", str(folder / "book.xlsx")),
        ("init", str(folder / "casemine.toml")),
    ):
        with redirect_stdout(io.StringIO()):
            command.main(asked, standalone_mode=False)
    for form in ("qdpx", "qdc"):
        export.export(study.folder, form, folder / f"a.{form}")
    made = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    made |= {path.name: path.read_bytes() for path in study.folder.iterdir() if path.is_file()}
    made["book.toml"] = next((study.folder / "codebooks").glob("*.toml")).read_bytes()
    made["review.csv"] = sheet.read_bytes()
    made["manifest.csv"] = "file,title,year\n青禾县.txt,积分制,2020\n".encode()
    (folder / "a.npz").write_bytes(small_vectors())
    if find_spec("gensim"):
        for kind in ("vec", "bin"):
            held = vectors.load(folder / "a.npz")
            word2vec.write(held, folder / f"a.{kind}", binary=word2vec.ENDINGS[f".{kind}"])
            made[f"a.{kind}"] = (folder / f"a.{kind}").read_bytes()
    made["a.npz"] = (folder / "a.npz").read_bytes()
    return made | {f"input.{kind}": data for kind, data in inputs().items()}


def small_vectors() -> bytes:
    """Return a table of word vectors."""
    written = io.BytesIO()
    words = np.frombuffer("积分\n合作社".encode(), dtype=np.uint8)
    about = np.frombuffer(b'{"tokens": 9}', dtype=np.uint8)
    np.savez_compressed(
        written, codes=np.ones((2, 3), np.int8), counts=np.array([5, 4]), words=words, about=about
    )
    return written.getvalue()


def inputs() -> dict[str, bytes]:
    """Return documents in several formats."""
    import docx
    import openpyxl

    book, document = openpyxl.Workbook(), docx.Document()
    for row in (("id", "title", "text"), ("1", "积分制", TEXT), ("2", "合作社", TEXT)):
        book.active.append(row)
    document.add_heading("积分制", 1)
    document.add_paragraph(TEXT)
    xlsx, word, packed = io.BytesIO(), io.BytesIO(), io.BytesIO()
    book.save(xlsx)
    document.save(word)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("甲.txt"), TEXT)
        archive.writestr(zipfile.ZipInfo("乙.csv"), f"id,text\n1,{TEXT.splitlines()[0]}\n")
    return {
        "txt": TEXT.encode(), "csv": f"id,text\n1,{TEXT.splitlines()[0]}\n2,甲\n".encode(),
        "xlsx": with_fixed_dates(xlsx),
        "json": '[{"id": 1, "text": "积分制管住了乱堆乱放。"}]'.encode(),
        "jsonl": '{"id": 1, "text": "积分制管住了乱堆乱放。"}\n'.encode() * 2,
        "zip": packed.getvalue(),
        "docx": with_fixed_dates(word),
        "html": f"<html><body><h1>积分制</h1><p>{TEXT}</p></body></html>".encode(),
    }  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return `data` changed in a few places; of an archive half of the time a member, packed again."""
    if data.startswith(b"PK") and chance.random() < 0.5:
        return _member_changed(data, chance)
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = _change(data, chance)
    return data


def _change(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.choice((1, 1, 2, 8, 64)))
    kind = chance.randrange(6)
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + data[end:]
    if kind == 2:
        return data[:at] + chance.choice(TOKENS) + data[end if chance.random() < 0.5 else at :]
    if kind == 3:
        return data[:at] + data[at:end] * chance.choice((2, 3, 50)) + data[end:]
    if kind == 4:
        return data[:at] + chance.randbytes(end - at) + data[end:]
    other = chance.randrange(len(data) + 1)
    return data[:at] + data[other : other + end - at] + data[end:]


def _member_changed(data: bytes, chance: random.Random) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            content = old.read(name)
            content = _change(content, chance) if name == chosen and content else content
            new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def tried(door: Door, data: bytes, folder: Path) -> str:
    """Give one input to a door; return what was found, empty when it was read or refused."""
    path = folder / door.file
    path.write_bytes(data)
    begun = time.monotonic()
    try:
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            door.read(path)
    except CasemineError as error:
        if not error.cause:
            return "an error that says nothing"
    except FileNotFoundError:
        pass
    except Exception:
        return traceback.format_exc()
    taken = time.monotonic() - begun
    return f"took {taken:.1f} s" if taken > SLOW else ""


def inputs_of(every: list[Door], most: int, seed: int, seconds: float) -> Iterator[tuple[Door, bytes]]:
    """Yield inputs; the same seed gives the same for each door.

    Each door has its turn; where `seconds` are given, that which took the least of them so far.
    """
    until = time.monotonic() + seconds
    chances = {door.name: random.Random(f"{seed} {door.name}") for door in every}
    taken = dict.fromkeys(chances, 0.0)
    for number in range(most):
        begun = time.monotonic()
        if begun > until:
            return
        timed = seconds < NEVER
        door = min(every, key=lambda door: taken[door.name]) if timed else every[number % len(every)]
        chance = chances[door.name]
        yield door, mutated(chance.choice(door.seeds), chance)
        taken[door.name] += time.monotonic() - begun


def main() -> int:
    """Try the inputs; exit status 1 when anything was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--inputs", type=int, default=10**9, help="over all doors")
    parser.add_argument("--seconds", type=float, default=NEVER, help="each door has its share")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--doors", default="", help="names, with commas")
    parser.add_argument("--keep", type=Path, help="folder for what was found")
    asked = parser.parse_args()
    counts: dict[str, list[int]] = {}
    seen: set[str] = set()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        every = [door for door in doors(folder) if not asked.doors or door.name in asked.doors.split(",")]
        (folder / "tried").mkdir()
        for door, data in inputs_of(every, asked.inputs, asked.seed, asked.seconds):
            count = counts.setdefault(door.name, [0, 0])
            found = tried(door, data, folder / "tried")
            count[0] += 1
            count[1] += bool(found)
            kind = f"{door.name} {found.strip().splitlines()[-1] if found else ''}"
            if found and kind not in seen:
                seen.add(kind)
                print(f"{door.name}: {found.strip()[-1500:]}\n", flush=True)
                if asked.keep:
                    asked.keep.mkdir(parents=True, exist_ok=True)
                    (asked.keep / f"{door.name}-{count[0]}").write_bytes(data)
    for name, (tries, found) in counts.items():
        print(f"{name:16}{tries:8} inputs {found:6} found")
    print(f"{'all':16}{sum(tries for tries, _ in counts.values()):8} inputs "
          f"{sum(found for _, found in counts.values()):6} found")  # fmt: skip
    return 1 if seen else 0


if __name__ == "__main__":
    sys.exit(main())
