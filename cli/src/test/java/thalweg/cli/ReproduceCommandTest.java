package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceCommandTest {
  @TempDir Path folder;

  @Test
  void theListNamesEveryExperiment() {
    assertThat(Ran.thalweg("reproduce", "--list").output())
        .contains("sgdm-adam-cnn", "fine-tuning", "regularizers", "Warm-up for a transformer");
  }

  @Test
  void anExperimentGivesTextPageAndJson() throws IOException {
    Path page = folder.resolve("page.html");
    Path json = folder.resolve("numbers.json");
    String out =
        Ran.thalweg(
                "reproduce",
                "sparse-features",
                "--quick",
                "--seeds",
                "2",
                "--quiet",
                "--out",
                page.toString(),
                "--json",
                json.toString())
            .output();
    assertThat(out).contains("sparse-features/adagrad", "page: " + page);
    assertThat(Files.readString(page)).contains("Adaptive methods on sparse features");
    assertThat(Files.readString(json)).startsWith("{\"format\":\"reproduce/1\"");
  }

  @Test
  void whatCannotBeIsRefusedBeforeTheWork() {
    String page = folder.resolve("page.html").toString();
    assertThat(Ran.thalweg("reproduce", "fine-tunning", "--out", page).refusal())
        .contains("unknown experiment 'fine-tunning'", "fine-tuning");
    assertThat(Ran.thalweg("reproduce", "--seeds", "1", "--out", page).refusal())
        .contains("--seeds must be in [2, 1000], got 1");
    assertThat(Ran.thalweg("reproduce", "--out", page, "--json", page).refusal())
        .contains("both name");
    assertThat(Ran.thalweg("reproduce", "--out", folder.toString()).refusal())
        .contains("it is a folder");
  }
}
