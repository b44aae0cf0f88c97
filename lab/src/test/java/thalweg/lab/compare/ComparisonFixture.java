package thalweg.lab.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import thalweg.torch.Batching;

/** Made-up comparisons that look like real ones; equal arguments give equal results. */
final class ComparisonFixture {
  private static final List<String> SPECS =
      List.of(
          "sgd(lr=0.1)",
          "sgd(lr=0.03, momentum=0.9)",
          "sgd(lr=0.03, momentum=0.9, nesterov=true)",
          "adagrad(lr=0.03)",
          "adadelta(lr=1.0)",
          "rmsprop(lr=0.001)",
          "adam(lr=0.003)",
          "clip_by_global_norm(1.0) | adamw(lr=0.003, weight_decay=0.01)");
  private static final List<String> IDS =
      List.of(
          "sgd",
          "sgd+momentum",
          "sgd+nesterov",
          "adagrad",
          "adadelta",
          "rmsprop",
          "adam",
          "clip+adamw");

  private ComparisonFixture() {}

  /** What to make up. */
  record Wish(
      int optimizers,
      int epochs,
      int seeds,
      boolean regression,
      boolean diverging,
      List<Batching> regimes) {
    Wish(int optimizers, int epochs, int seeds, boolean regression, boolean diverging) {
      this(optimizers, epochs, seeds, regression, diverging, List.of(new Batching.Mini(32)));
    }
  }

  static Comparison usual() {
    return of(new Wish(8, 30, 3, false, false));
  }

  /** Three regimes of two optimizers. */
  static Comparison regimes() {
    List<Batching> regimes =
        List.of(new Batching.Full(), new Batching.Mini(32), new Batching.One());
    return of(new Wish(2, 20, 3, false, false, regimes));
  }

  static Comparison of(Wish wish) {
    List<Double> grid = List.of(1e-4, 3.162e-4, 1e-3, 3.162e-3, 1e-2, 3.162e-2, 0.1);
    List<OptimizerResult> optimizers = new ArrayList<>();
    for (int i = 0; i < wish.optimizers(); i++) {
      for (Batching regime : wish.regimes()) {
        optimizers.add(optimizer(wish, i, regime, grid));
      }
    }
    return new Comparison(
        data(wish.regression()), settings(wish, grid), environment(wish), optimizers);
  }

  private static DataFacts data(boolean regression) {
    return regression
        ? new DataFacts(
            "houses.csv",
            "regression",
            2919,
            83,
            "price",
            List.of(),
            2335,
            584,
            "your own table data/houses.csv",
            List.of(
                "target 'price' holds 663 different integers, taken as regression (--task"
                    + " classification for the other)",
                "missing numbers replaced by the training mean: 'lot frontage' (486 of 2919)"))
        : new DataFacts(
            "digits",
            "classification",
            1797,
            64,
            "digit",
            List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
            1438,
            359,
            "E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine"
                + " Learning Repository, 1998, CC BY 4.0",
            List.of());
  }

  private static Settings settings(Wish wish, List<Double> grid) {
    return new Settings(
        "mlp(hidden=[64, 32])",
        List.of(64, 32),
        wish.regression() ? "mean squared error" : "cross entropy",
        wish.regimes().stream().map(regime -> Regime.of(regime, 1438, wish.epochs())).toList(),
        wish.epochs(),
        6570,
        0,
        100,
        wish.epochs(),
        LongStream.rangeClosed(1, wish.seeds()).boxed().toList(),
        grid);
  }

  private static Environment environment(Wish wish) {
    return new Environment(
        "Linux 6.1 amd64",
        "Example CPU 9000 at 3.0 GHz",
        2,
        "25.0.3 Example",
        "0.1.0",
        "2.10.0",
        1,
        "vector",
        "2026-01-02T03:04:05Z",
        wish.regression()
            ? "./thalweg compare --csv data/houses.csv --target price --out report.html"
            : "./thalweg compare digits --epochs %d --seeds %d --out report.html"
                .formatted(wish.epochs(), wish.seeds()));
  }

  private static OptimizerResult optimizer(Wish wish, int i, Batching regime, List<Double> grid) {
    String id = IDS.get(i % 8) + (i < 8 ? "" : " " + (i / 8 + 1));
    String spec = SPECS.get(i % 8);
    int chosen = 2 + i * 3 % 4;
    List<TuningPoint> tuning = new ArrayList<>();
    for (int g = 0; g < grid.size(); g++) {
      boolean lost = g > chosen + 1 + i % 2;
      double away = (g - chosen) * (0.5 + 0.1 * (i % 8)) + 0.05;
      tuning.add(
          new TuningPoint(
              grid.get(g),
              lost ? Double.NaN : 0.07 * (1 + i * 0.1) * Math.exp(Math.abs(away)),
              lost));
    }
    boolean never = wish.diverging() && i == 1;
    List<SeedRun> runs = new ArrayList<>();
    for (int s = 1; s <= wish.seeds(); s++) {
      boolean lost = never || (wish.diverging() && i == 3 && s == 2);
      runs.add(run(wish, i, s, regime, lost ? 100L + 7L * s : null));
    }
    double state = new double[] {0, 4, 4, 4, 8, 4, 8, 8}[i % 8];
    return new OptimizerResult(
        wish.regimes().size() == 1 ? id : id + " · " + regime.text(),
        id,
        regime.text(),
        spec,
        spec.replaceFirst("lr=[0-9.e-]+", "lr=" + Figures.significant(grid.get(chosen), 4)),
        formula(i % 8),
        "m \\leftarrow \\beta_1\\,m + (1 - \\beta_1)\\,g",
        hypers(i % 8, grid.get(chosen)),
        grid.get(chosen),
        tuning,
        state,
        new OptimizerMemory((long) state * 6570, (long) state * 6570),
        runs);
  }

  private static SeedRun run(
      Wish wish, int i, int seed, Batching regime, @Nullable Long divergedAt) {
    Random random = new Random(31L * i + seed);
    List<Double> train = new ArrayList<>();
    List<Double> validation = new ArrayList<>();
    List<Double> score = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    double speed = 0.12 + 0.05 * (7 - i % 8) / 8 + 0.01 * random.nextGaussian();
    for (int e = 1; e <= wish.epochs(); e++) {
      double t =
          0.012
              + 2.1 * Math.exp(-speed * 3 * Math.pow(e, 0.75)) * (1 + 0.05 * random.nextGaussian());
      double v = 0.08 + 0.003 * i + t * 1.05 + 0.006 * random.nextGaussian() + 0.0004 * e;
      double p =
          Math.min(0.995, 0.985 - 0.004 * (i % 8) - 0.35 * t + 0.003 * random.nextGaussian());
      if (divergedAt != null && e > 3) {
        t = e > 5 ? Double.NaN : t * Math.pow(40, e - 3);
        v = e > 5 ? Double.POSITIVE_INFINITY : v * Math.pow(60, e - 3);
        p = e > 5 ? Double.NaN : 0.1;
      }
      train.add(t);
      validation.add(v);
      score.add(p);
      seconds.add(e * (0.055 + 0.004 * (i % 8)) + 0.002 * random.nextDouble());
      if (divergedAt != null && e == 6) {
        break;
      }
    }
    double milliseconds = 0.021 + 0.004 * (i % 8) + 0.001 * random.nextDouble();
    long updates = (long) train.size() * Math.ceilDiv(1438, regime.size(1438));
    Bins.Means means = Bins.of((long) wish.epochs() * (updates / train.size())).new Means();
    for (long u = 1; u < (divergedAt == null ? updates + 1 : divergedAt); u++) {
      means.add(2.3 / Math.sqrt(u) * (1 + 0.1 * random.nextGaussian()));
    }
    return new SeedRun(
        seed, train, validation, score, seconds, means.all(), milliseconds, divergedAt);
  }

  private static String formula(int i) {
    return switch (i) {
      case 0 -> "p ← p − lr · g\n";
      case 1, 2 -> "buf ← momentum · buf + g\np ← p − lr · buf\n";
      case 3 -> "sum ← sum + g²\np ← p − lr · g / (√sum + eps)\n";
      case 5 -> "v ← α v + (1 − α) g²\np ← p − lr · g / (√v + eps)\n";
      default ->
          "m ← β₁ m + (1 − β₁) g\n"
              + "v ← β₂ v + (1 − β₂) g²\n"
              + "u ← (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)\n"
              + "p ← p − lr · u − lr · weight_decay · p\n";
    };
  }

  private static Map<String, String> hypers(int i, double rate) {
    Map<String, String> hypers = new LinkedHashMap<>();
    hypers.put("lr", Figures.significant(rate, 4));
    if (i == 1 || i == 2) {
      hypers.put("momentum", "0.9");
      hypers.put("nesterov", String.valueOf(i == 2));
    } else if (i > 2) {
      hypers.put("betas", "[0.9, 0.999]");
      hypers.put("eps", "1e-8");
      hypers.put("weight_decay", i == 7 ? "0.01" : "0");
    }
    return hypers;
  }

  /** Writes reports to look at and texts to approve: {@code main FOLDER}. */
  static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    Report.write(folder.resolve("usual.html"), usual());
    Report.write(folder.resolve("diverging.html"), of(new Wish(8, 30, 3, false, true)));
    Report.write(folder.resolve("regimes.html"), regimes());
    Report.write(folder.resolve("many.html"), of(new Wish(20, 200, 3, true, true)));
    Report.write(folder.resolve("small.html"), of(new Wish(1, 1, 1, false, false)));
    ComparisonJson.write(folder.resolve("small.json"), of(new Wish(2, 2, 1, false, true)));
    Files.writeString(
        folder.resolve("classification-table.txt"),
        ResultTable.text(of(new Wish(8, 30, 3, false, true))));
    Files.writeString(
        folder.resolve("regression-table.txt"),
        ResultTable.text(of(new Wish(3, 10, 1, true, false))));
  }
}
