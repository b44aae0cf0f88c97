package thalweg.parity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import thalweg.memory.Float8;

/**
 * Dynamic tree quantization in blocks (Dettmers, Lewis, Shleifer and Zettlemoyer 2022, 8-bit
 * Optimizers via Block-wise Quantization, sections 1.3 and 2.1), to compare {@link Float8} with. A
 * byte has its sign first, then as many zeros as the power of ten below 1 says, a one that ends
 * them, and in the bits left a number between 0.1 and 1 in even steps. Without negative numbers the
 * sign's bit is one more of these.
 */
final class DynamicMap {
  private static final int BITS = 7;

  private final float[] values;
  private final boolean keepsNonzero;

  /**
   * @param keepsNonzero whether nothing above zero becomes zero, as with {@link Float8}
   */
  DynamicMap(boolean signed, boolean keepsNonzero) {
    List<Float> all = new ArrayList<>(List.of(0f, 1f));
    for (int bits = 0; bits < BITS; bits++) {
      int steps = 1 << (signed ? bits : bits + 1);
      double power = Math.pow(10, bits - (BITS - 1));
      for (int i = 0; i < steps; i++) {
        float value = (float) (power * (0.1 + 0.9 * (i + 0.5) / steps));
        all.add(value);
        if (signed) {
          all.add(-value);
        }
      }
    }
    Collections.sort(all);
    values = new float[all.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = all.get(i);
    }
    this.keepsNonzero = keepsNonzero;
  }

  /** The numbers between −1 and 1 that a byte may stand for, in order. */
  float[] values() {
    return values.clone();
  }

  /** Replaces numbers by the nearest that are left when they are kept so. */
  void round(float... numbers) {
    for (int from = 0; from < numbers.length; from += Float8.BLOCK) {
      int to = Math.min(from + Float8.BLOCK, numbers.length);
      float scale = 0;
      for (int i = from; i < to; i++) {
        scale = Math.max(scale, Math.abs(numbers[i]));
      }
      for (int i = from; i < to && scale > 0; i++) {
        numbers[i] = nearest(numbers[i] / scale) * scale;
      }
    }
  }

  private float nearest(float share) {
    int low = 0;
    int high = values.length - 1;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (values[middle] <= share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    float nearest = share - values[low] <= values[high] - share ? values[low] : values[high];
    return keepsNonzero && share > 0 && nearest == 0 ? values[high] : nearest;
  }
}
