// What script adds to a site that is whole without it: search, tables that sort and filter, figures that open large.
(function () {
  "use strict";
  var page = document.documentElement;
  var self = document.querySelector("script[data-root]");
  if (!self) return;
  var root = self.getAttribute("data-root");
  var collator = new Intl.Collator(page.lang || undefined, { numeric: true, sensitivity: "base" });

  function make(name, attributes, text) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    if (text) element.textContent = text;
    return element;
  }

  // The same folding as the program's: lower case, without accents.
  function folded(text) { return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(); }
  function wordsOf(text) { return folded(text).match(/[\p{L}\p{N}]+/gu) || []; }

  // --- Search -------------------------------------------------------------------------------------------------------

  var search = { pages: [], isSharded: false, waiting: [], loaded: {}, words: {}, parts: {} };

  function load(path, done) {
    if (search.loaded[path] === true) return done();
    if (search.loaded[path]) return search.loaded[path].push(done);
    search.loaded[path] = [done];
    var script = make("script", { src: root + path });
    script.onload = script.onerror = function () {
      var waiting = search.loaded[path];
      search.loaded[path] = true;
      waiting.forEach(function (then) { then(); });
    };
    document.head.appendChild(script);
  }

  // The index files call these: no request but for a script file, so that a site on a disk can be searched, too.
  window.valuemapPages = function (pages) { search.pages = pages; };
  window.valuemapShards = function (shards) { search.isSharded = true; search.shards = shards; };
  window.valuemapWords = function (shard, words) { search.words[shard] = words; };
  window.valuemapPart = function (part, pages) { search.parts[part] = pages; };

  function shardOf(word) {
    var sum = 0;
    for (var i = 0; i < 2 && i < word.length; i++) sum = sum * 31 + word.charCodeAt(i);
    return sum % search.shards.words;
  }

  function each(items, step, done) {
    var left = items.length;
    if (!left) return done();
    items.forEach(function (item) { step(item, function () { left -= 1; if (!left) done(); }); });
  }

  // [address, title, [[anchor, heading] …], text]
  function score(entry, words) {
    var title = folded(entry[1]), text = folded(entry[3]), total = 0, anchor = "";
    var headings = entry[2].map(function (heading) { return folded(heading[1]); });
    for (var i = 0; i < words.length; i++) {
      var word = words[i], points = 0;
      var at = title.indexOf(word);
      if (at >= 0) points += at === 0 || /[^\p{L}\p{N}]/u.test(title[at - 1]) ? 20 : 8;
      headings.forEach(function (heading, place) {
        if (heading.indexOf(word) < 0) return;
        points += 6;
        if (!anchor) anchor = entry[2][place][0];
      });
      var count = text.split(word).length - 1;
      if (count) points += 1 + Math.min(4, count);
      if (!points) return null;
      total += points;
    }
    return { entry: entry, points: total, anchor: anchor };
  }

  function ranked(pages, words) {
    return pages.map(function (entry) { return score(entry, words); }).filter(Boolean)
      .sort(function (a, b) { return b.points - a.points || collator.compare(a.entry[1], b.entry[1]); });
  }

  function find(query, done) {
    var words = wordsOf(query);
    if (!words.length) return done([], words);
    load("assets/search.js", function () {
      if (!search.isSharded) return done(ranked(search.pages, words), words);
      each(words, function (word, next) {
        load("assets/search/words-" + shardOf(word) + ".js", next);
      }, function () {
        var found = null;
        words.forEach(function (word) {
          var shard = search.words[shardOf(word)] || {}, here = {};
          Object.keys(shard).forEach(function (key) {
            if (key.indexOf(word) === 0) shard[key].forEach(function (number) { here[number] = (here[number] || 0) + (key === word ? 2 : 1); });
          });
          if (!found) { found = here; return; }
          Object.keys(found).forEach(function (number) {
            if (here[number]) found[number] += here[number]; else delete found[number];
          });
        });
        var numbers = Object.keys(found).map(Number).sort(function (a, b) { return found[b] - found[a] || a - b; }).slice(0, 40);
        var parts = numbers.map(function (number) { return Math.floor(number / search.shards.part); })
          .filter(function (part, at, all) { return all.indexOf(part) === at; });
        each(parts, function (part, next) { load("assets/search/pages-" + part + ".js", next); }, function () {
          var pages = numbers.map(function (number) {
            return (search.parts[Math.floor(number / search.shards.part)] || [])[number % search.shards.part];
          }).filter(Boolean);
          done(ranked(pages, words), words);
        });
      });
    });
  }

  // The text with the words marked; text only, never markup.
  function marked(element, text, words) {
    // Folding may change lengths: each folded letter knows where it came from.
    var lower = "", from = [], at = 0, spans = [];
    for (var i = 0; i < text.length; i++) {
      var part = folded(text[i]);
      lower += part;
      for (var j = 0; j < part.length; j++) from.push(i);
    }
    from.push(text.length);
    while (at < lower.length) {
      var best = -1, length = 0;
      words.forEach(function (word) {
        var found = lower.indexOf(word, at);
        if (found >= 0 && (best < 0 || found < best)) { best = found; length = word.length; }
      });
      if (best < 0) break;
      at = best + length;
      spans.push([from[best], from[at - 1] + 1]);
    }
    at = 0;
    spans.forEach(function (span) {
      element.appendChild(document.createTextNode(text.slice(at, span[0])));
      element.appendChild(make("mark", {}, text.slice(span[0], span[1])));
      at = span[1];
    });
    element.appendChild(document.createTextNode(text.slice(at)));
  }

  function excerpt(text, words) {
    var lower = folded(text), at = -1;
    words.forEach(function (word) { var found = lower.indexOf(word); if (found >= 0 && (at < 0 || found < at)) at = found; });
    if (at < 0) return text.slice(0, 140);
    var start = Math.max(0, at - 50);
    if (start) start = text.indexOf(" ", start) + 1 || start;
    return (start ? "… " : "") + text.slice(start, start + 150) + (text.length > start + 150 ? " …" : "");
  }

  function startSearch() {
    var place = document.querySelector(".search");
    if (!place) return;
    var input = make("input", {
      type: "text", inputmode: "search", id: "search-input", placeholder: "Search", role: "combobox", "aria-label": "Search this study", "aria-expanded": "false",
      "aria-controls": "search-results", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false"
    });
    var list = make("ul", { id: "search-results", role: "listbox", "aria-label": "Pages found", hidden: "" });
    var status = make("p", { class: "hidden", role: "status" });
    place.appendChild(input);
    place.appendChild(list);
    place.appendChild(status);
    place.hidden = false;
    var chosen = -1, run = 0;

    function close() { list.hidden = true; chosen = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); }
    function choose(at) {
      var items = list.querySelectorAll("[role=option]");
      if (!items.length) return;
      if (items[chosen]) items[chosen].setAttribute("aria-selected", "false");
      chosen = (at + items.length) % items.length;
      items[chosen].setAttribute("aria-selected", "true");
      items[chosen].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", items[chosen].id);
    }
    function show() {
      var mine = ++run, query = input.value;
      if (!wordsOf(query).length) { close(); list.textContent = ""; status.textContent = ""; return; }
      find(query, function (found, words) {
        if (mine !== run) return;
        list.textContent = "";
        found.slice(0, 12).forEach(function (hit, at) {
          var item = make("li", { role: "option", id: "search-" + at, "aria-selected": "false" });
          var link = make("a", {
            tabindex: "-1", href: root + hit.entry[0] + "?q=" + encodeURIComponent(words.join(" ")) + (hit.anchor ? "#" + hit.anchor : "")
          });
          var title = make("strong"), text = make("span");
          marked(title, hit.entry[1], words);
          marked(text, excerpt(hit.entry[3], words), words);
          link.appendChild(title);
          link.appendChild(text);
          item.appendChild(link);
          list.appendChild(item);
        });
        if (!found.length) list.appendChild(make("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false", id: "search-none" }, "Nothing found"));
        list.hidden = false;
        chosen = -1;
        input.setAttribute("aria-expanded", "true");
        status.textContent = found.length + (found.length === 1 ? " page found" : " pages found");
      });
    }
    input.addEventListener("input", show);
    input.addEventListener("focus", function () { load("assets/search.js", function () {}); if (input.value) show(); });
    input.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
      else if (event.key === "Enter") {
        var link = list.querySelector("[aria-selected=true] a") || list.querySelector("a");
        if (link && !list.hidden) { event.preventDefault(); location.href = link.href; }
      } else if (event.key === "Escape") { if (list.hidden) input.value = ""; close(); }
    });
    document.addEventListener("keydown", function (event) {
      var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
      if ((event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) || (event.key === "k" && (event.ctrlKey || event.metaKey))) {
        event.preventDefault();
        input.focus();
        input.select();
      }
    });
    document.addEventListener("click", function (event) { if (!place.contains(event.target)) close(); });
    place.addEventListener("focusout", function (event) { if (event.relatedTarget && !place.contains(event.relatedTarget)) close(); });
  }

  // Words that led here are marked where they stand.
  function highlight() {
    var query = new URLSearchParams(location.search).get("q");
    var words = query ? wordsOf(query) : [];
    var main = document.getElementById("main");
    if (!words.length || !main) return;
    var walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT, {
      acceptNode: function (node) {
        var up = node.parentElement;
        return !up || up.closest("svg, script, style, mark") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
      }
    });
    var nodes = [], count = 0;
    while (walker.nextNode()) nodes.push(walker.currentNode);
    nodes.forEach(function (node) {
      var lower = folded(node.data);
      if (count > 300 || !words.some(function (word) { return lower.indexOf(word) >= 0; })) return;
      var span = document.createElement("span");
      marked(span, node.data, words);
      count += span.querySelectorAll("mark").length;
      node.replaceWith.apply(node, Array.from(span.childNodes));
    });
  }

  // --- Tables -------------------------------------------------------------------------------------------------------

  // How this language writes numbers, learnt from one.
  var decimal = (new Intl.NumberFormat(page.lang || undefined).formatToParts(1.5).filter(function (part) { return part.type === "decimal"; })[0] || { value: "." }).value;

  function numberOf(text) {
    var plain = text.replace(/[−–]/g, "-").replace(/[^\d\-.,٫]/g, "");
    if (!/\d/.test(plain)) return NaN;
    plain = decimal === "," ? plain.replace(/\./g, "").replace(",", ".") : plain.replace(/,/g, "").replace("٫", ".");
    return parseFloat(plain);
  }

  function startTable(table) {
    var body = table.tBodies[0];
    var head = table.tHead && table.tHead.rows[0];
    if (!body || !head || body.rows.length < 4) return;
    var original = Array.from(body.rows);
    Array.from(head.cells).forEach(function (cell, column) {
      var button = make("button", { type: "button", class: "sort" }, cell.textContent);
      cell.textContent = "";
      cell.appendChild(button);
      button.addEventListener("click", function () {
        var now = cell.getAttribute("aria-sort");
        var next = now === "ascending" ? "descending" : now === "descending" ? "" : "ascending";
        Array.from(head.cells).forEach(function (other) { other.removeAttribute("aria-sort"); });
        var rows = original.slice();
        if (next) {
          cell.setAttribute("aria-sort", next);
          var sign = next === "ascending" ? 1 : -1, isNumber = cell.classList.contains("n");
          rows.sort(function (a, b) {
            var x = a.cells[column].textContent, y = b.cells[column].textContent;
            if (!isNumber) return (x === "") - (y === "") || sign * collator.compare(x, y);
            var p = numberOf(x), q = numberOf(y);
            return isNaN(p) - isNaN(q) || (isNaN(p) ? 0 : sign * (p - q));
          });
        }
        rows.forEach(function (row) { body.appendChild(row); });
      });
    });
    var scroll = table.closest(".vm-scroll");
    if (original.length < 10 || !scroll) return;
    var label = make("label", { class: "filter" }, "Filter rows ");
    var input = make("input", { type: "search", autocomplete: "off" });
    var status = make("span", { role: "status" });
    label.appendChild(input);
    label.appendChild(status);
    scroll.parentNode.insertBefore(label, scroll);
    input.addEventListener("input", function () {
      var words = wordsOf(input.value), shown = 0;
      original.forEach(function (row) {
        var text = folded(row.textContent);
        row.hidden = !words.every(function (word) { return text.indexOf(word) >= 0; });
        if (!row.hidden) shown += 1;
      });
      status.textContent = words.length ? " " + shown + " of " + original.length : "";
    });
  }

  // --- Figures ------------------------------------------------------------------------------------------------------

  function startFigure(figure) {
    var picture = figure.querySelector(".figure-picture");
    var image = picture && picture.querySelector("img");
    var downloads = figure.querySelector(".downloads");
    if (!image || !downloads || !window.HTMLDialogElement) return;
    var button = make("button", { type: "button", class: "enlarge" }, "Enlarge");
    var number = figure.querySelector(".number");
    if (number) button.appendChild(make("span", { class: "hidden" }, " " + number.textContent));
    downloads.insertBefore(button, downloads.firstChild);
    downloads.insertBefore(document.createTextNode(" "), button.nextSibling);
    button.addEventListener("click", function () {
      var dialog = make("dialog", { class: "zoom", "aria-label": image.alt });
      var bar = make("p", { class: "zoom-bar" });
      var copy = picture.cloneNode(true);
      // The large picture is the wide one on any screen.
      Array.from(copy.querySelectorAll("source, .hits.narrow")).forEach(function (part) { part.remove(); });
      var scale = 1;
      function sized(by) {
        scale = Math.min(4, Math.max(0.5, scale * by));
        copy.style.setProperty("--vm-zoom", scale);
      }
      [["Smaller", function () { sized(1 / 1.25); }], ["Larger", function () { sized(1.25); }], ["Close", function () { dialog.close(); }]]
        .forEach(function (action) {
          var control = make("button", { type: "button" }, action[0]);
          control.addEventListener("click", action[1]);
          bar.appendChild(control);
        });
      var room = make("div", { class: "zoom-room", tabindex: "0", role: "region", "aria-label": "The figure, enlarged" });
      room.appendChild(copy);
      dialog.appendChild(bar);
      dialog.appendChild(room);
      dialog.addEventListener("keydown", function (event) {
        if (event.key === "+" || event.key === "=") sized(1.25);
        if (event.key === "-") sized(1 / 1.25);
      });
      dialog.addEventListener("close", function () { dialog.remove(); button.focus(); });
      document.body.appendChild(dialog);
      dialog.showModal();
    });
    // What is pointed at is marked in the open table of its data.
    Array.from(figure.querySelectorAll(".hits a[href^='#']")).forEach(function (link) {
      var row = document.getElementById(link.getAttribute("href").slice(1));
      if (!row) return;
      ["mouseenter", "focus"].forEach(function (name) { link.addEventListener(name, function () { row.classList.add("pointed"); }); });
      ["mouseleave", "blur"].forEach(function (name) { link.addEventListener(name, function () { row.classList.remove("pointed"); }); });
      link.addEventListener("click", function () { var fold = row.closest("details"); if (fold) fold.open = true; });
    });
  }

  // A link to a row inside a folded table opens it.
  function openTarget() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var fold = target && target.closest("details");
    if (fold && !fold.open) { fold.open = true; target.scrollIntoView(); }
  }

  startSearch();
  highlight();
  Array.from(document.querySelectorAll(".vm-scroll table")).forEach(startTable);
  Array.from(document.querySelectorAll("div.figure")).forEach(startFigure);
  openTarget();
  window.addEventListener("hashchange", openTarget);
})();
