"use strict";
// The effect of a hyperparameter: the loss that each optimizer ends with against its value, and the
// paths of a value that is too small, of the best and of one that is too large. A sweep is of format
// sweep/1; hidden has the numbers of the optimizers that are switched off.
const sweep = (data, map1, hidden) => {
  const { figure } = page;
  const node = document.getElementById("sweep");
  const lowest = data.surface.minima.length === 0 ? null : Math.min(...data.surface.minima.map((minimum) => minimum.value));
  const what = lowest === null ? "Final loss" : "Final loss above the minimum";
  const title = `${what} against ${data.hyperparameter}`;
  node.closest("figure").querySelector("figcaption").textContent = title;
  node.setAttribute("aria-label", title);
  const ends = data.optimizers.map((o) => o.final_loss.map((v) => (v === null ? null : v - (lowest ?? 0))));
  const begun = data.start_loss - (lowest ?? 0);
  const columns = { small: "too small", right: "right", large: "too large" };
  // How the walk at a value ended.
  const early = (o, k) => (o.ended[k] === "undefined" ? `ends where f is undefined, at step ${o.left_at[k]}` : o.left_at[k] === null ? null : `left at step ${o.left_at[k]}`);
  const endings = {
    left: { says: "✕ left for good", outline: "M4 1L12 9L20 1L23 4L15 12L23 20L20 23L12 15L4 23L1 20L9 12L1 4Z" },
    undefined: { says: "□ ends where f is undefined", outline: "M2 2H22V22H2ZM5 5V19H19V5Z" },
  };

  const drawChart = () => {
    const shown = data.optimizers.map((_, i) => i).filter((i) => !hidden.has(i));
    if (shown.length === 0) {
      chart.nothing(node, "every line is hidden");
      return;
    }
    // What ends far above where all began is as bad as what left.
    const all = shown.flatMap((i) => ends[i]).filter((v) => v !== null && v <= 1e3 * Math.abs(begun));
    const positive = all.filter((v) => v > 1e-16);
    const logarithmic = positive.length > 0 && Math.min(...all) >= 0;
    const range = (logarithmic ? chart.range(positive) : chart.range(all)) ?? [0, 1];
    const [low, high] = chart.around(...range, logarithmic);
    const plane = chart.plane({ name: data.hyperparameter, low: data.values[0], high: data.values.at(-1), log: true }, { name: what.toLowerCase(), low, high, log: logarithmic });
    const top = plane.y(high);
    // Above the chart a row of signs for each optimizer of which a path ended early.
    const rows = shown.filter((i) => data.optimizers[i].left_at.some((k) => k !== null));
    const meant = Object.keys(endings).filter((end) => rows.some((i) => data.values.some((_, k) => data.optimizers[i].ended[k] === end)));
    const room = rows.length === 0 ? 0 : 16 + 10 * rows.length;
    const series = shown.flatMap((i) => {
      const mark = { color: page.colour(i) };
      const points = data.values.map((x, k) => [plane.x(x), ends[i][k] === null ? null : plane.y(ends[i][k])]);
      const best = points[data.optimizers[i].right] ?? [0, null];
      const signed = meant.map((end) => ({
        type: "scatter",
        z: 4,
        silent: true,
        clip: false,
        data: data.values.filter((_, k) => data.optimizers[i].ended[k] === end).map((x) => [plane.x(x), top]),
        symbol: "path://" + endings[end].outline,
        symbolSize: 8,
        symbolOffset: [0, 10 * (rows.indexOf(i) - rows.length) - 2],
        itemStyle: mark,
      }));
      return [
        ...chart.line(i, data.optimizers[i].label, points),
        ...signed,
        { type: "scatter", z: 5, silent: true, data: best[1] === null ? [] : [[best[0], Math.max(best[1], plane.y(low))]], symbol: "circle", symbolSize: 15, itemStyle: { color: "transparent", borderColor: page.colour(i), borderWidth: 2 } },
      ];
    });
    const title = { text: meant.map((end) => endings[end].says).join("    "), right: 18, top: 10, textStyle: { color: page.css("--soft"), fontSize: 12, fontWeight: 400 } };
    const grid = { ...plane.option.grid, top: plane.option.grid.top + room };
    const yAxis = { ...plane.option.yAxis, nameGap: 15 + room };
    const tooltip = chart.tooltip(true, (x) => {
      const k = data.values.reduce((best, v, j) => (Math.abs(plane.x(v) - x) < Math.abs(plane.x(data.values[best]) - x) ? j : best), 0);
      const said = (i) => early(data.optimizers[i], k) ?? figure(ends[i][k]);
      return chart.table(`${page.text(data.hyperparameter)} = ${figure(data.values[k])}`, shown.map((i) => chart.row(i, data.optimizers[i].label, said(i))));
    });
    chart.on(node).setOption({ ...plane.option, title, grid, yAxis, tooltip, series: [...series, ...plane.series] }, true);
  };

  // Three small maps an optimizer.
  const maps = [];
  const articles = data.optimizers.map((optimizer, i) => {
    const article = document.createElement("article");
    article.className = "rule";
    article.innerHTML = `<h3><span class="swatch" data-swatch="${i}"></span>${page.text(optimizer.label)}</h3><div class="three"></div>`;
    document.getElementById("three").append(article);
    Object.entries(columns).forEach(([column, name], c) => {
      const walk = optimizer.walks[c];
      const k = optimizer[column];
      const figureNode = document.createElement("figure");
      if (walk === null) {
        figureNode.innerHTML = `<div class="none">${column === "right" ? "none that was tried ends below the start" : "none tried"}</div><figcaption>${name}<small>&nbsp;</small></figcaption>`;
        article.querySelector(".three").append(figureNode);
        return;
      }
      const end = early(optimizer, k) ?? `ends at ${figure(ends[i][k], 3)}`;
      figureNode.innerHTML = `<div></div><figcaption>${name}: ${figure(data.values[k], 3)}<small>${end}${column === "right" && (k === 0 || k === data.values.length - 1) ? ", at the end of the range" : ""}</small></figcaption>`;
      article.querySelector(".three").append(figureNode);
      const map = surfaceMap(figureNode.firstChild, page, { small: true });
      map.setSurface(map1, data.surface.minima);
      map.setStart(data.start);
      map.setWalks([{ every: 1, last: walk.x.length - 1, ...walk, look: page.looks[i] }]);
      maps.push(map);
    });
    return article;
  });

  return {
    draw: () => {
      articles.forEach((article, i) => (article.hidden = hidden.has(i)));
      maps.forEach((map) => map.draw());
      drawChart();
    },
  };
};
