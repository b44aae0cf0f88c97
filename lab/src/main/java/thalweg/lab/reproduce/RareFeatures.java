package thalweg.lab.reproduce;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import thalweg.torch.Form;
import thalweg.torch.Samples;

/**
 * Two classes told apart by the words of a text, made up: word k of the vocabulary is drawn with a
 * chance of 1 / (k + 1), as in natural language (Zipf), and every word counts as much for the class
 * as any other, so that rare ones are informative. The setting of J. Duchi, E. Hazan and Y. Singer,
 * 2011, section 1.
 *
 * @param vocabulary words there are
 * @param words draws a text; those drawn twice count once
 * @param rows texts to train on, and as many to validate on
 */
record RareFeatures(int vocabulary, int words, int rows) implements Problem {
  @Override
  public String describe() {
    return "made-up texts of %d words out of %d with chances 1/rank, %d to train, %d to validate"
        .formatted(words, vocabulary, rows, rows);
  }

  @Override
  public Form form() {
    return new Form.Sparse(words, vocabulary);
  }

  @Override
  public int outputs() {
    return 2;
  }

  @Override
  public Samples.Split samples(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    double[] weights = new double[vocabulary];
    double[] chances = new double[vocabulary]; // summed up
    for (int k = 0; k < vocabulary; k++) {
      weights[k] = 2 * random.nextGaussian();
      chances[k] = (k == 0 ? 0 : chances[k - 1]) + 1.0 / (k + 1);
    }
    return new Samples.Split(texts(random, weights, chances), texts(random, weights, chances));
  }

  private Samples texts(RandomGenerator random, double[] weights, double[] chances) {
    int columns = form().columns();
    float[] features = new float[Math.multiplyExact(rows, columns)];
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      Set<Integer> drawn = new TreeSet<>();
      for (int i = 0; i < words; i++) {
        int found = Arrays.binarySearch(chances, random.nextDouble() * chances[vocabulary - 1]);
        drawn.add(found >= 0 ? found : -found - 1);
      }
      double logit = 0;
      int at = row * columns;
      for (int word : drawn) {
        features[at] = word;
        features[at + words] = 1;
        logit += weights[word];
        at++;
      }
      labels[row] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
    }
    return Samples.classification(columns, features, labels, 2);
  }
}
