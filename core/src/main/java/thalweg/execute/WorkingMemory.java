package thalweg.execute;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import thalweg.formula.Extent;
import thalweg.memory.NumberType;
import thalweg.plan.Plan;

/**
 * What the trips of a plan need for a tensor besides what is remembered: it is the same memory at
 * every step and nothing in it outlives one. Engines hold what is declared here and nothing else,
 * and the account of memory counts it.
 *
 * @param what it is
 * @param key what the trips find it by
 * @param length how many numbers
 */
public record WorkingMemory(What what, Object key, long length) {
  /** How each number is stored. */
  public static final NumberType TYPE = NumberType.FLOAT32;

  /** What working memory is for. */
  public enum What {
    /** Random numbers, one an element. */
    NOISE,
    /** What one trip hands on to the next: one number a row, a column, …. */
    SCRATCH,
    /** One row of columns for each band, while columns are reduced. */
    BANDS
  }

  /** Where a plan's scratch memory is found. */
  record Slot(int index, Extent extent) {}

  /** Where the columns of a trip that are being reduced are found. */
  record Running(Plan.Trip trip, int column) {}

  /** The declarations of some plans that share a tensor of a shape. */
  public static List<WorkingMemory> of(List<Plan> plans, List<Long> shape) {
    Map<Object, WorkingMemory> all = new LinkedHashMap<>();
    for (Plan plan : plans) {
      trips(plan)
          .flatMap(trip -> trip.buffers().stream())
          .filter(Plan.Source.Drawn.class::isInstance)
          .forEach(source -> add(all, What.NOISE, source, Extent.ELEMENT.count(shape)));
      for (int i = 0; i < plan.scratch().size(); i++) {
        Extent extent = plan.scratch().get(i);
        add(all, What.SCRATCH, new Slot(i, extent), extent.count(shape));
      }
      trips(plan)
          .filter(trip -> trip.pass().strips())
          .forEach(trip -> {
            Cut cut = Cut.of(plan, trip, shape);
            for (int c = 0; c < trip.columns().size() && cut.bands() > 1; c++) {
              add(all, What.BANDS, new Running(trip, c), cut.bands() * cut.columns());
            }
          });
    }
    return List.copyOf(all.values());
  }

  private static void add(Map<Object, WorkingMemory> all, What what, Object key, long length) {
    all.putIfAbsent(key, new WorkingMemory(what, key, length));
  }

  private static Stream<Plan.Trip> trips(Plan plan) {
    Plan.Rest rest = plan.rest();
    return Stream.concat(
        plan.trips().stream(), rest == null ? Stream.empty() : rest.trips().stream());
  }
}
