"use strict";
// One surface at a time: from above and in three dimensions, played together, with tables and curves.
// Traces are of format trace/1 and share their optimizers, maps of format map/1; hidden has the numbers
// of the optimizers that are switched off.
const scene = (traces, maps, hidden) => {
  const { figure } = page;
  const at = (id) => document.getElementById(id);
  const map = surfaceMap(at("map"), page);
  const solid = surface3d(at("solid"), page);
  const views = [map, solid];
  let which = 0;
  let walks = [];
  let yKind = "log";
  let step = 0;

  const lowest = (trace) => (trace.surface.minima.length === 0 ? null : Math.min(...trace.surface.minima.map((minimum) => minimum.value)));
  const distance = (trace, x) => Math.min(...trace.surface.minima.map((minimum) => Math.hypot(...x.map((v, i) => v - minimum.at[i]))));
  const measures = {
    loss: {
      title: (trace) => (lowest(trace) === null ? "Loss" : "Loss above the minimum"),
      unit: (trace) => (lowest(trace) ? `f ${lowest(trace) < 0 ? "+" : "−"} ${figure(Math.abs(lowest(trace)))}` : "f"),
      of: (trace, walk) => walk.loss.map((v) => v - (lowest(trace) ?? 0)),
    },
    distance: {
      title: (trace) => (lowest(trace) === null ? null : trace.surface.minima.length > 1 ? "Distance to the nearest minimum" : "Distance to the minimum"),
      unit: () => "‖x − minimum‖",
      of: (trace, walk) => walk.x.map((x) => distance(trace, x)),
    },
    gradient: { title: () => "Gradient norm", unit: () => "‖∇f‖", of: (trace, walk) => walk.gradient_norm },
    rate: { title: () => "Effective rate: length of the move / gradient norm", unit: () => "‖Δx‖ / ‖∇f‖", of: (trace, walk) => walk.rate.map((v, i) => (i === 0 ? null : v)) },
  };

  // The map ends above the player, which stays at the foot of the window, however long the words are.
  const fit = () => {
    const above = at("map").getBoundingClientRect().top + window.scrollY;
    at("views").style.setProperty("--around", `${Math.ceil(above + at("player").offsetHeight + 8)}px`);
  };
  window.addEventListener("resize", fit);

  const show = (k) => {
    which = k;
    const trace = traces[k];
    walks = trace.walks.map((walk, i) => ({ every: 1, last: walk.x.length - 1, ...walk, look: page.looks[i] }));
    at("name").textContent = traces.length > 1 ? trace.surface.text : "";
    at("formula").textContent = `f(${names(trace).join(", ")}) = ${trace.surface.formula}`;
    for (const table of document.querySelectorAll("[data-table]")) table.hidden = Number(table.dataset.table) !== k;
    for (const view of views) {
      view.setWalks([]);
      view.setSurface(maps[k], trace.surface.minima);
      view.setStart(trace.start);
      view.setWalks(walks);
    }
    map.key(at("signs"));
    at("caption").textContent = caption(trace);
    fit();
    play.of(trace.steps);
  };
  const names = ({ surface: { dimension } }) => (dimension <= 3 ? ["x", "y", "z"].slice(0, dimension) : ["x1", "x2", "…", `x${dimension}`]);
  const caption = (trace) => {
    const parts = [`Colours and lines of equal height: ${maps[which].scale.text}.`];
    parts.push(surface.blanks(maps[which]));
    if (trace.surface.dimension > 2) {
      const rest = maps[which].at.slice(2, 7).map((v) => figure(v)).join(", ") + (trace.surface.dimension > 7 ? ", …" : "");
      parts.push(`The surface is shown in its first two coordinates, the others at ${rest}; the paths are laid on it.`);
    }
    parts.push("In three dimensions what lies behind the surface is faint.");
    return parts.filter(Boolean).join(" ");
  };

  // The colours of heights with some of the heights.
  const drawHeights = () => {
    const now = maps[which];
    const colours = page.dark() ? now.dark : now.light;
    at("heights").querySelector(".ramp").style.background = `linear-gradient(to right, ${colours.join(", ")})`;
    const marks = [0, 0.25, 0.5, 0.75, 1].map((part) => `<span>${surface.heightText(now.scale, part)}</span>`);
    at("heights").querySelector(".marks").innerHTML = marks.join("");
  };

  // Curves.
  const drawChart = (node) => {
    const trace = traces[which];
    const measure = measures[node.dataset.of];
    const title = measure.title(trace);
    node.closest("figure").hidden = title === null;
    if (title === null) return;
    node.closest("figure").querySelector("figcaption").textContent = title;
    node.setAttribute("aria-label", `${title} against the steps`);
    const shown = walks.map((_, i) => i).filter((i) => !hidden.has(i));
    if (shown.length === 0) {
      chart.nothing(node, "every line is hidden");
      return;
    }
    const values = walks.map((walk) => measure.of(trace, walk));
    const [low, high, logarithmic] = bounds(shown, values);
    const plane = chart.plane({ name: "step", low: 0, high: Math.max(1, trace.steps), whole: true }, { name: measure.unit(trace), low, high, log: logarithmic });
    const series = shown.flatMap((i) => chart.line(i, walks[i].label, values[i].map((v, j) => [ways.step(walks[i], j), plane.y(v)])));
    const tooltip = chart.tooltip(false, (x) => {
      const k = Math.round(x);
      const rows = shown.filter((i) => k <= walks[i].last).map((i) => chart.row(i, walks[i].label, figure(values[i][ways.index(walks[i], k)])));
      return chart.table(`step ${k}`, rows);
    });
    const drawn = chart.on(node);
    drawn.setOption({ ...plane.option, tooltip, series: [...series, ...plane.series] }, true);
    if (!node.dataset.scrubs) {
      node.dataset.scrubs = "yes";
      drawn.getZr().on("click", (event) => {
        if (drawn.containPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY])) play.go(drawn.convertFromPixel({ xAxisIndex: 0 }, event.offsetX));
      });
    }
    drawCursor(node);
  };
  // The scale fits the walks that stayed; one that left runs off the chart.
  const bounds = (shown, values) => {
    const calm = shown.filter((i) => walks[i].left_at === null);
    const begun = Math.max(...shown.map((i) => Math.abs(values[i].find((v) => v !== null) ?? 0)));
    const all = (calm.length > 0 ? calm : shown).flatMap((i) => values[i]).filter((v) => v !== null);
    const usual = all.filter((v) => Math.abs(v) <= 1e3 * begun);
    const range = chart.range(usual) ?? [0, 1];
    const positive = usual.filter((v) => v > 1e-16);
    const logarithmic = yKind === "log" && range[0] >= 0 && positive.length > 0;
    return [...chart.around(...(logarithmic ? chart.range(positive) : range), logarithmic), logarithmic];
  };
  const drawCursor = (node) => chart.cursor(node, step === traces[which].steps ? null : step);
  const charts = document.querySelectorAll(".scene .chart");

  // What is at a step, in the table.
  const play = player(at("player"), (k) => {
    step = k;
    for (const view of views) view.setStep(k);
    for (const node of charts) {
      if (page.charts.has(node) && !node.closest("figure").hidden) drawCursor(node);
    }
    const table = document.querySelector(`[data-table="${which}"]`);
    for (const place of table.querySelectorAll("[data-step]")) place.textContent = k;
    for (const row of table.querySelectorAll("tr[data-walk]")) {
      const walk = walks[Number(row.dataset.walk)];
      const i = ways.index(walk, k);
      const ended = ways.ended(walk, k) !== null;
      for (const cell of row.querySelectorAll("[data-now]")) {
        const value = ended ? null : walk[cell.dataset.now][i];
        cell.textContent = figure(value);
        cell.dataset.value = value ?? "";
      }
    }
  });

  const pointed = (i) => ({ walk: walks[i], i });
  tip(map, at("map"), pointed);
  tip(solid, at("solid"), pointed);

  // A column's button sorts by it, again the other way round; what has no number comes last.
  const sort = (button) => {
    const head = button.closest("th");
    const column = [...head.parentNode.children].indexOf(head);
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of head.parentNode.children) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const value = (row) => row.children[column].dataset.value;
    const body = head.closest("table").tBodies[0];
    const order = (a, b) => {
      const [x, y] = [value(a), value(b)];
      if (column === 0) return (Number(x) - Number(y)) * (down ? -1 : 1);
      if (x === "" || y === "") return (x === "") - (y === "");
      return (Number(x) - Number(y)) * (down ? -1 : 1);
    };
    body.append(...[...body.rows].sort(order));
  };
  for (const button of document.querySelectorAll("[data-table] thead button")) button.addEventListener("click", () => sort(button));

  page.choose("y", (kind) => (yKind = kind));
  page.choose("trace", (k) => show(Number(k)));
  show(0);

  const draw = () => {
    fit();
    walks.forEach((walk, i) => {
      for (const view of views) view.setVisible(walk.label, !hidden.has(i));
      for (const row of document.querySelectorAll(`[data-table] tr[data-walk="${i}"]`)) row.classList.toggle("away", hidden.has(i));
    });
    for (const view of views) view.draw();
    drawHeights();
    map.key(at("signs"));
    charts.forEach(drawChart);
  };
  // Listens for the printer after the page does, which makes all of it light first.
  let listening = false;
  return {
    draw: () => {
      draw();
      if (listening) return;
      listening = true;
      const drawn = (k) => {
        show(k);
        draw();
        solid.now();
      };
      printed(document.querySelector(".scene"), "#name, #formula, #views, #signs, #heights, #caption, [data-table]:not([hidden]), #curves", traces.length, { which: () => which, draw: drawn });
    },
  };
};
