package thalweg.lab.bench;

import java.util.ArrayList;
import java.util.List;
import thalweg.execute.Backend;
import thalweg.execute.Backends;
import thalweg.execute.Chunk;
import thalweg.execute.Workers;
import thalweg.execute.Workspace;
import thalweg.formula.BinaryOp;
import thalweg.formula.Reduction;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.plan.Op;
import thalweg.plan.Pass;
import thalweg.plan.Plan;

/**
 * The machine's limit for a plan's traffic: passes that load and store the same number of arrays
 * and do next to nothing with them; numbers of rows and columns, which stay in the cache, left out.
 * Arrays of shorter types are shorter arrays here, gone through by themselves. Nothing that reads
 * and writes this much can be faster by more than the cost of those few additions.
 */
final class Limit implements Contestant {
  private static final int[] WIDTHS = {Float.BYTES, Short.BYTES, Byte.BYTES};

  private final BenchFormat format;
  private final Workers workers;
  private final List<Trip> trips = new ArrayList<>();

  private record Trip(Chunk[] chunks) implements Workers.Job {
    @Override
    public void run(int task, Workspace workspace) {
      chunks[task].run(NONE, NOTHING, 0, workspace);
    }
  }

  private static final float[] NONE = {};
  private static final double[] NOTHING = {0};

  Limit(Plan plan, BenchFormat format, List<List<Long>> shapes, int threads) {
    this.format = format;
    workers = new Workers(threads);
    Backend backend = Backends.choose(Backends.AUTO).backend();
    for (int width : WIDTHS) {
      List<List<BenchFormat.Access>> ofTrips =
          plan.passes().stream().map(trip -> ofWidth(width, format.accesses(plan, trip))).toList();
      int most = ofTrips.stream().mapToInt(List::size).max().orElse(0);
      List<List<Buffer>> memory = memory(shapes, most, width);
      for (List<BenchFormat.Access> accesses : ofTrips) {
        if (!accesses.isEmpty()) {
          trips.add(trip(backend, traffic(accesses), memory));
        }
      }
    }
  }

  private static List<BenchFormat.Access> ofWidth(int width, List<BenchFormat.Access> accesses) {
    return accesses.stream().filter(access -> access.width() == width).toList();
  }

  /** Arrays of so many bytes an element, as floats. */
  private static List<List<Buffer>> memory(List<List<Long>> shapes, int arrays, int width) {
    List<List<Buffer>> memory = new ArrayList<>();
    for (List<Long> shape : shapes) {
      long length = shape.stream().reduce(1L, (a, b) -> a * b);
      List<Buffer> buffers = new ArrayList<>();
      for (int i = 0; i < arrays; i++) {
        Buffer buffer =
            Buffer.allocate(Math.ceilDiv(length * width, Float.BYTES), NumberType.FLOAT32);
        buffer.fill(0); // touches the pages; zeros add up to zeros, for ever
        buffers.add(buffer);
      }
      memory.add(buffers);
    }
    return memory;
  }

  private static Trip trip(Backend backend, Pass pass, List<List<Buffer>> memory) {
    List<Chunk> chunks = new ArrayList<>();
    for (List<Buffer> buffers : memory) {
      List<Buffer> used = buffers.subList(0, pass.buffers());
      for (long from = 0; from < used.getFirst().length(); from += Chunk.MAXIMUM) {
        int count = (int) Math.min(Chunk.MAXIMUM, used.getFirst().length() - from);
        chunks.add(backend.bind(pass, used, from, count));
      }
    }
    return new Trip(chunks.toArray(Chunk[]::new));
  }

  /**
   * The same loads and stores: the loads are added up once, and each store gets a value at hand.
   */
  private static Pass traffic(List<BenchFormat.Access> accesses) {
    List<Op> ops = new ArrayList<>();
    int sum = -1;
    boolean none = accesses.stream().noneMatch(BenchFormat.Access::reads);
    for (int buffer = 0; buffer < accesses.size(); buffer++) {
      if (accesses.get(buffer).reads() || none) {
        ops.add(new Op.Load(buffer));
        int loaded = ops.size() - 1;
        if (sum < 0) {
          sum = loaded;
        } else {
          ops.add(new Op.Binary(BinaryOp.ADD, sum, loaded));
          sum = ops.size() - 1;
        }
      }
    }
    boolean writes = false;
    for (int buffer = 0; buffer < accesses.size(); buffer++) {
      if (accesses.get(buffer).writes()) {
        ops.add(new Op.Store(buffer, sum));
        writes = true;
      }
    }
    if (!writes) {
      ops.add(new Op.Reduce(Reduction.SUM, sum, 0));
    }
    return new Pass(accesses.size(), 0, ops);
  }

  @Override
  public String name() {
    return format.name("limit of the machine");
  }

  @Override
  public void step() {
    for (Trip trip : trips) {
      workers.run(trip, trip.chunks.length);
    }
  }

  @Override
  public void close() {}
}
