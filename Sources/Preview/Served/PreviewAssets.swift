/// The script and the stylesheet of the preview, under a path of its own that no page of a site can have.
enum PreviewAssets {
  static let folder = "/_valuemap/"
  static let eventsPath = "/_valuemap/events"
  static let scriptPath = "/_valuemap/reload.js"
  static let stylesheetPath = "/_valuemap/overlay.css"

  /// Listens, reloads, and lays the errors of a failed build over the page. Words from the study become text nodes only.
  static let script = """
    (function () {
      "use strict";
      var own = document.currentScript;
      var build = (own && own.getAttribute("data-build")) || "";
      var host = null;

      function element(tag, name, words, parent) {
        var made = document.createElement(tag);
        if (name) made.className = name;
        if (words) made.textContent = words;
        if (parent) parent.appendChild(made);
        return made;
      }

      function hide() {
        if (host) host.remove();
        host = null;
      }

      function place(problem) {
        var words = problem.file || "valuemap.yaml";
        if (problem.line) words += ":" + problem.line;
        if (problem.column) words += ":" + problem.column;
        return words;
      }

      function show(problems) {
        hide();
        host = element("div", "", "", document.body);
        // In a tree of its own, so that neither the site's styles nor these reach the other.
        var root = host.attachShadow({ mode: "open" });
        var style = element("link", "", "", root);
        style.rel = "stylesheet";
        style.href = "/_valuemap/overlay.css";
        var panel = element("section", "panel overlay", "", root);
        panel.setAttribute("role", "alert");
        panel.hidden = true;
        style.onload = style.onerror = function () { panel.hidden = false; };
        var close = element("button", "close", "Hide", panel);
        close.type = "button";
        close.addEventListener("click", hide);
        element("h1", "", problems.length === 1 ? "The study has an error" : "The study has " + problems.length + " errors", panel);
        element("p", "", "The page shows the last good build. This goes away when the study builds again.", panel);
        var list = element("ol", "", "", panel);
        problems.forEach(function (problem) {
          var item = element("li", "", "", list);
          element("p", "place", place(problem), item);
          var message = element("p", "", problem.message + " ", item);
          element("span", "id", "[" + problem.id + "]", message);
          if (problem.hint) element("p", "hint", "hint: " + problem.hint, item);
        });
      }

      var source = null;
      function listen() {
        source = new EventSource("/_valuemap/events?build=" + encodeURIComponent(build));
        source.addEventListener("reload", function () {
          source.close();
          window.location.reload();
        });
        source.addEventListener("errors", function (event) { show(JSON.parse(event.data)); });
        source.addEventListener("good", hide);
      }

      document.addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
      window.addEventListener("pagehide", function () { if (source) source.close(); });
      window.addEventListener("pageshow", function (event) { if (event.persisted) listen(); });
      listen();
    })();

    """

  static let stylesheet = """
    .standalone { margin: 0; background: #fff; color: #1d2430; }
    .panel { font: 16px/1.5 system-ui, sans-serif; color: #1d2430; }
    .standalone .panel { max-width: 52rem; margin: 0 auto; padding: 2rem 1rem; }
    .overlay[hidden] { display: none; }
    .overlay {
      position: fixed; inset: auto 0 0 0; z-index: 2147483647; box-sizing: border-box; max-height: 60vh; overflow: auto;
      padding: 1rem 1.5rem; background: #fff; border-top: 4px solid #b3261e; box-shadow: 0 -2px 16px rgb(0 0 0 / 30%);
    }
    .panel h1 { margin: 0 0 .5rem; font-size: 1.25rem; color: #b3261e; }
    .panel p { margin: 0 0 .25rem; overflow-wrap: anywhere; }
    .panel li { margin: 0 0 .75rem; }
    .panel a { color: #0b57c2; }
    .panel .place { font-family: ui-monospace, monospace; font-weight: 600; }
    .panel .hint, .panel .id { color: #4f5866; }
    .panel .close { float: right; font: inherit; padding: .25rem .75rem; cursor: pointer; }
    @media (prefers-color-scheme: dark) {
      .standalone, .overlay, .panel { background: #14181f; color: #e8ebf0; }
      .panel h1 { color: #ff8a80; }
      .panel a { color: #8ab8ff; }
      .panel .hint, .panel .id { color: #aab3c0; }
    }
    @media print { .overlay { display: none; } }

    """
}
