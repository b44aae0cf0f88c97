"use strict";
// Training and validation curves, each network of format comparison/1; first is the number of the
// first optimizer's look. Both charts of a network have the same axes, so that they compare.
const networks = (all, first) => {
  const curves = (network, of) =>
    network.optimizers.map((optimizer) => {
      const runs = optimizer.runs.filter((run) => run.diverged_at_step === null);
      const points = [];
      for (let e = 0; e < network.settings.epochs; e++) {
        const values = runs.map((run) => run[of][e] ?? null).filter((v) => v !== null);
        if (values.length === 0) break;
        points.push({ epoch: e + 1, mean: values.reduce((a, b) => a + b, 0) / values.length, low: Math.min(...values), high: Math.max(...values) });
      }
      return points;
    });
  const drawChart = (node) => {
    const network = all[Number(node.dataset.network)];
    const shown = curves(network, node.dataset.curve);
    const both = ["train_loss", "validation_loss"].flatMap((of) => curves(network, of).flat());
    const values = chart.range(both.flatMap((p) => [p.low, p.high]).filter((v) => v > 0));
    if (values === null) {
      chart.nothing(node, "every run diverged");
      return;
    }
    const [low, high] = chart.around(values[0], values[1], true);
    const plane = chart.plane({ name: "epoch", low: 1, high: Math.max(2, network.settings.epochs), whole: true }, { name: "loss (cross entropy)", low, high, log: true });
    const series = shown.flatMap((points, i) => {
      const at = (of) => points.map((p) => [plane.x(p.epoch), plane.y(p[of])]);
      return points.length === 0 ? [] : [chart.band(first + i, at("high"), at("low")), ...chart.line(first + i, network.optimizers[i].id, at("mean"))];
    });
    const says = (epoch) => chart.table(`epoch ${epoch}`, shown.map((points, i) => chart.row(first + i, network.optimizers[i].id, page.figure(points[Math.round(epoch) - 1]?.mean ?? null))));
    chart.on(node).setOption({ ...plane.option, tooltip: chart.tooltip(true, says), series: [...series, ...plane.series] }, true);
  };
  return { draw: () => document.querySelectorAll("[data-network]").forEach(drawChart) };
};
