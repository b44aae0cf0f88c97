package thalweg.lab.serve.play;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.formula.Hyperparameters.Component;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;

class SliderTest {
  private static final Set<String> NUMERIC = Set.of("ratio", "near_one", "difference", "whole");

  static Stream<CatalogueEntry> entries() {
    return Catalogue.entries().stream();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void everySliderCoversTheDefaultAndNothingThatIsNotAllowed(CatalogueEntry entry) {
    for (Component component : entry.hyperparameters().list()) {
      ObjectNode slider = Slider.of(component);
      String scale = slider.path("scale").asText();
      assertThat(scale).isIn("ratio", "near_one", "difference", "whole", "flag", "choice", "text");
      if (NUMERIC.contains(scale)) {
        double low = slider.path("low").asDouble();
        double high = slider.path("high").asDouble();
        assertThat(low).as(component.name()).isLessThan(high);
        assertThat(component.contains(low)).as("%s %s", component, low).isTrue();
        assertThat(component.contains(high)).as("%s %s", component, high).isTrue();
        if (slider.path("zero").asBoolean()) {
          assertThat(component.contains(0)).isTrue();
        }
        if (scale.equals("ratio")) {
          assertThat(low).isPositive();
        }
        if (!component.standard().isEmpty()) {
          double standard = Double.parseDouble(component.standard());
          boolean zero = standard == 0 && slider.path("zero").asBoolean();
          assertThat(zero || standard >= low && standard <= high)
              .as("%s in %s to %s", component, low, high)
              .isTrue();
        }
      }
    }
  }

  @Test
  void evenMovesAreWhatTheValueIsAbout() {
    assertThat(scales("adam"))
        .containsSubsequence("lr ratio", "beta1 near_one", "beta2 near_one", "eps ratio");
    assertThat(scales("sgd")).contains("momentum near_one", "nesterov flag");
  }

  private static List<String> scales(String id) {
    return Catalogue.find(id).orElseThrow().hyperparameters().list().stream()
        .map(Slider::of)
        .map(slider -> slider.path("name").asText() + " " + slider.path("scale").asText())
        .toList();
  }
}
