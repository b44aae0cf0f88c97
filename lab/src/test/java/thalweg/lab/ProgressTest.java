package thalweg.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import thalweg.lab.Progress.Look;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void theTimeLeftSupposesTheSameSpeed() {
    assertThat(Progress.render("tuning", "adam", 1, 4, Duration.ofSeconds(20), 79))
        .isEqualTo("tuning  [======>                 ]   25 %  1:00 left  adam");
    assertThat(Progress.render("training", "", 3, 4, Duration.ofHours(6), 79))
        .isEqualTo("training  [==================>     ]   75 %  2:00:00 left");
  }

  @Test
  void theStartTheEndAndNothingToDo() {
    assertThat(Progress.render("a", "", 0, 4, Duration.ZERO, 79))
        .isEqualTo("a  [>                       ]    0 %  starting");
    assertThat(Progress.render("a", "", 4, 4, Duration.ofMillis(2600), 79))
        .isEqualTo("a  [========================]  100 %  done in 0:03");
    assertThat(Progress.render("a", "", 0, 0, Duration.ZERO, 79)).contains("100 %");
  }

  @Test
  void noWidthIsOverrun() {
    for (int columns = 1; columns < 100; columns++) {
      String line =
          Progress.render(
              "a long label", "clip_by_global_norm | adamw", 1, 3, Duration.ofHours(1), columns);
      assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(columns);
    }
  }

  @Test
  void aBarIsRedrawnInPlaceAtMostTenTimesASecondAndCleared() {
    try (Progress progress = new Progress("x", 100, Look.BAR, out, nanos::get)) {
      for (int i = 0; i < 100; i++) {
        nanos.addAndGet(10_000_000);
        progress.advance(1, "");
      }
    }
    String text = bytes.toString(UTF_8);
    assertThat(text.chars().filter(c -> c == '%').count()).isEqualTo(10);
    assertThat(text).doesNotContain("\n").endsWith("\r" + " ".repeat(79) + "\r");
  }

  @Test
  void withoutATerminalALineAppearsEveryTenSecondsAndNoneForShortWork() {
    try (Progress progress = new Progress("x", 100, Look.LINES, out, nanos::get)) {
      for (int i = 0; i < 100; i++) {
        nanos.addAndGet(250_000_000);
        progress.advance(1, "");
      }
    }
    assertThat(bytes.toString(UTF_8).lines()).hasSize(2).noneMatch(line -> line.contains("\r"));
    bytes.reset();
    try (Progress progress = new Progress("x", 1, Look.LINES, out, nanos::get)) {
      progress.advance(1, "");
    }
    assertThat(bytes.size()).isZero();
  }

  @Test
  void quietSaysNothing() {
    try (Progress progress = new Progress("x", 1, Look.NOTHING, out, nanos::get)) {
      nanos.addAndGet(60_000_000_000L);
      progress.advance(1, "");
    }
    assertThat(bytes.size()).isZero();
    assertThat(Look.detect(true)).isEqualTo(Look.NOTHING);
  }
}
