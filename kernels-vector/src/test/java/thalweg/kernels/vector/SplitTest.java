package thalweg.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.formula.Formula;
import thalweg.plan.Op;
import thalweg.plan.Pass;
import thalweg.plan.Plan;
import thalweg.rules.Adan;

class SplitTest {
  @Test
  void aPassWithinTheBudgetIsOnePart() {
    Pass adamW = Passes.adamW();

    assertThat(Split.of(adamW, 2, Split.weight(adamW, 2)).parts()).hasSize(1);
    assertThat(Split.of(adamW, 2, Split.weight(adamW, 2) - 1).parts()).hasSize(2);
  }

  @Test
  void randomPassesWithinTheBudgetAreOnePart() {
    for (int seed = 0; seed < 50; seed++) {
      Pass pass = Passes.random(seed, 60, true, false, 3);

      assertThat(Split.of(pass, 1, Split.weight(pass, 1)).parts()).as("seed %d", seed).hasSize(1);
    }
  }

  @Test
  void everyOperationIsInOnePart() {
    Pass pass = Passes.random(1, 200, true, false, 3);

    List<Split.Part> parts = Split.of(pass, 1, 20).parts();

    assertThat(parts).hasSizeGreaterThan(3);
    assertThat(parts.stream().flatMap(part -> part.ops().stream()))
        .doesNotHaveDuplicates()
        .noneMatch(i -> pass.ops().get(i) instanceof Op.Load)
        .noneMatch(i -> pass.ops().get(i) instanceof Op.Spread);
  }

  /** Two parts, or one vector a step, take twice the time (docs/design-decisions-kernels.md). */
  @Test
  void adamWIsOneMethodOfTwoVectorsOf512Bits(@TempDir Path directory) throws IOException {
    assertThat(storesOfTheOnlyMethod(Passes.adamW(), directory))
        .as("of three buffers by two vectors")
        .isEqualTo(2 * 3);
  }

  @Test
  void adanIsOneMethodOfTwoVectorsOf512Bits(@TempDir Path directory) throws IOException {
    Pass adan = Plan.of(Formula.of(Adan.lr(1e-3))).passes().getFirst().pass();

    assertThat(storesOfTheOnlyMethod(adan, directory))
        .as("of five buffers by two vectors")
        .isEqualTo(2 * 5);
  }

  private static long storesOfTheOnlyMethod(Pass pass, Path directory) throws IOException {
    System.setProperty(Generated.DUMP, directory.toString());
    try {
      KernelFactory.of(FloatVector.SPECIES_512).compile(pass, List.of());
    } finally {
      System.clearProperty(Generated.DUMP);
    }
    try (var files = Files.list(directory)) {
      Path written =
          files.filter(file -> file.toString().endsWith(".class")).findAny().orElseThrow();
      var methods = ClassFile.of().parse(written).methods();
      assertThat(methods)
          .extracting(method -> method.methodName().stringValue())
          .contains("vector0")
          .doesNotContain("vector1");
      return methods.stream()
          .filter(method -> method.methodName().equalsString("vector0"))
          .flatMap(method -> method.code().orElseThrow().elementStream())
          .filter(element -> element.toString().contains("intoMemorySegment"))
          .count();
    }
  }
}
