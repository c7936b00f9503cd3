// Curves: a cursor with values, smoothing over every point, a log scale, and zooming where the
// library for it is in the file. Without this script the curves stand as they were drawn.
(function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg";
  var WIDTH = 4000, HEIGHT = 1000, LIMIT = 2000;
  var all = function (selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  };

  function floats(text) {
    var raw = atob(text);
    var bytes = new Uint8Array(raw.length);
    for (var i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
    var view = new DataView(bytes.buffer), values = new Float64Array(bytes.length / 4);
    for (var j = 0; j < values.length; j++) values[j] = view.getFloat32(4 * j, true);
    return values;
  }
  function positions(coded, count) {
    if (typeof coded === "string") return floats(coded);
    var values = new Float64Array(count);
    for (var i = 0; i < count; i++) values[i] = coded[0] + i * coded[1];
    return values;
  }
  // The moving average with the start's bias taken out, as it is computed in the report's program.
  function smooth(values, weight) {
    if (!(weight > 0)) return values;
    var average = 0, bias = 1, result = new Float64Array(values.length);
    for (var i = 0; i < values.length; i++) {
      if (!isFinite(values[i])) { result[i] = values[i]; continue; }
      average = average * weight + values[i] * (1 - weight);
      bias *= weight;
      result[i] = average / (1 - bias);
    }
    return result;
  }
  // The least and the greatest of each stretch, in order.
  function thin(y) {
    var chosen = [];
    if (y.length <= LIMIT) { for (var i = 0; i < y.length; i++) chosen.push(i); return chosen; }
    var stretches = LIMIT / 2 - 1;
    chosen.push(0);
    for (var s = 0; s < stretches; s++) {
      var from = Math.floor(s * y.length / stretches), to = Math.floor((s + 1) * y.length / stretches);
      var least = -1, most = -1;
      for (var k = from; k < to; k++) {
        if (!isFinite(y[k])) continue;
        if (least < 0 || y[k] < y[least]) least = k;
        if (most < 0 || y[k] > y[most]) most = k;
      }
      if (least < 0) continue;
      chosen.push(Math.min(least, most));
      if (least !== most) chosen.push(Math.max(least, most));
    }
    chosen.push(y.length - 1);
    return chosen;
  }
  function niceTicks(low, high) {
    var rough = (high - low) / 5, power = Math.pow(10, Math.floor(Math.log10(rough)));
    var step = [1, 2, 5, 10].map(function (m) { return m * power; }).filter(function (s) { return s >= rough; })[0];
    var ticks = [];
    for (var i = Math.ceil(low / step); i <= Math.floor(high / step); i++) ticks.push(Number((i * step).toPrecision(12)));
    return ticks;
  }
  function logTicks(low, high) {
    var ticks = [], decades = Math.log10(high / low), marks = decades > 3 ? [1] : decades > 1 ? [1, 2, 5] : null;
    if (!marks) return niceTicks(low, high).filter(function (t) { return t > 0; });
    for (var e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e++)
      marks.forEach(function (m) { var t = m * Math.pow(10, e); if (t >= low && t <= high) ticks.push(Number(t.toPrecision(12))); });
    return ticks;
  }
  function words(value, percent, digits) {
    if (!isFinite(value)) return "–";
    if (percent) return (value * 100).toFixed(2) + "%";
    return String(Number(value.toPrecision(digits || 4)));
  }
  function tickWords(value, percent) {
    return percent ? Number((value * 100).toPrecision(8)) + "%" : String(Number(value.toPrecision(8)));
  }

  var charts = all("[data-chart]").map(function (figure) {
    return { figure: figure, plot: figure.querySelector(".plot"), data: null, weight: 0, log: false, clip: false, groups: null, hidden: {} };
  });
  // Decoded when first needed: a page of many long runs must open at once.
  function load(chart) {
    if (chart.data) return chart.data;
    var data = JSON.parse(chart.figure.querySelector('script[type="application/json"]').textContent);
    data.series.forEach(function (series) {
      series.y = floats(series.y);
      series.x = positions(series.x, series.y.length);
    });
    chart.data = data;
    measure(chart);
    chart.height = Number(chart.plot.getAttribute("height"));
    return data;
  }
  // From where to where the chart goes across.
  function measure(chart) {
    var data = chart.data;
    var low = Infinity, high = -Infinity;
    data.series.forEach(function (series) {
      if (!series.x.length) return;
      low = Math.min(low, series.x[0]);
      high = Math.max(high, series.x[series.x.length - 1]);
    });
    if (!(high > low)) { var margin = low === 0 ? 0.5 : Math.abs(low) / 2; low -= margin; high += margin; }
    chart.low = low;
    chart.high = high;
  }

  // Epochs, steps or time across: what the page knows of when epochs ended.
  var timesNode = document.getElementById("run-times");
  var times = timesNode ? JSON.parse(timesNode.textContent) : [];
  function timesOf(series) { return times.length === 1 ? times[0] : times[series.style]; }
  // Seconds at a place that is given in epochs; none where the run did not see it.
  function secondsAt(known, epoch) {
    var from = known.start, before = 0;
    if (epoch < from) return NaN;
    for (var i = 0; i < known.ends.length; i++) {
      var to = Math.floor(known.start) + 1 + i;
      if (epoch <= to) return before + (epoch - from) / (to - from) * (known.ends[i] - before);
      from = to;
      before = known.ends[i];
    }
    return NaN;
  }
  var longest = times.reduce(function (most, known) { return known ? Math.max(most, known.ends[known.ends.length - 1] || 0) : most; }, 0);
  var unit = longest < 120 ? ["seconds", 1] : longest < 7200 ? ["minutes", 60] : ["hours", 3600];
  function placeAcross(value, own, kind, known) {
    if (own === kind) return value;
    if (!known) return NaN;
    var epoch = own === "epoch" ? value : value / known.steps;
    return kind === "epoch" ? epoch : kind === "step" ? epoch * known.steps : secondsAt(known, epoch) / unit[1];
  }
  function setAcross(chart, kind) {
    var data = load(chart);
    if (!chart.own) {
      chart.own = data.axis;
      chart.axis = chart.plot.querySelector(".axis.x").cloneNode(true);
      data.series.forEach(function (series) { series.own = { x: series.x, y: series.y }; });
    }
    if (chart.own !== "epoch" && chart.own !== "step") return;
    data.axis = kind === "time" ? unit[0] : kind;
    data.series.forEach(function (series) {
      var x = [], y = [], at = [], known = timesOf(series);
      series.own.x.forEach(function (value, i) {
        var place = placeAcross(value, chart.own, kind, known);
        if (!isFinite(place)) return;
        x.push(place); y.push(series.own.y[i]); at.push(value);
      });
      series.x = Float64Array.from(x);
      series.y = Float64Array.from(y);
      series.at = kind === "time" ? at : null;
    });
    measure(chart);
    // Time is counted from where training began or went on.
    if (kind === "time") chart.low = 0;
    drawAcross(chart, kind);
    redraw(chart);
  }
  function drawAcross(chart, kind) {
    var axis = chart.plot.querySelector(".axis.x"), drawn = chart.axis.cloneNode(true);
    axis.replaceWith(drawn);
    var part = function (value) { return (value - chart.low) / (chart.high - chart.low); };
    if (kind !== chart.own) {
      all("line:not(.base), text:not(.name)", drawn).forEach(function (node) { node.remove(); });
      drawn.querySelector(".name").textContent = chart.data.axis;
      niceTicks(chart.low, chart.high).forEach(function (tick) {
        var line = document.createElementNS(SVG, "line"), text = document.createElementNS(SVG, "text"), x = part(tick) * 100 + "%";
        [["x1", x], ["x2", x], ["y1", chart.height], ["y2", chart.height + 4]].forEach(function (a) { line.setAttribute(a[0], a[1]); });
        [["x", x], ["y", chart.height + 18]].forEach(function (a) { text.setAttribute(a[0], a[1]); });
        text.textContent = tickWords(tick, false);
        drawn.append(line, text);
      });
    }
    all("[data-x]", chart.plot).forEach(function (node) {
      var known = timesOf({ style: Number(node.dataset.style || 0) });
      var at = part(placeAcross(Number(node.dataset.x), chart.own, kind, known)), x = at * 100 + "%";
      var seen = at >= 0 && at <= 1;
      node.classList.toggle("elsewhere", !seen);
      if (!seen) return;
      if (node.matches("circle")) node.setAttribute("cx", x);
      else if (node.matches("rect")) { node.setAttribute("x", x); node.setAttribute("width", (1 - at) * 100 + "%"); }
      else all("line, text", node).forEach(function (one) {
        (one.matches("line") ? ["x1", "x2"] : ["x"]).forEach(function (name) { one.setAttribute(name, x); });
      });
    });
  }

  function redraw(chart) {
    var data = load(chart), low = Infinity, high = -Infinity, least = Infinity;
    var drawn = data.series.map(function (series) { return smooth(series.y, chart.weight); });
    data.series.forEach(function (series, index) {
      if (chart.hidden[series.style]) return;
      (chart.weight > 0 ? [series.y, drawn[index]] : [series.y]).forEach(function (values) {
        for (var i = 0; i < values.length; i++) {
          var v = values[i];
          if (!isFinite(v)) continue;
          if (v < low) low = v;
          if (v > high) high = v;
          if (v > 0 && v < least) least = v;
        }
      });
    });
    if (chart.clip) {
      var usual = usualRange(chart, drawn);
      if (usual) { low = usual[0]; high = usual[1]; least = Math.max(least, low); }
    }
    if (low > high) { low = 0; high = 1; }
    var log = chart.log && least < Infinity;
    var place;
    if (log) {
      var a = Math.log(least), b = Math.log(Math.max(high, least));
      if (!(b > a)) { a -= 0.5; b += 0.5; }
      var pad = (b - a) * 0.05;
      a -= pad; b += pad;
      place = function (v) { return v > 0 ? (Math.log(v) - a) / (b - a) : NaN; };
      low = Math.exp(a); high = Math.exp(b);
    } else {
      if (!(high > low)) { var m = low === 0 ? 0.5 : Math.abs(low) / 2; low -= m; high += m; }
      else { var p = (high - low) * 0.05; low -= p; high += p; }
      place = function (v) { return (v - low) / (high - low); };
    }
    chart.place = place;
    chart.plot.classList.toggle("clipped", chart.clip);
    drawAxis(chart, log ? logTicks(low, high) : niceTicks(low, high));
    drawLines(chart, drawn);
    drawGroups(chart, drawn);
    drawEnds(chart, drawn);
    all(".dot", chart.plot).forEach(function (dot) {
      var part = place(Number(dot.dataset.v));
      dot.style.display = isFinite(part) && !chart.hidden[dot.dataset.style] ? "" : "none";
      if (isFinite(part)) dot.setAttribute("cy", (1 - part) * chart.height);
    });
  }
  // From the second to the ninety-eighth of a hundred parts of all values that are shown.
  function usualRange(chart, drawn) {
    var values = [];
    drawn.forEach(function (one, index) {
      if (chart.hidden[chart.data.series[index].style]) return;
      var step = Math.max(1, Math.floor(one.length / 4000));
      for (var i = 0; i < one.length; i += step) if (isFinite(one[i])) values.push(one[i]);
    });
    if (values.length < 10) return null;
    values.sort(function (a, b) { return a - b; });
    var at = function (part) { return values[Math.round(part * (values.length - 1))]; };
    return at(0.98) > at(0.02) ? [at(0.02), at(0.98)] : null;
  }
  // The runs of a group as one line, their mean, in a band from the least to the greatest of them.
  function drawGroups(chart, drawn) {
    var field = chart.plot.querySelector(".lines");
    all(".group-band, .group-mean", field).forEach(function (path) { path.remove(); });
    chart.plot.classList.toggle("grouped", !!chart.groups);
    if (!chart.groups) return;
    var groups = {};
    chart.data.series.forEach(function (series, index) {
      var group = chart.groups[series.style];
      if (group === undefined || chart.hidden[series.style]) return;
      var points = groups[group] = groups[group] || new Map();
      for (var i = 0; i < drawn[index].length; i++) {
        // Over time the runs of a group meet at their epochs, drawn where these ended in the mean.
        var key = series.at ? series.at[i] : series.x[i], value = drawn[index][i], point = points.get(key);
        if (!isFinite(value)) continue;
        if (!point) points.set(key, [value, value, value, 1, series.x[i]]);
        else { point[0] += value; point[1] = Math.min(point[1], value); point[2] = Math.max(point[2], value); point[3]++; point[4] += series.x[i]; }
      }
    });
    Object.keys(groups).forEach(function (group) {
      var keys = Array.from(groups[group].keys()).sort(function (a, b) { return a - b; });
      var of = function (pick) { return Float64Array.from(keys, function (at) { return pick(groups[group].get(at)); }); };
      var series = { x: of(function (p) { return p[4] / p[3]; }) };
      var low = pathOf(chart, series, of(function (p) { return p[1]; })), high = pathOf(chart, series, of(function (p) { return p[2]; }));
      var points = function (path) { return path.replace(/h0/g, "").split(/[ML]/).slice(1); };
      var band = document.createElementNS(SVG, "path"), mean = document.createElementNS(SVG, "path");
      band.setAttribute("class", "group-band s" + group % 8);
      band.setAttribute("d", "M" + points(high).concat(points(low).reverse()).join("L") + "z");
      mean.setAttribute("class", "group-mean s" + group % 8 + " d" + group % 8);
      mean.setAttribute("d", pathOf(chart, series, of(function (p) { return p[0] / p[3]; })));
      field.append(band, mean);
    });
  }
  function drawAxis(chart, ticks) {
    var axis = chart.plot.querySelector(".axis.y");
    while (axis.firstChild) axis.removeChild(axis.firstChild);
    ticks.forEach(function (tick) {
      var y = (1 - chart.place(tick)) * chart.height;
      var line = document.createElementNS(SVG, "line"), text = document.createElementNS(SVG, "text");
      [["x1", 0], ["x2", "100%"], ["y1", y], ["y2", y]].forEach(function (a) { line.setAttribute(a[0], a[1]); });
      [["x", -8], ["y", y], ["dy", "0.32em"]].forEach(function (a) { text.setAttribute(a[0], a[1]); });
      text.textContent = tickWords(tick, chart.data.percent);
      axis.appendChild(line);
      axis.appendChild(text);
    });
  }
  function pathOf(chart, series, values) {
    var path = "", open = false;
    thin(values).forEach(function (i) {
      var part = chart.place(values[i]);
      if (!isFinite(part)) { open = false; return; }
      var x = Math.round((series.x[i] - chart.low) / (chart.high - chart.low) * WIDTH);
      path += (open ? "L" : "M") + x + " " + Math.round((1 - part) * HEIGHT) + (open ? "" : "h0");
      open = true;
    });
    return path;
  }
  function drawLines(chart, drawn) {
    var field = chart.plot.querySelector(".lines");
    all(".raw", field).forEach(function (path) { path.remove(); });
    all(".line", field).forEach(function (path, index) {
      var series = chart.data.series[index];
      path.style.display = chart.hidden[series.style] ? "none" : "";
      if (chart.hidden[series.style]) return;
      path.setAttribute("d", pathOf(chart, series, drawn[index]));
      if (!(chart.weight > 0)) return;
      var raw = document.createElementNS(SVG, "path");
      raw.setAttribute("class", "raw s" + series.style % 8);
      raw.setAttribute("d", pathOf(chart, series, series.y));
      field.insertBefore(raw, field.firstChild);
    });
  }
  function drawEnds(chart, drawn) {
    var labels = all(".ends text", chart.plot).map(function (node) {
      var index = Number(node.dataset.line), values = drawn[index], last = NaN;
      for (var i = values.length - 1; i >= 0 && !isFinite(last); i--) last = values[i];
      var shown = !chart.hidden[chart.data.series[index].style] && isFinite(chart.place(last));
      node.style.display = shown ? "" : "none";
      var ends = chart.data.series[index].x, part = ends.length ? (ends[ends.length - 1] - chart.low) / (chart.high - chart.low) : 1;
      node.setAttribute("x", part * 100 + "%");
      return { node: node, shown: shown, part: part, y: shown ? Math.min(Math.max((1 - chart.place(last)) * chart.height, 0), chart.height) : 0 };
    }).filter(function (label) { return label.shown; });
    labels.sort(function (a, b) { return a.y - b.y; });
    // Lines that end apart are in nobody's way.
    var apart = labels.some(function (label) { return label.part < 0.999; });
    chart.plot.classList.toggle("apart", apart);
    if (apart) {
      labels.forEach(function (label, place) {
        labels.slice(0, place).forEach(function (other) {
          if (Math.abs(other.part - label.part) < 0.06) label.y = Math.max(label.y, other.y + 13);
        });
        label.node.setAttribute("y", label.y);
      });
      return;
    }
    for (var i = 1; i < labels.length; i++) labels[i].y = Math.max(labels[i].y, labels[i - 1].y + 15);
    if (labels.length) labels[labels.length - 1].y = Math.min(labels[labels.length - 1].y, chart.height);
    for (var j = labels.length - 2; j >= 0; j--) labels[j].y = Math.min(labels[j].y, labels[j + 1].y - 15);
    labels.forEach(function (label) { label.node.setAttribute("y", label.y); });
  }

  // The cursor: one line over all charts with the same axis, values in the chart under the pointer.
  function nearest(x, at) {
    var low = 0, high = x.length - 1;
    while (high - low > 1) { var middle = (low + high) >> 1; if (x[middle] < at) low = middle; else high = middle; }
    return Math.abs(x[low] - at) <= Math.abs(x[high] - at) ? low : high;
  }
  function cursor(chart, at) {
    var line = chart.plot.querySelector(".cursor");
    if (at === null) { if (line) line.remove(); return; }
    if (!line) {
      line = document.createElementNS(SVG, "line");
      line.setAttribute("class", "cursor");
      line.setAttribute("y1", 0);
      line.setAttribute("y2", chart.height);
      chart.plot.appendChild(line);
    }
    var part = (at - chart.low) / (chart.high - chart.low);
    line.style.display = part < 0 || part > 1 ? "none" : "";
    line.setAttribute("x1", part * 100 + "%");
    line.setAttribute("x2", part * 100 + "%");
  }
  charts.forEach(function (chart) {
    var frame = chart.figure.querySelector(".frame");
    var area = document.createElement("div"), tip = document.createElement("div");
    area.className = "catch";
    tip.className = "hover";
    tip.hidden = true;
    frame.appendChild(area);
    frame.appendChild(tip);
    area.addEventListener("pointermove", function (event) {
      var data = load(chart), box = area.getBoundingClientRect();
      var at = chart.low + (event.clientX - box.left) / box.width * (chart.high - chart.low);
      if (!chart.place) redraw(chart);
      var pointer = 1 - (event.clientY - box.top) / box.height, found = [];
      data.series.forEach(function (series) {
        if (chart.hidden[series.style] || !series.x.length) return;
        var i = nearest(series.x, at);
        var value = smooth(series.y, chart.weight)[i];
        found.push({ series: series, x: series.x[i], raw: series.y[i], value: value, far: Math.abs(chart.place(value) - pointer) });
      });
      if (!found.length) return;
      var shown = found.length > 8 ? found.slice().sort(function (a, b) { return a.far - b.far; }).slice(0, 8) : found;
      var closest = shown.reduce(function (a, b) { return Math.abs(b.x - at) < Math.abs(a.x - at) ? b : a; });
      while (tip.firstChild) tip.removeChild(tip.firstChild);
      var head = document.createElement("b");
      head.textContent = data.axis + " " + words(closest.x, false, 7);
      tip.appendChild(head);
      shown.forEach(function (one) {
        var row = document.createElement("span"), name = document.createElement("i"), value = document.createElement("b");
        name.textContent = one.series.name;
        value.textContent = words(one.value, data.percent) + (chart.weight > 0 ? " (" + words(one.raw, data.percent) + ")" : "");
        row.appendChild(name);
        row.appendChild(value);
        tip.appendChild(row);
      });
      if (found.length > shown.length) {
        var rest = document.createElement("span");
        rest.textContent = "nearest " + shown.length + " of " + found.length;
        tip.appendChild(rest);
      }
      tip.hidden = false;
      var left = event.clientX - frame.getBoundingClientRect().left;
      var wide = tip.offsetWidth;
      tip.style.left = Math.max(0, left + 14 + wide > frame.clientWidth ? left - wide - 14 : left + 14) + "px";
      tip.style.top = "24px";
      charts.forEach(function (other) {
        if (load(other).axis === data.axis) cursor(other, closest.x);
      });
    });
    area.addEventListener("pointerleave", function () {
      tip.hidden = true;
      charts.forEach(function (other) { if (other.data) cursor(other, null); });
    });
  });

  // Smoothing and scale.
  function section(node) {
    var part = node.closest("section");
    return charts.filter(function (chart) { return part.contains(chart.figure); });
  }
  var pending = 0;
  all('[data-act="smooth"]').forEach(function (slider) {
    slider.addEventListener("input", function () {
      var weight = Math.min(Number(slider.value), 0.999);
      all("[data-smooth]", slider.closest("section")).forEach(function (node) { node.textContent = String(weight); });
      cancelAnimationFrame(pending);
      pending = requestAnimationFrame(function () {
        section(slider).forEach(function (chart) { chart.weight = weight; redraw(chart); });
        zoomed.forEach(function (one) { one.rebuild(); });
      });
    });
  });
  all('[data-act="log"]').forEach(function (box) {
    box.addEventListener("change", function () {
      section(box).forEach(function (chart) { chart.log = box.checked; redraw(chart); });
      zoomed.forEach(function (one) { one.rebuild(); });
    });
  });
  all('[data-act="outliers"]').forEach(function (box) {
    box.addEventListener("change", function () {
      section(box).forEach(function (chart) { chart.clip = box.checked; redraw(chart); });
    });
  });
  ["curves", "steps"].forEach(function (id) {
    var tools = document.querySelector("#" + id + " .tools");
    if (!tools || !times.length) return;
    var own = section(tools)[0] && load(section(tools)[0]).axis;
    if (own !== "epoch" && own !== "step") return;
    var label = document.createElement("label"), select = document.createElement("select");
    select.dataset.act = "across";
    [["epoch", "epochs"], ["step", "steps"], ["time", "time"]].forEach(function (kind) {
      select.add(new Option(kind[1], kind[0], kind[0] === own, kind[0] === own));
    });
    label.append("Across ", select);
    tools.prepend(label);
    select.addEventListener("change", function () {
      section(select).forEach(function (chart) { setAcross(chart, select.value); });
      zoomed.forEach(function (one) { one.rebuild(); });
    });
  });
  all('[data-act="group"]').forEach(function (select) {
    var choices = JSON.parse(document.getElementById("group-data").textContent);
    select.addEventListener("change", function () {
      var chosen = select.value === "none" ? null : choices[Number(select.value)];
      var legends = all(".legend", select.closest("section"));
      legends.forEach(function (legend) {
        var own = legend.hasAttribute("data-group-legend");
        legend.hidden = own !== !!chosen;
        if (!own) return;
        while (legend.firstChild) legend.removeChild(legend.firstChild);
        (chosen ? chosen.names : []).forEach(function (name, group) {
          var entry = document.createElement("li"), swatch = document.createElementNS(SVG, "svg"), line = document.createElementNS(SVG, "line");
          swatch.setAttribute("class", "swatch");
          swatch.setAttribute("aria-hidden", "true");
          [["class", "s" + group % 8 + " d" + group % 8], ["x1", 0], ["x2", "100%"], ["y1", 4], ["y2", 4]].forEach(function (a) { line.setAttribute(a[0], a[1]); });
          swatch.append(line);
          var count = chosen.runs.filter(function (one) { return one === group; }).length;
          entry.append(swatch, name + " · " + count + (count === 1 ? " run" : " runs"));
          legend.append(entry);
        });
      });
      section(select).forEach(function (chart) { chart.groups = chosen && chosen.runs; redraw(chart); });
    });
  });
  // Other scripts hide lines by their style: a run has one style in every chart.
  document.addEventListener("hideline", function (event) {
    charts.forEach(function (chart) {
      chart.hidden[event.detail.style] = event.detail.hidden;
      redraw(chart);
    });
  });

  // Zooming by dygraphs, where it is in the file: all charts of the section move together.
  var zoomed = [];
  function zoom(chart, group) {
    var frame = chart.figure.querySelector(".frame"), place = document.createElement("div"), graph = null;
    place.className = "zoom";
    function rows() {
      var table = new Map(), series = chart.data.series;
      series.forEach(function (one, index) {
        var values = smooth(one.y, chart.weight);
        for (var i = 0; i < values.length; i++) {
          var row = table.get(one.x[i]);
          if (!row) { row = [one.x[i]]; for (var k = 0; k < series.length; k++) row.push(null); table.set(one.x[i], row); }
          row[index + 1] = values[i];
        }
      });
      return Array.from(table.values()).sort(function (a, b) { return a[0] - b[0]; });
    }
    function build() {
      var style = getComputedStyle(document.documentElement);
      var colour = function (name) { return style.getPropertyValue(name).trim(); };
      var dashes = [null, [7, 4], [2, 4], [10, 3, 2, 3], [13, 5], [4, 3], [9, 3, 2, 3, 2, 3], [3, 6]];
      var names = chart.data.series.map(function (one, index) { return String(index) + " " + one.name; });
      var perSeries = {};
      chart.data.series.forEach(function (one, index) {
        perSeries[names[index]] = {
          color: colour("--s" + one.style % 8), strokeWidth: 2,
          strokePattern: dashes[(one.style + Math.floor(one.style / 8)) % 8]
        };
      });
      graph = new window.Dygraph(place, rows(), {
        labels: [chart.data.axis].concat(names), series: perSeries, logscale: chart.log,
        legend: "never", gridLineColor: colour("--rule"), axisLineColor: colour("--rule-strong"),
        axisLabelColor: colour("--muted"), highlightCircleSize: 3, connectSeparatedPoints: true,
        animatedZooms: false, labelsDiv: document.createElement("div"),
        axes: { y: { axisLabelFormatter: function (v) { return tickWords(v, chart.data.percent); }, axisLabelWidth: 52 } },
        drawCallback: function (drawn, initial) {
          if (initial || group.busy) return;
          var axis = chart.data.axis;
          group.busy = true;
          var range = drawn.xAxisRange();
          group.members.forEach(function (other) { if (other.graph() !== drawn && other.axis === axis) other.graph().updateOptions({ dateWindow: range }); });
          group.busy = false;
        }
      });
    }
    function rebuild() { if (graph) graph.destroy(); build(); }
    load(chart);
    frame.hidden = true;
    frame.after(place);
    build();
    return {
      get axis() { return chart.data.axis; },
      rebuild: rebuild,
      graph: function () { return graph; },
      remove: function () { graph.destroy(); place.remove(); frame.hidden = false; }
    };
  }
  all('[data-act="explore"]').forEach(function (button) {
    if (typeof window.Dygraph !== "function") return;
    // Its legend writes style attributes, which the page's policy forbids; the page has its own.
    var Dygraph = window.Dygraph;
    Dygraph.PLUGINS = Dygraph.PLUGINS.filter(function (plugin) { return plugin !== Dygraph.Plugins.Legend; });
    button.hidden = false;
    var own = [];
    button.addEventListener("click", function () {
      var on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      button.textContent = on ? "Zoom: drag, double-click to reset" : "Zoom";
      zoomed = zoomed.filter(function (one) { return own.indexOf(one) < 0; });
      own.forEach(function (one) { one.remove(); });
      own = [];
      if (!on) return;
      // A graph that is being drawn asks for its group before all members are there.
      var group = { members: [], busy: true };
      own = group.members = section(button).map(function (chart) { return zoom(chart, group); });
      group.busy = false;
      zoomed = zoomed.concat(own);
    });
  });
  document.addEventListener("themechange", function () { zoomed.forEach(function (one) { one.rebuild(); }); });
})();
