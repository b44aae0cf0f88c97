package thalweg.execute;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import thalweg.memory.Buffer;
import thalweg.memory.BufferKind;
import thalweg.plan.Pass;

/**
 * Runs a pass on scratch memory beside the program, on one backend, until the JIT has made it no
 * slower there than it is on another.
 *
 * <p>There is one for each pass and kind of memory in the process, whoever asks, and one thread for
 * all of them: a daemon that ends when nothing is left to do. It pauses between rounds, so that the
 * program and the JIT keep the cores.
 */
final class Warmup {
  /**
   * Elements that must have been updated before it begins. A program that does less gains nothing
   * by it, and in the first moments the JIT has the program itself to compile.
   */
  static final long WORK = 1 << 20;

  /** Whole vectors of every length, a rest, and a block of 8-bit numbers. */
  private static final int ELEMENTS = 383;

  private static final int RUNS = 32;

  /** Before that many, the JIT may not have been asked yet, and both may be slow. */
  private static final int LEAST_ROUNDS = 64;

  private static final int FASTER_ROUNDS = 3;
  private static final long PAUSE_MILLIS = 1;
  private static final long IDLE_MILLIS = 100;
  private static final long GIVE_UP_NANOS = 20_000_000_000L;

  private static final ConcurrentHashMap<Key, Warmup> ALL = new ConcurrentHashMap<>();

  private static final ThreadPoolExecutor THREAD =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_MILLIS,
          TimeUnit.MILLISECONDS,
          new LinkedBlockingQueue<>(),
          work -> Thread.ofPlatform().daemon().name("thalweg-warmup").unstarted(work));

  static {
    THREAD.allowCoreThreadTimeOut(true);
  }

  private record Key(String from, String to, Pass pass, List<BufferKind> kinds, boolean strip) {}

  private final Backend from;
  private final Backend to;
  private final Pass pass;
  private final List<BufferKind> kinds;
  private final boolean strip;
  private final AtomicLong worked = new AtomicLong();
  private volatile boolean done;
  private volatile @Nullable Throwable failure;

  private Warmup(Backend from, Backend to, Key key) {
    this.from = from;
    this.to = to;
    this.pass = key.pass;
    this.kinds = key.kinds;
    this.strip = key.strip;
  }

  /**
   * The one for this pass on memory like these buffers.
   *
   * @param strip whether it is run as a {@link Strip}, not as a {@link Chunk}
   */
  static Warmup of(Backend from, Backend to, Pass pass, List<Buffer> buffers, boolean strip) {
    List<BufferKind> kinds = buffers.stream().map(BufferKind::of).toList();
    return ALL.computeIfAbsent(
        new Key(from.name(), to.name(), pass, kinds, strip), key -> new Warmup(from, to, key));
  }

  /** Hears of so many elements updated without it; once they are enough, it begins. */
  void need(long elements) {
    long after = worked.addAndGet(elements);
    if (after >= WORK && after - elements < WORK) {
      THREAD.execute(this::attempt);
    }
  }

  /**
   * Whether it is done. It may never be: where the other backend stays ahead.
   *
   * @throws RuntimeException whatever went wrong, so that it is not lost
   */
  boolean isDone() {
    return switch (failure) {
      case null -> done;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    };
  }

  @SuppressWarnings("CatchingUnchecked") // handed to the thread that asks whether it is done
  private void attempt() {
    try {
      done = overtakes();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  private boolean overtakes() throws InterruptedException {
    List<Buffer> scratch = kinds.stream().map(kind -> kind.allocate(ELEMENTS)).toList();
    Rounds old = new Rounds(chunk(from, scratch));
    Rounds next = new Rounds(chunk(to, scratch));
    long deadline = System.nanoTime() + GIVE_UP_NANOS;
    int faster = 0;
    for (int round = 0; System.nanoTime() < deadline; round++) {
      boolean ahead = next.nanos() <= old.nanos();
      faster = ahead && round >= LEAST_ROUNDS ? faster + 1 : 0;
      if (faster == FASTER_ROUNDS) {
        return true;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    System.getLogger("thalweg")
        .log(
            System.Logger.Level.WARNING,
            "a pass of {0} operations stays on backend {1}: it did not become faster on {2}",
            pass.ops().size(),
            from.name(),
            to.name());
    return false;
  }

  private Chunk chunk(Backend backend, List<Buffer> scratch) {
    if (!strip) {
      return backend.bind(pass, scratch, 0, ELEMENTS);
    }
    Strip bound = backend.strip(pass, scratch);
    return (scalars, partials, at, workspace) ->
        bound.run(0, 0, ELEMENTS, scalars, partials, at, workspace);
  }

  private final class Rounds {
    private final Chunk chunk;
    private final float[] scalars = new float[pass.scalars()];
    private final double[] partials = new double[pass.reductions().size()];
    private final Workspace workspace = new Workspace();

    Rounds(Chunk chunk) {
      this.chunk = chunk;
      Arrays.fill(scalars, 1);
    }

    long nanos() {
      long begin = System.nanoTime();
      for (int i = 0; i < RUNS; i++) {
        chunk.run(scalars, partials, 0, workspace);
      }
      return System.nanoTime() - begin;
    }
  }
}
