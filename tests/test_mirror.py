"""Tests mirror the package: src/casemine/ROOM/NAME.py has tests/ROOM/test_NAME.py."""

import ast
from pathlib import Path

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "src" / "casemine"


def place_of(module: Path) -> Path:
    """Return where the tests of a module stand; those of a package under its name."""
    name = module.parent.name or PACKAGE.name if module.stem == "__init__" else module.stem
    return TESTS / module.parent / f"test_{name}.py"


place_of.__test__ = False  # type: ignore[attr-defined]


def _has_function(module: Path) -> bool:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) for node in ast.walk(tree))


def test_every_module_with_functions_has_its_test_file() -> None:
    modules = [path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py") if _has_function(path)]
    lacking = [module.as_posix() for module in modules if not place_of(module).exists()]
    assert sorted(lacking) == []
