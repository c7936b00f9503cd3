// Scatter of compared runs: any two settings or metrics, the size and the colour of the points by others.
(function () {
  "use strict";
  var all = function (selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); };
  var node = document.getElementById("scatter-data");
  if (!node) return;
  var scatter = JSON.parse(node.textContent);
  function drawScatter() {
    var SVG = "http://www.w3.org/2000/svg", plot = document.querySelector(".scatter"), height = Number(plot.getAttribute("height"));
    var chosen = function (act) { return document.querySelector('[data-act="' + act + '"]').value; };
    var across = scatter.axes[Number(chosen("scatter-x"))], up = scatter.axes[Number(chosen("scatter-y"))];
    var size = chosen("scatter-size") === "none" ? null : scatter.axes[Number(chosen("scatter-size"))];
    var tint = chosen("scatter-colour") === "none" ? null : scatter.axes[Number(chosen("scatter-colour"))];
    var make = function (name, attributes, text) {
      var node = document.createElementNS(SVG, name);
      attributes.forEach(function (a) { node.setAttribute(a[0], a[1]); });
      if (text !== undefined) node.textContent = text;
      return node;
    };
    function scale(axis) {
      var known = axis.values.filter(function (v) { return v !== null && (!axis.log || v > 0); });
      var low = Math.min.apply(null, known), high = Math.max.apply(null, known);
      var of = axis.log ? Math.log : Number;
      return function (v) {
        if (v === null || (axis.log && v <= 0)) return null;
        return high > low ? 0.05 + 0.9 * (of(v) - of(low)) / (of(high) - of(low)) : 0.5;
      };
    }
    function ticks(axis) {
      if (axis.categories.length) return axis.categories.map(function (text, i) { return [i, text.length > 14 ? text.slice(0, 13) + "…" : text]; });
      var known = Array.from(new Set(axis.values.filter(function (v) { return v !== null; }))).sort(function (a, b) { return a - b; });
      if (known.length <= 6 || axis.log) {
        var few = known.length <= 6 ? known : [0, 1, 2, 3, 4, 5].map(function (i) { return known[Math.floor(i * (known.length - 1) / 5)]; });
        if (axis.log || !axis.percent) return few.map(function (v) { return [v, String(Number(v.toPrecision(3)))]; });
      }
      var low = known[0], high = known[known.length - 1], power = Math.pow(10, Math.floor(Math.log10((high - low) / 5 || 1)));
      var step = [1, 2, 5, 10].map(function (m) { return m * power; }).filter(function (s) { return s >= (high - low) / 5; })[0], found = [];
      for (var i = Math.ceil(low / step); i <= Math.floor(high / step); i++) {
        var v = Number((i * step).toPrecision(12));
        found.push([v, axis.percent ? Number((v * 100).toPrecision(8)) + "%" : String(v)]);
      }
      return found;
    }
    var x = scale(across), y = scale(up), s = size ? scale(size) : null, t = tint ? scale(tint) : null;
    function words(axis, v) {
      if (v === null) return "–";
      if (axis.categories.length) return axis.categories[v];
      return axis.percent && Math.abs(v) <= 1 ? (v * 100).toFixed(2) + "%" : String(Number(v.toPrecision(3)));
    }
    var key = document.querySelector("[data-tint]"), known = tint ? tint.values.filter(function (v) { return v !== null; }) : [];
    var tinted = function (v) { return Math.round((t(v) - 0.05) / 0.9 * 8); };
    document.querySelector("[data-scatter-title]").textContent = up.name + " over " + across.name;
    key.hidden = !tint;
    key.textContent = tint ? "Colour: " + tint.name + (tint.categories.length ? "" : ", from " + words(tint, Math.min.apply(null, known)) + " (faint) to " + words(tint, Math.max.apply(null, known)) + " (full)") + "." : "";
    [[".axis.x", across, x], [".axis.y", up, y]].forEach(function (one) {
      var group = plot.querySelector(one[0]), name = group.querySelector(".name"), base = group.querySelector(".base");
      while (group.firstChild) group.removeChild(group.firstChild);
      if (base) group.append(base);
      ticks(one[1]).forEach(function (tick) {
        var part = one[2](tick[0]);
        if (part === null) return;
        if (base) { group.append(make("text", [["x", part * 100 + "%"], ["y", height + 18]], tick[1])); return; }
        var top = (1 - part) * height;
        group.append(make("line", [["x1", 0], ["x2", "100%"], ["y1", top], ["y2", top]]), make("text", [["x", -8], ["y", top], ["dy", "0.32em"]], tick[1]));
      });
      name.textContent = one[1].name + (one[1].log ? " (log)" : "");
      group.append(name);
    });
    var points = plot.querySelector(".points"), places = new Map();
    while (points.firstChild) points.removeChild(points.firstChild);
    var strip = plot.querySelector(".strip"), ends = [Math.min.apply(null, known), Math.max.apply(null, known)];
    if (strip) strip.remove();
    if (hasNumbers(tint) && ends[0] < ends[1]) {
      // From the corner to the left: greatest, shades, least.
      strip = make("svg", [["class", "strip"], ["x", "100%"], ["y", -26], ["aria-hidden", "true"]]);
      var text = make("text", [["x", 0], ["y", 16]], words(tint, ends[1]));
      strip.append(text);
      plot.append(strip);
      var room = 6 + text.getComputedTextLength();
      for (var shade = 8; shade >= 0; shade--) strip.append(make("rect", [["class", "band t" + shade], ["x", -room - 9 * (9 - shade)], ["y", 7], ["width", 9], ["height", 10]]));
      strip.append(make("text", [["x", -room - 87], ["y", 16]], words(tint, ends[0])));
    }
    scatter.letters.forEach(function (letter, run) {
      var a = x(across.values[run]), b = y(up.values[run]);
      if (a === null || b === null) return;
      if (!places.has(a)) places.set(a, []);
      places.get(a).push(b);
    });
    places.forEach(function (heights, a) {
      if (heights.length < 3 || !up.metric) return;
      heights.sort(function (p, q) { return p - q; });
      var at = function (part) {
        var place = part * (heights.length - 1), i = Math.floor(place), next = heights[Math.min(i + 1, heights.length - 1)];
        return heights[i] + (place - i) * (next - heights[i]);
      };
      var middle = at(0.5);
      if (heights.length >= 5) {
        [[heights[0], at(0.25)], [at(0.75), heights[heights.length - 1]]].forEach(function (ends) {
          points.append(make("line", [["class", "whisker"], ["x1", a * 100 + "%"], ["x2", a * 100 + "%"], ["y1", (1 - ends[0]) * height], ["y2", (1 - ends[1]) * height]]));
        });
        points.append(make("rect", [["class", "box"], ["x", (a - 0.02) * 100 + "%"], ["y", (1 - at(0.75)) * height], ["width", "4%"], ["height", (at(0.75) - at(0.25)) * height]]));
      }
      points.append(make("line", [["class", "median"], ["x1", (a - 0.02) * 100 + "%"], ["x2", (a + 0.02) * 100 + "%"], ["y1", (1 - middle) * height], ["y2", (1 - middle) * height]]));
    });
    var labels = [];
    scatter.letters.forEach(function (letter, run) {
      var a = x(across.values[run]), b = y(up.values[run]), part = s ? s(size.values[run]) : null;
      var box = document.querySelector('[data-act="show"][value="' + run + '"]');
      if (a === null || b === null || (box && !box.checked)) return;
      var radius = s ? (part === null ? 2 : 3 + 11 * part) : tint ? 9 : 6, left = a * 100 + "%", top = (1 - b) * height, colour = "s" + run % 8, value = "";
      // With its value beside it, so that nothing is said by colour alone.
      if (tint) {
        var depth = t(tint.values[run]);
        colour = depth === null ? "t-none" : "t" + tinted(tint.values[run]);
        value = " " + words(tint, tint.values[run]);
      }
      points.append(make("circle", [["class", "run-dot " + colour], ["data-run", run], ["r", radius], ["cx", left], ["cy", top]]));
      var beside = a > 0.7 && tint;
      labels.push(make("text", [["class", colour + (beside ? " before" : "")], ["data-run", run], ["x", left], ["y", top], ["dx", beside ? -radius - 4 : radius + 4], ["dy", "0.32em"]], letter));
      if (value) labels[labels.length - 1].append(make("tspan", [["class", "measured"]], value));
    });
    labels.forEach(function (label) { points.append(label); });
  }
  function hasNumbers(axis) { return axis !== null && !axis.categories.length; }
  all('[data-act^="scatter-"]').forEach(function (control) { control.addEventListener("change", drawScatter); });
})();
