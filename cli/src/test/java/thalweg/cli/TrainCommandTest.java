package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {
  @TempDir Path folder;

  // What it does.

  @Test
  void aRunSaysItsFactsALineAnEpochAndWhatItLeaves() throws IOException {
    Ran ran = train("--data=iris", "--epochs=3");
    assertThat(ran.output())
        .startsWith("data       iris: a table of 4 columns; 120 rows train, 30 validate, 0 test\n")
        .contains("\nclasses    setosa, versicolor, virginica\n")
        .contains("\nnetwork    mlp\n")
        .contains("\noptimizer  adamw, ")
        .contains("\nloss       cross_entropy\n")
        .containsPattern("\nepoch  train loss    val loss    accuracy    macro_f1 .*\n")
        .containsPattern("\n    3 ")
        .containsPattern(
            "\nresult     best weights, validation: loss \\S+, accuracy \\S+, macro_f1")
        .contains("\ngo on      ./thalweg train --resume " + run());
    assertThat(Files.list(run()).map(file -> file.getFileName().toString()))
        .contains(
            "settings.json", "checkpoints", "best.safetensors", "last.safetensors", "log.jsonl");
    assertThat(json().path("format").asText()).isEqualTo("training/1");
    assertThat(json().path("ending").asText()).isEqualTo("completed");
    assertThat(json().path("steps").asInt()).isEqualTo(12);
    assertThat(json().path("epochs")).hasSize(3);
  }

  @Test
  void equalSeedsGiveEqualRunsWithDropoutToo() throws IOException {
    String[] args = {
      "--data=digits", "--limit=64", "--epochs=2", "--model=cnn(channels=[4], hidden=8)"
    };
    train(args).output();
    List<Double> first = losses();
    train(args).output();
    assertThat(losses()).isEqualTo(first);
    train(with(args, "--seed=2")).output();
    assertThat(losses()).isNotEqualTo(first);
  }

  @Test
  void aRunThatIsResumedEndsAsOneThatWasNeverStopped() throws IOException {
    String[] args = {
      "--data=digits", "--limit=64", "--model=cnn(channels=[4], hidden=8)", "--noise=1e-4",
      "--augment=shift:1", "--ema=0.9", "--schedule=cosine_annealing(8)", "--steps=8"
    };
    train(args).output();
    List<Double> whole = losses();
    Path first = run();
    train(with(args, "--steps=3")).output();
    ran("train", "--resume=" + run(), "--steps=8", "--quiet", "--json=" + jsonFile()).output();
    assertThat(losses()).isEqualTo(whole);
    assertThat(Files.readAllBytes(run().resolve("last.safetensors")))
        .isEqualTo(Files.readAllBytes(first.resolve("last.safetensors")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--data=digits --limit=40 --model=cnn(channels=[4],hidden=8) --label-smoothing=0.1",
        "--data=digits:rows --limit=40 --model=lstm(hidden=8) --clip=1",
        "--data=digits --limit=40 --model=transformer(width=8,heads=2,layers=1) --precision=bf16",
        "--data=diabetes --model=linear --loss=huber(delta=1) --metrics=r2",
        "--data=breast_cancer --loss=binary_cross_entropy --batch=full",
        "--data=breast_cancer --class-weights --metrics=macro_f1,accuracy --accumulate=4",
        "--data=iris --curriculum=distance:0.5:2 --swa=1 --test-share=0.2",
        "--data=iris --early-stopping=1 --validation-share=0.4 --no-standardize",
        "--data=iris --optimizer=sgd(momentum=0.9,lr=0.1) --schedule=one_cycle(total_steps=8)"
      })
  void optionsGoTogether(String options) {
    assertThat(train(with(options.split(" "), "--epochs=2")).output()).contains("\nresult     ");
  }

  @Test
  void aLanguageModelIsMeasuredBesideCountsAndWrites() throws IOException {
    Path text = folder.resolve("text.txt");
    Files.writeString(text, "the quick brown fox jumps over the lazy dog. ".repeat(60));
    Ran ran =
        train(
            "--text=" + text,
            "--text-length=16",
            "--model=lstm(hidden=16)",
            "--optimizer=adamw(lr=0.03)",
            "--epochs=4",
            "--sample=30");
    assertThat(ran.output())
        .containsPattern("\nbaseline   perplexity [\\d.]+ of a model that counts")
        .containsPattern("written by the model:\n[a-z. ]{30}\n");
  }

  @Test
  void fineTuningStartsFromWeightsAndMovesTheLastLayerOnly() {
    train("--data=iris", "--model=mlp(hidden=[8])", "--epochs=2").output();
    Path from = run().resolve("best.safetensors");
    Ran ran =
        train(
            "--data=iris",
            "--model=mlp(hidden=[8])",
            "--epochs=1",
            "--from=" + from,
            "--freeze=body");
    assertThat(ran.output()).contains("\nweights    from " + from + ": 4 of 4 ");
  }

  @Test
  void aRunThatDivergesNamesTheBestEpochAndHowToGoOnFromIt() {
    Ran ran =
        train(
            "--data=diabetes",
            "--model=linear",
            "--optimizer=sgd(lr=0.01)",
            "--schedule=warmup(50).then(exponential(1.2))",
            "--epochs=20");
    Path best = run().resolve("best.safetensors");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(best).isNotEmptyFile();
    assertThat(ran.err().strip())
        .containsPattern(
            "the best epoch was \\d+ \\(validation loss [\\d.]+\\): go on from it with")
        .contains(" --from " + best + " and a lower learning rate")
        .hasLineCount(1);
    assertThat(ran.out()).contains("\ngo on      ./thalweg train --from " + best + " --run");
    assertThat(train("--data=diabetes", "--model=linear", "--epochs=1", "--from=" + best).output())
        .contains("\nweights    from " + best + ": 2 of 2 ");
  }

  @Test
  void aLossThatEndsAboveItsStartIsToldOfARunThatCompletes() throws IOException {
    Ran ran = train("--data=diabetes", "--model=linear", "--optimizer=sgd(lr=0.32)", "--epochs=4");
    assertThat(ran.output())
        .containsPattern(
            "\nwarning    the validation loss ended at \\S+, \\S+ times the \\S+ before")
        .contains("\ngo on      begin again with other settings\n");
    assertThat(json().path("ending").asText()).isEqualTo("completed");
    assertThat(json().path("warning").asText()).startsWith("the validation loss ended at ");
    double last = json().path("epochs").path(3).path("validation").path("loss").asDouble();
    assertThat(last).isGreaterThan(json().path("start").path("loss").asDouble());
    assertThat(train("--data=iris", "--epochs=2").output()).doesNotContain("warning");
    assertThat(json().has("warning")).isFalse();
  }

  @Test
  void aFolderThatAnotherTrainsInIsRefused() throws IOException {
    train("--data=iris", "--epochs=1").output();
    try (FileChannel channel = FileChannel.open(run().resolve(".lock"), StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      Ran ran = ran("train", "--resume=" + run(), "--epochs=2", "--quiet");
      assertThat(lock.isValid()).isTrue();
      assertThat(ran.err().strip())
          .isEqualTo(
              "thalweg: another process is training in %s; wait for its end, or give another folder with --run"
                  .formatted(run()));
      assertThat(ran.exit()).isEqualTo(2);
    }
    ran("train", "--resume=" + run(), "--epochs=2", "--quiet").output();
  }

  @Test
  void aFileIsNoFolderOfARun() throws IOException {
    Path file = Files.writeString(folder.resolve("h.csv"), "a,b\n");
    assertThat(ran("train", "--data=iris", "--run=" + file, "--quiet").refusal())
        .isEqualTo(
            "thalweg: --run %s is a file; give a folder, which is made where there is none"
                .formatted(file));
    assertThat(ran("train", "--resume=" + file, "--quiet").refusal())
        .isEqualTo("thalweg: %s is a file; give the folder of a run".formatted(file));
  }

  @Test
  void aRunThatDivergesSaysWhereAndKeepsItsLastGoodCheckpoint() {
    Ran ran = train("--data=iris", "--optimizer=sgd(lr=1e30)", "--checkpoint-every=1");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err().strip())
        .startsWith("thalweg: the run diverged at step ")
        .contains("gradient norm ", "begin again with a lower learning rate")
        .hasLineCount(1);
  }

  // What it refuses.

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--data=digitss | unknown data 'digitss': did you mean 'digits'?",
        "--data=iris --model=cnn | data 'iris': cnn needs pictures, the data are a table of 4"
            + " columns; use mlp or linear",
        "--data=iris --model=mpl | 'mpl', position 1: no network is called 'mpl'; did you mean"
            + " 'mlp'?",
        "--data=iris --batch=121 | --batch: batch is 121, there are 120 training samples; give a"
            + " smaller batch or full",
        "--csv=no.csv | data 'csv' needs the column to predict: add --target COLUMN",
        "--csv=no.csv --target=y | cannot read no.csv: there is no such file; check the path",
        "--target=y | --target belongs to --csv; add that, or leave it out",
        "--csv=a --text=b | --csv and --text both name data; give one of them",
        "--data=mnist | data 'mnist' needs the folder of its files: add --data-dir FOLDER",
        "--data=iris --loss=mse | --loss: mse needs numbers, the targets are classes; use"
            + " cross_entropy",
        "--data=iris --metrics=r2 | --metrics: r2 needs numbers, the targets are classes",
        "--data=diabetes --label-smoothing=0.1 | --label-smoothing belongs to the loss"
            + " cross_entropy, here it is mse; leave it out",
        "--epochs=0 | --epochs must be a whole number from 1 to 2147483647, got '0'",
        "--epochs=99999999999 | --epochs must be a whole number from 1 to 2147483647, got"
            + " '99999999999'",
        "--clip=nan | --clip must be a finite number above 0, got 'nan'",
        "--label-smoothing=1 | --label-smoothing must be a number of at least 0 and below 1, got"
            + " '1'",
        "--data=iris --optimizer=sag(terms=10) | 'sag(terms=10)' needs to know single terms of the"
            + " loss, and train hands out mini-batches; take another, or call optimizer.step(sum,"
            + " term) from Java",
        "--data=iris --optimizer=adamw(lr=step(2)) --schedule=step(3) | 'adamw(lr=step(2))' has a"
            + " schedule for its learning rate already; leave --schedule out",
        "--data=iris --ema=0.9 --swa=1 | --ema and --swa are two ways to average the weights; give"
            + " one of them",
        "--data=iris --body-rate=2 | --body-rate must be a number above 0 and at most 1, got '2'",
        "--data=iris --batch=0 | --batch: size must be >= 1, got 0",
        "--data=digits --augment=shift:-1 | --augment: shift and cutout must be >= 0, got -1 and 0",
        "--data=iris --ema=0 | --ema must be a number above 0 and below 1, got '0'",
        "--data=iris --validation-share=1.5 | --validation-share must be a number above 0 and"
            + " below 1, got '1.5'",
        "--data=iris --validation-share=0 | --validation-share must be a number above 0 and below"
            + " 1, got '0'",
        "--data=digits --model=cnn(kernel=2) | 'cnn(kernel=2)', position 1: cnn.kernel must be"
            + " odd, got 2",
        "--data=iris --model=mlp(hidden=[0]) | 'mlp(hidden=[0])', position 1: mlp.hidden must"
            + " each be in [1, 2147483647], got 0",
        "--data=iris --precision=fp8 | --precision must be fp32 or bf16, got 'fp8'",
        "--data=iris --freeze=head | --freeze must be body, or body:2 for the first two epochs, got"
            + " 'head'",
        "--data=iris --from=no.safetensors | --from: cannot read no.safetensors: there is no such"
            + " file or folder; check the path",
        "--data=iris --swa=9 --epochs=3 | --swa 9 averages from an epoch on that --epochs 3 does"
            + " not reach; give at most 3",
        "--resume=nowhere | there is no run in nowhere (no settings.json); give the folder of a"
            + " run, or begin one with --run",
      })
  void badInputIsOneLineAndLeavesNoFolder(String options, String line) {
    Ran ran = ran(with(options.split(" "), "train", "--run=" + folder.resolve("bad"), "--quiet"));
    assertThat(ran.err().strip()).isEqualTo("thalweg: " + line);
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(folder.resolve("bad")).doesNotExist();
  }

  @Test
  void aBatchOfOneRowIsSaidAndTheFolderTakesTheNextTry() {
    String[] args = {
      "train",
      "--data=digits",
      "--limit=50",
      "--epochs=1",
      "--model=mlp(hidden=[8], norm=batch)",
      "--run=" + folder.resolve("again"),
      "--quiet"
    };
    Ran one = ran(with(args, "--batch=7"));
    assertThat(one.err().strip())
        .isEqualTo(
            "thalweg: batch norm cannot learn from a batch of one row, as the last of 50 rows in"
                + " batches of 7 is; give another batch, or another norm");
    assertThat(one.exit()).isEqualTo(2);
    assertThat(folder.resolve("again")).doesNotExist();
    assertThat(ran(with(args, "--batch=8")).exit()).isZero();
    assertThat(ran(with(args, "--batch=8")).err()).startsWith("thalweg: there is a run in ");
  }

  @Test
  void anOptimizerThatCannotTakeSparseGradientsIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("rows.svm"), "1 1:1 3:2\n0 2:1\n".repeat(8));
    Ran ran =
        ran(
            "train",
            "--libsvm=" + file,
            "--model=embedding(width=4, sparse=true)",
            "--run=" + folder.resolve("sparse"),
            "--quiet");
    assertThat(ran.err().strip())
        .startsWith("thalweg: parameter 'embedding.weight' has a sparse gradient, but adamw ")
        .endsWith("use sgd, adagrad, sparse_adam, or a dense gradient");
    assertThat(ran.exit()).isEqualTo(2);
  }

  @Test
  void aNetworkThatNoMemoryHoldsIsSaid() {
    Ran ran = ran("train", "--data=iris", "--model=mlp(hidden=[6000000, 6000000])");
    assertThat(ran.err().strip())
        .startsWith(
            "thalweg: libtorch has no memory for the weights of mlp(hidden=[6000000, 6000000]")
        .endsWith("make the network smaller")
        .hasLineCount(1);
    assertThat(ran.exit()).isEqualTo(2);
  }

  @Test
  void aBrokenLastCheckpointIsToldAndTheOneBeforeTaken() throws IOException {
    train("--data=iris", "--epochs=3").output();
    Path last = run().resolve("checkpoints/step-000000012.safetensors");
    Files.writeString(last, "x");
    assertThat(ran("train", "--resume=" + run(), "--epochs=4", "--quiet").output())
        .contains("note       " + last + " is no safetensors file: ")
        .contains("going back to the one before\n")
        .contains("\nresumed    after step 8\n");
  }

  @Test
  void aFolderWithARunIsNotWrittenOver() {
    train("--data=iris", "--epochs=1").output();
    assertThat(ran("train", "--data=iris", "--run=" + run(), "--quiet").err().strip())
        .isEqualTo(
            "thalweg: there is a run in %s already; go on with --resume %s, or give another folder with --run"
                .formatted(run(), run()));
  }

  @Test
  void aRunGoesOnWithItsOwnSettingsOnly() {
    train("--data=iris", "--epochs=1", "--batch=16").output();
    assertThat(ran("train", "--resume=" + run(), "--batch=8", "--quiet").refusal())
        .isEqualTo(
            "thalweg: the run in %s has its own settings: --batch was 16, here it is 8; leave it out, or begin a new run with --run"
                .formatted(run()));
    assertThat(ran("train", "--resume=" + run(), "--batch=16", "--epochs=2", "--quiet").output())
        .contains("resumed    after step 8\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--epochs=2 | --epochs 2: the run in %s has done 3 epochs already; ask for more than that",
        "--steps=5 | --steps 5: the run in %s has done 12 steps already; ask for more than that",
      })
  void aRunIsNotAskedForLessThanItHasDone(String less, String line) throws IOException {
    train("--data=iris", "--epochs=3").output();
    byte[] settings = Files.readAllBytes(run().resolve("settings.json"));
    assertThat(ran("train", "--resume=" + run(), less, "--quiet").refusal())
        .isEqualTo("thalweg: " + line.formatted(run()));
    assertThat(Files.readAllBytes(run().resolve("settings.json"))).isEqualTo(settings);
    assertThat(ran("train", "--resume=" + run(), "--quiet").output())
        .contains("\nnote       all that was asked for is done; this trains nothing");
  }

  @Test
  void aRunWithoutItsCheckpointsDoesNotStartOver() throws IOException {
    train("--data=iris", "--epochs=2").output();
    Path checkpoints = run().resolve("checkpoints");
    Files.move(checkpoints, folder.resolve("away"));
    Files.delete(run().resolve("best.safetensors"));
    Files.delete(run().resolve("last.safetensors"));
    byte[] log = Files.readAllBytes(run().resolve("log.jsonl"));
    assertThat(ran("train", "--resume=" + run(), "--epochs=3", "--quiet").refusal())
        .isEqualTo(
            "thalweg: the run in %s cannot go on: there is no checkpoint in %s; put them back, or begin a new run with --run"
                .formatted(run(), checkpoints));
    assertThat(Files.readAllBytes(run().resolve("log.jsonl"))).isEqualTo(log);
  }

  @Test
  void howToGoOnNamesTheLimitThatWasReachedAndQuotesTheFolder() {
    Path spaced = folder.resolve("sp ace");
    assertThat(ran("train", "--data=iris", "--steps=3", "--run=" + spaced, "--quiet").output())
        .contains("\ngo on      ./thalweg train --resume '" + spaced + "' --steps N, with more");
  }

  @Test
  void anEarlyStopLeavesTheMeanOfTheBestEpochAndNamesItsFile() {
    String output =
        train(
                "--data=iris",
                "--epochs=3",
                "--ema=0.9",
                "--early-stopping=1",
                "--optimizer=adamw(lr=0.3)")
            .output();
    assertThat(output)
        .containsPattern("\nresult     mean of epoch 1, validation: loss ")
        .contains("\ngo on      ./thalweg train --from " + run().resolve("last.safetensors") + " ");
  }

  @Test
  void aRunThatExplodedAndEndsAtChanceIsNamed() {
    assertThat(train("--data=digits", "--optimizer=sgd(lr=5)", "--epochs=5").output())
        .containsPattern(
            "\nwarning    the mean loss of epoch \\d was \\S+, \\S+ times the \\S+ before the first"
                + " step; begin again with a lower");
  }

  private int runs;

  private Ran train(String... args) {
    runs++;
    return ran(with(args, "train", "--run=" + run(), "--json=" + jsonFile(), "--quiet"));
  }

  private static Ran ran(String... args) {
    return Ran.thalweg(args);
  }

  private Path run() {
    return folder.resolve("run" + runs);
  }

  private Path jsonFile() {
    return folder.resolve("result.json");
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(jsonFile()));
  }

  private List<Double> losses() throws IOException {
    return json().findValuesAsText("train_loss").stream().map(Double::valueOf).toList();
  }

  private static String[] with(String[] args, String... first) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(args));
    // train comes first, whatever else does
    all.sort((a, b) -> Boolean.compare(b.equals("train"), a.equals("train")));
    return all.toArray(String[]::new);
  }
}
