package thalweg.execute;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import thalweg.formula.Extent;
import thalweg.memory.Buffer;
import thalweg.memory.Region;
import thalweg.memory.Rounding;
import thalweg.memory.SparseRows;
import thalweg.plan.Plan;

/** One parameter as an engine sees it: where its numbers lie now and how often it was updated. */
public final class Member {
  private final String name;
  private final List<Long> shape;
  private final List<Buffer> states;
  private final double[] numbers;
  private final List<Buffer> evaluated;
  private final Region memory;
  private final Map<Object, Buffer> working = new HashMap<>();
  private @Nullable Plan reserved;
  private final @Nullable Buffer master;
  private final @Nullable Rounding rounding;
  private Buffer shown;
  private Buffer value;
  private @Nullable Buffer gradient;
  private @Nullable SparseRows sparse;
  private @Nullable Buffer sparseValues;
  private long updates;

  /**
   * @param states memory of each state of the formula, in its order
   * @param numbers what the formula remembers as one number, in its order; those of the group are
   *     elsewhere
   * @param value the parameter's own memory
   * @param master float32 memory that is updated in place of the parameter, which shows it rounded;
   *     null if the parameter itself is updated
   * @param rounding how the parameter itself is rounded; null to the nearest
   * @param evaluated memory for each further gradient that the formula asks for
   * @param updates how many updates it has had
   * @param memory where working memory comes from
   */
  public Member(
      String name,
      List<Long> shape,
      Buffer value,
      @Nullable Buffer master,
      @Nullable Rounding rounding,
      List<Buffer> states,
      double[] numbers,
      List<Buffer> evaluated,
      long updates,
      Region memory) {
    this.name = name;
    this.shape = List.copyOf(shape);
    this.master = master;
    this.rounding = rounding;
    this.shown = value;
    this.value = updated(value);
    this.states = List.copyOf(states);
    this.numbers = numbers;
    this.evaluated = List.copyOf(evaluated);
    this.updates = updates;
    this.memory = memory;
  }

  public String name() {
    return name;
  }

  public List<Long> shape() {
    return shape;
  }

  /** What is updated: the parameter's own memory, or its master. */
  public Buffer value() {
    return value;
  }

  /** The parameter's own memory. */
  public Buffer shown() {
    return shown;
  }

  private Buffer updated(Buffer ofParameter) {
    if (master != null) {
      return master.mirroredBy(ofParameter);
    }
    return rounding == null ? ofParameter : ofParameter.rounding(rounding);
  }

  /** The dense gradient; null when there is none at this step. */
  public @Nullable Buffer gradient() {
    return gradient;
  }

  public List<Buffer> states() {
    return states;
  }

  /** The remembered numbers themselves, not a copy. */
  public double[] numbers() {
    return numbers;
  }

  /** The further gradients that the formula asks for, in its order. */
  public List<Buffer> evaluated() {
    return evaluated;
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
    if (rounding != null) {
      rounding.at(updates);
    }
    for (int i = 0; i < states.size(); i++) {
      Rounding ofState = states.get(i).rounding();
      if (ofState != null) {
        ofState.at(updates);
      }
    }
  }

  /** Takes that back, when the update could not be made. */
  public void retreat() {
    updates--;
  }

  /** Sets the number of updates, when a state is loaded. */
  public void updates(long count) {
    updates = count;
  }

  /** The gradient as rows, where it is given so; the dense one is null then. */
  public @Nullable SparseRows sparse() {
    return sparse;
  }

  /** Whether it takes part in a step. */
  public boolean hasGradient() {
    return gradient != null || sparse != null;
  }

  /** Takes over where the numbers lie; true if that has changed. */
  public boolean rebind(
      Buffer newValue, @Nullable Buffer newGradient, @Nullable SparseRows newSparse) {
    Buffer newSparseValues = newSparse == null ? null : newSparse.values();
    boolean changed =
        newValue != shown
            || newGradient != gradient
            || newSparse != sparse
            || newSparseValues != sparseValues;
    if (newValue != shown) {
      shown = newValue;
      value = updated(newValue);
    }
    gradient = newGradient;
    sparse = newSparse;
    sparseValues = newSparseValues;
    return changed;
  }

  /** Makes sure of all the working memory that a plan declares. */
  void reserve(Plan plan) {
    if (plan == reserved) {
      return;
    }
    for (WorkingMemory piece : WorkingMemory.of(List.of(plan), shape)) {
      if (!working.containsKey(piece.key())) {
        working.put(piece.key(), memory.allocate(piece.length(), WorkingMemory.TYPE));
      }
    }
    reserved = plan;
  }

  /** Bytes of working memory held. */
  public long workingBytes() {
    return working.values().stream().mapToLong(Buffer::bytes).sum();
  }

  /** Memory for the noise of a source, one number an element. */
  Buffer noise(Plan.Source.Drawn source) {
    return working(source);
  }

  /** Scratch memory {@code index}, one number for each of an extent. */
  Buffer scratch(int index, Extent extent) {
    return working(new WorkingMemory.Slot(index, extent));
  }

  /** One row of columns for each band of a trip. */
  Buffer running(Plan.Trip trip, int column) {
    return working(new WorkingMemory.Running(trip, column));
  }

  private Buffer working(Object key) {
    Buffer found = working.get(key);
    if (found == null) {
      throw new IllegalStateException("no working memory was declared for " + key);
    }
    return found;
  }
}
