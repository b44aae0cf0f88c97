package thalweg.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.plan.Pass;

class GeneratedTest {
  private final KernelFactory factory = KernelFactory.of(FloatVector.SPECIES_PREFERRED);

  @Test
  void writesTheClassAndThePassWhereAskedTo(@TempDir Path directory) throws IOException {
    System.setProperty(Generated.DUMP, directory.toString());
    try {
      factory.compile(Passes.adamW(), List.of());
    } finally {
      System.clearProperty(Generated.DUMP);
    }

    try (var files = Files.list(directory)) {
      List<Path> written = files.sorted().toList();
      assertThat(written).hasSize(2);
      assertThat(ClassFile.of().parse(written.getFirst()).methods())
          .extracting(method -> method.methodName().stringValue())
          .contains("run", "vector0", "scalar0");
      assertThat(Files.readString(written.getLast())).startsWith("0: Load[buffer=0]\n");
    }
  }

  @Test
  void reportsABrokenClassAsOurFaultInOneLine() {
    Pass pass = Passes.norms();

    assertThat(Generated.failure(new VerifyError("bad\nworse"), FloatVector.SPECIES_128, pass))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "internal error: no vector kernel for a pass of 5 operations, 1 buffers and 0 scalars:"
                + " ")
        .hasMessageContaining("vectors of 128 bits")
        .hasMessageContaining("-Dthalweg.kernels.dump=DIR")
        .hasMessageContaining("Reduce[kind=SUM, x=1, slot=0]")
        .extracting(Throwable::getMessage)
        .satisfies(message -> assertThat(message.lines()).hasSize(1));
  }

  @Test
  void keepsEveryMethodSmallEnoughForTheJit(@TempDir Path directory) throws IOException {
    System.setProperty(Generated.DUMP, directory.toString());
    try {
      for (int seed = 0; seed < 4; seed++) {
        new KernelFactory(FloatVector.SPECIES_64, 1, 1200)
            .compile(Passes.random(seed, 800, true, seed == 3, 3), List.of());
      }
    } finally {
      System.clearProperty(Generated.DUMP);
    }

    try (var files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        ClassFile.of().parse(file).methods().stream()
            .flatMap(method -> method.code().stream())
            .forEach(code ->
                assertThat(((CodeAttribute) code).codeLength())
                    .isLessThanOrEqualTo(KernelFactory.MOST_BYTES));
      }
    }
  }
}
