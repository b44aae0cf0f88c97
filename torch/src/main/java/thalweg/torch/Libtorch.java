package thalweg.torch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The native library: found, unpacked and loaded once a process.
 *
 * <p>The first start on a machine unpacks about 450 MB into {@code ~/.javacpp/cache} (system
 * property {@code org.bytedeco.javacpp.cachedir} names another folder) and takes some seconds;
 * later starts take about one. Everything in this package loads it by itself; call {@link #load()}
 * to choose the moment and to get the one clear error when there is no library.
 *
 * <p>Start the JVM with {@code --enable-native-access=ALL-UNNAMED}, else it prints four lines of
 * warning at this moment. On the module path the natives are modules nobody requires: add {@code
 * --add-modules ALL-MODULE-PATH --enable-native-access=org.bytedeco.javacpp,org.bytedeco.pytorch}.
 *
 * <p>Set the environment variable {@code OMP_NUM_THREADS=1} before the start, or {@link #threads}
 * for runs that must repeat in every bit, and on small shared machines.
 */
public final class Libtorch {
  private static final String MEMORY_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

  private Libtorch() {}

  /**
   * Loads libtorch, once; later calls return at once.
   *
   * @throws LibtorchUnavailableException with one line that says what is missing and what to do
   */
  public static void load() {
    if (Loaded.FAILURE != null) {
      throw unavailable(Loaded.FAILURE);
    }
  }

  /** The version of libtorch and of its Java binding, such as {@code 2.10.0-1.5.13}. */
  public static String version() {
    String version = torch.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  /** Number of threads libtorch works with inside one operation. */
  public static int threads() {
    load();
    return torch.get_num_threads();
  }

  /** Sets the number of threads inside one operation, for the whole process. */
  public static void threads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("Libtorch.threads must be >= 1, got " + threads);
    }
    load();
    torch.set_num_threads(threads);
  }

  /** Bytes of memory that this process has, outside the Java heap too; 0 where it is not known. */
  public static long residentBytes() {
    return Pointer.physicalBytes();
  }

  /** Seeds the random numbers that libtorch draws, such as those of dropout. */
  public static void seed(long seed) {
    load();
    torch.manual_seed(seed);
  }

  /**
   * The state of the random numbers that libtorch draws on the CPU, such as those of dropout: what
   * a run needs to go on with the numbers it would have had.
   */
  public static byte[] randomState() {
    load();
    try (var scope = new PointerScope()) {
      return ModuleTensors.bytes(torch.getDefaultCPUGenerator().get_state().contiguous())
          .toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /**
   * Goes on with the random numbers of a state.
   *
   * @throws IllegalArgumentException if that is no state of this libtorch
   */
  public static void randomState(byte[] state) {
    load();
    try (var scope = new PointerScope()) {
      Tensor own = torch.getDefaultCPUGenerator().get_state().contiguous();
      if (own.nbytes() != state.length) {
        throw new IllegalArgumentException(
            "libtorch's random state has %d bytes, got %d; it was saved by another version"
                .formatted(own.nbytes(), state.length));
      }
      ModuleTensors.bytes(own).copyFrom(MemorySegment.ofArray(state));
      torch.getDefaultCPUGenerator().set_state(own);
    }
  }

  /**
   * Keeps an object beyond the {@code PointerScope} that happens to be open where it was made; it
   * is freed when it is no longer reachable, or by {@link #release}.
   */
  public static <P extends Pointer> P keep(P pointer) {
    pointer.retainReference();
    return pointer;
  }

  /** Gives back what {@link #keep} kept. */
  public static void release(Pointer pointer) {
    pointer.releaseReference();
  }

  /** A second handle on the same tensor, kept beyond any scope. */
  static Tensor share(Tensor tensor) {
    return keep(new Tensor(tensor));
  }

  private static LibtorchUnavailableException unavailable(Throwable cause) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    int libraryPath = reason.indexOf(" in java.library.path");
    if (libraryPath >= 0) {
      return new LibtorchUnavailableException(
          ("libtorch has no native library for %s on the class path (%s); add "
                  + "org.bytedeco:pytorch, openblas and javacpp with the classifier %s, or run on "
                  + "a system they are built for")
              .formatted(
                  Loader.getPlatform(), reason.substring(0, libraryPath), Loader.getPlatform()),
          cause);
    }
    return new LibtorchUnavailableException(
        ("libtorch cannot be loaded on %s: %s; it unpacks 450 MB into %s, which must "
                + "be writable and have the room (-Dorg.bytedeco.javacpp.cachedir=DIR names "
                + "another folder)")
            .formatted(
                Loader.getPlatform(),
                reason.lines().findFirst().orElse(reason),
                System.getProperty("org.bytedeco.javacpp.cachedir", "~/.javacpp/cache")),
        cause);
  }

  /** Loading tied to class initialization: once, whatever the threads. */
  private static final class Loaded {
    @SuppressWarnings("StaticAssignmentOfThrowable") // the first cause, for every caller
    static final @Nullable Throwable FAILURE = load();

    private static @Nullable Throwable load() {
      // JavaCPP would refuse allocations once the process holds a few times the Java heap; the
      // engine's memory has nothing to do with the heap's size.
      if (System.getProperty(MEMORY_LIMIT) == null) {
        System.setProperty(MEMORY_LIMIT, "0");
      }
      try {
        Loader.load(torch.class);
        return null;
      } catch (LinkageError | RuntimeException e) {
        return e;
      }
    }
  }
}
