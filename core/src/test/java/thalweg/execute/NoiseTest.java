package thalweg.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;

class NoiseTest {
  @Test
  void hasTheMomentsOfTheNormalDistribution() {
    int count = 400_000;
    long key = Noise.key(7, "add_noise", "weight", 3);
    double[] powers = new double[5];
    double neighbours = 0;
    for (int i = 0; i < count; i++) {
      double x = Noise.at(key, i);
      double power = 1;
      for (int p = 1; p < powers.length; p++) {
        power *= x;
        powers[p] += power / count;
      }
      neighbours += x * Noise.at(key, i + 1L) / count;
    }
    // four standard errors of each mean: sqrt(var / n) with var of x, x², x³, x⁴ = 1, 2, 15, 96
    double error = 4 / Math.sqrt(count);
    assertThat(powers[1]).isCloseTo(0, within(error));
    assertThat(powers[2]).isCloseTo(1, within(error * Math.sqrt(2)));
    assertThat(powers[3]).isCloseTo(0, within(error * Math.sqrt(15)));
    assertThat(powers[4]).isCloseTo(3, within(error * Math.sqrt(96)));
    assertThat(neighbours).isCloseTo(0, within(error));
  }

  @Test
  void everythingItDependsOnMakesAnotherStream() {
    long key = Noise.key(7, "add_noise", "weight", 3);
    assertThat(key)
        .isEqualTo(Noise.key(7, "add_noise", "weight", 3))
        .isNotEqualTo(Noise.key(8, "add_noise", "weight", 3))
        .isNotEqualTo(Noise.key(7, "add_noise2", "weight", 3))
        .isNotEqualTo(Noise.key(7, "add_noise", "bias", 3))
        .isNotEqualTo(Noise.key(7, "add_noise", "weight", 4));
  }

  /** A run that is resumed must go on with the numbers it was begun with, whoever wrote them. */
  @Test
  void theNumbersOfAKeyStayWhatTheyAre() {
    long key = Noise.key(7, "add_noise", "weight", 3);

    assertThat(Noise.at(key, 0)).isEqualTo(0.11962747f);
    assertThat(Noise.at(key, 1)).isEqualTo(0.8975994f);
    long all = 0;
    for (int i = 0; i < 100_000; i++) {
      all = all * 31 + Float.floatToRawIntBits(Noise.at(key, i));
    }
    assertThat(all).isEqualTo(3492454201985940415L);
  }

  @Test
  void manyAtATimeAreTheSameBits() {
    long key = Noise.key(1, "add_noise", "bias", 2);
    NoiseBlock block = new NoiseBlock();
    for (int count : new int[] {0, 1, 7, 1023, 1024, 1025, 300_000}) {
      Buffer buffer = Buffer.allocate(5 + count + 1, NumberType.FLOAT32);
      block.fill(buffer, key, 5, count);
      for (int i = 5; i < 5 + count; i++) {
        if (buffer.get(i) != Noise.at(key, i)) {
          assertThat(buffer.get(i)).as("element %d of %d", i, count).isEqualTo(Noise.at(key, i));
        }
      }
      assertThat(buffer.get(4)).isZero();
      assertThat(buffer.get(5 + count)).isZero();
    }
  }
}
