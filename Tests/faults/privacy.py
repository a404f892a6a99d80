#!/usr/bin/env python3
"""What must not leave the study: privacy.py PROGRAM.

Builds the example study with a column of what people wrote and one of their addresses beside each table of people, with PDF, report and
zip, and looks through every byte of it, streams unpacked: no id of a person, no verbatim, no raw row, no path of the machine, no name of
who built it. Secrets of the environment reach neither output nor messages.
"""
import csv
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib

PROGRAM = os.path.abspath(sys.argv[1])
EXAMPLE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
faults = 0


def fault(*words):
    global faults
    faults += 1
    if faults < 30:
        print("privacy:", *words, flush=True)


def unpacked(bytes_):
    """The bytes and whatever is packed in them: streams of PDFs, chunks of pictures, entries of zips."""
    yield bytes_
    if bytes_.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(bytes_)) as packed:
            yield packed.comment
            for entry in packed.infolist():
                yield entry.comment + entry.extra
                yield from unpacked(packed.read(entry))
    if bytes_.startswith(b"%PDF"):
        for found in re.finditer(rb"stream\r?\n", bytes_):
            try:
                yield zlib.decompressobj().decompress(bytes_[found.end():])
            except zlib.error:
                pass
    if bytes_.startswith(b"\x89PNG"):
        place = 8
        while place + 8 <= len(bytes_):
            length, kind = int.from_bytes(bytes_[place:place + 4], "big"), bytes_[place + 4:place + 8]
            if kind in (b"zTXt", b"iTXt", b"tEXt", b"eXIf", b"tIME"):
                fault("a picture carries", kind)
            place += 12 + length


work = os.path.realpath(tempfile.mkdtemp(prefix="valuemap-privacy-"))
try:
    study = work + "/home-of-somebody/study"
    os.makedirs(study)
    for name in ("valuemap.yaml", "content"):
        subprocess.run(["cp", "-r", f"{EXAMPLE}/{name}", study], check=True)
    secrets = set()
    for name in sorted(os.listdir(study + "/content/data")):
        path = f"{study}/content/data/{name}"
        delimiter = ";" if name == "customers.csv" else ","
        with open(path, encoding="utf-8") as file:
            rows = list(csv.reader(file, delimiter=delimiter))
        head = rows[0]
        ids = [at for at, column in enumerate(head) if column in ("respondent", "customer", "client_no", "address")]
        if not ids:
            continue
        # The maps take all columns of a table for attributes: there only what is there already is looked for.
        adds = name in ("needs.csv", "customers.csv", "trial-offer.csv", "loads.csv", "referrals.csv")
        for number, row in enumerate(rows[1:]):
            for at in ids:
                if re.search("[A-Za-z]", row[at]) and len(row[at]) > 4:
                    secrets.add(row[at])
            whole = delimiter.join(row)
            if len(whole) > 25:
                secrets.add(whole)
            if adds:
                row += [f"In my own words {name} {number}: the brakes of Mrs Quendolin", f"person{number}.{name[:-4]}@private.example"]
                secrets |= {row[-1]}
        if adds:
            head += ["What you would tell us", "E-mail"]
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
    secrets |= {"Quendolin", "private.example", "In my own words"}
    text = open(study + "/valuemap.yaml", encoding="utf-8").read()
    with open(study + "/valuemap.yaml", "w", encoding="utf-8") as file:
        file.write(re.sub(r"(bootstrap|permutation|stability|gap_sets|starts): \d+", lambda found: f"{found.group(1)}: 20", text))
    environment = dict(os.environ, USER="quentin-who-built", LOGNAME="quentin-who-built", HOME=work + "/home-of-somebody", HOSTNAME="quentins-machine", WAREHOUSE_URL="postgres://me:hunter2-secret@host/db", VALUEMAP_TOKEN="hunter2-secret")
    done = subprocess.run([PROGRAM, "build", "-s", study, "--pdf"], capture_output=True, text=True, env=environment, cwd=study)
    if done.returncode != 0:
        print("privacy: the study does not build:\n" + done.stderr[-3000:])
        sys.exit(1)
    archive = work + "/site.zip"
    subprocess.run([PROGRAM, "pack", "-s", study, "-o", archive], capture_output=True, env=environment, check=True)
    machine = [work, "home-of-somebody", "quentin", "hunter2", EXAMPLE, os.uname().nodename, "/root/", "/home/"]
    needles = [(word, re.compile(re.escape(word.encode()))) for word in machine if len(word) > 3]
    ids = {word.encode() for word in secrets if re.fullmatch(r"[A-Z]\d+", word)}
    rows = [word.encode() for word in secrets if not re.fullmatch(r"[A-Z]\d+", word)]
    places = 0
    paths = [os.path.join(top, name) for top, _, names in os.walk(study + "/public") for name in names] + [archive]
    for path in paths:
        with open(path, "rb") as file:
            for part in unpacked(file.read()):
                places += 1
                for word, pattern in needles:
                    if pattern.search(part):
                        fault(path, "holds", word)
                # Noise of compressed pictures holds everything; ids are looked for in what is text.
                if part.startswith((b"\x89PNG", b"%PDF", b"PK")):
                    continue
                if found := ids & set(re.findall(rb"\b[A-Z]\d+\b", part)):
                    fault(path, "holds the id", sorted(found)[:3])
                if b"Quendolin" in part or b"private.example" in part or b"own words" in part:
                    fault(path, "holds what somebody wrote")
                lines = set(part.replace(b"\r", b"").split(b"\n"))
                if not lines.isdisjoint(rows):
                    fault(path, "holds a raw row")
    for word in ["Quendolin", "private.example", "hunter2", "quentin"]:
        if word in done.stderr + done.stdout:
            fault("messages hold", word)
    print(f"privacy: {len(secrets)} secrets looked for in {places} parts of {len(paths)} files, {faults} found")
finally:
    shutil.rmtree(work, ignore_errors=True)
sys.exit(1 if faults else 0)
