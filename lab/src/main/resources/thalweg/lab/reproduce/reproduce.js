"use strict";
(() => {
  const sides = page.data.experiments.flatMap((experiment) => experiment.contenders);
  const { figure } = page;
  const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
  // One point an epoch: the mean, least and greatest over the runs that came so far and did not
  // diverge; in time, over all runs or not at all.
  const curve = (side, of) => {
    const sound = side.runs.filter((run) => !run.diverged);
    const runs = sound.length ? sound : side.runs;
    const longest = Math.max(0, ...runs.map((run) => run.epoch.length));
    const points = [];
    for (let k = 0; k < longest; k++) {
      const there = runs.filter((run) => k < run.epoch.length && run[of][k] !== null);
      if (!there.length || (side.timed && there.length < runs.length)) continue;
      const values = there.map((run) => run[of][k]);
      const x = side.timed ? mean(there.map((run) => run.seconds[k])) : there[0].epoch[k];
      points.push({ x, mean: mean(values), low: Math.min(...values), high: Math.max(...values) });
    }
    return points;
  };
  const drawOne = (node) => {
    const lines = node.dataset.lines.split(",").map(Number);
    const timed = sides[lines[0]].timed;
    const curves = new Map(lines.map((i) => [i, curve(sides[i], node.dataset.of)]));
    const points = [...curves.values()].flat();
    if (points.length === 0) {
      chart.nothing(node, "no finite value");
      return;
    }
    const values = points.flatMap((p) => [p.low, p.high]);
    const logarithmic = values.every((v) => v > 0) && Math.max(...values) > 20 * Math.min(...values);
    const [low, high] = chart.around(Math.min(...values), Math.max(...values), logarithmic);
    const right = Math.max(...points.map((p) => p.x));
    const across = { name: timed ? "seconds of training" : "epoch", low: timed ? 0 : 1, high: timed ? right : Math.max(2, right), whole: !timed };
    const plane = chart.plane(across, { name: "loss", low, high, log: logarithmic });
    const series = [...plane.series];
    for (const i of lines) {
      const at = (of) => curves.get(i).map((p) => [p.x, plane.y(p[of])]);
      series.push(chart.band(i, at("high"), at("low")), ...chart.line(i, sides[i].label, at("mean")));
    }
    const tooltip = chart.tooltip(!timed, (x) => {
      const found = lines.map((i) => ({ i, p: curves.get(i).findLast((p) => p.x <= x + 1e-9) })).filter((f) => f.p);
      found.sort((a, b) => a.p.mean - b.p.mean);
      const soft = (p) => ` <span style="color:${page.css("--soft")}">(${figure(p.low, 3)} to ${figure(p.high, 3)})</span>`;
      return chart.table(timed ? `after ${figure(x, 3)} s` : `epoch ${Math.round(x)}`, found.map((f) => chart.row(f.i, sides[f.i].label, figure(f.p.mean) + soft(f.p))));
    });
    chart.on(node).setOption({ ...plane.option, tooltip, series }, true);
  };
  page.start(() => document.querySelectorAll(".chart").forEach(drawOne));
})();
