"use strict";
// Schedules as curves, format schedules/1; first is the number of the first one's look.
const schedules = (data, first) => {
  const node = document.getElementById("schedules");
  return {
    draw: () => {
      const all = chart.range(data.schedules.flatMap((schedule) => schedule.values));
      const [low, high] = chart.around(Math.min(0, all[0]), all[1], false);
      const plane = chart.plane({ name: "update", low: 1, high: Math.max(2, data.steps), whole: true }, { name: "learning rate", low, high });
      const series = data.schedules.flatMap((schedule, i) => chart.line(first + i, schedule.label, schedule.values.map((v, k) => [k + 1, v])));
      const tooltip = chart.tooltip(true, (x) => chart.table(`update ${x}`, data.schedules.map((schedule, i) => chart.row(first + i, schedule.label, page.figure(schedule.values[Math.round(x) - 1])))));
      chart.on(node).setOption({ ...plane.option, tooltip, series: [...series, ...plane.series] }, true);
    },
  };
};
