// The playground's charts and table, of walks as the server sends them; i is a walk's place.
const playCharts = (() => {
  const { element } = live;
  const at = (walk, k) => Math.min(k * walk.every, walk.last);
  const of = (id) => document.getElementById(id);

  // How a walk ended early: "left" for good, where f is "undefined", or null.
  const ended = (walk) => walk.ended ?? (walk.left_at === null ? null : "left");
  const words = { left: "left for good", undefined: "ends where f is undefined" };
  const marks = { left: "path://M-1-1L1 1M1-1L-1 1", undefined: "path://M-1-1H1V1H-1Z" };

  // Where a line ends early: at its last point, or where it goes out at the top.
  const end = (points, top) => {
    const over = points.findIndex(([, y]) => y !== null && y > top);
    const last = points.findLast(([, y]) => y !== null);
    if (over < 1) return over === 0 ? [points[0][0], top] : last;
    const [[x0, y0], [x1, y1]] = [points[over - 1], points[over]];
    return [y0 === null ? x1 : x0 + ((x1 - x0) * (top - y0)) / (y1 - y0), top];
  };
  const mark = (i, walk, points, top) => {
    const how = ended(walk);
    const place = how === null ? undefined : end(points, top);
    if (place === undefined) return [];
    return [{ type: "scatter", z: 4, clip: false, silent: true, data: [place], symbol: marks[how], symbolSize: 9, itemStyle: { color: how === "left" ? "none" : page.css("--card"), borderColor: page.colour(i), borderWidth: 2.5, opacity: 1 } }];
  };

  const curve = (node, walks, read, unit, steps) => {
    const lines = walks.map(({ i, walk }) => ({ i, walk, points: read(walk).map((v, k) => [at(walk, k), v]) }));
    // A walk that leaves for good goes up by many decades: the others say what is to be seen.
    const staying = lines.filter(({ walk }) => ended(walk) !== "left");
    const known = (staying.length ? staying : lines).flatMap((line) => line.points.map((p) => p[1]));
    const positive = chart.range(known.filter((v) => v > 0));
    if (positive === null) {
      chart.nothing(node, walks.length ? "nothing above 0 to show" : "no path to show");
      return;
    }
    const spread = positive[1] / positive[0] > 30;
    const bounds = spread ? [Math.max(positive[0], positive[1] * 1e-16), positive[1]] : chart.range(known.filter((v) => v !== null));
    // Some room above, so that it is seen where one goes out.
    if (staying.length && staying.length < lines.length) bounds[1] += spread ? 2 * bounds[1] : 0.15 * (bounds[1] - bounds[0]);
    const [low, high] = chart.around(...bounds, spread);
    const plane = chart.plane({ name: "step", low: 0, high: Math.max(2, steps), whole: true }, { name: unit, low, high, log: spread });
    const place = (v) => (v === null ? null : v > 0 || !spread ? plane.y(v) : plane.y(low));
    const drawn = lines.flatMap(({ i, walk, points }) => {
      const placed = points.map(([x, y]) => [x, place(y)]);
      return [...chart.line(i, walk.label, placed), ...mark(i, walk, placed, plane.y(high))];
    });
    const tooltip = chart.tooltip(false, (x) => {
      const k = Math.round(x);
      const rows = lines.flatMap(({ i, walk, points }) => {
        const p = points[Math.min(points.length - 1, Math.round(k / walk.every))];
        return k > walk.last + walk.every ? [] : [chart.row(i, walk.label, page.figure(p[1], 5))];
      });
      return chart.table(`step ${k}`, rows);
    });
    chart.on(node).setOption({ ...plane.option, grid: { ...plane.option.grid, bottom: 40 }, tooltip, series: [...drawn, ...plane.series] }, true);
  };

  // Walks are { i, walk }; about has the surface's minima.
  const loss = (walks, about, steps) => {
    const lowest = about.minima.length ? Math.min(...about.minima.map((m) => m.value)) : null;
    of("loss-title").textContent = lowest === null ? "Loss" : lowest === 0 ? "Loss" : `Loss above the minimum, ${page.figure(lowest, 6)}`;
    curve(of("loss"), walks, (walk) => (lowest === null ? walk.loss : walk.loss.map((v) => (v === null ? null : v - lowest))), lowest === null || lowest === 0 ? "loss" : "loss above the minimum", steps);
  };
  const distance = (walks, about, steps) => {
    of("distance-title").textContent = about.minima.length ? "Distance to the nearest minimum" : "Gradient norm (no minimum is known)";
    curve(of("distance"), walks, (walk) => (about.minima.length ? walk.distance : walk.gradient_norm), about.minima.length ? "distance" : "norm", steps);
  };

  // Marks a step; the last is not marked.
  const cursor = (step, steps) => ["loss", "distance"].forEach((id) => chart.cursor(of(id), step < steps ? step : null));

  const table = (walks, about) => {
    document.getElementById("within").textContent = about.minima.length ? "Within: the first step whose loss is so little above the lowest known minimum." : "No minimum of this surface is known: the first step whose gradient norm is so small.";
    document.querySelectorAll("#table .within").forEach((head, k) => (head.textContent = `${about.minima.length ? "Within" : "Norm below"} 1e-${2 * k + 2}`));
    of("rows").replaceChildren(
      ...walks.map(({ i, walk }) => {
        const swatch = element("span", { class: "swatch", "data-swatch": i });
        swatch.innerHTML = page.swatch(i);
        const left = ended(walk) === null ? [] : [element("span", { class: "left" }, ` ${words[ended(walk)]} at step ${walk.left_at}`)];
        const cell = (name, text, kind) => element("td", { "data-name": name, class: kind }, text);
        return element(
          "tr",
          {},
          element("th", { scope: "row" }, swatch, walk.label, ...left),
          ...walk.steps_within.map((k, j) => cell(`${about.minima.length ? "Within" : "Norm below"} 1e-${2 * j + 2}`, k === null ? "–" : `step ${k}`)),
          cell("Last loss", page.figure(walk.loss.at(-1)), "main"),
          cell("Distance", page.figure(walk.distance.at(-1))),
        );
      }),
    );
  };

  return { loss, distance, cursor, table };
})();
