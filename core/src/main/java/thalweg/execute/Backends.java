package thalweg.execute;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The backends that are on the module or class path. */
public final class Backends {
  /** The name of the double-precision definition, which is not a {@link Backend}. */
  public static final String REFERENCE = "reference";

  /** The name that leaves the choice to us. */
  public static final String AUTO = "auto";

  private Backends() {}

  /**
   * A backend and why it was taken.
   *
   * @param meanwhile runs each pass until the JIT has warmed it up on the backend, beside the
   *     program; the backend itself if that is not to be waited for
   * @param reason one line, with the flag to add where a better one is missing
   */
  public record Choice(Backend backend, Backend meanwhile, String reason) {
    /** Whether the first steps run elsewhere. */
    public boolean goesOver() {
      return meanwhile != backend;
    }

    /** The reason, and what runs the first steps: one line. */
    public String explanation() {
      return goesOver()
          ? "%s; %s runs the first steps, while the JIT compiles"
              .formatted(reason, meanwhile.name())
          : reason;
    }
  }

  /** All float32 backends, best first. */
  public static List<Backend> all() {
    return ServiceLoader.load(Backend.class, Backends.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(Backend::preference).reversed())
        .toList();
  }

  /**
   * The backend of this name, or the best available one for {@link #AUTO}; then the one that needs
   * no warming up, {@code block}, runs its first steps.
   */
  public static Choice choose(String name) {
    List<Backend> all = all();
    if (name.equals(AUTO)) {
      return Automatic.CHOICE;
    }
    for (Backend backend : all) {
      if (backend.name().equals(name)) {
        backend
            .unavailable()
            .ifPresent(reason -> {
              throw new IllegalStateException(
                  "backend '%s' cannot run here: %s".formatted(name, reason));
            });
        return new Choice(backend, backend, "chosen by name");
      }
    }
    throw new IllegalArgumentException(
        "unknown backend '%s'; there are auto, reference, %s"
            .formatted(name, all.stream().map(Backend::name).collect(Collectors.joining(", "))));
  }

  /** Chosen and said once. */
  private static final class Automatic {
    static final Choice CHOICE = choose();

    private static Choice choose() {
      StringBuilder missing = new StringBuilder();
      List<Backend> all = all();
      for (Backend backend : all) {
        if (backend.unavailable().isEmpty()) {
          boolean best = missing.isEmpty();
          String reason = best ? "the fastest on this machine" : missing.toString();
          System.getLogger("thalweg")
              .log(
                  best ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                  "thalweg runs on backend {0}: {1}",
                  backend.name(),
                  reason);
          return new Choice(backend, all.getLast(), reason);
        }
        missing
            .append(missing.isEmpty() ? "" : "; ")
            .append(backend.name())
            .append(" cannot run here: ")
            .append(backend.unavailable().orElseThrow());
      }
      throw new IllegalStateException("no backend on the class path: " + missing);
    }
  }
}
