#!/usr/bin/env python3
"""Asks the preview what nobody should: probe.py PROGRAM.

Makes a small study, serves it, and sends it broken, slow and hostile requests over plain sockets; changes, breaks and removes the
study under it; and looks at how it starts and ends. Every line it prints is a probe that failed; the last says how many there were.
Needs nothing but Python's own library.
"""
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM = os.path.abspath(sys.argv[1])
WORK = tempfile.mkdtemp(prefix="valuemap-probe-")
STUDY = os.path.join(WORK, "study")
failures = []
count = 0


def check(name, passed, found=""):
    global count
    count += 1
    if not passed:
        failures.append(name)
        print(f"preview: {name}: {str(found)[:300]!r}", flush=True)


def write(path, text):
    path = os.path.join(STUDY, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())


YAML = "title: Probe\ndata: {brands: data/brands.csv}\nanalyses:\n  brand-map: {type: perceptual-map, data: brands}\n"


def make_study():
    write("valuemap.yaml", YAML)
    write("content/data/brands.csv", "brand,light,fast,cheap\nAero,10,20,30\nBolt,20,5,12\nCirrus,7,18,9\nDune,15,11,22\n")
    write("content/index.md", "---\ntitle: First\n---\nVersion one, {{brand-map.brands}} brands.\n\n![](figure:brand-map)\n")


def serve(*options, **more):
    process = subprocess.Popen([PROGRAM, "serve", "-s", STUDY, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
    threading.Thread(target=process.stderr.read, daemon=True).start()
    return process


def address(process):
    line = process.stdout.readline().decode()
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
    return int(found.group(1)) if found else 0


def connect(port, seconds=12):
    client = socket.create_connection(("127.0.0.1", port), seconds)
    client.settimeout(seconds)
    return client


def hear(client, until=None):
    """All that comes until the other side closes, or until it holds `until`; what came so far where time runs out."""
    data = b""
    try:
        while until is None or until not in data:
            piece = client.recv(65536)
            if not piece:
                break
            data += piece
    except (TimeoutError, ConnectionError):
        pass
    return data


def ask(port, raw, seconds=12):
    if isinstance(raw, str):
        raw = raw.encode("latin-1")
    try:
        with connect(port, seconds) as client:
            client.sendall(raw)
            return hear(client)
    except ConnectionError as problem:
        return b"closed: " + str(problem).encode()


def get(port, target, *headers, method="GET", host=None):
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host or f'127.0.0.1:{port}'}", *headers]
    return ask(port, "\r\n".join(lines) + "\r\n\r\n")


def status(answer):
    return int(answer[9:12]) if re.match(rb"HTTP/1\.1 \d{3} ", answer) else 0


def refused(name, answer, *allowed):
    """Answered with one of the statuses, or with nothing but a closed connection; nothing of the machine's files in it."""
    code = status(answer)
    passed = (code in allowed if allowed else code == 0 or 400 <= code < 500) and b"root:" not in answer
    passed = passed and b"SECRET" not in answer and b"access-control" not in answer.lower()
    check(name, passed, answer)


def alive(name, port, seconds=1.0):
    start = time.monotonic()
    answer = get(port, "/")
    took = time.monotonic() - start
    check(name, status(answer) == 200 and b"Version" in answer and took < seconds, (took, answer[:80]))


def build_of(port):
    found = re.search(rb'data-build="([^"]+)"', get(port, "/"))
    return found.group(1).decode() if found else ""


def listen(port, build):
    client = connect(port)
    client.sendall(f"GET /_valuemap/events?build={build} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
    return client, hear(client, b"\ndata: ")


def wait_for(port, words, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = get(port, "/")
        if words in answer:
            return answer
        time.sleep(0.02)
    return answer


# --- One probe each: what is asked, and what may be answered. -----------------------------------------------------------------


def broken_requests(port):
    own = f"Host: 127.0.0.1:{port}\r\n"
    for name, raw, allowed in [
        ("nothing at all", "", (0, 400, 408)),
        ("an empty line first", f"\r\nGET / HTTP/1.1\r\n{own}\r\n", (0, 200, 400)),
        ("a zero byte in the address", f"GET /\0index.html HTTP/1.1\r\n{own}\r\n", None),
        ("a zero byte in a header", f"GET / HTTP/1.1\r\n{own}X: a\0b\r\n\r\n", (0, 200, 400)),
        ("a zero byte in the host", f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\0.evil\r\n\r\n", (0, 200, 400, 421)),
        ("only zeros", "\0" * 4000 + "\r\n\r\n", None),
        ("random bytes", bytes(range(256)) * 8, None),
        ("a TLS greeting", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x01" * 200 + b"\r\n\r\n", None),
        ("an address of 10,000 bytes", f"GET /{'a' * 10000} HTTP/1.1\r\n{own}\r\n", (0, 400, 413, 414, 431)),
        ("an address of 100,000 bytes", f"GET /{'a' * 100000} HTTP/1.1\r\n{own}\r\n", None),
        ("a header of a megabyte", f"GET / HTTP/1.1\r\n{own}X: {'a' * 1000000}\r\n\r\n", None),
        ("ten thousand headers", f"GET / HTTP/1.1\r\n{own}{'X: a' + chr(13) + chr(10)}" * 1 + "X: a\r\n" * 10000 + "\r\n", None),
        ("a header without a colon", f"GET / HTTP/1.1\r\n{own}nothing\r\n\r\n", (0, 200, 400)),
        ("a folded header", f"GET / HTTP/1.1\r\n{own}X: a\r\n b\r\n\r\n", (0, 200, 400)),
        ("a space before the colon", f"GET / HTTP/1.1\r\nHost : 127.0.0.1:{port}\r\n\r\n", (0, 200, 400)),
        ("line feeds alone", f"GET / HTTP/1.1\nHost: 127.0.0.1:{port}\n\n", (0, 200, 400)),
        ("HTTP/0.9", "GET /\r\n\r\n", None),
        ("HTTP/1.0 without a host", "GET / HTTP/1.0\r\n\r\n", (400,)),
        ("HTTP/2", f"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", None),
        ("HTTP/9.9", f"GET / HTTP/9.9\r\n{own}\r\n", (0, 400, 505)),
        ("no version", f"GET / \r\n{own}\r\n", None),
        ("a body of chunks", f"GET / HTTP/1.1\r\n{own}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", (400,)),
        ("a chunk that never ends", f"GET / HTTP/1.1\r\n{own}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx", (400,)),
        ("a body with GET", f"GET / HTTP/1.1\r\n{own}Content-Length: 5\r\n\r\nhello", (400,)),
        ("a negative length", f"GET / HTTP/1.1\r\n{own}Content-Length: -1\r\n\r\n", (0, 400, 411)),
        ("two lengths", f"GET / HTTP/1.1\r\n{own}Content-Length: 0\r\nContent-Length: 9\r\n\r\n", (0, 400)),
        ("a length beyond all numbers", f"GET / HTTP/1.1\r\n{own}Content-Length: 99999999999999999999999\r\n\r\n", (0, 400)),
        ("POST", f"POST / HTTP/1.1\r\n{own}Content-Length: 0\r\n\r\n", (405,)),
        ("PUT", f"PUT /x.html HTTP/1.1\r\n{own}Content-Length: 3\r\n\r\nabc", (405,)),
        ("DELETE", f"DELETE /index.html HTTP/1.1\r\n{own}\r\n", (405,)),
        ("OPTIONS", f"OPTIONS * HTTP/1.1\r\n{own}Origin: http://evil.example\r\n\r\n", (0, 400, 403, 405)),
        ("TRACE", f"TRACE / HTTP/1.1\r\n{own}\r\n", (400, 405)),
        ("CONNECT", f"CONNECT evil.example:443 HTTP/1.1\r\n{own}\r\n", (400, 405)),
        ("a method in small letters", f"get / HTTP/1.1\r\n{own}\r\n", (0, 400, 405, 501)),
        ("a made-up method", f"{'A' * 5000} / HTTP/1.1\r\n{own}\r\n", None),
    ]:
        refused(name, ask(port, raw) if raw else quiet(port), *(allowed or ()))
    alive("alive after broken requests", port)


def quiet(port):
    client = connect(port)
    client.shutdown(socket.SHUT_WR)
    return hear(client)


def paths(port):
    for target in [
        "/../../../../etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "//etc/passwd", "///etc/passwd",
        "/%2fetc%2fpasswd", "/..\\..\\etc\\passwd", "/..%5c..%5cetc%5cpasswd", "/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd", "/%uff0e%uff0e/",
        "/%252e%252e/%252e%252e/etc/passwd", "/index.html%00.png", "/index.html/", "/index.html/../../valuemap.yaml", "/valuemap.yaml",
        "/.valuemap-manifest", "/.valuemap/cache", "/.git/config", "/.secret", "/../study/valuemap.yaml", "/link.html", "/folder/secret.txt",
        "/foreign.txt", "/pipe", "/%", "/%4", "/%zz", "/a%0d%0aSet-Cookie:x=1", "/?a%0d%0aX: 1", "/figures/", "/figures/../index.html",
        "etc/passwd", "file:///etc/passwd", "https://127.0.0.1/", "http://evil.example/", "http://127.0.0.1@evil.example/", "*",
        "/dev/zero", "/proc/self/environ", "/_valuemap/../index.html", "/_valuemap/x", "/#a", "/a b",
    ]:
        answer = get(port, target)
        passed = 300 <= status(answer) < 500 or status(answer) == 0
        check(f"path {target}", passed and b"root:" not in answer and b"SECRET" not in answer and b"Set-Cookie" not in answer, answer)
    check("an absolute address of ours", status(get(port, f"http://127.0.0.1:{port}/")) == 200)


def hosts(port):
    for host, wanted in [
        (f"127.0.0.1:{port}", 200), (f"localhost:{port}", 200), (f"LOCALHOST:{port}", 200), (f"[::1]:{port}", 200), ("evil.example", 421),
        (f"evil.example:{port}", 421), ("127.0.0.1", 421), (f"127.0.0.1:{port + 1}", 421), (f"localhost.evil.example:{port}", 421),
        (f"localhost.:{port}", 421), (f"127.0.0.1:0{port}", 421), (f"2130706433:{port}", 421), (f"0x7f.1:{port}", 421), (f"0.0.0.0:{port}", 421),
        (f"[::ffff:127.0.0.1]:{port}", 421), (f"[::1%25lo]:{port}", 421), (f"user@127.0.0.1:{port}", 421), (f"127.0.0.1:{port}, evil", 421),
        ("", 0), (f"127.0.0.1.nip.io:{port}", 421),
    ]:
        answer = get(port, "/", host=host) if host else ask(port, "GET / HTTP/1.1\r\nHost:\r\n\r\n")
        check(f"host {host!r}", status(answer) == wanted or not host and 400 <= status(answer) < 500, answer)
    check("no host", status(ask(port, "GET / HTTP/1.1\r\n\r\n")) == 400)
    two = ask(port, f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.example\r\n\r\n")
    check("two hosts", status(two) == 400, two)
    for name, header in [
        ("another origin", "Origin: http://evil.example"), ("no origin to speak of", "Origin: null"),
        ("a script of another site", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script"),
        ("a frame of another site", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe"),
    ]:
        refused(name, get(port, "/", header), 403)


def answers(port):
    page = get(port, "/")
    head = page.split(b"\r\n\r\n")[0].lower()
    check("no CORS", b"access-control" not in head, head)
    check("nosniff", b"x-content-type-options: nosniff" in head, head)
    check("nothing says who serves", b"server:" not in head, head)
    csv = get(port, "/findings/brand-map.brands.csv")
    body = csv.split(b"\r\n\r\n", 1)[1]
    check("a table", status(csv) == 200 and body.startswith(b"brand"), csv)
    only = get(port, "/findings/brand-map.brands.csv", method="HEAD")
    check("HEAD", status(only) == 200 and only.endswith(b"\r\n\r\n") and f"content-length: {len(body)}".encode() in only.lower(), only)
    size = len(body)
    for header, wanted, part in [
        ("bytes=0-4", 206, body[:5]), ("bytes=-3", 206, body[-3:]), (f"bytes={size - 1}-", 206, body[-1:]), (f"bytes=2-{size * 9}", 206, body[2:]),
        (f"bytes={size}-", 416, None), ("bytes=-0", 416, None), ("bytes=5-2", 200, body), ("bytes=0-1,3-4", 200, body), ("bytes=", 200, body),
        ("bytes=-", 200, body), ("bytes=a-b", 200, body), ("bytes=0-99999999999999999999999999", 200, body), ("lines=1-2", 200, body),
        ("bytes=" + ",".join(["0-"] * 1000), 200, body),
    ]:
        answer = get(port, "/findings/brand-map.brands.csv", f"Range: {header}")
        check(f"range {header[:40]}", status(answer) == wanted and (part is None or answer.split(b"\r\n\r\n", 1)[1] == part), answer)
    check("an open page of another site may link here", status(get(port, "/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")) == 200)
    tag = re.search(rb"ETag: (\S+)", page)
    check("not again what is known", tag and status(get(port, "/", f"If-None-Match: {tag.group(1).decode()}")) == 304, page[:300])
    # The second request of a pipeline may be answered or dropped; it is never mixed into the first.
    two = ask(port, f"GET /nothing HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\nGET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")
    check("a pipeline", status(two) == 404, two[:200])


def slow_clients(port):
    idle = [connect(port) for _ in range(200)]
    alive("200 silent connections", port, 2)
    halves = []
    for _ in range(200):
        try:
            client = connect(port)
            client.sendall(b"GET / HTTP/1.1\r\nHost: ")
            halves.append(client)
        except OSError:
            break
    alive("200 half requests", port, 2)
    for client in idle + halves:
        client.close()
    drips = [connect(port, 30) for _ in range(20)]
    end = time.monotonic() + 14
    gone = 0
    while time.monotonic() < end and gone < len(drips):
        gone = 0
        for client in drips:
            try:
                client.sendall(b"G")
            except OSError:
                gone += 1
        alive("a byte a second from twenty", port, 2) if gone == 0 else None
        time.sleep(1)
    check("who says a byte a second is sent away", gone == len(drips), gone)
    deaf = []
    target = re.search(rb'(?:src|href)="([^"]+\.png)"', get(port, "/")).group(1).decode().lstrip("./")
    for _ in range(60):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        client.connect(("127.0.0.1", port))
        client.sendall(f"GET /{target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        deaf.append(client)
    alive("sixty that never read", port, 2)
    for client in deaf:
        client.close()
    listeners = [listen(port, build_of(port))[0] for _ in range(40)]
    alive("forty that listen", port, 2)
    for client in listeners:
        client.close()
    for _ in range(300):
        client = connect(port)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        client.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        client.close()
    alive("three hundred that hang up", port, 2)


def changes(port):
    client, first = listen(port, build_of(port))
    check("a page that is up to date hears so", b"event: good" in first, first)
    start = time.monotonic()
    write("content/data/brands.csv", "brand,light,fast,cheap\nAero,10,20,30\nBolt,20,5,12\nCirrus,7,18,9\nDune,15,11,44\n")
    heard = hear(client, b"event: reload")
    check("a saved table reloads the page", b"event: reload" in heard, heard)
    print(f"preview: {1000 * (time.monotonic() - start):.0f} ms from a saved table to the event of reload (small study)")
    before = get(port, "/")
    client, _ = listen(port, build_of(port))
    write("content/index.md", "---\ntitle: First\n---\nVersion two, {{brand-map.nothing}} <script>alert(1)</script>\n")
    heard = hear(client, b"}]")
    check("an error is told", b"event: errors" in heard and b"content/index.md" in heard and b'"line":4' in heard, heard)
    check("the last good page stays", get(port, "/").split(b"<main")[-1] == before.split(b"<main")[-1])
    write("content/index.md", "---\ntitle: First\n---\nVersion three.\n")
    check("it recovers", b"Version three" in wait_for(port, b"Version three"))
    shutil.move(STUDY, STUDY + "-away")
    time.sleep(1)
    check("shown on without its folder", b"Version three" in get(port, "/"))
    shutil.move(STUDY + "-away", STUDY)
    write("content/index.md", "---\ntitle: First\n---\nVersion four.\n")
    answer = wait_for(port, b"Version four", 5)
    check("a folder put back is followed again", b"Version four" in answer, answer)
    shutil.rmtree(os.path.join(STUDY, "content"))
    time.sleep(0.3)
    make_study()
    check("content/ removed and made again is followed", b"Version one" in wait_for(port, b"Version one"))
    shutil.rmtree(os.path.join(STUDY, "public"), ignore_errors=True)
    shutil.rmtree(os.path.join(STUDY, ".valuemap"), ignore_errors=True)
    alive("public/ and the cache removed", port)
    write("content/index.md", "---\ntitle: First\n---\nVersion five.\n")
    check("built without them", b"Version five" in wait_for(port, b"Version five"))


def planted():
    """What is in public/ and not the site's is not served."""
    subprocess.run([PROGRAM, "build", "-s", STUDY], capture_output=True, check=True)
    with open(os.path.join(WORK, "secret.txt"), "w") as file:
        file.write("SECRET")
    public = os.path.join(STUDY, "public")
    os.symlink(os.path.join(WORK, "secret.txt"), os.path.join(public, "link.html"))
    os.symlink(WORK, os.path.join(public, "folder"))
    os.mkfifo(os.path.join(public, "pipe"))
    for name in ("foreign.txt", ".secret"):
        with open(os.path.join(public, name), "w") as file:
            file.write("SECRET")


def starts():
    """First answers: out of public/ before anything is built, whatever was done to it."""
    public = os.path.join(STUDY, "public")
    make_study()
    shutil.rmtree(public, ignore_errors=True)
    subprocess.run([PROGRAM, "build", "-s", STUDY], capture_output=True, check=True)
    for name, harm, allowed in [
        ("as built", lambda: None, {200}),
        ("a page replaced by a link", lambda: (os.remove(public + "/index.html"), os.symlink(WORK + "/secret.txt", public + "/index.html")), {200, 404, 503}),
        ("a page replaced by a pipe", lambda: (os.remove(public + "/index.html"), os.mkfifo(public + "/index.html")), {200, 404, 503}),
        ("a page with other bytes", lambda: (os.remove(public + "/index.html"), open(public + "/index.html", "w").write("SECRET")), {200, 404, 503}),
        ("a manifest that leads out", lambda: open(public + "/.valuemap-manifest", "a").write("0" * 32 + " 6 ../../secret.txt\n" + "0" * 32 + " 6 a/../../../secret.txt\n"), {200, 404, 503}),
        ("a manifest of noise", lambda: open(public + "/.valuemap-manifest", "wb").write(os.urandom(5000)), {200, 503}),
        ("no public/", lambda: shutil.rmtree(public), {200, 503}),
        ("public/ a link to elsewhere", lambda: os.symlink(WORK, public), {200, 503}),
    ]:
        harm()
        free = socket.socket()
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        start = time.monotonic()
        process = serve("-p", str(port))
        answer = b""
        while time.monotonic() - start < 10 and not answer.startswith(b"HTTP"):
            try:
                with socket.create_connection(("127.0.0.1", port), 5) as client:
                    client.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
                    client.settimeout(5)
                    answer = hear(client)
            except OSError:
                time.sleep(0.002)
        took = time.monotonic() - start
        check(f"start, {name}", status(answer) in allowed and b"SECRET" not in answer and took < 3, (took, answer[:200]))
        refused(f"start, {name}: nothing outside", get(port, "/../../secret.txt"), 404, 503)
        if name == "as built":
            print(f"preview: first answer {took * 1000:.0f} ms after the start (with public/, small study)")
        check(f"start, {name}: the page comes", b"Version one" in wait_for(port, b"Version one"))
        process.send_signal(signal.SIGINT if name == "as built" else signal.SIGTERM)
        try:
            check(f"end, {name}", process.wait(3) == 0, process.returncode)
        except subprocess.TimeoutExpired:
            process.kill()
            check(f"end, {name}", False, "does not end")
    os.remove(public)


def ports():
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    port = taken.getsockname()[1]
    told = subprocess.run([PROGRAM, "serve", "-s", STUDY, "-p", str(port)], capture_output=True, timeout=20)
    check("a port that is taken is named", told.returncode == 2 and str(port).encode() in told.stderr and b"hint" in told.stderr, told)
    first = serve()
    second = serve()
    one, two = address(first), address(second)
    check("two at once take two ports", one and two and one != two, (one, two))
    # Several while a page listens and a request hangs: it ends all the same.
    listener, _ = listen(one, build_of(one))
    hanging = connect(one)
    hanging.sendall(b"GET / HT")
    start = time.monotonic()
    first.terminate()
    try:
        first.wait(5)
    except subprocess.TimeoutExpired:
        first.kill()
    check("ends though a client hangs", first.returncode == 0 and time.monotonic() - start < 3, (first.returncode, time.monotonic() - start))
    listener.close()
    second.terminate()
    second.wait(5)
    again = serve("-p", str(one))
    check("its port is free at once", address(again) == one)
    again.terminate()
    again.wait(5)


def outside(port):
    """Only this computer can ask: nothing listens on another address of it."""
    name = socket.gethostbyname(socket.gethostname()) if socket.gethostname() else "127.0.0.1"
    for host in {name, "127.0.0.2"} - {"127.0.0.1"}:
        try:
            socket.create_connection((host, port), 2).close()
            check(f"no one at {host}", False, "answered")
        except OSError:
            check(f"no one at {host}", True)


try:
    make_study()
    planted()
    process = serve("-p", "0")
    port = address(process)
    broken_requests(port)
    paths(port)
    hosts(port)
    answers(port)
    outside(port)
    slow_clients(port)
    changes(port)
    check("the first preview is still there", process.poll() is None, process.returncode)
    process.terminate()
    check("it ends", process.wait(5) == 0, process.returncode)
    starts()
    ports()
finally:
    shutil.rmtree(WORK, ignore_errors=True)
    if "process" in globals() and process.poll() is None:
        process.kill()
print(f"preview: {count - len(failures)} of {count} probes passed")
sys.exit(1 if failures else 0)
