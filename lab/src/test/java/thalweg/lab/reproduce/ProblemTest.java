package thalweg.lab.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import thalweg.torch.Samples;
import thalweg.torch.Targets;

class ProblemTest {
  private static int[] labels(Samples samples) {
    return ((Targets.Classes) samples.targets()).labels();
  }

  @Test
  void equalSeedsGiveEqualSamplesAndOthersOthers() {
    for (Problem problem :
        new Problem[] {
          Digits.pictures().trainRows(50).wrongLabels(0.5), new RareFeatures(100, 5, 40)
        }) {
      Samples one = problem.samples(3).train();
      assertThat(problem.samples(3).train().features().toArray())
          .isEqualTo(one.features().toArray());
      assertThat(labels(problem.samples(3).train())).isEqualTo(labels(one));
      assertThat(problem.samples(4).train().features().toArray())
          .isNotEqualTo(one.features().toArray());
      assertThat(one.columns()).isEqualTo(problem.form().columns());
    }
  }

  @Test
  void turningTwiceIsTheSamePictureAndOnceExchangesRowsAndColumns() {
    float[] plain = Digits.table().samples(1).train().features().toArray();
    float[] turned = Digits.table().turn().samples(1).train().features().toArray();
    assertThat(turned[1]).isEqualTo(plain[8]);
    assertThat(turned[64 + 8 * 3 + 5]).isEqualTo(plain[64 + 8 * 5 + 3]);
    assertThat(Digits.table().turn().turn()).isEqualTo(Digits.table());
  }

  @Test
  void wrongLabelsAreOnlyInTheTrainingRows() {
    Samples.Split right = Digits.table().trainRows(400).samples(1);
    Samples.Split wrong = Digits.table().trainRows(400).wrongLabels(0.2).samples(1);
    assertThat(labels(wrong.validation())).isEqualTo(labels(right.validation()));
    int[] before = labels(right.train());
    int[] after = labels(wrong.train());
    long changed = 0;
    for (int i = 0; i < before.length; i++) {
      changed += before[i] != after[i] ? 1 : 0;
    }
    // A tenth of the labels drawn anew are what they were.
    assertThat(changed).isBetween(40L, 105L);
  }

  @Test
  void frequentWordsAreFrequentAndRareOnesRare() {
    RareFeatures texts = new RareFeatures(1000, 20, 500);
    float[] features = texts.samples(1).train().features().toArray();
    int[] counts = new int[1000];
    for (int row = 0; row < 500; row++) {
      for (int i = 0; i < 20; i++) {
        if (features[row * 40 + 20 + i] != 0) {
          counts[(int) features[row * 40 + i]]++;
        }
      }
    }
    assertThat(counts[0]).isGreaterThan(400);
    assertThat(Arrays.stream(counts, 500, 1000).max().orElseThrow()).isLessThan(20);
  }
}
