package thalweg.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import thalweg.lab.BadInput;
import thalweg.lab.Progress;
import thalweg.lab.bench.Bench;
import thalweg.lab.bench.BenchFormat;
import thalweg.lab.bench.BenchResult;
import thalweg.lab.bench.BenchSize;
import thalweg.lab.bench.BenchView;
import thalweg.text.Specs;

@Command(
    name = "bench",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Times a step of this library, of libtorch and of the machine's limit for the same traffic.",
      "",
      "All take turns within one run, so what else the machine does falls on all alike: read the"
          + " ratios, not the times. The limit loads and stores as many arrays as the rule does and"
          + " computes next to nothing. Times are over this library's in float32, the first row of"
          + " each size.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./thalweg bench --threads 1",
      "  ./thalweg bench --optimizer 'sgd(momentum=0.9)' --sizes 1M,16M",
      "  ./thalweg bench --optimizer adam --sizes 16M --states fp32,bf16,8bit"
    })
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--optimizer",
      paramLabel = "SPEC",
      defaultValue = "adamw",
      description = "The optimizer or chain in text form (default: ${DEFAULT-VALUE}).")
  private String optimizer;

  @Option(
      names = "--sizes",
      paramLabel = "LIST",
      description =
          "Numbers of parameters; 200x2K is 200 vectors of 2048, 4K*4K a matrix (default:"
              + " ${DEFAULT-VALUE}).",
      defaultValue = "64K,1M,16M,200x2K")
  private String sizes;

  @Option(
      names = "--states",
      paramLabel = "LIST",
      defaultValue = "fp32",
      description =
          "What this library keeps states in, each a row of its own: fp32, bf16, 8bit (default:"
              + " ${DEFAULT-VALUE}).")
  private String states;

  @Option(
      names = "--precision",
      paramLabel = "LIST",
      defaultValue = "fp32",
      description =
          "What it keeps parameters in: fp32; bf16-mixed and fp16-mixed with float32 copies; bf16"
              + " without (default: ${DEFAULT-VALUE}).")
  private String precision;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "15",
      description = "Turns of each contestant; the median is shown (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--json", description = "As JSON, format bench/1, instead of the table.")
  private boolean json;

  @Mixin private Common common;

  @Override
  public Integer call() {
    List<BenchSize> asked = BenchSize.list(sizes);
    if (rounds < 1) {
      throw new BadInput("--rounds must be at least 1, got " + rounds);
    }
    Bench bench =
        new Bench(
            Specs.parseOptimizer(optimizer),
            asked,
            BenchFormat.list(precision, states),
            common.threads(),
            rounds);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine) {
      bench.check(machine.getTotalMemorySize());
    }
    BenchResult result;
    try (Progress progress = new Progress("measuring", bench.turns(), common.look())) {
      result = bench.run(turns -> progress.advance(turns, optimizer));
    }
    spec.commandLine()
        .getOut()
        .println(json ? BenchView.json(result) : BenchView.text(result).stripTrailing());
    return 0;
  }
}
