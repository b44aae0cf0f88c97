package thalweg.lab.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import thalweg.account.MemoryAccount;
import thalweg.account.Precision;
import thalweg.account.Zero;
import thalweg.formula.Extent;
import thalweg.formula.Formula;
import thalweg.formula.Transformation;
import thalweg.lab.BadInput;
import thalweg.memory.NumberType;
import thalweg.plan.Plan;
import thalweg.text.Nearest;
import thalweg.text.Specs;

/** How much memory some optimizers take to train something. */
public record MemoryQuestion(
    List<Transformation> rules, Trained trained, Precision precision, Zero zero) {
  public MemoryQuestion {
    rules = List.copyOf(rules);
  }

  /** Types of states by the names that users give them. */
  private enum States {
    FP32("fp32", NumberType.FLOAT32),
    BF16("bf16", NumberType.BFLOAT16),
    EIGHT_BIT("8bit", NumberType.FLOAT8);

    private final String text;
    private final NumberType type;

    States(String text, NumberType type) {
      this.text = text;
      this.type = type;
    }
  }

  /**
   * The precision of a name, with states of another.
   *
   * @throws BadInput if there is none of a name
   */
  public static Precision precision(String name, String states) {
    List<String> names = Precision.all().stream().map(Precision::name).toList();
    Precision precision =
        Precision.all().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new BadInput("no precision '%s'; %s".formatted(name, Nearest.offer(name, names))));
    for (States one : States.values()) {
      if (one.text.equals(states)) {
        return precision.states(one.type);
      }
    }
    throw new BadInput("--states must be fp32, bf16 or 8bit, got '%s'".formatted(states));
  }

  /** The name of a type, as users know it. */
  static String name(NumberType type) {
    return switch (type) {
      case FLOAT64 -> "fp64";
      case FLOAT32 -> "fp32";
      case BFLOAT16 -> "bf16";
      case FLOAT16 -> "fp16";
      case FLOAT8 -> "8bit";
    };
  }

  /**
   * One account for each optimizer, in order.
   *
   * @throws BadInput if something is more than can be counted, or a rule cannot have such states
   */
  public List<MemoryAccount> accounts() {
    List<MemoryAccount> accounts = new ArrayList<>();
    for (Transformation rule : rules) {
      Formula formula = Formula.of(rule);
      Optional<String> cut = Precision.cut(Plan.of(formula), precision.states());
      if (cut.isPresent()) {
        throw new BadInput(
            "%s: state '%s' cannot be kept in blocks of 8 bits, as its rule goes row by row; choose --states bf16 or fp32"
                .formatted(Specs.print(rule), cut.get()));
      }
      try {
        MemoryAccount account = MemoryAccount.of(formula, trained.shapes(), precision, zero);
        account.bytes();
        accounts.add(account);
      } catch (ArithmeticException e) {
        throw Trained.tooMany(trained.name());
      }
    }
    return accounts;
  }

  /** What a reader of the numbers should know. */
  List<String> notes() {
    List<String> notes = new ArrayList<>(trained.notes());
    for (Transformation rule : rules) {
      Formula formula = Formula.of(rule);
      boolean fewer =
          formula.states().stream().anyMatch(state -> state.extent() != Extent.ELEMENT)
              || !Plan.of(formula).scratch().isEmpty();
      if (fewer && !trained.shaped()) {
        notes.add(
            "%s keeps numbers of rows and columns, which a count does not tell: the count is taken as one vector. Give shapes (4096x4096,4096), --model or --checkpoint."
                .formatted(Specs.print(rule)));
      }
    }
    return notes;
  }
}
