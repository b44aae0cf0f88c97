package thalweg.lab.reproduce;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import thalweg.lab.data.BuiltInData;
import thalweg.lab.data.Split;
import thalweg.torch.Features;
import thalweg.torch.Form;
import thalweg.torch.Samples;
import thalweg.torch.Targets;

/**
 * The built-in digits, four fifths to train and one to validate.
 *
 * @param form how a network sees the 64 pixels
 * @param trainRows so many of the training rows, drawn by seed; all of them if there are not as
 *     many
 * @param wrongLabels share of these whose label is replaced by one at random, in [0, 1]
 * @param turned whether rows and columns of every picture are exchanged
 */
record Digits(Form form, int trainRows, double wrongLabels, boolean turned) implements Problem {
  private static final int SIDE = 8;
  private static final int CLASSES = 10;

  static Digits pictures() {
    return new Digits(new Form.Image(1, SIDE, SIDE), Integer.MAX_VALUE, 0, false);
  }

  /** Eight steps in time: the rows from top to bottom. */
  static Digits rowByRow() {
    return new Digits(new Form.Sequence(SIDE, SIDE), Integer.MAX_VALUE, 0, false);
  }

  /** Pixels without an order. */
  static Digits table() {
    return new Digits(new Form.Table(SIDE * SIDE), Integer.MAX_VALUE, 0, false);
  }

  Digits trainRows(int rows) {
    return new Digits(form, rows, wrongLabels, turned);
  }

  Digits wrongLabels(double share) {
    return new Digits(form, trainRows, share, turned);
  }

  Digits turn() {
    return new Digits(form, trainRows, wrongLabels, !turned);
  }

  @Override
  public String describe() {
    String rows = trainRows == Integer.MAX_VALUE ? "" : ", %d training rows".formatted(trainRows);
    String wrong =
        wrongLabels == 0
            ? ""
            : ", %.0f %% of the training labels at random".formatted(100 * wrongLabels);
    String seen =
        switch (form) {
          case Form.Image _ -> "digits as pictures";
          case Form.Sequence _ -> "digits row by row";
          case Form.Table _, Form.Text _, Form.Sparse _ -> "digits as 64 numbers";
        };
    return seen + (turned ? ", rows and columns exchanged" : "") + rows + wrong;
  }

  @Override
  public int outputs() {
    return CLASSES;
  }

  @Override
  public Samples.Split samples(long seed) {
    Split split = Split.of(BuiltInData.named("digits"), seed);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Samples train = split.train();
    if (trainRows < train.rows()) {
      train = train.select(drawn(train.rows(), trainRows, random));
    }
    return new Samples.Split(turned(relabelled(train, random)), turned(split.validation()));
  }

  private static int[] drawn(int rows, int wanted, RandomGenerator random) {
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return Arrays.copyOf(order, wanted);
  }

  private Samples relabelled(Samples samples, RandomGenerator random) {
    if (wrongLabels == 0 || !(samples.targets() instanceof Targets.Classes(int[] labels, int n))) {
      return samples;
    }
    int[] changed = labels.clone();
    for (int row = 0; row < changed.length; row++) {
      if (random.nextDouble() < wrongLabels) {
        changed[row] = random.nextInt(n);
      }
    }
    return new Samples(samples.features(), new Targets.Classes(changed, n));
  }

  private Samples turned(Samples samples) {
    if (!turned) {
      return samples;
    }
    float[] pixels = samples.features().toArray();
    float[] exchanged = new float[pixels.length];
    int picture = SIDE * SIDE;
    for (int i = 0; i < pixels.length; i++) {
      int place = i % picture;
      exchanged[i - place + place % SIDE * SIDE + place / SIDE] = pixels[i];
    }
    return new Samples(Features.of(samples.columns(), exchanged), samples.targets());
  }
}
