package thalweg.kernels.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import thalweg.plan.Op;
import thalweg.plan.Pass;

/**
 * A pass divided into parts small enough for the JIT, each to become one method.
 *
 * <p>Parts run one after the other on the same block of elements. A value that a later part needs
 * is spilled to scratch memory. A load is repeated in each part that needs it, as long as nothing
 * has been stored before; the part with the first store spills the loads that are needed after it.
 * A scalar is never spilled. Instructions whose value nobody needs are left out.
 *
 * @param parts in order; at least one
 * @param spills regions of scratch memory needed
 */
record Split(List<Part> parts, int spills) {
  /**
   * One method.
   *
   * @param spreads positions of the scalars it needs
   * @param loads positions of the loads it needs, done before anything else
   * @param fills values it takes from scratch memory, with the region of each
   * @param ops positions of its other instructions, in order
   * @param spilled values it leaves in scratch memory, with the region of each
   */
  record Part(
      SortedSet<Integer> spreads,
      SortedSet<Integer> loads,
      Map<Integer, Integer> fills,
      List<Integer> ops,
      Map<Integer, Integer> spilled) {}

  private static final int SPREAD = 1;
  private static final int READ = 3;
  private static final int WRITE = 2;

  /** A comparison and a blend. */
  private static final int SELECT = 2;

  /**
   * Divides a pass so that the weights of each part sum to at most {@code budget}, if they can.
   *
   * @param copies vectors of one step
   */
  static Split of(Pass pass, int copies, int budget) {
    List<Op> ops = pass.ops();
    BitSet live = live(ops);
    List<List<Integer>> bodies = bodies(ops, live, copies, budget);
    int[] home = new int[ops.size()]; // the part that makes a value
    int[] last = new int[ops.size()]; // the last part that needs it
    Arrays.fill(last, -1);
    int storing = Integer.MAX_VALUE;
    for (int p = 0; p < bodies.size(); p++) {
      for (int i : bodies.get(p)) {
        home[i] = p;
        if (ops.get(i) instanceof Op.Store) {
          storing = Math.min(storing, p);
        }
        for (int x : operands(ops.get(i))) {
          last[x] = Math.max(last[x], p);
        }
      }
    }
    for (int i = 0; i < ops.size(); i++) {
      if (ops.get(i) instanceof Op.Load) {
        home[i] = Math.min(storing, last[i]);
      }
    }
    return assign(ops, bodies, home, last);
  }

  private static Split assign(List<Op> ops, List<List<Integer>> bodies, int[] home, int[] last) {
    Map<Integer, Integer> region = new TreeMap<>(); // of the values spilled at this point
    PriorityQueue<Integer> free = new PriorityQueue<>();
    int spills = 0;
    List<Part> parts = new ArrayList<>();
    for (int p = 0; p < bodies.size(); p++) {
      SortedSet<Integer> spreads = new TreeSet<>();
      SortedSet<Integer> loads = new TreeSet<>();
      Map<Integer, Integer> fills = new TreeMap<>();
      for (int i : bodies.get(p)) {
        for (int x : operands(ops.get(i))) {
          if (ops.get(x) instanceof Op.Spread) {
            spreads.add(x);
          } else if (ops.get(x) instanceof Op.Load && p <= home[x]) {
            loads.add(x);
          } else if (home[x] < p) {
            fills.put(x, region.get(x));
          }
        }
      }
      Map<Integer, Integer> spilled = new TreeMap<>();
      for (int x = 0; x < ops.size(); x++) {
        boolean leaves = last[x] > p && home[x] == p && !(ops.get(x) instanceof Op.Spread);
        if (leaves) {
          if (ops.get(x) instanceof Op.Load) {
            loads.add(x);
          }
          int slot = free.isEmpty() ? spills++ : free.poll();
          spilled.put(x, slot);
        }
      }
      region.putAll(spilled);
      // A region is free again only for the parts after the last that reads it.
      int part = p;
      region
          .entrySet()
          .removeIf(entry -> {
            boolean done = last[entry.getKey()] <= part;
            if (done) {
              free.add(entry.getValue());
            }
            return done;
          });
      parts.add(new Part(spreads, loads, fills, bodies.get(p), spilled));
    }
    return new Split(List.copyOf(parts), spills);
  }

  private static List<List<Integer>> bodies(List<Op> ops, BitSet live, int copies, int budget) {
    List<List<Integer>> bodies = new ArrayList<>();
    List<Integer> body = new ArrayList<>();
    BitSet present = new BitSet(); // values this part makes or takes from memory
    int filled = 0;
    for (int i = 0; i < ops.size(); i++) {
      Op op = ops.get(i);
      if (!live.get(i) || op instanceof Op.Load || op instanceof Op.Spread) {
        continue;
      }
      if (filled + weight(ops, op, present, copies) > budget && !body.isEmpty()) {
        bodies.add(body);
        body = new ArrayList<>();
        present.clear();
        filled = 0;
      }
      body.add(i);
      filled += weight(ops, op, present, copies);
      present.set(i);
      for (int x : operands(op)) {
        present.set(x);
      }
    }
    bodies.add(body);
    return bodies;
  }

  /** The weight of an operation, with that of its operands that are not there yet. */
  private static int weight(List<Op> ops, Op op, BitSet present, int copies) {
    int weight = copies * weight(op);
    for (int x : IntStream.of(operands(op)).distinct().filter(x -> !present.get(x)).toArray()) {
      weight += ops.get(x) instanceof Op.Spread ? SPREAD : copies * READ;
    }
    return weight;
  }

  /**
   * How often the JIT checks the class of a vector in an operation, about: a measure of how much it
   * has to look into (docs/design-decisions-kernels.md).
   */
  private static int weight(Op op) {
    return switch (op) {
      case Op.Spread _ -> 0; // it comes with the operations that need it, once for all copies
      case Op.Load _ -> READ;
      case Op.Unary(var kind, int _) ->
          switch (kind) {
            case NEGATE, SQRT, ABS -> 1;
            case SIGN -> 2 * SELECT;
          };
      case Op.Binary _ -> 1;
      case Op.Reduce _ -> 2 + WRITE; // in the loop, and after it
      case Op.Select _ -> SELECT;
      case Op.Store _ -> WRITE;
    };
  }

  /** The weight of a whole pass, if it becomes one part. */
  static int weight(Pass pass, int copies) {
    int spreads = (int) pass.ops().stream().filter(Op.Spread.class::isInstance).count();
    return SPREAD * spreads + copies * pass.ops().stream().mapToInt(Split::weight).sum();
  }

  private static BitSet live(List<Op> ops) {
    BitSet live = new BitSet();
    for (int i = ops.size() - 1; i >= 0; i--) {
      Op op = ops.get(i);
      if (live.get(i) || op instanceof Op.Store || op instanceof Op.Reduce) {
        live.set(i);
        for (int x : operands(op)) {
          live.set(x);
        }
      }
    }
    return live;
  }

  private static int[] operands(Op op) {
    return switch (op) {
      case Op.Load _, Op.Spread _ -> new int[0];
      case Op.Unary(var _, int x) -> new int[] {x};
      case Op.Binary(var _, int x, int y) -> new int[] {x, y};
      case Op.Select(var _, int x, int y, int then, int otherwise) ->
          new int[] {x, y, then, otherwise};
      case Op.Store(int _, int x) -> new int[] {x};
      case Op.Reduce(var _, int x, int _) -> new int[] {x};
    };
  }
}
