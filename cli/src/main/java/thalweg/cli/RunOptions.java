package thalweg.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import thalweg.lab.train.TrainOption;
import thalweg.lab.train.TrainOption.Topic;
import thalweg.lab.train.TrainSettings;

/**
 * The options that runs themselves name, declared for a command and taken from what it was given.
 */
final class RunOptions {
  private RunOptions() {}

  /** All of them, for {@code train}. */
  static final class All implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      for (Topic topic : Topic.values()) {
        if (topic != Topic.COMMON) {
          spec.addArgGroup(group(topic));
        }
      }
      return spec;
    }
  }

  /** Those of the data, for {@code compare}, which tests on nothing. */
  static final class Data implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      return spec.addArgGroup(group(Topic.DATA, TrainOption.TEST_SHARE));
    }
  }

  /** What was given of some topics. */
  static TrainSettings given(CommandSpec spec, List<Topic> topics) {
    Map<String, String> given = new LinkedHashMap<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      TrainOption.named(option.longestName())
          .filter(known -> topics.contains(known.topic()))
          .ifPresent(known ->
              given.put(
                  known.id(),
                  known.kind() == TrainOption.Kind.FLAG
                      ? "true"
                      : option.originalStringValues().getLast()));
    }
    return TrainSettings.of(given);
  }

  private static ArgGroupSpec group(Topic topic, TrainOption... without) {
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder()
            .heading("%n" + topic.heading() + ":%n")
            .exclusive(false)
            .validate(false)
            .order(topic.ordinal());
    for (TrainOption option : TrainOption.of(topic)) {
      if (List.of(without).contains(option)) {
        continue;
      }
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
