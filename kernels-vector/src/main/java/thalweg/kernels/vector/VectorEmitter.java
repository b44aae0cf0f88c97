package thalweg.kernels.vector;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.jspecify.annotations.Nullable;
import thalweg.execute.Reductions;
import thalweg.formula.BinaryOp;
import thalweg.formula.Comparison;
import thalweg.formula.Reduction;
import thalweg.formula.UnaryOp;
import thalweg.plan.Op;
import thalweg.plan.Pass;

/**
 * Emits one part of a pass as a loop of vector instructions over whole steps; what is left over is
 * {@link ScalarEmitter}'s.
 *
 * <p>One step is {@code copies} vectors, one after the other in the loop's body. With a reduction,
 * a step is always the 16 lanes of {@link Reductions}: each copy has its own accumulator, so that
 * the order of every sum is the same for every vector length.
 */
final class VectorEmitter {
  private static final ClassDesc FLOATS = Constants.FLOATS;
  private static final ClassDesc VECTOR = Constants.describe(Vector.class);
  private static final ClassDesc MASK = Constants.describe(VectorMask.class);
  private static final ClassDesc OPERATORS = Constants.describe(VectorOperators.class);
  private static final ClassDesc COMPARISON = Constants.describe(VectorOperators.Comparison.class);
  private static final MethodTypeDesc UNARY = MethodTypeDesc.of(FLOATS);
  private static final MethodTypeDesc BINARY = MethodTypeDesc.of(FLOATS, VECTOR);

  private final Constants constants;
  private final Pass pass;
  private final Split.Part part;
  private final Layout layout;
  private final int length; // floats of one vector
  private final int copies; // vectors of one step
  private final CodeBuilder code;
  private final Frame frame;
  private final Map<Float, Integer> spread = new HashMap<>();
  private final IntFunction<Integer> shared; // scalars, the same for all copies
  private final IntFunction<Integer> accumulators; // slot * copies + copy
  private final @Nullable Packing packing;
  private IntFunction<Integer> values; // of the copy being emitted

  VectorEmitter(
      ClassDesc self,
      Pass pass,
      Split.Part part,
      Layout layout,
      int length,
      int copies,
      CodeBuilder code) {
    this.constants = new Constants(self);
    this.pass = pass;
    this.part = part;
    this.layout = layout;
    this.length = length;
    this.copies = copies;
    this.code = code;
    this.frame = new Frame(code, pass, layout, constants);
    this.shared = Frame.locals(code, TypeKind.REFERENCE);
    this.accumulators = Frame.locals(code, TypeKind.REFERENCE);
    this.values = Frame.locals(code, TypeKind.REFERENCE);
    this.packing =
        layout.packed().isEmpty()
            ? null
            : new Packing(
                constants,
                code,
                frame,
                layout,
                layout.packed().stream().filter(pass::reads).toList(),
                layout.packed().stream().filter(pass::writes).toList());
  }

  /** Emits the method's code. Its element count must be a multiple of a step. */
  void emit() {
    frame.enter(part);
    for (int i : part.spreads()) {
      species();
      frame.pushScalar(((Op.Spread) pass.ops().get(i)).slot());
      broadcast();
      code.astore(shared.apply(i));
    }
    for (int i : part.ops()) {
      switch (pass.ops().get(i)) {
        case Op.Unary(UnaryOp op, int _) when op == UnaryOp.SIGN -> {
          constant(0);
          constant(1);
          constant(-1);
        }
        case Op.Reduce(Reduction kind, int _, int slot) -> {
          for (int copy = 0; copy < copies; copy++) {
            code.aload(identity(kind)).astore(accumulators.apply(slot * copies + copy));
          }
        }
        default -> {}
      }
    }
    if (packing == null) {
      frame.loop(copies * length, this::step);
    } else {
      frame.blocks(
          part,
          () -> {
            packing.enterBlock();
            frame.loop(copies * length, this::step);
            packing.leaveBlock();
          });
    }
    for (int i : part.ops()) {
      if (pass.ops().get(i) instanceof Op.Reduce(Reduction kind, int _, int slot)) {
        for (int copy = 0; copy < copies; copy++) {
          code.aload(identity(kind));
          accumulate(kind, accumulators.apply(slot * copies + copy));
          frame.pushFixed(layout.lanes(slot) + copy * length * Float.BYTES);
          write();
        }
      }
    }
    code.return_();
  }

  private void step() {
    for (int copy = 0; copy < copies; copy++) {
      values = Frame.locals(code, TypeKind.REFERENCE);
      int skipped = copy * length * Float.BYTES;
      for (int i : part.loads()) {
        load(i, ((Op.Load) pass.ops().get(i)).buffer(), skipped);
      }
      part.fills()
          .forEach((i, slot) -> {
            species();
            frame.pushSpill(slot, skipped);
            read(i);
          });
      for (int i : part.loads()) {
        spill(i, skipped);
      }
      for (int i : part.ops()) {
        instruction(i, copy, skipped);
        spill(i, skipped);
      }
    }
  }

  private void load(int i, int buffer, int skipped) {
    if (packing != null && layout.isPacked(buffer)) {
      packing.load(buffer);
      keep(i);
    } else {
      species();
      frame.pushBuffer(buffer, skipped);
      read(i);
    }
  }

  private void spill(int i, int skipped) {
    Integer slot = part.spilled().get(i);
    if (slot != null) {
      push(i);
      frame.pushSpill(slot, skipped);
      write();
    }
  }

  private void instruction(int i, int copy, int skipped) {
    switch (pass.ops().get(i)) {
      case Op.Load _, Op.Spread _ -> throw new IllegalStateException("a load among instructions");
      case Op.Unary(UnaryOp op, int x) -> {
        push(x);
        switch (op) {
          case NEGATE -> code.invokevirtual(FLOATS, "neg", UNARY);
          case SQRT -> code.invokevirtual(FLOATS, "sqrt", UNARY);
          case ABS -> code.invokevirtual(FLOATS, "abs", UNARY);
          case SIGN -> {
            code.aload(constant(1)).aload(constant(0));
            comparison("LT");
            push(x);
            compare();
            blend();
            constants.knownFloats(code);
            code.aload(constant(-1));
            push(x);
            comparison("LT");
            code.aload(constant(0));
            compare();
            blend();
          }
        }
        keep(i);
      }
      case Op.Binary(BinaryOp op, int x, int y) -> {
        push(x);
        push(y);
        String name =
            switch (op) {
              case ADD -> "add";
              case SUBTRACT -> "sub";
              case MULTIPLY -> "mul";
              case DIVIDE -> "div";
              case MIN -> "min";
              case MAX -> "max";
              case POWER -> throw new IllegalStateException("a power has no exact vector form");
            };
        code.invokevirtual(FLOATS, name, BINARY);
        keep(i);
      }
      case Op.Select(Comparison comparison, int x, int y, int then, int otherwise) -> {
        push(otherwise);
        push(then);
        push(x);
        comparison(
            switch (comparison) {
              case LESS -> "LT";
              case LESS_OR_EQUAL -> "LE";
              case EQUAL -> "EQ";
            });
        push(y);
        compare();
        blend();
        keep(i);
      }
      case Op.Store(int buffer, int x) -> {
        push(x);
        if (packing != null && layout.isPacked(buffer)) {
          frame.pushPack(buffer, skipped);
        } else {
          frame.pushBuffer(buffer, skipped);
        }
        write();
      }
      case Op.Reduce(Reduction kind, int x, int slot) -> {
        int accumulator = accumulators.apply(slot * copies + copy);
        push(x);
        accumulate(kind, accumulator);
        code.astore(accumulator);
      }
    }
  }

  private int identity(Reduction kind) {
    return constant((float) kind.identity());
  }

  /**
   * Reduces the vector on the stack and an accumulator. The JIT does not know the class of what a
   * loop hands on and cannot look into its methods, so it must be the argument, after the loop too.
   */
  private void accumulate(Reduction kind, int accumulator) {
    code.aload(accumulator);
    String name =
        switch (kind) {
          case SUM -> "add";
          case MAX -> "max";
        };
    code.invokevirtual(FLOATS, name, BINARY);
    constants.knownFloats(code);
  }

  private void keep(int value) {
    constants.knownFloats(code);
    code.astore(values.apply(value));
  }

  private void push(int x) {
    code.aload(pass.ops().get(x) instanceof Op.Spread ? shared.apply(x) : values.apply(x));
  }

  /** Broadcasts a constant; the first call for each must come before the loop. */
  private int constant(float value) {
    return spread.computeIfAbsent(
        value,
        _ -> {
          int local = code.allocateLocal(TypeKind.REFERENCE);
          species();
          code.loadConstant(value);
          broadcast();
          code.astore(local);
          return local;
        });
  }

  private void species() {
    constants.species(code);
  }

  private void order() {
    constants.order(code);
  }

  private void broadcast() {
    code.invokestatic(FLOATS, "broadcast", MethodTypeDesc.of(FLOATS, Constants.SPECIES, CD_float));
    constants.knownFloats(code);
  }

  private void read(int value) {
    order();
    code.invokestatic(
        FLOATS,
        "fromMemorySegment",
        MethodTypeDesc.of(FLOATS, Constants.SPECIES, Frame.SEGMENT, CD_long, Constants.BYTE_ORDER));
    keep(value);
  }

  private void write() {
    order();
    code.invokevirtual(
        FLOATS,
        "intoMemorySegment",
        MethodTypeDesc.of(CD_void, Frame.SEGMENT, CD_long, Constants.BYTE_ORDER));
  }

  private void comparison(String operator) {
    code.getstatic(OPERATORS, operator, COMPARISON);
  }

  private void compare() {
    code.invokevirtual(FLOATS, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
  }

  private void blend() {
    code.invokevirtual(FLOATS, "blend", MethodTypeDesc.of(FLOATS, VECTOR, MASK));
  }
}
