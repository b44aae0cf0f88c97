// What the pages of the server have in common: asking it, and saying what went wrong.
const live = (() => {
  const wordOf = (page) => page.querySelector('meta[name="token"]').content;
  let token = wordOf(document);

  // passing: the same may be answered in a while. missing: there is nothing of that name.
  const failure = (message, about, cause) => Object.assign(new Error(message, { cause }), about);
  const TOO_MANY = 429;
  const ENDING = 503;
  const check = async (response) => {
    if (response.ok) return response;
    const { error } = await reached(response.json());
    throw failure(error, { passing: [TOO_MANY, ENDING].includes(response.status), missing: response.status === 404 });
  };
  // What comes from the server, or an error that says that it is no longer there.
  const reached = async (coming) => {
    try {
      return await coming;
    } catch (e) {
      throw failure("the server does not answer (is thalweg serve still running?)", { passing: true }, e);
    }
  };
  const ask = async (path, options) => check(await reached(fetch(path, options)));
  const get = async (path) => reached((await ask(path)).json());
  const post = async (path) => {
    const send = () => reached(fetch(path, { method: "POST", headers: { "X-Thalweg-Token": token } }));
    let response = await send();
    if (response.status === 403) {
      // A server that was started anew has another word, which its pages know.
      const page = await reached((await ask("/runs")).text());
      token = wordOf(new DOMParser().parseFromString(page, "text/html"));
      response = await send();
    }
    return reached((await check(response)).json());
  };

  const element = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined) node.setAttribute(key, value);
    }
    node.append(...children);
    return node;
  };

  const clock = (seconds) => {
    const s = Math.round(seconds);
    const two = (v) => String(v).padStart(2, "0");
    if (s < 60) return `${s} s`;
    return s < 3600 ? `${Math.floor(s / 60)}:${two(s % 60)} min` : `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)} h`;
  };
  const ago = (time) => {
    const seconds = Math.max(0, (Date.now() - Date.parse(time)) / 1000);
    if (seconds < 5) return "now";
    if (seconds < 86400) return `${clock(seconds)} ago`;
    return new Date(time).toLocaleDateString();
  };

  const states = {
    starting: "starting",
    running: "running",
    finished: "finished",
    stopped: "stopped",
    diverged: "diverged",
    died: "died",
    gone: "gone",
  };
  const state = (name) => element("span", { class: "state", "data-state": name }, states[name] ?? name);

  // How far a run is, in [0, 1], and in words.
  const progress = (run) => {
    if (run.kind === "comparison") {
      const done = run.end?.ending === "completed" ? 1 : (run.epoch?.done ?? 0);
      return { share: done, text: `${Math.floor(100 * done)} %` };
    }
    const step = run.end?.step ?? Math.max(run.step?.step ?? 0, run.epoch?.step ?? 0, run.start?.resumed_step ?? 0);
    const total = run.start?.total_steps ?? 0;
    return { share: total ? step / total : 0, text: total ? `step ${step} of ${total}` : "no step yet" };
  };
  const file = (path) => (path === undefined ? path : path.split("/").pop());
  const about = (run) => {
    if (run.kind === "comparison") {
      const count = run.start?.optimizers?.length ?? 0;
      return `${run.start?.model ?? "usual network"} on ${run.start?.data ?? "?"}, ${count} optimizer${count === 1 ? "" : "s"}`;
    }
    const options = run.options ?? {};
    const data = file(options.csv ?? options.text ?? options.libsvm) ?? options.data ?? "digits";
    return [options.model, data, options.optimizer ?? "adamw"].filter(Boolean).join(", ");
  };

  return { reached, ask, get, post, element, clock, ago, state, progress, about };
})();
