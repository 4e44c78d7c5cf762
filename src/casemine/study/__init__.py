"""Where things are kept: the study folder, opened once as a `Study`, and writes whole or not at all."""

from casemine.study.files import (
    file_hash,
    fingerprint,
    relative,
    replace_file,
    replacing,
    text_files,
    write_text,
)
from casemine.study.lock import locked
from casemine.study.opened import Study
from casemine.study.record import Call, RunRecord, is_study, package_version, versions
from casemine.study.texts import Texts
from casemine.study.transaction import check_own, transaction

__all__ = [
    "Call",
    "RunRecord",
    "Study",
    "Texts",
    "check_own",
    "file_hash",
    "fingerprint",
    "is_study",
    "locked",
    "package_version",
    "relative",
    "replace_file",
    "replacing",
    "text_files",
    "transaction",
    "versions",
    "write_text",
]
