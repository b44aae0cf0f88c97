package thalweg.lab.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * Where a comparison ran, and how to run it again.
 *
 * @param cpu the processor's model name; the architecture where the system does not tell
 * @param cores processors the JVM may use
 * @param java version and maker of the JVM
 * @param threads threads a step and the network may use
 * @param backend what computed the updates, as {@code vector}
 * @param date when it began, ISO 8601 in UTC
 * @param command the exact command line that repeats it
 */
public record Environment(
    String os,
    String cpu,
    int cores,
    String java,
    String thalweg,
    String libtorch,
    int threads,
    String backend,
    String date,
    String command) {

  /** This machine and this moment. */
  public static Environment here(
      String thalweg, String libtorch, int threads, String backend, String command) {
    return new Environment(
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version() + " " + System.getProperty("java.vendor"),
        thalweg,
        libtorch,
        threads,
        backend,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        command);
  }

  private static String cpuModel() {
    Path facts = Path.of("/proc/cpuinfo");
    String unknown = System.getProperty("os.arch");
    if (!Files.isReadable(facts)) {
      return unknown;
    }
    try (Stream<String> lines = Files.lines(facts)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(unknown);
    } catch (IOException e) {
      return unknown;
    }
  }

  /** As a page shows it: names and values, in order. */
  public SequencedMap<String, String> facts() {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("date", date());
    facts.put("system", os());
    facts.put("processor", cpu());
    facts.put("cores", String.valueOf(cores()));
    facts.put("threads", String.valueOf(threads()));
    facts.put("Java", java());
    facts.put("Thalweg", thalweg());
    facts.put("backend", backend());
    facts.put("libtorch", libtorch());
    return facts;
  }
}
