package thalweg.kernels.vector;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import thalweg.memory.Buffer;
import thalweg.memory.Float8;
import thalweg.plan.Op;
import thalweg.plan.Pass;

/**
 * The local variables of one generated method and the code that reaches memory from it.
 *
 * <p>Every method takes the same arguments: {@code (MemorySegment[] memory, float[] scalars,
 * MemorySegment scratch, int from, int aside, int at, int count)}. It works on elements {@code [at,
 * count)} of the call; {@code position}, its loop variable, is that element.
 */
final class Frame {
  static final ClassDesc SEGMENT = MemorySegment.class.describeConstable().orElseThrow();
  private static final ClassDesc BUFFER = Buffer.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc WINDOW =
      MethodTypeDesc.of(SEGMENT, SEGMENT, CD_long, CD_long);
  static final MethodTypeDesc METHOD =
      MethodTypeDesc.of(
          CD_void,
          SEGMENT.arrayType(),
          CD_float.arrayType(),
          SEGMENT,
          CD_int,
          CD_int,
          CD_int,
          CD_int);

  private static final int MEMORY = 0;
  private static final int SCALARS = 1;
  private static final int SCRATCH = 2;
  private static final int FROM = 3;
  private static final int ASIDE = 4;
  private static final int AT = 5;
  private static final int COUNT = 6;

  private final CodeBuilder code;
  private final Constants constants;
  private final Pass pass;
  private final Layout layout;
  private final IntFunction<Integer> segments; // by buffer
  private final IntFunction<Integer> packs; // by buffer
  private final Set<Integer> touched = new HashSet<>();
  private final Set<Integer> windowed = new HashSet<>();
  private boolean windows;
  private final int position;
  private final int limit;
  private final int block; // counted within the call
  private final int base;
  private final int baseAside;

  Frame(CodeBuilder code, Pass pass, Layout layout, Constants constants) {
    this.code = code;
    this.constants = constants;
    this.pass = pass;
    this.layout = layout;
    this.segments = locals(code, TypeKind.REFERENCE);
    this.packs = locals(code, TypeKind.REFERENCE);
    this.position = code.allocateLocal(TypeKind.INT);
    this.limit = code.allocateLocal(TypeKind.INT);
    this.block = code.allocateLocal(TypeKind.INT);
    this.base = code.allocateLocal(TypeKind.LONG);
    this.baseAside = code.allocateLocal(TypeKind.LONG);
  }

  /** Sets up the loop and the segments of the buffers this part touches in place. */
  void enter(Split.Part part) {
    code.aload(SCRATCH);
    constants.knownSegment(code);
    code.astore(SCRATCH);
    code.iload(AT).istore(position);
    code.iload(COUNT).istore(limit);
    code.iload(FROM).i2l().iconst_2().lshl().lstore(base);
    code.iload(ASIDE).i2l().iconst_2().lshl().lstore(baseAside);
    part.loads().forEach(i -> touch(((Op.Load) pass.ops().get(i)).buffer()));
    for (int i : part.ops()) {
      if (pass.ops().get(i) instanceof Op.Store store) {
        touch(store.buffer());
      }
    }
  }

  private void touch(int buffer) {
    if (!layout.isStaged(buffer) && touched.add(buffer)) {
      pushWhole(buffer);
      code.astore(segments.apply(buffer));
    }
  }

  /** Pushes the segment of a packed buffer and where the current words of it lie, in bytes. */
  void pushCodes(int buffer) {
    code.aload(segments.apply(buffer)).iload(position).loadConstant(-Float8.GROUP).iand();
    code.iload(position).loadConstant(Float8.WORDS - 1).iand().iconst_2().ishl().iadd().i2l();
  }

  /** Pushes which byte of those words is current. */
  void pushQuarter() {
    int bits = Integer.numberOfTrailingZeros(Float8.WORDS);
    code.iload(position).loadConstant(bits).ishr().loadConstant(Integer.BYTES - 1).iand();
  }

  /** Pushes the segment of a buffer. */
  void pushWhole(int buffer) {
    code.aload(MEMORY).loadConstant(buffer).aaload();
    constants.knownSegment(code);
  }

  /** Pushes the segment of the scales of a packed buffer: they come behind all buffers. */
  void pushScales(int buffer) {
    pushWhole(pass.buffers() + layout.packed().indexOf(buffer));
  }

  /** Pushes the number of the first element of the current block, as a long. */
  void pushElement() {
    code.iload(block).loadConstant(Float8.BLOCK).imul().iload(FROM).iadd().i2l();
  }

  /** Pushes where the current element of a packed buffer waits to become a code. */
  void pushPack(int buffer, int skippedBytes) {
    code.aload(packs.apply(buffer)).iload(position).i2l().iconst_2().lshl();
    plus(skippedBytes);
  }

  /** Pushes the float in slot {@code slot} of the scalars. */
  void pushScalar(int slot) {
    code.aload(SCALARS).loadConstant(slot).faload();
  }

  /** Pushes the segment of a buffer and where the current element of it lies, in bytes. */
  void pushBuffer(int buffer, int skippedBytes) {
    if (windows) {
      code.aload(segments.apply(buffer)).iload(position).i2l().iconst_2().lshl();
      plus(skippedBytes);
      return;
    }
    if (layout.isStaged(buffer)) {
      pushScratch(layout.stage(buffer) + skippedBytes);
      return;
    }
    code.aload(segments.apply(buffer)).iload(position).i2l().iconst_2().lshl();
    if (layout.blocked()) {
      code.lload(pass.aside().contains(buffer) ? baseAside : base).ladd();
    }
    plus(skippedBytes);
  }

  /** Pushes scratch memory and where the current element of a spilled value lies, in bytes. */
  void pushSpill(int slot, int skippedBytes) {
    pushScratch(layout.spill(slot) + skippedBytes);
  }

  /** Pushes scratch memory and a fixed offset into it, in bytes. */
  void pushFixed(int bytes) {
    code.aload(SCRATCH).loadConstant((long) bytes);
  }

  /** Pushes scratch memory and where the current element's lane lies, in bytes. */
  void pushLane(int slot, int lanes) {
    code.aload(SCRATCH).iload(position).loadConstant(lanes - 1).iand().i2l().iconst_2().lshl();
    plus(layout.lanes(slot));
  }

  private void pushScratch(int bytes) {
    code.aload(SCRATCH).iload(position).i2l().iconst_2().lshl();
    plus(bytes);
  }

  private void plus(int bytes) {
    if (bytes != 0) {
      code.loadConstant((long) bytes).ladd();
    }
  }

  /** Emits {@code body} as a loop that moves on by {@code elements} elements. */
  void loop(int elements, Runnable body) {
    var top = code.newLabel();
    var end = code.newLabel();
    code.labelBinding(top).iload(position).iload(limit).if_icmpge(end);
    body.run();
    code.iinc(position, elements).goto_(top).labelBinding(end);
  }

  /**
   * Emits {@code body} for each block of 8-bit elements. A {@link #loop} in it covers just that,
   * and sees memory through windows of a constant size.
   */
  void blocks(Split.Part part, Runnable body) {
    var top = code.newLabel();
    var end = code.newLabel();
    windows = true;
    code.iconst_0().istore(block);
    code.labelBinding(top).iload(block).loadConstant(Float8.BLOCK).imul();
    code.iload(COUNT).if_icmpge(end);
    part.loads().forEach(i -> window(((Op.Load) pass.ops().get(i)).buffer()));
    for (int i : part.ops()) {
      if (pass.ops().get(i) instanceof Op.Store store) {
        window(store.buffer());
      }
    }
    for (int buffer : layout.packed()) {
      code.aload(SCRATCH)
          .loadConstant((long) layout.pack(buffer))
          .loadConstant((long) Float8.BLOCK * Float.BYTES)
          .invokestatic(BUFFER, "window", WINDOW)
          .astore(packs.apply(buffer));
    }
    code.iconst_0().istore(position);
    code.loadConstant(Float8.BLOCK).istore(limit);
    body.run();
    code.iinc(block, 1).goto_(top).labelBinding(end);
  }

  private void window(int buffer) {
    if (!windowed.add(buffer)) {
      return;
    }
    int shift = layout.isPacked(buffer) ? 0 : 2;
    if (layout.isStaged(buffer)) {
      code.aload(SCRATCH).iload(block).loadConstant(Float8.BLOCK).imul().i2l();
    } else {
      pushWhole(buffer);
      pushElement();
    }
    code.loadConstant(shift).lshl();
    if (layout.isStaged(buffer)) {
      plus(layout.stage(buffer));
    }
    code.loadConstant((long) Float8.BLOCK << shift)
        .invokestatic(BUFFER, "window", WINDOW)
        .astore(segments.apply(buffer));
  }

  /** Makes a table of local variables, one for each key asked for, allocated when first asked. */
  static IntFunction<Integer> locals(CodeBuilder code, TypeKind kind) {
    Map<Integer, Integer> locals = new HashMap<>();
    return key -> locals.computeIfAbsent(key, _ -> code.allocateLocal(kind));
  }
}
