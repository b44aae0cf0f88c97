// The lines of a log that are drawn. Each kind has room of its own; when that is full, those with
// the lowest and the highest loss in each of equally long parts of the run stay, and the last.
const runLines = (() => {
  const MOST = 800; // parts of a kind
  const value = ({ loss, train_loss: train }) => (Number.isFinite(loss ?? train) ? (loss ?? train) : 0);

  const of = (first) => {
    const kinds = new Map();
    let count = 0;
    let thinned = false;

    const put = (parts, key, low, high) => {
      const part = parts.get(key);
      if (part === undefined) {
        parts.set(key, { low, high });
        return;
      }
      if (part.low !== part.high || low !== high) thinned = true;
      if (low.value < part.low.value) part.low = low;
      if (high.value >= part.high.value) part.high = high;
    };
    const add = (line) => {
      const name = line.purpose === undefined ? line.kind : `${line.kind} ${line.purpose}`;
      if (!kinds.has(name)) kinds.set(name, { width: 1, parts: new Map(), last: null });
      const kind = kinds.get(name);
      const one = { line, value: value(line), order: count, place: line.step ?? count };
      count++;
      kind.last = one;
      put(kind.parts, Math.floor(one.place / kind.width), one, one);
      while (kind.parts.size > MOST) {
        const parts = new Map();
        kind.width *= 2;
        for (const { low, high } of kind.parts.values()) put(parts, Math.floor(low.place / kind.width), low, high);
        kind.parts = parts;
      }
    };
    // In the order in which they came.
    const list = () => {
      const all = [];
      for (const { parts, last } of kinds.values()) {
        for (const { low, high } of parts.values()) {
          all.push(low);
          if (high !== low) all.push(high);
        }
        all.push(last);
      }
      all.sort((a, b) => a.order - b.order);
      return all.filter((one, i) => one !== all[i - 1]).map((one) => one.line);
    };
    first.forEach(add);
    return { add, list, thinned: () => thinned };
  };
  return { of };
})();
