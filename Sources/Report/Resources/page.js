// Theme, copying, sorting, finding, and the way from a cell of the matrix to its samples.
(function () {
  "use strict";
  var root = document.documentElement;
  var all = function (selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  };

  // Theme: the choice is kept where the browser lets a file keep anything.
  function currentTheme() {
    return root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  }
  function nameTheme() {
    all("[data-theme-name]").forEach(function (node) {
      node.textContent = currentTheme() === "dark" ? "Light" : "Dark";
    });
  }
  all('[data-act="theme"]').forEach(function (button) {
    button.addEventListener("click", function () {
      root.dataset.theme = currentTheme() === "dark" ? "light" : "dark";
      try { localStorage.setItem("pipeline-theme", root.dataset.theme); } catch (error) { /* not kept */ }
      nameTheme();
      document.dispatchEvent(new CustomEvent("themechange"));
    });
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () {
    nameTheme();
    document.dispatchEvent(new CustomEvent("themechange"));
  });
  nameTheme();

  // Copying: the clipboard where it is allowed, else a selection that the reader can copy.
  all('[data-act="copy"]').forEach(function (button) {
    button.addEventListener("click", function () {
      var source = button.parentElement.querySelector("[data-copy-source]");
      var text = all("code", source).map(function (line) { return line.textContent; }).join("\n");
      var done = function () {
        button.textContent = "Copied";
        setTimeout(function () { button.textContent = "Copy"; }, 1600);
      };
      var select = function () { getSelection().selectAllChildren(source); };
      if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, select); else select();
    });
  });

  // Sorting: numbers by value, text by letters; cells without a value go last either way.
  function sortKey(cell) {
    if (!cell) return "";
    if (cell.dataset.v !== undefined) return cell.dataset.v === "none" ? "" : Number(cell.dataset.v);
    var text = cell.textContent.trim();
    var number = Number(text.replace(/,/g, "").replace(/%$/, "").replace("−", "-"));
    return text !== "" && !isNaN(number) ? number : text;
  }
  function compare(a, b) {
    if (a === "" || b === "") return 0;
    if (typeof a === "number" && typeof b === "number") return a - b;
    return String(a).localeCompare(String(b), "en", { numeric: true });
  }
  all("table[data-sortable]").forEach(function (table) {
    var headings = all("thead tr:last-child > *", table);
    headings.forEach(function (heading) {
      if (heading.tagName !== "TH") return;
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      while (heading.firstChild) button.appendChild(heading.firstChild);
      heading.appendChild(button);
      heading.setAttribute("aria-sort", "none");
      button.addEventListener("click", function () {
        var was = heading.getAttribute("aria-sort");
        var first = heading.classList.contains("num") ? "descending" : "ascending";
        var next = was === "none" ? first : was === "ascending" ? "descending" : "ascending";
        headings.forEach(function (other) { if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none"); });
        heading.setAttribute("aria-sort", next);
        var column = Array.prototype.indexOf.call(heading.parentElement.children, heading);
        var sign = next === "ascending" ? 1 : -1;
        var body = table.tBodies[0];
        var rows = all(":scope > tr", body).map(function (row, place) {
          return { row: row, key: sortKey(row.children[column]), place: place };
        });
        rows.sort(function (a, b) {
          if ((a.key === "") !== (b.key === "")) return a.key === "" ? 1 : -1;
          return sign * compare(a.key, b.key) || a.place - b.place;
        });
        rows.forEach(function (entry) { body.appendChild(entry.row); });
      });
    });
  });

  // Finding: rows of a table that hold every word.
  all('[data-act="find"]').forEach(function (input) {
    var table = document.getElementById(input.dataset.find);
    input.addEventListener("input", function () {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      all("tbody tr", table).forEach(function (row) {
        if (row.querySelector('th[scope="rowgroup"]')) return;
        var text = row.textContent.toLowerCase();
        row.hidden = !words.every(function (word) { return text.indexOf(word) >= 0; });
      });
      all("tbody", table).forEach(function (body) {
        var heading = body.querySelector('th[scope="rowgroup"]');
        if (heading) heading.parentElement.hidden = !body.querySelector("tr:not([hidden]) > td");
      });
    });
  });

  // From a cell of the matrix to its samples: the others step back.
  var tools = document.querySelector("[data-samples-tools]");
  var samples = all(".gallery li"), rest = document.querySelector(".more-samples");
  function showPair(pair, words) {
    if (rest) rest.open = pair !== null;
    samples.forEach(function (sample) { sample.hidden = pair !== null && sample.dataset.pair !== pair; });
    if (!tools) return;
    tools.hidden = pair === null;
    tools.querySelector("[data-samples-filter]").textContent = words || "";
  }
  all(".matrix a").forEach(function (link) {
    link.addEventListener("click", function (event) {
      var cell = link.closest("td");
      event.preventDefault();
      showPair(cell.dataset.pair, link.getAttribute("aria-label").replace(/: show samples$/, ""));
      document.getElementById("samples").scrollIntoView();
      var first = samples.filter(function (sample) { return !sample.hidden; })[0];
      if (first) first.focus({ preventScroll: true });
    });
  });
  all('[data-act="all-samples"]').forEach(function (button) {
    button.addEventListener("click", function () { showPair(null); });
  });

  // Folded sections open where an entry leads to them, and on paper.
  function unfold(id) {
    var part = document.getElementById(id), details = part && part.querySelector(":scope > details");
    if (details) details.open = true;
  }
  all(".contents a").forEach(function (entry) {
    entry.addEventListener("click", function () { unfold(entry.getAttribute("href").slice(1)); });
  });
  if (location.hash) unfold(location.hash.slice(1));
  addEventListener("beforeprint", function () { all(".folded > details").forEach(function (details) { details.open = true; }); });

  // The list of sections follows the reader.
  var entries = all(".contents a");
  if (entries.length && window.IntersectionObserver) {
    var byId = {};
    entries.forEach(function (entry) { byId[entry.getAttribute("href").slice(1)] = entry; });
    var observer = new IntersectionObserver(function (seen) {
      seen.forEach(function (one) {
        if (!one.isIntersecting) return;
        entries.forEach(function (entry) { entry.removeAttribute("aria-current"); });
        var entry = byId[one.target.id];
        if (!entry) return;
        entry.setAttribute("aria-current", "true");
        var list = entry.closest("ol");
        list.scrollLeft = entry.offsetLeft - list.clientWidth / 2;
      });
    }, { rootMargin: "-15% 0px -75% 0px" });
    all("section.part").forEach(function (section) { observer.observe(section); });
  }
})();
