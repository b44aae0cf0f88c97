"use strict";
(() => {
  const all = page.data;
  const schedules = all.schedules;
  const every = Number(document.querySelector(".curves").dataset.every);
  const { hidden } = page.legend(schedules.map((schedule) => schedule.label));
  let yKind = "linear";

  const drawOne = (node) => {
    const shown = schedules.map((_, i) => i).filter((i) => !hidden.has(i) && schedules[i].of === node.dataset.of);
    if (shown.length === 0) {
      chart.nothing(node, "every line is hidden");
      return;
    }
    const values = shown.flatMap((i) => schedules[i].values);
    const positive = chart.range(values.filter((v) => v > 0));
    const logarithmic = yKind === "log" && positive !== null;
    const [low, high] = chart.around(...(logarithmic ? positive : chart.range(values)), logarithmic);
    const plane = chart.plane({ name: "update", low: 1, high: Math.max(2, all.steps), whole: true }, { name: node.dataset.of, low, high, log: logarithmic });
    const point = (v, k) => [k * every + 1, logarithmic && !(v > 0) ? null : plane.y(v)];
    const series = shown.flatMap((i) => chart.line(i, schedules[i].label, schedules[i].values.map(point)));
    const tooltip = chart.tooltip(true, (x) => {
      const k = Math.round((x - 1) / every);
      const rows = shown
        .filter((i) => k < schedules[i].values.length)
        .map((i) => chart.row(i, schedules[i].label, figure(schedules[i].values[k])));
      const epoch = all.steps_per_epoch ? `, epoch ${Math.floor((x - 1) / all.steps_per_epoch) + 1}` : "";
      return chart.table(`update ${x}${epoch}`, rows);
    });
    chart.on(node).setOption({ ...plane.option, tooltip, series: [...series, ...plane.series] }, true);
  };
  const figure = (v) => page.figure(v, 8);

  page.choose("y", (kind) => (yKind = kind));
  page.start(() => document.querySelectorAll(".chart").forEach(drawOne), every === 1);
})();
