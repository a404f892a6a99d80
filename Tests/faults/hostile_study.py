#!/usr/bin/env python3
"""A study in which every text is an attack: hostile_study.py EXAMPLE FOLDER.

Takes the example study and puts markup, formulas, scripts, template tags, paths and control signs into every name that is free: titles,
questions, columns, levels, brands, segments, nodes, flows, captions, alternative texts, front matter, table cells. Names that the
program itself gives meaning to (`kind`, `side`, …) stay. Returns the number of attacks.
"""
import csv
import io
import json
import os
import re
import shutil
import sys

# Each is told from the others by its number, so that what comes out can be traced to what went in.
ATTACKS = [
    '<img src=x onerror=alert({n})>', '"><script>alert({n})</script>', "' onmouseover='alert({n})", '" autofocus onfocus="alert({n})', "</script><script>alert({n})</script>",
    "</title><svg onload=alert({n})>", "</style><script>alert({n})</script>", "]]><script>alert({n})</script>", "--><script>alert({n})</script>", "<!--{n}", "&lt;b&gt;{n}&amp;",
    "[m{n}](javascript:alert({n}))", "![i{n}](http://evil.example/{n}.png)", "**b{n}** `c` <u>u</u>", "{{{{study.title}}}}{n}", "{{{{{{study.title}}}}}}{n}", "${{{n}*7}}#{{{n}*7}}<%= {n} %>",
    '=HYPERLINK("http://evil.example/{n}")', "+{n}+cmd|'/C calc'!A0", "-{n}-1+cmd|' /C calc'!A0", "@SUM({n})", "\uff1d{n}+1", "\uff0b{n}+1", "\uff0d{n}-1", "\uff20SUM({n})",
    "../../../../tmp/valuemap-escape-{n}", "..\\..\\escape-{n}", "/etc/passwd-{n}", "a/b/{n}.html", "con.{n}", "%2e%2e%2f{n}", "x?y={n}#z", "javascript:alert({n})", "data:text/html,<script>alert({n})</script>",
    "\u202egnp.{n}", "a\u2028b\u2029{n}", "\u200b{n}\ufeff", "e\u0301\u0301\u0301\u0301\u0301\u0301{n}", "{n}\U0001f469\u200d\U0001f4bb", "| a | {n} |", "# h{n}", "- l{n}", "> q{n}",
    "url(javascript:alert({n}))", "expression(alert({n}))", "*/ body{{display:none}} /* {n}", "\\u003cscript\\u003e{n}", "<a href=//evil.example/{n}>x", "\u2029=1+{n}", "'=1+{n}", "\"=1+{n}", ";=1+{n}", ",=1+{n}",
    "<iframe srcdoc='<script>alert({n})</script>'>", "<math><mtext></form><form><mglyph><style></math><img src onerror=alert({n})>", "%s%n%{n}$x", "$(touch /tmp/valuemap-escape-{n})`id`",
]

# What the program gives meaning to: columns found by their name, and the values of those that hold a choice.
PLAIN = set("""respondent brand segment role stage lane customer_kind own node to volume decision_share from offering kind value unit period source wave judge
year player criterion side weight score target need pain_point category benefit basis alternative difference proof attribute customer address contract client_no trade actor
referrals_type1 referrals_type2 margin referral_cost acquisition_cost clv Contract""".split())
CHOICES = {"kind", "side", "basis", "source", "wave", "year", "period", "weight", "score", "own", "customer_kind", "unit"}
NUMBER = re.compile(r"[-+]?[\d.,]*$|\d{4}-\d{2}-\d{2}$")


def quoted(text):
    """As YAML reads it in double quotes."""
    return re.sub("[\u200b-\u202e\u2028\u2029\ufeff]", lambda found: f"\\u{ord(found.group()):04x}", json.dumps(text, ensure_ascii=False))


class Attacks:
    def __init__(self):
        self.known = {}

    def on(self, text):
        """The text with an attack before it; the same for the same text."""
        if not text.strip() or NUMBER.match(text):
            return text
        if text not in self.known:
            number = len(self.known)
            # A number of its own, far from those of the data, to be looked for.
            self.known[text] = ATTACKS[number % len(ATTACKS)].format(n=900000 + number) + " " + text
        return self.known[text]


def hostile_table(text, delimiter, attacks):
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    head = rows[0]
    ids = {name for name in head if name in ("respondent", "customer", "client_no", "address")}
    yes = {"0", "1", "yes", "no", "week", "none", ""}
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow([name if name in PLAIN else attacks.on(name) for name in head])
    for row in rows[1:]:
        writer.writerow(
            cell if name in CHOICES or name in ids or cell in yes or len(row) != len(head) else attacks.on(cell)
            for name, cell in zip(head, row))
    return out.getvalue()


def hostile_yaml(text, attacks):
    # Free texts first, then every name of the data wherever it stands as a whole value.
    lines = []
    for line in text.split("\n"):
        line = re.sub(r"\s+# .*$|^#.*$", "", line)
        found = re.match(r'^(\s*)(title|question|client|unit|\d+): ("?)(.*?)\3$', line)
        if found and found.group(4):
            line = f"{found.group(1)}{found.group(2)}: {quoted(attacks.on(found.group(4)))}"
        elif not re.match(r"^\s*(type|data|file|method|source|collected|from|by|map|compare|wave|language|date|actors|flows|table):", line):
            for name in sorted(attacks.known, key=len, reverse=True):
                if name in PLAIN or name == "auto":
                    continue
                line = re.sub(
                    r"(^\s*(?:- |[\w ]+: )|[\[,{] ?(?:\w+: )?)" + re.escape(name) + r"(?=$|[,\]}])",
                    lambda match, name=name: match.group(1) + quoted(attacks.known[name]), line)
        lines.append(line)
    return "\n".join(lines)


def make(example, folder):
    attacks = Attacks()
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder + "/content/data")
    for name in sorted(os.listdir(example + "/content/data")):
        with open(f"{example}/content/data/{name}", encoding="utf-8") as file:
            text = file.read()
        with open(f"{folder}/content/data/{name}", "w", encoding="utf-8") as file:
            file.write(hostile_table(text, ";" if name == "customers.csv" else ",", attacks))
    with open(example + "/valuemap.yaml", encoding="utf-8") as file:
        text = hostile_yaml(file.read(), attacks)
    # Draws cost time and hold no names.
    text = re.sub(r"(bootstrap|permutation|starts|stability|gap_sets): \d+", lambda found: f"{found.group(1)}: {dict(bootstrap=20, permutation=20, starts=3, stability=3, gap_sets=2)[found.group(1)]}", text)
    text = text.replace("confidential: true", "confidential: false\nsite_url: https://example.com/a&b/")
    with open(folder + "/valuemap.yaml", "w", encoding="utf-8") as file:
        file.write(text)
    attack = [one.format(n=990000 + number) for number, one in enumerate(ATTACKS) if "{{{" not in one]
    for number, one in enumerate(attack):
        with open(f"{folder}/content/page-{number}.md", "w", encoding="utf-8") as file:
            file.write(
                f"---\ntitle: {quoted(one)}\ndescription: {quoted(one)}\n---\n"
                "{{study.title}} and {{#brand-map.tables.brands}}{{brand}}, {{/brand-map.tables.brands}}\n\n"
                "![{{study.client}}](figure:brand-map)\n\n![{{study.client}}](table:brand-map/brands)\n")
    with open(folder + "/content/each.md", "w", encoding="utf-8") as file:
        file.write(
            "---\ntitle: '{{row.brand}}'\neach: brand-map/brands as row\nslug: 'rows/{{row.slug}}'\n---\n{{row.brand}}: [{{row.brand}}](index.md)\n\n"
            "| {{row.brand}} | b |\n| --- | --- |\n| {{row.brand}} | `{{row.brand}}` |\n\n![{{row.brand}}](figure:brand-map)\n")
    with open(folder + "/content/index.md", "w", encoding="utf-8") as file:
        file.write("---\ntitle: '{{study.title}}'\n---\n{{study.title}} {{study.client}}\n")
    return len(attacks.known) + len(attack)


if __name__ == "__main__":
    print(make(sys.argv[1], sys.argv[2]), "attacks")
