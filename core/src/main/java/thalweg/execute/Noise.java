package thalweg.execute;

/**
 * Standard normal numbers that are a function of the seed, the stream, the parameter's name, t and
 * the element: the same for every backend, thread and machine, and after every resume.
 *
 * <p>A mixed counter gives 53 bits; {@link NormalQuantile} makes them normal. {@link NoiseBlock}
 * draws many at a time.
 */
final class Noise {
  /** From the counter of one element to that of the next. */
  static final long STRIDE = 0x9E3779B97F4A7C15L;

  private Noise() {}

  /** What all elements of one tensor have in common at one update. */
  static long key(long seed, String stream, String parameter, long t) {
    return mix(mix(mix(seed ^ hash(stream)) ^ hash(parameter)) ^ t);
  }

  /** The counter of one element. */
  static long counter(long key, long element) {
    return key + (element + 1) * STRIDE;
  }

  /** A number in (0, 1) from a counter. */
  static double uniform(long counter) {
    return ((mix(counter) >>> 11) + 0.5) * 0x1p-53;
  }

  /** The number of one element, rounded to float32. */
  static float at(long key, long element) {
    return (float) NormalQuantile.at(uniform(counter(key, element)));
  }

  private static long hash(String text) {
    long hash = 0;
    for (int i = 0; i < text.length(); i++) {
      hash = mix(hash ^ text.charAt(i)) + i;
    }
    return hash;
  }

  /** Stafford's thirteenth mixer: every bit of the result depends on every bit given. */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
