package thalweg.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import thalweg.lab.BadInput;
import thalweg.lab.train.TrainSettings;

/** What a comparison was asked for, by the names of its options: taken, and asked for again. */
final class CompareOptions {
  /** These say where and how a process works, not what is compared. */
  private static final Set<String> OF_THE_PROCESS =
      Set.of("--run", "--resume", "--threads", "--quiet", "--debug");

  /** With --resume these may be given anew. */
  private static final Set<String> ANEW = Set.of("--out", "--json");

  private CompareOptions() {}

  /**
   * What was given, with paths that do not depend on the folder one happens to be in.
   *
   * @param data and seed
   * @param places written to, by option
   */
  static Map<String, String> of(CommandSpec spec, TrainSettings data, Map<String, Path> places) {
    Map<String, String> options = new LinkedHashMap<>(data.absolute().byName());
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (!OF_THE_PROCESS.contains(option.longestName())) {
        options.putIfAbsent(
            option.longestName().substring(2), option.originalStringValues().getLast());
      }
    }
    places.forEach((name, path) -> options.put(name, path.toAbsolutePath().normalize().toString()));
    return options;
  }

  /**
   * The command as it was asked for.
   *
   * @throws BadInput if this version does not know an option
   */
  static CompareCommand again(Map<String, String> options, Path folder) {
    List<String> words = new ArrayList<>(List.of("compare"));
    options.forEach((name, value) -> words.add("--%s=%s".formatted(name, value)));
    CommandLine line = Main.commandLine();
    try {
      line.parseArgs(words.toArray(String[]::new));
    } catch (CommandLine.ParameterException e) {
      throw new BadInput(
          "the log in %s asks for what is not understood: %s".formatted(folder, e.getMessage()), e);
    }
    return Objects.requireNonNull(line.getSubcommands().get("compare")).getCommand();
  }

  /**
   * Refuses what a comparison that goes on has of its own.
   *
   * @throws BadInput if it is given
   */
  static void requireNone(CommandSpec spec, Path folder) {
    CommandLine.ParseResult given = spec.commandLine().getParseResult();
    for (OptionSpec option : given.matchedOptions()) {
      String name = option.longestName();
      if (name.equals("--run")) {
        throw new BadInput("--run begins a run and --resume goes on with one; give one of them");
      }
      if (!OF_THE_PROCESS.contains(name) && !ANEW.contains(name)) {
        throw ownSettings(folder, name);
      }
    }
    if (!given.matchedPositionals().isEmpty()) {
      throw ownSettings(
          folder, given.matchedPositionals().getFirst().originalStringValues().getFirst());
    }
  }

  private static BadInput ownSettings(Path folder, String given) {
    return new BadInput(
        "the comparison in %s has its own settings; leave %s out, or begin a new one with --run"
            .formatted(folder, given));
  }
}
