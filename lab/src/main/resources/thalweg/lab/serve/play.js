(() => {
  const { element } = live;
  const of = (id) => document.getElementById(id);
  const screen = playScreen;
  let most = { steps: 20000, noise: 1e6, seed: Number.MAX_SAFE_INTEGER }; // until the server says
  let state = playState.read(location.search, most);
  let about = null; // of the surface
  let shown = []; // the newest walk of each optimizer

  let painting = false;
  const paint = () => {
    if (painting) return; // once for all that come before the next frame
    painting = true;
    requestAnimationFrame(() => {
      painting = false;
      const all = shown.map((walk, i) => ({ i, walk }));
      screen.setWalks(all.filter(({ i, walk }) => walk && i < state.optimizers.length && !state.hide.includes(i)));
    });
  };

  // ---- what is asked ----

  let failed = 0; // when something was said to be wrong
  const fail = (text) => {
    failed = performance.now();
    of("error").textContent = text;
  };
  const trying = (e) => `${e.message}; trying again`;
  let notice = ""; // of the address, until something is changed
  const note = (text) => (notice = notice ? `${notice}. ${text}` : text);
  // Walks of another surface or from another start have no place beside an error.
  const place = ({ query }) => ["surface", "start"].map((name) => new URLSearchParams(query).get(name)).join(" ");
  const ask = asking.queue({
    line: (line, request) => {
      if (line.kind === "start") {
        page.looks.splice(0, page.looks.length, ...line.looks);
        document.querySelectorAll("#cards [data-swatch]").forEach((mark) => (mark.innerHTML = page.swatch(Number(mark.dataset.swatch))));
        shown.length = line.looks.length;
        if (failed < request.since) fail(notice); // not what came up since
      } else if (line.kind === "walk") {
        shown[line.index] = { ...line, place: place(request) };
        paint();
      } else {
        screen.answered(request, line.milliseconds);
      }
    },
    failed: (e, request) => {
      fail(e.passing ? trying(e) : e.message);
      shown = shown.map((walk) => (walk?.place === place(request) ? walk : undefined));
      paint();
    },
  });
  const walks = () => ask(playState.query(state).toString());

  // done: the change is one to come back to; until then the address only follows.
  const remember = (done) => {
    const address = playState.address(state);
    const before = history.state?.address;
    if (done && before !== undefined && before !== address) history.pushState({ address }, "", address);
    else history.replaceState({ address: before ?? address }, "", address);
  };
  const changed = (done) => {
    if (done) notice = "";
    remember(done);
    walks();
  };

  // ---- surface and start ----

  const showStart = () => {
    const start = state.start ?? about.start;
    screen.setStart(start);
    ["x", "y"].forEach((axis, i) => {
      const input = of(`start-${axis}`);
      if (document.activeElement !== input) input.value = String(Number(start[i].toPrecision(5)));
    });
  };
  const within = (v, i) => Math.min(Math.max(v, about.low[i]), about.high[i]); // also when rounded
  screen.map.onStartDragged = (place, done) => {
    const start = state.start ?? about.start;
    state.start = [...place.map((v, i) => within(Number(v.toPrecision(4)), i)), ...start.slice(2)];
    showStart();
    changed(done);
  };
  for (const axis of ["x", "y"]) {
    const input = of(`start-${axis}`);
    input.addEventListener("change", () => {
      const start = [...(state.start ?? about.start)];
      const i = axis === "x" ? 0 : 1;
      const v = Number(input.value.replace(",", "."));
      const fits = input.value.trim() !== "" && v >= about.low[i] && v <= about.high[i];
      input.setAttribute("aria-invalid", String(!fits));
      if (!fits) {
        fail(`start ${axis} must be a number from ${about.low[i]} to ${about.high[i]}, got '${input.value}'`);
        return;
      }
      start[i] = v;
      state.start = start;
      showStart();
      changed(true);
    });
  }
  of("start-usual").addEventListener("click", () => {
    state.start = null;
    showStart();
    changed(true);
  });

  const showSurface = () => {
    of("formula").textContent = `${about.name ?? "your own"}: f = ${about.formula}`;
    of("surface").value = state.surface;
    of("surface").setAttribute("aria-invalid", "false");
    of("surface-name").value = about.name ?? "expression";
    of("surface-sliders").replaceChildren(
      ...sliders.controls(about.arguments, (done) => {
        const text = sliders.text(about.name, about.arguments);
        of("surface").value = text;
        loadSurface(text, done, false);
      }),
    );
    screen.setSurface(about);
    showStart();
  };
  let loading = 0;
  const refuse = (e) => {
    fail(e.message);
    of("surface").setAttribute("aria-invalid", "true");
  };
  const asked = (parts) => live.get(`/api/play/surface?${new URLSearchParams(parts)}`);
  // Takes another surface, if it is one; anew: with controls of its own.
  const loadSurface = async (text, done, anew = true) => {
    const mine = ++loading;
    try {
      const response = await asked({ surface: text });
      if (mine !== loading) return;
      state.surface = text;
      const focus = document.activeElement?.dataset?.part;
      if (about !== null && (response.dimension !== about.dimension || String(response.low) !== String(about.low) || String(response.high) !== String(about.high))) state.start = null;
      const before = about?.arguments;
      about = response;
      if (!anew) about.arguments = before;
      showSurface();
      if (focus) of("surface-sliders").querySelector(`[data-part="${focus}"]`)?.focus();
      changed(done);
    } catch (e) {
      if (mine === loading) refuse(e);
    }
  };
  // Takes surface and start of an address, the usual ones for what is wrong.
  const restoreSurface = async () => {
    const mine = ++loading;
    const text = state.surface;
    let bad = null;
    let response;
    try {
      response = await asked({ surface: text });
    } catch (e) {
      if (mine !== loading) return;
      if (e.passing) throw e;
      bad = e;
      state.surface = playState.usual.surface;
      state.start = null;
      response = await asked({ surface: state.surface });
    }
    if (mine !== loading) return;
    if (bad !== null) note(`${bad.message}; this is the usual surface`);
    if (state.start !== null) {
      try {
        await asked({ surface: state.surface, start: state.start.join(",") });
        if (mine !== loading) return;
        state.start = state.start.map(Number);
      } catch (e) {
        if (mine !== loading) return;
        if (e.passing) throw e;
        note(`${e.message}; this is the usual start`);
        state.start = null;
      }
    }
    about = response;
    showSurface();
    changed(false);
    if (bad === null) return;
    of("surface").value = text;
    refuse(new Error(notice));
  };
  of("surface").addEventListener("change", () => {
    const text = of("surface").value.trim();
    loadSurface(isFormula(text) ? `expression(${text})` : text, true);
  });
  of("surface-name").addEventListener("change", () => {
    const name = of("surface-name").value;
    if (name === "expression") {
      of("surface").focus();
      of("surface").select();
      return;
    }
    loadSurface(name, true);
  });
  const names = new Set();
  // Whether a text is a formula, not the name of a surface, which may be misspelt: of that the server knows the nearest.
  const isFormula = (text) => {
    const [, name, given] = /^([a-z]\w*(?: [a-z]\w*)*)\s*(\(.*\))?$/is.exec(text) ?? [];
    if (name === undefined || /^(\w|x\d+|pi)$/i.test(name)) return true;
    return given !== undefined && !names.has(name.toLowerCase()) && name !== "expression" && !/^\(\s*(\w+\s*=.*)?\)$/s.test(given);
  };

  // ---- steps, noise, seed ----

  const commonParts = (most) => [
    { name: "steps", scale: "ratio", low: 10, high: most.steps, standard: "200", value: String(state.steps) },
    { name: "noise", scale: "ratio", low: 0.001, high: 100, zero: true, standard: "0", value: String(state.noise) },
    { name: "seed", scale: "whole", low: 0, high: 50, standard: "1", value: String(state.seed) },
  ];
  const showCommon = (most) => {
    of("common").replaceChildren(
      ...commonParts(most).map((part) =>
        sliders.control(part, part.name, (done) => {
          state[part.name] = part.name === "noise" ? Number(part.value) : Math.round(Number(part.value));
          screen.setSteps(state.steps);
          changed(done);
        }),
      ),
    );
  };

  // ---- optimizers ----

  let cardsAsked = 0;
  const loadCards = async () => {
    const mine = ++cardsAsked;
    const parts = new URLSearchParams(state.optimizers.map((spec) => ["optimizer", spec]));
    const { optimizers } = await live.get(`/api/play/optimizers?${parts}`);
    if (mine !== cardsAsked) return;
    page.looks.splice(0, page.looks.length, ...optimizers.map((one) => one.look));
    of("cards").replaceChildren(...optimizers.map(playCards.card(state, { changed, paint, take, remove })));
  };
  const reload = async (done) => {
    try {
      await loadCards();
      changed(done);
    } catch (e) {
      fail(e.message);
    }
  };
  // Another text for an optimizer; back to the old one if it is none.
  const take = async (i, spec) => {
    const before = state.optimizers[i];
    state.optimizers[i] = spec;
    try {
      await loadCards();
    } catch (e) {
      state.optimizers[i] = before;
      fail(e.message);
      return false;
    }
    changed(true);
    return true;
  };
  const remove = (i) => {
    if (state.optimizers.length === 1) return fail("one optimizer has to stay");
    state.optimizers.splice(i, 1);
    shown.splice(i, 1);
    state.hide = state.hide.filter((k) => k !== i).map((k) => (k > i ? k - 1 : k));
    reload(true);
  };
  of("add").addEventListener("change", async () => {
    const before = state.optimizers;
    state.optimizers = [...before, of("add").value];
    of("add").value = "";
    try {
      await loadCards();
    } catch (e) {
      state.optimizers = before;
      fail(e.message);
      return;
    }
    changed(true);
  });
  of("best").addEventListener("click", async () => {
    of("best").disabled = true;
    of("best-told").textContent = "trying rates";
    try {
      const { optimizers, trials } = await live.get(`/api/play/rates?${playState.query(state)}`);
      state.optimizers = optimizers;
      of("best-told").textContent = `the best of ${trials} rates for each, judged by the last tenth of the steps`;
      await reload(true);
    } catch (e) {
      of("best-told").textContent = "";
      fail(e.message);
    }
    of("best").disabled = false;
  });

  // ---- address ----

  of("link").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      of("link-told").textContent = "copied";
    } catch {
      of("link-told").textContent = "the address bar has it";
    }
  });
  const restore = async () => {
    shown = [];
    screen.setSteps(state.steps);
    showCommon(most);
    about = null;
    notice = "";
    if (state.ignored.length) note(`ignored in the address: ${state.ignored.join("; ")}`);
    try {
      await loadCards();
    } catch (e) {
      if (e.passing) throw e;
      note(`${e.message}; these are the usual optimizers`);
      state.optimizers = [...playState.usual.optimizers];
      await loadCards();
    }
    await restoreSurface();
  };
  // Does something until the server answers, or until something else is to be done.
  const RETRY = 1000; // milliseconds
  let doing = 0;
  const insist = async (act) => {
    const mine = ++doing;
    for (;;) {
      try {
        return await act();
      } catch (e) {
        if (mine !== doing) return;
        fail(e.passing ? trying(e) : e.message);
        if (!e.passing) return;
      }
      await new Promise((done) => setTimeout(done, RETRY));
      if (mine !== doing) return;
    }
  };
  of("reset").addEventListener("click", () => {
    history.pushState({ address: "/play" }, "", "/play");
    insist(begin);
  });
  window.addEventListener("popstate", () => insist(begin));

  const begin = async () => {
    if (names.size === 0) {
      const offer = await live.get("/api/play");
      most = offer.most;
      for (const { name, formula } of offer.surfaces) {
        names.add(name);
        of("surface-name").append(element("option", { value: name, title: formula }, name.replaceAll("_", " ")));
      }
      of("surface-name").append(element("option", { value: "expression" }, "a formula of your own"));
      of("add").append(element("option", { value: "" }, "an optimizer"), ...offer.optimizers.map(({ id, text, summary }) => element("option", { value: text, title: summary }, id)));
    }
    state = playState.read(location.search, most);
    history.replaceState({ address: playState.address(state) }, "");
    await restore();
    document.body.dataset.ready = "yes";
  };
  insist(begin);
})();
