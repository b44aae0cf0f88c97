package thalweg.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time of one AdamW step, each contestant in a JVM of its own. For ratios see {@link Ratios}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED",
      "-Xmx1g"
    })
public class AdamWBenchmark {
  /** Tensors and elements of each. */
  @Param({"1x65536", "1x1048576", "1x16777216", "200x2048"})
  public String size = "";

  @Param({"GENERATED", "HAND_WRITTEN", "FUSED", "LIBTORCH", "DIVIDER", "TRAFFIC"})
  public String contestant = "";

  private Runnable step = () -> {};

  @Setup
  public void prepare() {
    String[] parts = size.split("x", 2);
    step =
        Contestant.valueOf(contestant).step(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
  }

  @Benchmark
  public void step() {
    step.run();
  }
}
