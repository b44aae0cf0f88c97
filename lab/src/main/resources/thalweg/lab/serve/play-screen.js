// What is seen of the playground: map, three-dimensional view, charts, table, and how they play.
const playScreen = (() => {
  const { element } = live;
  const of = (id) => document.getElementById(id);
  const map = surfaceMap(of("map"), page);
  const three = surface3d(of("three"), page);
  const SECONDS = 5; // of a whole play
  let about = null; // of the surface
  let walks = []; // { i, walk }: what is to be seen of the newest walks
  let steps = 0;
  let step = Infinity;

  const looked = ({ i, walk }) => ({ ...walk, look: page.looks[i] });
  // What costs more comes after the map has been seen.
  let rest = null;
  const drawRest = () => {
    rest = null;
    if (about === null) return;
    three.setWalks(walks.map(looked));
    playCharts.draw(walks, about, step, steps);
    playCharts.table(walks, about);
  };
  const later = () => (rest ??= setTimeout(drawRest, 30));
  const setWalks = (shown) => {
    walks = shown;
    if (about === null) return;
    map.setWalks(walks.map(looked));
    document.body.dataset.walks = walks.length;
    later();
  };
  const setSurface = (surface) => {
    about = surface;
    map.setSurface(about.map, about.minima);
    three.setSurface(about.map, about.minima);
  };
  const setStart = (place) => {
    map.setStart(place);
    three.setStart(place);
  };
  const caption = () => {
    const others = about.dimension > 2 ? ` The map shows the first two of ${about.dimension} coordinates, the others as ${about.minima.length ? "at the minimum" : "at the start"}.` : "";
    return `Colours and lines of height: ${about.map.scale.text}.${others}`;
  };
  // Says how long an answer took, once it can be seen.
  const answered = (request, milliseconds) =>
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const whole = performance.now() - request.began;
        document.body.dataset.answered = whole.toFixed(1);
        of("note").textContent = `${caption()} Computed in ${page.figure(milliseconds, 2)} ms, on screen after ${Math.round(whole)} ms.`;
      }),
    );

  // ---- hover ----

  const tip = of("tip");
  map.onHover = (what) => {
    tip.hidden = what === null;
    if (what === null) return;
    const f = (v) => page.figure(v, 4);
    if (what.walk === undefined) {
      tip.textContent = `(${what.place.map(f).join(", ")}): ${what.height === null ? "not defined" : f(what.height)}`;
    } else {
      const { walk } = walks[what.walk];
      const facts = [`step ${what.step}`, `loss ${f(walk.loss[what.i])}`, `gradient norm ${f(walk.gradient_norm[what.i])}`, `effective rate ${f(walk.rate[what.i])}`];
      tip.replaceChildren(element("b", {}, walk.label), ...facts.flatMap((text) => [element("br"), text]));
    }
    const left = what.left > of("map").clientWidth / 2 ? what.left - tip.offsetWidth - 6 : what.left + 24;
    tip.style.left = `${Math.max(4, left)}px`;
    tip.style.top = `${Math.max(4, what.top + of("map").offsetTop - 20)}px`;
  };

  // ---- play ----

  const scrub = of("step");
  const setStep = (k) => {
    step = k >= steps ? Infinity : Math.round(k);
    const whole = Math.min(steps, step);
    scrub.max = steps;
    scrub.value = whole;
    scrub.setAttribute("aria-valuetext", `step ${whole}`);
    of("step-text").textContent = `step ${whole} of ${steps}`;
    map.setStep(step);
    three.setStep(step);
  };
  // As many as there are now, all of them seen.
  const setSteps = (count) => {
    steps = count;
    setStep(Infinity);
  };
  let playing = null;
  const stop = () => {
    cancelAnimationFrame(playing);
    playing = null;
    of("play").textContent = "Play";
    later();
  };
  const frame = (since, from) => (now) => {
    const k = from + (((now - since) / 1000) * steps * Number(of("speed").value)) / SECONDS;
    setStep(k);
    if (k >= steps) stop();
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
    later();
  });
  document.addEventListener("keydown", (event) => {
    const own = event.target.closest("button, a, summary, select, input:not([type=range])");
    if (event.key !== " " || own || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    play();
  });

  page.start(() => {
    map.draw();
    three.draw();
    drawRest();
  }, false);

  return { map, setSurface, setStart, setWalks, setSteps, answered };
})();
