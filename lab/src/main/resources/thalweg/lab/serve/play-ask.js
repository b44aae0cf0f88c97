// Asks for walks: one request at a time, and of those that wait only the newest. A request that has
// not been answered soon is given up for a newer one; the server then gives it up too.
const asking = (() => {
  const PATIENCE = 60; // milliseconds
  const RETRY = 1000;
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

  // on: { line(object, request), failed(error, request) }; a request is { query, began }, and since when it was sent.
  const queue = (on) => {
    let wanted = null;
    let running = null;
    let newest = null;
    const run = async (request) => {
      const control = new AbortController();
      const since = performance.now();
      running = { ...request, control, since };
      try {
        const response = await live.ask(`/api/play/walks?${request.query}`, { headers, signal: control.signal });
        await lines(response, (line) => {
          if (control.signal.aborted) return;
          if (line.kind === "error") throw new Error(line.error);
          on.line(line, { ...request, since });
        });
      } catch (e) {
        if (!control.signal.aborted) {
          on.failed(e, request);
          if (e.passing && wanted === null) setTimeout(again, RETRY, request);
        }
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
    // Asks once more, unless something else has been asked since.
    const again = (request) => {
      if (request !== newest) return;
      wanted = newest = { ...request, began: performance.now() };
      next();
    };
    return (query) => {
      if (query === (wanted ?? running)?.query) return;
      wanted = newest = { query, began: performance.now() };
      next();
    };
  };
  return { queue, headers };
})();
