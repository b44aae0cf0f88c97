package thalweg.account;

/**
 * How data-parallel training divides memory among its ranks: ZeRO (Rajbhandari, Rasley, Ruwase and
 * He 2020, Memory Optimizations Toward Training Trillion Parameter Models, section 5).
 *
 * <p>Each tensor of a divided line is cut into as many parts as there are ranks, all of the length
 * that one rounded up has: the last rank may have less to keep in it.
 *
 * @param stage 0 divides nothing; 1 what the optimizer holds; 2 the gradients too; 3 the parameters
 *     too
 * @param ranks how many share the work, at least 1
 */
public record Zero(int stage, int ranks) {
  /** One rank that has everything. */
  public static final Zero NONE = new Zero(0, 1);

  /** The last stage. */
  public static final int LAST = 3;

  public Zero {
    if (stage < 0 || stage > LAST) {
      throw new IllegalArgumentException("Zero.stage must be in 0..3, got " + stage);
    }
    if (ranks < 1) {
      throw new IllegalArgumentException("Zero.ranks must be at least 1, got " + ranks);
    }
  }

  /** Whether a part of the account is divided. */
  public boolean divides(Part part) {
    return switch (part) {
      case PARAMETERS -> stage >= 3;
      case GRADIENTS -> stage >= 2;
      case MASTERS, STATE, WORKING -> stage >= 1;
    };
  }

  /** How many of a tensor's numbers one rank has. */
  long of(Part part, long numbers) {
    return divides(part) ? Math.ceilDiv(numbers, (long) ranks) : numbers;
  }
}
