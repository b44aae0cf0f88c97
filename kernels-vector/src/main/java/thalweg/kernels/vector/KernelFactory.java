package thalweg.kernels.vector;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import jdk.incubator.vector.VectorSpecies;
import thalweg.execute.Reductions;
import thalweg.formula.BinaryOp;
import thalweg.memory.Float8;
import thalweg.plan.Op;
import thalweg.plan.Pass;

/**
 * Compiles passes to hidden classes for one vector length.
 *
 * @param species the vectors to use
 * @param copies vectors of one step of the loop, where no reduction decides it
 * @param budget greatest weight of one method, see {@link Split}
 */
record KernelFactory(VectorSpecies<Float> species, int copies, int budget) {
  /** With 512-bit vectors there are registers enough for two vectors at a time. */
  static final int COPIES = 2;

  private static final int WIDE = 16;
  static final int BUDGET = 130;

  /** The weight of decoding and encoding one 8-bit buffer. */
  private static final int DECODING = 5;

  /** Most bytes of a generated method: the JIT leaves methods above 8000 to the interpreter. */
  static final int MOST_BYTES = 6000;

  private static final ClassDesc KERNEL = Kernel.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void,
          Frame.SEGMENT.arrayType(),
          CD_float.arrayType(),
          Frame.SEGMENT,
          CD_int,
          CD_int,
          CD_int);

  /**
   * A kernel and what it expects of its caller.
   *
   * @param vectors whether it sets the lanes of its reductions itself; scalar code does not
   */
  record Compiled(Kernel kernel, Layout layout, boolean vectors) {}

  /** With the settings measured to be best. */
  static KernelFactory of(VectorSpecies<Float> species) {
    return new KernelFactory(species, species.length() >= WIDE ? COPIES : 1, BUDGET);
  }

  /** A class about to be generated. */
  private record Draft(Pass pass, Split split, Layout layout, boolean vectors, int step) {}

  /** Compiles a pass, some of whose buffers are staged in scratch memory. */
  Compiled compile(Pass pass, List<Integer> staged) {
    return compile(pass, staged, List.of());
  }

  /**
   * Compiles a pass that can be packed, see {@link #packs}. The kernel takes whole blocks of 256
   * elements only, and the segments of scales behind those of all buffers.
   *
   * @param packed its 8-bit buffers
   */
  Compiled compile(Pass pass, List<Integer> staged, List<Integer> packed) {
    try {
      if (!packed.isEmpty()) {
        Draft whole = packed(pass, staged, packed);
        return new Compiled(Generated.define(generate(whole), species, pass), whole.layout(), true);
      }
      Draft draft = draft(pass, staged, budget);
      byte[] bytes = generate(draft);
      // The JIT never compiles a method that is too long, so what was written is measured.
      for (int less = budget / 2; longest(bytes) > MOST_BYTES && less > 0; less /= 2) {
        draft = draft(pass, staged, less);
        bytes = generate(draft);
      }
      return new Compiled(Generated.define(bytes, species, pass), draft.layout(), draft.vectors());
    } catch (IllegalArgumentException | LinkageError | ReflectiveOperationException e) {
      throw Generated.failure(e, species, pass);
    }
  }

  private Draft draft(Pass pass, List<Integer> staged, int instructions) {
    boolean vectors = pass.ops().stream().noneMatch(KernelFactory::isScalarOnly);
    boolean reduces = pass.ops().stream().anyMatch(Op.Reduce.class::isInstance);
    boolean fitting = Split.weight(pass, copies) <= instructions; // rather than in several parts
    int vectorsOfAStep = reduces ? Reductions.LANES / species.length() : fitting ? copies : 1;
    Split split = Split.of(pass, vectorsOfAStep, instructions);
    int step = vectorsOfAStep * species.length();
    return new Draft(pass, split, Layout.of(pass, staged, List.of(), split), vectors, step);
  }

  private Draft packed(Pass pass, List<Integer> staged, List<Integer> packed) {
    Split split = Split.of(pass, 1, Integer.MAX_VALUE);
    return new Draft(pass, split, Layout.of(pass, staged, packed, split), true, species.length());
  }

  /**
   * Whether a kernel for this pass can decode and encode 8-bit buffers itself, with all of it in
   * one method.
   */
  boolean packs(Pass pass, List<Integer> staged, List<Integer> packed) {
    return !pass.strips()
        && pass.reductions().isEmpty()
        && pass.ops().stream().noneMatch(KernelFactory::isScalarOnly)
        && species.length() <= Float8.WORDS
        && Split.weight(pass, 1) + DECODING * packed.size() <= budget
        && longest(generate(packed(pass, staged, packed))) <= MOST_BYTES;
  }

  private byte[] generate(Draft draft) {
    ClassDesc self = ClassDesc.of(KernelFactory.class.getPackageName(), "GeneratedKernel");
    var hierarchy = ClassHierarchyResolver.ofClassLoading(KernelFactory.class.getClassLoader());
    return ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy))
        .build(self, type -> type(type, self, draft));
  }

  /** Bytes of the longest method that does arithmetic. */
  private static int longest(byte[] bytes) {
    return ClassFile.of().parse(bytes).methods().stream()
        .filter(method -> method.methodType().equalsString(Frame.METHOD.descriptorString()))
        .flatMap(method -> method.code().stream())
        .mapToInt(code -> ((CodeAttribute) code).codeLength())
        .max()
        .orElse(0);
  }

  private void type(ClassBuilder type, ClassDesc self, Draft draft) {
    Pass pass = draft.pass();
    Layout layout = draft.layout();
    boolean vectors = draft.vectors();
    int step = draft.step();
    type.withFlags(ACC_FINAL).withInterfaceSymbols(KERNEL);
    new Constants(self).declare(type);
    type.withMethodBody(
        INIT_NAME,
        MTD_void,
        ACC_PUBLIC,
        code -> code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_());
    List<Split.Part> parts = draft.split().parts();
    type.withMethodBody(
        "run",
        RUN,
        ACC_PUBLIC,
        code -> run(code, self, parts.size(), layout.packed().isEmpty(), vectors, step));
    for (int p = 0; p < parts.size(); p++) {
      Split.Part part = parts.get(p);
      if (vectors) {
        type.withMethodBody(
            "vector" + p,
            Frame.METHOD,
            ACC_STATIC,
            code ->
                new VectorEmitter(
                        self, pass, part, layout, species.length(), step / species.length(), code)
                    .emit());
      }
      if (!layout.packed().isEmpty()) {
        continue;
      }
      type.withMethodBody(
          "scalar" + p,
          Frame.METHOD,
          ACC_STATIC,
          code -> new ScalarEmitter(new Constants(self), pass, part, layout, code).emit());
    }
  }

  /** Whether an instruction has no vector form that gives the same bits. */
  private static boolean isScalarOnly(Op op) {
    return op instanceof Op.Binary(BinaryOp kind, int _, int _) && kind == BinaryOp.POWER;
  }

  /**
   * Calls the parts in order: whole steps first, then, if anything is left over, single elements.
   *
   * @param rest whether anything may be left over
   */
  private static void run(
      CodeBuilder code, ClassDesc self, int parts, boolean rest, boolean vectors, int step) {
    int memory = 1;
    int scalars = 2;
    int scratch = 3;
    int from = 4;
    int aside = 5;
    int count = 6;
    int whole = code.allocateLocal(TypeKind.INT);
    code.iload(count).loadConstant(vectors ? -step : 0).iand().istore(whole);
    if (vectors) {
      for (int p = 0; p < parts; p++) {
        code.aload(memory).aload(scalars).aload(scratch).iload(from).iload(aside);
        code.iconst_0().iload(whole);
        code.invokestatic(self, "vector" + p, Frame.METHOD);
      }
    }
    if (!rest) {
      code.return_();
      return;
    }
    var end = code.newLabel();
    code.iload(whole).iload(count).if_icmpge(end);
    for (int p = 0; p < parts; p++) {
      code.aload(memory).aload(scalars).aload(scratch).iload(from).iload(aside);
      code.iload(whole).iload(count);
      code.invokestatic(self, "scalar" + p, Frame.METHOD);
    }
    code.labelBinding(end).return_();
  }
}
