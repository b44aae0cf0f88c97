package thalweg.lab.serve.runs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import thalweg.lab.serve.http.Refusal;
import thalweg.lab.train.StopRequest;

/** Stops runs, and goes on with them in processes of their own. */
final class RunControl {
  private static final int MOST_PROCESSES = 4;
  private static final int LONGEST_PROBLEM = 500;

  /** How lines begin that the JVM writes on its own, such as that a module is in incubation. */
  private static final String OF_THE_JVM = "WARNING: ";

  /** Exit codes of a run that did what it was asked: all of it, or to stop. */
  private static final Set<Integer> AS_ASKED = Set.of(0, 130);

  /** A process that goes on with a run, and the last it had to say. */
  private static final class Going {
    private final Process process;
    private volatile String said = "";

    Going(Process process) {
      this.process = process;
    }

    void listen() {
      try (BufferedReader errors = process.errorReader(StandardCharsets.UTF_8)) {
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
          if (line.startsWith(OF_THE_JVM)) {
            continue;
          }
          said = line.substring(0, Math.min(line.length(), LONGEST_PROBLEM));
        }
      } catch (IOException _) {
        return; // it has ended
      }
    }
  }

  private final BiFunction<String, Path, List<String>> command;
  private final Map<Path, Going> going = new ConcurrentHashMap<>();

  /**
   * @param command that goes on with what {@code train} or {@code compare} left in a folder
   */
  RunControl(BiFunction<String, Path, List<String>> command) {
    this.command = command;
  }

  /** Asks a run to finish its step and end; a training run saves itself. */
  void stop(Path run) {
    StopRequest.ask(run);
  }

  /**
   * Goes on with a run.
   *
   * @param verb {@code train} or {@code compare}, which it is of
   * @throws Refusal if one is going on with it, or too many are with others
   */
  synchronized void goOn(String verb, Path run) {
    if (isGoing(run)) {
      throw new Refusal(409, "a process is going on with this run already");
    }
    long alive = going.values().stream().filter(one -> one.process.isAlive()).count();
    if (alive >= MOST_PROCESSES) {
      throw new Refusal(
          429,
          "%d runs are going on from here already; wait for one to end, or use ./thalweg %s --resume"
              .formatted(alive, verb));
    }
    try {
      Going one =
          new Going(
              new ProcessBuilder(command.apply(verb, run))
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start());
      one.process.getOutputStream().close();
      Thread.ofVirtual().name("errors of " + run.getFileName()).start(one::listen);
      going.put(run, one);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a process: " + e.getMessage(), e);
    }
  }

  /** Nothing more is said of how the last process of a run ended. */
  void forget(Path run) {
    going.computeIfPresent(run, (_, one) -> one.process.isAlive() ? one : null);
  }

  /** Whether a process that was started here goes on with a run. */
  boolean isGoing(Path run) {
    @Nullable Going one = going.get(run);
    return one != null && one.process.isAlive();
  }

  /**
   * What the last process said before it could not go on; empty if it could, was stopped, or lives.
   */
  Optional<String> problem(Path run) {
    @Nullable Going one = going.get(run);
    return one == null || one.process.isAlive() || AS_ASKED.contains(one.process.exitValue())
        ? Optional.empty()
        : Optional.of(one.said).filter(said -> !said.isEmpty());
  }
}
