"use strict";
// What is on the playground, as its address says it. An address without a part has the usual one.
const playState = (() => {
  const usual = {
    surface: "rosenbrock",
    start: null,
    steps: 200,
    noise: 0,
    seed: 1,
    optimizers: ["sgd(lr=2e-3)", "heavy_ball(lr=7e-4)", "nag(lr=7e-4)", "rmsprop(lr=0.02)", "adam(lr=0.15)"],
    hide: [],
  };
  const number = (text, standard) => (text !== null && text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : standard);

  const read = (search) => {
    const query = new URLSearchParams(search);
    const optimizers = query.getAll("optimizer");
    const start = query.get("start");
    return {
      surface: query.get("surface") ?? usual.surface,
      start: start === null ? null : start.split(","), // numbers once they are known to be right
      steps: number(query.get("steps"), usual.steps),
      noise: number(query.get("noise"), usual.noise),
      seed: number(query.get("seed"), usual.seed),
      optimizers: optimizers.length ? optimizers : [...usual.optimizers],
      hide: (query.get("hide") ?? "").split(",").filter(Boolean).map(Number),
    };
  };

  // What the server is asked, in the same words.
  const query = (state) => {
    const parts = new URLSearchParams();
    parts.set("surface", state.surface);
    if (state.start) parts.set("start", state.start.join(","));
    for (const name of ["steps", "noise", "seed"]) {
      if (state[name] !== usual[name]) parts.set(name, state[name]);
    }
    for (const spec of state.optimizers) parts.append("optimizer", spec);
    return parts;
  };
  const readable = (parts) =>
    parts
      .toString()
      .replaceAll("%28", "(")
      .replaceAll("%29", ")")
      .replaceAll("%2C", ",")
      .replaceAll("%5B", "[")
      .replaceAll("%5D", "]");
  const address = (state) => {
    const parts = query(state);
    if (state.surface === usual.surface) parts.delete("surface");
    if (state.optimizers.join("\n") === usual.optimizers.join("\n")) parts.delete("optimizer");
    if (state.hide.length) parts.set("hide", state.hide.join(","));
    const text = readable(parts);
    return text ? `/play?${text}` : "/play";
  };

  return { usual, read, query, address };
})();
