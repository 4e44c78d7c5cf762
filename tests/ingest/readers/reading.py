"""Reads one small file, for the tests of readers."""

import io
import zipfile

from casemine.errors import DocumentError
from casemine.ingest.readers import read_file
from casemine.ingest.source import Record

PROSE = "山坳村把闲置校舍改成了民宿。游客住进来，村民在家门口有了收入。"


def one(data, name, **options):
    [record] = read_file(data if isinstance(data, bytes) else data.encode(), name, **options)
    assert isinstance(record, Record), record
    return record


def texts(record):
    return [(block.kind, block.text) for block in record.blocks]


def failure(data, name):
    [error] = read_file(data if isinstance(data, bytes) else data.encode(), name)
    assert isinstance(error, DocumentError)
    assert error.place == name
    return error.cause


def packed(members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def blocks(data, name):
    [record] = read_file(data, name)
    return [(block.kind, block.text, block.place) for block in record.blocks]
