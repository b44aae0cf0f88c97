"use strict";
(() => {
  const all = page.data;
  const maps = JSON.parse(document.getElementById("maps-json").textContent);
  const sections = [];
  const traces = all.traces ?? (all.walks ? [all] : []);
  if (traces.length > 0) sections.push(scene(traces, maps));
  page.start(() => sections.forEach((section) => section.draw()), document.getElementById("maps-json").dataset.whole === "true");
})();
