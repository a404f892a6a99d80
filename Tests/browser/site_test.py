#!/usr/bin/env python3
"""site_test.py SITE [N [FILE]]: a built site in headless Chromium, served under `default-src 'self'`, and the report in one file, from a disk.

Every page (or about N of them) at four widths, light, dark and printed; search, tables and figures by keyboard; the same from a disk and without script.
"""
import base64
import functools
import http.server
import importlib.util
import os
import sys
import threading

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

WIDTHS = (320, 390, 768, 1280)
faults = []


def check(condition, words):
    if not condition:
        faults.append(words)
        print("browser:", words, flush=True)


class Served(http.server.SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header("Content-Security-Policy", "default-src 'self'")
        super().end_headers()

    def log_message(self, *_):
        pass


def browser(dark=False, script=True):
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1280,1000"):
        options.add_argument(flag)
    if dark:
        options.add_argument("--blink-settings=preferredColorScheme=0")
    if not script:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))


def set_width(driver, width):
    # The window has a least width; the page's own is set past it.
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})


def console(driver, page):
    for entry in driver.get_log("browser"):
        check("favicon" in entry["message"], f"{page}: the console says {entry['message'][:160]}")


def layout(driver, base, pages):
    """No sideways scrolling, every picture loaded, no text past the edge, nothing in the console."""
    for page in pages:
        driver.get(base + page)
        for width in WIDTHS:
            set_width(driver, width)
            found = driver.execute_script("""
                var root = document.documentElement;
                var images = Array.from(document.images).filter(function (image) {
                  return image.complete && image.naturalWidth === 0 && image.getClientRects().length; });
                var small = Array.from(document.querySelectorAll('main p, main td, main li')).filter(function (element) {
                  return element.getClientRects().length && parseFloat(getComputedStyle(element).fontSize) < 11; });
                return [root.scrollWidth - root.clientWidth, images.length, small.length];""")
            check(found[0] <= 0, f"{page}: {found[0]} px wider than the page at {width} px")
            check(found[1] == 0, f"{page}: {found[1]} pictures did not load at {width} px")
            check(found[2] == 0, f"{page}: {found[2]} texts below 11 px at {width} px")
        console(driver, page)


def accessibility(driver, base, pages, width, words):
    # Only the file of rules is wanted, not the package that carries it.
    carrier = importlib.util.find_spec("axe_playwright_python").submodule_search_locations[0]
    axe = open(os.path.join(carrier, "axe.min.js"), encoding="utf-8").read()
    set_width(driver, width)
    driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
    for page in pages:
        driver.get(base + page)
        driver.execute_script(axe)
        found = driver.execute_async_script(
            "var done = arguments[arguments.length - 1]; axe.run().then(function (r) { done(r.violations); });")
        for rule in found:
            check(False, f"{page}: axe, {words}: {rule['id']} at {rule['nodes'][0]['html'][:120]}")
    driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": False})


def wait(driver, condition, words):
    try:
        WebDriverWait(driver, 8).until(condition)
        return True
    except Exception:
        check(False, words)
        return False


def keyboard(driver, base):
    """From the first Tab to a page that search found, without a mouse."""
    set_width(driver, 1280)
    driver.get(base + "index.html")
    ActionChains(driver).send_keys(Keys.TAB).perform()
    first = driver.switch_to.active_element
    check(first.get_attribute("class") == "skip", "the first Tab does not reach the link to the content")
    check(first.rect["x"] >= 0, "the link to the content is not seen when it has the focus")
    ActionChains(driver).send_keys(Keys.ENTER).perform()
    check(driver.switch_to.active_element.get_attribute("id") == "main", "skipping does not reach the content")
    seen = set()
    for _ in range(40):
        ActionChains(driver).send_keys(Keys.TAB).perform()
        active = driver.switch_to.active_element
        seen.add(active.id)
        outline = driver.execute_script(
            "var e = document.activeElement, s = getComputedStyle(e); var hit = e.querySelector && e.querySelector('.hit');"
            "return s.outlineStyle !== 'none' || s.boxShadow !== 'none' || (hit && getComputedStyle(hit).stroke !== 'none')"
            " || e === document.body;")
        check(outline, f"the focus is not seen on {active.get_attribute('outerHTML')[:80]}")
    check(len(seen) > 5, "Tab does not move on")
    search(driver, base + "index.html", "a host")


def search(driver, address, words):
    driver.get(address)
    wait(driver, lambda d: d.find_elements(By.ID, "search-input"), f"{words}: there is no search")
    ActionChains(driver).send_keys("/").perform()
    check(driver.switch_to.active_element.get_attribute("id") == "search-input", f"{words}: '/' does not reach search")
    # A word of the last heading of the longest page: search must find text, not titles only.
    ActionChains(driver).send_keys("repair").perform()
    if not wait(driver, lambda d: d.find_elements(By.CSS_SELECTOR, "#search-results a"), f"{words}: search finds nothing"):
        return
    check(driver.find_elements(By.CSS_SELECTOR, "#search-results mark"), f"{words}: what was sought is not marked")
    ActionChains(driver).send_keys(Keys.ARROW_DOWN).perform()
    chosen = driver.find_element(By.CSS_SELECTOR, "#search-results [aria-selected=true] a").get_attribute("href")
    ActionChains(driver).send_keys(Keys.ENTER).perform()
    wait(driver, lambda d: d.current_url.split("#")[0] == chosen.split("#")[0], f"{words}: Enter does not lead to the page")
    check(driver.find_elements(By.CSS_SELECTOR, "main mark, h1 mark"), f"{words}: the page does not mark what was sought")
    driver.get(address)
    wait(driver, lambda d: d.find_elements(By.ID, "search-input"), f"{words}: there is no search")
    field = driver.find_element(By.ID, "search-input")
    field.send_keys("zzqqxx")
    wait(driver, lambda d: "Nothing found" in d.find_element(By.ID, "search-results").text, f"{words}: nothing found is not said")
    field.send_keys(Keys.ESCAPE)
    check(not driver.find_element(By.ID, "search-results").is_displayed(), f"{words}: Escape does not close search")


def enhancements(driver, base, pages):
    """A table that sorts and filters, a figure that opens large: the first page that has each."""
    sorted_once = enlarged = filtered = False
    for page in pages:
        driver.get(base + page)
        if not sorted_once:
            for button in driver.find_elements(By.CSS_SELECTOR, "th.n .sort"):
                if not button.is_displayed():
                    continue
                driver.execute_script("arguments[0].click()", button)
                values = driver.execute_script("""
                    var cell = arguments[0].closest('th'), table = cell.closest('table');
                    return [cell.getAttribute('aria-sort'), Array.from(table.tBodies[0].rows).map(function (row) {
                      return row.cells[cell.cellIndex].textContent; })];""", button)
                numbers = [float(v.replace(",", "").replace("−", "-").replace("%", "").replace("+", "").replace("<", "") or "nan")
                           for v in values[1]]
                numbers = [n for n in numbers if n == n]
                check(values[0] == "ascending" and numbers == sorted(numbers), f"{page}: a table does not sort: {values}")
                sorted_once = True
                break
        if not filtered:
            for field in driver.find_elements(By.CSS_SELECTOR, ".filter input"):
                if not field.is_displayed():
                    continue
                field.send_keys("zzqqxx")
                shown = driver.execute_script(
                    "return Array.from(arguments[0].closest('.filter').nextElementSibling.querySelectorAll('tbody tr'))"
                    ".filter(function (row) { return !row.hidden; }).length;", field)
                check(shown == 0, f"{page}: a table does not filter")
                filtered = True
                break
        if not enlarged:
            for button in driver.find_elements(By.CSS_SELECTOR, ".enlarge"):
                button.send_keys(Keys.ENTER)
                dialogs = driver.find_elements(By.CSS_SELECTOR, "dialog.zoom[open] img")
                check(dialogs and dialogs[0].is_displayed(), f"{page}: a figure does not open large")
                ActionChains(driver).send_keys(Keys.ESCAPE).perform()
                wait(driver, lambda d: not d.find_elements(By.CSS_SELECTOR, "dialog.zoom"), f"{page}: Escape does not close it")
                check(driver.switch_to.active_element == button, f"{page}: the focus does not come back")
                enlarged = True
                break
        if sorted_once and enlarged and filtered:
            return
    check(sorted_once and enlarged and filtered, "no page has a table to sort, one to filter and a figure to enlarge")


def printed(driver, base, pages):
    for page in pages:
        driver.get(base + page)
        pdf = base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"])
        check(pdf.startswith(b"%PDF") and len(pdf) > 2000, f"{page}: does not print")
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        tall = driver.execute_script("""
            return Array.from(document.querySelectorAll('.figure-picture')).filter(function (picture) {
              return picture.getBoundingClientRect().height > 980; }).length;""")
        check(tall == 0, f"{page}: {tall} figures are taller than a printed page")
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def whole_report(driver, base, pages):
    """The page to print: a section for every page, all its links inside lead somewhere, no figure, row or picture cut by a sheet's edge."""
    page = "print/index.html"
    driver.get(base + page)
    found = driver.execute_script("""
        var dead = Array.from(document.querySelectorAll('a[href^="#"]')).filter(function (link) {
          return !document.getElementById(decodeURIComponent(link.hash.slice(1))); });
        var ids = Array.from(document.querySelectorAll('[id]')).map(function (element) { return element.id; });
        return [document.querySelectorAll('.report-section').length, dead.length, ids.length - new Set(ids).size,
                document.querySelectorAll('.search, .site-nav, script, iframe').length];""")
    check(found[0] == pages, f"{page}: {found[0]} sections for {pages} pages")
    check(found[1] == 0, f"{page}: {found[1]} links inside lead nowhere")
    check(found[2] == 0, f"{page}: {found[2]} ids come twice")
    check(found[3] == 0, f"{page}: {found[3]} parts that paper has no use for")
    # The room between the margins of A4: what is wider makes the browser print everything smaller.
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    set_width(driver, 658)
    wide = driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth;")
    check(wide <= 0, f"{page}: {wide} px wider than a sheet")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    set_width(driver, 1280)
    console(driver, page)


def single_file(path):
    for dark in (False, True):
        driver = browser(dark=dark, script=True)
        for width in (390, 1280):
            set_width(driver, width)
            driver.get("file://" + path)
            found = driver.execute_script("""
                var root = document.documentElement;
                var dead = Array.from(document.querySelectorAll('a[href^="#"]')).filter(function (link) {
                  return !document.getElementById(decodeURIComponent(link.hash.slice(1))); });
                var ids = Array.from(document.querySelectorAll('[id]')).map(function (element) { return element.id; });
                var asked = performance.getEntriesByType('resource').filter(function (entry) { return !/^data:/.test(entry.name); });
                var empty = Array.from(document.querySelectorAll('.figure-picture')).filter(function (picture) {
                  return picture.getBoundingClientRect().height < 40; });
                return [root.scrollWidth - root.clientWidth, dead.length, ids.length - new Set(ids).size, asked.length, empty.length];""")
            words = ("px too wide", "links lead nowhere", "ids come twice", "requests", "figures are not seen")
            for count, fault in zip(found, words):
                check(count <= 0, f"one file at {width} px: {count} {fault}")
        console(driver, "one file")
        driver.quit()


def unscripted(base, pages):
    driver = browser(script=False)
    for page in pages[:6]:
        driver.get(base + page)
        check(driver.find_elements(By.CSS_SELECTOR, "main h1"), f"{page}: nothing to read without script")
        for hidden in driver.find_elements(By.CSS_SELECTOR, ".search"):
            check(not hidden.is_displayed(), f"{page}: an empty search stands there without script")
    driver.quit()


def main():
    site = os.path.abspath(sys.argv[1])
    pages = sorted(
        os.path.relpath(os.path.join(folder, name), site)
        for folder, _, names in os.walk(site) for name in names if name.endswith(".html"))
    written = len([page for page in pages if page != "print/index.html"])
    if len(sys.argv) > 2:
        pages = pages[:: max(1, len(pages) // int(sys.argv[2]))]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Served, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/"
    light = browser()
    layout(light, base, pages)
    keyboard(light, base)
    search(light, "file://" + os.path.join(site, "index.html"), "a disk")
    enhancements(light, base, pages)
    printed(light, base, pages[:12] + ["print/index.html"])
    whole_report(light, base, written)
    accessibility(light, base, pages, 1280, "light")
    light.quit()
    dark = browser(dark=True)
    accessibility(dark, base, pages, 390, "dark")
    dark.quit()
    unscripted(base, pages)
    if len(sys.argv) > 3:
        single_file(os.path.abspath(sys.argv[3]))
    print(f"browser: {len(pages)} pages, {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
