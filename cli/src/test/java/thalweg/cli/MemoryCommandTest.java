package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryCommandTest {
  @TempDir Path folder;

  private static Ran memory(String... args) {
    List<String> all = new ArrayList<>(List.of("memory"));
    all.addAll(List.of(args));
    return Ran.thalweg(all.toArray(String[]::new));
  }

  @Test
  void adamInMixedPrecisionTakes16BytesAParameter() {
    assertThat(memory("--optimizer=adam", "--parameters=7.5e9", "--precision=bf16-mixed").output())
        .startsWith("adam over 7 500 000 000 parameters; bf16-mixed\n")
        .contains("in all                               16  111.76 GiB\n");
  }

  @Test
  void aModelIsDividedAmongRanks() {
    // 6738415616 parameters * 16 bytes / 64 ranks = 1.57 GiB
    assertThat(
            memory(
                    "--optimizer=adamw",
                    "--model=llama-2-7b",
                    "--precision=bf16-mixed",
                    "--zero=3",
                    "--ranks=64")
                .output())
        .contains("6 738 415 616 parameters in 291 tensors")
        .contains("in all                               16  100.41 GiB      1.57 GiB\n");
  }

  @Test
  void severalOptimizersAreComparedAndWrittenAsJson() throws IOException {
    Path json = folder.resolve("memory.json");
    assertThat(
            memory("--optimizer", "sgd; adam", "--model", "gpt2", "--json", json.toString())
                .output())
        .contains("\nsgd  ")
        .contains("\nadam  ");
    assertThat(Files.readString(json)).startsWith("{\"format\":\"memory/1\",").endsWith("}\n");
  }

  @Test
  void theHelpNamesTheModels() {
    assertThat(memory("--help").output()).contains("llama-2-7b").contains("bf16-mixed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--optimizer=adam | what is trained? give --parameters N, --model NAME or --checkpoint"
            + " FILE",
        "--optimizer=adam --parameters=1 --model=gpt2 | --parameters and --model exclude each"
            + " other",
        "--optimizer=adam --model=gpt2 --checkpoint=x | --model and --checkpoint exclude each"
            + " other",
        "--optimizer=adam --checkpoint=no-such.safetensors | no-such.safetensors",
        "--parameters=1 | --optimizer",
        "--optimizer= --parameters=1 | --optimizer is empty",
        "--optimizer=adma --parameters=1 | did you mean adam",
        "--optimizer=clip_by_value(1) --parameters=1 | clip_by_value",
        "--optimizer=adam --parameters=0 | --parameters must be at least 1, got '0'",
        "--optimizer=adam --parameters=-7 | --parameters must be a number such as 7e9",
        "--optimizer=adam --parameters=seven | --parameters must be a number such as 7e9",
        "--optimizer=adam --parameters=1.5 | --parameters must be a whole number",
        "--optimizer=adam --parameters=1e30 | takes more than 2^63 bytes",
        "--optimizer=adam --parameters=9e18 | takes more than 2^63 bytes",
        "--optimizer=saga(terms=2000000000) --parameters=1e12 | takes more than 2^63 bytes",
        "--optimizer=adam --parameters=3x0 | a size must be at least 1",
        "--optimizer=adam --model=gpt5 | no model 'gpt5'; did you mean 'gpt2'",
        "--optimizer=adam --parameters=1 --precision=fp31 | no precision 'fp31'; did you mean"
            + " 'fp32'",
        "--optimizer=adam --parameters=1 --states=fp8 | --states must be fp32, bf16 or 8bit",
        "--optimizer=adam --parameters=1 --zero=4 --ranks=2 | --zero must be 0, 1, 2 or 3, got 4",
        "--optimizer=adam --parameters=1 --zero=-1 --ranks=2 | --zero must be 0, 1, 2 or 3, got -1",
        "--optimizer=adam --parameters=1 --zero=1 | --zero 1 needs --ranks R",
        "--optimizer=adam --parameters=1 --ranks=0 | --ranks must be at least 1, got 0",
        "--optimizer=adam --parameters=1 --ranks=many | 'many'",
        "--optimizer=adam --parameters=1 --json=/no/such/place.json | cannot write",
      })
  void whatCannotBeIsOneLine(String args, String part) {
    assertThat(memory(args.strip().split(" ")).refusal()).contains(part.strip());
  }
}
