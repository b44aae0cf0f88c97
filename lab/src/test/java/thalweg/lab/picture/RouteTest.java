package thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RouteTest {
  private static Route route(double[]... places) {
    return Route.of(places, places.length - 1, Samples.SQUARE);
  }

  @Test
  void whatStaysInsideIsOnePiece() {
    Route route = route(new double[] {0, 0, 9}, new double[] {0.5, 0, 9}, new double[] {1, 1, 9});
    assertThat(route.exit()).isNull();
    assertThat(route.pieces()).hasSize(1);
    assertThat(route.pieces().getFirst().toArray(new double[0][]))
        .isDeepEqualTo(new double[][] {{0, 0}, {0.5, 0}, {1, 1}});
  }

  @Test
  void whatLeavesIsDrawnToTheBorder() {
    Route route = route(new double[] {0, 0}, new double[] {4, 2});
    assertThat(route.exit()).containsExactly(1, 0.5);
    assertThat(route.pieces().getFirst().toArray(new double[0][]))
        .isDeepEqualTo(new double[][] {{0, 0}, {1, 0.5}});
  }

  @Test
  void whatComesBackIsAnotherPiece() {
    Route route = route(new double[] {0, 0}, new double[] {3, 0}, new double[] {0, 0.5});
    assertThat(route.exit()).isNull();
    assertThat(route.pieces()).hasSize(2);
    assertThat(route.pieces().getLast().getFirst()[0]).isEqualTo(1);
  }

  @Test
  void whatPassesThroughInOneMoveIsAPiece() {
    Route route = route(new double[] {-3, 0}, new double[] {3, 0});
    assertThat(route.pieces().getFirst().toArray(new double[0][]))
        .isDeepEqualTo(new double[][] {{-1, 0}, {1, 0}});
    assertThat(route.exit()).containsExactly(1, 0);
  }

  @Test
  void whatLeftStaysLeftHoweverFarItGoes() {
    Route route =
        route(
            new double[] {0, 0},
            new double[] {0, 2},
            new double[] {1e300, 2},
            new double[] {1e300, -1e300});
    assertThat(route.exit()).containsExactly(0, 1);
    assertThat(route.pieces()).hasSize(1);
  }

  @Test
  void aWalkIsAsLongAsItsDrawnPart() {
    assertThat(route(new double[] {-1, 0}, new double[] {5, 0}).length(Samples.SQUARE))
        .isEqualTo(1);
  }

  @Test
  void onlyTheFirstStepsAreTaken() {
    double[][] places = {{0, 0}, {0.5, 0}, {0.7, 0}};
    assertThat(Route.of(places, 0, Samples.SQUARE).pieces().getFirst()).hasSize(1);
    assertThat(Route.of(places, 1, Samples.SQUARE).pieces().getFirst()).hasSize(2);
  }
}
