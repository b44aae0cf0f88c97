package thalweg.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import thalweg.lab.train.Interruption;
import thalweg.lab.train.TrainOption;
import thalweg.lab.train.TrainResult;
import thalweg.lab.train.TrainRun;
import thalweg.lab.train.TrainSettings;
import thalweg.lab.train.TrainText;

@Command(
    name = "train",
    modelTransformer = TrainCommand.Options.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Trains one network, with progress, checkpoints and a log in a folder of its own.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./thalweg train --data digits",
      "  ./thalweg train --csv houses.csv --target price",
      "  ./thalweg train --resume runs/digits --epochs 20",
      "",
      "Exit codes: 0 done, 1 the run diverged, 2 bad input, 130 stopped with Ctrl-C and saved."
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Go on with the run of a folder; --epochs may ask for more.")
  private @Nullable Path resume;

  @Mixin private Common common;

  @Override
  public Integer call() {
    TrainRun run = resume == null ? TrainRun.begin(given()) : TrainRun.resume(resume, given());
    try (TrainText text = new TrainText(spec.commandLine().getOut(), common.look());
        Interruption interruption = new Interruption(() -> {})) {
      TrainResult result = run.run(text, interruption, common.threads());
      return result.exitCode();
    }
  }

  private TrainSettings given() {
    Map<String, String> given = new LinkedHashMap<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      TrainOption.named(option.longestName())
          .ifPresent(known ->
              given.put(
                  known.id(),
                  known.kind() == TrainOption.Kind.FLAG
                      ? "true"
                      : option.originalStringValues().getLast()));
    }
    return TrainSettings.of(given);
  }

  /** Declares the options that the run itself names. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      for (TrainOption.Topic topic : TrainOption.Topic.values()) {
        if (topic != TrainOption.Topic.COMMON) {
          spec.addArgGroup(group(topic));
        }
      }
      return spec;
    }

    private static ArgGroupSpec group(TrainOption.Topic topic) {
      ArgGroupSpec.Builder group =
          ArgGroupSpec.builder()
              .heading("%n" + topic.heading() + ":%n")
              .exclusive(false)
              .validate(false)
              .order(topic.ordinal());
      for (TrainOption option : TrainOption.of(topic)) {
        boolean flag = option.kind() == TrainOption.Kind.FLAG;
        group.addArg(
            OptionSpec.builder(option.option())
                .paramLabel(option.label())
                .arity(flag ? "0" : "1")
                .type(flag ? boolean.class : String.class)
                .description(option.description().replace("%", "%%"))
                .build());
      }
      return group.build();
    }
  }
}
