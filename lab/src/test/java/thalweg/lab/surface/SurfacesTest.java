package thalweg.lab.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.lab.BadInput;

class SurfacesTest {
  private static final List<String> NAMES = Surfaces.names();

  @Test
  void allAreThoseOfTheNames() {
    assertThat(NAMES)
        .containsExactly(
            "rosenbrock",
            "saddle",
            "valley",
            "beale",
            "himmelblau",
            "rastrigin",
            "ackley",
            "styblinski_tang",
            "booth",
            "goldstein_price",
            "quadratic",
            "random");
    assertThat(Surfaces.all()).extracting(Surface::text).containsExactlyElementsOf(NAMES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        " rosenbrock( dimension = 5 )               | rosenbrock(dimension=5)",
        "rosenbrock(5)                              | rosenbrock(dimension=5)",
        "beale()                                    | beale",
        "rastrigin(amplitude=0.5, dimension=2)      | rastrigin(amplitude=0.5)",
        "quadratic(condition=1e2, angle=-30)        | quadratic(condition=100, angle=-30)",
        "random(seed=9223372036854775807)           | random(seed=9223372036854775807)",
        "expression( x^2 + y^2 )                    | expression(x^2 + y^2)",
        "expression(x^2, box=[-2,2,-2,2])           | expression(x^2)",
        "expression(max(x, y), box=[-1, 1])         | expression(max(x, y), box=[-1, 1, -1, 1])",
        "expression(x, box=-1e-3,2,0,1)             | expression(x, box=[-1e-3, 2, 0, 1])",
      })
  void theTextFormIsCanonicalAndParsesBack(String text, String canonical) {
    Surface surface = Surfaces.parse(text);
    assertThat(surface.text()).isEqualTo(canonical);
    Surface again = Surfaces.parse(canonical);
    assertThat(again).isEqualTo(surface).hasSameHashCodeAs(surface).hasToString(canonical);
    assertThat(again.formula()).isEqualTo(surface.formula());
    assertThat(again.box()).isEqualTo(surface.box());
    assertThat(again).isNotEqualTo(Surfaces.parse("rosenbrock(dimension=4)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "rosenbrok(dimension=3)   | no surface is called 'rosenbrok'; did you mean 'rosenbrock'?",
        "hills                    | no surface is called 'hills'; there is 'rosenbrock', 'saddle'",
        "rosenbrock(dimension=1)  | rosenbrock.dimension must be in [2, 1000], got 1",
        "rosenbrock(dimension=1001) | rosenbrock.dimension must be in [2, 1000], got 1001",
        "rosenbrock(dim=3)        | rosenbrock has no hyperparameter 'dim'; did you mean"
            + " dimension?",
        "saddle(3)                | saddle has no hyperparameters; remove this value",
        "quadratic(condition=0.5) | quadratic.condition must be in [1, 1e9], got 0.5",
        "random(seed=-1)          | random.seed must be in [0, inf), got -1",
        "(1-x)^2 + y^2            | '(1-x)^2 + y^2' is a formula; write expression((1-x)^2 + y^2)",
        "expression(x^2           | 'expression(' is not closed at the end; write expression(x^2 +",
        "expression(x^2, box=1)   | box '1' has 1 number; write low,high for all coordinates or 4",
        "expression(x^2, box=1,a) | box '1,a': 'a' is not a number; write -2,2,-1,3 for x from -2",
        "expression(x, box=1d,2)  | box '1d,2': '1d' is not a number",
        "expression(x, box=2,1)   | box '2,1': a range goes from a lower to a higher number and is"
            + " of finite width",
        "expression(x, box=[])    | box '[]': '' is not a number",
      })
  void whatIsWrongIsSaidInOneLine(String text, String message) {
    assertThatThrownBy(() -> Surfaces.parse(text))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void surfacesAreNotChained() {
    assertThatThrownBy(() -> Surfaces.parse("saddle | valley"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("one surface is wanted, got 2 joined by '|'");
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void theUsualStartIsInsideTheBoxAndSoAreTheMinima(String name) {
    Surface surface = Surfaces.parse(name);
    assertThat(surface.start()).hasSize(surface.dimension());
    assertThat(surface.box().low()).hasSize(surface.dimension());
    Surfaces.checkStart(surface, surface.start());
    for (Minimum minimum : surface.minima()) {
      Surfaces.checkStart(surface, minimum.at());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rosenbrock(dimension=7)",
        "rastrigin(dimension=7)",
        "ackley(dimension=7)",
        "styblinski_tang(dimension=7)",
        "quadratic(dimension=7)",
        "random(dimension=7)",
        "expression(x7, box=[-1e300, 1e300])",
      })
  void inMoreDimensionsAsWell(String text) {
    theUsualStartIsInsideTheBoxAndSoAreTheMinima(text);
    assertThat(Surfaces.parse(text).dimension()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rosenbrock(dimension=1000)",
        "rastrigin(dimension=1000)",
        "ackley(dimension=1000)",
        "styblinski_tang(dimension=1000)",
        "quadratic(dimension=1000)",
        "quadratic(dimension=999, angle=30)",
        "quadratic(dimension=1000, angle=30)",
        "random(dimension=20, waves=100)",
      })
  void theLargestOfTheirKindAreRead(String text) {
    Surface surface = Surfaces.parse(text);
    Surfaces.checkStart(surface, surface.start());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rosenbrock      | 1       | start has 1 number, rosenbrock takes 2; write one for each",
        "rosenbrock      | 1,2,3   | start has 3 numbers, rosenbrock takes 2; write one for each",
        "rosenbrock      | 2.5,1   | start 2.5,1 is outside of rosenbrock: x goes from -2 to 2",
        "rosenbrock      | 0,-1.75 | y goes from -1.5 to 3 there, got -1.75",
        "rosenbrock      | 0,NaN   | y goes from -1.5 to 3 there, got nan",
        "ackley(dimension=4) | 0,0,0,6 | x4 goes from -5 to 5 there, got 6",
        "expression(log(x)) | -1,0 | has no finite value and gradient at the start -1,0",
        "expression(sqrt(x)) | 0,0 | has no finite value and gradient at the start 0,0",
      })
  void aStartMustBeAPlaceOnTheSurface(String text, String start, String message) {
    List<Double> numbers = List.of(start.split(",")).stream().map(Double::valueOf).toList();
    assertThatThrownBy(() -> Surfaces.checkStart(Surfaces.parse(text), numbers))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void aDefinitionMakesTheSameSurfaceAsItsText() {
    assertThat(Surfaces.of(new Rosenbrock(3))).isEqualTo(Surfaces.parse("rosenbrock(dimension=3)"));
  }
}
