package thalweg.lab.serve.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
  @TempDir Path folder;
  private Path log;
  private LogTail tail;
  private final List<String> heard = new ArrayList<>();

  @BeforeEach
  void start() {
    log = folder.resolve("log.jsonl");
    tail = new LogTail(log);
  }

  @Test
  void eachLineIsHeardOnceWhenItsEndIsThere() throws IOException {
    assertThat(more()).isEmpty(); // there is none yet
    append("one\ntw");
    assertThat(more()).containsExactly("one");
    assertThat(more()).isEmpty();
    append("o ö\n\nfour\n");
    assertThat(more()).containsExactly("two ö", "", "four");
  }

  @Test
  void aLogThatIsBegunAgainIsReadAgain() throws IOException {
    append("a long first line\nsecond\n");
    more();
    Files.writeString(log, "anew\n");
    assertThat(more()).containsExactly("(anew)", "anew");
  }

  @Test
  void aLogThatIsReplacedIsReadAgainEvenIfItIsLonger() throws IOException {
    append("one\n");
    more();
    Path aside = Files.writeString(folder.resolve("aside"), "one\ntwo\nthree\n");
    Files.move(aside, log, StandardCopyOption.REPLACE_EXISTING);
    assertThat(more()).containsExactly("(anew)", "one", "two", "three");
  }

  @Test
  void longLinesArriveWholeAndEndlessOnesNotAtAll() throws IOException {
    String longLine = "x".repeat(200_000);
    append(longLine + "\n" + "y".repeat((1 << 20) + 1) + "\nafter\n");
    assertThat(more()).containsExactly(longLine, "after");
  }

  @Test
  void ofManyTheLowestAndTheHighestOfEachPartStayAndTheLast() {
    Thinned<Integer> thinned = new Thinned<>(4, i -> i == 5 || i == 1002 ? -7 : i == 6 ? 2000 : i);
    IntStream.range(0, 8).forEach(thinned::add);
    assertThat(new TreeSet<>(thinned.all())).as("all").hasSize(8);
    assertThat(thinned.isThin()).isFalse();
    IntStream.range(8, 16).forEach(thinned::add);
    assertThat(thinned.all()).containsExactly(0, 3, 5, 6, 8, 11, 12, 15, 15);
    assertThat(thinned.isThin()).isTrue();
    IntStream.range(16, 1003).forEach(thinned::add);
    assertThat(thinned.all()).hasSizeLessThanOrEqualTo(9).startsWith(5, 6).endsWith(1002);
  }

  @Test
  void whatIsNoNumberDoesNotHideTheOthers() {
    Thinned<Double> thinned = new Thinned<>(2, v -> v);
    IntStream.range(0, 64)
        .forEach(i -> thinned.add(i == 9 ? Double.NaN : i == 40 ? -3.0 : i == 41 ? 8.0 : 1.0));
    assertThat(thinned.all()).contains(-3.0, 8.0);
  }

  @Test
  void damagedLinesAreLeftOutAndKindsKeepTheirOrder() {
    Lines lines = new Lines(8);
    lines.add("{\"kind\": \"start\", \"a\": 1}");
    lines.add("{\"kind\": \"step\", \"step\": 1");
    lines.add("no JSON");
    lines.add("{\"kind\": \"step\", \"step\": 2}");
    lines.add("{\"kind\": \"epoch\", \"epoch\": 1}");
    lines.add("{\"kind\": \"step\", \"step\": 3}");
    assertThat(lines.json())
        .isEqualTo(
            "[{\"kind\":\"start\",\"a\":1},{\"kind\":\"step\",\"step\":2},{\"kind\":\"epoch\",\"epoch\":1},{\"kind\":\"step\",\"step\":3}]");
  }

  private List<String> more() throws IOException {
    heard.clear();
    tail.more(() -> heard.add("(anew)"), heard::add);
    return heard;
  }

  private void append(String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
