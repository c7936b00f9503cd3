// Graphics after Vega-Lite: choosing one of the pictures that were drawn, by controls or by pointing into one, and a
// part of the axis across.
(function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg";
  var all = function (selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  };

  // Where the axes of a picture are cut, if stretches of them are selected.
  function brush(plot) {
    var window = plot.querySelector("[data-brush]");
    if (!window) return null;
    var parts = window.dataset.brush.split(";"), cuts = { control: Number(parts[0]) };
    parts.slice(1).forEach(function (axis) {
      var words = axis.split(" ");
      cuts[words[0]] = words.slice(1).map(Number);
    });
    return cuts;
  }

  // The cuts nearest to both ends, at least one part of the axis.
  function ends(cuts, from, to) {
    function nearest(part) {
      return cuts.reduce(function (best, cut, index) {
        return Math.abs(cut - part) < Math.abs(cuts[best] - part) ? index : best;
      }, 0);
    }
    var one = nearest(from), other = nearest(to), middle = (from + to) / 2;
    if (one === other) {
      for (var index = 1; index < cuts.length; index++) {
        if ((cuts[index - 1] - middle) * (cuts[index] - middle) <= 0) return [index - 1, index];
      }
    }
    return [Math.min(one, other), Math.max(one, other)];
  }

  // The choice of a stretch: nothing, then those between any two cuts, each across with each up, without that of all.
  function stretched(cuts, from, to) {
    var place = 0, whole = 0;
    ["x", "y"].forEach(function (axis) {
      if (!cuts[axis]) return;
      var parts = cuts[axis].length - 1, window = ends(cuts[axis], from[axis], to[axis]), before = window[1] - window[0] - 1;
      for (var index = 0; index < window[0]; index++) before += parts - index;
      place = place * parts * (parts + 1) / 2 + before;
      whole = whole * parts * (parts + 1) / 2 + parts - 1;
    });
    return place === whole ? 0 : place < whole ? place + 1 : place;
  }

  all(".graphic-body").forEach(function (body) {
    var choices = all('[data-act="choice"]', body), whole = body.querySelector('[data-act="whole"]'), zoomed = [];
    function choose(changed) {
      // One selection at a time: there is a picture for each, not for all together.
      if (changed && changed.dataset.selection) choices.forEach(function (one) {
        if (one === changed || !one.dataset.selection) return;
        all("option", one).forEach(function (option) { option.selected = option.defaultSelected; });
      });
      var choice = choices.map(function (one) { return one.value; }).join("-");
      all(".variant", body).forEach(function (one) { one.hidden = one.dataset.choice !== choice; });
    }
    choices.forEach(function (one) {
      one.addEventListener("change", function () { choose(one); });
    });
    // What is pointed at a second time is let go of.
    function pick(control, place) {
      var one = choices[control];
      if (!one) return;
      one.value = String(one.value === String(place) ? 0 : place);
      choose(one);
    }
    // Without a script the other pictures are folded away below the first.
    var others = body.querySelector(".other-choices");
    if (others) {
      all(".variant", others).forEach(function (one) { others.before(one); });
      others.remove();
      choose();
    }

    // Everything across stands in parts of the field's width, so a wider field shows a part of it.
    function show(plot, from, to) {
      var field = plot.querySelector(".field"), part = to - from;
      plot.dataset.from = from;
      plot.dataset.to = to;
      field.setAttribute("x", -100 * from / part + "%");
      field.setAttribute("width", 100 / part + "%");
      plot.classList.toggle("zoomed", part < 1);
      zoomed = zoomed.filter(function (one) { return one !== plot; });
      if (part < 1) zoomed.push(plot);
      whole.hidden = !zoomed.length;
    }
    whole.addEventListener("click", function () {
      zoomed.slice().forEach(function (plot) { show(plot, 0, 1); });
    });

    all("svg.graphic", body).forEach(function (plot) {
      var start = null, band = null, picked = null, cuts = brush(plot);
      function within(part) { return Math.min(Math.max(part, 0), 1); }
      function place(event) {
        var box = plot.getBoundingClientRect();
        return { x: within((event.clientX - box.left) / box.width), y: within((box.bottom - event.clientY) / box.height) };
      }
      function end() {
        if (band) band.remove();
        start = band = null;
      }
      function far(from, to) {
        var box = plot.getBoundingClientRect();
        return Math.max(Math.abs(from.x - to.x) * box.width, cuts && cuts.y ? Math.abs(from.y - to.y) * box.height : 0);
      }
      function stretch(from, to) {
        var wide = !cuts || cuts.x, tall = cuts && cuts.y;
        band.setAttribute("x", wide ? 100 * Math.min(from.x, to.x) + "%" : 0);
        band.setAttribute("width", wide ? 100 * Math.abs(from.x - to.x) + "%" : "100%");
        band.setAttribute("y", tall ? 100 * (1 - Math.max(from.y, to.y)) + "%" : 0);
        band.setAttribute("height", tall ? 100 * Math.abs(from.y - to.y) + "%" : "100%");
      }
      plot.addEventListener("pointerdown", function (event) {
        if (event.button !== 0) return;
        start = place(event);
        picked = event.target.closest("[data-pick]");
        plot.setPointerCapture(event.pointerId);
      });
      plot.addEventListener("pointermove", function (event) {
        if (start === null) return;
        var here = place(event);
        if (!band) {
          band = document.createElementNS(SVG, "rect");
          band.setAttribute("class", "chosen-part");
          plot.append(band);
        }
        if (cuts || plot.querySelector(".field")) stretch(start, here);
      });
      plot.addEventListener("pointerup", function (event) {
        if (start === null) return;
        var here = place(event), first = start;
        end();
        if (far(first, here) < 8) {
          if (picked) pick.apply(null, picked.dataset.pick.split(":"));
          else if (cuts) pick(cuts.control, 0);
          return;
        }
        if (cuts) return pick(cuts.control, stretched(cuts, first, here));
        if (!plot.querySelector(".field")) return;
        var from = Math.min(first.x, here.x), to = Math.max(first.x, here.x);
        var low = Number(plot.dataset.from || 0), part = Number(plot.dataset.to || 1) - low;
        // A thousandth of an axis is where places of four digits end.
        if (part * (to - from) > 0.001) show(plot, low + part * from, low + part * to);
      });
      plot.addEventListener("pointercancel", end);
      plot.addEventListener("dblclick", function () { show(plot, 0, 1); });
    });
  });
})();
