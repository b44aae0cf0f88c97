"use strict";
// On paper the section of the surfaces is made of copies: of all of them, though the screen shows one
// at a time, and with WebGL's canvas as a picture, of which Chromium prints an earlier frame.
// draw(k) shows and draws surface k at once; parts selects what of it is copied.
const printed = (section, parts, count, { which, draw }) => {
  const copies = document.createElement("div");
  copies.className = "paper";
  section.append(copies);

  const copied = (node, k) => {
    const copy = node.cloneNode(true);
    const from = node.querySelectorAll("canvas");
    copy.querySelectorAll("canvas").forEach((canvas, i) => {
      canvas.width = from[i].width;
      canvas.height = from[i].height;
      canvas.getContext("2d").drawImage(from[i], 0, 0);
    });
    // Names are of one element each; those in charts are clips, which are needed.
    for (const drawing of copy.querySelectorAll(".chart")) drawing.innerHTML = drawing.innerHTML.replaceAll(/\bzr(?=\d+-)/g, `copy${k}-zr`);
    for (const named of [copy, ...copy.querySelectorAll("[id]:not(.chart *)")]) named.removeAttribute("id");
    copy.removeAttribute("data-table"); // only one of these is shown
    return copy;
  };
  window.addEventListener("beforeprint", () => {
    const now = which();
    for (let k = 0; k < count; k++) {
      draw(k);
      copies.append(...[...section.querySelectorAll(parts)].filter((node) => !copies.contains(node)).map((node) => copied(node, k)));
    }
    if (which() !== now) draw(now);
    section.classList.add("printed");
  });
  window.addEventListener("afterprint", () => {
    copies.replaceChildren();
    section.classList.remove("printed");
  });
};
