package thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.lab.BadInput;
import thalweg.lab.Progress;
import thalweg.lab.trace.Trace;

class PicturesTest {
  private static final List<View> BOTH = List.of(View.MAP, View.LOSS);
  private final Trace trace = Samples.trace("booth", 10, "sgd(lr=0.05)", "adam(lr=0.5)");
  @TempDir private Path folder;

  @Test
  void svgIsWellFormedAndLoadsNothing() throws Exception {
    Path file = folder.resolve("p.svg");
    Pictures.writeStill(file, trace, BOTH, Paper.LIGHT);
    var root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getDocumentElement();
    assertThat(root.getTagName()).isEqualTo("svg");
    assertThat(root.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("booth");
    assertThat(Files.readString(file).replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http", "href", "NaN", "Infinity");
  }

  @Test
  void pngHasTwiceThePixels() throws IOException {
    Path file = folder.resolve("p.PNG");
    Pictures.writeStill(file, trace, BOTH, Paper.LIGHT);
    int width = Picture.of(trace, BOTH, Paper.LIGHT).still().width();
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(2 * width);
  }

  @Test
  void gifIsAnAnimation() throws IOException {
    Path file = folder.resolve("p.gif");
    Pictures.writeAnimation(file, trace, List.of(View.LOSS), Paper.DARK, Progress.Look.NOTHING);
    assertThat(GifFile.read(Files.readAllBytes(file)).frames()).hasSize(11);
  }

  @Test
  void otherEndingsAreRefusedBeforeTheWork() {
    assertThatThrownBy(() -> Pictures.checkStill(Path.of("walk.gif")))
        .isInstanceOf(BadInput.class)
        .hasMessage("a still picture is an .svg or a .png file, got walk.gif; name it so");
    assertThatThrownBy(() -> Pictures.checkAnimation(Path.of("walk.mp4")))
        .isInstanceOf(BadInput.class)
        .hasMessage("an animation is a .gif file, got walk.mp4; name it so");
    assertThatThrownBy(() -> Pictures.checkStill(folder.resolve("no/p.svg")))
        .isInstanceOf(BadInput.class);
  }
}
