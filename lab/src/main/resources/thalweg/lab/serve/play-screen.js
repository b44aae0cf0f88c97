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
  // What costs more comes once nothing has changed for a moment, or has changed for long: piece by
  // piece, each in a frame of its own, so that none keeps the next answer waiting.
  const MOMENT = 90; // milliseconds
  const LONG = 400;
  const pieces = [
    () => playCharts.loss(walks, about, steps),
    () => playCharts.distance(walks, about, steps),
    () => {
      playCharts.cursor(step, steps);
      playCharts.table(walks, about);
      map.key(of("signs"));
    },
  ];
  let stale = []; // pieces that do not show the newest walks, the one that is next first
  let waiting = null;
  let turn = 0;
  // Where there is no graphics processor a frame in three dimensions takes long, and waits longer.
  const QUICK = 20;
  let frame = 0; // milliseconds that the last one took
  let turning = null;
  const drawThree = () => {
    clearTimeout(turning);
    turning = null;
    requestAnimationFrame(() => {
      const began = performance.now();
      setTimeout(() => (frame = performance.now() - began));
    });
    three.setWalks(walks.map(looked));
  };
  const drawRest = () => {
    stale = [];
    waiting = null;
    turn++;
    if (about === null) return;
    pieces.forEach((draw) => draw());
    drawThree();
  };
  const drawPiece = () => {
    stale.shift()();
    if (stale.length) next(0);
    else waiting = null;
  };
  // Draws a piece after so many milliseconds and a frame, unless something else is next by then.
  const next = (delay) => {
    const mine = ++turn;
    const draw = () => mine === turn && drawPiece();
    setTimeout(() => requestAnimationFrame(() => setTimeout(draw)), delay);
  };
  const later = () => {
    waiting ??= performance.now();
    stale = [...stale, ...pieces.filter((draw) => !stale.includes(draw))];
    next(Math.min(MOMENT, Math.max(0, waiting + LONG - performance.now())));
    if (turning !== null && frame < QUICK) return;
    clearTimeout(turning);
    turning = setTimeout(drawThree, Math.max(MOMENT, 4 * frame));
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
    const others = about.dimension > 2 ? `The map shows the first two of ${about.dimension} coordinates, the others as ${about.minima.length ? "at the minimum" : "at the start"}.` : "";
    return [`Colours and lines of height: ${about.map.scale.text}.`, surface.blanks(about.map), others].filter(Boolean).join(" ");
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
