package thalweg.schedule;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleText;

/** One after the other, changing at milestones; each begins at its own step 0. */
@Described(
    value = "one after the other, changing at milestones",
    paper = "PyTorch, torch.optim.lr_scheduler.SequentialLR",
    formula = "the first before milestones[0], then the second at k - milestones[0], ...")
public record Sequential(List<Schedule> schedules, List<Long> milestones) implements Schedule {
  public Sequential {
    schedules = List.copyOf(schedules);
    milestones = List.copyOf(milestones);
    if (schedules.isEmpty() || milestones.size() != schedules.size() - 1) {
      throw new IllegalArgumentException(
          "sequential needs one milestone between two schedules, got %d schedules and %d milestones"
              .formatted(schedules.size(), milestones.size()));
    }
    for (int i = 0; i < milestones.size(); i++) {
      if (milestones.get(i) <= (i == 0 ? 0 : milestones.get(i - 1))) {
        throw new IllegalArgumentException(
            "sequential.milestones must rise, from above 0, got " + milestones);
      }
    }
    for (Schedule part : schedules) {
      if (part.countsEpochs()) {
        throw new IllegalArgumentException(
            "%s counts epochs inside sequential, which counts for all; write sequential(..., per=epoch)"
                .formatted(part));
      }
    }
  }

  @Override
  public String name() {
    return "sequential";
  }

  @Override
  public double at(double base, long step, Clock clock) {
    int i = index(step);
    return schedules.get(i).at(base, step - begin(i), clock);
  }

  @Override
  public double momentumAt(double momentum, long step, Clock clock) {
    int i = index(step);
    return schedules.get(i).momentumAt(momentum, step - begin(i), clock);
  }

  private int index(long step) {
    int i = 0;
    while (i < milestones.size() && milestones.get(i) <= step) {
      i++;
    }
    return i;
  }

  private long begin(int i) {
    return i == 0 ? 0 : milestones.get(i - 1);
  }

  @Override
  public OptionalDouble base() {
    return schedules.stream()
        .map(Schedule::base)
        .filter(OptionalDouble::isPresent)
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  @Override
  public long span() {
    long rest = schedules.getLast().span();
    return rest == ENDLESS ? ENDLESS : begin(milestones.size()) + rest;
  }

  @Override
  public Schedule from(double base) {
    return new Sequential(
        Stream.concat(Stream.of(schedules.getFirst().from(base)), schedules.stream().skip(1))
            .toList(),
        milestones);
  }

  @Override
  public List<Schedule> parts() {
    return schedules;
  }

  @Override
  public String toString() {
    return ScheduleText.of(this);
  }
}
