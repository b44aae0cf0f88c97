"use strict";
(() => {
  const { element } = live;
  const of = (id) => document.getElementById(id);
  const figure = page.figure;

  const bar = (run) => {
    const { share, text } = live.progress(run);
    const left = run.eta_seconds === null ? "" : `, ${live.clock(run.eta_seconds)} left`;
    return [element("progress", { max: 1, value: share, "aria-label": `progress of ${run.name}` }), text + left];
  };
  const row = (run) => {
    const comparison = run.kind === "comparison";
    const validation = comparison ? run.epoch?.validation_loss : (run.epoch?.averaged?.loss ?? run.epoch?.validation?.loss);
    const name = element("th", { scope: "row" }, element("a", { href: `/runs/${encodeURIComponent(run.name)}` }, run.name));
    const cell = (title, ...content) => element("td", { "data-name": title }, ...content);
    const going = cell("Progress", ...bar(run));
    going.className = "going";
    return element(
      "tr",
      {},
      name,
      cell("State", live.state(run.state)),
      cell("What", live.about(run)),
      going,
      cell("Train loss", figure(run.epoch?.train_loss ?? null)),
      cell("Validation loss", figure(validation ?? null)),
      cell("Last line", live.ago(run.modified)),
    );
  };

  const show = ({ folder, runs }) => {
    runs.sort((a, b) => Date.parse(b.modified) - Date.parse(a.modified));
    of("lead").textContent = runs.length ? `In ${folder}, the newest first.` : `In ${folder}.`;
    of("table").hidden = runs.length === 0;
    of("empty").hidden = runs.length > 0;
    const focused = document.activeElement?.getAttribute("href");
    of("rows").replaceChildren(...runs.map(row));
    if (focused) document.querySelector(`#rows a[href="${CSS.escape(focused)}"]`)?.focus();
  };

  const look = async () => {
    try {
      if (!document.hidden) {
        show(await live.get("/api/runs"));
        of("error").textContent = "";
      }
    } catch (e) {
      of("error").textContent = e.message;
    }
    setTimeout(look, 1000);
  };
  page.start(() => {}, false);
  look();
})();
