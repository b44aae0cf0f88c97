package thalweg.walk;

import java.util.List;
import org.jspecify.annotations.Nullable;
import thalweg.memory.Buffer;
import thalweg.optimizer.Parameter;

/** A parameter whose memory and gradient come, go and move, as an engine's do. */
public final class Loose implements Parameter {
  private final String name;
  private List<Long> shape;
  private Buffer value;
  private @Nullable Buffer gradient;

  /** A vector without a gradient. */
  public Loose(String name, float... value) {
    this.name = name;
    this.shape = List.of((long) value.length);
    this.value = Buffer.of(value);
  }

  /** Gives it a gradient of its own array, or takes it away. */
  public Loose gradient(float @Nullable ... values) {
    gradient = values == null ? null : Buffer.of(values);
    return this;
  }

  /** Gives it a gradient in this memory. */
  public Loose gradientIn(Buffer memory) {
    gradient = memory;
    return this;
  }

  /** Takes the gradient away. */
  public Loose withoutGradient() {
    gradient = null;
    return this;
  }

  /** Moves the values to this memory. */
  public Loose move(Buffer memory) {
    value = memory;
    shape = List.of(memory.length());
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Long> shape() {
    return shape;
  }

  @Override
  public Buffer value() {
    return value;
  }

  @Override
  public @Nullable Buffer gradient() {
    return gradient;
  }
}
