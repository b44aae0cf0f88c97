"use strict";
(() => {
  const all = page.data;
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const maps = read("maps-json");
  const curves = read("schedules-json");
  const traces = all.traces ?? (all.walks ? [all] : []);
  const rates = all.rates ?? (all.optimizers ? all : null);
  const labels = (traces[0]?.walks ?? rates.optimizers).map((optimizer) => optimizer.label);
  const { hidden } = page.legend(labels);

  const sections = [];
  if (traces.length > 0) sections.push(scene(traces, maps, hidden));
  if (rates !== null) sections.push(sweep(rates, maps[traces.length], hidden));
  if (curves !== null) sections.push(schedules(curves, labels.length));
  if (all.networks) sections.push(networks(all.networks, labels.length + curves.schedules.length));
  page.start(() => sections.forEach((section) => section.draw()), document.getElementById("maps-json").dataset.whole === "true");
})();
