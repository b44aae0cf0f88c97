package thalweg.execute;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share out the tasks of a step. They wait without spinning, and end by themselves
 * after some idle seconds, so an optimizer that is never closed leaks nothing.
 *
 * <p>Handing out a job allocates nothing while the threads are alive.
 */
public final class Workers {
  /** More than any machine has cores: each costs memory, and none beyond the cores saves time. */
  public static final int MOST_THREADS = 1024;

  private static final long IDLE_MILLIS = 5_000;

  private final int threads;
  private final Workspace own = new Workspace();
  private final Deque<Workspace> spare = new ArrayDeque<>();
  private final Object lock = new Object();

  private @Nullable Job job;
  private int tasks;
  private int next;
  private int unfinished;
  private @Nullable Throwable failure;

  /** What is shared out: numbered tasks that do not depend on each other. */
  @FunctionalInterface
  public interface Job {
    void run(int task, Workspace workspace);
  }

  /**
   * Workers that are started when there is work.
   *
   * @param threads in [1, {@value #MOST_THREADS}], the caller's own counted
   */
  public Workers(int threads) {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "threads must be in [1, %d], got %d".formatted(MOST_THREADS, threads));
    }
    this.threads = threads;
    for (int i = 1; i < threads; i++) {
      spare.add(new Workspace());
    }
  }

  public int threads() {
    return threads;
  }

  /** Runs all tasks and returns when they are done; the caller works too. */
  public void run(Job work, int count) {
    if (threads == 1 || count <= 1) {
      for (int i = 0; i < count; i++) {
        work.run(i, own);
      }
      return;
    }
    synchronized (lock) {
      job = work;
      tasks = count;
      next = 0;
      unfinished = count;
      while (!spare.isEmpty()) {
        start(spare.remove());
      }
      lock.notifyAll();
    }
    work(own);
    finish();
  }

  private void finish() {
    Throwable thrown;
    synchronized (lock) {
      boolean interrupted = false;
      while (unfinished > 0) {
        try {
          lock.wait();
        } catch (InterruptedException _) {
          interrupted = true; // a step is never left half done
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      job = null;
      thrown = failure;
      failure = null;
    }
    switch (thrown) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(thrown);
    }
  }

  private void start(Workspace workspace) {
    Thread.ofPlatform().daemon().name("thalweg-", spare.size()).start(() -> serve(workspace));
  }

  private void serve(Workspace workspace) {
    while (true) {
      synchronized (lock) {
        long deadline = System.nanoTime() + IDLE_MILLIS * 1_000_000;
        while (job == null || next >= tasks) {
          long left = (deadline - System.nanoTime()) / 1_000_000;
          if (left <= 0) {
            spare.add(workspace);
            return;
          }
          try {
            lock.wait(left);
          } catch (InterruptedException _) {
            spare.add(workspace);
            return;
          }
        }
      }
      work(workspace);
    }
  }

  private void work(Workspace workspace) {
    while (true) {
      Job current;
      int task;
      synchronized (lock) {
        current = job;
        if (current == null || next >= tasks) {
          return;
        }
        task = next++;
      }
      Throwable thrown = attempt(current, task, workspace);
      synchronized (lock) {
        if (thrown != null && failure == null) {
          failure = thrown;
        }
        if (--unfinished == 0) {
          lock.notifyAll();
        }
      }
    }
  }

  @SuppressWarnings("CatchingUnchecked") // handed to the thread that asked for the step
  private static @Nullable Throwable attempt(Job job, int task, Workspace workspace) {
    try {
      job.run(task, workspace);
      return null;
    } catch (RuntimeException | Error e) {
      return e;
    }
  }
}
