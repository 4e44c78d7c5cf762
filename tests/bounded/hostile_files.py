"""Files that are made to harm whoever reads them, each built here and small on disk."""

import io
import zipfile

import numpy as np

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
_SST = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'


def cell(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def workbook(header=("词语", "决定"), rows="", strings=""):
    """Return a workbook whose first row is `header`, with any rows after it as they stand."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["x"])
    written = io.BytesIO()
    book.save(written)
    top = "".join(cell(f"{chr(65 + at)}1", name) for at, name in enumerate(header))
    sheet = SHEET.format(f'<row r="1">{top}</row>{rows}')
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = sheet.encode()
            new.writestr(name, content)
        if strings:
            new.writestr("xl/sharedStrings.xml", _SST.format(strings))
    return packed.getvalue()


def row_2e9(header=("词语", "决定")):
    return workbook(header, f'<row r="2000000000">{cell("A2000000000", "茶园")}</row>')


def styled_rows(count=1_000_000, header=("词语", "决定")):
    rows = "".join(f'<row r="{number}" s="1" customFormat="1"/>' for number in range(2, count))
    return workbook(
        header, rows + f'<row r="{count}">{cell(f"A{count}", "茶园")}{cell(f"B{count}", "留")}</row>'
    )


def odd_styled_rows(header=("词语", "决定")):
    """As `styled_rows`, written so that no pattern takes the blank cells out."""
    cells = "<c r='A2' ><v ></v></c>" * 18_000
    return workbook(header, f"<row r='2'>{cells}</row>")


def wide_rows(header=("词语", "决定")):
    return workbook(header, "".join(f'<row r="{n}">{cell(f"XFD{n}", "茶")}</row>' for n in range(2, 3000)))


def shared_strings(header=("词语", "决定")):
    return workbook(header, strings="".join(f"<si><t>{number}</t></si>" for number in range(2_100_000)))


def merged(header=("词语", "决定")):
    """One row, and more merged cells than anybody makes."""
    sheet = workbook(header)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                ranges = "".join(f'<mergeCell ref="A{at}:B{at}"/>' for at in range(1, 450_000))
                cells = f"<mergeCells>{ranges}</mergeCells>".encode()
                content = content.replace(b"</worksheet>", cells + b"</worksheet>")
            new.writestr(name, content)
    return packed.getvalue()


def flipped(data, at=0.5):
    place = int(len(data) * at)
    return data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]


def zip_bomb(name="xl/worksheets/sheet1.xml", size=220 << 20):
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
        new.open(name, "w", force_zip64=True) as member,
    ):
        for _ in range(size >> 20):
            member.write(b" " * (1 << 20))
    return packed.getvalue()


def lying_bomb():
    """A zip whose directory says that the large member is small."""
    data = bytearray(zip_bomb("a.txt", 40 << 20))
    size = (40 << 20).to_bytes(4, "little")
    at = data.rfind(b"PK\x01\x02")
    place = data.find(size, at)
    data[place : place + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def npz(**arrays):
    written = io.BytesIO()
    np.savez_compressed(written, **arrays)
    return written.getvalue()


def vectors(**changed):
    words = np.frombuffer("茶园\n茶叶".encode(), dtype=np.uint8)
    about = np.frombuffer(b'{"tokens": 9}', dtype=np.uint8)
    held = {"codes": np.ones((2, 3), np.int8), "counts": np.array([5, 4]), "words": words, "about": about}
    return npz(**(held | changed))


def npz_of_5_gb():
    """A NumPy archive whose header claims an array of 5 GB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(vectors())) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "codes.npy":
                content = content.replace(b"(2, 3), }              ", b"(5000000, 1000), }     ")
            new.writestr(name, content)
    return packed.getvalue()


def deep_toml(depth=5_000):
    return "a = " + "[" * depth + "]" * depth


def long_number(digits=5_000):
    return "a = " + "9" * digits


def deep_json(depth=5_000):
    return '{"casemine": "0.2.0", "format": 2, "calls": ' + "[" * depth + "]" * depth + "}"
