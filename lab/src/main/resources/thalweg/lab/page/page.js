"use strict";
// What every page has: its numbers, its looks in light and dark, switches, legend, paper. The
// page's own script finds it in `page`.
const page = (() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const data = read("data-json");
  const looks = read("looks-json");
  let printing = false;
  let draw = () => {};

  const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
  const dark = () => {
    if (printing) return false;
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : systemDark.matches;
  };
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colour = (i) => (dark() ? looks[i].dark : looks[i].light);
  const dash = (i) => (looks[i].dash.length === 0 ? "solid" : looks[i].dash);

  const text = (s) => {
    const span = document.createElement("span");
    span.textContent = s;
    return span.innerHTML;
  };
  const figure = (v, digits = 4) => {
    if (v === null || !Number.isFinite(v)) return "–";
    if (v === 0) return "0";
    const size = Math.abs(v);
    if (size < 1e-3 || size >= 1e6) return Number(v.toPrecision(digits)).toExponential().replace("e+", "e");
    return String(Number(v.toPrecision(digits)));
  };

  const swatch = (i) => {
    const dashing = looks[i].dash.length === 0 ? "" : ` stroke-dasharray="${looks[i].dash.join(" ")}"`;
    return `<svg width="30" height="14" viewBox="0 0 30 14" aria-hidden="true"><path d="M0 7H30" stroke="${colour(i)}" stroke-width="2"${dashing}/><path transform="translate(10 2) scale(.42)" d="${looks[i].marker}" fill="${colour(i)}"/></svg>`;
  };
  const redraw = () => {
    for (const place of document.querySelectorAll("[data-swatch]")) place.innerHTML = swatch(Number(place.dataset.swatch));
    draw();
  };

  // A group of buttons data-NAME="VALUE", of which one is pressed; take gets its value.
  const choose = (name, take) => {
    const group = document.querySelectorAll(`button[data-${name}]`);
    for (const button of group) {
      button.addEventListener("click", () => {
        take(button.dataset[name]);
        for (const b of group) b.setAttribute("aria-pressed", String(b === button));
        redraw();
      });
    }
  };

  // A button for each name in the element `legend`; a click hides or shows its line, a double click
  // shows it alone. An element `all` shows all again. Returns the hidden lines and the buttons.
  const legend = (names) => {
    const hidden = new Set();
    const all = document.getElementById("all");
    const buttons = names.map((name, i) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = "click: hide or show; double click: show this one only";
      const mark = document.createElement("span");
      mark.className = "swatch";
      mark.dataset.swatch = i;
      button.append(mark, name);
      button.addEventListener("click", () => {
        if (!hidden.delete(i)) hidden.add(i);
        change();
      });
      button.addEventListener("dblclick", () => {
        names.forEach((_, k) => (k === i ? hidden.delete(k) : hidden.add(k)));
        change();
      });
      document.getElementById("legend").append(button);
      return button;
    });
    const change = () => {
      buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(!hidden.has(i))));
      all.hidden = hidden.size === 0;
      redraw();
    };
    all.addEventListener("click", () => {
      hidden.clear();
      change();
    });
    buttons.forEach((button) => button.setAttribute("aria-pressed", "true"));
    return { hidden, buttons };
  };

  const charts = new Map();
  // The page is laid out for paper only after it was drawn for it, so the size is given: A4 or Letter, or half.
  const size = (node) => (printing ? { width: node.closest(".wide") ? 640 : 315, height: 250 } : {});
  const resize = (sizes) => charts.forEach((chart, node) => chart.resize(sizes(node)));
  let chosen;
  const print = (on) => {
    printing = on;
    // The style's own colours for paper come too late for what is drawn.
    const root = document.documentElement;
    if (on) {
      chosen = root.dataset.theme;
      root.dataset.theme = "light";
    } else if (chosen === undefined) {
      delete root.dataset.theme;
    } else {
      root.dataset.theme = chosen;
    }
    resize((node) => ({ width: "auto", height: "auto", ...size(node) }));
    redraw();
  };

  // Draws the page, again whenever it looks different; whole: whether its numbers are all there are.
  const start = (drawing, whole = true) => {
    draw = drawing;
    document.getElementById("theme").addEventListener("click", () => {
      document.documentElement.dataset.theme = dark() ? "light" : "dark";
      redraw();
    });
    systemDark.addEventListener("change", redraw);
    window.addEventListener("resize", () => resize(() => undefined));
    window.addEventListener("beforeprint", () => print(true));
    window.addEventListener("afterprint", () => print(false));
    const save = document.getElementById("save");
    save.hidden = !whole;
    save.addEventListener("click", (event) => {
      event.preventDefault();
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2) + "\n"], { type: "application/json" }));
      link.download = data.format.split("/")[0] + ".json";
      link.click();
      URL.revokeObjectURL(link.href);
    });
    redraw();
  };

  return { data, looks, charts, size, dark, css, colour, dash, text, figure, swatch, redraw, choose, legend, start };
})();
