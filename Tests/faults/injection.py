#!/usr/bin/env python3
"""Markup and formulas in every field: injection.py PROGRAM.

Builds the example study as it is and once with an attack in every name, and compares: the hostile site may have no kind of element,
attribute or address that the plain one has not. No cell of a table is a formula; JSON, XML and search files read; nothing is written
outside; a zip holds only what the site holds. Needs nothing but Python's own library.
"""
import collections
import csv
import glob
import html.parser
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as ET
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import hostile_study

PROGRAM = os.path.abspath(sys.argv[1])
EXAMPLE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
faults = []
checked = collections.Counter()


def check(kind, passed, *words):
    checked[kind] += 1
    if not passed:
        faults.append(kind)
        if len(faults) < 60:
            print("injection:", kind, *(str(word)[:300] for word in words), flush=True)


class Page(html.parser.HTMLParser):
    """All elements with their attributes, and the text of scripts and styles."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.seen = set()
        self.addresses = []
        self.raw = []
        self.comments = []
        self.open = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.seen.add((tag, None))
        self.open = tag if tag in ("script", "style") else None
        names = [name for name, _ in attributes]
        if len(names) != len(set(names)):
            self.seen.add((tag, "twice the same attribute"))
        for name, value in attributes:
            self.seen.add((tag, name))
            if name in ("href", "src", "srcset", "action", "formaction", "poster", "data", "xlink:href", "content") and value is not None:
                self.addresses.append((tag, name, value))

    def handle_endtag(self, tag):
        self.open = None

    def handle_data(self, data):
        if self.open and data.strip():
            self.raw.append((self.open, data))

    def handle_comment(self, data):
        self.comments.append(data)

    def handle_pi(self, data):
        self.comments.append(data)


def scheme(address):
    # As browsers read it: control characters and spaces before and in a scheme do not count.
    bare = re.sub(r"[\x00-\x20]", "", address)
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", bare)
    return found.group(1).lower() if found else "//" if bare.startswith(("//", "\\\\", "/\\", "\\/")) else ""


def files(folder):
    for top, _, names in os.walk(folder):
        for name in names:
            yield os.path.join(top, name)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def markup(site):
    kinds = set()
    for path in files(site):
        if path.endswith(".html"):
            kinds |= Page(read(path).decode()).seen
    return kinds


def svg_kinds(site):
    kinds = set()
    for path in files(site):
        if path.endswith(".svg"):
            for element in ET.fromstring(read(path)).iter():
                kinds |= {(element.tag, name) for name in element.attrib} | {(element.tag, None)}
    return kinds


def build(study, site, *options):
    done = subprocess.run([PROGRAM, "build", "-s", study, "-o", site, "--pdf", *options], capture_output=True, text=True, timeout=900)
    if done.returncode != 0:
        print("injection: the study does not build:\n" + done.stderr[-3000:])
        sys.exit(1)
    return done.stderr


def look_at_pages(site, known):
    for path in files(site):
        if not path.endswith(".html"):
            continue
        text = read(path).decode()
        page = Page(text)
        name = path[len(site):]
        for tag, attribute in page.seen - known:
            check("element or attribute", False, name, tag, attribute)
        checked["element or attribute"] += len(page.seen)
        check("inline script or style", not page.raw, name, page.raw[:1])
        check("comment", not page.comments, name, page.comments[:1])
        for tag, attribute, value in page.addresses:
            if attribute == "content":
                continue
            allowed = scheme(value) == "" or (tag == "link" or tag == "a") and value.startswith("https://example.com/a&b/")
            check("address", allowed, name, tag, attribute, value)
            if scheme(value) == "":
                target = urllib.parse.unquote(value.split("#")[0].split("?")[0])
                place = os.path.normpath(os.path.join(os.path.dirname(path), target)) if target else path
                check("link", place.startswith(site) and os.path.exists(place), name, value)


def look_at_figures(site, known):
    for path in files(site):
        if path.endswith(".svg"):
            bytes_ = read(path)
            tree = ET.fromstring(bytes_)
            for element in tree.iter():
                for key, value in [(None, "")] + list(element.attrib.items()):
                    check("svg", (element.tag, key) in known and scheme(value) not in ("javascript", "data", "http", "//"), path, element.tag, key, value)
            check("svg declares nothing", b"<!DOCTYPE" not in bytes_ and b"<!ENTITY" not in bytes_ and b"<?xml-stylesheet" not in bytes_, path)


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def look_at_tables(site):
    for path in files(site):
        if not path.endswith(".csv"):
            continue
        text = read(path).decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline="")):
            for cell in row:
                number = re.fullmatch(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?", cell)
                # What a program for tables does to a cell before it looks for a formula.
                bare = cell.lstrip(" \u00a0\u200b\ufeff\u2028\u2029")
                check("cell", number or not bare.startswith(FORMULA), path, repr(cell))
        # And as a program reads them that splits at every sign it knows.
        for line in re.split("\r\n|\n|\r", text):
            check("line", not line.startswith(("=", "@", "+")), path, repr(line))


def look_at_data(site):
    for path in files(site):
        bytes_ = read(path)
        if path.endswith(".json"):
            try:
                json.loads(bytes_.decode())
                check("json", True)
            except ValueError as problem:
                check("json", False, path, problem)
        elif path.endswith(".xml"):
            ET.fromstring(bytes_)
            check("xml", b"<!" not in bytes_, path)
        elif path.endswith(".js"):
            text = bytes_.decode()
            if "search" in os.path.basename(path):
                check("search", not re.search("</script|<!--|[\u2028\u2029]", text, re.I), path)
                found = re.search(r"[\[{].*[\]}]", text, re.S)
                try:
                    json.loads(found.group()) if found and "function" not in text else None
                except ValueError:
                    pass
        elif path.endswith(".css"):
            # Texts of the study stand in strings only (running titles of the report), every sign that means something escaped.
            texts = re.findall(rb'"((?:[^"\\\n]|\\.)*)"', bytes_)
            check("css", not re.search(rb"9\d{5}", re.sub(rb'"(?:[^"\\\n]|\\.)*"', b"", bytes_)), path)
            for text in texts:
                check("css text", not re.search(rb"9\d{5}", text) or re.fullmatch(rb"(?:[\w ]|\\[0-9a-f]{1,6} )*", text), path, text)
        elif path.endswith(".png"):
            # Text of a picture: what no one needs may hold what no one should see.
            place, kinds = 8, []
            while place + 8 <= len(bytes_):
                kinds.append(bytes_[place + 4:place + 8])
                place += 12 + int.from_bytes(bytes_[place:place + 4], "big")
            check("png", not set(kinds) & {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}, path, kinds)
        for word in (EXAMPLE, os.path.dirname(site), os.path.expanduser("~") if os.path.expanduser("~") != "/root" else "/root/", os.uname().nodename):
            check("machine", len(word) < 4 or word.encode() not in bytes_, path, word)


def main():
    with tempfile.TemporaryDirectory(prefix="valuemap-injection-") as work:
        work = os.path.realpath(work)
        plain = work + "/plain"
        os.makedirs(plain)
        for name in ("valuemap.yaml", "content"):
            subprocess.run(["cp", "-r", f"{EXAMPLE}/{name}", plain], check=True)
        count = hostile_study.make(EXAMPLE, work + "/hostile")
        build(plain, work + "/plain-site")
        before = set(files(work)) - set(files(work + "/hostile"))
        log = build(work + "/hostile", work + "/site")
        # The program's own words are shown on a terminal: nothing there steers it.
        check("terminal", not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", log), re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069].*", log))
        site = work + "/site"
        strays = [path for path in files(work) if path not in before and not path.startswith((work + "/hostile/", site + "/"))]
        check("written outside", not strays and not glob.glob("/tmp/valuemap-escape*"), strays)
        known = markup(work + "/plain-site")
        # Pages of the hostile study hold kinds of content that the example has nowhere.
        known |= {("code", None), ("link", "rel"), ("link", "href"), ("em", None), ("meta", "property")}
        look_at_pages(site, known)
        look_at_figures(site, svg_kinds(work + "/plain-site"))
        look_at_tables(site)
        look_at_data(site)
        archive = work + "/site.zip"
        subprocess.run([PROGRAM, "pack", "-s", work + "/hostile", "--site", site, "-o", archive], check=True, capture_output=True)
        with zipfile.ZipFile(archive) as packed:
            for entry in packed.infolist():
                name = entry.filename
                clean = not name.startswith("/") and ".." not in name.split("/") and "\\" not in name and ":" not in name
                check("zip", clean and not re.search("[\x00-\x1f]", name) and entry.external_attr >> 16 & 0o170000 in (0, 0o100000), name)
        if "--keep" in sys.argv:
            subprocess.run(["rm", "-rf", "/tmp/valuemap-hostile-site"], check=True)
            subprocess.run(["cp", "-r", site, "/tmp/valuemap-hostile-site"], check=True)
    print(f"injection: {count} attacks, {sum(checked.values())} places looked at, {len(faults)} faults; " + ", ".join(f"{kind} {number}" for kind, number in sorted(checked.items())))
    sys.exit(1 if faults else 0)


main()
