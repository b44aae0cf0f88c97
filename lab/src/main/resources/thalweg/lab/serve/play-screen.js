// What is seen of the playground: map, three-dimensional view, charts, table, and how they play.
const playScreen = (() => {
  const of = (id) => document.getElementById(id);
  const map = surfaceMap(of("map"), page);
  const three = surface3d(of("three"), page);
  let about = null; // of the surface
  let walks = []; // { i, walk }: what is to be seen of the newest walks
  let steps = 0;
  let step = 0;

  const looked = ({ i, walk }) => ({ ...walk, look: page.looks[i] });
  // What costs more comes once nothing has changed for a moment, or has changed for long.
  const MOMENT = 90; // milliseconds
  const LONG = 400;
  let rest = null;
  let waiting = null;
  const drawRest = () => {
    rest = null;
    waiting = null;
    if (about === null) return;
    three.setWalks(walks.map(looked));
    playCharts.draw(walks, about, steps);
    playCharts.cursor(step, steps);
    playCharts.table(walks, about);
    map.key(of("signs"));
  };
  const later = () => {
    waiting ??= performance.now();
    clearTimeout(rest);
    rest = setTimeout(drawRest, Math.min(MOMENT, Math.max(0, waiting + LONG - performance.now())));
  };
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

  const pointed = (number) => walks[number];
  tip(map, of("map"), pointed);
  tip(three, of("three"), pointed);

  const play = player(of("player"), (k) => {
    step = k;
    map.setStep(k);
    three.setStep(k);
    playCharts.cursor(step, steps);
  });
  // As many as there are now, all of them seen.
  const setSteps = (count) => {
    steps = count;
    play.of(count);
  };

  page.start(() => {
    map.draw();
    three.draw();
    drawRest();
  }, false);

  return { map, setSurface, setStart, setWalks, setSteps, answered };
})();
