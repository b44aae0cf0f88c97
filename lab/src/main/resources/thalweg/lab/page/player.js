"use strict";
// Plays steps, in a node of its own: a button, a slider, a speed, and the keys space, arrows, Home and
// End. A whole run takes eight seconds at speed 1; with reduced motion it goes in twenty jumps.
const player = (node, onStep) => {
  const seconds = 8;
  node.classList.add("player");
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", "animation");
  node.innerHTML = `<button type="button" id="play" title="space">Play</button>
<input type="range" id="scrub" min="0" value="0" aria-label="step">
<output id="now" for="scrub"></output>
<label>speed <select id="speed">${[["0.25", "¼×"], ["0.5", "½×"], ["1", "1×"], ["2", "2×"], ["4", "4×"]].map(([by, text]) => `<option value="${by}"${by === "1" ? " selected" : ""}>${text}</option>`).join("")}</select></label>`;
  const [play, scrub, now, speed] = node.querySelectorAll("button, input, output, select");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let steps = 0;
  let step = 0;
  let playing = false;
  let exact = 0;
  let before = 0;

  const show = (k) => {
    step = Math.min(Math.max(Math.round(k), 0), steps);
    scrub.value = String(step);
    scrub.setAttribute("aria-valuetext", `step ${step} of ${steps}`);
    now.textContent = `step ${step} of ${steps}`;
    onStep(step);
  };
  const label = () => (play.textContent = playing ? "Pause" : "Play");
  const pause = () => {
    playing = false;
    label();
  };
  const frame = (time) => {
    if (!playing) return;
    const rate = (steps / seconds) * Number(speed.value);
    if (!still.matches) {
      exact += ((time - before) / 1000) * rate;
      before = time;
    } else if (time - before >= 400 / Number(speed.value)) {
      exact += steps / 20;
      before = time;
    }
    if (Math.floor(exact) !== step) show(Math.floor(exact));
    if (step >= steps) pause();
    else requestAnimationFrame(frame);
  };
  const toggle = () => {
    if (playing) {
      pause();
      return;
    }
    if (step >= steps) show(0);
    playing = true;
    label();
    exact = step;
    before = performance.now();
    requestAnimationFrame(frame);
  };
  const go = (k) => {
    pause();
    show(k);
  };

  play.addEventListener("click", toggle);
  scrub.addEventListener("input", () => go(Number(scrub.value)));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, button, a, summary, textarea")) return;
    const big = Math.max(1, Math.round(steps / 20));
    const to = { ArrowLeft: step - (event.shiftKey ? big : 1), ArrowRight: step + (event.shiftKey ? big : 1), Home: 0, End: steps }[event.key];
    if (event.key !== " " && to === undefined) return;
    event.preventDefault();
    if (event.key === " ") toggle();
    else go(to);
  });

  return {
    // So many steps from now on, shown to their end.
    of: (count) => {
      steps = count;
      scrub.max = String(count);
      go(count);
    },
    go,
    get step() {
      return step;
    },
  };
};
