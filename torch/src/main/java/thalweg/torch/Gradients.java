package thalweg.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** The gradients of a module, looked at as one long vector; close it. */
final class Gradients implements AutoCloseable {
  private final List<Tensor> parameters = new ArrayList<>();

  Gradients(Module module) {
    try (var scope = new PointerScope()) {
      TensorVector all = module.parameters();
      for (long i = 0; i < all.size(); i++) {
        parameters.add(Libtorch.share(all.get(i)));
      }
    }
  }

  /** Numbers there are. */
  long all() {
    return parameters.stream().mapToLong(Tensor::numel).sum();
  }

  /** Numbers that are learned: those of parameters with {@code requires_grad}. */
  long learned() {
    return parameters.stream().filter(Tensor::requires_grad).mapToLong(Tensor::numel).sum();
  }

  /** The Euclidean norm of all gradients together; NaN or infinite if one of them is. */
  double norm() {
    double squares = 0;
    try (var scope = new PointerScope();
        var guard = new NoGradGuard()) {
      for (int i = 0; i < parameters.size(); i++) {
        Tensor gradient = dense(parameters.get(i));
        if (gradient != null) {
          double norm = gradient.norm().item_double();
          squares += norm * norm;
        }
      }
    }
    return Math.sqrt(squares);
  }

  /** Multiplies all gradients. */
  void scale(double factor) {
    try (var scope = new PointerScope();
        var guard = new NoGradGuard()) {
      Scalar by = new Scalar(factor);
      for (int i = 0; i < parameters.size(); i++) {
        Tensor gradient = parameters.get(i).grad();
        if (gradient.defined() && parameters.get(i).requires_grad()) {
          gradient.mul_(by);
        }
      }
    }
  }

  /** Whether all parameters are finite. */
  boolean parametersAreFinite() {
    try (var scope = new PointerScope();
        var guard = new NoGradGuard()) {
      for (Tensor parameter : parameters) {
        if (!parameter.isfinite().all().item_bool()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Where a gradient's numbers are, of a sparse one those of its rows; null if there is none. */
  private static @org.jspecify.annotations.Nullable Tensor dense(Tensor parameter) {
    if (!parameter.requires_grad()) {
      return null;
    }
    Tensor gradient = parameter.grad();
    if (!gradient.defined()) {
      return null;
    }
    return gradient.is_sparse() ? gradient.coalesce()._values() : gradient;
  }

  @Override
  public void close() {
    parameters.forEach(Libtorch::release);
    parameters.clear();
  }
}
