"""Files made to harm, at the door each comes in by: one message, in seconds, in little memory."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="peak memory is asked of Unix")

# In a process of its own, whose peak memory is that of the readers alone.
TRY = """
import json, resource, sys, time
from pathlib import Path
from casemine import coding, review, settings
from casemine.coding import vectors
from casemine.coding.codebook_sheet import read_sheet
from casemine.errors import CasemineError
from casemine.ingest import readers
from casemine.ingest.manifest import read_manifest
from casemine.pipeline import imports
from casemine.study import Study
DOORS = {
    "review": review.read_sheet, "codebook": read_sheet, "toml": coding.load, "settings": settings.load,
    "input": lambda path: [
        item for item in readers.read_file(path, path.name) if isinstance(item, CasemineError)
    ],
    "npz": vectors.load, "qdc": lambda path: imports.import_codebook(path, path.with_suffix(".toml")),
    "qdpx": lambda path: imports.import_project(path, path.parent / "taken"),
    "decisions": lambda path: review.WORDS.read(path.parent), "manifest": read_manifest, "study": Study,
}
for line in sys.stdin:
    door, path = json.loads(line)
    begun = time.process_time()
    try:
        said = DOORS[door](Path(path))
        said = list(map(str, said)) if door == "input" else []
    except CasemineError as error:
        said = [str(error)]
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says holds the peak of who started this process
        peak = int(status.read_text().split("VmHWM:")[1].split()[0]) >> 10
    else:
        unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit
    print(json.dumps([said, time.process_time() - begun, peak]), flush=True)
"""
SECONDS, MEGABYTES = 10, 300


def cut(data):
    return data[: len(data) * 2 // 3]


def qdpx():
    import io

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("project.qde", '<Project xmlns="urn:QDA-XML:project:1.0"/>' * 200)
    return packed.getvalue()


ORPHAN = (
    '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="a" name="甲">'
    '<Code guid="a" name="乙"/></Code></Codes></CodeBook>'
)
SHORT = "doc_id,word,coder,decision,standard,code,quote,note\n*,茶园,a,keep,,,,\n*,茶叶\n"
BOOK = ("编码", "层级")


def files(hostile):
    """Return (door, name, bytes) of every file."""
    return [
        ("review", "row.xlsx", hostile.row_2e9()),
        ("review", "sst.xlsx", hostile.shared_strings()),
        ("review", "bomb.xlsx", hostile.zip_bomb()),
        ("review", "byte.xlsx", hostile.flipped(hostile.workbook())),
        ("review", "odd.xlsx", hostile.odd_styled_rows()),
        ("codebook", "row.xlsx", hostile.row_2e9(BOOK)),
        ("codebook", "bomb.xlsx", hostile.zip_bomb()),
        ("input", "row.xlsx", hostile.row_2e9(("id", "正文"))),
        ("input", "wide.xlsx", hostile.wide_rows(("id", "正文"))),
        ("input", "bomb.zip", hostile.zip_bomb("甲.txt")),
        ("input", "deep.json", hostile.deep_json().encode()),
        ("manifest", "manifest.xlsx", hostile.row_2e9(("文件", "年份"))),
        ("toml", "deep.toml", hostile.deep_toml().encode()),
        ("toml", "long.toml", hostile.long_number().encode()),
        ("settings", "long.toml", hostile.long_number().encode()),
        ("settings", "nul.toml", b'[ingest]\nencoding = "\0"'),
        ("npz", "large.npz", hostile.npz_of_5_gb()),
        ("npz", "byte.npz", hostile.flipped(hostile.vectors())),
        ("qdpx", "cut.qdpx", cut(qdpx())),
        ("qdc", "orphan.qdc", ORPHAN.encode()),
        ("decisions", "decisions.csv", SHORT.encode()),
    ]


def test_every_door_refuses_with_one_message_in_seconds_and_little_memory(tmp_path):
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from bounded import hostile_files

    asked = []
    for number, (door, name, data) in enumerate(files(hostile_files)):
        path = tmp_path / str(number) / name
        path.parent.mkdir()
        path.write_bytes(data)
        asked.append((door, str(path)))
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "documents.csv").write_text("")
    (tmp_path / "run" / "run.json").write_text(hostile_files.deep_json())
    asked.append(("study", str(tmp_path / "run")))
    answers = subprocess.run(
        [sys.executable, "-c", TRY],
        input="".join(json.dumps(line) + "\n" for line in asked),
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=300,
    )  # fmt: skip
    lines = answers.stdout.splitlines()
    assert len(lines) == len(asked), answers.stderr
    for (door, path), line in zip(asked, lines, strict=True):
        said, seconds, peak = json.loads(line)
        assert len(said) == 1, (door, path, said)
        assert seconds < SECONDS and peak < MEGABYTES, (door, path, seconds, peak)
