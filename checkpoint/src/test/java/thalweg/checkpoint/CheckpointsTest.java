package thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.memory.Buffer;

class CheckpointsTest {
  @TempDir Path parent;
  private final List<String> notices = new ArrayList<>();

  private Checkpoints checkpoints() {
    return Checkpoints.in(parent.resolve("run")).notices(notices::add);
  }

  private static RunCheckpoint at(long step) {
    return new RunCheckpoint(
        step,
        Map.of("w", RawTensor.of(List.of(1L), Buffer.of(new float[] {step}))),
        StateFileTest.everything(),
        Map.of("step", step));
  }

  private List<String> names() {
    return checkpoints().files().stream().map(file -> file.getFileName().toString()).toList();
  }

  @Test
  void aRunComesBackToTheBit() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("epoch", 3L);
    values.put("loss", 0.1);
    values.put("whole", 2.0);
    values.put("best", Double.POSITIVE_INFINITY);
    values.put("none", Double.NaN);
    values.put("minus", -0.0);
    values.put("large", Long.MIN_VALUE);
    values.put("text", "a \"b\"");
    values.put("on", true);
    values.put("log", List.of(Map.of("loss", 0.3, "steps", 7L), List.of(1L, 2.5)));
    RunCheckpoint run = new RunCheckpoint(7, at(7).model(), at(7).optimizer(), values);
    Path file = checkpoints().save(run);
    assertThat(file.getFileName()).hasToString("step-000000007.safetensors");
    RunCheckpoint loaded = checkpoints().latest().orElseThrow();
    assertThat(loaded.step()).isEqualTo(7);
    assertThat(loaded.values()).isEqualTo(values);
    assertThat(loaded.optimizer()).isEqualTo(run.optimizer());
    assertThat(loaded.model()).containsOnlyKeys("w");
    assertThat(loaded.whole("epoch")).isEqualTo(3);
    assertThat(loaded.number("epoch")).isEqualTo(3);
    assertThat(loaded.text("text")).isEqualTo("a \"b\"");
    assertThatThrownBy(() -> loaded.whole("loss"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith(
            "the checkpoint of step 7 has 0.1 under 'loss', wanted is a Long; it has [");
  }

  @Test
  void whatIsNoJsonIsRefused() {
    var run = new RunCheckpoint(1, Map.of(), null, Map.of("x", new StringBuilder()));
    assertThatThrownBy(() -> checkpoints().save(run))
        .hasMessageContaining("a value in a checkpoint must be a number, text");
    assertThat(checkpoints().files()).isEmpty();
  }

  @Test
  void theLastFewAreKept() {
    for (int step = 5; step <= 50; step += 5) {
      checkpoints().keep(2).save(at(step));
    }
    assertThat(names()).containsExactly("step-000000045.safetensors", "step-000000050.safetensors");
  }

  @Test
  void theBestIsKeptHoweverOld() {
    double[] scores = {3, 1, 1, 2, Double.NaN, 4};
    for (int i = 0; i < scores.length; i++) {
      checkpoints().keep(1).keepBest().save(at(i), scores[i]);
    }
    assertThat(names()).containsExactly("step-000000002.safetensors", "step-000000005.safetensors");
    assertThat(checkpoints().best().orElseThrow().step()).isEqualTo(2);
    assertThat(checkpoints().latest().orElseThrow().step()).isEqualTo(5);
  }

  @Test
  void howFarTheLatestHasComeIsToldWithoutItsTensors() throws IOException {
    checkpoints().save(at(1));
    Path last = checkpoints().save(at(2));
    RunCheckpoint head = checkpoints().latestHead().orElseThrow();
    assertThat(head.step()).isEqualTo(2);
    assertThat(head.values())
        .isNotEmpty()
        .isEqualTo(checkpoints().latest().orElseThrow().values());
    assertThat(head.model()).isEmpty();

    byte[] bytes = Files.readAllBytes(last);
    bytes[bytes.length - 1]++; // within a tensor: the head is not read again for it
    Files.write(last, bytes);
    assertThat(checkpoints().latestHead().orElseThrow().step()).isEqualTo(2);
    assertThat(checkpoints().latest().orElseThrow().step()).isEqualTo(1);
    Files.write(last, new byte[3]);
    assertThat(checkpoints().latestHead().orElseThrow().step()).isEqualTo(1);
  }

  @Test
  void anEmptyOrAbsentFolderHasNone() {
    assertThat(checkpoints().latestHead()).isEmpty();
    assertThat(checkpoints().latest()).isEmpty();
    assertThat(checkpoints().best()).isEmpty();
    assertThat(checkpoints().folder()).doesNotExist();
  }

  @Test
  void aDamagedLastOneIsPassedOverAndTold() throws IOException {
    checkpoints().save(at(1));
    checkpoints().save(at(2));
    Path last = checkpoints().save(at(3));
    byte[] bytes = Files.readAllBytes(last);
    bytes[bytes.length - 1] ^= 1;
    Files.write(last, bytes);
    Files.write(checkpoints().folder().resolve("step-000000009.safetensors"), new byte[0]);
    assertThat(checkpoints().latest().orElseThrow().step()).isEqualTo(2);
    assertThat(notices)
        .satisfiesExactly(
            notice ->
                assertThat(notice)
                    .contains("step-000000009.safetensors is empty")
                    .endsWith("going back to the one before"),
            notice ->
                assertThat(notice).contains("step-000000003.safetensors was altered or damaged"));
  }

  @Test
  void aDamagedOneDoesNotPushOutAWholeOne() throws IOException {
    checkpoints().keep(2).save(at(1));
    Files.write(checkpoints().folder().resolve("step-000000009.safetensors"), new byte[3]);
    checkpoints().keep(2).save(at(2));
    assertThat(names())
        .containsExactly(
            "step-000000001.safetensors",
            "step-000000002.safetensors",
            "step-000000009.safetensors");
  }

  @Test
  void aFileOfAnotherKindIsNotRemoved() {
    Path model = checkpoints().folder().resolve("step-000000001.safetensors");
    checkpoints().save(at(2));
    ModelFile.save(model, at(1).model());
    checkpoints().keep(1).save(at(3));
    checkpoints().keep(1).save(at(4));
    assertThat(names()).containsExactly("step-000000001.safetensors", "step-000000004.safetensors");
  }

  @Test
  void aRunDoesNotBeginAnewOverBrokenCheckpoints() throws IOException {
    checkpoints().save(at(1));
    checkpoints().save(at(2));
    for (Path file : checkpoints().files()) {
      Files.write(file, new byte[3]);
    }
    assertThatThrownBy(() -> checkpoints().latest())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("step-000000001.safetensors is no safetensors file")
        .hasMessageEndingWith(
            "no other of the 2 files in %s is a whole checkpoint: move them away to begin anew"
                .formatted(checkpoints().folder()));
    assertThat(checkpoints().files()).hasSize(2);
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefused() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));
    assertThatThrownBy(() -> Checkpoints.in(file).latest())
        .isInstanceOf(CheckpointException.class)
        .hasMessage("%s is a file; checkpoints need a folder, name another".formatted(file));
  }

  @Test
  void oneThatWasJustSavedIsNeverTheOneRemoved() {
    checkpoints().keep(1).save(at(100));
    Path earlier = checkpoints().keep(1).save(at(50));
    assertThat(earlier).exists();
  }

  @Test
  void aNewerVersionIsNotPassedOverInSilence() throws IOException {
    checkpoints().save(at(1));
    Path newer = checkpoints().save(at(2));
    String text = Files.readString(newer, java.nio.charset.StandardCharsets.ISO_8859_1);
    Files.writeString(
        newer,
        text.replace("\"thalweg.version\":\"1\"", "\"thalweg.version\":\"7\""),
        java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> checkpoints().latest())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("is of version 7 of the format");
    assertThat(notices).isEmpty();
  }

  @Test
  void leftoversOfKilledWritesAreRemovedAndThoseBeingWrittenAreNot() throws IOException {
    checkpoints().save(at(1));
    Path folder = checkpoints().folder();
    Path left = Files.writeString(folder.resolve(".step-000000002.safetensors.a.part"), "half");
    Path busy = Files.writeString(folder.resolve(".step-000000003.safetensors.b.part"), "half");
    Path foreign = Files.writeString(folder.resolve("notes.txt"), "mine");
    try (FileChannel writing = FileChannel.open(busy, StandardOpenOption.WRITE);
        var _ = writing.lock()) {
      checkpoints().save(at(4));
      assertThat(left).doesNotExist();
      assertThat(busy).exists();
      assertThat(foreign).hasContent("mine");
    }
  }

  @Test
  void atLeastOneIsKept() {
    assertThatThrownBy(() -> checkpoints().keep(0))
        .hasMessage("Checkpoints.keep must be >= 1, got 0");
  }
}
