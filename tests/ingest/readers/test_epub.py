from casemine.ingest.readers import read_file
from ingest.readers.reading import packed


def epub(chapters, *, title="茶山笔记", encryption=""):
    items = "".join(
        f'<item id="c{n}" href="t%20{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in reversed(range(len(chapters))))
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<c><rootfiles><rootfile full-path="O/b.opf"/></rootfiles></c>',
        "O/b.opf": f'<package><metadata><dc:title xmlns:dc="d">{title}</dc:title></metadata><manifest>{items}'
        '<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>'
        f'<spine><itemref idref="n"/>{spine}</spine></package>',
        "O/nav.xhtml": "<html><body>目录</body></html>",
    }
    for number, chapter in enumerate(chapters):
        members[f"O/t {number}.xhtml"] = f"<html><head><title/></head><body>{chapter}</body></html>"
    if encryption:
        members["META-INF/encryption.xml"] = encryption
    return packed(members)


def test_an_epub_is_one_document_in_the_order_of_its_spine():
    [record] = read_file(
        epub(["<h1>下篇</h1><p>收茶。</p>", "<h1>茶山笔记</h1><p>种<b>茶</b>。</p>"]), "a.epub"
    )
    assert (record.format, record.metadata) == ("epub", {"title": "茶山笔记"})
    assert [(block.kind, block.text, block.place) for block in record.blocks] == [
        ("title", "茶山笔记", ""),
        ("paragraph", "种茶。", "chapter 1"),
        ("heading", "下篇", "chapter 2"),
        ("paragraph", "收茶。", "chapter 2"),
    ]


def test_a_protected_or_empty_epub_is_named():
    locked = '<encryption><x><CipherReference URI="O/t%200.xhtml"/></x></encryption>'
    [error] = read_file(epub(["<p>密</p>"], encryption=locked), "a.epub")
    assert "protected" in error.cause
    [error] = read_file(epub([""]), "a.epub")
    assert "no text" in error.cause
