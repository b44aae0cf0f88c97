package thalweg.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import thalweg.lab.Places;
import thalweg.lab.train.Interruption;
import thalweg.lab.train.TrainJson;
import thalweg.lab.train.TrainOption;
import thalweg.lab.train.TrainResult;
import thalweg.lab.train.TrainRun;
import thalweg.lab.train.TrainSettings;
import thalweg.lab.train.TrainText;

@Command(
    name = "train",
    modelTransformer = RunOptions.All.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Trains one network on one data set.",
      "",
      "Shows the loss as it goes, a line an epoch, and leaves in a folder: checkpoints to go on"
          + " from after Ctrl-C or a crash, the weights with the lowest validation loss, the log,"
          + " and the settings.",
      ""
    },
    footer = {
      "",
      "Data:",
      "  digits, digits:rows         1797 digits of 8x8 pixels, as pictures or as 8 rows of 8",
      "  breast_cancer, iris         tables with classes",
      "  diabetes                    a table with a number to predict",
      "  mnist, fashion_mnist, idx   IDX files in --data-dir",
      "  cifar10                     CIFAR-10's binary files in --data-dir",
      "  csv, libsvm, text           a file of yours: --csv, --libsvm, --text",
      "  text without --text         the sources of this JDK, where it has them",
      "",
      "Networks, with what they take:",
      "  mlp(hidden=[64, 32], activation=relu, dropout=0, norm=none), linear",
      "  cnn(channels=[32, 64], kernel=3, batch_norm=true, dropout=0.25, hidden=128)",
      "  lstm(hidden=64, layers=1, dropout=0, bidirectional=false), gru(hidden=64)",
      "  transformer(width=64, heads=4, layers=2, dropout=0.1, feedforward=128)",
      "  embedding(width=16), for sparse rows",
      "",
      "Examples:",
      "  ./thalweg train --data digits",
      "  ./thalweg train --data digits:rows --model 'lstm(hidden=64)' --optimizer 'adamw(lr=3e-3)'",
      "  ./thalweg train --data digits --schedule 'warmup(45).then(cosine_annealing(855))'"
          + " --epochs 20",
      "  ./thalweg train --csv houses.csv --target price --early-stopping 5 --epochs 200",
      "  ./thalweg train --text book.txt --model 'lstm(hidden=128)' --clip 1",
      "  ./thalweg train --resume runs/digits-cnn --epochs 20",
      "",
      "Exit codes: 0 done, 1 the run diverged, 2 bad input, 130 stopped by Ctrl-C and saved."
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Go on with the run of a folder; --epochs may ask for more.")
  private @Nullable Path resume;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "The result as numbers too, format training/1; - for here, instead of the text.")
  private @Nullable Path json;

  @Mixin private Common common;

  @Override
  public Integer call() {
    new Places().json(json);
    TrainRun run = resume == null ? TrainRun.begin(given()) : TrainRun.resume(resume, given());
    PrintWriter err = spec.commandLine().getErr();
    Output output = new Output(spec.commandLine().getOut(), json);
    try (TrainText text = new TrainText(output.text(), common.look());
        Interruption interruption = new Interruption(line -> err.println("thalweg: " + line))) {
      TrainResult result = run.run(text, interruption, common.threads());
      result.problem().ifPresent(problem -> err.println("thalweg: " + problem));
      output.results("", to -> to.write(TrainJson.text(result)));
      return result.exitCode();
    }
  }

  private TrainSettings given() {
    return RunOptions.given(spec, List.of(TrainOption.Topic.values()));
  }
}
