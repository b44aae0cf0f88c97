"use strict";
// How every chart draws its axes, lines and tooltips. A page's own script finds it in `chart`.
const chart = (() => {
  const { css, figure } = page;
  const log = Math.log10;

  const on = (node) => {
    if (!page.charts.has(node)) page.charts.set(node, echarts.init(node, null, { renderer: "svg", ...page.size(node) }));
    return page.charts.get(node);
  };
  const nothing = (node, why) => {
    const title = { text: why, left: "center", top: "middle", textStyle: { color: css("--soft"), fontSize: 14, fontWeight: 400 } };
    on(node).setOption({ title }, true);
  };

  const range = (values) => {
    const finite = values.filter((v) => v !== null && Number.isFinite(v));
    return finite.length === 0 ? null : [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
  };
  const nice = (v, up) => {
    const power = Math.pow(10, Math.floor(log(v) + 1e-9));
    const steps = [1, 1.5, 2, 3, 4, 5, 7, 10];
    if (!up) steps.reverse();
    for (const s of steps) {
      if (up ? s * power >= v * 0.999999 : s * power <= v * 1.000001) return s * power;
    }
    return up ? 10 * power : power;
  };
  // Round numbers around low and high; those of a logarithmic axis are above 0.
  const around = (low, high, logarithmic) => {
    if (logarithmic) return [nice(low, false), nice(high * (low === high ? 1.01 : 1), true)];
    if (!(high > low)) return [low, low + Math.max(1e-12, Math.abs(low))];
    const step = [1, 2, 5, 10].map((s) => s * Math.pow(10, Math.floor(log((high - low) / 5)))).find((s) => s >= ((high - low) / 5) * 0.999999);
    return [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
  };

  // A logarithmic axis is drawn as a linear one over log10, with ticks at 1, 2, 5 or closer: a
  // range of less than a decade still gets labels.
  const ticks = (low, high) => {
    const decades = log(high) - log(low);
    const digits = decades < 0.7 ? [1, 1.5, 2, 3, 4, 5, 7] : decades < 2.2 ? [1, 2, 5] : [1];
    const step = Math.max(1, Math.ceil(decades / 8));
    const found = [];
    for (let p = Math.floor(log(low)) - 1; p <= Math.ceil(log(high)); p++) {
      if (digits.length === 1 && p % step !== 0) continue;
      for (const d of digits) {
        const v = d * Math.pow(10, p);
        if (v >= low * 0.9999 && v <= high * 1.0001) found.push(v);
      }
    }
    return found;
  };
  const labels = (axis, origin, vertical) => ({
    type: "custom",
    silent: true,
    data: [0],
    z: 1,
    renderItem: (params, api) => {
      const box = params.coordSys;
      const children = [];
      for (const tick of ticks(axis.low, axis.high)) {
        const style = { text: figure(tick, 3), fill: css("--soft"), fontSize: 12 };
        const line = { stroke: css("--grid"), lineWidth: 1 };
        if (vertical) {
          const y = api.coord([origin, log(tick)])[1];
          children.push({ type: "line", shape: { x1: box.x, y1: y, x2: box.x + box.width, y2: y }, style: line });
          children.push({ type: "text", x: box.x - 8, y, style: { ...style, align: "right", verticalAlign: "middle" } });
        } else {
          const x = api.coord([log(tick), origin])[0];
          children.push({ type: "line", shape: { x1: x, y1: box.y, x2: x, y2: box.y + box.height }, style: line });
          children.push({ type: "text", x, y: box.y + box.height + 8, style: { ...style, align: "center", verticalAlign: "top" } });
        }
      }
      return { type: "group", children };
    },
  });
  const axisLook = (axis, digits, last = true) => ({
    name: axis.name,
    type: "value",
    min: axis.log ? log(axis.low) : axis.low,
    max: axis.log ? log(axis.high) : axis.high,
    minInterval: axis.whole ? 1 : 0,
    axisLine: { show: true, onZero: false, lineStyle: { color: css("--line") } },
    axisTick: { show: false },
    axisLabel: { show: !axis.log, color: css("--soft"), fontSize: 12, hideOverlap: true, showMinLabel: true, showMaxLabel: last === true, formatter: (v) => figure(v, digits) },
    splitLine: { show: !axis.log, lineStyle: { color: css("--grid") } },
  });

  // Two axes, each { name, low, high, log, whole }: what echarts needs for them, and where a value
  // is. What is not above 0 has no place on a logarithmic axis: below its edge on the vertical one.
  const plane = (across, up) => {
    const place = (axis, v, other) => (!axis.log || v === null ? v : v > 0 ? log(v) : other);
    const x = (v) => place(across, v, null);
    const y = (v) => place(up, v, log(up.low));
    const soft = { color: css("--soft"), fontSize: 12 };
    const xAxis = { ...axisLook(across, 5, across.whole), nameLocation: "middle", nameGap: 28, nameTextStyle: soft, splitLine: { show: false } };
    const yAxis = { ...axisLook(up, 4), nameLocation: "end", nameTextStyle: { ...soft, align: "left", padding: [0, 0, 0, -48] } };
    const series = [];
    if (up.log) series.push(labels(up, x(across.low), true));
    if (across.log) series.push(labels(across, y(up.low), false));
    return { x, y, series, option: { animation: false, grid: { left: 62, right: 22, top: 34, bottom: 48 }, xAxis, yAxis } };
  };

  // Line i through points [x, y] of a plane, marked at some of them.
  const line = (i, name, points, width = 2, most = 12) => {
    const every = points.length <= most ? 1 : Math.ceil(points.length / 8);
    const item = { color: page.colour(i) };
    return [
      { name, type: "line", z: 3, clip: true, data: points, showSymbol: false, lineStyle: { color: page.colour(i), width, type: page.dash(i) }, itemStyle: item, emphasis: { disabled: true } },
      { type: "scatter", z: 3, clip: true, silent: true, data: points.filter((p, k) => p[1] !== null && k % every === (i * 3) % every), symbol: "path://" + page.looks[i].marker, symbolSize: 8, itemStyle: { ...item, opacity: 1 } },
    ];
  };

  // The area between points [x, y] above and below line i, faint.
  const band = (i, above, below) => ({
    type: "custom",
    silent: true,
    clip: true,
    z: 2,
    data: [0],
    renderItem: (params, api) => {
      const box = params.coordSys;
      const inside = (p) => {
        const [x, y] = api.coord(p);
        return [x, Math.min(Math.max(y, box.y - box.height), box.y + 2 * box.height)];
      };
      const points = above.map(inside).concat(below.map(inside).reverse());
      return { type: "polygon", shape: { points }, style: { fill: page.colour(i), opacity: page.dark() ? 0.2 : 0.15 } };
    },
  });

  // Beside the pointer, on the side with more room, so that it does not hide what it explains.
  const beside = (point, params, dom, rect, size) => {
    const [width] = size.contentSize;
    const [view] = size.viewSize;
    const x = point[0] > view / 2 ? point[0] - width - 18 : point[0] + 18;
    return [Math.max(-8, Math.min(x, view - width + 8)), 8];
  };
  // A tooltip of all lines at the pointer's place on the horizontal axis.
  const tooltip = (snap, says) => ({
    trigger: "axis",
    position: beside,
    backgroundColor: css("--card"),
    borderColor: css("--line"),
    textStyle: { color: css("--ink"), fontSize: 12 },
    extraCssText: "z-index:9;",
    axisPointer: { type: "line", lineStyle: { color: css("--soft") }, snap },
    formatter: (params) => (params[0]?.axisValue === undefined ? "" : says(params[0].axisValue)),
  });
  const row = (i, name, value) =>
    `<tr><td>${page.swatch(i)}</td><td style="padding:0 12px 0 6px;text-align:left;white-space:normal;min-width:6em">${page.text(name)}</td><td style="text-align:right">${value}</td></tr>`;
  const table = (head, rows) => `<b>${head}</b><table style="border-collapse:collapse;line-height:1.35">${rows.join("")}</table>`;

  // A line across a chart at x of its horizontal axis, without drawing the chart anew; null for none.
  const cursor = (node, x) => {
    let mark = node.querySelector(".cursor");
    if (mark === null) {
      mark = document.createElement("div");
      mark.className = "cursor";
      node.append(mark);
    }
    const drawn = page.charts.get(node);
    mark.hidden = x === null || !drawn?.getModel()?.getComponent("xAxis", 0);
    if (!mark.hidden) mark.style.left = `${drawn.convertToPixel({ xAxisIndex: 0 }, x)}px`;
  };

  return { cursor, on, nothing, range, around, plane, line, band, tooltip, row, table };
})();
