package thalweg.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import thalweg.account.Zero;
import thalweg.formula.Transformation;
import thalweg.lab.BadInput;
import thalweg.lab.Places;
import thalweg.lab.Terminal;
import thalweg.lab.memory.KnownModel;
import thalweg.lab.memory.MemoryJson;
import thalweg.lab.memory.MemoryQuestion;
import thalweg.lab.memory.MemoryText;
import thalweg.lab.memory.Trained;
import thalweg.text.Specs;

@Command(
    name = "memory",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "The memory that training takes: parameters, gradients, master copies, each state of the"
          + " optimizer.",
      "",
      "It is read off the formulas: what they declare is what an optimizer allocates. Activations"
          + " are not in it. 1 KiB is 1024 bytes.",
      ""
    },
    footer = {
      "",
      "Precisions:",
      "  fp32        everything in float32",
      "  bf16-mixed  parameters and gradients in bfloat16, updates on float32 copies",
      "  fp16-mixed  the same with float16",
      "  bf16        parameters and gradients in bfloat16, rounded by chance, no copies",
      "",
      "Examples:",
      "  ./thalweg memory --optimizer adam --parameters 7.5e9 --precision bf16-mixed",
      "  ./thalweg memory --optimizer adamw --model llama-2-7b --precision bf16-mixed --zero 3"
          + " --ranks 64",
      "  ./thalweg memory --optimizer 'sgd; adamw; adafactor; lion' --model bert-large",
      "  ./thalweg memory --optimizer adam --parameters 4096x4096,4096 --states 8bit"
    })
final class MemoryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--optimizer",
      paramLabel = "\"SPEC;SPEC\"",
      required = true,
      description = "An optimizer or chain in text form, as thalweg list names them; or several.")
  private String optimizers;

  @Option(
      names = "--parameters",
      paramLabel = "N",
      description =
          "How many: 7e9, 16M, 1.5B (K, M, B, T are thousands, millions, 10^9, 10^12); or shapes,"
              + " as in 4096x4096,4096.")
  private @Nullable String parameters;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "A known network instead: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Models.class)
  private @Nullable String model;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description =
          "The parameters in a file instead: a model as safetensors or as torch.save writes it, a"
              + " run's checkpoint, an optimizer's state.")
  private @Nullable Path checkpoint;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = "fp32",
      description = "How numbers are stored, see below (default: ${DEFAULT-VALUE}).")
  private String precision;

  @Option(
      names = "--states",
      paramLabel = "TYPE",
      defaultValue = "fp32",
      description =
          "How the optimizer's states are stored: fp32, bf16 or 8bit (default: ${DEFAULT-VALUE}).")
  private String states;

  @Option(
      names = "--zero",
      paramLabel = "STAGE",
      description =
          "What data-parallel ranks divide: 0 nothing, 1 what the optimizer holds, 2 gradients too,"
              + " 3 parameters too (default: 0).")
  private @Nullable Integer zero;

  @Option(names = "--ranks", paramLabel = "R", description = "How many ranks share the work.")
  private @Nullable Integer ranks;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "The numbers too, format memory/1; - for here, instead of the text.")
  private @Nullable Path json;

  @Mixin private Common common;

  /** The names of the networks, for the help. */
  private static final class Models implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return KnownModel.all().stream().map(KnownModel::name).iterator();
    }
  }

  @Override
  public Integer call() {
    new Places().json(json);
    MemoryQuestion question =
        new MemoryQuestion(
            rules(), trained(), MemoryQuestion.precision(precision, states), division());
    new Output(spec.commandLine().getOut(), json)
        .results(
            MemoryText.of(question, Terminal.takesColours()),
            to -> to.write(MemoryJson.text(question)));
    return 0;
  }

  private List<Transformation> rules() {
    List<String> specs =
        Arrays.stream(optimizers.split(";")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    if (specs.isEmpty()) {
      throw new BadInput("--optimizer is empty; give one, such as adam");
    }
    return specs.stream().map(Specs::parseOptimizer).toList();
  }

  private Trained trained() {
    Map<String, Supplier<Trained>> given = new LinkedHashMap<>();
    if (parameters != null) {
      String text = parameters;
      given.put("--parameters", () -> Trained.parse(text));
    }
    if (model != null) {
      String name = model;
      given.put("--model", () -> Trained.model(name));
    }
    if (checkpoint != null) {
      Path file = checkpoint;
      given.put("--checkpoint", () -> Trained.checkpoint(file));
    }
    if (given.size() != 1) {
      throw new BadInput(
          given.isEmpty()
              ? "what is trained? give --parameters N, --model NAME or --checkpoint FILE"
              : String.join(" and ", given.keySet()) + " exclude each other; give one");
    }
    return given.values().iterator().next().get();
  }

  private Zero division() {
    int stage = zero == null ? 0 : zero;
    if (stage < 0 || stage > Zero.LAST) {
      throw new BadInput("--zero must be 0, 1, 2 or 3, got " + stage);
    }
    if (stage > 0 && ranks == null) {
      throw new BadInput("--zero %d needs --ranks R, how many share the work".formatted(stage));
    }
    int shared = ranks == null ? 1 : ranks;
    if (shared < 1) {
      throw new BadInput("--ranks must be at least 1, got " + shared);
    }
    return new Zero(stage, shared);
  }
}
