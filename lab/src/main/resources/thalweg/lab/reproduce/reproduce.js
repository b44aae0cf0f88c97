"use strict";
(() => {
  const all = JSON.parse(document.getElementById("data-json").textContent);
  // The colours of the other pages, by place in the list.
  const palettes = {
    light: ["#0072b2", "#d55e00", "#009e73", "#c45a96", "#d99000", "#3fa7e0", "#6a3d9a", "#6f757c", "#8c564b", "#9a8b00"],
    dark: ["#5a9bff", "#ff7f45", "#2bc99b", "#ef9bcb", "#ffbb3d", "#8fe3ff", "#b592ea", "#b4bbc2", "#c9a08f", "#e6db55"],
  };
  let printing = false;
  const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
  const dark = () => {
    if (printing) return false;
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : systemDark.matches;
  };
  const colour = (i) => palettes[dark() ? "dark" : "light"][i % 10];
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const figure = (v) => {
    const size = Math.abs(v);
    return size !== 0 && (size < 1e-3 || size >= 1e5) ? Number(v.toPrecision(3)).toExponential().replace("e+", "e") : String(Number(v.toPrecision(4)));
  };
  const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
  // One point an epoch: the mean over the runs that came so far and did not diverge.
  const curve = (side, of, timed) => {
    const sound = side.runs.filter((run) => !run.diverged);
    const runs = sound.length ? sound : side.runs;
    const longest = Math.max(0, ...runs.map((run) => run.epoch.length));
    return Array.from({ length: longest }, (_, k) => {
      const there = runs.filter((run) => k < run.epoch.length && run[of][k] !== null);
      if (!there.length || (timed && there.length < runs.length)) return null;
      const x = timed ? mean(there.map((run) => run.seconds[k])) : there[0].epoch[k];
      return [x, mean(there.map((run) => run[of][k]))];
    }).filter((point) => point !== null);
  };
  const charts = new Map();
  const drawOne = (node) => {
    const sides = all.experiments[Number(node.dataset.experiment)].contenders;
    const timed = node.dataset.timed === "true";
    const shown = sides.map((_, i) => i).filter((i) => sides[i].timed === timed);
    const curves = shown.map((i) => curve(sides[i], node.dataset.of, timed));
    const values = curves.flat().map((point) => point[1]);
    const log = values.length > 0 && values.every((v) => v > 0) && Math.max(...values) > 20 * Math.min(...values);
    const axis = {
      nameTextStyle: { color: css("--soft"), fontSize: 12 },
      axisLine: { show: true, onZero: false, lineStyle: { color: css("--line") } },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: css("--grid") } },
    };
    if (!charts.has(node)) charts.set(node, echarts.init(node, null, { renderer: "canvas" }));
    charts.get(node).setOption(
      {
        animation: false,
        grid: { left: 60, right: 18, top: 34, bottom: 44 },
        legend: { top: 0, textStyle: { color: css("--ink"), fontSize: 12 }, itemWidth: 18, itemHeight: 3, icon: "roundRect" },
        tooltip: {
          trigger: timed ? "item" : "axis",
          backgroundColor: css("--card"),
          borderColor: css("--line"),
          textStyle: { color: css("--ink"), fontSize: 12 },
          confine: true,
          valueFormatter: (v) => (Array.isArray(v) ? v.map(figure).join(", ") : figure(v)),
        },
        xAxis: {
          ...axis,
          name: timed ? "seconds of training" : "epoch",
          type: "value",
          min: timed ? 0 : 1,
          minInterval: timed ? 0 : 1,
          nameLocation: "middle",
          nameGap: 26,
          splitLine: { show: false },
          axisLabel: { color: css("--soft"), fontSize: 12, hideOverlap: true },
        },
        yAxis: { ...axis, type: log ? "log" : "value", scale: true, axisLabel: { color: css("--soft"), fontSize: 12, formatter: figure } },
        series: shown.map((i, k) => ({
          name: sides[i].label,
          type: "line",
          showSymbol: curves[k].length < 2,
          data: curves[k],
          lineStyle: { color: colour(i), width: 2 },
          itemStyle: { color: colour(i) },
          emphasis: { disabled: true },
        })),
      },
      true,
    );
  };
  const draw = () => {
    for (const mark of document.querySelectorAll("[data-swatch]")) {
      mark.innerHTML = `<svg width="30" height="14" viewBox="0 0 30 14" aria-hidden="true"><path d="M0 7H30" stroke="${colour(Number(mark.dataset.swatch))}" stroke-width="2.5"/></svg>`;
    }
    document.querySelectorAll(".chart").forEach(drawOne);
  };
  document.getElementById("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    draw();
  });
  systemDark.addEventListener("change", draw);
  window.addEventListener("resize", () => charts.forEach((chart) => chart.resize()));
  window.addEventListener("beforeprint", () => {
    printing = true;
    charts.forEach((chart) => chart.resize({ width: 640, height: 250 }));
    draw();
  });
  window.addEventListener("afterprint", () => {
    printing = false;
    charts.forEach((chart) => chart.resize({ width: "auto", height: "auto" }));
    draw();
  });
  draw();
})();
