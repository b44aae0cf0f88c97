package thalweg.kernels.vector;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CLASS_INIT_NAME;
import static java.lang.constant.ConstantDescs.DEFAULT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The constants of a generated class: its species, the order of bytes, and the classes of what its
 * methods work on.
 *
 * <p>Those classes are said where a vector or a segment comes from ({@code Class.cast}, nothing
 * once compiled): else the JIT has to guess them from what earlier calls met, and in a JVM whose
 * guesses have often been wrong it no longer does, calls the vector's methods, and so needs it as
 * an object.
 *
 * @param self the generated class
 */
record Constants(ClassDesc self) {
  static final ClassDesc SPECIES = describe(VectorSpecies.class);
  static final ClassDesc BYTE_ORDER = describe(ByteOrder.class);
  static final ClassDesc FLOATS = describe(FloatVector.class);
  static final ClassDesc INTS = describe(IntVector.class);

  private static final MethodTypeDesc CAST = MethodTypeDesc.of(CD_Object, CD_Object);

  static ClassDesc describe(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  /** Adds the fields and what sets them. The class data must be the species. */
  void declare(ClassBuilder type) {
    type.withField("SPECIES", SPECIES, ACC_STATIC | ACC_FINAL);
    type.withField("INTS", SPECIES, ACC_STATIC | ACC_FINAL);
    type.withField("ORDER", BYTE_ORDER, ACC_STATIC | ACC_FINAL);
    type.withField("FLOAT_VECTOR", CD_Class, ACC_STATIC | ACC_FINAL);
    type.withField("INT_VECTOR", CD_Class, ACC_STATIC | ACC_FINAL);
    type.withField("SEGMENT", CD_Class, ACC_STATIC | ACC_FINAL);
    type.withMethodBody(CLASS_INIT_NAME, MTD_void, ACC_STATIC, this::initialize);
  }

  private void initialize(CodeBuilder code) {
    code.ldc(DynamicConstantDesc.ofNamed(ConstantDescs.BSM_CLASS_DATA, DEFAULT_NAME, SPECIES))
        .dup()
        .putstatic(self, "SPECIES", SPECIES);
    vectorType(code, "FLOAT_VECTOR");
    species(code);
    code.ldc(CD_int)
        .invokeinterface(SPECIES, "withLanes", MethodTypeDesc.of(SPECIES, CD_Class))
        .dup()
        .putstatic(self, "INTS", SPECIES);
    vectorType(code, "INT_VECTOR");
    code.invokestatic(BYTE_ORDER, "nativeOrder", MethodTypeDesc.of(BYTE_ORDER))
        .putstatic(self, "ORDER", BYTE_ORDER)
        .getstatic(describe(MemorySegment.class), "NULL", describe(MemorySegment.class))
        .invokevirtual(CD_Object, "getClass", MethodTypeDesc.of(CD_Class))
        .putstatic(self, "SEGMENT", CD_Class)
        .return_();
  }

  private void vectorType(CodeBuilder code, String field) {
    code.invokeinterface(SPECIES, "vectorType", MethodTypeDesc.of(CD_Class))
        .putstatic(self, field, CD_Class);
  }

  /** Pushes the species of floats. */
  void species(CodeBuilder code) {
    code.getstatic(self, "SPECIES", SPECIES);
  }

  /** Pushes the species of ints, with as many lanes. */
  void ints(CodeBuilder code) {
    code.getstatic(self, "INTS", SPECIES);
  }

  /** Pushes the order of bytes. */
  void order(CodeBuilder code) {
    code.getstatic(self, "ORDER", BYTE_ORDER);
  }

  /** Says the class of the vector of floats on the stack. */
  void knownFloats(CodeBuilder code) {
    known(code, "FLOAT_VECTOR");
    code.checkcast(FLOATS);
  }

  /** Says the class of the vector of ints on the stack. */
  void knownInts(CodeBuilder code) {
    known(code, "INT_VECTOR");
    code.checkcast(INTS);
  }

  /** Says the class of the native segment on the stack. */
  void knownSegment(CodeBuilder code) {
    known(code, "SEGMENT");
    code.checkcast(Frame.SEGMENT);
  }

  private void known(CodeBuilder code, String field) {
    code.getstatic(self, field, CD_Class).swap().invokevirtual(CD_Class, "cast", CAST);
  }
}
