"""pdfplumber, pdfminer.six or pypdfium2 with their defaults: the text of PDFs, page after page.

python pdf_text.py PEER PATHS.json TEXTS.json
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def pdfplumber(path: str) -> str:
    import pdfplumber

    with pdfplumber.open(path) as document:
        return "\n".join(page.extract_text() or "" for page in document.pages)


def pdfminer(path: str) -> str:
    from pdfminer.high_level import extract_text

    return extract_text(path)


def pypdfium2(path: str) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


peer, listed, written = sys.argv[1:]
read = {"pdfplumber": pdfplumber, "pdfminer.six": pdfminer, "pypdfium2": pypdfium2}[peer]
paths = json.loads(Path(listed).read_text(encoding="utf-8"))
read(paths[0])  # imports are not counted
texts = []
for path in paths:
    start = time.perf_counter()
    text = read(path)
    texts.append((path, text, time.perf_counter() - start))
Path(written).write_text(json.dumps(texts), encoding="utf-8")
