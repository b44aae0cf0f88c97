package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.lab.compare.Comparison;
import thalweg.lab.compare.ComparisonJson;
import thalweg.lab.compare.OptimizerResult;
import thalweg.text.Specs;

class CompareCommandTest {
  @TempDir Path folder;

  // What it does.

  @Test
  void aRunWritesATableAReportAndNumbersThatReadBack() throws IOException {
    Ran ran = compare("iris", "--epochs=2", "--seeds=1", "--optimizers=sgd(lr=0.1); adam");
    assertThat(ran.output())
        .startsWith("optimizer    ")
        .contains("validation accuracy")
        .endsWith("\nreport: " + report() + "\n");
    Comparison comparison = ComparisonJson.read(json());
    assertThat(comparison.format()).isEqualTo("comparison/1");
    assertThat(comparison.data().name()).isEqualTo("iris");
    assertThat(comparison.settings().epochs()).isEqualTo(2);
    assertThat(comparison.settings().parameters()).isEqualTo(5 * 64 + 65 * 3);
    assertThat(comparison.optimizers())
        .extracting(OptimizerResult::id)
        .containsExactly("sgd(lr=0.1)", "adam");
    OptimizerResult given = comparison.optimizers().get(0);
    OptimizerResult chosen = comparison.optimizers().get(1);
    assertThat(given.tuning()).isEmpty();
    assertThat(given.rate()).isEqualTo(0.1);
    assertThat(chosen.tuning()).hasSize(comparison.settings().grid().size());
    assertThat(chosen.stateBytesPerParameter()).isEqualTo(8);
    assertThat(chosen.runs())
        .singleElement()
        .satisfies(run -> assertThat(run.epochs()).isEqualTo(2));
    assertThat(Specs.parse(chosen.canonical()))
        .isEqualTo(Specs.parse("adam(lr=" + chosen.rate() + ")"));
    String page = Files.readString(report());
    assertThat(page.startsWith("<!doctype html>") && page.endsWith("</html>\n")).isTrue();
    assertThat(page.contains("<title>2 optimizers on iris</title>")).isTrue();
    assertThat(files()).containsExactlyInAnyOrder("report.html", "numbers.json");
  }

  @Test
  void theSameSeedGivesTheSameLosses() {
    String[] args = {
      "iris", "--epochs=2", "--seeds=1", "--hidden=8,4", "--optimizers=adam(lr=0.01)"
    };
    assertThat(compare(args).exit()).isZero();
    Comparison first = ComparisonJson.read(json());
    assertThat(compare(args).exit()).isZero();
    Comparison again = ComparisonJson.read(json());
    assertThat(compare(with(args, "--seed=7")).exit()).isZero();
    Comparison other = ComparisonJson.read(json());
    assertThat(losses(again)).isEqualTo(losses(first));
    assertThat(losses(other)).isNotEqualTo(losses(first));
  }

  @Test
  void theCommandInTheResultRepeatsItInAShell() {
    String optimizers = "sgd(lr=0.1); clip_by_value(1) | adam(lr=0.01)";
    Ran ran = compare("iris", "--epochs=1", "--seeds=1", "--optimizers", optimizers);
    assertThat(ran.exit()).isZero();
    assertThat(ComparisonJson.read(json()).environment().command())
        .startsWith("./thalweg compare --out=" + report() + " --json=" + json() + " --quiet iris")
        .endsWith("--optimizers '" + optimizers + "'");
  }

  @Test
  void blanksAndEmptyPartsBetweenSpecsDoNotMatter() {
    assertThat(
            compare("iris", "--epochs=1", "--seeds=1", "--optimizers= ; sgd( lr = 0.1 ) ;; ")
                .exit())
        .isZero();
    assertThat(ComparisonJson.read(json()).optimizers()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "full, full batch, 120, 1",
    "one, single sample, 1, 120",
    "120, mini-batch, 120, 1",
    "50, mini-batch, 50, 3"
  })
  void aBatchIsAllSomeOrOne(String batch, String regime, int rows, int steps) {
    Ran ran =
        compare(
            "iris",
            "--epochs=1",
            "--seeds=1",
            "--hidden=none",
            "--optimizers=sgd(lr=0.01)",
            "--batch=" + batch);
    assertThat(ran.exit()).isZero();
    Comparison comparison = ComparisonJson.read(json());
    assertThat(comparison.settings().regime()).isEqualTo(regime);
    assertThat(comparison.settings().batch()).isEqualTo(rows);
    assertThat(comparison.settings().stepsPerEpoch()).isEqualTo(steps);
    assertThat(comparison.settings().parameters()).isEqualTo(15);
  }

  @Test
  void regimesAreComparedForEachOptimizer() throws IOException {
    Ran ran =
        compare(
            "iris",
            "--epochs=2",
            "--seeds=1",
            "--optimizers=sgd(lr=0.1);adam(lr=0.01)",
            "--regime=full, mini:32,one");
    assertThat(ran.output().lines().skip(2).limit(6))
        .allMatch(line -> line.matches("(sgd|adam)\\(.*\\) · (full|mini:32|one) .*"));
    assertThat(ComparisonJson.read(json()).settings().regimes())
        .extracting(regime -> regime.stepsPerEpoch())
        .containsExactly(1, 4, 120);
    assertThat(Files.readString(report())).contains("<title>2 optimizers in 3 regimes on iris<");
  }

  // Runs that diverge.

  @Test
  void anOptimizerThatDivergesIsMarkedAndTheOthersGoOn() throws IOException {
    Ran ran =
        compare("iris", "--epochs=2", "--seeds=2", "--optimizers=sgd(lr=1e30); adam(lr=0.01)");
    List<String> lines = ran.output().lines().toList();
    assertThat(lines.get(2)).startsWith("adam(lr=0.01)").endsWith(" 8");
    assertThat(lines.get(3)).startsWith("sgd(lr=1e30)").endsWith("diverged");
    Comparison comparison = ComparisonJson.read(json());
    assertThat(comparison.optimizers().get(0).divergedRuns()).isEqualTo(2);
    assertThat(comparison.optimizers().get(0).runs().getFirst().divergedAtStep()).isEqualTo(2);
    assertThat(comparison.optimizers().get(1).divergedRuns()).isZero();
    assertThat(comparison.optimizers().get(1).runs()).allMatch(run -> run.epochs() == 2);
    assertThat(Files.readString(report()).contains("<span class=\"diverged\">diverged</span>"))
        .isTrue();
  }

  @Test
  void aComparisonInWhichAllDivergeIsStillAResult() {
    Ran ran = compare("iris", "--epochs=1", "--seeds=1", "--optimizers=sgd(lr=1e30);sgd(lr=1e31)");
    assertThat(ran.output().lines().filter(line -> line.endsWith("diverged"))).hasSize(2);
    assertThat(files()).contains("report.html", "numbers.json");
  }

  // The user's own table.

  @Test
  void aTableWithTextsGapsAndQuotesIsClassified() throws IOException {
    StringBuilder csv = new StringBuilder("size,\"the, colour\",kind\n");
    for (int i = 0; i < 60; i++) {
      String colour = i % 7 == 0 ? "" : i % 3 == 0 ? "\"red, dark\"" : "blue";
      csv.append(i % 5 == 0 ? "" : i)
          .append(',')
          .append(colour)
          .append(',')
          .append(i % 2 == 0 ? "a" : "\"b \"\"x\"\"\"")
          .append('\n');
    }
    Path table = Files.writeString(folder.resolve("t.csv"), csv);
    Ran ran =
        compare(
            "--csv=" + table,
            "--target=kind",
            "--epochs=2",
            "--seeds=1",
            "--optimizers=adam(lr=0.01)");
    assertThat(ran.output()).contains("validation accuracy");
    Comparison comparison = ComparisonJson.read(json());
    assertThat(comparison.data().classes()).containsExactly("a", "b \"x\"");
    assertThat(comparison.data().columns()).isEqualTo(4);
    assertThat(comparison.data().notes().toString()).contains("size").contains("12 of 60");
  }

  @Test
  void aTableOfNumbersIsARegressionWithItsR2() throws IOException {
    StringBuilder csv = new StringBuilder("x,noise,price\n");
    for (int i = 0; i < 100; i++) {
      csv.append(i).append(',').append(i * 7919 % 13).append(',').append(3 * i + 0.5).append('\n');
    }
    Path table = Files.writeString(folder.resolve("t.csv"), csv);
    Ran ran =
        compare(
            "--csv=" + table,
            "--target=price",
            "--epochs=20",
            "--seeds=1",
            "--hidden=none",
            "--optimizers=sgd(lr=0.1)");
    assertThat(ran.output()).contains("validation R²");
    Comparison comparison = ComparisonJson.read(json());
    assertThat(comparison.settings().loss()).isEqualTo("mean squared error");
    assertThat(comparison.optimizers().getFirst().score().mean()).isBetween(0.99, 1.0);
  }

  // Other files.

  @Test
  void sparseRowsAndTextsAreComparedWithNetworksThatTakeThem() throws IOException {
    Path rows = Files.writeString(folder.resolve("r.svm"), "1 1:1 3:2\n0 2:1\n".repeat(20));
    String[] args = {"--epochs=1", "--seeds=1", "--optimizers=sgd(lr=0.1)"};
    assertThat(compare(with(args, "--libsvm=" + rows)).exit()).isZero();
    assertThat(ComparisonJson.read(json()).settings().model()).startsWith("embedding");
    Path text = Files.writeString(folder.resolve("t.txt"), "so it goes. ".repeat(200));
    Ran ran = compare(with(with(args, "--text=" + text), "--model=gru(hidden=4)"));
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ComparisonJson.read(json()).data().name()).isEqualTo("t.txt");
  }

  @Test
  void theDataOptionsOfTrainMeanTheSame() {
    assertThat(
            compare(
                    "iris",
                    "--epochs=1",
                    "--seeds=1",
                    "--optimizers=sgd(lr=0.1)",
                    "--batch=5",
                    "--validation-share=0.5",
                    "--limit=10",
                    "--curriculum=distance")
                .exit())
        .isZero();
    assertThat(ComparisonJson.read(json()).data().trainRows()).isEqualTo(10);
    assertThat(ComparisonJson.read(json()).data().validationRows()).isEqualTo(10);
  }

  // What is refused, in one line, before any work.

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "digitz                     | unknown data 'digitz': did you mean 'digits'?",
        "iris --optimizers=adma     | no optimizer or transformation is called 'adma'; did you mean"
            + " adam",
        "iris --optimizers=adam(rl=1) | adam has no hyperparameter 'rl'; did you mean lr?",
        "iris --optimizers=adam(lr=-1) | adam.lr must be in [0, inf), got -1",
        "iris --optimizers=clip_by_value(1) | nothing moves the parameter; end the chain with"
            + " descend(lr)",
        "iris --optimizers=         | no optimizer to compare",
        "iris --optimizers=;        | no optimizer to compare",
        "iris --epochs=0            | --epochs must be at least 1, got 0",
        "iris --seeds=0             | --seeds must be at least 1, got 0",
        "iris --batch=0             | --batch must be a number of rows from 1 on, full or one, got"
            + " '0'",
        "iris --batch=many          | --batch must be a number of rows from 1 on, full or one, got"
            + " 'many'",
        "iris --batch=121           | batch is 121, there are 120 training rows",
        "iris --regime=full,some    | --regime must be full, one or mini:N, as in full,mini:32,one,"
            + " got 'some'",
        "iris --regime=             | --regime must be full, one or mini:N, as in full,mini:32,one,"
            + " got ''",
        "iris --regime=one,,full    | --regime must be full, one or mini:N, as in full,mini:32,one,"
            + " got ''",
        "iris --regime=mini:0       | --regime must be full, one or mini:N, as in full,mini:32,one,"
            + " got 'mini:0'",
        "iris --regime=one,full,one | regimes one and one are the same; leave one out",
        "iris --regime=full,mini:500 | batch is 500, there are 120 training rows",
        "iris --regime=full --batch=32 | give either --batch 32 or --regime full, not both",
        "iris --model=cnnn          | no network is called 'cnnn'; did you mean 'cnn'?",
        "iris --model=cnn           | data 'iris': cnn needs pictures, the data are a table of 4"
            + " columns; use mlp or linear",
        "iris --model=linear --hidden=8 | give either --model 'linear' or --hidden 8, not both",
        "iris --loss=hinge          | loss must be mse, mae, huber(delta=1),",
        "diabetes --loss=perceptron | perceptron needs classes, the targets are numbers",
        "mnist                      | data 'mnist' needs",
        "iris --hidden=big          | --hidden must be widths such as 64 or 128,64, or none, got"
            + " 'big'",
        "iris --hidden=64,          | --hidden must be widths such as 64 or 128,64, or none, got"
            + " '64,'",
        "iris --hidden=0            | the width of a hidden layer must be at least 1, got 0",
        "iris --hidden=64,-3        | the width of a hidden layer must be at least 1, got -3",
        "iris --hidden=1000000,1000000 | at most 100000000 are taken; make it smaller",
        "iris --hidden=2147483647,2147483647,2147483647 | at most 100000000 are taken",
        "iris --optimizers=saga(terms=10) | 'saga(terms=10)' needs to know single terms of the"
            + " loss",
        "--csv=none.csv             | data 'csv' needs the column to predict: add --target COLUMN",
        "libsvm                     | data 'libsvm' needs a file: add --libsvm FILE",
        "--libsvm=none.svm          | cannot read none.svm: there is no such file",
        "iris --text=none.txt       | --data iris and --text both name data; give one of them",
        "iris --data=digits         | iris and --data digits both name data; give one of them",
        "iris --data-dir=.          | --data-dir belongs to --data cifar10, fashion_mnist, idx,"
            + " mnist",
        "iris --test-share=0.1      | unknown option '--test-share=0.1'",
        "iris --curriculum=distance --batch=full | a curriculum orders batches, and a full batch"
            + " sees all at once",
        "--csv=none.csv --target=y  | none.csv",
        "iris --csv=none.csv --target=y | --data iris and --csv both name data; give one of"
            + " them",
        "iris --target=y            | --target belongs to --csv; add that, or leave it out",
        "--csv=none.csv --target=y --task=sorting | unknown task 'sorting'",
      })
  void badInputIsSaid(String args, String part) {
    assertThat(compare(args.split(" ")).refusal()).contains(part);
    assertThat(files()).isEmpty();
  }

  @Test
  void aMissingTargetColumnOffersTheNearest() throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), "size,price\n1,2\n3,4\n5,6\n");
    assertThat(compare("--csv=" + table, "--target=prise").refusal())
        .contains("'prise'")
        .contains("'price'");
  }

  // Places that cannot be written.

  @Test
  void aReportInAMissingFolderOrOnAFolderIsSaidBeforeTheWork() {
    Path absent = folder.resolve("absent/report.html");
    assertThat(Ran.thalweg("compare", "iris", "--out=" + absent).refusal())
        .contains("does not exist");
    assertThat(Ran.thalweg("compare", "iris", "--out=" + folder).refusal())
        .contains("it is a folder");
    assertThat(Ran.thalweg("compare", "iris", "--out=" + report(), "--json=" + absent).refusal())
        .contains("does not exist");
    assertThat(files()).isEmpty();
  }

  @Test
  void reportAndNumbersNeedTwoFiles() {
    assertThat(
            Ran.thalweg(
                    "compare", "iris", "--out=" + report(), "--json=" + folder + "/./report.html")
                .refusal())
        .contains("give two files");
  }

  @Test
  void aFullDiskIsOneLineAndTheTableIsNotLost() throws IOException {
    Files.writeString(json(), "old");
    Ran ran =
        Ran.thalweg(
            "compare",
            "iris",
            "--epochs=1",
            "--seeds=1",
            "--optimizers=sgd(lr=0.1)",
            "--quiet",
            "--out=/dev/full");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).startsWith("optimizer ").doesNotContain("report:");
    assertThat(ran.err().strip())
        .startsWith("thalweg: cannot write /dev/full: ")
        .doesNotContain("\n");
    assertThat(files()).containsExactly("numbers.json");
    assertThat(json()).hasContent("old");
  }

  private Ran compare(String... args) {
    List<String> all =
        new ArrayList<>(List.of("compare", "--out=" + report(), "--json=" + json(), "--quiet"));
    all.addAll(List.of(args));
    return Ran.thalweg(all.toArray(String[]::new));
  }

  private static String[] with(String[] args, String more) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add(more);
    return all.toArray(String[]::new);
  }

  private static List<List<Double>> losses(Comparison comparison) {
    return comparison.optimizers().stream()
        .flatMap(optimizer -> optimizer.runs().stream())
        .map(run -> run.validationLoss())
        .toList();
  }

  private Path report() {
    return folder.resolve("report.html");
  }

  private Path json() {
    return folder.resolve("numbers.json");
  }

  private List<String> files() {
    return List.of(folder.toFile().list());
  }
}
