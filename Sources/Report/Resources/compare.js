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
        if (own || value === "" || other === "") { cell.textContent = ""; cell.dataset.v = ""; return; }
        var delta = Number(value) - Number(other), goal = cell.dataset.goal;
        var better = delta === 0 || goal === "none" ? null : (delta > 0) === (goal === "maximize");
        cell.dataset.v = String(delta);
        cell.textContent = deltaWords(delta, cell.dataset.rate !== "") + (better === null ? "" : better ? " ▲" : " ▼");
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
  function shade(change, total, hit) {
    if (change === 0) return "zero";
    var depth = Math.min(Math.max(Math.ceil(Math.sqrt(Math.abs(change) / total * 4) * 10), 1), 10);
    return ((change > 0) === hit ? "better" : "worse") + depth;
  }
  function matrices(baseline) {
    if (!counts) return;
    var base = counts[Number(baseline)], blocks = all(".matrix-change");
    // The blocks are reused in order for the runs that are not the baseline.
    var others = Object.keys(letters).filter(function (run) { return run !== baseline && counts[Number(run)]; });
    blocks.forEach(function (block, place) {
      var run = others[place];
      block.hidden = run === undefined || !base;
      if (block.hidden) return;
      var matrix = counts[Number(run)], gained = 0;
      block.dataset.run = run;
      all("tbody tr", block).forEach(function (row, r) {
        var total = Math.max(base[r].reduce(function (a, b) { return a + b; }, 0), 1);
        gained += matrix[r][r] - base[r][r];
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
      block.querySelector(".scroll").setAttribute("aria-label", "Change of the confusion matrix of run " + letters[run]);
      summary.querySelector("[data-matrix-note]").textContent = signed((gained < 0 ? "-" : "") + grouped(Math.abs(gained))) + " right";
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
    });
  });

  // Lines: shown and hidden by the run's box, brought forward under the pointer or the focus.
  all('[data-act="show"]').forEach(function (box) {
    box.addEventListener("change", function () {
      box.closest("tr").classList.toggle("off", !box.checked);
      all('.parallel .line[data-run="' + box.value + '"]').forEach(function (line) {
        line.style.display = box.checked ? "" : "none";
      });
      all('.legend li[data-run="' + box.value + '"]').forEach(function (entry) { entry.hidden = !box.checked; });
      document.dispatchEvent(new CustomEvent("hideline", { detail: { style: Number(box.value), hidden: !box.checked } }));
    });
  });
  function forward(run) {
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
