package thalweg.schedule;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleText;

/** All at once, each on top of the one before: {@link Schedule#times} of a list. */
@Described(
    value = "all at once, each with the value of the one before for its base",
    paper = "PyTorch, torch.optim.lr_scheduler.ChainedScheduler",
    formula = "f_n(... f_2(f_1(base)))",
    differs = {
      "PyTorch feeds each schedule's recursion with the last rate, which is this for all that"
          + " multiply the base; where eta_min or min_lr is not 0 it is not"
    })
public record Chained(List<Schedule> schedules) implements Schedule {
  public Chained {
    schedules = List.copyOf(schedules);
    if (schedules.isEmpty()) {
      throw new IllegalArgumentException("chained needs at least one schedule");
    }
    for (Schedule part : schedules.subList(1, schedules.size())) {
      if (part.base().isPresent()) {
        throw new IllegalArgumentException(
            "%s stands on top of another and takes that one's value for its base; give the base to the first"
                .formatted(part));
      }
    }
  }

  @Override
  public String name() {
    return "chained";
  }

  @Override
  public double at(double base, long step, Clock clock) {
    double value = base;
    for (int i = 0; i < schedules.size(); i++) {
      value = schedules.get(i).at(value, step, clock);
    }
    return value;
  }

  @Override
  public double momentumAt(double momentum, long step, Clock clock) {
    double value = momentum;
    for (int i = 0; i < schedules.size(); i++) {
      value = schedules.get(i).momentumAt(value, step, clock);
    }
    return value;
  }

  @Override
  public OptionalDouble base() {
    return schedules.getFirst().base();
  }

  @Override
  public Schedule from(double base) {
    return new Chained(
        Stream.concat(Stream.of(schedules.getFirst().from(base)), schedules.stream().skip(1))
            .toList());
  }

  @Override
  public List<Schedule> parts() {
    return schedules;
  }

  @Override
  public boolean countsEpochs() {
    return schedules.stream().allMatch(Schedule::countsEpochs);
  }

  @Override
  public String toString() {
    return ScheduleText.of(this);
  }
}
