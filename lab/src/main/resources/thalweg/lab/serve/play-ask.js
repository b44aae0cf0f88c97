// Asks for walks: one request at a time, and of those that wait only the newest. A request that has
// not been answered soon is given up for a newer one; the server then gives it up too.
const asking = (() => {
  const PATIENCE = 60; // milliseconds
  const name = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2);
  const headers = { "X-Thalweg-Page": name };

  const lines = async (response, take) => {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await live.reached(reader.read());
      if (done) return;
      const parts = (rest + value).split("\n");
      rest = parts.pop();
      for (const part of parts) take(JSON.parse(part));
    }
  };

  // on: { line(object, request), failed(text, request) }; a request is { query, began }.
  const queue = (on) => {
    let wanted = null;
    let running = null;
    const run = async (request) => {
      const control = new AbortController();
      running = { ...request, control, since: performance.now() };
      try {
        const response = await live.reached(fetch(`/api/play/walks?${request.query}`, { headers, signal: control.signal }));
        if (!response.ok) throw new Error((await response.json()).error);
        await lines(response, (line) => {
          if (control.signal.aborted) return;
          if (line.kind === "error") throw new Error(line.error);
          on.line(line, request);
        });
      } catch (e) {
        if (!control.signal.aborted) on.failed(e.message, request);
      }
      running = null;
      next();
    };
    const next = () => {
      if (wanted === null) return;
      if (running === null) {
        const request = wanted;
        wanted = null;
        run(request);
        return;
      }
      const left = PATIENCE - (performance.now() - running.since);
      if (left <= 0) running.control.abort();
      else setTimeout(next, left);
    };
    return (query) => {
      if (query === (wanted ?? running)?.query) return;
      wanted = { query, began: performance.now() };
      next();
    };
  };
  return { queue, headers };
})();
