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
  const names = ["surface", "start", "optimizer", "steps", "noise", "seed", "hide"];

  // What an address says; `ignored` has in words what of it is not understood. most: the server's bounds.
  const read = (search, most) => {
    const query = new URLSearchParams(search);
    const ignored = [...new Set(query.keys())].filter((name) => !names.includes(name)).map((name) => `'${name}'`);
    for (const name of names) {
      if (name !== "optimizer" && query.getAll(name).length > 1) ignored.push(`'${name}' but for the first`);
    }
    const number = (name, low, high, whole) => {
      const text = query.get(name);
      if (text === null) return usual[name];
      const v = text.trim() === "" ? NaN : Number(text);
      if (v >= low && v <= high && (!whole || Number.isInteger(v))) return v;
      ignored.push(`${name}='${text}', as it is no ${whole ? "whole " : ""}number from ${low} to ${high}`);
      return usual[name];
    };
    const optimizers = query.getAll("optimizer");
    const start = query.get("start");
    const state = {
      surface: query.get("surface") ?? usual.surface,
      start: start === null ? null : start.split(","), // numbers once they are known to be right
      steps: number("steps", 1, most.steps, true),
      noise: number("noise", 0, most.noise, false),
      seed: number("seed", 0, most.seed, true),
      optimizers: optimizers.length ? optimizers : [...usual.optimizers],
    };
    const hide = (query.get("hide") ?? "").split(",").filter(Boolean);
    const known = (text) => /^\d+$/.test(text) && Number(text) < state.optimizers.length;
    if (!hide.every(known)) ignored.push(`hide='${hide.filter((text) => !known(text)).join(",")}', as optimizers are counted from 0 to ${state.optimizers.length - 1}`);
    state.hide = [...new Set(hide.filter(known).map(Number))];
    return { ...state, ignored };
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
