package thalweg.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far training is, as schedules see it: finished updates, finished epochs, and what the
 * remembering ones remember.
 */
public final class Clock {
  private final List<Memory> memories = new ArrayList<>();
  private long updates;
  private long epochs;

  private record Memory(Schedule.Remembering schedule, double[] values) {}

  /** One at the beginning. */
  public Clock() {}

  /** Updates so far. */
  public long updates() {
    return updates;
  }

  /** Epochs that have ended so far. */
  public long epochs() {
    return epochs;
  }

  /** Puts it where training is. */
  public void set(long updatesSoFar, long epochsSoFar) {
    updates = updatesSoFar;
    epochs = epochsSoFar;
  }

  /** An update is done. */
  public void advance() {
    updates++;
  }

  /** An epoch has ended. */
  public void endEpoch() {
    epochs++;
  }

  /** Tells every schedule it follows that remembers a metric, such as a validation loss. */
  public void report(double metric) {
    for (int i = 0; i < memories.size(); i++) {
      memories.get(i).schedule().report(metric, memories.get(i).values());
    }
  }

  /** Remembers from now on for what a schedule consists of; for what it knows already, goes on. */
  public void follow(Schedule schedule) {
    if (schedule instanceof Schedule.Remembering remembering && memory(remembering) == null) {
      memories.add(new Memory(remembering, remembering.start()));
    }
    schedule.parts().forEach(this::follow);
  }

  /** What it remembers for a schedule; null if it does not follow it. */
  @SuppressWarnings("ReferenceEquality") // what is the same need not be compared
  public double @Nullable [] memory(Schedule.Remembering schedule) {
    for (int i = 0; i < memories.size(); i++) {
      Schedule.Remembering known = memories.get(i).schedule();
      if (known == schedule || known.equals(schedule)) {
        return memories.get(i).values();
      }
    }
    return null;
  }

  /** Writes down what it remembers for a schedule, under {@code schedules/text/name}. */
  public void save(Schedule schedule, Map<String, Double> to) {
    if (schedule instanceof Schedule.Remembering remembering) {
      double[] memory = memory(remembering);
      List<String> names = remembering.remembers();
      for (int i = 0; memory != null && i < names.size(); i++) {
        if (Double.isFinite(memory[i])) { // what it starts with need not be
          to.put(key(remembering, names.get(i)), memory[i]);
        }
      }
    }
    schedule.parts().forEach(part -> save(part, to));
  }

  /** Takes over what was written down for a schedule. */
  public void load(Schedule schedule, Map<String, Double> from) {
    follow(schedule);
    if (schedule instanceof Schedule.Remembering remembering) {
      double[] memory = memory(remembering);
      double[] start = remembering.start();
      List<String> names = remembering.remembers();
      for (int i = 0; memory != null && i < start.length; i++) {
        memory[i] =
            i < names.size()
                ? from.getOrDefault(key(remembering, names.get(i)), start[i])
                : start[i];
      }
    }
    schedule.parts().forEach(part -> load(part, from));
  }

  private static String key(Schedule schedule, String name) {
    return "schedules/%s/%s".formatted(schedule, name);
  }
}
