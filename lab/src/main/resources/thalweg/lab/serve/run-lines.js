// The lines of a log that are drawn. Each kind has room of its own; when that is full, lines evenly far apart stay, and the last.
const runLines = (() => {
  const MOST = 4000; // of a kind

  const of = (first) => {
    let all = [];
    let thinned = false;
    let count = 0;
    const kinds = new Map();

    const thin = (kind) => {
      const places = all.filter((one) => one.line.kind === kind).map((one) => one.place);
      const last = places.at(-1);
      const width = (last - places[0]) / (MOST / 2) || 1;
      let before = -1;
      let kept = 0;
      all = all.filter(({ line, place }) => {
        if (line.kind !== kind) return true;
        const part = Math.floor((place - places[0]) / width);
        const stays = part !== before || place === last;
        before = part;
        kept += stays ? 1 : 0;
        return stays;
      });
      kinds.set(kind, kept);
      thinned = true;
    };
    const add = (line) => {
      all.push({ line, place: line.step ?? count });
      count++;
      kinds.set(line.kind, (kinds.get(line.kind) ?? 0) + 1);
      if (kinds.get(line.kind) > MOST) thin(line.kind);
    };
    first.forEach(add);
    return { add, list: () => all.map((one) => one.line), thinned: () => thinned };
  };
  return { of };
})();
