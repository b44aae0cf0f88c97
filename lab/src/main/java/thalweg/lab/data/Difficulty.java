package thalweg.lab.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import thalweg.torch.Features;
import thalweg.torch.Samples;
import thalweg.torch.Targets;

/** What makes a sample of a classification hard. */
public enum Difficulty {
  /** Its distance to the mean of its class. */
  DISTANCE {
    @Override
    double[] of(Samples samples) {
      Targets.Classes labels = classes(samples);
      int columns = samples.columns();
      double[][] means = new double[labels.classes()][columns];
      int[] counts = new int[labels.classes()];
      float[] row = new float[columns];
      for (int i = 0; i < samples.rows(); i++) {
        read(samples.features(), i, row);
        double[] mean = means[labels.labels()[i]];
        counts[labels.labels()[i]]++;
        for (int c = 0; c < columns; c++) {
          mean[c] += row[c];
        }
      }
      double[] distance = new double[samples.rows()];
      for (int i = 0; i < samples.rows(); i++) {
        read(samples.features(), i, row);
        int label = labels.labels()[i];
        for (int c = 0; c < columns; c++) {
          double off = row[c] - means[label][c] / counts[label];
          distance[i] += off * off;
        }
      }
      return distance;
    }
  },
  /**
   * Learned: its cross entropy under a linear model that saw every sample three times, in the
   * table's order.
   */
  LOSS {
    @Override
    double[] of(Samples samples) {
      Targets.Classes labels = classes(samples);
      var model = new LinearModel(samples.columns(), labels.classes());
      float[] row = new float[samples.columns()];
      for (int epoch = 0; epoch < 3; epoch++) {
        for (int i = 0; i < samples.rows(); i++) {
          read(samples.features(), i, row);
          model.learn(row, labels.labels()[i]);
        }
      }
      double[] loss = new double[samples.rows()];
      for (int i = 0; i < samples.rows(); i++) {
        read(samples.features(), i, row);
        loss[i] = model.loss(row, labels.labels()[i]);
      }
      return loss;
    }
  };

  /** One score a sample, the higher the harder. */
  abstract double[] of(Samples samples);

  /** The word on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> words() {
    return Stream.of(values()).map(Difficulty::word).toList();
  }

  static Optional<Difficulty> named(String word) {
    return Stream.of(values()).filter(d -> d.word().equals(word)).findFirst();
  }

  private static Targets.Classes classes(Samples samples) {
    return (Targets.Classes) samples.targets();
  }

  private static void read(Features features, int row, float[] into) {
    MemorySegment bytes = MemorySegment.ofArray(new byte[into.length * Float.BYTES]);
    features.read(row, 0, bytes, 0);
    MemorySegment.copy(bytes, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, into, 0, into.length);
  }
}
