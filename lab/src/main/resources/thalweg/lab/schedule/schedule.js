"use strict";
(() => {
  const place = document.getElementById("data-json");
  const all = JSON.parse(place.textContent);
  const every = Number(place.dataset.every);
  const schedules = all.schedules;
  // The colours and dashes of the comparison's report, by place in the list.
  const palettes = {
    light: ["#0072b2", "#d55e00", "#009e73", "#c45a96", "#d99000", "#3fa7e0", "#6a3d9a", "#6f757c", "#8c564b", "#9a8b00"],
    dark: ["#5a9bff", "#ff7f45", "#2bc99b", "#ef9bcb", "#ffbb3d", "#8fe3ff", "#b592ea", "#b4bbc2", "#c9a08f", "#e6db55"],
  };
  const dashes = ["solid", [7, 4], [2, 3]];
  const dash = (i) => dashes[Math.floor(i / 10) % 3];
  const hidden = new Set();
  let yKind = "linear";
  let printing = false;
  const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
  const dark = () => {
    if (printing) return false;
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : systemDark.matches;
  };
  const colour = (i) => palettes[dark() ? "dark" : "light"][i % 10];
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const text = (s) => {
    const span = document.createElement("span");
    span.textContent = s;
    return span.innerHTML;
  };
  const figure = (v, digits = 5) => {
    if (v === 0) return "0";
    const size = Math.abs(v);
    if (size < 1e-3 || size >= 1e6) return Number(v.toPrecision(digits)).toExponential().replace("e+", "e");
    return String(Number(v.toPrecision(digits)));
  };
  const swatch = (i) => {
    const d = dash(i);
    const dashing = d === "solid" ? "" : ` stroke-dasharray="${d.join(" ")}"`;
    return `<svg width="30" height="14" viewBox="0 0 30 14" aria-hidden="true"><path d="M0 7H30" stroke="${colour(i)}" stroke-width="2.5"${dashing}/></svg>`;
  };
  const update = (k) => k * every + 1;
  const charts = new Map();
  const drawOne = (node) => {
    const shown = schedules.map((_, i) => i).filter((i) => !hidden.has(i) && schedules[i].of === node.dataset.of);
    if (!charts.has(node)) charts.set(node, echarts.init(node, null, { renderer: "canvas" }));
    const log = yKind === "log" && shown.some((i) => schedules[i].values.some((v) => v > 0));
    const axis = {
      nameTextStyle: { color: css("--soft"), fontSize: 12 },
      axisLine: { show: true, onZero: false, lineStyle: { color: css("--line") } },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: css("--grid") } },
    };
    charts.get(node).setOption(
      {
        animation: false,
        grid: { left: 66, right: 22, top: 24, bottom: 48 },
        tooltip: {
          trigger: "axis",
          backgroundColor: css("--card"),
          borderColor: css("--line"),
          textStyle: { color: css("--ink"), fontSize: 12 },
          axisPointer: { type: "line", lineStyle: { color: css("--soft") }, snap: true },
          confine: true,
          formatter: (params) => {
            const x = params[0]?.axisValue;
            if (x === undefined) return "";
            const k = Math.round((x - 1) / every);
            const rows = shown
              .filter((i) => k < schedules[i].values.length)
              .map((i) => `<tr><td>${swatch(i)}</td><td style="padding:0 12px 0 6px;text-align:left;white-space:normal">${text(schedules[i].label)}</td><td style="text-align:right">${figure(schedules[i].values[k], 8)}</td></tr>`);
            const epoch = all.steps_per_epoch ? `, epoch ${Math.floor((x - 1) / all.steps_per_epoch) + 1}` : "";
            return `<b>update ${x}${epoch}</b><table style="border-collapse:collapse;line-height:1.35">${rows.join("")}</table>`;
          },
        },
        xAxis: {
          ...axis,
          name: "update",
          type: "value",
          min: 1,
          max: Math.max(2, all.steps),
          minInterval: 1,
          nameLocation: "middle",
          nameGap: 28,
          splitLine: { show: false },
          axisLabel: { color: css("--soft"), fontSize: 12, hideOverlap: true, showMinLabel: true, showMaxLabel: true },
        },
        yAxis: {
          ...axis,
          type: log ? "log" : "value",
          scale: true,
          axisLabel: { color: css("--soft"), fontSize: 12, formatter: (v) => figure(v, 4) },
        },
        series: shown.map((i) => ({
          name: schedules[i].label,
          type: "line",
          showSymbol: schedules[i].values.length === 1,
          data: schedules[i].values.map((v, k) => [update(k), log && !(v > 0) ? null : v]),
          lineStyle: { color: colour(i), width: 2, type: dash(i) },
          itemStyle: { color: colour(i) },
          emphasis: { disabled: true },
        })),
      },
      true,
    );
  };
  const draw = () => {
    for (const mark of document.querySelectorAll("[data-swatch]")) mark.innerHTML = swatch(Number(mark.dataset.swatch));
    document.querySelectorAll(".chart").forEach(drawOne);
  };
  const legend = document.getElementById("legend");
  schedules.forEach((schedule, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-pressed", "true");
    const mark = document.createElement("span");
    mark.className = "swatch";
    mark.dataset.swatch = i;
    button.append(mark, schedule.label);
    button.addEventListener("click", () => {
      if (!hidden.delete(i)) hidden.add(i);
      button.setAttribute("aria-pressed", String(!hidden.has(i)));
      draw();
    });
    legend.append(button);
  });
  const switches = document.querySelectorAll("button[data-y]");
  for (const button of switches) {
    button.addEventListener("click", () => {
      yKind = button.dataset.y;
      for (const b of switches) b.setAttribute("aria-pressed", String(b === button));
      draw();
    });
  }
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
