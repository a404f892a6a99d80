#!/usr/bin/env python3
"""Inputs that are wrong in one way each, and noise: bad_inputs.py PROGRAM [NOISE].

For each: exit 1, an error of the right kind at file:line:column, the site as it was byte for byte, within 5 s and 400 MB, no trace of a
crash. Then NOISE (default 100) studies with bytes changed at random, of which is asked that they end in order. Python's own library only.
"""
import concurrent.futures
import hashlib
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(sys.argv[1])
NOISE = int(sys.argv[2]) if len(sys.argv) > 2 else 100
WORK = os.path.realpath(tempfile.mkdtemp(prefix="valuemap-bad-"))

YAML = """title: Four brands
data:
  brands: data/brands.csv
  people: data/people.csv
  actors: data/actors.csv
  flows: data/flows.csv
analyses:
  brand-map: {type: perceptual-map, data: brands}
  chain: {type: value-chain, actors: actors, flows: flows}
"""
FILES = {
    "valuemap.yaml": YAML,
    "content/data/brands.csv": "brand,light,fast,cheap\nAero,10,20,30\nBolt,20,5,12\nCirrus,7,18,9\nDune,15,11,22\n",
    "content/data/people.csv": "respondent,age,town,day\n" + "".join(f"R{n},{20 + n * 7 % 50},{'AB'[n % 2]},2026-01-{n % 28 + 1:02}\n" for n in range(60)),
    "content/data/actors.csv": "actor,role\nA,maker\nB,dealer\nC,user\n",
    "content/data/flows.csv": "from,to,offering,kind,value,unit,period\nA,B,bike,product,5,bikes,year\nB,A,money,money,7,EUR,year\nB,C,bike,product,5,bikes,year\nC,B,money,money,9,EUR,year\n",
    "content/index.md": "---\ntitle: First\n---\n{{brand-map.brands}} brands, [second](second.md).\n\n![](figure:brand-map)\n",
    "content/second.md": "---\ntitle: Second\n---\n# A heading\n\nWords, see [](#fig-brand-map).\n",
}

CSV, PAGE, CONFIG = "content/data/brands.csv", "content/second.md", "valuemap.yaml"
cases = []


def case(name, wanted, path=None, text=None, place=True, **files):
    """One study: the files changed, and the kinds of error (any of them) that are expected."""
    changed = dict(files.get("more", {}))
    if path:
        changed[path] = text
    cases.append((name, wanted.split(), changed, place))


def table(name, wanted, text, **more):
    case("table: " + name, wanted, CSV, text, **more)


def page(name, wanted, text, **more):
    case("page: " + name, wanted, PAGE, text, **more)


def config(name, wanted, text, **more):
    case("config: " + name, wanted, CONFIG, text, **more)


HEAD = "brand,light,fast,cheap\n"
ROWS = "Aero,10,20,30\nBolt,20,5,12\nCirrus,7,18,9\nDune,15,11,22\n"

# --- Tables ---------------------------------------------------------------------------------------------------------------------
for name, wanted, text in [
    ("nothing", "table.empty", ""), ("a line end", "table.empty table.blank-header table.no-rows", "\n"), ("only blanks", "table.empty table.blank-header table.no-rows", "   \n  \n"), ("a mark alone", "table.empty", "\ufeff"),
    ("no rows", "table.no-rows table.empty", HEAD), ("a blank header", "table.blank-header", "brand,,fast\nA,1,2\nB,2,1\n"), ("all headers blank", "table.blank-header", ",,\nA,1,2\n"),
    ("a header twice", "table.duplicate-header", "brand,light,light\nA,1,2\nB,2,1\nC,3,3\n"), ("a header twice but for blanks", "table.duplicate-header", "brand,light, light \nA,1,2\nB,2,1\nC,3,3\n"),
    ("a short row", "table.ragged-row", HEAD + ROWS + "Eos,1,2\n"), ("a long row", "table.ragged-row", HEAD + ROWS + "Eos,1,2,3,4\n"), ("ragged in the middle", "table.ragged-row", HEAD + "Eos,1\n" + ROWS),
    ("an open quote", "table.unterminated-quote", HEAD + ROWS + '"Eos,1,2,3\n'), ("an open quote at the end", "table.unterminated-quote table.ragged-row", HEAD + ROWS + 'Eos,1,2,"'), ("text after a quote", "table.text-after-quote", HEAD + '"Aero"x,1,2,3\n' + ROWS),
    ("a zero byte", "table.zero-byte", HEAD + "Ae\0ro,1,2,3\n" + ROWS), ("zero bytes only", "table.zero-byte table.binary", "\0" * 100), ("a PNG", "table.binary table.invalid-encoding", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    ("a zip", "table.binary", b"PK\x03\x04" + bytes(100)), ("an old spreadsheet", "table.binary table.invalid-encoding", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)), ("a PDF", "table.binary table.ragged-row table.no-rows table.zero-byte table.blank-header", "%PDF-1.7\n\0\0\n"),
    ("HTML", "table.ragged-row table.no-rows table.binary analysis.* table.text-after-quote table.blank-header", '<!doctype html>\n<html>\n<p class="a">x,y</p>\n</html>\n'), ("gzip", "table.binary table.invalid-encoding table.zero-byte", b"\x1f\x8b\x08\0\0\0\0\0" + bytes(50)),
    ("Latin-1", "table.invalid-encoding", HEAD.encode() + b"K\xe4fer,1,2,3\n" + ROWS.encode()), ("half a character", "table.invalid-encoding", HEAD.encode() + b"K\xc3,1,2,3\n"), ("an overlong slash", "table.invalid-encoding", HEAD.encode() + b"\xc0\xaf,1,2,3\n"),
    ("a surrogate", "table.invalid-encoding", HEAD.encode() + b"\xed\xa0\x80,1,2,3\n"), ("beyond Unicode", "table.invalid-encoding", HEAD.encode() + b"\xf4\x90\x80\x80,1,2,3\n"), ("cut within a character", "table.invalid-encoding", HEAD.encode() + ROWS.encode() + b"\xe2\x82"),
    ("UTF-16 cut short", "table.invalid-encoding", b"\xff\xfe" + (HEAD + ROWS).encode("utf-16-le") + b"A"), ("UTF-16 half a pair", "table.invalid-encoding table.zero-byte", b"\xff\xfe" + HEAD.encode("utf-16-le") + b"\x00\xd8,\x00"), ("UTF-32", "table.*", HEAD.encode("utf-32")),
    ("words for numbers", "analysis.not-a-number analysis.too-few-attributes analysis.*", "brand,light,fast\nA,x,y\nB,z,w\nC,v,u\n"), ("one word among numbers", "analysis.not-a-number", HEAD + ROWS + "Eos,1,many,3\n"), ("two words in two columns", "analysis.not-a-number", HEAD + ROWS + "Eos,none,2,3\nFox,1,many,3\n"),
    ("a negative count", "analysis.negative-count", HEAD + "Aero,-10,20,30\n" + ROWS.split("\n", 1)[1]), ("a brand twice", "analysis.repeated-brand", HEAD + ROWS + "Aero,1,2,3\n"), ("a row without a brand", "analysis.missing-name", HEAD + ROWS + ",1,2,3\n"),
    ("one brand", "analysis.too-few-brands analysis.*", HEAD + "Aero,1,2,3\n"), ("one attribute", "analysis.too-few-attributes", "brand,light\nA,1\nB,2\nC,3\n"), ("no attribute", "analysis.*", "brand\nA\nB\nC\n"), ("all zero", "analysis.*", HEAD + "".join(f"{b},0,0,0\n" for b in "ABCD")),
    ("a brand of zeros", "analysis.empty-brand", HEAD + ROWS + "Eos,0,0,0\n"), ("an attribute of zeros", "analysis.empty-attribute", "brand,light,fast,never\nA,1,2,0\nB,2,1,0\nC,3,3,0\nD,4,1,0\n"), ("all the same", "analysis.*", HEAD + "".join(f"{b},5,5,5\n" for b in "ABCD")),
    ("infinity", "analysis.*", HEAD + "Aero,inf,1,2\n" + ROWS.split("\n", 1)[1]), ("nan", "analysis.*", HEAD + "Aero,nan,1,2\n" + ROWS.split("\n", 1)[1]), ("a number beyond numbers", "analysis.*", HEAD + "Aero,1e999,1,2\n" + ROWS.split("\n", 1)[1]),
    ("hexadecimal", "analysis.*", HEAD + "Aero,0x10,1,2\n" + ROWS.split("\n", 1)[1]), ("digits of another script", "analysis.*", HEAD + "Aero,\u0661\u0662,1,2\n" + ROWS.split("\n", 1)[1]), ("a minus that is a dash", "analysis.*", HEAD + "Aero,\u22125,1,2\n" + ROWS.split("\n", 1)[1]),
    ("a percent sign", "analysis.*", HEAD + "Aero,10%,1,2\n" + ROWS.split("\n", 1)[1]), ("a thousand's comma", "analysis.*", HEAD + 'Aero,"1,000",1,2\n' + ROWS.split("\n", 1)[1]), ("two columns named by blanks", "table.blank-header table.duplicate-header", "brand, ,  \nA,1,2\n"),
    ("a header with a line end", "analysis.* table.* settings.*", '"brand\nx",light,fast\nA,1,2\nB,2,1\nC,3,1\n'), ("100,000 ragged rows", "table.ragged-row", HEAD + "a,b\n" * 100000), ("20,001 columns", "table.too-many-columns", ",".join(f"c{n}" for n in range(20001)) + "\n" + ",".join("1" * 20001) + "\n"),
    ("a field of 20 MB", "table.row-too-long", HEAD + "A" * (20 << 20) + ",1,2,3\n"), ("20 MB in quotes", "table.row-too-long table.unterminated-quote", HEAD + '"' + "A\n" * (10 << 20)), ("a header of 20 MB", "table.row-too-long table.*", "b" * (20 << 20)), ("quotes only", "table.*", '"' * 9999), ("delimiters only", "table.*", "," * 9999 + "\n"),
    ("carriage returns mixed", "table.ragged-row table.* analysis.*", "brand,light\rA,1\r\nB\nC,2\n"), ("tabs and commas mixed", "table.ragged-row table.* analysis.* settings.*", "brand\tlight,fast\nA\t1,2\nB,1\t2\t3\n"),
]:
    table(name, wanted, text)
table("a hundred bad bytes", "table.invalid-encoding", HEAD.encode() + b"".join(b"B\xff%d,1,2,3\n" % n for n in range(100)))

# Declared types, columns, dialects: each under one table.
PEOPLE = "content/data/people.csv"


def declared(name, wanted, entry, csv=None):
    more = {CONFIG: YAML.replace("  people: data/people.csv\n", f"  people: {entry}\n") + "  ages: {type: segmentation, data: people, variables: [age], segments: 2}\n"}
    if csv is not None:
        more[PEOPLE] = csv
    case("declared: " + name, wanted, more=more)


for name, wanted, entry, csv in [
    ("a type that is none", "study.unknown-type", "{file: data/people.csv, types: {age: numbr}}", None), ("a type of a column that is none", "table.unknown-column", "{file: data/people.csv, types: {aeg: number}}", None), ("words in a column of numbers", "table.bad-value", "{file: data/people.csv, types: {town: number}}", None),
    ("words in a column of days", "table.bad-value", "{file: data/people.csv, types: {town: date}}", None), ("a day that is none", "table.bad-value", "{file: data/people.csv, types: {day: date}}", "respondent,age,town,day\nR1,20,A,2026-02-30\nR2,30,B,2026-02-28\n"), ("a truth that is none", "table.bad-value", "{file: data/people.csv, types: {age: truth}}", None),
    ("fractions in whole numbers", "table.bad-value", "{file: data/people.csv, types: {age: integer}}", "respondent,age,town,day\nR1,20.5,A,2026-02-03\n"), ("a new name for a column that is none", "table.unknown-column", "{file: data/people.csv, columns: {a: nothing}}", None), ("a new name that is taken", "table.column-taken table.*", "{file: data/people.csv, columns: {town: age}}", None),
    ("a delimiter of two signs", "table.delimiter settings.*", "{file: data/people.csv, delimiter: ';;'}", None), ("a quote as delimiter", "table.delimiter settings.*", "{file: data/people.csv, delimiter: '\"'}", None), ("a letter as delimiter", "table.delimiter settings.*", "{file: data/people.csv, delimiter: e}", None), ("a line end as delimiter", "table.delimiter settings.*", '{file: data/people.csv, delimiter: "\\n"}', None),
    ("the decimal sign is the delimiter", "table.decimal table.*", "{file: data/people.csv, delimiter: '.', decimal: '.'}", None), ("a decimal sign that is none", "table.decimal settings.*", "{file: data/people.csv, decimal: x}", None), ("an encoding that is none", "table.unknown-encoding", "{file: data/people.csv, encoding: utf-9}", None), ("an encoding that is another", "table.* analysis.*", "{file: data/people.csv, encoding: utf-16}", None),
    ("a source that is none", "settings.unknown-choice settings.*", "{file: data/people.csv, source: guess}", None), ("a table without a file", "settings.missing", "{source: survey}", None), ("an engine that is none", "settings.unknown-choice study.*", "{engine: oracle, query: q.sql}", None), ("an engine of later", "study.engine-unavailable", "{engine: postgres, connection: env:X, query: q.sql}", None),
    ("a secret in the file", "study.* settings.*", "{engine: postgres, connection: 'postgres://me:secret@host/db', query: q.sql}", None), ("a query that leads out", "study.* file.* settings.*", "{engine: duckdb, query: ../../q.sql}", None), ("a key that is none", "settings.unknown-key", "{file: data/people.csv, delimeter: ';'}", None), ("a list for a file", "settings.wrong-type", "[data/people.csv]", None),
    ("nothing for a file", "settings.* file.*", "", None), ("an empty name", "settings.* file.*", "''", None), ("missing as a map", "settings.wrong-type", "{file: data/people.csv, missing: {a: b}}", None),
]:
    declared(name, wanted, entry, csv)
for path in ["../../etc/passwd", "/etc/passwd", "data/../../../etc/passwd", "data/./../../x.csv", "~/x.csv", "$HOME/x.csv", "data/nothing.csv", "data", "data/", ".", "..", "http://example.com/x.csv", "file:///etc/passwd", "data\\brands.csv", "C:\\x.csv", "data/brands.csv/x", "d" * 5000, "data/%2e%2e/x.csv", "|id", "-", "data/\\u0000.csv", "/dev/zero", "/proc/self/environ", "data/brands.csv "]:
    declared(f"file {path[:30]!r}", "file.* settings.* yaml.*", f'{{file: "{path if chr(92) + "u" in path else path.replace(chr(92), chr(92) * 2)}"}}', None)

# --- valuemap.yaml --------------------------------------------------------------------------------------------------------------
for name, wanted, text in [
    ("nothing", "study.empty settings.missing", ""), ("a list", "settings.wrong-type study.*", "- a\n- b\n"), ("a word", "settings.wrong-type study.*", "hello\n"), ("a tab", "yaml.tab", "title: T\ndata:\n\tbrands: x\n"), ("a key twice", "yaml.duplicate-key", "title: T\ntitle: U\n"), ("a key twice below", "yaml.duplicate-key", YAML + "  chain: {type: value-chain}\n"),
    ("two documents", "yaml.documents", "title: T\n---\ntitle: U\n"), ("an open bracket", "yaml.syntax", "title: [a\n"), ("an open quote", "yaml.syntax", 'title: "a\n'), ("a stray bracket", "yaml.syntax", "title: a]\ndata: ]\n"), ("a mapping in a line", "yaml.syntax", "title: a: b: c\n"), ("an indent too many", "yaml.syntax", "title: T\n  client: C\n"),
    ("a tag", "yaml.tag", "title: !!python/object/apply:os.system ['id']\n"), ("a tag of one's own", "yaml.tag", "title: !ruby/object:Gem x\n"), ("a merge key", "yaml.merge-key", "title: T\nbase: &b {a: 1}\nbrand: {<<: *b}\n"), ("an alias of nothing", "yaml.alias", "title: *nothing\n"), ("an alias of itself", "yaml.alias yaml.*", "title: T\ndata: &a {b: *a}\n"),
    ("a bomb of aliases", "yaml.alias yaml.too-many-nodes", "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{c}: &{c} [{','.join('*' + chr(ord(c) - 1) for _ in range(9))}]\n" for c in "bcdefghijk") + "title: T\n"), ("a list in a list, 100,000 deep", "yaml.too-deep yaml.*", "title: " + "[" * 100000 + "\n"), ("a map in a map, 5,000 deep", "yaml.too-deep yaml.*", "".join(" " * n + "a:\n" for n in range(2000))),
    ("100,000 values", "settings.unknown-key yaml.too-many-nodes", "title: T\n" + "".join(f"k{n}: [{'1,' * 100}]\n" for n in range(1000))), ("5 MB", "file.too-large yaml.too-large", "title: T\n#" + "x" * (5 << 20)), ("a key of 1 MB", "settings.unknown-key yaml.*", "title: T\n? " + "k" * (1 << 20) + "\n: 1\n"), ("a map as a key", "yaml.key", "title: T\n? {a: b}\n: c\n"), ("a null key", "yaml.key settings.unknown-key", "title: T\n~: c\n"),
    ("a zero byte", "yaml.control-character file.* yaml.syntax", "title: a\0b\n"), ("a bell", "yaml.control-character yaml.syntax", "title: a\x07b\n"), ("Latin-1", "file.bad-text file.not-utf8", b"title: K\xe4fer\n"), ("UTF-16", "file.bad-text file.not-utf8 yaml.*", "title: T\n".encode("utf-16")), ("a percent directive", "yaml.syntax yaml.*", "%YAML 3.0\n---\ntitle: T\n"), ("a bad escape", "yaml.syntax", 'title: "\\q"\n'),
    ("a brace as in templates", "yaml.* settings.*", "title: {{x}}\n"), ("a title that is a list", "settings.wrong-type", "title: [a]\n"), ("no title", "study.empty settings.missing", "client: C\n"), ("an empty title", "settings.missing study.empty settings.*", "title: ''\n"), ("a key that is none", "settings.unknown-key", YAML + "analyzes: {}\n"), ("a language that is none", "study.unknown-language", YAML + "language: klingon!\n"),
    ("a date that is none", "settings.wrong-type", YAML + "date: 2026-02-30\n"), ("a date in words", "settings.wrong-type", YAML + "date: yesterday\n"), ("confidential maybe", "settings.wrong-type", YAML + "confidential: maybe\n"), ("an address that is none", "study.bad-site-url", YAML + "site_url: ftp://x\n"), ("an address that is a script", "study.bad-site-url", YAML + "site_url: 'javascript:alert(1)'\n"), ("an address with a quote", "study.bad-site-url", YAML + "site_url: 'https://x/\"><script>'\n"),
    ("a colour that is none", "study.bad-colour", YAML + "brand: {accent: red}\n"), ("a colour with more", "study.bad-colour", YAML + "brand: {accent: '#123456;} body{display:none'}\n"), ("a logo that is none", "study.logo-missing", YAML + "brand: {logo: nothing.svg}\n"), ("a logo that leads out", "study.logo-missing file.outside", YAML + "brand: {logo: ../../x.svg}\n"), ("a logo that is an address", "study.logo-missing file.*", YAML + "brand: {logo: 'https://x/y.svg'}\n"),
    ("a base below nothing", "settings.out-of-range", YAML + "privacy: {minimum_base: -1}\n"), ("a base that is half", "settings.wrong-type", YAML + "privacy: {minimum_base: 1.5}\n"), ("a base in words", "settings.wrong-type", YAML + "privacy: {minimum_base: many}\n"), ("a base beyond numbers", "settings.*", YAML + "privacy: {suppress_below: 99999999999999999999}\n"), ("data as a list", "settings.wrong-type", "title: T\ndata: [a]\n"), ("analyses as a list", "settings.wrong-type", "title: T\nanalyses: [a]\n"),
    ("analyses as a word", "settings.wrong-type", "title: T\nanalyses: x\n"), ("an analysis as a word", "settings.wrong-type", "title: T\nanalyses: {a: b}\n"), ("an analysis without a type", "settings.missing", "title: T\nanalyses: {a: {}}\n"), ("a type that is none", "study.unknown-type", YAML.replace("perceptual-map", "perceptual-mpa")), ("a table that is none", "study.unknown-table", YAML.replace("data: brands}", "data: brnads}")), ("no table", "settings.missing", YAML.replace(", data: brands}", "}")),
]:
    config(name, wanted, text, place=name not in ("nothing", "5 MB", "UTF-16"))
for identifier in ["../x", "a/b", "a b", "1a", "", "-a", "a.b", "ä", "a\\u0000", "con:", "<b>", "a'b", "..", "figures/x", "a" * 3000, "{{a}}", "$(id)"]:
    config(f"id {identifier[:20]!r}", "study.bad-id settings.* yaml.*", f'title: T\ndata: {{brands: data/brands.csv}}\nanalyses:\n  "{identifier}": {{type: perceptual-map, data: brands}}\n', place=len(identifier) < 100)
for setting, wanted in [
    ("method: magic", "settings.unknown-choice"), ("method: [a]", "settings.*"), ("dimensions: 0", "settings.*"), ("dimensions: many", "settings.*"), ("bootstrap: -5", "settings.*"), ("bootstrap: 1e9", "settings.*"), ("bootstrap: 99999999999", "settings.*"), ("own: Nobody", "analysis.unknown-name"), ("own: [Aero]", "settings.wrong-type"),
    ("attributes: [light, nothing]", "analysis.unknown-column"), ("attributes: [light, light]", "settings.repeated-name"), ("attributes: {a: b}", "settings.wrong-type"), ("where: {light: [99]}", "analysis.unknown-value analysis.*"), ("where: {nothing: [1]}", "analysis.unknown-column"), ("where: light > 3", "settings.wrong-type"), ("where: [light]", "settings.wrong-type"),
    ("where: {light: []}", "settings.* analysis.*"), ("weight: nothing", "analysis.unknown-column settings.*"), ("weight: brand", "analysis.* settings.*"), ("respondent: nothing", "analysis.unknown-column"), ("wave: nothing", "analysis.unknown-column"), ("by: nothing", "analysis.unknown-column"), ("by: [a, b]", "settings.*"), ("orient: {right: nothing}", "analysis.* settings.*"), ("orient: {left: light}", "settings.*"), ("orient: light", "settings.*"),
    ("supplementary: {attributes: [nothing]}", "analysis.*"), ("supplementary: nothing", "settings.wrong-type"), ("methd: correspondence", "settings.unknown-key"), ("brand: nothing", "analysis.*"), ("figures: [nothing]", "settings.*"), ("figures: {}", "settings.*"), ("preference: {table: nothing}", "study.* settings.* analysis.*"), ("title: [a]", "settings.wrong-type"), ("seed: x", "settings.*"),
]:
    config(f"a map with {setting}", wanted, YAML.replace("data: brands}", f"data: brands, {setting}}}"))
for setting, wanted in [
    ("type: segmentation, data: people, variables: [nothing]", "analysis.unknown-column"), ("type: segmentation, data: people, variables: [town, age], method: k-means", "analysis.not-a-number analysis.*"), ("type: segmentation, data: people, variables: [age], segments: 0", "settings.*"), ("type: segmentation, data: people, variables: [age], segments: 99", "settings.* analysis.*"),
    ("type: segmentation, data: people, variables: [age], segments: [5, 2]", "settings.*"), ("type: segmentation, data: people, variables: [age], segments: many", "settings.*"), ("type: segmentation, data: people, variables: {a: b}", "settings.* analysis.*"), ("type: segment-profile, data: people", "settings.missing"), ("type: segment-profile, data: people, group: nothing, describe: [age]", "analysis.unknown-column"), ("type: segment-profile, data: people, group: town, describe: [nothing]", "analysis.unknown-column"),
    ("type: targeting, from: nothing, data: people", "study.* analysis.* settings.*"), ("type: targeting, from: x, data: people", "study.circle study.*"), ("type: targeting, data: people", "analysis.missing-column"), ("type: market, data: people", "analysis.* settings.*"), ("type: market-map, data: people", "analysis.* settings.*"), ("type: referral-value, data: people", "analysis.* settings.*"), ("type: response-line, data: people", "analysis.* settings.*"),
    ("type: judgement-map, data: people, x: age, y: town", "analysis.* settings.*"), ("type: positioning, data: people", "analysis.* settings.*"), ("type: value-chain, actors: people, flows: flows", "analysis.missing-column"), ("type: value-chain, actors: actors", "settings.missing"), ("type: value-chain, actors: actors, flows: nothing", "study.unknown-table"), ("type: value-chain, actors: actors, flows: flows, wave: nothing", "analysis.unknown-column"),
    ("type: value-chain, actors: actors, flows: flows, waves: [a, b]", "settings.missing"), ("type: value-chain, actors: actors, flows: flows, wave: unit, waves: [EUR, EUR]", "settings.repeated-name"), ("type: value-chain, actors: actors, flows: flows, wave: unit, waves: [EUR, bikes, x]", "analysis.* settings.*"), ("type: value-chain, actors: actors, flows: flows, wave: period", "analysis.one-wave"),
]:
    config(f"an analysis of {setting}"[:90], wanted, YAML + f"  x: {{{setting}}}\n")
for name, wanted, more in [
    ("a flow from nobody", "analysis.unknown-actor", {"content/data/flows.csv": FILES["content/data/flows.csv"] + "X,B,bike,product,1,bikes,year\n"}), ("a flow to itself", "analysis.self-flow", {"content/data/flows.csv": FILES["content/data/flows.csv"] + "A,A,bike,product,1,bikes,year\n"}), ("a kind that is none", "analysis.unknown-kind", {"content/data/flows.csv": FILES["content/data/flows.csv"] + "A,B,bike,gift,1,bikes,year\n"}),
    ("a negative flow", "analysis.negative-value", {"content/data/flows.csv": FILES["content/data/flows.csv"] + "A,B,x,product,-1,bikes,year\n"}), ("an actor twice", "analysis.repeated-actor", {"content/data/actors.csv": FILES["content/data/actors.csv"] + "A,maker\n"}), ("an actor without a name", "analysis.missing-name", {"content/data/actors.csv": FILES["content/data/actors.csv"] + ",maker\n"}), ("a flow in words", "analysis.not-a-number", {"content/data/flows.csv": FILES["content/data/flows.csv"] + "A,C,x,product,much,bikes,year\n"}),
]:
    case("chain: " + name, wanted, more=more)

# --- Pages and templates --------------------------------------------------------------------------------------------------------
for name, wanted, text in [
    ("open front matter", "page.front-matter-open", "---\ntitle: T\n\nwords\n"), ("front matter that is a list", "page.front-matter", "---\n- a\n---\n"), ("front matter that is a word", "page.front-matter", "---\nhello\n---\n"), ("an unknown key", "page.unknown-key", "---\ntitle: T\ntilte: U\n---\n"), ("a key twice", "yaml.duplicate-key", "---\ntitle: T\ntitle: U\n---\n"), ("a tab", "yaml.tab", "---\ntitle: T\nx:\n\ty: 1\n---\n"),
    ("a bomb in front matter", "yaml.alias yaml.too-many-nodes", "---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{c}: &{c} [{','.join('*' + chr(ord(c) - 1) for _ in range(9))}]\n" for c in "bcdefghijk") + "---\n"), ("a tag", "yaml.tag", "---\ntitle: !x y\n---\n"), ("an order in words", "page.front-matter settings.wrong-type", "---\ntitle: T\norder: first\n---\n"), ("a draft maybe", "page.front-matter settings.wrong-type", "---\ntitle: T\ndraft: maybe\n---\n"),
    ("a layout that is none", "page.unknown-layout template.unknown-layout", "---\ntitle: T\nlayout: nothing\n---\n"), ("a layout that leads out", "page.unknown-layout template.*", "---\ntitle: T\nlayout: ../../../etc/passwd\n---\n"), ("each of nothing", "page.* settings.*", "---\ntitle: T\neach: nothing/x as y\nslug: '{{y.slug}}'\n---\n"), ("each of no table", "page.unknown-table page.*", "---\ntitle: T\neach: brand-map/nothing as y\nslug: '{{y.slug}}'\n---\n"), ("each without a name", "page.*", "---\ntitle: T\neach: brand-map/brands\n---\n"),
    ("each without a slug that differs", "page.same-address page.*", "---\ntitle: T\neach: brand-map/brands as row\nslug: same\n---\n"), ("a fact that is none", "template.unknown-name", "{{brand-map.brnads}}\n"), ("an analysis that is none", "template.unknown-name page.unknown-analysis", "{{nothing.x}}\n"), ("a table as a value", "template.not-a-value", "{{brand-map.tables.brands}}\n"), ("a format that is none", "template.unknown-format", "{{perc(brand-map.explained)}}\n"), ("a format that does not fit", "template.wrong-format", "{{date(brand-map.brands)}}\n"),
    ("an open tag", "template.unclosed-tag", "{{brand-map.brands\n"), ("an open section", "template.unbalanced-section", "{{#brand-map.tables.brands}}x\n"), ("a stray close", "template.unbalanced-section", "x{{/brand-map.tables.brands}}\n"), ("crossed sections", "template.unbalanced-section", "{{#brand-map.tables.brands}}{{#study.title}}{{/brand-map.tables.brands}}{{/study.title}}\n"), ("three braces", "template.unescaped-value", "{{{study.title}}}\n"), ("an ampersand tag", "template.unescaped-value", "{{&study.title}}\n"),
    ("new delimiters", "template.unsupported-tag", "{{=<% %>=}}<% x %>\n"), ("a partial that is none", "template.unknown-partial", "{{> nothing}}\n"), ("a partial that leads out", "template.*", "{{> ../../../etc/passwd}}\n"), ("sections 100 deep", "template.too-deep", "{{#study.title}}" * 100 + "x" + "{{/study.title}}" * 100 + "\n"), ("empty braces", "template.*", "{{}}\n"), ("a page through loops", "template.too-large template.too-deep", "{{#brand-map.tables.brands}}" * 24 + "x" * 900 + "{{/brand-map.tables.brands}}" * 24 + "\n"),
    ("a link to nothing", "page.broken-link", "[a](nothing.md)\n"), ("a link that leads out", "page.link-outside", "[a](../../../etc/passwd)\n"), ("an anchor that is none", "page.broken-anchor page.broken-reference", "[a](index.md#nothing)\n"), ("a reference to nothing", "page.broken-reference", "[](#fig-nothing)\n"), ("a script as a link", "markdown.unsafe-link", "[a](javascript:alert(1))\n"), ("a script with a tab", "markdown.unsafe-link page.*", "[a](<java\tscript:alert(1)>)\n"), ("a script with entities", "markdown.unsafe-link", "[a](&#106;avascript:alert(1))\n"),
    ("a script in capitals", "markdown.unsafe-link", "[a](JaVaScRiPt:alert(1))\n"), ("data as a link", "markdown.unsafe-link", "[a](data:text/html,x)\n"), ("vbscript", "markdown.unsafe-link", "[a](vbscript:x)\n"), ("a file as a link", "markdown.unsafe-link", "[a](file:///etc/passwd)\n"), ("a script by reference", "markdown.unsafe-link", "[a]\n\n[a]: javascript:alert(1)\n"), ("a script in angle brackets", "markdown.unsafe-link", "<javascript:alert(1)>\n"), ("an image from elsewhere", "page.external-image", "![a](https://evil.example/x.png)\n"),
    ("an image of another host", "page.external-image page.*", "![a](//evil.example/x.png)\n"), ("an image that is a script", "markdown.unsafe-link page.*", "![a](javascript:alert(1))\n"), ("an image that is data", "markdown.unsafe-link page.*", "![a](data:image/svg+xml,<svg/>)\n"), ("an image that is none", "page.broken-image", "![a](nothing.png)\n"), ("an image that leads out", "page.link-outside page.*", "![a](../../x.png)\n"), ("raw data as a link", "page.raw-data", "[a](data/brands.csv)\n"), ("raw data as an image", "page.*", "![a](data/brands.csv)\n"),
    ("a script element", "markdown.raw-html", "<script>alert(1)</script>\n"), ("an image element", "markdown.raw-html", "a <img src=x onerror=alert(1)> b\n"), ("a comment", "markdown.raw-html markdown.open-comment", "<!-- open\n"), ("an odd element", "markdown.raw-html", "a <b onclick=x> b\n"), ("a figure that is none", "page.unknown-analysis page.unknown-figure", "![](figure:nothing)\n"), ("a figure of no such name", "page.unknown-figure", "![](figure:brand-map/nothing)\n"), ("a table that is none", "page.unknown-table", "![](table:brand-map/nothing)\n"),
    ("a figure with a path", "page.bad-reference page.unknown-figure page.*", "![](figure:brand-map/../x)\n"), ("a figure in a line", "markdown.inline-directive", "see ![](figure:brand-map) here\n"), ("no reference at all", "page.bad-reference page.*", "![](figure:)\n"), ("quotes 10,000 deep", "markdown.too-deep", ">" * 10000 + "a\n"), ("lists 2,000 deep", "markdown.too-deep markdown.too-large", "".join("  " * n + "- a\n" for n in range(2000))), ("brackets 50,000 deep", "markdown.too-deep markdown.too-large", "[" * 50000 + "a" + "](b)" * 50000 + "\n"),
    ("stars 100,000", "markdown.too-deep markdown.too-large page.broken-link", "*a _b " * 100000 + "\n\n[x](nothing.md)\n"), ("a table of 2,000 columns", "markdown.too-large", "|" + "a|" * 2000 + "\n|" + "-|" * 2000 + "\n" + ("|" + "b|" * 2000 + "\n") * 200), ("40 MB", "markdown.too-large file.too-large", "word " * (8 << 20)), ("a zero byte in front matter", "file.bad-text yaml.*", "---\ntitle: a\0b\n---\n"), ("Latin-1", "file.not-utf8 file.bad-text", b"K\xe4fer\n"), ("backquotes 100,000", "markdown.too-large markdown.too-deep", "".join("`" * (n % 700 + 1) + "a" for n in range(20000)) + "![](figure:nothing)\n"),
    ("footnotes in footnotes", "markdown.* page.*", "".join(f"[^{n}]: [^{n + 1}]\n\n" for n in range(3000)) + "[^0]\n\n[x](nothing.md)\n"), ("entities 200,000", "page.broken-link markdown.too-large", "&amp;" * 200000 + "\n\n[x](nothing.md)\n"),
]:
    page(name, wanted, text, place=name not in ("40 MB", "a zero byte", "Latin-1", "lists 2,000 deep", "backquotes 100,000"))
for slug in ["../x", "/etc/x", "a/../../b", "..", "a//b", "a\\\\b", "x?y", "x#y", "%2e%2e/x", "", "index.html/x", ".valuemap-manifest", ".hidden", "assets/site.css", "findings/brand-map", "figures", "analyses/chain", "con", "a\\u0000b", "a\\nb", "a" * 5000, "https://x/y", "{{nothing}}", "{{study.title}}/../../x", " x ", "_valuemap/x", "search"]:
    cases.append((f"slug {slug[:30]!r}", None, {PAGE: f'---\ntitle: T\nslug: "{slug}"\n---\nwords\n'}, True))
LAYOUT = "templates/layouts/page.mustache"
for name, wanted, more in [
    ("includes itself", "template.includes-itself template.too-deep", {LAYOUT: "{{> partials/a}}", "templates/partials/a.mustache": "{{> partials/a}}"}), ("two that include each other", "template.includes-itself template.too-deep", {LAYOUT: "{{> partials/a}}", "templates/partials/a.mustache": "{{> partials/b}}", "templates/partials/b.mustache": "{{> partials/a}}"}),
    ("deeper than deep", "template.too-deep", {LAYOUT: "{{> partials/p0}}", **{f"templates/partials/p{n}.mustache": f"{{{{> partials/p{n + 1}}}}}" for n in range(60)}, "templates/partials/p60.mustache": "x"}), ("a bomb of partials", "template.too-large template.too-deep", {LAYOUT: "{{> partials/p0}}", **{f"templates/partials/p{n}.mustache": f"{{{{> partials/p{n + 1}}}}}" * 10 for n in range(12)}, "templates/partials/p12.mustache": "x" * 1000}),
    ("unknown names", "template.unknown-name", {LAYOUT: "{{page.nothing}}"}), ("unclosed", "template.unclosed-tag", {LAYOUT: "{{page.title"}), ("unbalanced", "template.unbalanced-section", {LAYOUT: "{{#page.title}}"}), ("raw values", "template.unescaped-value", {LAYOUT: "{{{page.title}}}"}), ("not text", "file.not-utf8 file.bad-text template.*", {LAYOUT: b"\xff\xfe\0"}), ("new delimiters", "template.unsupported-tag", {LAYOUT: "{{=<< >>=}}"}),
    ("pragmas", "template.unsupported-tag template.*", {LAYOUT: "{{% CONTENT_TYPE:TEXT }}{{page.title}}"}), ("a partial that is none", "template.unknown-partial", {LAYOUT: "{{> nothing}}"}), ("a partial that leads out", "template.*", {LAYOUT: "{{> ../../../../etc/passwd}}"}), ("50 MB", "file.too-large template.too-large", {LAYOUT: "x" * (50 << 20)}), ("a name with a space", "template.bad-name template.*", {LAYOUT: "{{> a b}}"}),
    ("a loop over nothing", "template.unknown-name", {LAYOUT: "{{#nothing}}x{{/nothing}}"}), ("inheritance of itself", "template.*", {LAYOUT: "{{<page}}{{/page}}"}), ("braces only", "template.*", {LAYOUT: "{{{{{{{{{{"}),
]:
    case("template: " + name, wanted, more=more, place=name not in ("50 MB", "not text"))


def digest(folder):
    found = []
    for top, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = os.path.join(top, name)
            with open(path, "rb") as file:
                found.append((os.path.relpath(path, folder), hashlib.sha1(file.read()).hexdigest()))
    return found


def lay(files, folder):
    for path, text in files.items():
        place = os.path.join(folder, path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))


def limits():
    # What is asked is 400 MB of memory; address space is not memory, so that is looked at afterwards.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(study, site):
    start = time.monotonic()
    process = subprocess.Popen([PROGRAM, "build", "-s", study, "-o", site], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=limits)
    try:
        words = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
    except KeyboardInterrupt:
        process.kill()
        raise
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, words.decode("utf-8", "replace"), time.monotonic() - start, usage.ru_maxrss // 1024


CRASH = re.compile(r"Fatal error|Stack dump|Thread \d+ crashed|Swift runtime|at /.*\.swift:|Segmentation fault|Illegal instruction|assertion failed", re.I)
SLOW = float(os.environ.get("SLOW", "5"))


def judge(number):
    name, wanted, changed, place = cases[number]
    folder = f"{WORK}/{number}"
    lay({**FILES, **changed}, folder + "/study")
    shutil.copytree(WORK + "/study/.valuemap", folder + "/study/.valuemap")
    shutil.copytree(WORK + "/site", folder + "/site", symlinks=True)
    before = digest(folder + "/site")
    code, words, took, memory = run(folder + "/study", folder + "/site")
    problems = []
    errors = re.findall(r"^(\S.*?)?(?:: )?error: (.*) \[([a-z0-9.-]+)\]$", words, re.M)
    if CRASH.search(words) or code not in (0, 1):
        problems.append(f"ends with {code}")
    if took > SLOW:
        problems.append(f"takes {took:.1f} s")
    if memory > 400:
        problems.append(f"takes {memory} MB")
    if WORK in words.replace(f"{folder}/site", ""):
        problems.append("names a path of the machine")
    if wanted is None:
        # A name that may be fine: then its page lies in the site.
        strays = [path for path, _ in digest(folder) if not path.startswith(("site/", "study/"))]
        if strays:
            problems.append(f"writes outside: {strays}")
    elif code == 0:
        problems.append("is built")
    else:
        if not any(re.fullmatch(pattern.replace(".", r"\.").replace("*", ".*"), kind) for _, _, kind in errors for pattern in wanted):
            problems.append(f"is called {sorted({kind for _, _, kind in errors})}")
        if place and errors and not any(re.search(r":\d+(:\d+)?$", where) for where, _, kind in errors) and not any(kind.startswith(("file.", "table.empty", "table.binary")) for _, _, kind in errors):
            problems.append("has no place")
    if code != 0 and digest(folder + "/site") != before:
        problems.append("changes the site")
    if code != 0 and not errors:
        problems.append("says nothing")
    if len(words) > 200_000:
        problems.append(f"says {len(words)} bytes")
    shutil.rmtree(folder)
    return name, problems, words, bool(errors) and "hint:" in words


def noise(number):
    source = random.Random(number)
    folder = f"{WORK}/noise-{number}"
    files = {path: (text if isinstance(text, bytes) else text.encode()) for path, text in FILES.items()}
    files[LAYOUT] = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../templates/layouts/page.mustache"), "rb").read()
    tokens = [b"\0", b"\xff", b"{{", b"}}", b"{{#", b"{{/", b"---\n", b"\t", b"&a ", b"*a ", b"- ", b": ", b"[", b"]", b"![", b"](", b"#", b"\"", b"'", b",", b"\n", b"\r", b"|", b"`", b"<", b">", b"!!", b"%", b"\xc3", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"1e999", b"-", b"figure:", b"table:", b"../"]
    for _ in range(source.randint(1, 4)):
        path = source.choice(sorted(files))
        text = bytearray(files[path])
        for _ in range(source.randint(1, 6)):
            at = source.randint(0, len(text))
            how = source.randrange(5)
            if how == 0:
                text[at:at] = source.choice(tokens)
            elif how == 1:
                del text[at:at + source.randint(1, 20)]
            elif how == 2 and text:
                text[at % len(text)] = source.randrange(256)
            elif how == 3:
                start = source.randint(0, len(text))
                text[at:at] = text[start:start + source.randint(1, 60)]
            else:
                text[at:at] = source.choice(tokens) * source.randint(1, 200)
        files[path] = bytes(text)
    lay(files, folder + "/study")
    shutil.copytree(WORK + "/study/.valuemap", folder + "/study/.valuemap")
    shutil.copytree(WORK + "/site", folder + "/site", symlinks=True)
    before = digest(folder + "/site")
    code, words, took, memory = run(folder + "/study", folder + "/site")
    problems = []
    if CRASH.search(words) or code not in (0, 1):
        problems.append(f"ends with {code}")
    if took > SLOW or memory > 400:
        problems.append(f"takes {took:.1f} s and {memory} MB")
    if code == 1 and ("error" not in words or digest(folder + "/site") != before):
        problems.append("changes the site or says nothing")
    if problems and "--keep" in sys.argv:
        shutil.copytree(folder, f"/tmp/valuemap-noise-{number}", dirs_exist_ok=True)
    shutil.rmtree(folder)
    return f"noise {number}", problems, words, True


failures = hints = 0
try:
    lay(FILES, WORK + "/study")
    code, words, _, _ = run(WORK + "/study", WORK + "/site")
    if code != 0:
        print("bad inputs: the study itself does not build:\n" + words)
        sys.exit(1)
    with concurrent.futures.ThreadPoolExecutor(max(1, (os.cpu_count() or 2))) as pool:
        results = list(pool.map(judge, range(len(cases)))) + list(pool.map(noise, range(NOISE)))
    for name, problems, words, has_hint in results:
        hints += has_hint
        if problems:
            failures += 1
            print(f"bad inputs: {name}: {'; '.join(problems)}\n    " + "\n    ".join(words.strip().split("\n")[:4])[:700])
finally:
    shutil.rmtree(WORK, ignore_errors=True)
print(f"bad inputs: {len(cases)} cases and {NOISE} of noise, {failures} failed; {hints - NOISE} of the cases give a hint")
sys.exit(1 if failures else 0)
