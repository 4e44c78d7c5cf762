"""Why a file was left out, and what to do, in the words of a Chinese report."""

from __future__ import annotations

import re
from functools import cache

STATUS = {"passed over": "略过", "failed": "未能读取"}
# As `casemine.ingest` says it; what stands in braces differs from file to file.
_CHINESE = {
    # Passed over.
    "the same text as {file}": "与{file}文本相同",
    "a lock file of Office, made while a document is open": "Office打开文档时的锁定文件",
    "a file of the system": "系统文件",
    "a hidden file": "隐藏文件",
    "a hidden folder": "隐藏文件夹",
    "a study folder of casemine": "casemine的研究文件夹",
    "the manifest: metadata of the files beside it": "文件清单：说明同一文件夹中各文件",
    "no regular file": "不是普通文件",
    "attached to a mail; save it apart to have it read": "邮件附件；如需读取，请单独保存",
    "attached to the document; save it apart to have it read": "文档附件；如需读取，请单独保存",
    "stands in the archive twice; the first was read": "压缩包中有两个同名文件，已读取第一个",
    # Any file.
    "there is no text in it.": "其中没有文本。",
    "nothing in it could be read.": "其中没有可读取的内容。",
    "the file is empty.": "文件为空。",
    "unsupported format.": "不支持的格式。",
    "casemine reads {formats}.": "casemine可读取：{formats}。",
    "is not a .{ending} file inside, whatever its name says.": "内容不是其扩展名所示的.{ending}文件。",
    "the file cannot be opened ({error}).": "文件无法打开（{error}）。",
    "Close it in other programs.": "请在其他程序中关闭该文件。",
    "the file could not be read ({error}).": "文件未能读取（{error}）。",
    "Open it in the program that made it and save it again.": "请用原程序打开并重新保存。",
    "Open it and save it again.": "请打开并重新保存。",
    "is protected by a password.": "受密码保护。",
    "Save a copy without the password.": "请另存一份不带密码的副本。",
    "the bytes are not text in any encoding known here.": "内容不是已知编码的文本。",
    "Give --encoding, or remove the file.": "请给出--encoding，或移除该文件。",
    "is no regular file; it was not read.": "不是普通文件，未读取。",
    "is larger than 1 GiB.": "超过1 GiB。",
    "holds over {count} bytes of text.": "文本超过{count}字节。",
    "Part it, and give the parts.": "请拆分后给出各部分。",
    "the file holds no text.": "文件中没有文本。",
    # Formats that are not read.
    "is {what} (.{ending}), which casemine cannot read.": "是.{ending}格式，casemine无法读取。",
    "Open it in CAJViewer and save or print it as PDF.": "请用CAJViewer打开，另存或打印为PDF。",
    "Open it in Apabi Reader and print it to PDF.": "请用Apabi Reader打开并打印为PDF。",
    "Save it as PDF in PowerPoint or WPS.": "请用PowerPoint或WPS另存为PDF。",
    "Unpack it and give the files or the folder.": "请解压后给出文件或文件夹。",
    "Convert it to EPUB with Calibre.": "请用Calibre转换为EPUB。",
    "Print it to PDF.": "请打印为PDF。",
    "Write down what is said, and save that as .txt or .docx.": "请转写为文字，保存为.txt或.docx。",
    "Open it in Excel and save it as .xlsx.": "请用Excel打开并另存为.xlsx。",
    "Save it as .docx in Pages.": "请用Pages另存为.docx。",
    "Save it as .xlsx in Numbers.": "请用Numbers另存为.xlsx。",
    "Save it as .csv or .xlsx in {program}.": "请用{program}另存为.csv或.xlsx。",
    "Save the table as .xlsx in Access.": "请用Access将表另存为.xlsx。",
    # Word, OpenDocument and rich text, and what LibreOffice converts.
    "holds no text document.": "其中没有文本文档。",
    "Open it in LibreOffice and save it as .docx.": "请用LibreOffice打开并另存为.docx。",
    "the rich text is damaged.": "RTF文件已损坏。",
    "holds a part that only Word can read; the rest was read.": "其中一部分只有Word能读取；其余已读取。",
    "Open it in Word and save it as .docx again.": "请用Word打开并重新保存为.docx。",
    "a part of the document is nested too deeply to be one.": "文档的一部分嵌套过深，不是正常文档。",
    "Open it in the program that made it, repair it and save it again.": "请用原程序打开、修复并重新保存。",
    "holds no Word document.": "其中没有Word文档。",
    "Open it in Word and save it as .docx.": "请用Word打开并另存为.docx。",
    "a part of the document is damaged.": "文档的一部分已损坏。",
    ".{kind} is an old format that takes LibreOffice to read.": ".{kind}是旧格式，读取需要LibreOffice。",
    "Save it as .docx in {program}, or install LibreOffice (libreoffice.org).": (
        "请用Word或WPS另存为.docx，或安装LibreOffice（libreoffice.org）。"
    ),
    "LibreOffice could not convert it.": "LibreOffice未能转换。",
    "LibreOffice took more than two minutes and was stopped.": "LibreOffice超过两分钟未完成，已停止。",
    "LibreOffice could not be started.": "LibreOffice无法启动。",
    "Save the file as .docx.": "请将文件另存为.docx。",
    # Pages and pictures.
    "the page holds no text.": "网页中没有文本。",
    "the PDF has no pages.": "PDF没有页面。",
    "the PDF is damaged.": "PDF已损坏。",
    "the PDF is protected by a password.": "PDF受密码保护。",
    "no page holds text.": "各页均无文本。",
    "is a scan: its pages are pictures without a text layer.": "是扫描件：各页为图片，没有文本层。",
    "page {pages}: a scan without text layer; the rest was read.": (
        "第{pages}页为扫描页，没有文本层；其余已读取。"
    ),
    "page {pages}: pictures with text in them, which was not read; the rest was read.": (
        "第{pages}页为图片，其中的文字未读取；其余已读取。"
    ),
    "page {pages}: its fonts do not say which characters they show (no ToUnicode table), "
    "so its text cannot be trusted; the rest was read.": (
        "第{pages}页的字体没有ToUnicode表，文字不可靠，未采用；其余已读取。"
    ),
    "{parts}; the rest was read.": "{parts}；其余已读取。",
    "the PDF cannot be read as text: {fault}.": "PDF的字体没有ToUnicode表，文字不可靠，未读取。",
    "a page holds over {count} characters; it was not read.": "有一页的字符超过{count}个，未读取。",
    "page {pages}: a picture without text; the other pages were read.": (
        "第{pages}页为图片，没有文本；其余各页已读取。"
    ),
    "its pages are pictures without text.": "各页为图片，没有文本。",
    "a part of the OFD is missing.": "OFD缺少一部分。",
    "the OFD is encrypted.": "OFD已加密。",
    "Open it in the OFD reader and save it as PDF.": "请用OFD阅读器打开并另存为PDF。",
    "Save it as PDF in the OFD reader. {ocr}": "请用OFD阅读器另存为PDF，并安装文字识别组件。",
    "the EPUB has no list of its parts.": "EPUB缺少内容清单。",
    "the EPUB holds no text.": "EPUB中没有文本。",
    "Download the book again.": "请重新下载该书。",
    "is protected against copying.": "受版权保护，无法读取。",
    "Take a copy without protection.": "请使用不受保护的副本。",
    "the saved page holds no text.": "保存的网页中没有文本。",
    "Open it in a browser and save it as .html.": "请用浏览器打开并另存为.html。",
    "the mail holds no text.": "邮件中没有文本。",
    "the message holds over {count} parts; it was not read.": "邮件的部分超过{count}个，未读取。",
    "its elements are nested over {count} deep.": "网页元素嵌套超过{count}层。",
    "Save the page again.": "请重新保存该网页。",
    "is a picture, which takes text recognition.": "是图片，需要文字识别。",
    "no text was recognised in the picture.": "图片中没有识别出文字。",
    "text recognition failed ({error}).": "文字识别失败（{error}）。",
    "Install the OCR extra, in casemine's folder: {command}": (
        "请在casemine文件夹中安装文字识别组件：{command}"
    ),
    # Tables.
    "the workbook is empty.": "工作簿为空。",
    "the workbook is damaged.": "工作簿已损坏。",
    "Open it in Excel and save it as .xlsx again.": "请用Excel打开并重新保存为.xlsx。",
    "the workbook is damaged, or in a format of its own.": "工作簿已损坏，或为专有格式。",
    "Open it in Excel or WPS and save it as .xlsx.": "请用Excel或WPS打开并另存为.xlsx。",
    "a cell lies outside any sheet of Excel; the workbook was not read.": "有单元格超出Excel的范围，未读取。",
    "a sheet holds over {count} cells; it was not read.": "有工作表的单元格超过{count}个，未读取。",
    "the table is empty.": "表为空。",
    "the table has a header and no rows.": "表只有表头，没有数据行。",
    "the table cannot be read: {error}.": "表无法读取：{error}。",
    "it is not plain which column holds the text; the columns are {columns}.": (
        "无法确定哪一列是文本；各列为：{columns}。"
    ),
    "Give --text-column NAME, or leave the table out.": "请给出--text-column列名，或不读取该表。",
    "there is no column {name}; the columns are {columns}.": "没有{name}列；各列为：{columns}。",
    "Give {option} NAME, or NAME,NAME for tables that differ.": (
        "请给出{option}列名；各表列名不同时用逗号隔开。"
    ),
    "row {number} has the same {column} as a row above: {name}.": (
        "第{number}行的{column}与上面一行相同：{name}。"
    ),
    "row {number} has no text in column {column}.": "第{number}行的{column}列没有文本。",
    "there is no row {number} to be the header.": "没有可作表头的第{number}行。",
    "Give --header-row the number that Excel shows.": "请用--header-row给出Excel所示的行号。",
    "a sheet beside the table: a cover, contents or notes": "表以外的工作表（封面、目录或说明）",
    "the workbook names rows that no sheet has.": "工作簿中有超出工作表范围的行。",
    "a sheet is over {count} cells large.": "一个工作表超过{count}个单元格。",
    "Take out what is not asked for and save it in Excel again.": "请删去不需要的内容，并用Excel重新保存。",
    "the file holds no records.": "文件中没有记录。",
    "the file is not valid JSON.": "文件不是有效的JSON。",
    "line {number} is not valid JSON.": "第{number}行不是有效的JSON。",
    "the file holds no Chinese text.": "文件中没有中文文本。",
    "the XML declares entities, as XML bombs do; it was not read.": (
        "XML声明了实体（XML炸弹的做法），未读取。"
    ),
    "the XML is not well-formed ({error}).": "XML格式有误（{error}）。",
    # Archives.
    "the archive is empty.": "压缩包为空。",
    "the zip archive is damaged.": "压缩包已损坏。",
    "Save or download the file again.": "请重新保存或下载该文件。",
    "is damaged inside the archive.": "在压缩包中已损坏。",
    "Make the archive again.": "请重新制作压缩包。",
    "is an archive inside an archive.": "是压缩包中的压缩包。",
    "Unpack the outer one first.": "请先解压外层压缩包。",
    "Unpack it with its password first.": "请先用密码解压。",
    "the archive holds over {count} files.": "压缩包中的文件超过{count}个。",
    "the archive would unpack to more than 1 GiB.": "压缩包解压后超过1 GiB。",
    "unpacks to more than is safe to read.": "解压后的大小超过安全限度。",
    "is packed so densely that it looks like a zip bomb.": "压缩比过高，疑似压缩炸弹。",
    "Unpack it yourself and give the files, if you trust it.": "如确信其安全，请自行解压后给出文件。",
    "its name leads out of the archive; it was not read.": "其名称指向压缩包之外，未读取。",
    "holds an XML document type declaration, as XML bombs do; it was not read.": (
        "含有XML文档类型声明（XML炸弹的做法），未读取。"
    ),
    "Save the file again from Word or Excel, if you trust it.": "如确信其安全，请用Word或Excel重新保存。",
    # Manifests.
    "the manifest cannot be read: {error}.": "文件清单无法读取：{error}。",
    "the manifest has no column `file` (文件).": "文件清单没有file（文件）列。",
    "Columns: file, title, region, year, and any further field.": (
        "可用的列：file、title、region、year及其他任意字段。"
    ),
    "row {number} names {file} again.": "第{number}行重复列出{file}。",
    "Keep one row a file.": "每个文件只留一行。",
    "named in {manifest}, and {files} may be meant.": "{manifest}中列有该名称，可能指{files}。",
    "Write the whole name there, with its ending.": "请在其中写出带扩展名的完整文件名。",
    "named in {manifest}, but there is no such file.": "{manifest}中列有该文件，但文件不存在。",
    "Correct the name there, or take the row out.": "请更正其中的文件名，或删去该行。",
}
_BRACES = re.compile(r"\{(\w+)\}")


def in_chinese(said: str) -> str:
    """Return a reason or an advice of left_out.csv in Chinese, as it is when it is none of those known."""
    if said in _CHINESE:
        return _CHINESE[said]
    for pattern, chinese in _patterns():
        if match := pattern.fullmatch(said):
            return chinese.format_map(match.groupdict())
    return said


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Return what has braces as patterns."""
    patterns = []
    for said, chinese in _CHINESE.items():
        if _BRACES.search(said):
            plain = re.escape(said).replace(r"\{", "{").replace(r"\}", "}")
            patterns.append((re.compile(_BRACES.sub(r"(?P<\1>.+?)", plain), re.DOTALL), chinese))
    return patterns
