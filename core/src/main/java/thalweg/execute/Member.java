package thalweg.execute;

import java.util.List;
import org.jspecify.annotations.Nullable;
import thalweg.memory.Buffer;

/** One parameter as an engine sees it: where its numbers lie now and how often it was updated. */
public final class Member {
  private final String name;
  private final List<Buffer> states;
  private Buffer value;
  private @Nullable Buffer gradient;
  private long updates;

  /**
   * @param states memory of each state of the formula, in its order
   * @param updates how many updates it has had
   */
  public Member(String name, Buffer value, List<Buffer> states, long updates) {
    this.name = name;
    this.value = value;
    this.states = List.copyOf(states);
    this.updates = updates;
  }

  public String name() {
    return name;
  }

  public Buffer value() {
    return value;
  }

  /** Null when there is none at this step; the parameter is then skipped and its t stands still. */
  public @Nullable Buffer gradient() {
    return gradient;
  }

  public List<Buffer> states() {
    return states;
  }

  public long length() {
    return value.length();
  }

  /** The number of updates so far; t of the running one. */
  public long updates() {
    return updates;
  }

  /** Counts the update that is about to be made. */
  public void advance() {
    updates++;
  }

  /** Takes that back, when the update could not be made. */
  public void retreat() {
    updates--;
  }

  /** Sets the number of updates, when a state is loaded. */
  public void updates(long count) {
    updates = count;
  }

  /** Takes over where the numbers lie; true if that has changed. */
  public boolean rebind(Buffer newValue, @Nullable Buffer newGradient) {
    boolean changed = newValue != value || newGradient != gradient;
    value = newValue;
    gradient = newGradient;
    return changed;
  }
}
