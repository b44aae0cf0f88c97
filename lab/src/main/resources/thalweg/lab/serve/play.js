(() => {
  const { element } = live;
  const of = (id) => document.getElementById(id);
  const map = surfaceMap(of("map"), page);
  const three = surface3d(of("three"), page);
  let state = playState.read(location.search);
  let about = null; // of the surface
  let shown = []; // the newest walk of each optimizer
  let step = Infinity;

  // ---- what is seen ----

  const visible = () => shown.map((walk, i) => ({ i, walk })).filter(({ i, walk }) => walk && i < state.optimizers.length && !state.hide.includes(i));
  const looked = ({ i, walk }) => ({ ...walk, look: page.looks[i] });
  let rest = null;
  const drawRest = () => {
    rest = null;
    const walks = visible();
    three.setWalks(walks.map(looked));
    playCharts.draw(walks, about, step, state.steps);
    playCharts.table(walks, about);
  };
  const paint = () => {
    if (about === null) return;
    map.setWalks(visible().map(looked));
    document.body.dataset.walks = visible().length;
    // What costs more comes after the map has been seen.
    rest ??= setTimeout(drawRest, 30);
  };
  const told = (request, milliseconds) =>
    requestAnimationFrame(() => {
      paint();
      requestAnimationFrame(() => {
        const whole = performance.now() - request.began;
        document.body.dataset.answered = whole.toFixed(1);
        document.body.dataset.query = request.query;
        of("note").textContent = `${caption()} Computed in ${page.figure(milliseconds, 2)} ms, on screen after ${Math.round(whole)} ms.`;
      });
    });
  const caption = () => {
    const others = about.dimension > 2 ? ` The map shows the first two of ${about.dimension} coordinates, the others as ${about.minima.length ? "at the minimum" : "at the start"}.` : "";
    return `Colours and lines of height: ${about.map.scale.text}.${others}`;
  };
  const scrub = of("step");
  const setStep = (k) => {
    step = k >= state.steps ? Infinity : Math.round(k);
    const whole = Math.min(state.steps, step);
    scrub.max = state.steps;
    scrub.value = whole;
    scrub.setAttribute("aria-valuetext", `step ${whole}`);
    of("step-text").textContent = `step ${whole} of ${state.steps}`;
    map.setStep(step);
    three.setStep(step);
  };

  const tip = of("tip");
  map.onHover = (what) => {
    tip.hidden = what === null;
    if (what === null) return;
    const f = (v) => page.figure(v, 4);
    if (what.walk === undefined) {
      tip.textContent = `(${what.place.map((v) => f(v)).join(", ")}): ${what.height === null ? "not defined" : f(what.height)}`;
    } else {
      const { walk } = visible()[what.walk];
      tip.replaceChildren(element("b", {}, walk.label), ...[`step ${what.step}`, `loss ${f(walk.loss[what.i])}`, `gradient norm ${f(walk.gradient_norm[what.i])}`, `effective rate ${f(walk.rate[what.i])}`].flatMap((text) => [element("br"), text]));
    }
    const box = of("map").getBoundingClientRect();
    const left = what.left > box.width / 2 ? what.left - tip.offsetWidth - 6 : what.left + 24;
    tip.style.left = `${Math.max(4, left)}px`;
    tip.style.top = `${Math.max(4, what.top + of("map").offsetTop - 20)}px`;
  };

  // ---- play ----

  const SECONDS = 5;
  let playing = null;
  const stop = () => {
    cancelAnimationFrame(playing);
    playing = null;
    of("play").textContent = "Play";
    rest ??= setTimeout(drawRest, 30);
  };
  const frame = (since, from) => (now) => {
    const k = from + (((now - since) / 1000) * state.steps * Number(of("speed").value)) / SECONDS;
    setStep(k);
    if (k >= state.steps) stop();
    else playing = requestAnimationFrame(frame(since, from));
  };
  const play = () => {
    if (playing !== null) {
      stop();
      return;
    }
    of("play").textContent = "Pause";
    const from = step === Infinity ? 0 : step;
    playing = requestAnimationFrame((now) => frame(now, from)(now));
  };
  of("play").addEventListener("click", play);
  scrub.addEventListener("input", () => {
    if (playing !== null) stop();
    setStep(Number(scrub.value));
    rest ??= setTimeout(drawRest, 30);
  });
  document.addEventListener("keydown", (event) => {
    const own = event.target.closest("button, a, summary, select, input:not([type=range])");
    if (event.key !== " " || own || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    play();
  });

  // ---- what is asked ----

  const fail = (text) => (of("error").textContent = text);
  let notice = ""; // of the address, until something is changed
  const ask = asking.queue({
    line: (line, request) => {
      if (line.kind === "start") {
        page.looks.splice(0, page.looks.length, ...line.looks);
        document.querySelectorAll("#cards [data-swatch]").forEach((mark) => (mark.innerHTML = page.swatch(Number(mark.dataset.swatch))));
        shown.length = line.looks.length;
        fail(notice);
      } else if (line.kind === "walk") {
        shown[line.index] = line;
        paint();
      } else {
        told(request, line.milliseconds);
      }
    },
    failed: fail,
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
    map.setStart(start);
    three.setStart(start);
    ["x", "y"].forEach((axis, i) => {
      const input = of(`start-${axis}`);
      if (document.activeElement !== input) input.value = String(Number(start[i].toPrecision(5)));
    });
  };
  const within = (v, i) => Math.min(Math.max(v, about.low[i]), about.high[i]); // also when rounded
  map.onStartDragged = (place, done) => {
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
        state.surface = sliders.text(about.name, about.arguments);
        of("surface").value = state.surface;
        loadSurface(done, false);
      }),
    );
    map.setSurface(about.map, about.minima);
    three.setSurface(about.map, about.minima);
    showStart();
  };
  let loading = 0;
  // Takes the surface of the state; anew: with controls of its own.
  const loadSurface = async (done, anew = true) => {
    const mine = ++loading;
    try {
      const response = await live.get(`/api/play/surface?${new URLSearchParams({ surface: state.surface })}`);
      if (mine !== loading) return;
      const focus = document.activeElement?.dataset?.part;
      if (about !== null && (response.dimension !== about.dimension || String(response.low) !== String(about.low) || String(response.high) !== String(about.high))) state.start = null;
      const before = about?.arguments;
      about = response;
      if (!anew) about.arguments = before;
      showSurface();
      if (focus) of("surface-sliders").querySelector(`[data-part="${focus}"]`)?.focus();
      changed(done);
    } catch (e) {
      if (mine !== loading) return;
      fail(live.trouble(e));
      of("surface").setAttribute("aria-invalid", "true");
    }
  };
  of("surface").addEventListener("change", () => {
    const text = of("surface").value.trim();
    const plain = /^[a-z_]+(\s*\(.*\))?$/s.test(text) && !/^[a-z]$/.test(text);
    const known = plain && (names.has(text.split(/[\s(]/)[0]) || text.startsWith("expression"));
    state.surface = known ? text : `expression(${text})`;
    loadSurface(true);
  });
  of("surface-name").addEventListener("change", () => {
    const name = of("surface-name").value;
    if (name === "expression") {
      of("surface").focus();
      of("surface").select();
      return;
    }
    state.surface = name;
    loadSurface(true);
  });
  const names = new Set();

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
          setStep(Infinity);
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
      fail(live.trouble(e));
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
      fail(live.trouble(e));
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
  of("add").addEventListener("change", () => {
    state.optimizers.push(of("add").value);
    of("add").value = "";
    reload(true);
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
      fail(live.trouble(e));
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
    setStep(Infinity);
    showCommon(most);
    about = null;
    notice = "";
    try {
      await loadCards();
    } catch (e) {
      notice = `${live.trouble(e)}; these are the usual optimizers`;
      state.optimizers = [...playState.usual.optimizers];
      await loadCards();
    }
    await loadSurface(false);
  };
  of("reset").addEventListener("click", () => {
    state = playState.read("");
    history.pushState({ address: "/play" }, "", "/play");
    restore();
  });
  window.addEventListener("popstate", () => {
    state = playState.read(location.search);
    restore();
  });

  let most = { steps: 20000 };
  const begin = async () => {
    try {
      const offer = await live.get("/api/play");
      most = offer.most;
      for (const { name, formula } of offer.surfaces) {
        names.add(name);
        of("surface-name").append(element("option", { value: name, title: formula }, name.replaceAll("_", " ")));
      }
      of("surface-name").append(element("option", { value: "expression" }, "a formula of your own"));
      of("add").append(element("option", { value: "" }, "an optimizer"), ...offer.optimizers.map(({ id, text, summary }) => element("option", { value: text, title: summary }, id)));
      history.replaceState({ address: playState.address(state) }, "");
      await restore();
      document.body.dataset.ready = "yes";
    } catch (e) {
      fail(live.trouble(e));
    }
  };
  page.start(() => {
    map.draw();
    three.draw();
    if (about !== null) drawRest();
  }, false);
  begin();
})();
