package thalweg.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.SharedModuleVector;
import org.bytedeco.pytorch.Tensor;

/**
 * The running means and variances of a module's batch normalizations, taken anew as plain means
 * over the batches of an epoch: what averaged weights need, as nobody has run with them.
 */
final class NormStatistics {
  private final Training training;
  private final UnaryOperator<Tensor> forward;

  NormStatistics(Training training, UnaryOperator<Tensor> forward) {
    this.training = training;
    this.forward = forward;
  }

  /** A batch normalization, whatever its dimensions. */
  private record Norm(BatchNormOptions options, Runnable reset) {}

  private static List<Norm> norms(Module module) {
    List<Norm> norms = new ArrayList<>();
    SharedModuleVector all = module.modules();
    for (long i = 0; i < all.size(); i++) {
      Module each = all.get(i);
      var one = each.asBatchNorm1d();
      var two = each.asBatchNorm2d();
      var three = each.asBatchNorm3d();
      if (one != null && !one.isNull()) {
        norms.add(new Norm(one.options(), one::reset_running_stats));
      } else if (two != null && !two.isNull()) {
        norms.add(new Norm(two.options(), two::reset_running_stats));
      } else if (three != null && !three.isNull()) {
        norms.add(new Norm(three.options(), three::reset_running_stats));
      }
    }
    norms.removeIf(norm -> !norm.options.track_running_stats().get());
    return norms;
  }

  boolean areThere() {
    try (var scope = new PointerScope()) {
      return !norms(training.module()).isEmpty();
    }
  }

  /**
   * Runs over the training samples as an epoch has them; no random number is used up.
   *
   * @throws Stopped when the training is cancelled; the statistics are none then
   */
  void refresh(int epoch) {
    Module module = training.module();
    boolean mode = module.is_training();
    byte[] random = Libtorch.randomState();
    module.train(true);
    try (var all = new PointerScope();
        var guard = new NoGradGuard()) {
      List<Norm> norms = norms(module);
      List<Double> momenta = new ArrayList<>();
      for (Norm norm : norms) {
        norm.reset.run();
        DoubleOptional momentum = norm.options.momentum();
        momenta.add(momentum.has_value() ? momentum.get() : Double.NaN);
        momentum.reset(); // without one, libtorch takes the plain mean
      }
      try {
        forward(epoch);
      } finally {
        for (int i = 0; i < norms.size(); i++) {
          if (!momenta.get(i).isNaN()) {
            norms.get(i).options.momentum().put(momenta.get(i).doubleValue());
          }
        }
      }
    } finally {
      module.train(mode);
      Libtorch.randomState(random);
    }
  }

  private void forward(int epoch) {
    for (Batch batch : training.feed().epoch(epoch)) {
      if (training.cancelled()) {
        throw new Stopped();
      }
      try (var scope = new PointerScope()) {
        Tensor unused = forward.apply(batch.features()); // only what it leaves behind counts
      }
    }
  }
}
