import ast
import re
from pathlib import Path

import pytest

import casemine.ingest
from casemine.report.reasons import in_chinese

_RAISED = {"DocumentError", "PassedOver", "LeftOut"}
# They return or yield why a file is passed over.
_WHY = {"_why_not", "_walk", "_left_out"}
_ADVICE = re.compile(r"_?([A-Z]+_)?ADVICE")


def said(node: ast.expr) -> str:
    """Return a literal, what differs from file to file as 7; "" for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "7" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def literals() -> set[str]:
    """Return what the sources of ingest say of a file that is left out."""
    found: set[str] = set()
    for path in Path(casemine.ingest.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _RAISED:
                given = [*node.args, *(word.value for word in node.keywords if word.arg == "advice")]
                found |= {said(part) for part in given}
            elif isinstance(node, ast.FunctionDef) and node.name in _WHY:
                docstring = ast.get_docstring(node, clean=False)
                inside = {said(part) for part in ast.walk(node) if isinstance(part, ast.Constant)}
                found |= inside - {docstring}
            elif isinstance(node, ast.Assign) and _ADVICE.fullmatch(ast.unparse(node.targets[0])):
                found.add(said(node.value))
    return {text for text in found if " " in text and text not in {"passed over"}}


def test_every_reason_of_ingest_has_its_chinese() -> None:
    known = literals()
    assert len(known) > 70
    assert [text for text in sorted(known) if in_chinese(text) == text] == []


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("the same text as cases/甲.txt", "与cases/甲.txt文本相同"),
        ("row 3 has no text in column 正文.", "第3行的正文列没有文本。"),
        ("there is no column 文; the columns are a, b; c.", "没有文列；各列为：a, b; c。"),
        (
            "row 3 has the same 编号 as a row above: 甲 as a row above: 乙.",
            "第3行的编号与上面一行相同：甲 as a row above: 乙。",
        ),
        ("the table cannot be read: x\ny.", "表无法读取：x\ny。"),
        ("a hidden folder", "隐藏文件夹"),
        ("said by nobody", "said by nobody"),
        ("", ""),
    ],
)
def test_what_differs_from_file_to_file_is_kept(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese
