package thalweg.lab.data;

import java.util.Optional;
import thalweg.lab.BadInput;
import thalweg.torch.Curriculum;
import thalweg.torch.Form;
import thalweg.torch.Targets;

/**
 * A curriculum asked for: what makes a sample easy, and how fast the harder ones come.
 *
 * @param by what makes it easy
 * @param start share of the samples in the first epoch, in (0, 1]
 * @param epochs the first epoch that sees all, at least 1
 */
public record EasyFirst(Difficulty by, double start, int epochs) {
  public EasyFirst {
    if (!(start > 0 && start <= 1)) {
      throw new BadInput("a curriculum's start must be in (0, 1], got " + start);
    }
    if (epochs < 1) {
      throw new BadInput("a curriculum's epochs must be >= 1, got " + epochs);
    }
  }

  /** Reads {@code distance}, {@code loss:0.2} or {@code loss:0.2:10}: by, start and epochs. */
  public static EasyFirst parse(String text) {
    String[] parts = text.split(":", -1);
    try {
      if (parts.length > 3) {
        throw new NumberFormatException(text);
      }
      return new EasyFirst(
          Difficulty.named(parts[0]),
          parts.length > 1 ? Double.parseDouble(parts[1]) : 0.2,
          parts.length > 2 ? Integer.parseInt(parts[2]) : 5);
    } catch (NumberFormatException e) {
      throw new BadInput(
          "a curriculum must be such as distance:0.2:5 (by, first share, epochs), got '%s'"
              .formatted(text),
          e);
    }
  }

  /** The same data with their curriculum. */
  Prepared of(Prepared prepared) {
    if (!(prepared.train().targets() instanceof Targets.Classes)) {
      throw new BadInput(
          "a curriculum by %s needs classes, and '%s' has none; leave it out or give scores in Java"
              .formatted(by.word(), prepared.name()));
    }
    if (prepared.form() instanceof Form.Sparse) {
      throw new BadInput(
          "a curriculum by %s needs columns, and '%s' is sparse; leave it out or give scores in Java"
              .formatted(by.word(), prepared.name()));
    }
    return prepared.with(Optional.of(Curriculum.of(by.of(prepared.train()), start, epochs)));
  }
}
