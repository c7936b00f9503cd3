// Saving: the table of a figure as CSV, its chart as SVG.
(function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg";
  var all = function (selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  };

  function save(name, type, text) {
    var link = document.createElement("a"), address = URL.createObjectURL(new Blob([text], { type: type }));
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(address); }, 1000);
  }
  function cells(table) {
    return all("tr", table).map(function (row) {
      return Array.prototype.map.call(row.children, function (cell) {
        var text = cell.textContent;
        return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
      }).join(",");
    }).join("\n") + "\n";
  }
  var LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap",
    "opacity", "display", "font-family", "font-size", "font-weight", "text-anchor", "vector-effect", "paint-order"];
  function standalone(svg) {
    var copy = svg.cloneNode(true), nodes = [svg].concat(all("*", svg)), copies = [copy].concat(all("*", copy));
    nodes.forEach(function (node, index) {
      var looks = getComputedStyle(node);
      LOOKS.forEach(function (name) {
        var value = looks.getPropertyValue(name);
        if (value) copies[index].setAttribute(name, value);
      });
    });
    var box = svg.getBoundingClientRect(), paper = document.createElementNS(SVG, "rect");
    // The labels stand outside of the field, in margins of the page.
    var left = 60, top = 34, width = box.width + left + 120, height = box.height + top + 50;
    var frame = document.createElementNS(SVG, "svg");
    [["xmlns", SVG], ["width", width], ["height", height], ["viewBox", [-left, -top, width, height].join(" ")]].forEach(function (a) { frame.setAttribute(a[0], a[1]); });
    [["x", -left], ["y", -top], ["width", width], ["height", height], ["fill", getComputedStyle(document.body).backgroundColor]].forEach(function (a) { paper.setAttribute(a[0], a[1]); });
    copy.setAttribute("width", box.width);
    copy.setAttribute("height", box.height);
    copy.setAttribute("overflow", "visible");
    frame.append(paper, copy);
    return new XMLSerializer().serializeToString(frame);
  }
  all("figure.figure").forEach(function (figure) {
    var title = figure.querySelector("h3"), details = figure.querySelector(":scope > details"), plot = figure.querySelector("svg.plot");
    var table = details && details.querySelector("table");
    if (!title || !table) return;
    // The title may change with what is drawn.
    var name = function () { return title.textContent.trim().toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "chart"; };
    var row = document.createElement("p");
    row.className = "saves needs-js";
    function button(text, act) {
      var node = document.createElement("button");
      node.type = "button";
      node.textContent = text;
      node.dataset.save = text;
      node.setAttribute("aria-label", "Save " + title.textContent + " as " + text);
      node.addEventListener("click", act);
      row.append(node);
    }
    button("CSV", function () { save(name() + ".csv", "text/csv", cells(table)); });
    if (plot && all("svg.plot", figure).length === 1) button("SVG", function () { save(name() + ".svg", "image/svg+xml", standalone(plot)); });
    details.append(row);
  });
})();
