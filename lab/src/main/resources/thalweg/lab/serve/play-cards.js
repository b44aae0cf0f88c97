// One card an optimizer: shown or not, its text, its hyperparameters.
const playCards = (() => {
  const { element } = live;

  // on: { changed(done), paint(), take(i, spec), remove(i) }.
  const card = (state, on) => (optimizer, i) => {
    const name = optimizer.links.map((link) => link.name).join(" | ");
    const text = element("input", { type: "text", spellcheck: "false", autocomplete: "off", autocapitalize: "off", maxlength: 300, "aria-label": `text of optimizer ${i + 1}` });
    text.value = state.optimizers[i];
    text.addEventListener("change", async () => text.setAttribute("aria-invalid", String(!(await on.take(i, text.value.trim())))));

    const shown = element("input", { type: "checkbox", "aria-label": `show ${name}` });
    shown.checked = !state.hide.includes(i);
    const swatch = element("span", { class: "swatch", "data-swatch": i });
    swatch.innerHTML = page.swatch(i);
    const remove = element("button", { type: "button", class: "remove", "aria-label": `remove ${name}`, title: "remove" }, "×");
    remove.addEventListener("click", () => on.remove(i));

    const moved = (done) => {
      state.optimizers[i] = sliders.chain(optimizer.links);
      text.value = state.optimizers[i];
      on.changed(done);
    };
    const rates = [];
    const others = [];
    for (const link of optimizer.links) {
      for (const argument of link.arguments) {
        for (const part of argument.parts) {
          const label = optimizer.links.length > 1 ? `${link.name}.${part.name}` : part.name;
          const control = sliders.control(part, label, moved);
          if (control !== null) (part.name === "lr" ? rates : others).push(control);
          else if (part.name === "lr") rates.push(element("p", { class: "note" }, `${label}: ${part.value}`));
        }
      }
    }
    const more = others.length ? [element("details", {}, element("summary", {}, `${others.length} more, and as text`), ...others, text)] : [text];
    const node = element("li", { "data-off": String(!shown.checked), title: optimizer.links.at(-1).summary }, element("div", { class: "head" }, element("label", {}, shown, swatch, name), remove), ...rates, ...more);
    shown.addEventListener("change", () => {
      state.hide = shown.checked ? state.hide.filter((k) => k !== i) : [...state.hide, i].sort((a, b) => a - b);
      node.dataset.off = String(!shown.checked);
      on.paint();
      on.changed(true);
    });
    return node;
  };
  return { card };
})();
