package thalweg.kernels.vector;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.IntFunction;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import thalweg.memory.Float8;

/**
 * The part of a kernel that has to do with 8-bit buffers, in registers from codes to codes.
 *
 * <p>What a block's codes will be depends on its largest number, so there are two kernels: the
 * first computes the new numbers of 8-bit buffers and only leaves marks of how large they are; the
 * second computes them again, with all else, and writes their codes. That costs less than keeping
 * floats: stores that run four times as fast through memory as loads of codes do meet these, modulo
 * 4096 bytes, again and again, and processors take one for the other.
 *
 * <p>One step is one group of {@link Float8#GROUP} elements. What the elements of a block have in
 * common are scalars of the block, behind those of the pass, {@link #SCALARS} for each packed
 * buffer. Calls, even of small methods, would cost more than the arithmetic.
 */
final class Packing {
  /** Which of the two kernels. */
  enum Phase {
    MEASURE,
    UPDATE
  }

  /** Scalars of a block for each packed buffer. */
  static final int SCALARS = 8;

  private static final int MASK = 0;
  private static final int POWER = 1;
  private static final int SIZE = 2;
  private static final int INVERSE = 3;
  private static final int ADDED = 4;
  private static final int FLOOR = 5;
  private static final int LEAST = 6;
  private static final int SIGN = 7;

  private static final ClassDesc INTS = VectorEmitter.describe(IntVector.class);
  private static final ClassDesc FLOATS = VectorEmitter.describe(FloatVector.class);
  private static final ClassDesc VECTOR = VectorEmitter.describe(Vector.class);
  private static final ClassDesc MASKS = VectorEmitter.describe(VectorMask.class);
  private static final ClassDesc OPERATORS = VectorEmitter.describe(VectorOperators.class);
  private static final ClassDesc BINARY = VectorEmitter.describe(VectorOperators.Binary.class);
  private static final ClassDesc COMPARISON =
      VectorEmitter.describe(VectorOperators.Comparison.class);
  private static final MethodTypeDesc INT_OP = MethodTypeDesc.of(INTS, VECTOR);
  private static final MethodTypeDesc FLOAT_OP = MethodTypeDesc.of(FLOATS, VECTOR);
  private static final int MAGNITUDE = 0x7FFFFFFF;

  private final ClassDesc self;
  private final CodeBuilder code;
  private final Frame frame;
  private final Phase phase;
  private final int lanes;
  private final List<Integer> read;
  private final List<Integer> written;
  private final IntFunction<Integer> scalars; // buffer * SCALARS + scalar
  private final IntFunction<Integer> words; // buffer * vectors of a group + vector
  private final IntFunction<Integer> made; // likewise, the words to be
  private final IntFunction<Integer> largest; // by buffer
  private final IntFunction<Integer> all; // by buffer
  private final int x;

  /**
   * @param lanes of a vector; at most the words of a group
   * @param read the 8-bit buffers that are loaded
   * @param written those that are stored
   */
  Packing(
      ClassDesc self,
      CodeBuilder code,
      Frame frame,
      Phase phase,
      int lanes,
      List<Integer> read,
      List<Integer> written) {
    this.self = self;
    this.code = code;
    this.frame = frame;
    this.phase = phase;
    this.lanes = lanes;
    this.read = read;
    this.written = written;
    scalars = Frame.locals(code, TypeKind.REFERENCE);
    words = Frame.locals(code, TypeKind.REFERENCE);
    made = Frame.locals(code, TypeKind.REFERENCE);
    largest = Frame.locals(code, TypeKind.REFERENCE);
    all = Frame.locals(code, TypeKind.REFERENCE);
    x = code.allocateLocal(TypeKind.REFERENCE);
  }

  /** Writes the scalars of one buffer and block by which its codes are read. */
  static void reading(float scale, float[] scalars, int at) {
    scalars[at + MASK] = Float.intBitsToFloat(Float8.mask(scale));
    scalars[at + POWER] = Float8.power(scale);
    scalars[at + SIZE] = Math.abs(scale);
  }

  /** Writes those by which its codes are written. */
  static void writing(float scale, float[] scalars, int at) {
    scalars[at + INVERSE] = Float8.inverse(scale);
    scalars[at + ADDED] = Float.intBitsToFloat(Float8.added(scale));
    scalars[at + FLOOR] = Float.intBitsToFloat(scale < 0 ? 0 : Float8.LEAST);
    scalars[at + LEAST] = Float.intBitsToFloat(scale < 0 ? Float8.LEAST : 0);
    scalars[at + SIGN] = Float.intBitsToFloat(scale < 0 ? 0x80 : 0);
  }

  /** At the beginning of each block. */
  void enterBlock() {
    for (int buffer : read) {
      ints(buffer, MASK);
      floats(buffer, POWER);
      floats(buffer, SIZE);
    }
    for (int buffer : written) {
      switch (phase) {
        case MEASURE -> {
          zero(largest.apply(buffer));
          zero(all.apply(buffer));
        }
        case UPDATE -> {
          floats(buffer, INVERSE);
          ints(buffer, ADDED);
          ints(buffer, FLOOR);
          ints(buffer, LEAST);
          ints(buffer, SIGN);
        }
      }
    }
  }

  private void zero(int local) {
    code.getstatic(self, "INTS", VectorEmitter.SPECIES)
        .invokestatic(INTS, "zero", MethodTypeDesc.of(INTS, VectorEmitter.SPECIES))
        .astore(local);
  }

  private void floats(int buffer, int scalar) {
    pushBroadcast(buffer, scalar);
    code.astore(scalars.apply(buffer * SCALARS + scalar));
  }

  private void ints(int buffer, int scalar) {
    pushBroadcast(buffer, scalar);
    code.invokevirtual(FLOATS, "reinterpretAsInts", MethodTypeDesc.of(INTS))
        .astore(scalars.apply(buffer * SCALARS + scalar));
  }

  private void pushBroadcast(int buffer, int scalar) {
    code.getstatic(self, "SPECIES", VectorEmitter.SPECIES);
    frame.pushScalarOfBlock(buffer, scalar);
    code.invokestatic(
        FLOATS, "broadcast", MethodTypeDesc.of(FLOATS, VectorEmitter.SPECIES, CD_float));
  }

  private void push(int buffer, int scalar) {
    code.aload(scalars.apply(buffer * SCALARS + scalar));
  }

  private int vectors() {
    return Float8.WORDS / lanes;
  }

  /** At the beginning of each step: the words of its group. */
  void enterStep() {
    for (int buffer : read) {
      for (int vector = 0; vector < vectors(); vector++) {
        code.getstatic(self, "INTS", VectorEmitter.SPECIES);
        frame.pushCodes(buffer, vector * lanes * Integer.BYTES);
        code.getstatic(self, "ORDER", VectorEmitter.BYTE_ORDER)
            .invokestatic(
                INTS,
                "fromMemorySegment",
                MethodTypeDesc.of(
                    INTS, VectorEmitter.SPECIES, Frame.SEGMENT, CD_long, VectorEmitter.BYTE_ORDER))
            .astore(words.apply(buffer * vectors() + vector));
      }
    }
  }

  /** Pushes the floats of one vector of the group. */
  void load(int buffer, int copy) {
    int quarter = copy / vectors();
    code.aload(words.apply(buffer * vectors() + copy % vectors()));
    if (quarter < Integer.BYTES - 1) {
      shift("LSHL", Integer.SIZE - Byte.SIZE * (quarter + 1));
    }
    shift("ASHR", Integer.SIZE - Byte.SIZE - Float8.SHIFT);
    push(buffer, MASK);
    code.invokevirtual(INTS, "and", INT_OP)
        .invokevirtual(INTS, "reinterpretAsFloats", MethodTypeDesc.of(FLOATS));
    push(buffer, POWER);
    code.invokevirtual(FLOATS, "mul", FLOAT_OP);
    push(buffer, SIZE);
    code.invokevirtual(FLOATS, "mul", FLOAT_OP);
  }

  /** Stack: the new floats of one vector of the group. */
  void store(int buffer, int copy) {
    code.invokevirtual(FLOATS, "reinterpretAsInts", MethodTypeDesc.of(INTS)).astore(x);
    switch (phase) {
      case MEASURE -> measure(buffer);
      case UPDATE -> encode(buffer, copy);
    }
  }

  private void measure(int buffer) {
    code.aload(all.apply(buffer))
        .aload(x)
        .invokevirtual(INTS, "or", INT_OP)
        .astore(all.apply(buffer));
    code.aload(largest.apply(buffer));
    pushMagnitude();
    code.invokevirtual(INTS, "max", INT_OP).astore(largest.apply(buffer));
  }

  private void pushMagnitude() {
    code.aload(x)
        .loadConstant(MAGNITUDE)
        .invokevirtual(INTS, "and", MethodTypeDesc.of(INTS, CD_int));
  }

  private void encode(int buffer, int copy) {
    int quarter = copy / vectors();
    int word = made.apply(buffer * vectors() + copy % vectors());
    pushMagnitude();
    code.dup().invokevirtual(INTS, "reinterpretAsFloats", MethodTypeDesc.of(FLOATS));
    push(buffer, INVERSE);
    code.invokevirtual(FLOATS, "mul", FLOAT_OP)
        .invokevirtual(FLOATS, "reinterpretAsInts", MethodTypeDesc.of(INTS));
    push(buffer, ADDED);
    code.invokevirtual(INTS, "add", INT_OP);
    shift("ASHR", Float8.SHIFT);
    code.swap(); // stack: code, magnitude
    push(buffer, FLOOR);
    code.invokevirtual(INTS, "min", INT_OP).invokevirtual(INTS, "max", INT_OP).dup();
    code.getstatic(self, "INTS", VectorEmitter.SPECIES)
        .invokestatic(INTS, "zero", MethodTypeDesc.of(INTS, VectorEmitter.SPECIES))
        .swap() // stack: code, zero, code
        .getstatic(OPERATORS, "LT", COMPARISON);
    push(buffer, LEAST);
    code.invokevirtual(INTS, "compare", MethodTypeDesc.of(MASKS, COMPARISON, VECTOR))
        .invokevirtual(INTS, "blend", MethodTypeDesc.of(INTS, VECTOR, MASKS))
        .aload(x);
    shift("LSHR", Integer.SIZE - Byte.SIZE);
    push(buffer, SIGN);
    code.invokevirtual(INTS, "and", INT_OP).invokevirtual(INTS, "or", INT_OP);
    if (quarter > 0) {
      shift("LSHL", Byte.SIZE * quarter);
      code.aload(word).invokevirtual(INTS, "or", INT_OP);
    }
    code.astore(word);
  }

  /** At the end of each step: the words of its group. */
  void leaveStep() {
    if (phase == Phase.UPDATE) {
      for (int buffer : written) {
        for (int vector = 0; vector < vectors(); vector++) {
          code.aload(made.apply(buffer * vectors() + vector));
          frame.pushCodes(buffer, vector * lanes * Integer.BYTES);
          write();
        }
      }
    }
  }

  /** At the end of each block: its marks. */
  void leaveBlock() {
    if (phase == Phase.MEASURE) {
      for (int buffer : written) {
        code.aload(largest.apply(buffer));
        frame.pushMark(buffer, 0);
        write();
        code.aload(all.apply(buffer));
        frame.pushMark(buffer, Layout.MARK_BYTES / 2);
        write();
      }
    }
  }

  private void write() {
    code.getstatic(self, "ORDER", VectorEmitter.BYTE_ORDER)
        .invokevirtual(
            INTS,
            "intoMemorySegment",
            MethodTypeDesc.of(CD_void, Frame.SEGMENT, CD_long, VectorEmitter.BYTE_ORDER));
  }

  private void shift(String operator, int bits) {
    code.getstatic(OPERATORS, operator, BINARY)
        .loadConstant(bits)
        .invokevirtual(INTS, "lanewise", MethodTypeDesc.of(INTS, BINARY, CD_int));
  }
}
