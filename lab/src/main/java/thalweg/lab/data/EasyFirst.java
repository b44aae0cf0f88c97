package thalweg.lab.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import thalweg.lab.BadInput;
import thalweg.text.Nearest;
import thalweg.text.NumberText;
import thalweg.torch.Curriculum;
import thalweg.torch.Form;
import thalweg.torch.Targets;

/**
 * A curriculum asked for: what makes a sample easy, and how fast the harder ones come.
 *
 * @param by what makes it easy: a {@link Difficulty}'s word, or the name of a numeric column of a
 *     table, the lowest first; the column is a feature all the same
 * @param start share of the samples in the first epoch, in (0, 1]
 * @param epochs the first epoch that sees all, at least 1
 */
public record EasyFirst(String by, double start, int epochs) {
  public EasyFirst {
    if (!(start > 0 && start <= 1)) {
      throw new BadInput("a curriculum's start must be in (0, 1], got " + NumberText.of(start));
    }
    if (epochs < 1) {
      throw new BadInput("a curriculum's epochs must be >= 1, got " + epochs);
    }
  }

  /** Reads {@code distance}, {@code loss:0.2} or {@code age:0.2:10}: by, start and epochs. */
  public static EasyFirst parse(String text) {
    String[] parts = text.split(":", -1);
    try {
      if (parts.length > 3) {
        throw new NumberFormatException(text);
      }
      return new EasyFirst(
          parts[0],
          parts.length > 1 ? Double.parseDouble(parts[1]) : 0.2,
          parts.length > 2 ? Integer.parseInt(parts[2]) : 5);
    } catch (NumberFormatException e) {
      throw new BadInput(
          "a curriculum must be such as distance:0.2:5 (by, first share, epochs), got '%s'"
              .formatted(text),
          e);
    }
  }

  /** Whether it goes by a column of the table. */
  boolean byColumn() {
    return Difficulty.words().stream().noneMatch(by::equals);
  }

  /** The curriculum by a column of the table, for its training rows. */
  Curriculum of(DataSet table, int[] trainRows) {
    Column column =
        table.columns().stream()
            .filter(c -> c.name().equals(by))
            .findFirst()
            .orElseThrow(() -> unknown(table.columns().stream().map(Column::name).toList()));
    if (!(column instanceof Column.Numeric numeric)) {
      throw new BadInput(
          "a curriculum by column '%s' needs numbers, and that column has texts; choose another"
              .formatted(by));
    }
    double[] scores = Arrays.stream(trainRows).mapToDouble(numeric.values()::at).toArray();
    if (Arrays.stream(scores).anyMatch(Double::isNaN)) {
      throw new BadInput(
          "a curriculum by column '%s' needs a number in every row, and some have none; fill them in or choose another"
              .formatted(by));
    }
    return Curriculum.of(scores, start, epochs);
  }

  private BadInput unknown(List<String> columns) {
    List<String> offered = new ArrayList<>(Difficulty.words());
    offered.addAll(columns);
    return new BadInput(
        "unknown difficulty '%s' of a curriculum: %s".formatted(by, Nearest.offer(by, offered)));
  }

  /** The same data with their curriculum. */
  Prepared of(Prepared prepared) {
    Difficulty difficulty = Difficulty.named(by).orElseThrow(() -> unknown(List.of()));
    if (!(prepared.train().targets() instanceof Targets.Classes)) {
      throw new BadInput(
          "a curriculum by %s needs classes, and '%s' has none; leave it out or give scores in Java"
              .formatted(by, prepared.name()));
    }
    if (prepared.form() instanceof Form.Sparse) {
      throw new BadInput(
          "a curriculum by %s needs columns, and '%s' is sparse; leave it out or give scores in Java"
              .formatted(by, prepared.name()));
    }
    return prepared.with(
        Optional.of(Curriculum.of(difficulty.of(prepared.train()), start, epochs)));
  }
}
