package thalweg.optimizer;

import java.util.ArrayList;
import java.util.List;
import thalweg.execute.Engine;
import thalweg.execute.Member;
import thalweg.formula.Assignment;
import thalweg.formula.Formula;
import thalweg.formula.Tensor;
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
  private final List<Engine> engines = new ArrayList<>();
  private final List<Buffer> origins = new ArrayList<>();
  private final Region memory;

  private Evaluations() {
    lines = List.of();
    members = List.of();
    memory = new Region();
  }

  /** No points. */
  static Evaluations none() {
    return new Evaluations();
  }

  Evaluations(
      Formula formula, List<Member> members, Group.EngineFactory factory, double[] groupNumbers,
      Region memory) {
    this.lines = formula.evaluations();
    this.members = members;
    this.memory = memory;
    for (Assignment line : lines) {
      Plan plan = Plan.of(formula.moving((Tensor) line.value()));
      engines.add(factory.make(plan, members, groupNumbers, true));
    }
  }

  List<Assignment> lines() {
    return lines;
  }

  /** Whether a gradient is taken elsewhere, of the terms the update is about. */
  boolean looksAhead() {
    return lines.stream().anyMatch(line -> line.target() == Assignment.Target.LOOK_AHEAD);
  }

  /** Whether more than the one gradient is wanted. */
  boolean needsTerms() {
    return lines.stream().anyMatch(line -> line.target() != Assignment.Target.LOOK_AHEAD);
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
    for (int i = 0; i < members.size(); i++) {
      members.get(i).advance(); // the point is one of the update to come
    }
    try {
      engines.get(line).bind(true);
      engines.get(line).step(hypers);
    } finally {
      for (int i = 0; i < members.size(); i++) {
        members.get(i).retreat();
      }
    }
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
