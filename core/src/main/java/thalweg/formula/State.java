package thalweg.formula;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a rule remembers for every element between updates. Both the remembered value and the next
 * one can be used: {@link #old()} and what {@link #becomes} returns.
 */
public final class State implements Remembered {
  private final Step step;
  private final String key;
  private final String symbol;
  private final double initial;
  private final Extent extent;
  private final int terms;

  State(Step step, String key, String symbol, double initial, Extent extent, int terms) {
    this.step = step;
    this.key = key;
    this.symbol = symbol;
    this.initial = initial;
    this.extent = extent;
    this.terms = terms;
  }

  /** The value before this update; the initial one at the first. */
  public Tensor old() {
    return new Tensor.Old(this);
  }

  /** Sets the value after this update, once, and returns it. */
  public Tensor becomes(Tensor next) {
    return step.assign(symbol, next, this);
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public String symbol() {
    return symbol;
  }

  @Override
  public double initial() {
    return initial;
  }

  /** For what it has one number. */
  public Extent extent() {
    return extent;
  }

  /** Its own shape for a parameter of a shape; the terms first, where each has a version. */
  public List<Long> shape(List<Long> parameter) {
    List<Long> shape = extent.shape(parameter);
    return terms == 0 ? shape : Stream.concat(Stream.of((long) terms), shape.stream()).toList();
  }

  /**
   * How many versions of it are remembered, one for each term of a finite sum; an update sees that
   * of its term. 0 for an ordinary state.
   */
  public int terms() {
    return terms;
  }

  /** How many numbers of it are remembered for a tensor of a shape, of all terms together. */
  public long count(List<Long> shape) {
    return Math.multiplyExact(extent.count(shape), Math.max(1, terms));
  }
}
