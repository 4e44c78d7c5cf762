"""Tests mirror the package: src/casemine/ROOM/NAME.py has tests/ROOM/test_NAME.py."""

import ast
from pathlib import Path

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "src" / "casemine"

# Rooms whose tests do not stand under the names of their modules yet.
ROOMS = {"ingest", "report"}
# Modules that the tests of others go through, without a file of their own yet.
MODULES = {
    "__init__.py",
    "cli/recode.py",
    "cli/report.py",
    "cli/reproduce.py",
    "discover/candidates.py",
    "discover/corpus.py",
    "discover/features.py",
    "discover/grammar.py",
    "discover/measured.py",
    "discover/names.py",
    "figures/categories.py",
    "figures/cloud.py",
    "figures/cooccurrence.py",
    "figures/framework.py",
    "figures/page.py",
    "figures/tree.py",
    "figures/words.py",
    "pipeline/__init__.py",
    "pipeline/context.py",
    "pipeline/discover.py",
    "pipeline/export.py",
    "pipeline/imports.py",
    "pipeline/recode_tables.py",
    "pipeline/report.py",
    "pipeline/vectors.py",
    "pipeline/view.py",
}


def place_of(module: Path) -> Path:
    """Return where the tests of a module stand; those of a package under its name."""
    name = module.parent.name or PACKAGE.name if module.stem == "__init__" else module.stem
    return TESTS / module.parent / f"test_{name}.py"


place_of.__test__ = False  # type: ignore[attr-defined]


def without_tests() -> set[Path]:
    """Return the modules that hold a function and have no test file."""
    modules = (path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
    return {module for module in modules if not place_of(module).exists() and _has_function(module)}


def _has_function(module: Path) -> bool:
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) for node in ast.walk(tree))


def test_every_module_with_functions_has_its_test_file() -> None:
    modules = {module.as_posix() for module in without_tests() if module.parts[0] not in ROOMS}
    assert modules - MODULES == set()


def test_the_exceptions_are_needed() -> None:
    lacking = without_tests()
    assert MODULES - {module.as_posix() for module in lacking} == set()
    assert ROOMS - {module.parts[0] for module in lacking} == set()
