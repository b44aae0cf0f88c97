package thalweg.kernels.vector;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;
import thalweg.plan.Pass;

/**
 * Turns class files into kernels.
 *
 * <p>With the system property {@value #DUMP} set to a directory, each class file is written there
 * beside the pass it was made from, for {@code javap -c -p} and for error reports.
 */
final class Generated {
  static final String DUMP = "thalweg.kernels.dump";

  private static final int SHOWN_CHARACTERS = 2000;

  private Generated() {}

  /** Defines a hidden class with the species as its class data, and makes one instance. */
  static Kernel define(byte[] bytes, VectorSpecies<Float> species, Pass pass)
      throws ReflectiveOperationException {
    String directory = System.getProperty(DUMP);
    if (directory != null) {
      dump(Path.of(directory), bytes, species, pass);
    }
    return (Kernel)
        MethodHandles.lookup()
            .defineHiddenClassWithClassData(bytes, species, true)
            .lookupClass()
            .getDeclaredConstructor()
            .newInstance();
  }

  /** What to report when no kernel came of a pass: our own fault, never the caller's. */
  static IllegalStateException failure(Throwable cause, VectorSpecies<Float> species, Pass pass) {
    String directory = System.getProperty(DUMP);
    return new IllegalStateException(
        "internal error: no vector kernel for a pass of %d operations, %d buffers and %d scalars: %s; JVM %s %s; %s, vectors of %d bits; %s; please report this line, and use backend 'block' meanwhile; operations: %s"
            .formatted(
                pass.ops().size(),
                pass.buffers(),
                pass.scalars(),
                firstLine(cause.toString()),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                System.getProperty("os.arch"),
                species.vectorBitSize(),
                directory == null
                    ? "run again with -D" + DUMP + "=DIR to keep the class file"
                    : "class file in " + directory,
                shorten(pass.ops().toString())),
        cause);
  }

  private static void dump(Path directory, byte[] bytes, VectorSpecies<Float> species, Pass pass) {
    String stem = "kernel-%d-%08x".formatted(species.vectorBitSize(), pass.hashCode());
    try {
      Files.createDirectories(directory);
      Files.write(directory.resolve(stem + ".class"), bytes);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < pass.ops().size(); i++) {
        text.append(i).append(": ").append(pass.ops().get(i)).append('\n');
      }
      Files.writeString(directory.resolve(stem + ".txt"), text);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "-D%s=%s: cannot write the generated class there: %s".formatted(DUMP, directory, e), e);
    }
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }

  private static String shorten(String text) {
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + " …";
  }
}
