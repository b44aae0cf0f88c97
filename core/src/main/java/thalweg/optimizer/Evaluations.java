package thalweg.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import thalweg.execute.Engine;
import thalweg.execute.Member;
import thalweg.formula.Assignment;
import thalweg.formula.Formula;
import thalweg.memory.Buffer;
import thalweg.memory.Region;
import thalweg.plan.Plan;

/**
 * The points other than its own at which one group wants gradients: goes there with the parameters,
 * and back again to the bit.
 */
final class Evaluations {
  private final List<Assignment> lines;
  private final List<Member> members;
  private final List<Plan> plans;
  private final List<Engine> engines = new ArrayList<>();
  private final List<Buffer> origins = new ArrayList<>();
  private final Region memory;
  private final boolean[] rebound;
  private boolean wanted;

  private Evaluations() {
    lines = List.of();
    plans = List.of();
    rebound = new boolean[0];
    members = List.of();
    memory = new Region();
  }

  /** No points. */
  static Evaluations none() {
    return new Evaluations();
  }

  Evaluations(
      Formula formula,
      List<Member> members,
      Group.EngineFactory factory,
      double[] groupNumbers,
      Region memory) {
    this.lines = formula.evaluations();
    this.plans = Plan.ofEvaluations(formula);
    this.rebound = new boolean[lines.size()];
    this.members = members;
    this.memory = memory;
    for (Plan plan : plans) {
      engines.add(factory.make(plan, members, groupNumbers, _ -> wanted = true));
    }
    rebind();
  }

  /** Whether these go to the points of another version of the formula as well. */
  boolean serve(Formula rewritten) {
    List<Plan> others = Plan.ofEvaluations(rewritten);
    if (others.size() != plans.size()) {
      return false;
    }
    for (int i = 0; i < plans.size(); i++) {
      if (!others.get(i).hasStructureOf(plans.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Memory has moved, or t has been set: each engine looks anew before it runs again. */
  void rebind() {
    Arrays.fill(rebound, true);
  }

  List<Assignment> lines() {
    return lines;
  }

  /** The line that takes the gradient elsewhere; −1 if none does. */
  int lookAhead() {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).target() == Assignment.Target.LOOK_AHEAD) {
        return i;
      }
    }
    return -1;
  }

  /** Sets the parameters to the point of a line. */
  void leave(int line, double[] hypers) {
    for (int i = 0; i < members.size(); i++) {
      Buffer value = members.get(i).value();
      if (origins.size() <= i) {
        origins.add(memory.allocate(value.length(), value.type()));
      }
      origins.get(i).copyFrom(value);
    }
    boolean there = false;
    try {
      run(line, hypers);
      there = true;
    } finally {
      if (!there) {
        comeBack();
      }
    }
  }

  /** Whether the condition of a line holds for the update to come. */
  boolean isWanted(int line, double[] hypers) {
    wanted = lines.get(line).open() == null;
    if (!wanted) {
      run(line, hypers);
    }
    return wanted;
  }

  private void run(int line, double[] hypers) {
    for (int i = 0; i < members.size(); i++) {
      members.get(i).advance(); // it is about the update to come
    }
    try {
      engines.get(line).bind(rebound[line]);
      rebound[line] = false;
      engines.get(line).step(hypers);
    } finally {
      for (int i = 0; i < members.size(); i++) {
        members.get(i).retreat();
      }
    }
  }

  /** Bytes of the copies of the parameters it comes back with. */
  long originBytes() {
    return origins.stream().mapToLong(Buffer::bytes).sum();
  }

  /** Sets the parameters back. */
  void comeBack() {
    for (int i = 0; i < members.size(); i++) {
      members.get(i).value().copyFrom(origins.get(i));
    }
  }

  /** Keeps the gradients as they are now for a line. */
  void keep(int line) {
    for (int i = 0; i < members.size(); i++) {
      Buffer to = members.get(i).evaluated().get(line);
      Buffer gradient = members.get(i).gradient();
      if (gradient == null) {
        to.fill(0);
      } else {
        copy(gradient, to);
      }
    }
  }

  private static void copy(Buffer from, Buffer to) {
    if (from.type() == to.type()) {
      to.copyFrom(from);
    } else {
      for (long i = 0; i < from.length(); i++) {
        to.set(i, from.get(i));
      }
    }
  }
}
