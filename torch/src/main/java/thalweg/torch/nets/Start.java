package thalweg.torch.nets;

/**
 * How one parameter starts.
 *
 * @param parameter its name in the network
 */
record Start(String parameter, Kind kind) {
  /** What the parameter is. */
  sealed interface Kind {}

  /**
   * A weight, to which the network's {@link Init} applies.
   *
   * @param blocks matrices one above the other, each a gate of a recurrent layer
   * @param fanIn inputs of one output
   * @param bound of the uniform distribution that PyTorch would draw from
   */
  record Weight(int blocks, long fanIn, double bound) implements Kind {}

  /** A bias: 0, or uniform in ± bound where PyTorch's own start is wanted. */
  record Bias(double bound) implements Kind {}

  /** The same number everywhere. */
  record Constant(double value) implements Kind {}

  /** Normal with mean 0, whatever the network's {@link Init}. */
  record Normal(double deviation) implements Kind {}
}
