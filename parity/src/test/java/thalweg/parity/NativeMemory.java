package thalweg.parity;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import thalweg.account.MemoryAccount;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.optimizer.Storage;
import thalweg.text.Specs;

/**
 * A process that trains one matrix of 16 M elements and says how it has grown, as the system and
 * the JVM count it: {@code SPEC PARAMETERS STATES}.
 */
final class NativeMemory {
  private static final long ROWS = 16_384;
  private static final long COLUMNS = 1024;
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern OTHER =
      Pattern.compile("Other \\(reserved=\\d+, committed=(\\d+)\\)");

  private NativeMemory() {}

  public static void main(String[] args) throws IOException, JMException {
    NumberType type = NumberType.valueOf(args[1]);
    Storage storage = new Storage(NumberType.valueOf(args[2]), true, 0);
    Training small = new Training(args[0], type, storage, 128);
    for (int i = 0; i < 200; i++) {
      small.step(); // classes and compiled code are there before it counts
    }
    small.optimizer.close();
    tracked();
    System.gc();
    long resident = resident();
    long tracked = tracked();
    Training large = new Training(args[0], type, storage, ROWS);
    large.step();
    System.out.println("tracked " + (tracked() - tracked));
    System.out.println("resident " + (resident() - resident));
    MemoryAccount account = large.optimizer.account();
    System.out.println("computed " + account.bytes());
    System.out.println("optimizer " + account.optimizerBytes());
    System.out.println("allocated " + large.optimizer.allocatedBytes());
    large.optimizer.close();
  }

  private static final class Training {
    private final Optimizer optimizer;

    Training(String spec, NumberType type, Storage storage, long rows) {
      List<Long> shape = List.of(rows, COLUMNS);
      Buffer value = Buffer.allocate(rows * COLUMNS, type);
      Buffer gradient = Buffer.allocate(rows * COLUMNS, type);
      gradient.fill(1);
      optimizer =
          Optimizer.over(Parameters.of(new ArrayParameter("matrix", shape, value, gradient)))
              .otherwise(Specs.parseOptimizer(spec))
              .backend("block")
              .threads(1)
              .storage(storage)
              .build();
    }

    void step() {
      optimizer.step(() -> 0);
    }
  }

  /** Bytes of this process that are in the machine's memory; 0 where the system does not say. */
  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status) ? number(RESIDENT, Files.readString(status)) * 1024 : 0;
  }

  /** Bytes that the JVM has handed out outside the heap, by its own native memory tracking. */
  private static long tracked() throws JMException {
    String text =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "vmNativeMemory",
                    new Object[] {new String[] {"summary", "scale=b"}},
                    new String[] {String[].class.getName()});
    return number(OTHER, text);
  }

  private static long number(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("no " + pattern + " in " + text);
    }
    return Long.parseLong(found.group(1));
  }
}
