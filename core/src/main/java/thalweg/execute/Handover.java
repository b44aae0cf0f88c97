package thalweg.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import thalweg.memory.Buffer;
import thalweg.plan.Pass;

/**
 * Binds each pass to the chosen backend if it is warm there, else to the one that runs meanwhile.
 * Both give the same bits, so when one takes over from the other changes no result.
 */
final class Handover implements Backend {
  private final Backend from;
  private final Backend to;
  private final List<Warmup> awaited = new ArrayList<>();

  Handover(Backends.Choice choice) {
    from = choice.meanwhile();
    to = choice.backend();
  }

  /** Forgets what was bound. */
  void clear() {
    awaited.clear();
  }

  @Override
  public String name() {
    return to.name();
  }

  @Override
  public int preference() {
    return to.preference();
  }

  @Override
  public Optional<String> unavailable() {
    return to.unavailable();
  }

  @Override
  public Chunk bind(Pass pass, List<Buffer> buffers, long first, int count) {
    return backend(pass, buffers, false).bind(pass, buffers, first, count);
  }

  @Override
  public Strip strip(Pass pass, List<Buffer> buffers) {
    return backend(pass, buffers, true).strip(pass, buffers);
  }

  private Backend backend(Pass pass, List<Buffer> buffers, boolean strip) {
    if (from == to) {
      return to;
    }
    Warmup warmup = Warmup.of(from, to, pass, buffers, strip);
    if (warmup.isDone()) {
      return to;
    }
    if (!awaited.contains(warmup)) {
      awaited.add(warmup);
    }
    return from;
  }

  /**
   * Whether everything could be bound to the chosen backend by now, and something is not.
   *
   * @param elements updated by a step
   */
  boolean isDue(long elements) {
    boolean due = !awaited.isEmpty();
    for (int i = 0; i < awaited.size(); i++) {
      Warmup warmup = awaited.get(i);
      if (!warmup.isDone()) {
        warmup.need(elements);
        due = false;
      }
    }
    return due;
  }
}
