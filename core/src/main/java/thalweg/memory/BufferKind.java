package thalweg.memory;

import org.jspecify.annotations.Nullable;

/**
 * What a backend looks at when it decides how to work on a buffer: all about it but where it lies
 * and how long it is. Code that runs well on one buffer of a kind does so on all.
 *
 * @param mirror of what shows the same numbers; null if nothing does
 */
public record BufferKind(
    boolean isNative, NumberType type, boolean rounds, @Nullable BufferKind mirror) {
  public static BufferKind of(Buffer buffer) {
    Buffer shown = buffer.mirror();
    return new BufferKind(
        buffer.isNative(),
        buffer.type(),
        buffer.rounding() != null,
        shown == null ? null : of(shown));
  }

  /** Fresh zeroed memory of this kind. */
  public Buffer allocate(int length) {
    Buffer plain =
        isNative
            ? Buffer.allocate(length, type)
            : type == NumberType.FLOAT64
                ? Buffer.of(new double[length])
                : Buffer.of(new float[length]);
    Buffer rounding = rounds ? plain.rounding(new Rounding(0, "")) : plain;
    return mirror == null ? rounding : rounding.mirroredBy(mirror.allocate(length));
  }
}
