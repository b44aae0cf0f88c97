package thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** One drawing, written in two ways. */
class DrawingTest {
  private static final Drawing DRAWING =
      new Drawing(
          60,
          40,
          "#fbfbf9",
          "a < b",
          "lines & letters",
          List.of(
              new Figure.Path(
                  List.of(Plane.rectangle(5, 5, 30, 30), Plane.rectangle(15, 15, 10, 10)),
                  "#112233",
                  null,
                  1),
              Plane.line(new Figure.Pen("#aa0000", 2, List.of(4, 2)), 45.04, 0, 45.26, 40),
              new Figure.Text(
                  "−1 < x",
                  56,
                  20,
                  Figure.Letters.of(9, "#5b636d").inBold().turned(),
                  Figure.Anchor.MIDDLE)));

  @Test
  void asSvgItIsShortAndEscaped() {
    assertThat(Svg.of(DRAWING))
        .isEqualTo(
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="60" height="40" viewBox="0 0 60 40" \
            role="img" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', \
            Arial, 'DejaVu Sans', sans-serif" stroke-width="0.5" stroke-linejoin="round" stroke-linecap="round">
            <title>a &lt; b</title>
            <desc>lines &amp; letters</desc>
            <path fill="#fbfbf9" d="M0 0H60V40H0Z"/>
            <path fill="#112233" fill-rule="evenodd" d="M5 5l30 0 0 30-30 0ZM15 15l10 0 0 10-10 0Z"/>
            <path fill="none" stroke="#aa0000" stroke-width="2" stroke-dasharray="4 2" \
            stroke-linecap="butt" d="M45 0l0.3 40"/>
            <text x="56" y="20" font-size="9" fill="#5b636d" font-weight="600" text-anchor="middle" \
            transform="rotate(-90 56 20)">−1 &lt; x</text>
            </svg>
            """);
  }

  @Test
  void asPixelsEveryColourIsInItsPlace() throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(Raster.png(DRAWING, 2)));
    assertThat(image.getWidth()).isEqualTo(120);
    assertThat(image.getHeight()).isEqualTo(80);
    assertThat(image.getRGB(2, 2)).isEqualTo(0xfffbfbf9);
    assertThat(image.getRGB(20, 20)).isEqualTo(0xff112233);
    assertThat(image.getRGB(40, 40)).as("in the hole").isEqualTo(0xfffbfbf9);
    assertThat(image.getRGB(90, 3)).isEqualTo(0xffaa0000);
    assertThat(image.getRGB(90, 10)).as("in a gap").isEqualTo(0xfffbfbf9);
  }

  @Test
  void aDotIsSeen() {
    var dot = new Polyline(List.of(new double[] {10, 10}, new double[] {10, 10}), false);
    var path = new Figure.Path(List.of(dot), null, Figure.Pen.of("#112233", 6), 1);
    var drawing = new Drawing(20, 20, "#ffffff", "", "", List.of(path));
    assertThat(Raster.image(drawing, 1).getRGB(10, 10)).isEqualTo(0xff112233);
    assertThat(Svg.of(drawing)).contains("d=\"M10 10l0 0\"");
  }
}
