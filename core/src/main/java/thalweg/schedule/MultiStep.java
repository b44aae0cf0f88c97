package thalweg.schedule;

import java.util.List;
import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleText;

/** The base times gamma for every milestone that is behind; one given twice counts twice. */
@Described(
    value = "times gamma at each of the milestones",
    paper = "PyTorch, torch.optim.lr_scheduler.MultiStepLR",
    formula = "base * gamma^(number of milestones <= k)")
public record MultiStep(
    List<Long> milestones, @Hyperparameter(value = "0.1", range = "[0, inf)") double gamma)
    implements Schedule {
  public MultiStep {
    Hyperparameters.check(MultiStep.class, milestones, gamma);
    milestones = milestones.stream().sorted().toList();
    if (milestones.isEmpty() || milestones.getFirst() < 0) {
      throw new IllegalArgumentException(
          "multi_step.milestones must be steps from 0 on, at least one, got " + milestones);
    }
  }

  @Override
  public String name() {
    return "multi_step";
  }

  @Override
  public double at(double base, long step, Clock clock) {
    int behind = 0;
    while (behind < milestones.size() && milestones.get(behind) <= step) {
      behind++;
    }
    return base * Math.pow(gamma, behind);
  }

  @Override
  public String toString() {
    return ScheduleText.of(this);
  }
}
