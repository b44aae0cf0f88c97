"use strict";
(() => {
  const all = page.data;
  const optimizers = all.optimizers;
  const regression = all.data.task === "regression";
  const many = all.settings.seeds.length > 1;
  const regimes = all.settings.regimes;
  const several = regimes.length > 1;
  const regimeOf = (o) => regimes.findIndex((r) => r.batching === o.regime);
  const log = Math.log10;
  const { figure } = page;
  const { range } = chart;

  let regime = null;
  // Numbers of updates, and times, that differ by orders of magnitude fit a logarithmic axis only.
  const far = several && Math.max(...regimes.map((r) => r.steps_per_epoch)) >= 10 * Math.min(...regimes.map((r) => r.steps_per_epoch));
  let scaleKind = far ? "log" : "linear";
  let xKind = "epoch";
  let yKind = "log";
  let part = "whole";
  const logX = () => xKind !== "epoch" && scaleKind === "log";

  const { hidden, buttons } = page.legend(optimizers.map((o) => o.id));
  const away = (i) => hidden.has(i) || (regime !== null && optimizers[i].regime !== regime);
  const scoreText = (v) => (regression ? v.toFixed(3) : v.toFixed(1) + " %");

  // Means of losses of batches, a bin of updates each, drawn at its middle. One batch says little:
  // a point is the mean of the bins around it, wide as a tenth of the updates before it.
  const overUpdates = (runs, ends) => {
    const bins = [];
    for (let b = 0; b < ends.length; b++) {
      const values = runs.filter((r) => b < r.update_loss.length).map((r) => r.update_loss[b]).filter((v) => v !== null);
      if (values.length === 0) break;
      const first = b === 0 ? 1 : ends[b - 1] + 1;
      const mean = values.reduce((x, y) => x + y, 0) / values.length;
      bins.push({ update: (first + ends[b]) / 2, width: ends[b] - first + 1, mean, count: values.length });
    }
    return bins.map((bin) => {
      const reach = bin.update / 20;
      let sum = 0;
      let width = 0;
      for (const other of bins) {
        if (Math.abs(other.update - bin.update) > reach) continue;
        sum += other.mean * other.width;
        width += other.width;
      }
      const mean = sum / width;
      return { update: bin.update, seconds: null, mean, low: mean, high: mean, count: 1 };
    });
  };

  // Mean, least and greatest over the seeds at each epoch; diverged runs only if all diverged.
  const scale = regression ? 1 : 100;
  const curves = optimizers.map((o) => {
    const good = o.runs.filter((r) => r.diverged_at_step === null);
    const runs = good.length > 0 ? good : o.runs;
    const epochs = Math.max(0, ...runs.map((r) => r.train_loss.length));
    const steps = regimes[regimeOf(o)].steps_per_epoch;
    const over = (name, factor) => {
      const points = [];
      for (let e = 0; e < epochs; e++) {
        const at = (r, n) => (e < r[n].length ? r[n][e] : null);
        const values = runs.map((r) => at(r, name)).filter((v) => v !== null).map((v) => v * factor);
        const times = runs.map((r) => at(r, "seconds")).filter((v) => v !== null);
        if (values.length === 0) continue;
        const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
        points.push({
          epoch: e + 1,
          update: (e + 1) * steps,
          seconds: times.length > 0 ? mean(times) : null,
          mean: mean(values),
          low: Math.min(...values),
          high: Math.max(...values),
          count: values.length,
        });
      }
      return points;
    };
    return {
      diverged: good.length === 0 && o.runs.length > 0,
      train: over("train_loss", 1),
      updates: overUpdates(runs, regimes[regimeOf(o)].updates),
      validation: over("validation_loss", 1),
      score: over("score", scale),
    };
  });

  const cross = "path://M5 1L12 8L19 1L23 5L16 12L23 19L19 23L12 16L5 23L1 19L8 12L1 5Z";
  const xNames = { epoch: "epoch", update: "updates", seconds: "training time (s)" };
  const xOf = (p) => p[xKind];
  const pointsOf = (i, id) => (id === "train" && xKind === "update" && curves[i].updates.length > 0 ? curves[i].updates : curves[i][id]);

  const drawCurve = (id, name) => {
    const node = document.getElementById(id);
    const loss = id !== "score";
    const lines = new Map();
    optimizers.forEach((_, i) => {
      const points = pointsOf(i, id);
      // Over a logarithmic axis the second half is that of each line.
      const from = logX() && part === "end" ? points.findIndex((p) => xOf(p) >= xOf(points.at(-1)) / 2) : 0;
      if (!away(i) && points.length > 0) lines.set(i, points.slice(Math.max(0, from)));
    });
    const shown = [...lines.keys()];
    if (shown.length === 0) {
      chart.nothing(node, optimizers.every((_, i) => away(i)) ? "every line is hidden" : "no finite value");
      return;
    }
    const xs = range(shown.flatMap((i) => lines.get(i).map(xOf)).filter((x) => !logX() || x > 0)) ?? [1, 1];
    const right = xs[1] > 0 ? xs[1] : 1;
    const left = logX() ? Math.min(xs[0], right / 1.5) : part === "end" ? right / 2 : xKind === "epoch" && right > 1 ? 1 : 0;
    // The scale fits the lines that stayed finite; one that ran away leaves the chart at its edge.
    const calm = shown.filter((i) => !curves[i].diverged);
    const values = (calm.length > 0 ? calm : shown)
      .flatMap((i) => lines.get(i).filter((p) => xOf(p) >= left).flatMap((p) => [p.low, p.high]));
    const positive = range(values.filter((v) => v > 0));
    const logarithmic = loss && yKind === "log" && positive !== null;
    let [low, high] = logarithmic ? positive : (range(values) ?? [0, 1]);
    if (!logarithmic) {
      if (loss && part === "whole") low = Math.min(0, low);
      else if (regression) low = Math.max(low, -1);
      if (!(high > low)) [low, high] = [low - (loss ? 0 : 1), high + 1];
    }
    [low, high] = chart.around(low, high, logarithmic);
    if (!loss) high = Math.min(high, regression ? 1 : 100);
    const plane = chart.plane({ name: xNames[xKind], low: left, high: right, log: logX(), whole: xKind === "epoch" }, { name, low, high, log: logarithmic });

    const series = [];
    for (const i of shown) {
      const points = lines.get(i);
      const at = (of) => points.map((p) => [plane.x(xOf(p)), plane.y(p[of])]);
      if (many && points.some((p) => p.count > 1)) series.push(chart.band(i, at("high"), at("low")));
      series.push(...chart.line(i, optimizers[i].id, at("mean")));
      if (curves[i].diverged) {
        const end = points[points.length - 1];
        series.push({
          type: "scatter",
          z: 4,
          silent: true,
          data: [[plane.x(xOf(end)), plane.y(Math.min(Math.max(end.mean ?? high, low), high))]],
          symbol: cross,
          symbolSize: 13,
          itemStyle: { color: page.colour(i), borderColor: page.css("--card"), borderWidth: 1 },
        });
      }
    }

    const atX = (i, at) => {
      const points = lines.get(i);
      if (xKind === "epoch") return points.find((p) => p.epoch === Math.round(at));
      let found;
      for (const p of points) if (xOf(p) !== null && xOf(p) <= at * (1 + 1e-9)) found = p;
      return found;
    };
    const over = (i, at) => xKind !== "epoch" && at > xOf(lines.get(i).at(-1)) * 1.001;
    const soft = (words) => ` <span style="color:${page.css("--soft")}">${words}</span>`;
    const tooltip = chart.tooltip(xKind === "epoch", (value) => {
      const at = logX() ? 10 ** value : value;
      const found = shown.map((i) => ({ i, p: atX(i, at) })).filter((f) => f.p);
      if (found.length === 0) return "";
      found.sort((a, b) => (loss ? a.p.mean - b.p.mean : b.p.mean - a.p.mean));
      const cell = (p) => {
        const mean = loss ? figure(p.mean) : scoreText(p.mean);
        if (p.count < 2) return mean;
        const show = (v) => (loss ? figure(v, 3) : regression ? v.toFixed(3) : v.toFixed(1));
        return mean + soft(`(${show(p.low)} to ${show(p.high)})`);
      };
      const head = { epoch: `epoch ${Math.round(at)}`, update: `after ${figure(Math.round(at), 5)} updates`, seconds: `after ${figure(at, 3)} s` }[xKind];
      return chart.table(head, found.map((f) => chart.row(f.i, optimizers[f.i].id, cell(f.p) + (over(f.i, at) ? soft("ended") : ""))));
    });
    chart.on(node).setOption({ ...plane.option, tooltip, series: [...series, ...plane.series] }, true);
  };

  const drawTuning = () => {
    const node = document.getElementById("tuning");
    const shown = optimizers.map((_, i) => i).filter((i) => !away(i) && optimizers[i].tuning.length > 0);
    if (shown.length === 0) {
      chart.nothing(node, optimizers.some((o) => o.tuning.length > 0) ? "every line is hidden" : "the learning rates were given, none was tried");
      return;
    }
    const points = shown.flatMap((i) => optimizers[i].tuning);
    const losses = points.filter((t) => !t.diverged && t.validation_loss !== null).map((t) => t.validation_loss);
    const rates = points.filter((t) => t.rate > 0).map((t) => t.rate);
    if (losses.length === 0 || rates.length === 0) {
      chart.nothing(node, "every learning rate diverged");
      return;
    }
    const [a, b] = range(losses.filter((v) => v > 0)) ?? [0.1, 1];
    const [low, high] = [chart.around(a / 1.2, b, true)[0], chart.around(a, b * 1.05, true)[1]];
    const [r, s] = range(rates);
    const plane = chart.plane({ name: "learning rate", low: r / 1.6, high: s * 1.6, log: true }, { name: "validation loss", low, high, log: true });
    const series = [...plane.series];
    const at = (t) => [plane.x(t.rate), t.diverged ? null : plane.y(t.validation_loss)];
    const seen = {};
    for (const i of shown) {
      const o = optimizers[i];
      series.push(...chart.line(i, o.id, o.tuning.map(at), 1.5, o.tuning.length).map((one) => ({ ...one, clip: false })));
      series.push({
        type: "scatter",
        z: 5,
        silent: true,
        data: o.tuning.filter((t) => t.rate === o.rate && !t.diverged).map(at),
        symbol: "circle",
        symbolSize: 17,
        itemStyle: { color: "transparent", borderColor: page.colour(i), borderWidth: 2.5 },
      });
      series.push({
        type: "scatter",
        z: 4,
        silent: true,
        clip: false,
        data: o.tuning.filter((t) => t.diverged).map((t) => {
          seen[t.rate] = (seen[t.rate] ?? 0) + 1;
          return { value: [log(t.rate), log(high)], symbolOffset: [0, -2 + 10 * (seen[t.rate] - 1)] };
        }),
        symbol: cross,
        symbolSize: 8,
        itemStyle: { color: page.colour(i) },
      });
    }
    const tooltip = chart.tooltip(true, (x) => {
      const rate = rates.reduce((best, v) => (Math.abs(log(v) - x) < Math.abs(log(best) - x) ? v : best));
      const found = shown.flatMap((i) => optimizers[i].tuning.filter((t) => t.rate === rate).map((t) => ({ i, t })));
      const key = (f) => (f.t.diverged ? Infinity : f.t.validation_loss);
      found.sort((p, q) => key(p) - key(q));
      const value = (f) => (f.t.diverged ? "diverged" : figure(f.t.validation_loss)) + (f.t.rate === optimizers[f.i].rate ? " chosen" : "");
      return chart.table(`rate ${figure(rate, 3)}`, found.map((f) => chart.row(f.i, optimizers[f.i].id, value(f))));
    });
    chart.on(node).setOption({ ...plane.option, tooltip, series }, true);
  };

  const draw = () => {
    buttons.forEach((button, i) => (button.hidden = regime !== null && optimizers[i].regime !== regime));
    document.getElementById("scales").hidden = !far || xKind === "epoch";
    drawCurve("score", regression ? "R²" : "accuracy (%)");
    drawCurve("validation", all.settings.loss);
    drawCurve("train", all.settings.loss);
    drawTuning();
  };

  if (several) {
    const place = document.getElementById("regimes");
    place.hidden = false;
    place.className = "switch";
    for (const [kind, words] of [["", "all regimes"], ...regimes.map((r) => [r.batching, r.batching])]) {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.regime = kind;
      button.setAttribute("aria-pressed", String(kind === ""));
      button.textContent = words;
      place.append(button);
    }
    page.choose("regime", (kind) => (regime = kind === "" ? null : kind));
  }
  page.choose("scale", (kind) => (scaleKind = kind));
  page.choose("x", (kind) => (xKind = kind));
  page.choose("part", (kind) => (part = kind));
  page.choose("y", (kind) => (yKind = kind));
  page.start(draw);
})();
