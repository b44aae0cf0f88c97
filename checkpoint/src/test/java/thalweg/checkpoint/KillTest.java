package thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed again and again. */
class KillTest {
  private static final int KILLS = 24;

  @TempDir Path folder;

  /**
   * A process of its own saves after every step, which is where nearly all of its time goes, and is
   * killed (SIGKILL, where there are signals) at random moments.
   */
  @Test
  void aRunThatIsKilledAtRandomMomentsEndsAsIfItHadNotBeen()
      throws IOException, InterruptedException {
    Random random = new Random(5);
    List<String> notices = new ArrayList<>();
    Checkpoints checkpoints = Checkpoints.in(folder).keep(2).notices(notices::add);
    Path said = Files.createTempFile("said", ".txt");
    long before = 0;
    int halfWritten = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process trainee = start(Long.MAX_VALUE, said);
      while (announced(said) == 0) {
        assertThat(trainee.isAlive()).as(Files.readString(said)).isTrue();
        Thread.sleep(1);
      }
      Thread.sleep(random.nextInt(120));
      trainee.destroyForcibly().waitFor();
      halfWritten += leftovers();
      long saved = checkpoints.latest().orElseThrow().step();
      assertThat(saved).as("kill " + kill).isGreaterThanOrEqualTo(announced(said));
      assertThat(announced(said)).isGreaterThan(before);
      before = saved;
    }
    assertThat(notices).as("whatever is under a checkpoint's name is whole").isEmpty();
    assertThat(halfWritten).as("kills in the middle of a write").isPositive();
    long last = before + 3;
    assertThat(start(last, said).waitFor()).as(Files.readString(said)).isZero();
    Files.delete(said);
    assertThat(leftovers()).isZero();
    try (Trainee straight = new Trainee();
        Trainee killed = new Trainee()) {
      while (straight.step() < last) {
        straight.update();
      }
      killed.load(checkpoints.latest().orElseThrow());
      Path expected = folder.resolve("expected.safetensors");
      straight.save().save(expected);
      Path actual = folder.resolve("actual.safetensors");
      killed.save().save(actual);
      assertThat(actual).hasSameBinaryContentAs(expected);
    }
  }

  private Process start(long last, Path said) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Trainee.class.getName(),
            folder.toString(),
            Long.toString(last))
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
  }

  /** The last step that was announced as saved, in a whole line; 0 if none was. */
  private static long announced(Path said) throws IOException {
    String text = Files.readString(said);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    return whole
        .lines()
        .filter(line -> line.startsWith("saved "))
        .mapToLong(line -> Long.parseLong(line.substring("saved ".length())))
        .max()
        .orElse(0);
  }

  private int leftovers() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return (int) files.filter(file -> file.toString().endsWith(".part")).count();
    }
  }
}
