#!/usr/bin/env python3
"""Plants faults under a build: faults.py PROGRAM [TRIALS].

System calls that fail (through strace), kills at random moments beside readers, a full disk, folders that cannot be written, builds at
once, links, pipes and devices among the inputs and in the output. After each the site is the old or the new one, whole, byte for byte;
the next build succeeds and leaves nothing lying. TRIALS (default 60) says how many kills and how many failing calls there are.
Needs Python's own library; strace for failing calls and root for a full disk, and says so where it has them not.
"""
import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM = os.path.abspath(sys.argv[1])
TRIALS = int(sys.argv[2]) if len(sys.argv) > 2 else 60
PAGES = int(os.environ.get("PAGES", "40"))
WORK = os.path.realpath(tempfile.mkdtemp(prefix="valuemap-faults-"))
random.seed(int(os.environ.get("SEED", "6")))
failures = 0
done = {}


def check(kind, passed, *words):
    global failures
    done[kind] = done.get(kind, 0) + 1
    if not passed:
        failures += 1
        print(f"faults: {kind}:", *(str(word)[:600] for word in words), flush=True)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())


def make_study(name, version, last):
    root = f"{WORK}/{name}"
    write(root + "/valuemap.yaml", f"title: Four brands, {version}\ndata: {{brands: data/brands.csv}}\nanalyses:\n  brand-map: {{type: perceptual-map, data: brands}}\n")
    write(root + "/content/data/brands.csv", f"brand,light,fast,cheap\nAero,10,20,30\nBolt,20,5,12\nCirrus,7,18,9\nDune,15,11,{last}\n")
    for number in range(PAGES):
        write(f"{root}/content/notes/{version}-{number}.md", f"---\ntitle: Note {number}\n---\n{version}: {{{{brand-map.brands}}}} brands.\n\n![](figure:brand-map)\n")
        write(f"{root}/content/both/{number}.md", f"---\ntitle: Both {number}\n---\n{version} of {number}\n\n" + "Words of a page. " * 300)
    return root


def state(folder):
    """Every path below a folder with its kind and what it holds."""
    found = {}
    for top, folders, files in os.walk(folder):
        for name in folders:
            found[os.path.relpath(os.path.join(top, name), folder)] = "folder"
        for name in files:
            path = os.path.join(top, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = hashlib.sha1(file.read()).digest()
    return found


def build(study, site, *options, before=(), **more):
    return subprocess.run([*before, PROGRAM, "build", "-s", study, "-o", site, *options], capture_output=True, text=True, errors="replace", timeout=120, **more)


def must(study, site):
    result = build(study, site)
    if result.returncode != 0:
        print("faults: a healthy build fails:", result.stderr[-2000:])
        raise SystemExit(1)
    return state(site)


def strays(folder, *known):
    return [name for name in os.listdir(folder) if name not in known]


OLD, NEW = make_study("old", "old", 22), make_study("new", "new", 44)
PLACE = WORK + "/place"
SITE = PLACE + "/site"
os.makedirs(SITE)
write(SITE + "/CNAME", "mine")


class Study:
    """Two studies that are published to one place in turn: all of the site changes each time."""

    name = "another study"

    def old(self):
        return OLD

    def new(self):
        return NEW


class Edited:
    """One study in which a page, a cell, a page that comes and one that goes change: little of the site does."""

    name = "a changed study"

    def __init__(self):
        self.root = make_study("edited", "old", 22)

    def change(self, version):
        write(self.root + "/content/both/3.md", f"---\ntitle: Both 3\n---\n{version} words\n")
        write(self.root + "/content/data/brands.csv", f"brand,light,fast,cheap\nAero,10,20,30\nBolt,20,5,12\nCirrus,7,18,9\nDune,15,11,{22 if version == 'old' else 44}\n")
        goes, comes = ("second/b.md", "first/a.md") if version == "old" else ("first/a.md", "second/b.md")
        shutil.rmtree(os.path.dirname(f"{self.root}/content/{goes}"), ignore_errors=True)
        write(f"{self.root}/content/{comes}", f"---\ntitle: {comes}\n---\nhere\n")
        return self.root

    def old(self):
        return self.change("old")

    def new(self):
        return self.change("new")


def take(pair):
    """From here on the two sites are those of this pair."""
    global study, old, new
    study = pair
    new = must(study.new(), SITE)
    old = must(study.old(), SITE)
    assert old != new
    # And once more each, so that whatever is kept from build to build is in place.
    must(study.new(), SITE)
    must(study.old(), SITE)


def whole(kind, *words):
    now = state(SITE)
    check(kind, now == old or now == new, *words, sorted(set(now.items()) ^ set(new.items()))[:6])
    return "new" if now == new else "old"


def mended(kind, *words):
    """The next build is as if nothing had been."""
    check(kind + ", the build after", must(study.old(), SITE) == old and not strays(PLACE, "site"), *words, strays(PLACE, "site"))


# --- Calls that fail ------------------------------------------------------------------------------------------------------------

CALLS = {
    "openat": "EIO EACCES EMFILE", "write": "ENOSPC EIO", "pwrite64": "ENOSPC", "mkdir": "ENOSPC EACCES", "mkdirat": "ENOSPC", "link": "EIO EMLINK", "linkat": "EMLINK",
    "rename": "EIO EACCES", "renameat": "EIO", "renameat2": "EIO ENOSYS EINVAL EXDEV", "unlink": "EIO EBUSY", "unlinkat": "EIO EACCES", "rmdir": "EIO EBUSY", "close": "EIO",
    "fsync": "EIO", "fdatasync": "EIO", "ftruncate": "EIO", "fallocate": "ENOSPC", "read": "EIO EINTR", "pread64": "EIO", "getdents64": "EIO", "newfstatat": "EIO EACCES", "fstat": "EIO", "lseek": "EIO",
    "flock": "EIO EINTR", "chmod": "EPERM", "fchmod": "EPERM", "utimensat": "EPERM", "mmap": "ENOMEM", "clone3": "EAGAIN", "readlink": "EIO", "faccessat2": "EACCES", "copy_file_range": "EIO", "statx": "EIO",
}


def failing_calls(trials):
    if not shutil.which("strace"):
        print("faults: FAILING CALLS NOT TESTED: strace is not installed (apt-get install strace)")
        return
    # How often each is called, by the thread that calls it most: strace counts by thread.
    must(study.old(), SITE)
    log = WORK + "/log"
    result = build(study.new(), SITE, "--jobs", "1", before=["strace", "-f", "-o", log])
    if result.returncode != 0:
        print("faults: FAILING CALLS NOT TESTED: strace may not trace here:", result.stderr[-200:])
        return
    counts = {}
    sources = []
    with open(log, errors="replace") as file:
        for line in file:
            found = re.match(r"(\d+)\s+(\w+)\(", line)
            if found:
                key = (found.group(2), found.group(1))
                counts[key] = counts.get(key, 0) + 1
                if found.group(2) == "openat" and "/content/" in line and ".md" in line:
                    sources.append(counts[key])
    most = {}
    for (call, _), count in counts.items():
        most[call] = max(count, most.get(call, 0))
    plan = []
    pairs = [(call, code) for call, codes in CALLS.items() if most.get(call) for code in codes.split()]
    for number in range(trials):
        call, code = pairs[number % len(pairs)]
        count = most[call]
        # What fails before the program is loaded says nothing of it; the last calls are those that put the site in place.
        nth = random.choice([random.randint(1, count), max(1, count - random.randint(0, 12)), random.randint(1, min(count, 400))])
        # A signal that comes for ever is none; and where there is never a thread to be had, the runtime waits for one.
        plan.append((call, code, nth, code not in ("EINTR", "EAGAIN") and random.random() < 0.25))
    # The sources of pages, each for itself: one that cannot be read is an error, never an empty page.
    plan += [("openat", "EMFILE", nth, False) for nth in sorted(set(sources[:2] + sources[-2:]))]
    outcomes = {}
    for call, code, nth, always in plan:
        must(study.old(), SITE)
        if random.random() < 0.15:
            shutil.rmtree(study.new() + "/.valuemap", ignore_errors=True)
        when = f"{nth}+" if always else str(nth)
        what = f"{call} fails with {code}, call {when}"
        try:
            result = build(study.new(), SITE, "--jobs", "1", before=["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:error={code}:when={when}"])
        except subprocess.TimeoutExpired:
            check("a call that fails", False, what, "hangs")
            continue
        code_ = result.returncode
        # 127: the loader could not load the program.
        loader = code_ in (127, 1) and "error while loading shared libraries" in result.stderr or code_ == 127
        told = code_ != 1 or loader or "error" in result.stderr or call == "write"
        started_late = "cannot allocate" in result.stderr.lower() or call in ("mmap", "clone3")
        check("a call that fails", code_ in (0, 1, 2, 3) or loader or (started_late and code_ < 0), what, code_, result.stderr[-400:])
        check("a failure is told", told, what, code_, result.stderr[-400:])
        outcome = whole("the site after a call that fails", what, code_, result.stderr[-300:])
        # Without a word: the runtime could not read its own stack's bounds from /proc, before the program began.
        if code_ == 0 and not (result.stderr == "" and call == "read"):
            check("done means new", outcome == "new", what, result.stderr[-300:])
        outcomes[(call, code_, outcome)] = outcomes.get((call, code_, outcome), 0) + 1
        mended("a call that fails", what)
    kinds = {}
    for (_, code_, outcome), count in outcomes.items():
        kinds[(code_, outcome)] = kinds.get((code_, outcome), 0) + count
    print(f"faults: failing calls, {study.name}:", ", ".join(f"{count} ended with {code_} and the {outcome} site" for (code_, outcome), count in sorted(kinds.items())))


# --- Kills beside readers -------------------------------------------------------------------------------------------------------


class Reader(threading.Thread):
    """Asks for files by their path all the time, as a web server does."""

    def __init__(self):
        super().__init__(daemon=True)
        self.stopping = threading.Event()
        self.reads = 0
        self.wrong = []
        self.both = sorted(path for path in old if path in new and old[path] != "folder")

    def run(self):
        source = random.Random(1)
        while not self.stopping.is_set():
            path = source.choice(self.both)
            try:
                with open(f"{SITE}/{path}", "rb") as file:
                    # A slow client: what is being sent stays what it was.
                    if source.random() < 0.02:
                        time.sleep(source.random() * 0.3)
                    bytes_ = file.read()
                if hashlib.sha1(bytes_).digest() not in (old[path], new[path]):
                    self.wrong.append(f"{path}: {len(bytes_)} bytes that are neither the old nor the new")
            except OSError as problem:
                self.wrong.append(f"{path}: {problem}")
            self.reads += 1


def kills(trials):
    start = time.monotonic()
    must(study.new(), SITE)
    span = time.monotonic() - start
    must(study.old(), SITE)
    reader = Reader()
    reader.start()
    killed = {"old": 0, "new": 0}
    for trial in range(trials):
        if trial % 5 == 0:
            shutil.rmtree(study.new() + "/.valuemap", ignore_errors=True)
        process = subprocess.Popen([PROGRAM, "build", "-s", study.new(), "-o", SITE], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # Early, where it computes, and late, where it writes.
        time.sleep(span * (random.random() if trial % 2 else 0.6 + 0.7 * random.random()))
        process.send_signal(random.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP]))
        process.wait()
        killed[whole("the site after a kill", trial)] += 1
        mended("a kill", trial)
    reader.stopping.set()
    reader.join(5)
    check("readers", not reader.wrong, len(reader.wrong), reader.wrong[:3])
    print(f"faults: kills, {study.name}: {killed['old']} left the old and {killed['new']} the new site; {reader.reads} files read meanwhile")


def at_once():
    for _ in range(max(2, TRIALS // 20)):
        group = [subprocess.Popen([PROGRAM, "build", "-s", study, "-o", SITE], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for study in (OLD, NEW, OLD, NEW)]
        codes = [process.wait() for process in group]
        check("four builds at once", codes == [0] * 4, codes, [process.stderr.read()[-300:] for process in group])
        whole("the site after four at once")
    group = [subprocess.Popen([PROGRAM, "build", "-s", NEW, "-o", f"{PLACE}/out-{number}", "--no-cache" if number % 2 else "--jobs=1"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for number in range(4)]
    codes = [process.wait() for process in group]
    check("four builds of one study", codes == [0] * 4, codes, [process.stderr.read()[-300:] for process in group])
    plain = {path: what for path, what in new.items() if path != "CNAME"}
    for number in range(4):
        check("four sites of one study", state(f"{PLACE}/out-{number}") == plain, number)
        shutil.rmtree(f"{PLACE}/out-{number}")


# --- Disks and rights -----------------------------------------------------------------------------------------------------------


def full_disks():
    if os.geteuid() != 0:
        print("faults: FULL DISKS NOT TESTED: only root can mount one")
        return
    size = sum(os.path.getsize(os.path.join(top, name)) for top, _, names in os.walk(SITE) for name in names) // 1024
    mount = WORK + "/disk"
    os.makedirs(mount)
    for share in (2.1, 1.9, 1.6, 1.3, 1.1, 1.02):
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={int(size * share) + 200}k,nr_inodes=100k", "tmpfs", mount], capture_output=True).returncode != 0:
            print("faults: FULL DISKS NOT TESTED: nothing can be mounted here")
            return
        try:
            # The study beside its site on the disk that is full, its cache with it; and elsewhere.
            for inside in (False, True):
                shutil.rmtree(mount + "/site", ignore_errors=True)
                if build(OLD, mount + "/site").returncode != 0:
                    continue
                before = state(mount + "/site")
                source = NEW
                if inside:
                    shutil.rmtree(mount + "/study", ignore_errors=True)
                    try:
                        shutil.copytree(NEW, mount + "/study", ignore=shutil.ignore_patterns(".valuemap"))
                    except (OSError, shutil.Error):
                        continue
                    source = mount + "/study"
                result = build(source, mount + "/site")
                after = state(mount + "/site")
                plain = {path: what for path, what in new.items() if path != "CNAME"}
                check("a full disk", result.returncode in (0, 1) and after == (plain if result.returncode == 0 else before), share, inside, result.returncode, result.stderr[-300:])
                check("a full disk is told", result.returncode == 0 or "No space left" in result.stderr, result.stderr[-300:])
                check("nothing left on it", not strays(mount, "site", "study"), strays(mount, "site", "study"))
        finally:
            subprocess.run(["umount", mount])


def rights():
    as_other = []
    if os.geteuid() == 0:
        # Root may do everything: the build runs as nobody.
        if not shutil.which("setpriv") or subprocess.run(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", PROGRAM, "--help"], capture_output=True).returncode != 0:
            print("faults: RIGHTS NOT TESTED: the program cannot run as somebody else here")
            return
        as_other = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        os.chmod(WORK, 0o755)
    place = WORK + "/rights"
    os.makedirs(place)
    plain = {path: what for path, what in new.items() if path != "CNAME"}

    def run(name, allowed, harm, mend=lambda: None, study=NEW):
        shutil.rmtree(place)
        os.makedirs(place + "/out")
        os.chmod(place + "/out", 0o777)
        root = place + "/study"
        shutil.copytree(study, root, ignore=shutil.ignore_patterns(".valuemap"))
        subprocess.run(["chmod", "-R", "a+rwX", root])
        site = place + "/out/site"
        build(OLD, site, before=as_other)
        before = state(site)
        harm(root, site)
        result = build(root, site, before=as_other)
        after = state(site)
        check(f"rights: {name}", result.returncode in allowed and after == (plain if result.returncode == 0 else before), result.returncode, result.stderr[-400:])
        check("rights: told", result.returncode == 0 or re.search(r"error: .*\[[a-z.-]+\]", result.stderr), name, result.stderr[-400:])
        mend()
        subprocess.run(["chmod", "-R", "u+rwX", place])

    run("the study cannot be written, its cache neither", (0,), lambda root, site: subprocess.run(["chmod", "-R", "a-w", root]))
    run("the cache is a file", (0,), lambda root, site: write(root + "/.valuemap", "mine"))
    run("the cache is a link to elsewhere", (0,), lambda root, site: (os.makedirs(place + "/elsewhere"), os.chmod(place + "/elsewhere", 0o777), os.symlink(place + "/elsewhere", root + "/.valuemap")))
    check("rights: nothing is written through a link", not os.path.exists(place + "/elsewhere") or not os.listdir(place + "/elsewhere"))
    run("the cache may not be entered", (0,), lambda root, site: (os.makedirs(root + "/.valuemap"), os.chmod(root + "/.valuemap", 0)))
    run("the output may not be written", (0, 1), lambda root, site: subprocess.run(["chmod", "-R", "a-w", site]))
    run("the folder above may not be written", (1,), lambda root, site: os.chmod(os.path.dirname(site), 0o555))
    run("a file of the output may not be read", (0, 1), lambda root, site: os.chmod(site + "/index.html", 0))
    run("a folder of the output may not be entered", (0, 1), lambda root, site: os.chmod(site + "/both", 0))
    run("a page may not be read", (1,), lambda root, site: os.chmod(root + "/content/both/3.md", 0))
    run("a table may not be read", (1,), lambda root, site: os.chmod(root + "/content/data/brands.csv", 0))
    run("a folder may not be entered", (1,), lambda root, site: os.chmod(root + "/content/both", 0))
    run("valuemap.yaml may not be read", (1, 2), lambda root, site: os.chmod(root + "/valuemap.yaml", 0))


# --- Links, pipes, devices ------------------------------------------------------------------------------------------------------


def odd_files():
    secret = WORK + "/secret"
    write(secret + "/secret.md", "---\ntitle: SECRET\n---\nSECRET\n")
    write(secret + "/brands.csv", "brand,light,fast,cheap\nSECRET,1,2,3\nB,3,2,1\nC,2,2,9\n")
    write(secret + "/page.mustache", "SECRET")
    place = WORK + "/odd"

    def run(name, allowed, harm, keeps=True):
        shutil.rmtree(place, ignore_errors=True)
        root, site = place + "/study", place + "/site"
        shutil.copytree(NEW, root, ignore=shutil.ignore_patterns(".valuemap"))
        build(OLD, site)
        before = state(site)
        secrets = state(secret)
        harm(root, site)
        start = time.monotonic()
        try:
            result = build(root, site)
        except subprocess.TimeoutExpired:
            check(f"odd: {name}", False, "hangs")
            return
        took = time.monotonic() - start
        lost = any(b"SECRET" in open(os.path.join(top, file), "rb").read() for top, _, files in os.walk(site) for file in files if os.path.isfile(os.path.join(top, file)) and not os.path.islink(os.path.join(top, file)))
        check(f"odd: {name}", result.returncode in allowed and not lost and took < 20 and "SECRET" not in result.stderr, result.returncode, lost, result.stderr[-400:])
        check("odd: the site stays", result.returncode == 0 or not keeps or state(site) == before, name)
        check("odd: nothing is written outside", state(secret) == secrets, name)
        check("odd: told", result.returncode == 0 or re.search(r"error: .*\[[a-z.-]+\]", result.stderr), name, result.stderr[-300:])

    def link(target, path):
        if os.path.lexists(path):
            shutil.rmtree(path) if os.path.isdir(path) and not os.path.islink(path) else os.remove(path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.symlink(target, path)

    def pipe(path):
        if os.path.lexists(path):
            os.remove(path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.mkfifo(path)

    for name, allowed, harm in [
        ("a page is a link out", (1,), lambda root, site: link(secret + "/secret.md", root + "/content/both/3.md")),
        ("a page is a link up", (1,), lambda root, site: link("../../../../secret/secret.md", root + "/content/both/3.md")),
        ("a folder of pages is a link out", (0, 1), lambda root, site: link(secret, root + "/content/more")),
        ("content/ is a link out", (1,), lambda root, site: link(secret, root + "/content")),
        ("the data folder is a link out", (1,), lambda root, site: link(secret, root + "/content/data")),
        ("a table is a link out", (1,), lambda root, site: link(secret + "/brands.csv", root + "/content/data/brands.csv")),
        ("a table is a link to itself", (1,), lambda root, site: link("brands.csv", root + "/content/data/brands.csv")),
        ("a table is a link to nothing", (1,), lambda root, site: link("nothing.csv", root + "/content/data/brands.csv")),
        ("a table is a pipe", (1,), lambda root, site: pipe(root + "/content/data/brands.csv")),
        ("a table is a folder", (1,), lambda root, site: (os.remove(root + "/content/data/brands.csv"), os.makedirs(root + "/content/data/brands.csv"))),
        ("a table is /dev/zero", (1,), lambda root, site: link("/dev/zero", root + "/content/data/brands.csv")),
        ("a page is a pipe", (1,), lambda root, site: pipe(root + "/content/both/3.md")),
        ("a page is /dev/tty", (1,), lambda root, site: link("/dev/tty", root + "/content/both/3.md")),
        ("valuemap.yaml is a pipe", (1, 2), lambda root, site: pipe(root + "/valuemap.yaml")),
        ("valuemap.yaml is a link out", (1, 2), lambda root, site: link(secret + "/secret.md", root + "/valuemap.yaml")),
        ("valuemap.yaml is a folder", (1, 2), lambda root, site: (os.remove(root + "/valuemap.yaml"), os.makedirs(root + "/valuemap.yaml"))),
        ("a template is a link out", (0, 1), lambda root, site: link(secret + "/page.mustache", root + "/templates/layouts/page.mustache")),
        ("a template is a pipe", (0, 1), lambda root, site: pipe(root + "/templates/layouts/page.mustache")),
        ("templates/ is a link out", (0, 1), lambda root, site: link(secret, root + "/templates")),
        ("content/ goes in a circle", (0, 1), lambda root, site: link("..", root + "/content/both/up")),
        ("an image is a link out", (0, 1), lambda root, site: (link(secret + "/secret.md", root + "/content/a.png"), write(root + "/content/both/3.md", "![words](../a.png)\n"))),
        ("an image is a pipe", (1,), lambda root, site: (pipe(root + "/content/a.png"), write(root + "/content/both/3.md", "![words](../a.png)\n"))),
        ("the logo is a link out", (1,), lambda root, site: (link(secret + "/secret.md", root + "/content/logo.svg"), write(root + "/valuemap.yaml", open(root + "/valuemap.yaml").read() + "brand: {logo: logo.svg}\n"))),
        ("the cache is a link out", (0,), lambda root, site: link(secret, root + "/.valuemap")),
        ("the cache's folder is a link out", (0,), lambda root, site: link(secret, root + "/.valuemap/cache")),
        ("the cache is a pipe", (0,), lambda root, site: pipe(root + "/.valuemap")),
        ("a page of the output is a link out", (0, 1), lambda root, site: link(secret + "/secret.md", site + "/index.html")),
        ("a folder of the output is a link out", (0, 1), lambda root, site: link(secret, site + "/both")),
        ("the output holds a link out", (0, 1), lambda root, site: link(secret, site + "/elsewhere")),
        ("the output holds a pipe", (0, 1), lambda root, site: pipe(site + "/pipe")),
        ("a page of the output is a pipe", (0, 1), lambda root, site: pipe(site + "/index.html")),
        ("the manifest is a link out", (0, 1), lambda root, site: link(secret + "/secret.md", site + "/.valuemap-manifest")),
        ("the manifest is a pipe", (0, 1), lambda root, site: pipe(site + "/.valuemap-manifest")),
        ("the manifest names files outside", (0, 1), lambda root, site: write(site + "/.valuemap-manifest", "valuemap manifest 1\n" + "0" * 32 + " 5 ../../secret/secret.md\n" + "0" * 32 + " 5 ../study/valuemap.yaml\n")),
        ("where the tree is staged is a link out", (0, 1), lambda root, site: link(secret, os.path.dirname(site) + "/.site.valuemap-stage")),
    ]:
        run(name, allowed, harm, keeps="output" not in name and "manifest" not in name)
    # Every entry of the cache in turn cut short, emptied, made a link, a pipe, noise: the same site.
    shutil.rmtree(place, ignore_errors=True)
    root, site = place + "/study", place + "/site"
    shutil.copytree(NEW, root, ignore=shutil.ignore_patterns(".valuemap"))
    build(root, site)
    wanted = state(site)
    for number in range(12):
        entries = [os.path.join(top, name) for top, _, names in os.walk(root + "/.valuemap") for name in names]
        for path in entries:
            harm = random.randrange(6)
            bytes_ = open(path, "rb").read() if os.path.isfile(path) else b""
            if harm == 0:
                write(path, b"")
            elif harm == 1:
                write(path, bytes_[: len(bytes_) // 2])
            elif harm == 2:
                write(path, os.urandom(len(bytes_)))
            elif harm == 3 and bytes_:
                place_ = random.randrange(len(bytes_))
                write(path, bytes_[:place_] + bytes([bytes_[place_] ^ 1 << random.randrange(8)]) + bytes_[place_ + 1:])
            elif harm == 4 and number % 3 == 0:
                os.remove(path)
                os.mkfifo(path)
            else:
                write(path, bytes_ + b"more")
        shutil.rmtree(site)
        try:
            result = build(root, site)
            check("a harmed cache", result.returncode == 0 and state(site) == wanted, number, result.returncode, result.stderr[-300:])
        except subprocess.TimeoutExpired:
            check("a harmed cache", False, "hangs")


try:
    take(Study())
    odd_files()
    rights()
    full_disks()
    at_once()
    must(OLD, SITE)
    for pair, share in [(Study(), 0.4), (Edited(), 0.6)]:
        take(pair)
        kills(round(TRIALS * share))
        failing_calls(round(TRIALS * share))
finally:
    subprocess.run(["chmod", "-R", "u+rwX", WORK])
    shutil.rmtree(WORK, ignore_errors=True)
print(f"faults: {sum(done.values())} checks, {failures} failed; " + ", ".join(f"{kind} {count}" for kind, count in done.items() if not kind.startswith(("odd: ", "rights: "))))
sys.exit(1 if failures else 0)
