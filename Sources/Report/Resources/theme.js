// Runs before the first paint: the reader's choice of a theme, and the mark that scripts run.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var theme = localStorage.getItem("pipeline-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch (error) { /* A file may have no storage: the system's theme holds. */ }
})();
