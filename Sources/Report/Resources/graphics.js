// Graphics after Vega-Lite: choosing one of the pictures that were drawn, and a part of the axis across.
(function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg";
  var all = function (selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  };

  all(".graphic-body").forEach(function (body) {
    var choices = all('[data-act="choice"]', body), whole = body.querySelector('[data-act="whole"]'), zoomed = [];
    function choose() {
      var choice = choices.map(function (one) { return one.value; }).join("-");
      all(".variant", body).forEach(function (one) { one.hidden = one.dataset.choice !== choice; });
    }
    choices.forEach(function (one) { one.addEventListener("change", choose); });
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
      var start = null, band = null;
      if (!plot.querySelector(".field")) return;
      function place(event) {
        var box = plot.getBoundingClientRect();
        return Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
      }
      function end() {
        if (band) band.remove();
        start = band = null;
      }
      plot.addEventListener("pointerdown", function (event) {
        if (event.button !== 0) return;
        start = place(event);
        plot.setPointerCapture(event.pointerId);
      });
      plot.addEventListener("pointermove", function (event) {
        if (start === null) return;
        var here = place(event);
        if (!band) {
          band = document.createElementNS(SVG, "rect");
          band.setAttribute("class", "chosen-part");
          band.setAttribute("y", 0);
          band.setAttribute("height", plot.getAttribute("height"));
          plot.append(band);
        }
        band.setAttribute("x", 100 * Math.min(start, here) + "%");
        band.setAttribute("width", 100 * Math.abs(start - here) + "%");
      });
      plot.addEventListener("pointerup", function (event) {
        if (start === null) return;
        var from = Math.min(start, place(event)), to = Math.max(start, place(event));
        end();
        if ((to - from) * plot.getBoundingClientRect().width < 8) return;
        var low = Number(plot.dataset.from || 0), part = Number(plot.dataset.to || 1) - low;
        // A thousandth of an axis is where places of four digits end.
        if (part * (to - from) > 0.001) show(plot, low + part * from, low + part * to);
      });
      plot.addEventListener("pointercancel", end);
      plot.addEventListener("dblclick", function () { show(plot, 0, 1); });
    });
  });
})();
