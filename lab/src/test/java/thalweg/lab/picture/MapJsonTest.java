package thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import thalweg.lab.surface.Box;
import thalweg.lab.surface.Surface;
import thalweg.lab.surface.Surfaces;

class MapJsonTest {
  private static JsonNode map(SurfaceGrid grid) throws Exception {
    return new JsonMapper().readTree(MapJson.of(grid));
  }

  private static int share(JsonNode map, int row, int column) {
    byte[] bytes = Base64.getDecoder().decode(map.get("shares").asText());
    int at = 2 * (row * map.get("nodes").asInt() + column);
    return Byte.toUnsignedInt(bytes[at]) + 256 * Byte.toUnsignedInt(bytes[at + 1]);
  }

  @Test
  void sharesAreThoseOfTheScale() throws Exception {
    Surface beale = Surfaces.parse("beale");
    SurfaceGrid grid = SurfaceGrid.of(beale, beale.start(), 31);
    JsonNode map = map(grid);
    for (int[] node : new int[][] {{0, 0}, {3, 17}, {30, 30}, {15, 2}}) {
      double share = grid.scale().share(grid.z()[node[0]][node[1]]);
      assertThat(share(map, node[0], node[1]) / 65_534.0).isCloseTo(share, within(1e-5));
    }
  }

  @Test
  void linesLieWhereTheSurfaceHasTheirHeight() throws Exception {
    Surface valley = Surfaces.parse("valley");
    JsonNode map = map(SurfaceGrid.of(valley, valley.start(), 181));
    assertThat(map.get("contours")).hasSize(HeightScale.LEVELS);
    Box box = valley.box();
    int points = 0;
    for (JsonNode contour : map.get("contours")) {
      double height = contour.get("height").asDouble();
      for (JsonNode line : contour.get("lines")) {
        long x = 0;
        long y = 0;
        for (int i = 0; i < line.size(); i += 2) {
          x += line.get(i).asLong();
          y += line.get(i + 1).asLong();
          double[] place = {
            box.low().get(0) + x / 5000.0 * (box.high().get(0) - box.low().get(0)),
            box.low().get(1) + y / 5000.0 * (box.high().get(1) - box.low().get(1))
          };
          assertThat(valley.value(place)).isCloseTo(height, within(0.02 + 0.01 * height));
          points++;
        }
      }
    }
    assertThat(points).isGreaterThan(500);
  }

  @Test
  void whatIsNotFiniteHasNoShare() throws Exception {
    double[][] z = {{1, 2, 3}, {4, Double.NaN, 6}, {7, Double.POSITIVE_INFINITY, 9}};
    JsonNode map =
        map(new SurfaceGrid(z, Box.cube(2, 0, 1), List.of(0.0, 0.0), new HeightScale(1, 9, 8)));
    assertThat(share(map, 1, 1)).isEqualTo(65_535);
    assertThat(share(map, 2, 1)).isEqualTo(65_535);
    assertThat(share(map, 0, 0)).isZero();
    assertThat(share(map, 2, 2)).isEqualTo(65_534);
  }

  @Test
  void higherIsLighterOnBothPapers() {
    for (List<String> colors : List.of(HeightColors.light(), HeightColors.dark())) {
      assertThat(colors).hasSize(17);
      for (int i = 1; i < colors.size(); i++) {
        assertThat(brightness(colors.get(i))).isGreaterThan(brightness(colors.get(i - 1)));
      }
    }
    assertThat(brightness(HeightColors.light().getFirst())).isGreaterThan(130);
    assertThat(brightness(HeightColors.dark().getLast())).isLessThan(110);
  }

  private static double brightness(String color) {
    int rgb = Integer.parseInt(color.substring(1), 16);
    return 0.2126 * (rgb >> 16) + 0.7152 * (rgb >> 8 & 255) + 0.0722 * (rgb & 255);
  }
}
