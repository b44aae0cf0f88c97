package thalweg.lab.surface;

import java.util.List;

/** A global minimum: where, and how low it is. */
public record Minimum(List<Double> at, double value) {
  public Minimum {
    at = List.copyOf(at);
  }
}
