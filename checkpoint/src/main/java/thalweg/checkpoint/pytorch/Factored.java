package thalweg.checkpoint.pytorch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.Parameter;

/**
 * Adafactor's second moments. Of more than one axis PyTorch keeps {@code row_var} {@code [...,
 * rows, 1]} and {@code col_var} {@code [..., 1, columns]}, as here; of others it keeps {@code
 * variance}, which here is the {@code col_var} of one row.
 */
final class Factored {
  private Factored() {}

  /** PyTorch's shape of {@code row_var} or {@code col_var}. */
  static List<Long> shape(String name, List<Long> of) {
    List<Long> shape = new ArrayList<>(of);
    shape.set(of.size() - (name.equals("row_var") ? 1 : 2), 1L);
    return shape;
  }

  static Optional<Buffer> read(
      String name, Parameter parameter, TorchOptimizerState.Entry entry, List<String> wrong) {
    if (parameter.rank() > 1) {
      return FromTorch.find(entry, name, parameter, shape(name, parameter.shape()), wrong)
          .map(TorchTensor::values);
    }
    Optional<Buffer> variance =
        FromTorch.find(entry, "variance", parameter, parameter.shape(), wrong)
            .map(TorchTensor::values);
    return name.equals("row_var") ? variance.map(Factored::mean) : variance;
  }

  static void write(
      String name, Parameter parameter, TorchTensor tensor, Map<String, TorchTensor> entry) {
    if (parameter.rank() > 1) {
      entry.put(
          name, new TorchTensor(tensor.type(), shape(name, parameter.shape()), tensor::values));
    } else if (name.equals("col_var")) {
      entry.put("variance", new TorchTensor(tensor.type(), parameter.shape(), tensor::values));
    }
  }

  /** The row's mean, of which PyTorch has no use: a mean of running means is one of means. */
  private static Buffer mean(Buffer variance) {
    double sum = 0;
    for (long i = 0; i < variance.length(); i++) {
      sum += variance.get(i);
    }
    Buffer mean = Buffer.allocate(1, NumberType.FLOAT64);
    mean.set(0, sum / Math.max(1, variance.length()));
    return mean;
  }
}
