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
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import thalweg.memory.Float8;

/**
 * The part of a kernel that has to do with 8-bit buffers, one block of {@link Float8#BLOCK}
 * elements at a time: codes become floats in registers. New floats go to scratch memory and become
 * codes at the end of the block ({@link Float8Stage#encode}), for only then its scale is known.
 *
 * <p>One step is one vector: with more of them, a formula such as Adam's is too much for the JIT to
 * look into all of it.
 */
final class Packing {
  private static final ClassDesc INTS = Constants.INTS;
  private static final ClassDesc FLOATS = Constants.FLOATS;
  private static final ClassDesc VECTOR = Constants.describe(Vector.class);
  private static final ClassDesc OPERATORS = Constants.describe(VectorOperators.class);
  private static final ClassDesc BINARY = Constants.describe(VectorOperators.Binary.class);
  private static final ClassDesc STAGE = Constants.describe(Float8Stage.class);
  private static final ClassDesc FLOAT8 = Constants.describe(Float8.class);
  private static final MethodTypeDesc SHIFT = MethodTypeDesc.of(INTS, BINARY, CD_int);
  private static final MethodTypeDesc INT_OP = MethodTypeDesc.of(INTS, VECTOR);
  private static final MethodTypeDesc FLOAT_OP = MethodTypeDesc.of(FLOATS, VECTOR);

  private final Constants constants;
  private final CodeBuilder code;
  private final Frame frame;
  private final Layout layout;
  private final List<Integer> read;
  private final List<Integer> written;
  private final IntFunction<Integer> masks; // by buffer, as the others
  private final IntFunction<Integer> powers;
  private final IntFunction<Integer> sizes;
  private final int scale;

  /**
   * @param read the 8-bit buffers that are loaded
   * @param written those that are stored
   */
  Packing(
      Constants constants,
      CodeBuilder code,
      Frame frame,
      Layout layout,
      List<Integer> read,
      List<Integer> written) {
    this.constants = constants;
    this.code = code;
    this.frame = frame;
    this.layout = layout;
    this.read = read;
    this.written = written;
    masks = Frame.locals(code, TypeKind.REFERENCE);
    powers = Frame.locals(code, TypeKind.REFERENCE);
    sizes = Frame.locals(code, TypeKind.REFERENCE);
    scale = code.allocateLocal(TypeKind.FLOAT);
  }

  /** At the beginning of each block: what its elements have in common. */
  void enterBlock() {
    for (int buffer : read) {
      frame.pushScales(buffer);
      frame.pushElement();
      code.invokestatic(STAGE, "scaleOf", MethodTypeDesc.of(CD_float, Frame.SEGMENT, CD_long))
          .fstore(scale);
      constants.ints(code);
      code.fload(scale);
      code.invokestatic(FLOAT8, "mask", MethodTypeDesc.of(CD_int, CD_float))
          .invokestatic(INTS, "broadcast", MethodTypeDesc.of(INTS, Constants.SPECIES, CD_int));
      constants.knownInts(code);
      code.astore(masks.apply(buffer));
      broadcast(FLOAT8, "power", powers.apply(buffer));
      broadcast(Constants.describe(Math.class), "abs", sizes.apply(buffer));
    }
  }

  private void broadcast(ClassDesc owner, String ofScale, int local) {
    constants.species(code);
    code.fload(scale);
    code.invokestatic(owner, ofScale, MethodTypeDesc.of(CD_float, CD_float))
        .invokestatic(FLOATS, "broadcast", MethodTypeDesc.of(FLOATS, Constants.SPECIES, CD_float));
    constants.knownFloats(code);
    code.astore(local);
  }

  /** Pushes the floats of the current vector of elements. */
  void load(int buffer) {
    constants.ints(code);
    frame.pushCodes(buffer);
    constants.order(code);
    code.invokestatic(
        INTS,
        "fromMemorySegment",
        MethodTypeDesc.of(INTS, Constants.SPECIES, Frame.SEGMENT, CD_long, Constants.BYTE_ORDER));
    constants.knownInts(code);
    // the byte of the current quarter to the left, then to its place
    code.getstatic(OPERATORS, "LSHL", BINARY).loadConstant(Integer.SIZE - Byte.SIZE);
    frame.pushQuarter();
    code.loadConstant(Byte.SIZE).imul().isub().invokevirtual(INTS, "lanewise", SHIFT);
    code.getstatic(OPERATORS, "ASHR", BINARY)
        .loadConstant(Integer.SIZE - Byte.SIZE - Float8.SHIFT)
        .invokevirtual(INTS, "lanewise", SHIFT)
        .aload(masks.apply(buffer))
        .invokevirtual(INTS, "and", INT_OP)
        .invokevirtual(INTS, "reinterpretAsFloats", MethodTypeDesc.of(FLOATS));
    constants.knownFloats(code);
    code.aload(powers.apply(buffer))
        .invokevirtual(FLOATS, "mul", FLOAT_OP)
        .aload(sizes.apply(buffer))
        .invokevirtual(FLOATS, "mul", FLOAT_OP);
  }

  /** At the end of each block: its new floats become codes. */
  void leaveBlock() {
    // the scales first: a division takes its time, so something else had better go on meanwhile
    for (int buffer : written) {
      frame.pushScales(buffer);
      frame.pushElement();
      frame.pushFixed(layout.pack(buffer));
      code.invokestatic(
          STAGE,
          "measure",
          MethodTypeDesc.of(CD_void, Frame.SEGMENT, CD_long, Frame.SEGMENT, CD_long));
    }
    for (int buffer : written) {
      frame.pushWhole(buffer);
      frame.pushScales(buffer);
      frame.pushElement();
      frame.pushFixed(layout.pack(buffer));
      code.invokestatic(
          STAGE,
          "encode",
          MethodTypeDesc.of(
              CD_void, Frame.SEGMENT, Frame.SEGMENT, CD_long, Frame.SEGMENT, CD_long));
    }
  }
}
