package thalweg.memory;

import java.lang.foreign.ValueLayout;

/** How one element is stored. */
public enum NumberType {
  FLOAT32(ValueLayout.JAVA_FLOAT_UNALIGNED),
  FLOAT64(ValueLayout.JAVA_DOUBLE_UNALIGNED);

  private final ValueLayout layout;

  NumberType(ValueLayout layout) {
    this.layout = layout;
  }

  /** Bytes of one element. */
  public int bytes() {
    return (int) layout.byteSize();
  }
}
