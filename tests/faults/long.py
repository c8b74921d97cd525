"""Long inputs of every format: four times the bytes take some four times the time of a processor, not sixteen times.

A kind is a way of making a text of `n` pieces. The pieces grow fourfold until the work can be measured; then the last two
sizes are compared. The least of three tries counts, since other work on the machine only adds.
"""

import io
import json
import zipfile

CODES = {0, 1, 3}
# So long a measured try takes, beyond what a start takes. A kind that stays below it at the largest size is fast enough.
MEASURED = 0.25
LARGEST = 4_000_000
verbose = False
# The square of four is sixteen; caches, and tables that grow by doubling, give linear work up to six.
MOST = 8

TEXTS = {
    "list of capitals": "Fredonburg ",
    "open quotation marks": "Fredonburg: “",
    "names": "Freedonia war Sylvania ",
    "quotation marks": "“war” ",
    "closing marks": "war’s ” ’ ",
    "commas": "war, ",
    "semicolons": "Sylvania denies; ",
    "said": "Sylvania said war said ",
    "full stops": "War. ",
    "lines": "war\n",
    "paragraphs": "war\n\n",
    "one word": "war",
    "hyphens": "war-",
    "broken words": "block-\nade ",
    "soft hyphens": "war\u00ad",
    "brackets": "<war (",
    "tags": "<b>war</b> ",
    "entities": "&amp;war &#x201c;",
    "addresses": "https://a.b/war ",
    "handles": "@war #war ",
    "labels": "Sylvania: war\n",
    "initials": "U. S. A. ",
    "capitals": "SYLVANIA SAID WAR ",
    "accents": "e\u0301\u0301\u0301",
    "wrong letters": "â€œwarâ€\x9d ",
    "block quotations": "> war\n",
    "list": "- Sylvania said that\n",
    "dashes": "— war said Sylvania. ",
    "unknown signs": "\ufffd",
    "blanks": " ",
    "end of a document": "Sylvania\n\nEnd of Document\n\n",
    "fields of an archive": "Subject: WAR (90%)\nBody\n\nwar\n\nLoad-Date: May 1, 2024\n\n",
    "Factiva's fields": "HD  war\nWC  100 words\nLP  war\nDocument X000000020240101ek11\n",
    "ProQuest's lines": "____________________________________________________________\n\nTitle: war\n\nFull text: war\n\n",
    "numbered documents": "1 of 9 DOCUMENTS\n\nwar\n\nLENGTH: 100 words\n\nwar\n\n",
}


def rtf(text):
    return "{\\rtf1 " + text + "}"


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body):
    return zipped({"word/document.xml": f"<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>"})


def odt(body):
    return zipped({"content.xml": f"<office:document-content xmlns:office='o' xmlns:text='t'><office:body><office:text>{body}"
                   "</office:text></office:body></office:document-content>"})


def xlsx(rows, strings=""):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    def relation(to):
        return f"<Relationships><Relationship Id='r1' Type='{kind}/{to[0]}' Target='{to[1]}'/>{to[2]}</Relationships>"
    shared = f"<Relationship Id='r2' Type='{kind}/sharedStrings' Target='sharedStrings.xml'/>"
    return zipped({
        "_rels/.rels": relation(("officeDocument", "xl/workbook.xml", "")),
        "xl/workbook.xml": f"<workbook xmlns:r='{kind}'><sheets><sheet name='a' sheetId='1' r:id='r1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relation(("worksheet", "worksheets/sheet1.xml", shared)),
        "xl/sharedStrings.xml": f"<sst>{strings}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
    })


def cells(values):
    return "<row>" + "".join(f"<c t='inlineStr'><is><t>{value}</t></is></c>" for value in values) + "</row>"


def pdf(contents, extra=()):
    """A page for each content."""
    pages = [f"{4 + 2 * at} 0 R" for at in range(len(contents))]
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{' '.join(pages)}]/Count {len(pages)}>>",
               "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    for at, content in enumerate(contents):
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/Contents {5 + 2 * at} 0 R>>")
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    objects.extend(extra)
    out, places = "%PDF-1.4\n", []
    for at, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{at} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"


def shown(n):
    return "BT /F 12 Tf 50 700 Td " + "(Sylvania said war. ) Tj 0 -12 Td " * n + "ET"


def mhtml(n):
    part = "--x\nContent-Type: text/html\nContent-Location: http://a.b/\n\n<p>war</p>\n"
    return "Content-Type: multipart/related; boundary=x\n\n" + part * n + "--x--\n"


def warc(n):
    text = "<p>" + "Sylvania said that the war of the spring is over for now. " * 5 + "</p>"
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><article>{text * 3}</article></body></html>"

    def one(at):
        uri = f"WARC-Target-URI: http://a.b/{at}\r\n"
        return f"WARC/1.1\r\nWARC-Type: response\r\n{uri}Content-Length: {len(page)}\r\n\r\n{page}\r\n\r\n"

    return "".join(map(one, range(n)))


def record(**keys):
    return json.dumps({"id": "1", "text": "war", **keys})


# Name of the file, and what makes its content.
FILES = {
    "keys": ("a.jsonl", lambda n: record(**{f"k{at}": "v" for at in range(n)})),
    "voice owner": ("a.jsonl", lambda n: record(voice_owner="x" * 20 * n)),
    "numbers": ("a.jsonl", lambda n: record(n=[1] * 10 * n)),
    "nested arrays": ("a.jsonl", lambda n: '{"id":"1","text":"war","n":' + "[" * n + "]" * n + "}"),
    "records": ("a.jsonl", lambda n: "".join(json.dumps({"id": str(at), "text": f"war {at}"}) + "\n" for at in range(n))),
    "sources": ("a.jsonl", lambda n: "".join(json.dumps({"id": str(at), "source": f"s{at}", "text": f"war {at}"}) + "\n" for at in range(n))),
    "the same text": ("a.jsonl", lambda n: "".join(json.dumps({"id": str(at), "text": "war"}) + "\n" for at in range(n))),
    "bad records": ("a.jsonl", lambda n: '{"id":1}\n' * n),
    "objects": ("a.json", lambda n: json.dumps([{"id": str(at), "text": f"war {at}"} for at in range(n)])),
    "nested objects": ("a.json", lambda n: '{"a":' * n + '[{"text":"war"}]' + "}" * n),
    "commas in a header": ("a.csv", lambda n: "text" + "," * n + "\nwar" + "," * n + "\n"),
    "names in a header": ("a.csv", lambda n: "text," + ",".join(f"c{at}" for at in range(n)) + "\nwar\n"),
    "rows": ("a.csv", lambda n: "id,text\n" + "".join(f"{at},war\n" for at in range(n))),
    "one mark that opens": ("a.csv", lambda n: 'id,text\n1,"' + "war," * n + "\n"),
    "marks that open": ("a.csv", lambda n: "id,text\n" + '1,"war\n' * n),
    "short rows": ("a.csv", lambda n: "id,text,source\n" + "1\n" * n),
    "empty lines": ("a.csv", lambda n: "id,text\n" + "\n" * n + "1,war\n"),
    "dates": ("a.csv", lambda n: "id,text,date\n" + "".join(f"{at},war {at},0{at % 9 + 1}/05/2023\n" for at in range(n))),
    "blocks of a page": ("a.html", lambda n: "<p>Sylvania said war</p>" * n),
    "nested blocks": ("a.html", lambda n: "<div>" * n + "war"),
    "nested words": ("a.html", lambda n: "<p>" + "<b><i>war" * n),
    "open tags": ("a.html", lambda n: "<b " * n),
    "attributes": ("a.html", lambda n: "<p " + "a=1 " * n + ">war</p>"),
    "open comments": ("a.html", lambda n: "<p>war</p>" + "<!-- " * n),
    "open scripts": ("a.html", lambda n: "<script>" + "</scrip" * n),
    "tables": ("a.html", lambda n: "<table>" + "<tr><td>war" * n),
    "links": ("a.html", lambda n: "<p>war <a href='x'>war</a></p><ul><li><a href='x'>war</a></ul>" * n),
    "metadata": ("a.html", lambda n: "<meta property='og:title' content='war'>" * n + "<p>war</p>"),
    "metadata in scripts": ("a.html", lambda n: "<script type='application/ld+json'>{\"headline\":\"war\"}</script>" * n + "<p>war</p>"),
    "entities of a page": ("a.html", lambda n: "<p>" + "&amp;&#8220;&ltwar" * n),
    "words of a page": ("a.html", lambda n: "war " * n),
    "parts of a page": ("a.mhtml", mhtml),
    "open parts": ("a.mhtml", lambda n: "Content-Type: multipart/related; boundary=x\n\n" + "--y\nContent-Type: text/html\n\n" * n),
    "records of an archive": ("a.warc", warc),
    "paragraphs of RTF": ("a.rtf", lambda n: rtf("\\par war" * n)),
    "groups of RTF": ("a.rtf", lambda n: rtf("{" * n + "war" + "}" * n)),
    "open groups": ("a.rtf", lambda n: rtf("{\\*\\x " * n)),
    "signs of RTF": ("a.rtf", lambda n: rtf("\\u8220?\\'e9" * n)),
    "paragraphs of Word": ("a.docx", lambda n: docx("<w:p><w:r><w:t>Sylvania said war.</w:t></w:r></w:p>" * n)),
    "runs of Word": ("a.docx", lambda n: docx("<w:p>" + "<w:r><w:t>war </w:t></w:r>" * n + "</w:p>")),
    "nested tables of Word": ("a.docx", lambda n: docx("<w:tbl><w:tr><w:tc>" * n + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * n)),
    "paragraphs of a text document": ("a.odt", lambda n: odt("<text:p>Sylvania said war.</text:p>" * n)),
    "nested spans": ("a.odt", lambda n: odt("<text:p>" + "<text:span>war" * n + "</text:span>" * n + "</text:p>")),
    "rows of a sheet": ("a.xlsx", lambda n: xlsx(cells(["id", "text"]) + "".join(cells([at, f"war {at}"]) for at in range(n)))),
    "columns of a sheet": ("a.xlsx", lambda n: xlsx(cells(["text", *range(min(n, 16_000))]) + cells(["war"] * min(n, 16_000)))),
    "strings of a sheet": ("a.xlsx", lambda n: xlsx(cells(["text"]) + cells(["war"]), "<si><t>war</t></si>" * n)),
    "files of a zip archive": ("a.zip", lambda n: zipped({f"a{at}.txt": f"war {at}" for at in range(n)})),
    "lines of PDF": ("a.pdf", lambda n: pdf([shown(n)])),
    "pages of PDF": ("a.pdf", lambda n: pdf([shown(1)] * n)),
    "objects of PDF": ("a.pdf", lambda n: pdf([shown(1)], ["<</A 1>>"] * n)),
    "nested arrays of PDF": ("a.pdf", lambda n: pdf([shown(1)], ["[" * n + "]" * n])),
}

# A cell of a codebook with a text of `n` pieces in it.
COLUMNS = {
    "actors.csv": "actor,name,kind,parent", "aliases.csv": "actor,alias,kind,match_case,not_before,not_after,from,to,note",
    "frames.csv": "frame,name,definition", "terms.csv": "frame,term,pattern,kind,match_case,not_before,not_after,note,deed,force",
    "pairs.csv": "pair,object,pole,term,near,from,to,alone,note",
}


def rows_of_a_sheet(h, n):
    """A sheet that was filled in, with rows that its key does not know."""
    if not h.exists("drawn.csv"):
        code, told = h.done("sample", "one", "-o", "drawn.csv", "--n", "20")
        assert code == 0, told
    with open(h.path("drawn.csv"), encoding="utf-8") as sheet:
        header = sheet.readline()
    h.write("sheet.csv", header + "".join(f"nobody-{at}{',own' * header.count(',')}\n" for at in range(n)))
    return ("agreement", "drawn.key.csv", "sheet.csv", "-o", "agreement", "--force")


def codebook_with(h, name, column, text):
    """A codebook that has one more row, with the text in one of its columns."""
    columns = COLUMNS[name].split(",")
    usual = {"actor": "FRD", "name": "x", "kind": "literal" if name == "terms.csv" else "name", "alias": "Zed", "frame": "war",
             "term": "zed", "pattern": "zed", "pair": "p", "object": "o", "pole": "a"}
    row = [text if at == column else usual.get(at, "") for at in columns]
    old = [line.split(",") for line in h.codebook_files().get(name, COLUMNS[name]).splitlines()]
    rows = [",".join((line + [""] * len(columns))[: len(columns)]) for line in old[1:]]
    h.write(f"odd/{name}", "\n".join([",".join(columns), *rows, ",".join(row)]) + "\n")


def measure(h, name, make):
    """The last two sizes, with the seconds beyond a start; `make` writes an input and gives the command."""
    start = min(h.cpu(*make(1))[2] for _ in range(3))
    n, before, told = 1_000, None, ""
    while True:
        command = make(n)
        tries = []
        for _ in range(3):
            code, told, seconds = h.cpu(*command)
            tries.append(max(seconds - start, 0.0))
            if code not in CODES or tries[-1] < MEASURED or (before and tries[-1] < MOST * before):
                break
        spent = min(tries)
        if verbose:
            print(f"  {name}: {n} pieces, {h.written} bytes, {spent:.2f} s, exit {code}", flush=True)
        if code not in CODES:
            return h.fault(f"long: {name}", False, f"{n} pieces: {code} {told}")
        if before is not None and before >= MEASURED / 4 and spent >= MOST * before:
            return h.fault(f"long: {name}", False, f"{n} pieces take {spent:.2f} s, a quarter of them {before:.2f} s")
        if spent >= MEASURED * 4 or h.written >= LARGEST:
            return h.fault(f"long: {name}", True)
        n, before = n * 4, spent


def more_than_linear(h):
    def file(name, content):
        h.written = len(content)
        h.write(name, content)
        return ("tally", name, "--threads", "1", "-q")

    for name, piece in TEXTS.items():
        measure(h, name, lambda n: file("long.txt", piece * n))
    for name, (at, content) in FILES.items():
        measure(h, name, lambda n: file(f"long/{at}", content(n)))

    def sheet(n):
        h.written = 40 * n
        return rows_of_a_sheet(h, n)

    measure(h, "rows of a coded sheet", sheet)
    for name in COLUMNS:
        for column in COLUMNS[name].split(","):
            for kind, piece in (("letters", "x"), ("words", "war "), ("lists", "war;")):
                def cell(n):
                    h.written = max(len(piece) * n, LARGEST // 4) if n > 1 else 1
                    h.odd_codebook()
                    codebook_with(h, name, column, piece * (h.written // len(piece)))
                    return ("check", "odd")
                code, told, seconds = h.cpu(*cell(2))
                h.fault(f"long: {kind} in `{column}` of {name}", code in CODES | {5} and seconds < 10, f"{code} {seconds:.1f} s {told}")
