package thalweg.memory;

/**
 * Stochastic rounding: up or down by chance, in proportion to how near each neighbour is, so that
 * the mean is right and changes far below one unit in the last place are not lost for good.
 *
 * <p>The dice are a function of the seed, the name, t and the element: the same for every backend,
 * thread and machine, and after every resume (Gupta et al. 2015, Deep Learning with Limited
 * Numerical Precision, for the rounding itself).
 */
public final class Rounding {
  private final long stream;
  private int key;

  /**
   * @param name what tells this tensor from all others that are rounded
   */
  public Rounding(long seed, String name) {
    long hash = seed;
    for (int i = 0; i < name.length(); i++) {
      hash = mix(hash ^ name.charAt(i)) + i;
    }
    stream = hash;
  }

  /** Throws the dice for the update {@code t}. */
  public void at(long t) {
    key = (int) (mix(stream ^ t) >>> 32);
  }

  private static long mix(long z) {
    long a = (z + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }

  /** What all elements of the tensor have in common at this update. */
  public int key() {
    return key;
  }

  /** The key for the elements whose number has these upper 32 bits. */
  public static int keyOf(int key, long element) {
    return key + (int) (element >>> 32) * 0x85EBCA6B;
  }

  /**
   * 32 random bits for one element (the lower bits of its number are mixed twice).
   *
   * @param key of {@link #keyOf}
   */
  public static int bits(int key, int element) {
    int x = element ^ key;
    x = (x ^ (x >>> 16)) * FIRST;
    x = (x ^ (x >>> 15)) * SECOND;
    return x ^ (x >>> 16);
  }

  /** The multipliers of {@link #bits}, for its other forms. */
  public static final int FIRST = 0x7FEB352D;

  public static final int SECOND = 0x846CA68B;
}
