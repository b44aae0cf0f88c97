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
import thalweg.lab.bench.BenchResult;
import thalweg.lab.bench.BenchSize;
import thalweg.lab.bench.BenchView;
import thalweg.text.Specs;

@Command(
    name = "bench",
    description = {
      "Times a step of this library, of libtorch and of the machine's limit for the same traffic.",
      "All take turns within one run: read the ratios, not the times."
    },
    footer = {"", "Example:", "  thalweg bench --optimizer adamw --threads 1"})
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Common common;

  @Option(
      names = "--optimizer",
      paramLabel = "SPEC",
      description = "The optimizer or chain (default: ${DEFAULT-VALUE}).",
      defaultValue = "adamw")
  private String optimizer;

  @Option(
      names = "--sizes",
      paramLabel = "LIST",
      description =
          "Numbers of parameters; 200x2K is 200 tensors of 2048 (default: ${DEFAULT-VALUE}).",
      defaultValue = "64K,1M,16M,200x2K")
  private String sizes;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Turns of each contestant (default: ${DEFAULT-VALUE}).",
      defaultValue = "15")
  private int rounds;

  @Option(names = "--json", description = "As JSON, format bench/1.")
  private boolean json;

  @Override
  public Integer call() {
    List<BenchSize> asked = BenchSize.list(sizes);
    if (rounds < 1) {
      throw new BadInput("--rounds must be at least 1, got " + rounds);
    }
    Bench bench = new Bench(Specs.parseOptimizer(optimizer), asked, common.threads(), rounds);
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
