package thalweg.torch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bytedeco.pytorch.Module;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;

/**
 * A copy of a module's parameters, by name, taken at one moment: the start several runs share, or
 * the best epoch so far.
 */
public final class Weights {
  private final Map<String, Buffer> values;

  private Weights(Map<String, Buffer> values) {
    this.values = values;
  }

  /** Copies the values of all named parameters. */
  public static Weights of(Module module) {
    return of(TorchParameters.of(module));
  }

  /** Copies the values of all parameters. */
  public static Weights of(Parameters parameters) {
    Map<String, Buffer> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      NumberType type = parameter.value().type();
      Buffer copy = Buffer.allocate(parameter.length(), type);
      copy.copyFrom(parameter.value());
      values.put(parameter.name(), copy);
    }
    return new Weights(values);
  }

  /**
   * Writes the values back, in place: addresses stay.
   *
   * @throws IllegalArgumentException when names or sizes differ; nothing is written then
   */
  public void into(Module module) {
    Parameters parameters = TorchParameters.of(module);
    Set<String> missing = new LinkedHashSet<>(values.keySet());
    for (Parameter parameter : parameters) {
      Buffer value = values.get(parameter.name());
      if (value == null) {
        throw new IllegalArgumentException(
            "these weights have no '%s'; they have %s"
                .formatted(parameter.name(), values.keySet()));
      }
      if (value.length() != parameter.length() || value.type() != parameter.value().type()) {
        throw new IllegalArgumentException(
            "weights '%s' hold %s, the module's parameter %s"
                .formatted(parameter.name(), value, parameter.value()));
      }
      missing.remove(parameter.name());
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("the module has no parameter " + missing);
    }
    for (Parameter parameter : parameters) {
      parameter.value().copyFrom(Objects.requireNonNull(values.get(parameter.name())));
    }
  }

  /** Names in order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }
}
