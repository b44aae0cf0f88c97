// Hyperparameters set by hand, from what the server says of them: see docs/json.md, play/1.
const sliders = (() => {
  const { element } = live;
  const ENDS = 1000;
  const NINES = 4;

  const rounded = (v, digits) => String(Number(v.toPrecision(digits)));
  // The value at a position from 0 to 1000, as text; and the position of a value.
  const scales = {
    ratio: {
      value: (p, part) => (p <= 0 && part.zero ? "0" : rounded(part.low * (part.high / part.low) ** (p / ENDS), 3)),
      place: (v, part) => (v <= 0 ? 0 : (ENDS * Math.log(v / part.low)) / Math.log(part.high / part.low)),
    },
    near_one: {
      value: (p) => (p <= 0 ? "0" : String(Number((1 - Number((10 ** ((-NINES * p) / ENDS)).toPrecision(2))).toPrecision(6)))),
      place: (v) => (v >= 1 ? ENDS : (-ENDS * Math.log10(1 - v)) / NINES),
    },
    difference: {
      value: (p, part) => rounded(part.low + ((part.high - part.low) * p) / ENDS, 3),
      place: (v, part) => (ENDS * (v - part.low)) / (part.high - part.low),
    },
  };

  const range = (part, name, changed) => {
    const whole = part.scale === "whole";
    const scale = scales[part.scale];
    const input = element("input", { type: "range", min: whole ? part.low : 0, max: whole ? part.high : ENDS, step: 1, "data-part": name, "aria-label": name });
    const out = element("output", {});
    const show = () => {
      out.textContent = part.value;
      input.setAttribute("aria-valuetext", part.value);
    };
    input.value = whole ? part.value : Math.round(Math.min(ENDS, Math.max(0, scale.place(Number(part.value), part))));
    const take = (done) => () => {
      part.value = whole ? input.value : scale.value(Number(input.value), part);
      show();
      changed(done);
    };
    input.addEventListener("input", take(false));
    input.addEventListener("change", take(true));
    show();
    return element("label", { class: "slider" }, element("span", {}, name), out, input);
  };
  const flag = (part, name, changed) => {
    const input = element("input", { type: "checkbox", "data-part": name });
    input.checked = part.value === "true";
    input.addEventListener("change", () => {
      part.value = String(input.checked);
      changed(true);
    });
    return element("label", { class: "row" }, input, name);
  };
  const choice = (part, name, changed) => {
    const select = element("select", { "data-part": name }, ...part.choices.map((one) => element("option", { value: one }, one)));
    select.value = part.value;
    select.addEventListener("change", () => {
      part.value = select.value;
      changed(true);
    });
    return element("label", { class: "row" }, name, select);
  };

  // A control for a part; null of what is only written, as a schedule.
  const control = (part, name, changed) => {
    if (part.scale === "flag") return flag(part, name, changed);
    if (part.scale === "choice") return choice(part, name, changed);
    const numeric = part.scale !== "text" && Number.isFinite(Number(part.value));
    return numeric ? range(part, name, changed) : null;
  };
  // Of arguments in their order.
  const controls = (args, changed) =>
    args.flatMap((argument) => argument.parts.map((part) => control(part, part.name, changed))).filter((node) => node !== null);

  const isStandard = (part) => part.standard !== null && (part.value === part.standard || (part.value !== "" && Number(part.value) === Number(part.standard)));
  // The text form: what differs from the defaults.
  const text = (name, args) => {
    const given = args
      .filter((argument) => !argument.parts.every(isStandard))
      .map((argument) => {
        const values = argument.parts.map((part) => part.value);
        return `${argument.name}=${values.length > 1 ? `[${values.join(", ")}]` : values[0]}`;
      });
    return given.length ? `${name}(${given.join(", ")})` : name;
  };
  const chain = (links) => links.map((link) => text(link.name, link.arguments)).join(" | ");

  return { control, controls, text, chain };
})();
