package thalweg.optimizer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Parameters in order, each name once. */
public final class Parameters implements Iterable<Parameter> {
  private final List<Parameter> parameters;

  private Parameters(List<? extends Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
    Set<String> names = new HashSet<>();
    for (Parameter parameter : this.parameters) {
      if (!names.add(parameter.name())) {
        throw new IllegalArgumentException(
            "two parameters are named '%s'; state is kept by name, so give each its own"
                .formatted(parameter.name()));
      }
    }
  }

  public static Parameters of(Parameter... parameters) {
    return new Parameters(List.of(parameters));
  }

  public static Parameters of(List<? extends Parameter> parameters) {
    return new Parameters(parameters);
  }

  /** Plain arrays, trained in place, named {@code p0}, {@code p1}, … */
  public static Parameters of(float[][] values, float[][] gradients) {
    if (values.length != gradients.length) {
      throw new IllegalArgumentException(
          "%d arrays of values but %d of gradients".formatted(values.length, gradients.length));
    }
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      parameters.add(ArrayParameter.of("p" + i, values[i], gradients[i]));
    }
    return new Parameters(parameters);
  }

  public List<Parameter> list() {
    return parameters;
  }

  public int size() {
    return parameters.size();
  }

  /** Number of elements of all of them. */
  public long elements() {
    return parameters.stream().mapToLong(Parameter::length).sum();
  }

  @Override
  public Iterator<Parameter> iterator() {
    return parameters.iterator();
  }
}
