package thalweg.kernels.vector;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.ValueLayout;
import java.util.function.IntFunction;
import thalweg.execute.Reductions;
import thalweg.formula.BinaryOp;
import thalweg.formula.Comparison;
import thalweg.formula.Reduction;
import thalweg.formula.UnaryOp;
import thalweg.plan.Op;
import thalweg.plan.Pass;

/**
 * Emits one part of a pass as a loop over single elements: the few that fill no vector, or all of
 * them where an instruction has no exact vector form.
 */
final class ScalarEmitter {
  private static final ClassDesc FLOAT_LAYOUT =
      ValueLayout.OfFloat.class.describeConstable().orElseThrow();
  private static final ClassDesc LAYOUTS = ValueLayout.class.describeConstable().orElseThrow();
  private static final ClassDesc MATH = Math.class.describeConstable().orElseThrow();
  private static final ClassDesc STRICT_MATH = StrictMath.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc FLOAT_OF_FLOAT = MethodTypeDesc.of(CD_float, CD_float);
  private static final MethodTypeDesc FLOAT_OF_FLOATS =
      MethodTypeDesc.of(CD_float, CD_float, CD_float);

  private final Pass pass;
  private final Split.Part part;
  private final CodeBuilder code;
  private final Frame frame;
  private final IntFunction<Integer> values;

  ScalarEmitter(Constants constants, Pass pass, Split.Part part, Layout layout, CodeBuilder code) {
    this.pass = pass;
    this.part = part;
    this.code = code;
    this.frame = new Frame(code, pass, layout, constants);
    this.values = Frame.locals(code, TypeKind.FLOAT);
  }

  /** Emits the method's code. */
  void emit() {
    frame.enter(part);
    for (int i : part.spreads()) {
      frame.pushScalar(((Op.Spread) pass.ops().get(i)).slot());
      code.fstore(values.apply(i));
    }
    frame.loop(1, this::step);
    code.return_();
  }

  private void step() {
    for (int i : part.loads()) {
      frame.pushBuffer(((Op.Load) pass.ops().get(i)).buffer(), 0);
      read();
      code.fstore(values.apply(i));
    }
    part.fills()
        .forEach((i, slot) -> {
          frame.pushSpill(slot, 0);
          read();
          code.fstore(values.apply(i));
        });
    for (int i : part.loads()) {
      spill(i);
    }
    for (int i : part.ops()) {
      instruction(i);
      spill(i);
    }
  }

  private void spill(int i) {
    Integer slot = part.spilled().get(i);
    if (slot != null) {
      frame.pushSpill(slot, 0);
      write(() -> push(i));
    }
  }

  private void instruction(int i) {
    switch (pass.ops().get(i)) {
      case Op.Load _, Op.Spread _ -> throw new IllegalStateException("a load among instructions");
      case Op.Unary(UnaryOp op, int x) -> {
        push(x);
        unary(op);
        code.fstore(values.apply(i));
      }
      case Op.Binary(BinaryOp op, int x, int y) -> {
        binary(op, x, y);
        code.fstore(values.apply(i));
      }
      case Op.Select(Comparison comparison, int x, int y, int then, int otherwise) -> {
        push(x);
        push(y);
        Label no = code.newLabel();
        Label end = code.newLabel();
        // Each compares so that NaN goes to "otherwise".
        switch (comparison) {
          case LESS -> code.fcmpg().ifge(no);
          case LESS_OR_EQUAL -> code.fcmpg().ifgt(no);
          case EQUAL -> code.fcmpl().ifne(no);
        }
        push(then);
        code.goto_(end).labelBinding(no);
        push(otherwise);
        code.labelBinding(end).fstore(values.apply(i));
      }
      case Op.Store(int buffer, int x) -> {
        frame.pushBuffer(buffer, 0);
        write(() -> push(x));
      }
      case Op.Reduce(Reduction kind, int x, int slot) -> {
        frame.pushLane(slot, Reductions.LANES);
        write(() -> {
          frame.pushLane(slot, Reductions.LANES);
          read();
          push(x);
          switch (kind) {
            case SUM -> code.fadd();
            case MAX -> code.invokestatic(MATH, "max", FLOAT_OF_FLOATS);
          }
        });
      }
    }
  }

  private void unary(UnaryOp op) {
    switch (op) {
      case NEGATE -> code.fneg();
      case SQRT ->
          code.f2d().invokestatic(MATH, "sqrt", MethodTypeDesc.of(CD_double, CD_double)).d2f();
      case ABS -> code.invokestatic(MATH, "abs", FLOAT_OF_FLOAT);
      case SIGN -> code.invokestatic(MATH, "signum", FLOAT_OF_FLOAT);
    }
  }

  private void binary(BinaryOp op, int x, int y) {
    push(x);
    if (op == BinaryOp.POWER) {
      code.f2d();
    }
    push(y);
    switch (op) {
      case ADD -> code.fadd();
      case SUBTRACT -> code.fsub();
      case MULTIPLY -> code.fmul();
      case DIVIDE -> code.fdiv();
      case MIN -> code.invokestatic(MATH, "min", FLOAT_OF_FLOATS);
      case MAX -> code.invokestatic(MATH, "max", FLOAT_OF_FLOATS);
      case POWER ->
          code.f2d()
              .invokestatic(STRICT_MATH, "pow", MethodTypeDesc.of(CD_double, CD_double, CD_double))
              .d2f();
    }
  }

  private void push(int x) {
    code.fload(values.apply(x));
  }

  /** Stack: segment, offset. Leaves the float there. */
  private void read() {
    // The layout belongs between the two.
    swapInLayout();
    code.invokeinterface(Frame.SEGMENT, "get", MethodTypeDesc.of(CD_float, FLOAT_LAYOUT, CD_long));
  }

  /** Stack: segment, offset. Writes the float that {@code value} pushes there. */
  private void write(Runnable value) {
    swapInLayout();
    value.run();
    code.invokeinterface(
        Frame.SEGMENT, "set", MethodTypeDesc.of(CD_void, FLOAT_LAYOUT, CD_long, CD_float));
  }

  private void swapInLayout() {
    code.getstatic(LAYOUTS, "JAVA_FLOAT_UNALIGNED", FLOAT_LAYOUT).dup_x2().pop();
  }
}
