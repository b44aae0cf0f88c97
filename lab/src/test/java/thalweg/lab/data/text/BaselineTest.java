package thalweg.lab.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.lab.data.DataRequest;
import thalweg.lab.data.Prepared;

class BaselineTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void theProbabilitiesOfAllCharactersAddUpToOne(int order) throws IOException {
    Prepared text = prepare(words(3000));
    Baseline baseline = Baseline.of(text.train(), order);
    for (int before = 0; before < 4; before++) {
      double sum = 0;
      for (int c = 0; c < text.classes().size(); c++) {
        sum += baseline.probability(before << 16 | 1, order, c);
      }
      assertThat(sum).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void evenlyDrawnCharactersHaveThePerplexityOfTheirNumber() throws IOException {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      text.append((char) ('a' + random.nextInt(8)));
    }
    Prepared prepared = prepare(text.toString());
    assertThat(Baseline.of(prepared.train(), 0).perplexity(prepared.validation()))
        .isCloseTo(8, within(0.02));
  }

  @Test
  void longerContextsPredictWordsBetterAndWhatNeverCameIsPossible() throws IOException {
    Prepared text = prepare(words(20_000));
    double last = Double.MAX_VALUE;
    for (int order = 0; order <= 3; order++) {
      double perplexity = Baseline.of(text.train(), order).perplexity(text.validation());
      assertThat(perplexity).isLessThan(last).isGreaterThan(1);
      last = perplexity;
    }
    Prepared strange = prepare("ab".repeat(200) + "\u00e9".repeat(50));
    assertThat(Baseline.of(strange.train(), 2).perplexity(strange.test())).isFinite();
  }

  private static String words(int characters) {
    String[] words = {"the ", "thin ", "cat ", "sat ", "on ", "mat ", "and ", "then "};
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    while (text.length() < characters) {
      text.append(words[random.nextInt(words.length)]);
    }
    return text.toString();
  }

  private Prepared prepare(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("t.txt"), text);
    return DataRequest.named("text").path(file).textLength(8).validation(0.1).prepare();
  }
}
