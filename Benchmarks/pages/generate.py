"""Writes a study of many pages and the same pages for Hugo: generate.py COUNT FOLDER -> FOLDER/study, FOLDER/hugo."""

import csv
import os
import random
import sys

COUNT, FOLDER = int(sys.argv[1]), sys.argv[2]
WORDS = (
    "value customer benefit price segment market need loyalty map position brand choice share survey answer region dealer "
    "service quality delivery support range battery cargo bike family city rain winter child cost lease repair trust speed "
    "weight frame brake light lock insurance subsidy partner stage flow margin influence referral journey moment task "
    "promise proof offer message channel budget plan"
).split()
WORDS += [before + word for before in ("re", "un", "over", "out", "fore") for word in WORDS[:60]]
draw = random.Random(7)


def sentence():
    return " ".join(draw.choice(WORDS) for _ in range(draw.randint(7, 16))).capitalize() + "."


def page(number):
    text = [f"---\ntitle: Report {number} on {draw.choice(WORDS)}\norder: {number}\n---\n\n"]
    for part in range(3):
        text.append(f"## Part {part + 1} about {draw.choice(WORDS)}\n\n")
        text += [" ".join(sentence() for _ in range(4)) + "\n\n" for _ in range(3)]
        if part == 1:
            text.append("| Item | Count | Share |\n| :-- | --: | --: |\n")
            text += [f"| {draw.choice(WORDS)} | {draw.randint(1, 900)} | {draw.random():.2f} |\n" for _ in range(6)]
            text.append("\n")
        if part == 2:
            text.append("- " + "\n- ".join(sentence() for _ in range(4)) + "\n\nSee **this** and *that* and `code`.\n")
    return "".join(text)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def place(number):
    return f"part-{number // 100:03d}/report-{number:05d}.md"


pages = [page(number) for number in range(COUNT)]
study, hugo = FOLDER + "/study", FOLDER + "/hugo"
for number, text in enumerate(pages):
    write(f"{hugo}/content/{place(number)}", text)
    # One page in a thousand shows a value and a reference; the first shows the map.
    if number % 1000 == 0:
        text += "\nThe map shows {{percent(brand-map.explained)}} of it, see [](#fig-brand-map).\n"
    if number == 0:
        text += "\n![Map](figure:brand-map)\n"
    write(f"{study}/content/{place(number)}", text)
write(
    study + "/valuemap.yaml",
    "title: Many pages\nclient: Northwind (invented)\ndate: 2026-05-04\n"
    "data:\n  counts: {file: data/counts.csv, source: desk}\n"
    "analyses:\n  brand-map: {type: perceptual-map, data: counts, method: correspondence, bootstrap: 0}\n",
)
os.makedirs(study + "/content/data", exist_ok=True)
with open(study + "/content/data/counts.csv", "w", newline="") as file:
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(["brand", "cheap", "fast", "kind", "solid", "near", "new"])
    for brand in "Aero Bolt Cargo Drift Eagle Flux Gusto Helio".split():
        rows.writerow([brand] + [draw.randint(5, 120) for _ in range(6)])
write(
    hugo + "/config.toml",
    'baseURL = "https://example.com/"\ntitle = "Many pages"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n',
)
write(
    hugo + "/layouts/_default/baseof.html",
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><nav><ul>'
    '{{ range .Site.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></nav>'
    '<main>{{ block "main" . }}{{ end }}</main></body></html>',
)
write(
    hugo + "/layouts/_default/single.html",
    '{{ define "main" }}<h1>{{ .Title }}</h1>{{ .TableOfContents }}{{ .Content }}'
    '{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'
    '{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}',
)
write(
    hugo + "/layouts/_default/list.html",
    '{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}'
    '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}',
)
