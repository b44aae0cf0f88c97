package thalweg.lab.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thalweg.formula.Extent;
import thalweg.formula.State;
import thalweg.lab.BadInput;
import thalweg.memory.Float8;
import thalweg.memory.NumberType;
import thalweg.optimizer.Storage;
import thalweg.plan.Plan;
import thalweg.text.Nearest;

/**
 * What the numbers of a step are kept in, and the traffic that makes.
 *
 * @param text as users name it; empty for float32 throughout
 * @param parameters the type of parameters and gradients
 */
public record BenchFormat(String text, NumberType parameters, Storage storage) {
  /** Float32 throughout. */
  static final BenchFormat FULL = new BenchFormat("", NumberType.FLOAT32, Storage.FULL);

  private static final Map<String, BenchFormat> PRECISIONS = new LinkedHashMap<>();
  private static final Map<String, NumberType> STATES = new LinkedHashMap<>();

  static {
    NumberType full = NumberType.FLOAT32;
    Storage alone = new Storage(full, false, 0);
    PRECISIONS.put("fp32", FULL);
    PRECISIONS.put("bf16-mixed", new BenchFormat("bf16-mixed", NumberType.BFLOAT16, Storage.FULL));
    PRECISIONS.put("fp16-mixed", new BenchFormat("fp16-mixed", NumberType.FLOAT16, Storage.FULL));
    PRECISIONS.put("bf16", new BenchFormat("bf16", NumberType.BFLOAT16, alone));
    STATES.put("fp32", full);
    STATES.put("bf16", NumberType.BFLOAT16);
    STATES.put("8bit", NumberType.FLOAT8);
  }

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
      BenchFormat format = named(precision.strip(), "precision", PRECISIONS);
      for (String type : states.split(",", -1)) {
        BenchFormat made = format.with(type.strip());
        if (!formats.contains(made)) {
          formats.add(made);
        }
      }
    }
    return formats;
  }

  private static <T> T named(String name, String what, Map<String, T> known) {
    T found = known.get(name);
    if (found == null) {
      throw new BadInput(
          "no %s '%s'; %s".formatted(what, name, Nearest.offer(name, known.keySet())));
    }
    return found;
  }

  private BenchFormat with(String states) {
    NumberType type = named(states, "type of states", STATES);
    if (type == NumberType.FLOAT32) {
      return this;
    }
    String name = "states in " + (type == NumberType.FLOAT8 ? "8 bits" : "bf16");
    return new BenchFormat(
        text.isEmpty() ? name : text + ", " + name,
        parameters,
        new Storage(type, storage.masters(), storage.seed()));
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
