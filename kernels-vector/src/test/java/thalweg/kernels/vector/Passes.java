package thalweg.kernels.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import thalweg.formula.BinaryOp;
import thalweg.formula.Comparison;
import thalweg.formula.Reduction;
import thalweg.formula.UnaryOp;
import thalweg.plan.Op;
import thalweg.plan.Pass;

/** Passes for tests: known ones, and random ones from a seed. */
final class Passes {
  private final List<Op> ops = new ArrayList<>();

  private Passes() {}

  private int add(Op op) {
    ops.add(op);
    return ops.size() - 1;
  }

  private int binary(BinaryOp op, int x, int y) {
    return add(new Op.Binary(op, x, y));
  }

  /**
   * AdamW over buffers 0 θ, 1 g, 2 m, 3 v and scalars 0 β₁, 1 1−β₁, 2 β₂, 3 1−β₂, 4 c₁, 5 c₂, 6 ε,
   * 7 1−lr·λ, 8 lr.
   */
  static Pass adamW() {
    Passes p = new Passes();
    int theta = p.add(new Op.Load(0));
    int g = p.add(new Op.Load(1));
    int m = p.add(new Op.Load(2));
    int v = p.add(new Op.Load(3));
    int[] s = new int[9];
    for (int i = 0; i < s.length; i++) {
      s[i] = p.add(new Op.Spread(i));
    }
    int nextM =
        p.binary(
            BinaryOp.ADD,
            p.binary(BinaryOp.MULTIPLY, s[0], m),
            p.binary(BinaryOp.MULTIPLY, s[1], g));
    int nextV =
        p.binary(
            BinaryOp.ADD,
            p.binary(BinaryOp.MULTIPLY, s[2], v),
            p.binary(BinaryOp.MULTIPLY, s[3], p.binary(BinaryOp.MULTIPLY, g, g)));
    int root = p.add(new Op.Unary(UnaryOp.SQRT, p.binary(BinaryOp.MULTIPLY, nextV, s[5])));
    int ratio =
        p.binary(
            BinaryOp.DIVIDE,
            p.binary(BinaryOp.MULTIPLY, nextM, s[4]),
            p.binary(BinaryOp.ADD, root, s[6]));
    int next =
        p.binary(
            BinaryOp.SUBTRACT,
            p.binary(BinaryOp.MULTIPLY, theta, s[7]),
            p.binary(BinaryOp.MULTIPLY, s[8], ratio));
    p.add(new Op.Store(2, nextM));
    p.add(new Op.Store(3, nextV));
    p.add(new Op.Store(0, next));
    return new Pass(4, 9, p.ops);
  }

  /** Scalars for {@link #adamW}: the first step with PyTorch's defaults. */
  static float[] adamWScalars() {
    return new float[] {
      0.9f, (float) (1 - 0.9), 0.999f, (float) (1 - 0.999), 10f, 1000f, 1e-8f, 0.99999f, 1e-3f
    };
  }

  /** Sum of squares, largest magnitude. */
  static Pass norms() {
    Passes p = new Passes();
    int g = p.add(new Op.Load(0));
    p.add(new Op.Reduce(Reduction.SUM, p.binary(BinaryOp.MULTIPLY, g, g), 0));
    p.add(new Op.Reduce(Reduction.MAX, p.add(new Op.Unary(UnaryOp.ABS, g)), 1));
    return new Pass(1, 0, p.ops);
  }

  /** Every operation of the language on its own, each stored to a buffer of its own but powers. */
  static Pass everything() {
    Passes p = new Passes();
    int x = p.add(new Op.Load(0));
    int y = p.add(new Op.Load(1));
    List<Integer> results = new ArrayList<>();
    for (UnaryOp op : UnaryOp.values()) {
      results.add(p.add(new Op.Unary(op, x)));
    }
    for (BinaryOp op : BinaryOp.values()) {
      if (op != BinaryOp.POWER) {
        results.add(p.binary(op, x, y));
      }
    }
    for (Comparison comparison : Comparison.values()) {
      results.add(p.add(new Op.Select(comparison, x, y, x, p.add(new Op.Spread(0)))));
    }
    int buffer = 2;
    for (int result : results) {
      p.add(new Op.Store(buffer++, result));
    }
    return new Pass(buffer, 1, p.ops);
  }

  /** Operations that keep a random formula's values alive: none that all NaN come from. */
  private static final List<BinaryOp> GENTLE =
      List.of(BinaryOp.ADD, BinaryOp.SUBTRACT, BinaryOp.MULTIPLY, BinaryOp.MIN, BinaryOp.MAX);

  /**
   * A random pass of {@code size} instructions besides loads, scalars and stores.
   *
   * @param wild whether all operations are used, so that most values end as NaN or infinite
   * @param power whether powers are, too
   * @param reductions how many values are reduced
   */
  static Pass random(long seed, int size, boolean wild, boolean power, int reductions) {
    Random random = new Random(seed);
    Passes p = new Passes();
    int buffers = 1 + random.nextInt(5);
    int scalars = 1 + random.nextInt(4);
    List<Integer> values = new ArrayList<>();
    for (int b = 0; b < buffers; b++) {
      values.add(p.add(new Op.Load(b)));
    }
    for (int s = 0; s < scalars; s++) {
      values.add(p.add(new Op.Spread(s)));
    }
    for (int i = 0; i < size; i++) {
      values.add(p.add(instruction(random, values, wild, power)));
    }
    for (int r = 0; r < reductions; r++) {
      Reduction kind = pick(random, Reduction.values());
      p.add(new Op.Reduce(kind, pick(random, values), r));
    }
    for (int b = 0; b < buffers; b++) {
      if (b == 0 || random.nextBoolean()) {
        p.add(new Op.Store(b, values.get(values.size() - 1 - random.nextInt(Math.min(3, size)))));
      }
    }
    p.add(new Op.Store(buffers, values.getLast()));
    return new Pass(buffers + 1, scalars, p.ops);
  }

  private static Op instruction(Random random, List<Integer> values, boolean wild, boolean power) {
    int kind = random.nextInt(10);
    int x = pick(random, values);
    int y = pick(random, values);
    if (kind < 2) {
      UnaryOp op = pick(random, UnaryOp.values());
      return new Op.Unary(op == UnaryOp.SQRT && !wild ? UnaryOp.ABS : op, x);
    }
    if (kind == 2) {
      Comparison comparison = pick(random, Comparison.values());
      return new Op.Select(comparison, x, y, pick(random, values), pick(random, values));
    }
    if (power && kind == 3) {
      return new Op.Binary(BinaryOp.POWER, x, y);
    }
    List<BinaryOp> all = wild ? List.of(BinaryOp.values()) : GENTLE;
    BinaryOp op = all.get(random.nextInt(all.size()));
    return new Op.Binary(op == BinaryOp.POWER ? BinaryOp.DIVIDE : op, x, y);
  }

  private static <T> T pick(Random random, T[] all) {
    return all[random.nextInt(all.length)];
  }

  /** Mostly a recent value, sometimes any: long chains with links far back. */
  private static int pick(Random random, List<Integer> values) {
    int n = values.size();
    return random.nextInt(4) == 0
        ? values.get(random.nextInt(n))
        : values.get(n - 1 - random.nextInt(Math.min(n, 8)));
  }
}
