package thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.lab.page.Look;
import thalweg.lab.page.Looks;

class PaperTest {
  private static final List<Paper> PAPERS = List.of(Paper.LIGHT, Paper.DARK);

  /** The light value comes first, the dark after it. */
  private static List<String> ofPages(String name) throws IOException {
    try (InputStream css = Paper.class.getResourceAsStream("/thalweg/lab/page/page.css")) {
      Matcher value =
          Pattern.compile("--" + name + ": (#[0-9a-f]{6});")
              .matcher(new String(css.readAllBytes(), StandardCharsets.UTF_8));
      return value.results().map(found -> found.group(1)).limit(2).toList();
    }
  }

  @Test
  void picturesAndPagesHaveTheSamePaper() throws IOException {
    assertThat(PAPERS.stream().map(Paper::paper)).isEqualTo(ofPages("paper"));
    assertThat(PAPERS.stream().map(Paper::card)).isEqualTo(ofPages("card"));
    assertThat(PAPERS.stream().map(Paper::ink)).isEqualTo(ofPages("ink"));
    assertThat(PAPERS.stream().map(Paper::soft)).isEqualTo(ofPages("soft"));
    assertThat(PAPERS.stream().map(Paper::line)).isEqualTo(ofPages("line"));
    assertThat(PAPERS.stream().map(Paper::grid)).isEqualTo(ofPages("grid"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theLowerTheDarker(boolean dark) {
    Paper paper = dark ? Paper.DARK : Paper.LIGHT;
    double before = -1;
    for (int k = 0; k <= 24; k++) {
      double light = luminance(paper.height(k / 24.0));
      assertThat(light).isGreaterThan(before);
      before = light;
    }
  }

  @Test
  void everyLineStandsOutFromItsEdgeAtEveryHeight() {
    for (Paper paper : PAPERS) {
      for (Look look : Looks.places(8)) {
        String colour = new Ink(paper, false).colour(look);
        for (String height : paper.heights()) {
          String edge = Colour.of(height).mixed(Colour.of(paper.paper()), Ink.EDGE).hex();
          assertThat(contrast(colour, edge)).as(colour + " on " + edge).isGreaterThan(2);
        }
      }
    }
  }

  private static double contrast(String one, String other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(String hex) {
    Colour colour = Colour.of(hex);
    return 0.2126 * linear(colour.red())
        + 0.7152 * linear(colour.green())
        + 0.0722 * linear(colour.blue());
  }

  private static double linear(int part) {
    double share = part / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
