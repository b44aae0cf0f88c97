package thalweg.kernels.vector;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import thalweg.plan.Pass;

/**
 * Kernels by structure, shared by everything in the process: equal passes run the same class.
 *
 * <p>Hyperparameters and addresses are arguments of a kernel, so a program needs a few of them
 * however many optimizers it makes, and none is ever dropped.
 */
final class KernelCache {
  private static final ConcurrentHashMap<Key, KernelFactory.Compiled> KERNELS =
      new ConcurrentHashMap<>();

  private static final ConcurrentHashMap<Key, Boolean> PACKS = new ConcurrentHashMap<>();

  private KernelCache() {}

  private record Key(
      KernelFactory factory, Pass pass, List<Integer> staged, List<Integer> packed) {}

  static KernelFactory.Compiled get(KernelFactory factory, Pass pass, List<Integer> staged) {
    return get(factory, pass, staged, List.of());
  }

  static KernelFactory.Compiled get(
      KernelFactory factory, Pass pass, List<Integer> staged, List<Integer> packed) {
    return KERNELS.computeIfAbsent(
        new Key(factory, pass, staged, packed), _ -> factory.compile(pass, staged, packed));
  }

  /** See {@link KernelFactory#packs}. */
  static boolean packs(
      KernelFactory factory, Pass pass, List<Integer> staged, List<Integer> packed) {
    return !packed.isEmpty()
        && PACKS.computeIfAbsent(
            new Key(factory, pass, staged, packed), _ -> factory.packs(pass, staged, packed));
  }

  /** How many kernels there are. */
  static int size() {
    return KERNELS.size();
  }
}
