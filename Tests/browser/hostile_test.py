#!/usr/bin/env python3
"""hostile_test.py SITE [STEP]: a site whose every name is an attack, in headless Chromium without any policy to help.

Nothing of it runs, nothing asks another host, no page complains; every STEP-th page and figure (default 4).
"""
import functools
import http.server
import json
import os
import sys
import threading
import urllib.parse

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

SITE, STEP = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 4
# Wakes whatever may sleep in an attribute, and lets the search show what it found.
WAKE = """
for (const element of document.querySelectorAll('*')) {
  for (const name of ['mouseover', 'focus', 'pointerenter', 'error', 'load', 'toggle']) element.dispatchEvent(new Event(name));
}
const search = document.querySelector('input[type=search]');
if (search) {
  search.focus();
  for (const words of ['900', 'script', 'img', 'alert']) { search.value = words; search.dispatchEvent(new Event('input', {bubbles: true})); }
}
for (const button of document.querySelectorAll('th button')) button.click();
"""
LOOK = """
const all = [...document.querySelectorAll('*')];
return {
  ran: window.ranHere || [],
  handlers: all.filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length,
  frames: document.querySelectorAll('iframe, object, embed, math, base').length,
  pictures: [...document.images].filter(i => !i.src.startsWith(location.origin)).length,
};
"""


class Served(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Served, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    driver.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument",
        {"source": "window.ranHere = []; for (const n of ['alert', 'confirm', 'prompt']) window[n] = words => { ranHere.push(n + words); };"})
    pages = sorted(
        os.path.relpath(os.path.join(top, name), SITE) for top, _, names in os.walk(SITE) for name in names if name.endswith((".html", ".svg")))
    own = f"http://127.0.0.1:{server.server_address[1]}/"
    faults = 0
    for page in pages[::STEP]:
        driver.get(own + urllib.parse.quote(page))
        if page.endswith(".html"):
            driver.execute_script(WAKE)
        found = driver.execute_script(LOOK)
        said = [entry["message"] for entry in driver.get_log("browser") if entry["level"] == "SEVERE" and "favicon.ico" not in entry["message"]]
        asked = []
        for entry in driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                address = message["params"]["request"]["url"]
                if not address.startswith((own, "data:", "blob:", "chrome")):
                    asked.append(address)
        if any(found.values()) or said or asked:
            faults += 1
            print("hostile:", page, found, said[:2], asked[:2], flush=True)
    driver.quit()
    print(f"hostile: {len(pages[::STEP])} of {len(pages)} pages and figures opened, {faults} with faults")
    sys.exit(1 if faults else 0)


main()
