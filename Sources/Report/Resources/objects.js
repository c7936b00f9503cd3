// Objects in space: turned by dragging or by arrow keys. Without this script they stand as they were drawn.
(function () {
  "use strict";
  var LIGHT = [-0.36, 0.48, 0.8], BRIGHTEST = 12, LEVELS = 16, SIDE = 320, RADIUS = 150, STEP = 15;
  var all = function (selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  };
  function clamp(value, low, high) { return Math.min(Math.max(value, low), high); }
  function bytes(text) {
    var raw = atob(text), result = new Uint8Array(raw.length);
    for (var i = 0; i < raw.length; i++) result[i] = raw.charCodeAt(i);
    return result;
  }
  function words(text) {
    var own = bytes(text), result = new Uint16Array(own.length / 2);
    for (var i = 0; i < result.length; i++) result[i] = own[2 * i] | own[2 * i + 1] << 8;
    return result;
  }
  function dot(a, b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
  // The directions of the picture, across, upwards and towards the viewer, in the space of the object.
  function basis(view, up) {
    var a = view.azimuth * Math.PI / 180, e = view.elevation * Math.PI / 180;
    var rows = [
      [Math.cos(a), Math.sin(a), 0],
      [-Math.sin(a) * Math.sin(e), Math.cos(a) * Math.sin(e), Math.cos(e)],
      [Math.sin(a) * Math.cos(e), -Math.cos(a) * Math.cos(e), Math.sin(e)]
    ];
    return up === "y" ? rows.map(function (r) { return [r[0], r[2], -r[1]]; }) : rows;
  }

  function read(body) {
    var data = JSON.parse(body.querySelector("script").textContent), places = words(data.points);
    var points = new Float32Array(places.length);
    for (var i = 0; i < places.length; i++) points[i] = (places[i] / 65535 * 2 - 1) * data.half[i % 3];
    return {
      body: body, half: data.half, closed: data.closed, up: data.up, start: { azimuth: data.azimuth, elevation: data.elevation, zoom: 1 },
      points: points, seen: new Float32Array(points.length), triangles: data.triangles ? words(data.triangles) : null,
      colours: data.colours ? words(data.colours) : null, classes: data.classes ? bytes(data.classes) : null, looks: {}
    };
  }
  // A colour of the style sheet, asked for once a theme.
  function look(object, name) {
    if (!object.looks[name]) {
      var probe = document.createElement("i");
      probe.className = name;
      probe.hidden = true;
      object.body.append(probe);
      object.looks[name] = getComputedStyle(probe).color;
      probe.remove();
    }
    return object.looks[name];
  }
  // The colour of a vertex, or the mean of three, with four bits for each part of it.
  function hue(object, corners, light) {
    return "#" + [[11, 31], [5, 63], [0, 31]].map(function (part) {
      var sum = corners.reduce(function (sum, at) { return sum + (object.colours[at] >> part[0] & part[1]); }, 0);
      return Math.round(sum / corners.length / part[1] * light * 15).toString(16);
    }).join("");
  }

  function draw(object, view) {
    var canvas = object.canvas, context = canvas.getContext("2d"), ratio = window.devicePixelRatio || 1;
    var width = canvas.clientWidth, height = canvas.clientHeight, seen = object.seen, points = object.points;
    if (!width || !height) return;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    var rows = basis(view, object.up), unit = Math.min(width, height) / SIDE;
    for (var i = 0; i < points.length; i += 3) {
      for (var r = 0; r < 3; r++) seen[i + r] = rows[r][0] * points[i] + rows[r][1] * points[i + 1] + rows[r][2] * points[i + 2];
    }
    context.save();
    context.translate(width / 2, height / 2);
    context.scale(unit * RADIUS * view.zoom, -unit * RADIUS * view.zoom);
    context.lineJoin = context.lineCap = "round";
    if (object.triangles) drawMesh(object, context, 1 / RADIUS / view.zoom);
    else drawCloud(object, context, rows, 1 / RADIUS / view.zoom);
    context.restore();
    drawCross(object, context, rows, height);
  }
  // From the farthest to the nearest triangle, each flat in one shade.
  function drawMesh(object, context, pixel) {
    var triangles = object.triangles, seen = object.seen, count = triangles.length / 3, order = [], depth = new Float32Array(count);
    for (var t = 0; t < count; t++) {
      depth[t] = seen[3 * triangles[3 * t] + 2] + seen[3 * triangles[3 * t + 1] + 2] + seen[3 * triangles[3 * t + 2] + 2];
      order.push(t);
    }
    order.sort(function (a, b) { return depth[a] - depth[b] || a - b; });
    var before = null;
    function close() {
      if (before === null) return;
      context.fillStyle = context.strokeStyle = before;
      context.fill();
      context.stroke();
    }
    context.lineWidth = 1.1 * pixel;
    order.forEach(function (t) {
      var a = 3 * triangles[3 * t], b = 3 * triangles[3 * t + 1], c = 3 * triangles[3 * t + 2];
      var p = [seen[b] - seen[a], seen[b + 1] - seen[a + 1], seen[b + 2] - seen[a + 2]];
      var q = [seen[c] - seen[a], seen[c + 1] - seen[a + 1], seen[c + 2] - seen[a + 2]];
      var normal = [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]];
      if (!normal[2] || object.closed && normal[2] < 0) return;
      var side = normal[2] > 0 ? 1 : -1, shade = Math.round(BRIGHTEST * Math.max(0, side * dot(normal, LIGHT)) / Math.sqrt(dot(normal, normal)));
      if (!(shade >= 0)) return;
      var own = object.colours ? hue(object, [a / 3, b / 3, c / 3], 0.45 + 0.55 * shade / BRIGHTEST) : look(object, "k" + shade);
      if (own !== before) { close(); before = own; context.beginPath(); }
      // All of a path go around the same way, so that none is a hole in another.
      var second = side > 0 ? b : c, third = side > 0 ? c : b;
      context.moveTo(seen[a], seen[a + 1]);
      context.lineTo(seen[second], seen[second + 1]);
      context.lineTo(seen[third], seen[third + 1]);
      context.closePath();
    });
    close();
  }
  // The nearer points are the larger and the darker; the sides of the box behind them are lines.
  function drawCloud(object, context, rows, pixel) {
    var seen = object.seen, count = seen.length / 3, groups = {}, corners = [], nearest = 0;
    for (var n = 0; n < 8; n++) {
      var corner = object.half.map(function (half, axis) { return n >> axis & 1 ? half : -half; });
      corners.push(rows.map(function (row) { return dot(row, corner); }));
      if (corners[n][2] >= corners[nearest][2]) nearest = n;
    }
    context.beginPath();
    corners.forEach(function (from, n) {
      [1, 2, 4].forEach(function (bit) {
        if (n & bit || n === nearest || (n | bit) === nearest) return;
        context.moveTo(from[0], from[1]);
        context.lineTo(corners[n | bit][0], corners[n | bit][1]);
      });
    });
    context.strokeStyle = look(object, "sides-colour");
    context.lineWidth = 0.8 * pixel;
    context.stroke();
    for (var i = 0; i < count; i++) {
      var own = object.classes ? look(object, "c" + object.classes[i]) : object.colours ? hue(object, [i], 1) : look(object, "plain");
      // Two digits, so that letters sort as numbers do.
      var key = 10 + clamp(Math.floor((seen[3 * i + 2] + 1) / 2 * LEVELS), 0, LEVELS - 1) + own;
      (groups[key] = groups[key] || []).push(3 * i);
    }
    Object.keys(groups).sort().forEach(function (key) {
      var level = (Number(key.slice(0, 2)) - 10) / (LEVELS - 1), wide = (count <= 500 ? 5.2 : count <= 5000 ? 3.6 : 2.2) * (0.7 + 0.6 * level) * pixel;
      context.beginPath();
      groups[key].forEach(function (at) {
        // A square of two pixels is as good as a circle, and drawn sooner.
        if (count > 5000) context.rect(seen[at] - wide / 2, seen[at + 1] - wide / 2, wide, wide);
        else { context.moveTo(seen[at] + wide / 2, seen[at + 1]); context.arc(seen[at], seen[at + 1], wide / 2, 0, 2 * Math.PI); }
      });
      context.globalAlpha = 0.4 + 0.6 * level;
      context.fillStyle = key.slice(2);
      context.fill();
    });
    context.globalAlpha = 1;
  }
  function drawCross(object, context, rows, height) {
    context.strokeStyle = context.fillStyle = look(object, "axis-colour");
    context.font = "11.5px " + getComputedStyle(object.body).fontFamily;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineWidth = 1;
    ["x", "y", "z"].forEach(function (name, axis) {
      var x = rows[0][axis], y = rows[1][axis];
      context.beginPath();
      context.moveTo(34, height - 34);
      context.lineTo(34 + 22 * x, height - 34 - 22 * y);
      context.stroke();
      context.fillText(name, 34 + 30 * x, height - 34 - 30 * y);
    });
  }

  // The objects of one figure are turned together, so that those of several runs are seen from one side.
  all("figure").forEach(function (figure) {
    var objects = all("[data-object]", figure).map(read), view, waiting = false;
    if (!objects.length) return;
    function redraw() {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(function () {
        waiting = false;
        objects.forEach(function (object) { draw(object, view); });
      });
    }
    function turn(azimuth, elevation, zoom) {
      view.azimuth = ((view.azimuth + azimuth) % 360 + 360) % 360;
      view.elevation = clamp(view.elevation + elevation, -90, 90);
      view.zoom = clamp(view.zoom * zoom, 0.25, 20);
      redraw();
    }
    function reset() { view = Object.assign({}, objects[0].start); redraw(); }
    objects.forEach(function (object) {
      var canvas = document.createElement("canvas"), svg = object.body.querySelector("svg"), held = {};
      object.canvas = canvas;
      canvas.tabIndex = 0;
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-labelledby", svg.getAttribute("aria-labelledby"));
      canvas.addEventListener("pointerdown", function (event) {
        if (event.button !== 0) return;
        canvas.setPointerCapture(event.pointerId);
        held[event.pointerId] = [event.clientX, event.clientY];
      });
      canvas.addEventListener("pointermove", function (event) {
        var before = held[event.pointerId], x = event.clientX, y = event.clientY;
        if (!before) return;
        var other = Object.keys(held).filter(function (id) { return id !== String(event.pointerId); }).map(function (id) { return held[id]; })[0];
        held[event.pointerId] = [x, y];
        if (!other) { turn((before[0] - x) / 2, (y - before[1]) / 2, 1); return; }
        var apart = Math.hypot(before[0] - other[0], before[1] - other[1]);
        if (apart > 0) turn(0, 0, Math.hypot(x - other[0], y - other[1]) / apart);
      });
      ["pointerup", "pointercancel"].forEach(function (name) {
        canvas.addEventListener(name, function (event) { delete held[event.pointerId]; });
      });
      canvas.addEventListener("wheel", function (event) {
        if (!event.ctrlKey) return;
        event.preventDefault();
        turn(0, 0, Math.exp(-event.deltaY / 200));
      }, { passive: false });
      canvas.addEventListener("keydown", function (event) {
        var move = {
          ArrowLeft: [STEP, 0, 1], ArrowRight: [-STEP, 0, 1], ArrowUp: [0, -STEP, 1], ArrowDown: [0, STEP, 1],
          "+": [0, 0, 1.25], "=": [0, 0, 1.25], "-": [0, 0, 0.8]
        }[event.key];
        if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        turn(move[0], move[1], move[2]);
      });
      object.body.append(canvas);
      object.body.classList.add("turns");
      new ResizeObserver(redraw).observe(canvas);
    });
    all('[data-act="view"]', figure).forEach(function (button) { button.addEventListener("click", reset); });
    document.addEventListener("themechange", function () {
      objects.forEach(function (object) { object.looks = {}; });
      redraw();
    });
    reset();
  });
})();
