"use strict";
// Marks on the paper and items of the record carry the same data-f; without this script their links still lead to each other.
(function () {
  var side = document.getElementById("ho-so");
  var shown = document.getElementById("dang-xem");
  var stops = Array.prototype.slice.call(side.querySelectorAll("[data-stop], .value[data-f]"));
  var at = -1;

  function marks(number) {
    return document.querySelectorAll('#ban-goc [data-f~="' + number + '"]');
  }

  function setCurrent(stop, number) {
    document.querySelectorAll('[aria-current="true"]').forEach(function (old) { old.removeAttribute("aria-current"); });
    stop.setAttribute("aria-current", "true");
    if (number) { marks(number).forEach(function (mark) { mark.setAttribute("aria-current", "true"); }); }
    shown.textContent = (at + 1) + "/" + stops.length;
  }

  // In one column the paper lies below the record: then only what was asked for is brought into view.
  function apart() { return getComputedStyle(side).overflowY === "auto"; }

  function bring(element) { if (element) { element.scrollIntoView({ block: "center", inline: "nearest" }); } }

  function choose(stop, target) {
    var number = stop.getAttribute("data-f");
    at = stops.indexOf(stop);
    setCurrent(stop, number);
    var mark = number && (document.getElementById("p" + number) || marks(number)[0]);
    if (target === "mark" && mark) {
      if (apart()) { bring(stop); }
      bring(mark);
      (marks(number)[0] || mark).focus({ preventScroll: true });
    } else {
      if (apart()) { bring(mark); }
      bring(stop);
      stop.focus({ preventScroll: true });
    }
  }

  function step(by) {
    if (stops.length) { choose(stops[(at + by + stops.length) % stops.length], "stop"); }
  }

  function item(number) { return document.getElementById("f" + number); }

  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a[data-f]") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    var number = link.getAttribute("data-f").split(" ")[0];
    var stop = link.closest("[data-stop]") || item(number);
    if (!stop) { return; }
    event.preventDefault();
    choose(stop, side.contains(link) ? "mark" : "stop");
  });

  document.addEventListener("keydown", function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    if (event.key === "ArrowRight") { event.preventDefault(); step(1); }
    if (event.key === "ArrowLeft") { event.preventDefault(); step(at < 0 ? 0 : -1); }
  });
  document.getElementById("sau").addEventListener("click", function () { step(1); });
  document.getElementById("truoc").addEventListener("click", function () { step(at < 0 ? 0 : -1); });
  shown.textContent = stops.length + " điều";
})();
