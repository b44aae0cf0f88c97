"use strict";
// What the lines of a run's log become: charts, each with its lines over steps or epochs.
const series = (() => {
  const value = (v) => (v === null || v === undefined || !Number.isFinite(v) ? null : v);
  const MB = 1024 * 1024;

  const memory = (epochs, look = 0) => [
    { look, name: "resident, all of it", points: epochs.map(([x, e]) => [x, e.resident_bytes ? e.resident_bytes / MB : null]) },
    { look: look + 1, name: "Java heap", points: epochs.map(([x, e]) => [x, e.heap_bytes ? e.heap_bytes / MB : null]) },
  ];

  // Of run/1: lines of `step`, `epoch`. Look numbers are places.
  const training = (lines) => {
    const steps = lines.filter((line) => line.kind === "step");
    const epochs = lines.filter((line) => line.kind === "epoch");
    const start = lines.findLast((line) => line.kind === "start");
    const first = lines.find((line) => line.kind === "start");
    const metrics = start?.metrics ?? [];
    const averaged = epochs.some((e) => e.averaged);
    const over = (list, read) => list.map((line) => [line.step, value(read(line))]);
    const atStart = (read) => (first?.validation ? [[0, value(read(first.validation))]] : []);
    const charts = [
      {
        id: "loss",
        title: "Loss",
        unit: "loss",
        kind: "loss",
        lines: [
          { look: 5, name: "batch", points: over(steps, (s) => s.loss), thin: true },
          { look: 0, name: "train, mean of the epoch", points: over(epochs, (e) => e.train_loss) },
          { look: 1, name: "validation", points: [...atStart((v) => v.loss), ...over(epochs, (e) => e.validation?.loss)] },
          ...(averaged ? [{ look: 2, name: "validation, averaged weights", points: over(epochs, (e) => e.averaged?.loss) }] : []),
        ],
      },
      ...metrics.map((metric) => ({
        id: metric,
        title: `Validation ${metric.replaceAll("_", " ")}`,
        unit: metric.replaceAll("_", " "),
        lines: [
          { look: 1, name: "validation", points: [...atStart((v) => v[metric]), ...over(epochs, (e) => e.validation?.[metric])] },
          ...(averaged ? [{ look: 2, name: "averaged weights", points: over(epochs, (e) => e.averaged?.[metric]) }] : []),
        ],
      })),
      { id: "lr", title: "Learning rate", unit: "rate", kind: "spread", lines: [{ look: 0, name: "rate", points: over(steps, (s) => s.lr) }] },
      { id: "norm", title: "Gradient norm, before clipping", unit: "norm", kind: "log", lines: [{ look: 3, name: "gradient norm", points: over(steps, (s) => s.gradient_norm), thin: true }] },
      {
        id: "time",
        title: "Time of a step",
        unit: "ms",
        kind: "log",
        lines: [
          { look: 0, name: "forward and backward", points: over(steps, (s) => s.forward_backward_ms), thin: true },
          { look: 1, name: "optimizer", points: over(steps, (s) => s.optimizer_ms), thin: true },
        ],
      },
      { id: "share", title: "The optimizer's share of the time", unit: "%", lines: [{ look: 1, name: "share of the epoch", points: over(epochs, (e) => (e.optimizer_share ?? NaN) * 100) }] },
      {
        id: "memory",
        title: "Memory of the process",
        unit: "MB",
        zero: true,
        lines: memory(epochs.map((e) => [e.step, e])),
      },
    ];
    return { across: "step", most: start?.total_steps ?? null, charts };
  };

  // Of comparison-run/1: each reported run a line, in the look of its optimizer.
  const comparison = (lines) => {
    const start = lines.findLast((line) => line.kind === "start");
    const optimizers = start?.optimizers ?? [];
    const epochs = lines.filter((line) => line.kind === "epoch");
    const runs = new Map();
    for (const line of epochs) {
      const key = `${line.purpose} ${line.optimizer} ${line.seed} ${line.rate}`;
      if (!runs.has(key)) runs.set(key, { ...line, epochs: [] });
      runs.get(key).epochs.push(line);
    }
    const reported = [...runs.values()].filter((run) => run.purpose === "reported");
    const shown = reported.length ? reported : [...runs.values()].filter((run) => run.purpose === epochs.at(-1)?.purpose && run.optimizer === epochs.at(-1)?.optimizer);
    const of = (id, title, unit, read, kind) => ({
      id,
      title,
      unit,
      kind,
      lines: shown.map((run) => ({
        look: Math.max(0, optimizers.indexOf(run.optimizer)),
        name: reported.length ? `${run.optimizer}, seed ${run.seed}` : `${run.optimizer}, lr ${page.figure(run.rate)}`,
        points: run.epochs.map((e) => [e.epoch, value(read(e))]),
      })),
    });
    const used = { id: "memory", title: "Memory of the process", unit: "MB", zero: true, across: "epochs of all runs", lines: memory(epochs.map((e, i) => [i + 1, e]), optimizers.length) };
    return {
      across: "epoch",
      most: start?.epochs ?? null,
      optimizers,
      charts: [
        of("validation", "Validation loss", "loss", (e) => e.validation_loss, "loss"),
        of("train", "Train loss", "loss", (e) => e.train_loss, "loss"),
        of("score", `Validation ${start?.metric ?? "score"}`, start?.metric ?? "score", (e) => e.score),
        of("share", "The optimizer's share of the time", "%", (e) => e.optimizer_share * 100),
        used,
      ],
    };
  };

  const of = (lines) => (lines.find((line) => line.kind === "start")?.format === "comparison-run/1" ? comparison(lines) : training(lines));
  return { of };
})();
