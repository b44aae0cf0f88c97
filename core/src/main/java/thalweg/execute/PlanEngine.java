package thalweg.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import thalweg.memory.NumberType;
import thalweg.plan.Plan;

/** Runs a plan in float32 on a backend. */
public final class PlanEngine implements Engine {
  private final Plan plan;
  private final Handover backend;
  private final Workers workers;
  private final List<Member> members;
  private final double[] groupNumbers;
  private final boolean everyone;
  private final Consumer<String> notices;
  private long elements; // of those that take part
  private @Nullable Layout layout;

  /**
   * @param groupNumbers what the formula remembers as one number for the group; changed in place
   * @param everyone whether members without a gradient take part
   * @param notices told what a user should hear of
   */
  public PlanEngine(
      Plan plan,
      Backends.Choice choice,
      Workers workers,
      List<Member> members,
      double[] groupNumbers,
      boolean everyone,
      Consumer<String> notices) {
    this.plan = plan;
    this.backend = new Handover(choice);
    this.workers = workers;
    this.members = List.copyOf(members);
    this.groupNumbers = groupNumbers;
    this.everyone = everyone;
    this.notices = notices;
  }

  @Override
  public NumberType stateType() {
    return NumberType.FLOAT32;
  }

  @Override
  public boolean takes(NumberType type) {
    return type != NumberType.FLOAT64;
  }

  @Override
  public void bind(boolean rebound) {
    boolean due = backend.isDue(elements); // asked at every step, also where memory always moves
    if (layout == null || rebound || due) {
      backend.clear();
      elements = 0;
      List<Member> active = new ArrayList<>();
      for (Member member : members) {
        if (everyone || member.hasGradient()) {
          active.add(member);
          elements += member.length();
        }
      }
      layout = new Layout(plan, backend, active, groupNumbers, everyone, notices);
    }
  }

  @Override
  public void step(double[] hypers) {
    if (layout == null) {
      throw new IllegalStateException("bind comes before step");
    }
    layout.run(hypers, workers);
  }
}
