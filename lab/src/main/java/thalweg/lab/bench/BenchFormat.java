package thalweg.lab.bench;

import java.util.ArrayList;
import java.util.List;
import thalweg.account.Precision;
import thalweg.formula.Extent;
import thalweg.formula.State;
import thalweg.lab.BadInput;
import thalweg.lab.memory.MemoryQuestion;
import thalweg.memory.Float8;
import thalweg.memory.NumberType;
import thalweg.optimizer.Storage;
import thalweg.plan.Plan;

/**
 * What the numbers of a step are kept in, and the traffic that makes.
 *
 * @param text as users name it; empty for float32 throughout
 * @param parameters the type of parameters and gradients
 */
public record BenchFormat(String text, NumberType parameters, Storage storage) {
  /** Float32 throughout. */
  static final BenchFormat FULL = new BenchFormat("", NumberType.FLOAT32, Storage.FULL);

  /** One array of a pass: the bytes of an element, and whether it is read and written. */
  record Access(int width, boolean reads, boolean writes) {}

  /**
   * Every precision with every type of states; float32 throughout comes first, asked for or not.
   *
   * @param precisions such as {@code fp32,bf16-mixed}
   * @param states such as {@code fp32,bf16,8bit}
   * @throws BadInput for a name there is not
   */
  public static List<BenchFormat> list(String precisions, String states) {
    List<BenchFormat> formats = new ArrayList<>(List.of(FULL));
    for (String precision : precisions.split(",", -1)) {
      for (String type : states.split(",", -1)) {
        BenchFormat made = of(MemoryQuestion.precision(precision.strip(), type.strip()));
        if (!formats.contains(made)) {
          formats.add(made);
        }
      }
    }
    return formats;
  }

  private static BenchFormat of(Precision precision) {
    List<String> text = new ArrayList<>();
    if (precision.parameters().isLow()) {
      text.add(precision.name());
    }
    if (precision.states().isLow()) {
      text.add("states in " + (precision.states() == NumberType.FLOAT8 ? "8 bits" : "bf16"));
    }
    boolean masters = precision.masters() != null || !precision.parameters().isLow();
    return new BenchFormat(
        String.join(", ", text),
        precision.parameters(),
        new Storage(precision.states(), masters, Storage.FULL.seed()));
  }

  /** Bytes read and written for one element at one step. */
  double bytes(Plan plan) {
    double bytes = 0;
    for (Plan.Trip trip : plan.passes()) {
      for (Access access : accesses(plan, trip)) {
        double width =
            access.width() == 1 ? 1 + (double) Float.BYTES / Float8.BLOCK : access.width();
        bytes += width * ((access.reads() ? 1 : 0) + (access.writes() ? 1 : 0));
      }
    }
    return bytes;
  }

  /** The arrays of a pass; what there is less of than elements stays in the cache. */
  List<Access> accesses(Plan plan, Plan.Trip trip) {
    List<Access> accesses = new ArrayList<>();
    for (int b = 0; b < trip.buffers().size(); b++) {
      Plan.Source source = trip.buffers().get(b);
      if (trip.pass().aside().contains(b) || plan.extent(source) != Extent.ELEMENT) {
        continue;
      }
      boolean writes = trip.pass().writes(b);
      accesses.add(new Access(type(plan, source).bytes(), trip.pass().reads(b), writes));
      if (source instanceof Plan.Source.Values && writes && storage.hasMaster(parameters)) {
        accesses.add(new Access(parameters.bytes(), false, true)); // what shows the master
      }
    }
    return accesses;
  }

  private NumberType type(Plan plan, Plan.Source source) {
    return switch (source) {
      case Plan.Source.Values _ -> storage.hasMaster(parameters) ? NumberType.FLOAT32 : parameters;
      case Plan.Source.Gradient _ -> parameters;
      case Plan.Source.Remembered(int index) -> {
        State state = plan.formula().states().get(index);
        yield storage.typeOf(state, NumberType.FLOAT32);
      }
      case Plan.Source.Evaluated _, Plan.Source.Drawn _, Plan.Source.Scratch _ ->
          NumberType.FLOAT32;
    };
  }

  /** The name of something of this format. */
  String name(String of) {
    return text.isEmpty() ? of : of + ", " + text;
  }
}
