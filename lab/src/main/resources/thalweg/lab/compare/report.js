"use strict";
(() => {
  const all = JSON.parse(document.getElementById("data-json").textContent);
  const optimizers = all.optimizers;
  const regression = all.data.task === "regression";
  const many = all.settings.seeds.length > 1;
  const regimes = all.settings.regimes;
  const several = regimes.length > 1;
  const regimeOf = (o) => regimes.findIndex((r) => r.batching === o.regime);
  const names = [...new Set(optimizers.map((o) => o.optimizer))];

  // One colour and marker an optimizer, by its place in the comparison: the Okabe-Ito hues, widened;
  // each is lighter on dark paper. The dash is the regime, or changes after ten optimizers.
  const palettes = {
    light: ["#0072b2", "#d55e00", "#009e73", "#c45a96", "#d99000", "#3fa7e0", "#6a3d9a", "#6f757c", "#8c564b", "#9a8b00"],
    dark: ["#5a9bff", "#ff7f45", "#2bc99b", "#ef9bcb", "#ffbb3d", "#8fe3ff", "#b592ea", "#b4bbc2", "#c9a08f", "#e6db55"],
  };
  const shapes = [
    "M12 2A10 10 0 1 0 12 22A10 10 0 1 0 12 2Z",
    "M3 3H21V21H3Z",
    "M12 1L23 21H1Z",
    "M12 0L24 12L12 24L0 12Z",
    "M1 3H23L12 23Z",
    "M9 1H15V9H23V15H15V23H9V15H1V9H9Z",
    "M5 1L12 8L19 1L23 5L16 12L23 19L19 23L12 16L5 23L1 19L8 12L1 5Z",
    "M12 0L15 8.5H24L17 14L19.5 23L12 17.7L4.5 23L7 14L0 8.5H9Z",
    "M6 2H18L24 12L18 22H6L0 12Z",
    "M1 12L21 1V23Z",
  ];
  const cross = shapes[6];
  const dashes = ["solid", [7, 3], [2, 2], [9, 2, 2, 2], [4, 6]];
  const hues = optimizers.map((o) => names.indexOf(o.optimizer));
  const shape = (i) => shapes[(hues[i] + (several ? 3 * Math.floor(hues[i] / 10) : 0)) % 10];
  const dash = (i) => (several ? dashes[regimeOf(optimizers[i]) % 5] : dashes[Math.floor(hues[i] / 10) % 3]);

  const hidden = new Set();
  let regime = null;
  const away = (i) => hidden.has(i) || (regime !== null && optimizers[i].regime !== regime);
  // Numbers of updates, and times, that differ by orders of magnitude fit a logarithmic axis only.
  const far = several && Math.max(...regimes.map((r) => r.steps_per_epoch)) >= 10 * Math.min(...regimes.map((r) => r.steps_per_epoch));
  let scaleKind = far ? "log" : "linear";
  const logX = () => xKind !== "epoch" && scaleKind === "log";
  let xKind = "epoch";
  let yKind = "log";
  let part = "whole";
  let printing = false;

  const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
  const dark = () => {
    if (printing) return false;
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : systemDark.matches;
  };
  const colour = (i) => palettes[dark() ? "dark" : "light"][hues[i] % 10];
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const text = (s) => {
    const span = document.createElement("span");
    span.textContent = s;
    return span.innerHTML;
  };

  const figure = (v, digits = 4) => {
    if (v === null || !Number.isFinite(v)) return "–";
    if (v === 0) return "0";
    const size = Math.abs(v);
    if (size < 1e-4 || size >= 1e6) return v.toExponential(Math.min(2, digits - 1)).replace("e+", "e");
    return String(Number(v.toPrecision(digits)));
  };
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

  const swatch = (i) => {
    const c = colour(i);
    const d = dash(i);
    const dashing = d === "solid" ? "" : ` stroke-dasharray="${d.join(" ")}"`;
    return `<svg width="30" height="14" viewBox="0 0 30 14" aria-hidden="true"><path d="M0 7H30" stroke="${c}" stroke-width="2"${dashing}/><path transform="translate(10 2) scale(.42)" d="${shape(i)}" fill="${c}"/></svg>`;
  };
  const swatches = () => {
    for (const place of document.querySelectorAll("[data-swatch]")) {
      place.innerHTML = swatch(Number(place.dataset.swatch));
    }
  };

  // Axes.
  const nice = (v, up) => {
    const power = Math.pow(10, Math.floor(Math.log10(v) + 1e-9));
    const steps = [1, 1.5, 2, 3, 4, 5, 7, 10];
    if (!up) steps.reverse();
    for (const s of steps) {
      if (up ? s * power >= v * 0.999999 : s * power <= v * 1.000001) return s * power;
    }
    return up ? 10 * power : power;
  };
  // A logarithmic axis is drawn as a linear one over log10, with ticks at 1, 2, 5 or closer: a
  // range of less than a decade still gets labels.
  const log = Math.log10;
  const logTicks = (low, high) => {
    const decades = log(high) - log(low);
    const digits = decades < 0.7 ? [1, 1.5, 2, 3, 4, 5, 7] : decades < 2.2 ? [1, 2, 5] : [1];
    const step = Math.max(1, Math.ceil(decades / 8));
    const ticks = [];
    for (let p = Math.floor(log(low)) - 1; p <= Math.ceil(log(high)); p++) {
      if (digits.length === 1 && p % step !== 0) continue;
      for (const d of digits) {
        const v = d * Math.pow(10, p);
        if (v >= low * 0.9999 && v <= high * 1.0001) ticks.push(v);
      }
    }
    return ticks;
  };
  const axisLook = (name) => ({
    name,
    nameTextStyle: { color: css("--soft"), fontSize: 12 },
    axisLine: { show: true, onZero: false, lineStyle: { color: css("--line") } },
    axisTick: { show: false },
    axisLabel: { color: css("--soft"), fontSize: 12, hideOverlap: true },
    splitLine: { lineStyle: { color: css("--grid") } },
  });
  const logAxis = (name, low, high) => ({ low, high, ticks: logTicks(low, high), name });
  const tooltipLook = () => ({
    // Beside the pointer, on the side with more room, so that it does not hide what it explains.
    position: (point, params, dom, rect, size) => {
      const [width] = size.contentSize;
      const [view] = size.viewSize;
      const x = point[0] > view / 2 ? point[0] - width - 18 : point[0] + 18;
      return [Math.max(-8, Math.min(x, view - width + 8)), 8];
    },
    backgroundColor: css("--card"),
    borderColor: css("--line"),
    textStyle: { color: css("--ink"), fontSize: 12 },
    extraCssText: "z-index:9;",
  });
  const row = (i, value) =>
    `<tr><td>${swatch(i)}</td><td style="padding:0 12px 0 6px;text-align:left">${text(optimizers[i].id)}</td><td style="text-align:right">${value}</td></tr>`;
  const tooltipTable = (head, rows) =>
    `<b>${head}</b><table style="border-collapse:collapse;line-height:1.35">${rows.join("")}</table>`;

  const range = (values) => {
    const finite = values.filter((v) => v !== null && Number.isFinite(v));
    return finite.length === 0 ? null : [Math.min(...finite), Math.max(...finite)];
  };

  const charts = {};
  const chart = (id) => {
    const place = document.getElementById(id);
    charts[id] ??= echarts.init(place, null, { renderer: "svg" });
    return charts[id];
  };
  const nothing = (id, why) => {
    chart(id).setOption(
      { title: { text: why, left: "center", top: "middle", textStyle: { color: css("--soft"), fontSize: 14, fontWeight: 400 } } },
      true,
    );
  };

  const labelled = (axis, position) => ({
    type: "custom",
    silent: true,
    data: [0],
    z: 1,
    renderItem: (params, api) => {
      const box = params.coordSys;
      const children = [];
      for (const tick of axis.ticks) {
        const at = position === "y" ? api.coord([axis.origin, log(tick)])[1] : api.coord([log(tick), axis.origin])[0];
        const style = { text: figure(tick, 3), fill: css("--soft"), fontSize: 12 };
        const line = { stroke: css("--grid"), lineWidth: 1 };
        if (position === "y") {
          children.push({ type: "line", shape: { x1: box.x, y1: at, x2: box.x + box.width, y2: at }, style: line });
          children.push({ type: "text", x: box.x - 8, y: at, style: { ...style, align: "right", verticalAlign: "middle" } });
        } else {
          children.push({ type: "line", shape: { x1: at, y1: box.y, x2: at, y2: box.y + box.height }, style: line });
          children.push({ type: "text", x: at, y: box.y + box.height + 8, style: { ...style, align: "center", verticalAlign: "top" } });
        }
      }
      return { type: "group", children };
    },
  });
  const hiddenLabels = { axisLabel: { show: false }, splitLine: { show: false } };

  const xNames = { epoch: "epoch", update: "updates", seconds: "training time (s)" };
  const xOf = (p) => p[xKind];
  const pointsOf = (i, id) => (id === "train" && xKind === "update" && curves[i].updates.length > 0 ? curves[i].updates : curves[i][id]);

  const drawCurve = (id, yName) => {
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
      nothing(id, optimizers.every((_, i) => away(i)) ? "every line is hidden" : "no finite value");
      return;
    }
    const xs = range(shown.flatMap((i) => lines.get(i).map(xOf)).filter((x) => !logX() || x > 0)) ?? [1, 1];
    const xHigh = xs[1] > 0 ? xs[1] : 1;
    let xLow = part === "end" ? xHigh / 2 : xKind === "epoch" && xHigh > 1 ? 1 : 0;
    if (logX()) {
      xLow = Math.min(xs[0], xHigh / 1.5);
    }
    const x = (p) => (logX() ? (xOf(p) > 0 ? log(xOf(p)) : null) : xOf(p));
    const [left, right] = logX() ? [log(xLow), log(xHigh)] : [xLow, xHigh];
    // The scale fits the lines that stayed finite; one that ran away leaves the chart at its edge.
    const calm = shown.filter((i) => !curves[i].diverged);
    const values = (calm.length > 0 ? calm : shown)
      .flatMap((i) => lines.get(i).filter((p) => xOf(p) >= xLow).flatMap((p) => [p.low, p.high]));
    const spread = range(values) ?? [0, 1];
    const positive = values.filter((v) => v > 0);
    const logarithmic = loss && yKind === "log" && positive.length > 0;
    let axis = null;
    let low;
    let high;
    // A loss of 0 has no place on a logarithmic axis: it is drawn at its lower edge.
    const y = (v) => (logarithmic && v !== null ? (v > 0 ? log(v) : low) : v);
    if (logarithmic) {
      const [a, b] = range(positive);
      axis = logAxis(yName, nice(a, false), nice(b * (a === b ? 1.01 : 1), true));
      low = log(axis.low);
      high = log(axis.high);
    } else {
      [low, high] = spread;
      if (loss && part === "whole") low = Math.min(0, low);
      else if (regression) low = Math.max(low, -1);
      if (!(high > low)) { low -= loss ? 0 : 1; high += 1; }
      const step = [1, 2, 5, 10].map((s) => s * Math.pow(10, Math.floor(log((high - low) / 5)))).find((s) => s >= ((high - low) / 5) * 0.999999);
      low = Math.floor(low / step + 1e-9) * step;
      high = Math.ceil(high / step - 1e-9) * step;
      if (!loss) high = Math.min(high, regression ? 1 : 100);
    }
    if (axis) axis.origin = left;
    const below = logX() ? { ...logAxis("", xLow, xHigh), origin: low } : null;

    const series = [];
    for (const i of shown) {
      const points = lines.get(i);
      if (many && points.some((p) => p.count > 1)) {
        series.push({
          type: "custom",
          silent: true,
          clip: true,
          z: 2,
          data: [0],
          renderItem: (params, api) => {
            const inside = (v) => Math.min(Math.max(v === null ? low : v, low - (high - low)), high + (high - low));
            const upper = points.map((p) => api.coord([x(p), inside(y(p.high))]));
            const lower = points.map((p) => api.coord([x(p), inside(y(p.low))])).reverse();
            return { type: "polygon", shape: { points: upper.concat(lower) }, style: { fill: colour(i), opacity: dark() ? 0.2 : 0.15 } };
          },
        });
      }
      const every = points.length <= 12 ? 1 : Math.ceil(points.length / 8);
      series.push({
        name: optimizers[i].id,
        type: "line",
        clip: true,
        z: 3,
        data: points.map((p) => [x(p), y(p.mean)]),
        symbol: "path://" + shape(i),
        symbolSize: (_, p) => (p.dataIndex % every === (i * 3) % every ? 8 : 0),
        showAllSymbol: true,
        lineStyle: { color: colour(i), width: 2, type: dash(i) },
        itemStyle: { color: colour(i) },
        emphasis: { disabled: true },
        animation: false,
      });
      if (curves[i].diverged) {
        const end = points[points.length - 1];
        series.push({
          type: "scatter",
          z: 4,
          silent: true,
          data: [[x(end), Math.min(Math.max(y(end.mean) ?? high, low), high)]],
          symbol: "path://" + cross,
          symbolSize: 13,
          itemStyle: { color: colour(i), borderColor: css("--card"), borderWidth: 1 },
        });
      }
    }
    if (axis) series.push(labelled(axis, "y"));
    if (below) series.push(labelled(below, "x"));

    const atX = (i, at) => {
      const points = lines.get(i);
      if (xKind === "epoch") return points.find((p) => p.epoch === Math.round(at));
      let found;
      for (const p of points) if (xOf(p) !== null && xOf(p) <= at * (1 + 1e-9)) found = p;
      return found;
    };
    const over = (i, at) => xKind !== "epoch" && at > xOf(lines.get(i).at(-1)) * 1.001;
    chart(id).setOption(
      {
        animation: false,
        grid: { left: 58, right: 22, top: 34, bottom: 48 },
        tooltip: {
          ...tooltipLook(),
          trigger: "axis",
          axisPointer: { type: "line", lineStyle: { color: css("--soft") }, snap: xKind === "epoch" },
          formatter: (params) => {
            const value = params[0]?.axisValue;
            if (value === undefined) return "";
            const at = logX() ? 10 ** value : value;
            const found = shown.map((i) => ({ i, p: atX(i, at) })).filter((f) => f.p);
            if (found.length === 0) return "";
            found.sort((a, b) => (loss ? a.p.mean - b.p.mean : b.p.mean - a.p.mean));
            const cell = (p) => {
              const mean = loss ? figure(p.mean) : scoreText(p.mean);
              if (p.count < 2) return mean;
              const show = (v) => (loss ? figure(v, 3) : regression ? v.toFixed(3) : v.toFixed(1));
              return `${mean} <span style="color:${css("--soft")}">(${show(p.low)} to ${show(p.high)})</span>`;
            };
            const head = { epoch: `epoch ${Math.round(at)}`, update: `after ${figure(Math.round(at), 5)} updates`, seconds: `after ${figure(at, 3)} s` }[xKind];
            const ended = (i) => (over(i, at) ? ` <span style="color:${css("--soft")}">ended</span>` : "");
            return tooltipTable(head, found.map((f) => row(f.i, cell(f.p) + ended(f.i))));
          },
        },
        xAxis: {
          ...axisLook(xNames[xKind]),
          type: "value",
          min: left,
          max: right,
          minInterval: xKind === "epoch" ? 1 : 0,
          nameLocation: "middle",
          nameGap: 28,
          splitLine: { show: false },
          axisLabel: { color: css("--soft"), fontSize: 12, hideOverlap: true, showMinLabel: true, showMaxLabel: xKind === "epoch", formatter: (v) => figure(v, 3) },
          ...(below ? hiddenLabels : {}),
        },
        yAxis: {
          ...axisLook(yName),
          axisLabel: { color: css("--soft"), fontSize: 12, formatter: (v) => figure(v, 4) },
          ...(axis ? hiddenLabels : {}),
          type: "value",
          min: low,
          max: high,
          nameLocation: "end",
          nameTextStyle: { color: css("--soft"), fontSize: 12, align: "left", padding: [0, 0, 0, -48] },
        },
        series,
      },
      true,
    );
  };

  const drawTuning = () => {
    const shown = optimizers.map((_, i) => i).filter((i) => !away(i) && optimizers[i].tuning.length > 0);
    if (shown.length === 0) {
      nothing("tuning", optimizers.some((o) => o.tuning.length > 0) ? "every line is hidden" : "the learning rates were given, none was tried");
      return;
    }
    const points = shown.flatMap((i) => optimizers[i].tuning);
    const losses = points.filter((t) => !t.diverged && t.validation_loss !== null).map((t) => t.validation_loss);
    const rates = points.filter((t) => t.rate > 0).map((t) => t.rate);
    if (losses.length === 0 || rates.length === 0) {
      nothing("tuning", "every learning rate diverged");
      return;
    }
    const [a, b] = range(losses.filter((v) => v > 0)) ?? [0.1, 1];
    const yAxis = logAxis("", nice(a / 1.2, false), nice(b * 1.05, true));
    const [r, s] = range(rates);
    const xAxis = logAxis("", r / 1.6, s * 1.6);
    yAxis.origin = log(xAxis.low);
    xAxis.origin = log(yAxis.low);
    const series = [labelled(yAxis, "y"), labelled(xAxis, "x")];
    const at = (t) => [log(t.rate), t.diverged || t.validation_loss === null ? null : t.validation_loss > 0 ? log(t.validation_loss) : log(yAxis.low)];
    const seen = {};
    for (const i of shown) {
      const o = optimizers[i];
      series.push({
        name: o.id,
        type: "line",
        z: 3,
        clip: false,
        data: o.tuning.map(at),
        symbol: "path://" + shape(i),
        symbolSize: 7,
        showAllSymbol: true,
        lineStyle: { color: colour(i), width: 1.5, type: dash(i) },
        itemStyle: { color: colour(i) },
        emphasis: { disabled: true },
      });
      const chosen = o.tuning.filter((t) => t.rate === o.rate && !t.diverged);
      series.push({
        type: "scatter",
        z: 5,
        silent: true,
        data: chosen.map(at),
        symbol: "circle",
        symbolSize: 17,
        itemStyle: { color: "transparent", borderColor: colour(i), borderWidth: 2.5 },
      });
      const lost = o.tuning.filter((t) => t.diverged);
      series.push({
        type: "scatter",
        z: 4,
        silent: true,
        clip: false,
        data: lost.map((t) => {
          seen[t.rate] = (seen[t.rate] ?? 0) + 1;
          return { value: [log(t.rate), log(yAxis.high)], symbolOffset: [0, -2 + 10 * (seen[t.rate] - 1)] };
        }),
        symbol: "path://" + cross,
        symbolSize: 8,
        itemStyle: { color: colour(i) },
      });
    }
    chart("tuning").setOption(
      {
        animation: false,
        grid: { left: 58, right: 22, top: 34, bottom: 48 },
        tooltip: {
          ...tooltipLook(),
          trigger: "axis",
          axisPointer: { type: "line", lineStyle: { color: css("--soft") }, snap: true },
          formatter: (params) => {
            const x = params[0]?.axisValue;
            if (x === undefined) return "";
            const rate = rates.reduce((best, v) => (Math.abs(log(v) - x) < Math.abs(log(best) - x) ? v : best));
            const found = shown.flatMap((i) => optimizers[i].tuning.filter((t) => t.rate === rate).map((t) => ({ i, t })));
            const key = (f) => (f.t.diverged ? Infinity : f.t.validation_loss);
            found.sort((p, q) => key(p) - key(q));
            const value = (f) => (f.t.diverged ? "diverged" : figure(f.t.validation_loss)) + (f.t.rate === optimizers[f.i].rate ? " chosen" : "");
            return tooltipTable(`rate ${figure(rate, 3)}`, found.map((f) => row(f.i, value(f))));
          },
        },
        xAxis: { ...axisLook("learning rate"), ...hiddenLabels, type: "value", min: log(xAxis.low), max: log(xAxis.high), nameLocation: "middle", nameGap: 28 },
        yAxis: {
          ...axisLook("validation loss"),
          ...hiddenLabels,
          type: "value",
          min: log(yAxis.low),
          max: log(yAxis.high),
          nameTextStyle: { color: css("--soft"), fontSize: 12, align: "left", padding: [0, 0, 0, -48] },
        },
        series,
      },
      true,
    );
  };

  const draw = () => {
    swatches();
    drawCurve("score", regression ? "R²" : "accuracy (%)");
    drawCurve("validation", all.settings.loss);
    drawCurve("train", all.settings.loss);
    drawTuning();
  };

  // Switches and legend.
  const legend = document.getElementById("legend");
  const showAll = document.getElementById("all");
  const buttons = optimizers.map((o, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.title = "click: hide or show; double click: show this one only";
    const mark = document.createElement("span");
    mark.className = "swatch";
    mark.dataset.swatch = i;
    button.append(mark, o.id);
    button.addEventListener("click", () => {
      if (!hidden.delete(i)) hidden.add(i);
      update();
    });
    button.addEventListener("dblclick", () => {
      optimizers.forEach((_, k) => (k === i ? hidden.delete(k) : hidden.add(k)));
      update();
    });
    legend.append(button);
    return button;
  });
  const update = () => {
    buttons.forEach((b, i) => {
      b.setAttribute("aria-pressed", String(!hidden.has(i)));
      b.hidden = regime !== null && optimizers[i].regime !== regime;
    });
    document.getElementById("scales").hidden = !far || xKind === "epoch";
    showAll.hidden = hidden.size === 0;
    draw();
  };
  showAll.addEventListener("click", () => {
    hidden.clear();
    update();
  });
  const choose = (attribute, take) => {
    const group = document.querySelectorAll(`button[data-${attribute}]`);
    for (const button of group) {
      button.addEventListener("click", () => {
        take(button.dataset[attribute]);
        for (const b of group) b.setAttribute("aria-pressed", String(b === button));
        update();
      });
    }
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
    choose("regime", (kind) => (regime = kind === "" ? null : kind));
  }
  choose("scale", (kind) => (scaleKind = kind));
  choose("x", (kind) => (xKind = kind));
  choose("part", (kind) => (part = kind));
  choose("y", (kind) => (yKind = kind));
  document.getElementById("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    draw();
  });
  systemDark.addEventListener("change", draw);
  const resize = () => Object.values(charts).forEach((c) => c.resize());
  window.addEventListener("resize", resize);
  window.addEventListener("beforeprint", () => {
    printing = true;
    // The page is laid out for paper only after this, so the size is given: half of A4 or Letter.
    Object.values(charts).forEach((c) => c.resize({ width: 315, height: 250 }));
    draw();
  });
  window.addEventListener("afterprint", () => {
    printing = false;
    Object.values(charts).forEach((c) => c.resize({ width: "auto", height: "auto" }));
    draw();
  });
  const save = document.getElementById("save");
  save.hidden = false;
  save.addEventListener("click", (event) => {
    event.preventDefault();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(all, null, 2) + "\n"], { type: "application/json" }));
    link.download = "comparison.json";
    link.click();
    URL.revokeObjectURL(link.href);
  });
  update();
})();
