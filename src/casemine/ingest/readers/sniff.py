"""What a file is: by its first bytes, else by its ending; and what to do with one that is not read here."""

from __future__ import annotations

import re

from casemine.bounded import Archive
from casemine.errors import DocumentError
from casemine.ingest.readers import epub, ofd
from casemine.ingest.readers.mail import is_message

# By ending, the kind of reader. A format of its own name stands for itself.
ENDINGS = {
    **{kind: kind for kind in (
        "txt", "md", "docx", "pdf", "html", "xml", "csv", "tsv", "xlsx", "json", "jsonl", "zip", "doc", "wps",
        "rtf", "odt", "ofd", "epub", "mht", "eml", "xls", "et", "ods",
    )},
    "text": "txt",
    "markdown": "md",
    "docm": "docx",
    "dotx": "docx",
    "htm": "html",
    "xhtml": "html",
    "shtml": "html",
    "mhtml": "mht",
    "tmx": "xml",
    "rss": "xml",
    "atom": "xml",
    "xlsm": "xlsx",
    "ndjson": "jsonl",
    **dict.fromkeys(("png", "jpg", "jpeg", "tif", "tiff", "bmp"), "image"),
}  # fmt: skip
SUPPORTED = (
    "txt, md, docx, pdf, ofd, odt, rtf, epub, html, mht, eml, xml, tmx, rss, csv, tsv, xlsx, xls, et, ods, "
    "json, jsonl, zip, doc, wps (with LibreOffice), png, jpg, tif, bmp (with the OCR extra)"
)
_CAJ = "Open it in CAJViewer and save or print it as PDF."
_SHOW = "Save it as PDF in PowerPoint or WPS."
_PACKED = "Unpack it and give the files or the folder."
_KINDLE = "Convert it to EPUB with Calibre."
_SOUND = "Write down what is said, and save that as .txt or .docx."
# What to do with the formats that people have and no open library reads.
_ADVICE = {
    **dict.fromkeys(("caj", "kdh", "nh", "teb", "caa"), ("a format of CNKI", _CAJ)),
    **dict.fromkeys(
        ("ceb", "cebx"), ("a format of Founder Apabi", "Open it in Apabi Reader and print it to PDF.")
    ),
    **dict.fromkeys(("ppt", "pptx", "dps", "pps", "odp"), ("a presentation", _SHOW)),
    **dict.fromkeys(
        ("rar", "7z", "gz", "tar", "tgz", "bz2", "xz"), ("an archive of another kind than zip", _PACKED)
    ),
    **dict.fromkeys(("mobi", "azw", "azw3"), ("a format of Kindle", _KINDLE)),
    **dict.fromkeys(("djvu", "pdg"), ("a format of scanned books", "Print it to PDF.")),
    **dict.fromkeys(("mp3", "m4a", "wav", "mp4", "avi", "mov"), ("a recording", _SOUND)),
    "xlsb": ("a binary workbook", "Open it in Excel and save it as .xlsx."),
    "pages": ("a format of Apple Pages", "Save it as .docx in Pages."),
    "numbers": ("a format of Apple Numbers", "Save it as .xlsx in Numbers."),
    "sav": ("a data file of SPSS", "Save it as .csv or .xlsx in SPSS."),
    "dta": ("a data file of Stata", "Save it as .csv or .xlsx in Stata."),
    "mdb": ("a database of Access", "Save the table as .xlsx in Access."),
    "accdb": ("a database of Access", "Save the table as .xlsx in Access."),
}
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
)
_FOREIGN = (
    (b"Rar!\x1a", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"CAJ\0", "caj"),
    (b"HN\0\0", "nh"),
    (b"KDH ", "kdh"),
    (b"TEB", "teb"),
    (b"Founder CEB", "ceb"),
)
_ZIP, _OLE = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = re.compile(rb"\A\x09[\x00\x02\x04\x08][\x04-\x10]\x00")
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*\?>\s*)?(?:<!doctype\s+html|<html|<table|<meta)",
    re.I | re.S,
)
_SPREADSHEET_ML = re.compile(rb"<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet", re.S)
_BINARY = frozenset(
    {"docx", "pdf", "xlsx", "zip", "image", "doc", "wps", "odt", "rtf", "ofd", "epub", "xls", "et", "ods"}
)
_SHEETS = frozenset({"xls", "et", "xlsx"})


def kind_of(data: bytes, ending: str) -> str:
    """Return the kind of reader for a file, by its bytes and the ending of its name without the point.

    Raises `DocumentError` for a format that is not read, with what to do with this very format.
    """
    if kind := _sniffed(data, ending):
        return kind
    foreign = next((name for mark, name in _FOREIGN if data.startswith(mark)), ending)
    if foreign in _ADVICE:
        raise _unread(foreign)
    if ending not in ENDINGS:
        raise DocumentError("unsupported format.", advice=f"casemine reads {SUPPORTED}.")
    kind = ENDINGS[ending]
    if kind in _BINARY:
        raise DocumentError(
            f"is not a .{ending} file inside, whatever its name says.",
            advice="Open it in the program that made it and save it again.",
        )
    return kind


def _unread(ending: str) -> DocumentError:
    what, advice = _ADVICE[ending]
    return DocumentError(f"is {what} (.{ending}), which casemine cannot read.", advice=advice)


def _sniffed(data: bytes, ending: str) -> str:
    """Return what the first bytes say the format is, "" when they say nothing."""
    for mark, kind in _MAGIC:
        if data.startswith(mark):
            return kind
    if data.startswith(_ZIP):
        return _packed(data, ending)
    if data.startswith(_OLE):
        return _compound(data, ending)
    if b"%PDF-" in data[:1024] and ending == "pdf":
        return "pdf"
    if data.startswith(b"BM") and ending == "bmp":
        return "image"
    known = ENDINGS.get(ending, "")
    if known in _SHEETS and _BIFF.match(data):
        return "xls"
    if known in _BINARY | {"xml"} and _SPREADSHEET_ML.search(data[:4096]):
        return "spreadsheet-xml"
    if known in _BINARY | {"mht", "eml", "html"} and is_message(data):
        return "eml" if known == "eml" else "mht"
    if (known in _BINARY or known == "txt") and _HTML.match(data[:4096]):
        return "html-sheets" if known in _SHEETS else "html"
    return ""


def _packed(data: bytes, ending: str) -> str:
    archive = Archive(data)
    names = {member.filename for member in archive.members}
    if "word/document.xml" in names or any(name.startswith("word/document") for name in names):
        return "docx"
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        if "xl/workbook.bin" in names:
            raise _unread("xlsb")
        return "xlsx"
    if any(name.startswith("ppt/") for name in names):
        raise _unread("pptx")
    if ofd.is_ofd(names):
        return "ofd"
    if epub.is_epub(archive, names):
        return "epub"
    if {"mimetype", "content.xml"} <= names:
        return _open_document(archive.named("mimetype"))
    if "[Content_Types].xml" in names or "AndroidManifest.xml" in names:
        raise DocumentError("unsupported format.", advice=f"casemine reads {SUPPORTED}.")
    if ending in _ADVICE:
        raise _unread(ending)
    return "zip"


def _open_document(mimetype: bytes) -> str:
    if b"spreadsheet" in mimetype:
        return "ods"
    if b"presentation" in mimetype:
        raise _unread("odp")
    return "odt"


def _compound(data: bytes, ending: str) -> str:
    """Tell the OLE compound files apart: an encrypted docx or xlsx, a workbook, slides, a text document."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise DocumentError("is protected by a password.", advice="Save a copy without the password.")
    if "PowerPoint Document".encode("utf-16-le") in data or ending in ("ppt", "pps", "dps"):
        raise _unread("ppt")
    text = ending in ("doc", "wps") or "WordDocument".encode("utf-16-le") in data
    if ending in ("xls", "et") or (not text and "Workbook".encode("utf-16-le") in data):
        return "et" if ending == "et" else "xls"
    return ending if ending in ("doc", "wps") else "doc"
