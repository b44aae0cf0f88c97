"use strict";
(() => {
  const { element } = live;
  const el = (id) => document.getElementById(id);
  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text; // damaged: there is no run of that name
    }
  };
  const name = decoded(location.pathname.split("/").pop());
  const path = `/api/runs/${encodeURIComponent(name)}`;
  let lines = runLines.of([]);
  let run = null;
  let yKind = "log";
  let hidden = new Set();
  let optimizers = null;

  document.title = `${name} · Thalweg`;
  el("name").textContent = name;

  // ---- charts ----

  const figures = new Map();
  const place = (one) => {
    if (!figures.has(one.id)) {
      const chartNode = element("div", { class: "chart", role: "img", "aria-label": one.title, id: `chart-${one.id}` });
      const key = element("div", { class: "key" });
      const figure = element("figure", {}, element("figcaption", {}, one.title), key, chartNode);
      el("charts").append(figure);
      figures.set(one.id, { chartNode, key });
    }
    return figures.get(one.id);
  };
  const key = (node, shown) => {
    const wanted = shown.map((line) => `${line.look} ${line.name}`).join("\n");
    if (node.dataset.lines === wanted) return;
    node.dataset.lines = wanted;
    node.replaceChildren(...shown.map((line) => element("span", {}, element("span", { class: "swatch", "data-swatch": line.look }), line.name)));
    for (const mark of node.querySelectorAll("[data-swatch]")) mark.innerHTML = page.swatch(Number(mark.dataset.swatch));
  };
  const logarithmic = (one, values) => {
    const wanted = one.kind === "log" || (one.kind === "loss" && yKind === "log");
    const spread = one.kind === "spread" && values.length && Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) > 20;
    return (wanted || spread) && values.some((v) => v > 0);
  };
  const draw = (one, all) => {
    const { chartNode, key: keyNode } = place(one);
    const shown = one.lines.filter((line) => line.points.some((p) => p[1] !== null) && !(optimizers && hidden.has(line.look) && one.id !== "memory"));
    if (!optimizers || one.id === "memory") key(keyNode, one.lines.length > 1 ? shown : []);
    if (shown.length === 0) {
      chart.nothing(chartNode, run?.state === "running" ? "nothing yet" : "nothing in the log");
      return;
    }
    const values = shown.flatMap((line) => line.points.map((p) => p[1])).filter((v) => v !== null);
    const log = logarithmic(one, values);
    const known = log ? values.filter((v) => v > 0) : values;
    const [least, most] = chart.range(known);
    const [low, high] = chart.around(!log && (one.zero || least === most) ? Math.min(0, least) : least, most, log);
    const across = { name: one.across ?? all.across, low: all.across === "step" ? 0 : 1, high: end(one, shown, all), whole: true };
    const plane = chart.plane(across, { name: one.unit, low, high, log });
    const place2 = (v) => (log && !(v > 0) ? null : plane.y(v));
    const drawn = shown.flatMap((line) => {
      const points = line.points.map(([x, y]) => [x, y === null ? null : place2(y)]);
      return line.thin ? thin(line, points) : chart.line(line.look, line.name, points);
    });
    const tooltip = chart.tooltip(false, (x) => {
      const rows = shown.flatMap((line) => {
        const near = nearest(line.points, x);
        return near === null || near[1] === null ? [] : [chart.row(line.look, line.name, `${page.figure(near[1], 5)}${shown.length > 1 && near[0] !== Math.round(x) ? ` <small>(${near[0]})</small>` : ""}`)];
      });
      return chart.table(`${across.name} ${Math.round(x)}`, rows);
    });
    chart.on(chartNode).setOption({ ...plane.option, tooltip, series: [...drawn, ...plane.series] }, true);
  };
  // Where the horizontal axis ends: a run that goes on gets some room.
  const end = (one, shown, all) => {
    const last = Math.max(2, ...shown.map((line) => line.points.at(-1)[0]));
    if (run?.state !== "running" || one.across) return last;
    return Math.max(last, Math.min(all.most ?? last, chart.around(0, last * 1.05)[1]));
  };
  // What changes with every batch stays behind the means.
  const thin = (line, points) => {
    const [drawn] = chart.line(line.look, line.name, points, 1);
    return [{ ...drawn, z: 2, lineStyle: { ...drawn.lineStyle, type: "solid", opacity: 0.7 } }];
  };
  const nearest = (points, x) => {
    let low = 0;
    let high = points.length - 1;
    if (high < 0) return null;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (points[middle][0] <= x) low = middle;
      else high = middle;
    }
    return Math.abs(points[low][0] - x) <= Math.abs(points[high][0] - x) ? points[low] : points[high];
  };
  const drawAll = () => {
    const known = lines.list();
    if (known.length === 0) return;
    const all = series.of(known);
    if (all.optimizers && !optimizers && all.optimizers.length && run?.looks) {
      optimizers = all.optimizers;
      page.looks.unshift(...run.looks); // those of other lines come behind
      el("legend").hidden = false;
      hidden = page.legend(optimizers).hidden;
      for (const mark of document.querySelectorAll("#legend [data-swatch]")) mark.innerHTML = page.swatch(Number(mark.dataset.swatch));
    }
    for (const one of all.charts) draw(one, all);
    // Metrics are known only once the run has begun: charts keep the order they are named in.
    const order = all.charts.map((one) => place(one).chartNode.parentNode);
    if (order.some((node, i) => el("charts").children[i] !== node)) el("charts").append(...order);
    document.body.dataset.lines = known.length;
    el("thinned").hidden = !thinned && !lines.thinned();
  };

  // ---- words ----

  const fact = (title, text) => element("li", {}, element("span", {}, title), " ", element("b", {}, text));
  const figure = (v) => page.figure(v ?? null);
  const facts = () => {
    const last = run.epoch;
    const score = Object.entries(last?.averaged ?? last?.validation ?? {}).filter(([key]) => key !== "loss");
    if (run.kind === "comparison") {
      const doing = run.end ? [] : [fact("now", last ? `${last.optimizer}, ${last.purpose === "reported" ? `seed ${last.seed}` : last.purpose === "choosing" ? `choosing lr, ${figure(last.rate)}` : "warming up"}, epoch ${last.epoch}` : "starting")];
      return [...doing, fact("validation loss", figure(last?.validation_loss)), fact(run.start?.metric ?? "score", figure(last?.score))];
    }
    const rate = run.step?.lr;
    return [
      ...(last ? [fact("epoch", `${last.epoch}${run.start?.epochs ? ` of ${run.start.epochs}` : ""}`)] : []),
      fact("train loss", figure(last?.train_loss ?? run.step?.loss)),
      fact("validation loss", figure(last?.averaged?.loss ?? last?.validation?.loss)),
      ...score.map(([key, v]) => fact(key.replaceAll("_", " "), figure(v))),
      fact("rate", figure(rate)),
      fact("gradient norm", figure(run.step?.gradient_norm)),
    ];
  };
  const ending = () => {
    const comparison = run.kind === "comparison";
    if (run.state === "died") return comparison ? "Its process has gone without a word; finished runs are kept." : "Its process has gone without a word; the last checkpoint is kept.";
    if (run.state === "diverged") return `Diverged at step ${run.end?.step ?? "?"}: the loss or the gradient was not finite. Try a lower rate, or --clip.`;
    if (run.state === "stopped") return comparison ? "Stopped before it was done; finished runs are kept." : "Stopped when asked to, all saved.";
    if (run.end?.ending === "stopped_early") return `Stopped early: epoch ${run.end.best_epoch} had the lowest validation loss.`;
    return run.state === "finished" ? "All done." : run.state === "starting" ? "A process goes on with it; it reads its data." : "";
  };
  const words = () => {
    el("state").replaceChildren(live.state(run.state));
    el("about").textContent = live.about(run);
    el("now").replaceChildren(...facts());
    const { share, text } = live.progress(run);
    const left = run.eta_seconds === null ? "" : `, about ${live.clock(run.eta_seconds)} left`;
    const bar = element("progress", { max: 1, value: share, "aria-label": "progress" });
    el("going").replaceChildren(bar, document.createTextNode(`${text}${left}. ${ending()}`));
    el("buttons").hidden = !run.can_stop && !run.can_continue;
    el("stop").hidden = !run.can_stop;
    el("continue").hidden = !run.can_continue;
    el("error").textContent = run.problem ? `The process that was to go on with it ended: ${run.problem}` : "";
    if (!run.can_stop && !run.can_continue) el("told").textContent = "";
    settings();
  };
  let settled = "";
  const settings = () => {
    const facts = JSON.stringify([run.name, run.began, run.start, run.options]);
    if (facts === settled) return;
    settled = facts;
    const list = element("dl");
    const add = (title, value) => {
      if (value !== null && value !== undefined && value !== "") list.append(element("dt", {}, title), element("dd", {}, typeof value === "object" ? JSON.stringify(value) : String(value)));
    };
    add("folder", run.name);
    add("began", run.began ? new Date(run.began).toLocaleString() : null);
    if (run.start?.time !== run.began) add("last continued", new Date(run.start.time).toLocaleString());
    add("parameters", run.start?.parameters);
    for (const [title, value] of Object.entries(run.options ?? {})) add("--" + title, value);
    for (const [title, value] of Object.entries(run.start?.settings ?? {})) add(title, value);
    if (run.kind === "comparison") {
      for (const title of ["data", "model", "metric", "epochs", "seeds", "regimes", "optimizers"]) {
        const value = run.start?.[title];
        if (run.options?.[title] === undefined) add(title, Array.isArray(value) ? value.join("; ") : value);
      }
    }
    el("facts").replaceChildren(list);
  };

  // ---- the server ----

  let thinned = false; // by the server
  // However fast lines come: words once a frame, charts half of the time at most.
  let saying = null;
  const say = () => {
    saying ??= requestAnimationFrame(() => {
      saying = null;
      words();
    });
  };
  const PAUSE = 100; // milliseconds
  const LONGEST_PAUSE = 500;
  let waiting = null;
  let pause = PAUSE;
  const soon = () => {
    waiting ??= setTimeout(() => {
      waiting = null;
      const began = performance.now();
      drawAll();
      pause = Math.min(LONGEST_PAUSE, Math.max(PAUSE, performance.now() - began));
    }, pause);
  };
  const press = (action, told) => async () => {
    el(action).disabled = true;
    try {
      await live.post(`${path}/${action}`);
      el("told").textContent = told;
    } catch (e) {
      el("error").textContent = e.message;
    }
    el(action).disabled = false;
  };
  el("stop").addEventListener("click", press("stop", "It finishes its step and ends."));
  el("continue").addEventListener("click", press("continue", "A process goes on with it."));

  const RETRY = 3000; // milliseconds
  const gone = () => {
    el("state").replaceChildren(live.state("gone"));
    el("buttons").hidden = true;
    el("going").textContent = "";
  };
  let events = null;
  const listen = () => {
    if (document.hidden) return;
    events?.close();
    events = new EventSource(`${path}/events`);
    events.addEventListener("run", (event) => {
      run = JSON.parse(event.data);
      say();
      soon();
    });
    events.addEventListener("lines", (event) => {
      lines = runLines.of(JSON.parse(event.data));
      thinned = false;
      soon();
    });
    events.addEventListener("more", (event) => {
      JSON.parse(event.data).forEach(lines.add);
      soon();
    });
    events.addEventListener("thinned", () => {
      thinned = true;
      soon();
    });
    events.addEventListener("error", async () => {
      if (events.readyState !== EventSource.CLOSED) {
        el("error").textContent = "the server does not answer; trying again";
        return;
      }
      try {
        await live.get(path);
        el("error").textContent = "its lines do not come: too many pages ask for theirs; trying again";
      } catch (e) {
        el("error").textContent = e.message;
        if (e.missing) gone();
      }
      setTimeout(listen, RETRY); // its folder may come back
    });
    events.addEventListener("open", () => (el("error").textContent = ""));
  };
  // A browser keeps few connections to one server: a page that nobody sees gives its own back.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) events?.close();
    else listen();
  });
  page.choose("y", (kind) => (yKind = kind));
  page.start(drawAll, false);
  listen();
})();
