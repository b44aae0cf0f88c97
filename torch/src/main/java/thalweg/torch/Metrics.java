package thalweg.torch;

/** The metrics of {@link Metric}. */
final class Metrics {
  private Metrics() {}

  record Accuracy() implements Metric {
    @Override
    public String name() {
      return "accuracy";
    }

    @Override
    public boolean largerIsBetter() {
      return true;
    }

    @Override
    public Tally tally(Targets targets) {
      classes(this, targets);
      return new Tally() {
        private long right;
        private long all;

        @Override
        public void add(Answers answers) {
          for (int i = 0; i < answers.count(); i++) {
            if (answers.decision(i) == answers.label(i)) {
              right++;
            }
          }
          all += answers.count();
        }

        @Override
        public double value() {
          return (double) right / all;
        }
      };
    }
  }

  record MacroF1() implements Metric {
    @Override
    public String name() {
      return "macro_f1";
    }

    @Override
    public boolean largerIsBetter() {
      return true;
    }

    @Override
    public Tally tally(Targets targets) {
      int classes = classes(this, targets);
      long[] right = new long[classes];
      long[] decided = new long[classes];
      long[] there = new long[classes];
      return new Tally() {
        @Override
        public void add(Answers answers) {
          for (int i = 0; i < answers.count(); i++) {
            int decision = answers.decision(i);
            int label = answers.label(i);
            decided[decision]++;
            there[label]++;
            if (decision == label) {
              right[label]++;
            }
          }
        }

        @Override
        public double value() {
          double sum = 0;
          int counted = 0;
          for (int c = 0; c < classes; c++) {
            long both = decided[c] + there[c]; // 2 TP + FP + FN
            if (both > 0) {
              sum += 2.0 * right[c] / both;
              counted++;
            }
          }
          return sum / counted;
        }
      };
    }
  }

  record R2() implements Metric {
    @Override
    public String name() {
      return "r2";
    }

    @Override
    public boolean largerIsBetter() {
      return true;
    }

    @Override
    public Tally tally(Targets targets) {
      if (!(targets instanceof Targets.Values(float[] values))) {
        throw new IllegalArgumentException("r2 needs numbers, the targets are classes");
      }
      return new Tally() {
        private double squaredError;

        @Override
        public void add(Answers answers) {
          for (int i = 0; i < answers.count(); i++) {
            double error = answers.output(i, 0) - answers.value(i);
            squaredError += error * error;
          }
        }

        @Override
        public double value() {
          return 1 - squaredError / squaredDeviation(values);
        }
      };
    }

    private static double squaredDeviation(float[] values) {
      double mean = 0;
      for (float value : values) {
        mean += value;
      }
      mean /= values.length;
      double sum = 0;
      for (float value : values) {
        sum += (value - mean) * (value - mean);
      }
      return sum == 0 ? Double.NaN : sum;
    }
  }

  record Perplexity() implements Metric {
    @Override
    public String name() {
      return "perplexity";
    }

    @Override
    public boolean largerIsBetter() {
      return false;
    }

    @Override
    public Tally tally(Targets targets) {
      classes(this, targets);
      return new Tally() {
        private double sum;
        private long all;

        @Override
        public void add(Answers answers) {
          for (int i = 0; i < answers.count(); i++) {
            sum += crossEntropy(answers, i);
          }
          all += answers.count();
        }

        @Override
        public double value() {
          return Math.exp(sum / all);
        }
      };
    }

    private static double crossEntropy(Answers answers, int i) {
      int label = answers.label(i);
      if (answers.columns() == 1) {
        double f = answers.output(i, 0);
        return softplus(label == 1 ? -f : f);
      }
      double largest = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < answers.columns(); c++) {
        largest = Math.max(largest, answers.output(i, c));
      }
      double sum = 0;
      for (int c = 0; c < answers.columns(); c++) {
        sum += Math.exp(answers.output(i, c) - largest);
      }
      return largest + Math.log(sum) - answers.output(i, label);
    }

    private static double softplus(double x) {
      return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
  }

  /** How many there are. */
  private static int classes(Metric metric, Targets targets) {
    if (targets instanceof Targets.Values) {
      throw new IllegalArgumentException(
          "%s needs classes, the targets are numbers; use r2".formatted(metric.name()));
    }
    return targets.outputs();
  }
}
