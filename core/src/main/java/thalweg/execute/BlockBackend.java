package thalweg.execute;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import thalweg.formula.BinaryOp;
import thalweg.formula.Comparison;
import thalweg.formula.Reduction;
import thalweg.formula.UnaryOp;
import thalweg.memory.Buffer;
import thalweg.plan.Op;
import thalweg.plan.Pass;

/**
 * Portable float32: interprets a pass over one block of elements at a time.
 *
 * <p>Each instruction is one simple loop over arrays that fit the first-level cache, which the JIT
 * turns into vector instructions by itself. It needs no incubator module and no code generation,
 * and its bits are the ones every other float32 backend must match.
 */
public final class BlockBackend implements Backend {
  @Override
  public String name() {
    return "block";
  }

  @Override
  public int preference() {
    return 0;
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public Chunk bind(Pass pass, List<Buffer> buffers, long from, int count) {
    Strip strip = strip(pass, buffers);
    return (scalars, partials, at, workspace) ->
        strip.run(from, 0, count, scalars, partials, at, workspace);
  }

  @Override
  public Strip strip(Pass pass, List<Buffer> buffers) {
    return new Interpreter(pass, buffers.toArray(Buffer[]::new));
  }

  private static final class Interpreter implements Strip {
    private final Op[] ops;
    private final Op.Reduce[] reductions;
    private final Buffer[] buffers;
    private final boolean[] aside;

    Interpreter(Pass pass, Buffer[] buffers) {
      this.ops = pass.ops().toArray(Op[]::new);
      this.reductions = pass.reductions().toArray(Op.Reduce[]::new);
      this.buffers = buffers;
      this.aside = new boolean[buffers.length];
      pass.aside().forEach(buffer -> aside[buffer] = true);
    }

    @Override
    public void run(
        long from,
        long fromAside,
        int count,
        float[] scalars,
        double[] partials,
        int at,
        Workspace workspace) {
      for (int r = 0; r < reductions.length; r++) {
        partials[at + r] = reductions[r].kind().identity();
      }
      float[][] registers = workspace.registers(ops.length);
      for (int i = 0; i < ops.length; i++) {
        if (ops[i] instanceof Op.Spread spread) {
          Arrays.fill(registers[i], 0, Math.min(count, Reductions.BLOCK), scalars[spread.slot()]);
        }
      }
      for (int start = 0; start < count; start += Reductions.BLOCK) {
        int n = Math.min(Reductions.BLOCK, count - start);
        block(from + start, fromAside + start, n, registers, partials, at, workspace.lanes());
      }
    }

    private void block(
        long start,
        long startAside,
        int n,
        float[][] registers,
        double[] partials,
        int at,
        float[] lanes) {
      for (int i = 0; i < ops.length; i++) {
        float[] out = registers[i];
        switch (ops[i]) {
          case Op.Load(int buffer) ->
              buffers[buffer].read(aside[buffer] ? startAside : start, out, n);
          case Op.Spread _ -> {} // filled once, before the first block
          case Op.Unary(UnaryOp op, int x) -> unary(op, registers[x], out, n);
          case Op.Binary(BinaryOp op, int x, int y) ->
              binary(op, registers[x], registers[y], out, n);
          case Op.Select(Comparison comparison, int x, int y, int then, int otherwise) ->
              select(
                  comparison,
                  registers[x],
                  registers[y],
                  registers[then],
                  registers[otherwise],
                  out,
                  n);
          case Op.Store(int buffer, int x) ->
              buffers[buffer].write(aside[buffer] ? startAside : start, registers[x], n);
          case Op.Reduce(Reduction kind, int x, int slot) -> {
            reduce(kind, registers[x], n, lanes);
            partials[at + slot] = kind.combine(partials[at + slot], Reductions.fold(kind, lanes));
          }
        }
      }
    }

    private static void unary(UnaryOp op, float[] x, float[] out, int n) {
      switch (op) {
        case NEGATE -> negate(x, out, n);
        case SQRT -> sqrt(x, out, n);
        case ABS -> abs(x, out, n);
        case SIGN -> sign(x, out, n);
      }
    }

    private static void binary(BinaryOp op, float[] x, float[] y, float[] out, int n) {
      switch (op) {
        case ADD -> add(x, y, out, n);
        case SUBTRACT -> subtract(x, y, out, n);
        case MULTIPLY -> multiply(x, y, out, n);
        case DIVIDE -> divide(x, y, out, n);
        case MIN -> min(x, y, out, n);
        case MAX -> max(x, y, out, n);
        case POWER -> power(x, y, out, n);
      }
    }

    private static void select(
        Comparison comparison,
        float[] x,
        float[] y,
        float[] then,
        float[] otherwise,
        float[] out,
        int n) {
      switch (comparison) {
        case LESS -> less(x, y, then, otherwise, out, n);
        case LESS_OR_EQUAL -> lessOrEqual(x, y, then, otherwise, out, n);
        case EQUAL -> equal(x, y, then, otherwise, out, n);
      }
    }

    private static void reduce(Reduction kind, float[] x, int n, float[] lanes) {
      Arrays.fill(lanes, (float) kind.identity());
      switch (kind) {
        case SUM -> sumLanes(x, n, lanes);
        case MAX -> maxLanes(x, n, lanes);
      }
    }

    private static void negate(float[] x, float[] out, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = -x[i];
      }
    }

    private static void sqrt(float[] x, float[] out, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = (float) Math.sqrt(x[i]);
      }
    }

    private static void abs(float[] x, float[] out, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = Math.abs(x[i]);
      }
    }

    private static void sign(float[] x, float[] out, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = Math.signum(x[i]);
      }
    }

    private static void add(float[] x, float[] y, float[] out, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = x[i] + y[i];
      }
    }

    private static void subtract(float[] x, float[] y, float[] out, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = x[i] - y[i];
      }
    }

    private static void multiply(float[] x, float[] y, float[] out, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = x[i] * y[i];
      }
    }

    private static void divide(float[] x, float[] y, float[] out, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = x[i] / y[i];
      }
    }

    private static void min(float[] x, float[] y, float[] out, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = Math.min(x[i], y[i]);
      }
    }

    private static void max(float[] x, float[] y, float[] out, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = Math.max(x[i], y[i]);
      }
    }

    private static void power(float[] x, float[] y, float[] out, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = BinaryOp.POWER.apply(x[i], y[i]);
      }
    }

    private static void less(
        float[] x, float[] y, float[] then, float[] otherwise, float[] out, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = x[i] < y[i] ? then[i] : otherwise[i];
      }
    }

    private static void lessOrEqual(
        float[] x, float[] y, float[] then, float[] otherwise, float[] out, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = x[i] <= y[i] ? then[i] : otherwise[i];
      }
    }

    private static void equal(
        float[] x, float[] y, float[] then, float[] otherwise, float[] out, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = x[i] == y[i] ? then[i] : otherwise[i];
      }
    }

    private static void sumLanes(float[] x, int n, float[] lanes) {
      for (int i = 0; i < n; i++) {
        lanes[i % Reductions.LANES] += x[i];
      }
    }

    private static void maxLanes(float[] x, int n, float[] lanes) {
      for (int i = 0; i < n; i++) {
        int lane = i % Reductions.LANES;
        lanes[lane] = Math.max(lanes[lane], x[i]);
      }
    }
  }
}
