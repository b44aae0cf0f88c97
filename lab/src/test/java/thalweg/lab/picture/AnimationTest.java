package thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.lab.Progress;
import thalweg.lab.trace.Trace;

class AnimationTest {
  private static final List<View> MAP = List.of(View.MAP);

  @Test
  void itIsReadBackAsItWasMeant() throws IOException {
    Trace trace = Samples.trace("beale", 14, "sgd(lr=0.01)", "adam(lr=0.1)");
    Picture picture = Picture.of(trace, MAP, Paper.LIGHT);
    byte[] bytes = Animation.gif(picture, Progress.Look.NOTHING);
    GifFile gif = GifFile.read(bytes);
    assertThat(gif.frames()).hasSize(15);
    assertThat(gif.delays().subList(0, 14)).containsOnly(20);
    assertThat(gif.delays().getLast()).isEqualTo(200);
    assertThat(gif.loop()).as("without end").containsExactly((byte) 1, (byte) 0, (byte) 0);
    assertThat(bytes.length).isLessThan(3_000_000);
    // A frame is put together from changes alone; the last one still shows the whole still.
    BufferedImage whole = Raster.image(picture.still(), 1);
    BufferedImage last = gif.frames().getLast();
    double error = 0;
    for (int y = 0; y < whole.getHeight() - 4; y++) {
      for (int x = 0; x < whole.getWidth(); x++) {
        Colour one = Colour.of(whole.getRGB(x, y));
        Colour other = Colour.of(last.getRGB(x, y));
        error = Math.max(error, Math.abs(one.red() - other.red()));
        error = Math.max(error, Math.abs(one.green() - other.green()));
        error = Math.max(error, Math.abs(one.blue() - other.blue()));
      }
    }
    assertThat(error).as("of 255, by the palette").isLessThan(48);
  }

  @Test
  void everyWalkKeepsItsColour() throws IOException {
    Trace trace = Samples.trace("beale", 4, "sgd(lr=0.01)", "adam(lr=0.1)", "rmsprop(lr=0.1)");
    Picture picture = Picture.of(trace, MAP, Paper.DARK);
    BufferedImage last =
        GifFile.read(Animation.gif(picture, Progress.Look.NOTHING)).frames().getLast();
    for (Colour colour : picture.colours()) {
      long count = 0;
      for (int y = 0; y < last.getHeight(); y++) {
        for (int x = 0; x < last.getWidth(); x++) {
          count += Colour.of(last.getRGB(x, y)).equals(colour) ? 1 : 0;
        }
      }
      assertThat(count).as(colour.hex()).isGreaterThan(20);
    }
  }

  @Test
  void nothingIsThereBeforeItsStep() throws IOException {
    Trace trace = Samples.trace("beale", 5, "sgd(lr=0.01)", "adam(lr=0.1)");
    GifFile gif =
        GifFile.read(Animation.gif(Picture.of(trace, MAP, Paper.LIGHT), Progress.Look.NOTHING));
    int before = 0;
    for (BufferedImage frame : gif.frames()) {
      int bar = 0;
      while (bar < frame.getWidth()
          && Colour.of(frame.getRGB(bar, frame.getHeight() - 2)).hex().equals(Paper.LIGHT.soft())) {
        bar++;
      }
      assertThat(bar).isGreaterThanOrEqualTo(before);
      before = bar;
    }
    assertThat(before).isEqualTo(gif.frames().getLast().getWidth());
    assertThat(
            Colour.of(gif.frames().getFirst().getRGB(2, gif.frames().getFirst().getHeight() - 2)))
        .isEqualTo(Colour.of(Paper.LIGHT.paper()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 99, 100, 200, 10_000})
  void itLastsThreeToTenSecondsAndShowsStartAndEnd(int steps) {
    List<Integer> shown = Animation.shown(steps);
    assertThat(shown).isSorted().doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(100);
    assertThat(shown.getFirst()).isZero();
    assertThat(shown.getLast()).isEqualTo(steps);
    int hundredths = (shown.size() - 1) * Animation.delay(shown.size()) + 200;
    assertThat(hundredths).isBetween(200, 1000);
    if (steps >= 15) {
      assertThat(hundredths).isGreaterThan(300);
    }
  }
}
