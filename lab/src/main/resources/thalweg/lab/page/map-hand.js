"use strict";
// What hands do with a map, its SVG and the window that it shows: point at a place, drag the start or
// move it by arrow keys; come nearer by the buttons, by Ctrl and the wheel or by + and −, all of it by
// 0, and move about by dragging or by arrow keys.
//
//   does: { hover(x, y), left(), start(): its pixel or null, moveStart(shares, done), moved() }
const mapHand = (node, svg, view, does) => {
  const near = 1.6;
  let dragging = null; // "start", or where the map is held

  const bar = document.createElement("div");
  bar.className = "zoom";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "part of the map");
  const button = (text, label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.title = label;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", () => {
      act();
      moved();
    });
    bar.append(made);
    return made;
  };
  button("+", "come nearer", () => view.zoom(near));
  const away = button("−", "go away", () => view.zoom(1 / near));
  const whole = button("fit", "show all of the map", () => view.fit());
  node.append(bar);
  svg.setAttribute("tabindex", "0");
  const moved = () => {
    for (const b of [away, whole]) b.disabled = view.nearer === 1;
    // A finger scrolls the page while there is nothing to move.
    svg.style.touchAction = view.nearer === 1 ? "pan-y" : "none";
    does.left();
    does.moved();
  };

  const pointed = (event) => {
    const box = svg.getBoundingClientRect();
    return [((event.clientX - box.left) * view.size.width) / box.width, ((event.clientY - box.top) * view.size.height) / box.height];
  };
  svg.addEventListener("pointerdown", (event) => {
    const [x, y] = pointed(event);
    const start = does.start();
    if (start !== null && (x - start[0]) ** 2 + (y - start[1]) ** 2 <= 18 * 18) {
      dragging = "start";
      svg.querySelector(".start").focus({ preventScroll: true });
    } else if (view.nearer > 1) {
      dragging = [x, y];
      svg.focus({ preventScroll: true });
    } else {
      return;
    }
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  svg.addEventListener("pointermove", (event) => {
    const [x, y] = pointed(event);
    if (dragging === null) {
      does.hover(x, y);
    } else if (dragging === "start") {
      does.moveStart(view.unpixel(x, y), false);
    } else {
      view.pan(x - dragging[0], y - dragging[1]);
      dragging = [x, y];
      moved();
    }
  });
  svg.addEventListener("pointerup", (event) => {
    const was = dragging;
    dragging = null;
    if (was === "start") does.moveStart(view.unpixel(...pointed(event)), true);
  });
  svg.addEventListener("pointercancel", () => (dragging = null));
  svg.addEventListener("pointerleave", () => does.left());
  svg.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      view.zoom(Math.exp(-event.deltaY / 200), pointed(event));
      moved();
    },
    { passive: false },
  );

  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  const keys = { "+": () => view.zoom(near), "-": () => view.zoom(1 / near), 0: () => view.fit() };
  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = arrows[event.key];
    const start = does.start();
    if (keys[event.key] !== undefined) {
      keys[event.key]();
      moved();
    } else if (by !== undefined && start !== null && event.target.closest(".start") !== null) {
      const far = (event.shiftKey ? 0.05 : 0.01) / view.nearer;
      const p = view.unpixel(...start);
      does.moveStart([p[0] + by[0] * far, p[1] + by[1] * far], true);
    } else if (by !== undefined && view.nearer > 1) {
      const { width, height } = view.plot();
      view.pan((-by[0] * width) / 8, (by[1] * height) / 8);
      moved();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  moved();
  return {
    get dragsStart() {
      return dragging === "start";
    },
  };
};
