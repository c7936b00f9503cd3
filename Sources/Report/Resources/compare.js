// Compare: another baseline, lines shown and hidden, a run followed through every chart.
(function () {
  "use strict";
  var all = function (selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  };
  var json = function (id) {
    var node = document.getElementById(id);
    return node ? JSON.parse(node.textContent) : null;
  };
  var table = document.getElementById("runs-table");
  var letters = {};
  all("tr[data-run]", table || document).forEach(function (row) {
    letters[row.dataset.run] = row.querySelector(".letter").textContent;
  });
  function signed(text) {
    if (text.charAt(0) === "-") return "−" + text.slice(1);
    return /[1-9]/.test(text) ? "+" + text : "±" + text;
  }
  function grouped(count) { return String(count).replace(/\B(?=(\d{3})+$)/g, ","); }
  function deltaWords(delta, rate) {
    if (rate && Math.abs(delta) <= 1) return signed((delta * 100).toFixed(2)) + " pp";
    return signed(String(Number(delta.toPrecision(3))));
  }

  function metrics(baseline) {
    var rows = all("tbody tr", table);
    var base = rows.filter(function (row) { return row.dataset.run === baseline; })[0];
    rows.forEach(function (row) {
      var own = row === base;
      row.classList.toggle("baseline", own);
      row.querySelector(".badge").hidden = !own;
      all('td[data-role="delta"]', row).forEach(function (cell) {
        var place = Array.prototype.indexOf.call(row.children, cell) - 1;
        var value = row.children[place].dataset.v, other = base.children[place].dataset.v;
        cell.classList.remove("up", "down");
        if (own || value === "none" || other === "none") { cell.textContent = ""; cell.dataset.v = "none"; return; }
        var delta = Number(value) - Number(other), goal = cell.dataset.goal;
        var better = delta === 0 || goal === "none" ? null : (delta > 0) === (goal === "maximize");
        cell.dataset.v = String(delta);
        cell.textContent = deltaWords(delta, cell.dataset.rate === "1") + (better === null ? "" : better ? " ▲" : " ▼");
        if (better !== null) cell.classList.add(better ? "up" : "down");
      });
    });
  }
  function differences(baseline) {
    var column = Number(baseline) + 1;
    all("table.diff tbody tr").forEach(function (row) {
      var value = function (cell) { return cell.getAttribute("title") || cell.textContent; };
      var own = value(row.children[column]);
      all("td", row).forEach(function (cell) {
        var isBase = cell === row.children[column];
        cell.classList.toggle("baseline", isBase);
        cell.classList.toggle("differs", !isBase && value(cell) !== own);
      });
    });
    all(".first-differences li").forEach(function (item) { item.remove(); });
    var list = document.querySelector(".first-differences");
    if (!list) return;
    var groups = new Map();
    Object.keys(letters).forEach(function (run) {
      if (run === baseline) return;
      var first = null;
      all("#digests table.diff tbody tr").forEach(function (row) {
        var name = row.children[0].textContent, slash = name.indexOf("/");
        if (first !== null || slash < 0) return;
        if (row.children[Number(run) + 1].classList.contains("differs")) first = name.slice(0, slash);
      });
      groups.set(first, (groups.get(first) || []).concat([run]));
    });
    groups.forEach(function (runs, stage) {
      var item = document.createElement("li"), strong = document.createElement("strong");
      runs.forEach(function (run) {
        var letter = document.createElement("span");
        letter.className = "letter s" + Number(run) % 8;
        letter.textContent = letters[run];
        item.append(letter, " ");
      });
      strong.textContent = stage;
      if (stage === null) item.append("every output is the baseline's");
      else item.append("first stage whose output is not the baseline's: ", strong);
      list.append(item);
    });
  }
  var counts = json("matrix-data");
  // Counts by row and column, from what is not zero.
  function spread(flat) {
    if (!flat) return null;
    var size = counts.names.length, matrix = [];
    for (var r = 0; r < size; r++) matrix.push(new Array(size).fill(0));
    for (var i = 0; i < flat.length; i += 3) matrix[flat[i]][flat[i + 1]] = flat[i + 2];
    return matrix;
  }
  function shade(change, total, hit) {
    if (change === 0) return "zero";
    var depth = Math.min(Math.max(Math.ceil(Math.sqrt(Math.abs(change) / total * 4) * 10), 1), 10);
    return ((change > 0) === hit ? "better" : "worse") + depth;
  }
  function matrices(baseline) {
    if (!counts) return;
    var base = spread(counts.runs[Number(baseline)]), blocks = all(".matrix-change");
    // The blocks are reused in order for the runs that are not the baseline.
    var others = Object.keys(letters).filter(function (run) { return run !== baseline && counts.runs[Number(run)]; });
    blocks.forEach(function (block, place) {
      var run = others[place];
      block.hidden = run === undefined || !base;
      if (block.hidden) return;
      var matrix = spread(counts.runs[Number(run)]), gained = 0;
      block.dataset.run = run;
      matrix.forEach(function (row, r) { gained += row[r] - base[r][r]; });
      var map = block.querySelector(".map");
      if (map) drawMap(block, map, matrix, base, letters[run]);
      all("tbody tr", block).forEach(function (row, r) {
        var total = Math.max(base[r].reduce(function (a, b) { return a + b; }, 0), 1);
        if (map) return;
        all("td", row).forEach(function (cell, c) {
          var change = matrix[r][c] - base[r][c];
          cell.className = shade(change, total, r === c);
          cell.textContent = change === 0 ? "0" : signed((change < 0 ? "-" : "") + grouped(Math.abs(change)));
        });
      });
      var summary = block.querySelector("summary"), letter = summary.querySelector(".letter");
      letter.className = "letter s" + Number(run) % 8;
      letter.textContent = letters[run];
      letter.nextSibling.textContent = " " + labelOf(run) + ": ";
      if (!map) block.querySelector(".scroll").setAttribute("aria-label", "Change of the confusion matrix of run " + letters[run]);
      summary.querySelector("[data-matrix-note]").textContent = signed((gained < 0 ? "-" : "") + grouped(Math.abs(gained))) + " right";
    });
  }
  function drawMap(block, map, matrix, base, letter) {
    var cells = map.querySelector(".cells"), found = [];
    while (cells.firstChild) cells.removeChild(cells.firstChild);
    matrix.forEach(function (row, r) {
      var total = Math.max(base[r].reduce(function (a, b) { return a + b; }, 0), 1);
      row.forEach(function (count, c) {
        var change = count - base[r][c];
        if (change === 0) return;
        found.push([r, c, change]);
        var rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        [["class", shade(change, total, r === c)], ["x", c], ["y", r], ["width", 1], ["height", 1]].forEach(function (a) { rect.setAttribute(a[0], a[1]); });
        cells.appendChild(rect);
      });
    });
    found.sort(function (a, b) { return Math.abs(b[2]) - Math.abs(a[2]) || a[0] - b[0] || a[1] - b[1]; });
    var list = block.querySelector(".change-list"), body = list.querySelector("tbody");
    list.querySelector(".scroll").setAttribute("aria-label", "Largest changes in run " + letter);
    while (body.firstChild) body.removeChild(body.firstChild);
    found.slice(0, counts.listed).forEach(function (one) {
      var row = body.insertRow(), head = document.createElement("th"), cell;
      head.scope = "row";
      head.textContent = counts.names[one[0]];
      row.append(head);
      row.insertCell().textContent = counts.names[one[1]];
      cell = row.insertCell();
      cell.className = "num " + ((one[2] > 0) === (one[0] === one[1]) ? "up" : "down");
      cell.textContent = signed((one[2] < 0 ? "-" : "") + grouped(Math.abs(one[2])));
    });
  }
  // Specs: the lines by which each text differs from the baseline's.
  var specs = json("spec-data");
  function lineChanges(a, b) {
    var start = 0, end = 0;
    while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
    while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
    var old = a.slice(start, a.length - end), now = b.slice(start, b.length - end), middle = [];
    var same = function (text) { return ["same", text]; };
    if (!old.length || !now.length || old.length > 1500 || now.length > 1500) {
      old.forEach(function (text) { middle.push(["removed", text]); });
      now.forEach(function (text) { middle.push(["added", text]); });
    } else {
      var width = now.length + 1, lengths = new Int32Array((old.length + 1) * width), r, c;
      for (r = old.length - 1; r >= 0; r--)
        for (c = now.length - 1; c >= 0; c--)
          lengths[r * width + c] = old[r] === now[c] ? lengths[(r + 1) * width + c + 1] + 1
            : Math.max(lengths[(r + 1) * width + c], lengths[r * width + c + 1]);
      r = 0; c = 0;
      while (r < old.length && c < now.length) {
        if (old[r] === now[c]) { middle.push(same(old[r])); r++; c++; }
        else if (lengths[(r + 1) * width + c] >= lengths[r * width + c + 1]) middle.push(["removed", old[r++]]);
        else middle.push(["added", now[c++]]);
      }
      while (r < old.length) middle.push(["removed", old[r++]]);
      while (c < now.length) middle.push(["added", now[c++]]);
    }
    return a.slice(0, start).map(same).concat(middle, a.slice(a.length - end).map(same));
  }
  function specTexts(baseline) {
    if (!specs) return;
    var base = specs.runs[Number(baseline)], blocks = all(".spec-change"), holder = document.querySelector(".specs");
    var others = Object.keys(letters).filter(function (run) {
      var own = specs.runs[Number(run)];
      return base !== null && own !== null && own !== base;
    });
    // Another baseline may have more runs that differ from it than there are blocks.
    while (blocks.length < others.length) { holder.append(blocks[0].cloneNode(true)); blocks = all(".spec-change"); }
    document.querySelector("[data-specs-note]").textContent =
      others.length + (others.length === 1 ? " run was" : " runs were") +
      " made from another text than the baseline; what was set on the command line is among the settings.";
    blocks.forEach(function (block, place) {
      var run = others[place];
      block.hidden = run === undefined;
      if (block.hidden) return;
      block.dataset.run = run;
      block.open = place === 0;
      var changes = lineChanges(specs.texts[base], specs.texts[specs.runs[Number(run)]]), added = 0, removed = 0;
      var near = changes.map(function () { return false; });
      changes.forEach(function (change, i) {
        if (change[0] === "same") return;
        if (change[0] === "added") added++; else removed++;
        for (var k = Math.max(0, i - 3); k <= Math.min(changes.length - 1, i + 3); k++) near[k] = true;
      });
      var pre = block.querySelector("pre");
      while (pre.firstChild) pre.removeChild(pre.firstChild);
      changes.forEach(function (change, i) {
        if (!near[i] && i > 0 && !near[i - 1]) return;
        var line = document.createElement("span");
        line.className = near[i] ? change[0] : "gap";
        line.textContent = near[i] ? { same: "  ", removed: "− ", added: "+ " }[change[0]] + change[1] : "…";
        pre.append(line);
      });
      pre.setAttribute("aria-label", "Lines of the spec of run " + letters[run] + " that differ");
      var summary = block.querySelector("summary"), letter = summary.querySelector(".letter");
      letter.className = "letter s" + Number(run) % 8;
      letter.textContent = letters[run];
      letter.nextSibling.textContent = " " + labelOf(run) + ": ";
      summary.querySelector("[data-spec-note]").textContent =
        grouped(added) + (added === 1 ? " line" : " lines") + " added, " + removed + " removed";
    });
  }
  // Parallel coordinates: an axis turned upside down, so that better is up on all of them.
  var parallel = document.querySelector(".parallel");
  function flip(axis) {
    all(".line", parallel).forEach(function (path) {
      path.setAttribute("d", path.getAttribute("d").replace(/([ML])(-?\d+) (-?\d+)/g, function (whole, move, x, y) {
        return move + x + " " + (Number(x) === axis.x ? 1000 - Number(y) : y);
      }));
    });
    axis.values.forEach(function (text) { text.setAttribute("y", axis.height - Number(text.getAttribute("y"))); });
  }
  if (parallel) {
    var tools = document.querySelector("[data-flips]"), stems = all(".stem", parallel);
    all(".axis-name", parallel).forEach(function (name, index) {
      var place = stems[index].getAttribute("x1"), button = document.createElement("button");
      var axis = {
        x: Math.round(parseFloat(place) * 40), height: Number(parallel.getAttribute("height")),
        values: all(".value", parallel).filter(function (text) { return text.getAttribute("x") === place; })
      };
      button.type = "button";
      button.setAttribute("aria-pressed", "false");
      button.textContent = name.textContent;
      button.addEventListener("click", function () {
        button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
        flip(axis);
      });
      tools.append(button);
    });
  }
  function labelOf(run) {
    var label = table.querySelector('tr[data-run="' + run + '"] .run-label');
    return label ? label.firstChild.textContent : "";
  }
  var predictions = json("prediction-data"), right = null;
  function samples(baseline) {
    if (!predictions) return;
    right = right || predictions.right.map(function (text) { return text === null ? null : atob(text); });
    var bit = function (bytes, i) { return bytes.charCodeAt(i >> 3) >> (i & 7) & 1; };
    all(".changes tbody tr").forEach(function (row) {
      var base = right[Number(baseline)], mine = right[Number(row.dataset.run)], fixed = [], broken = [];
      var cells = row.children, own = row.dataset.run === baseline;
      var known = base && mine;
      for (var i = 0; known && i < predictions.count; i++) {
        var was = bit(base, i), is = bit(mine, i);
        if (!was && is) fixed.push(i);
        if (was && !is) broken.push(i);
      }
      var net = fixed.length - broken.length;
      cells[1].textContent = known ? grouped(fixed.length) : "–";
      cells[2].textContent = known ? grouped(broken.length) : "–";
      cells[3].textContent = known && !own ? signed((net < 0 ? "-" : "") + grouped(Math.abs(net))) : "–";
      cells[3].className = "num" + (net > 0 ? " up" : net < 0 ? " down" : "");
      [["fixed", fixed], ["broken", broken]].forEach(function (pair) {
        row.querySelector('[data-list="' + pair[0] + '"]').textContent =
          pair[1].slice(0, 24).map(function (i) { return "#" + i; }).join(" ") + (pair[1].length > 24 ? " …" : "");
      });
    });
  }
  all('[data-act="baseline"]').forEach(function (select) {
    select.addEventListener("change", function () {
      metrics(select.value);
      differences(select.value);
      matrices(select.value);
      samples(select.value);
      specTexts(select.value);
    });
  });

  // Lines: shown and hidden by the run's box, brought forward under the pointer or the focus.
  all('[data-act="show"]').forEach(function (box) {
    box.addEventListener("change", function () {
      box.closest("tr").classList.toggle("off", !box.checked);
      all('.parallel .line[data-run="' + box.value + '"], .points [data-run="' + box.value + '"]').forEach(function (line) {
        line.style.display = box.checked ? "" : "none";
      });
      all('.legend li[data-run="' + box.value + '"], .side-by-side li[data-run="' + box.value + '"]').forEach(function (entry) { entry.hidden = !box.checked; });
      document.dispatchEvent(new CustomEvent("hideline", { detail: { style: Number(box.value), hidden: !box.checked } }));
    });
  });
  function forward(run) {
    all(".points [data-run]").forEach(function (point) {
      point.classList.toggle("dim", run !== null && point.dataset.run !== run);
    });
    all(".parallel .line").forEach(function (line) {
      line.classList.toggle("dim", run !== null && line.dataset.run !== run);
      line.classList.toggle("strong", run !== null && line.dataset.run === run);
    });
    all("[data-chart]").forEach(function (figure) {
      all(".line", figure).forEach(function (line) {
        var own = line.dataset.run === run;
        line.classList.toggle("dim", run !== null && !own);
        line.classList.toggle("strong", run !== null && own);
      });
    });
  }
  all("#runs-table tbody tr, .legend li[data-run]").forEach(function (row) {
    row.addEventListener("pointerenter", function () { forward(row.dataset.run); });
    row.addEventListener("pointerleave", function () { forward(null); });
  });
})();
