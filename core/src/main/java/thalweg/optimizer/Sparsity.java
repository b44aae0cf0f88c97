package thalweg.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import thalweg.execute.Member;
import thalweg.execute.ReferenceEngine;
import thalweg.formula.Extent;
import thalweg.formula.Formula;
import thalweg.formula.Scalar;
import thalweg.memory.Buffer;
import thalweg.plan.Plan;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;
import thalweg.text.Specs;

/**
 * Whether a rule can take a gradient that names only some rows. That is so where an element without
 * gradient keeps its value and its states anyway, which is asked of the formula itself.
 */
final class Sparsity {
  private static final int PROBES = 16;
  private static final int LENGTH = 8;

  private Sparsity() {}

  /** Whether elements whose gradient is zero are left alone, or the rule says so itself. */
  static boolean takes(Formula formula, Plan plan) {
    if (plan.trips().isEmpty()) {
      return true; // nothing is done
    }
    if (!isOnePass(plan) || !formula.evaluations().isEmpty()) {
      return false;
    }
    return formula.restsWithoutGradient() || restsAtZero(formula);
  }

  private static boolean isOnePass(Plan plan) {
    return plan.trips().size() == 1
        && plan.trips().getFirst().domain() == Extent.ELEMENT
        && !plan.trips().getFirst().pass().strips()
        && plan.trips().getFirst().results().isEmpty();
  }

  static String whyNot(Plan plan) {
    return isOnePass(plan)
        ? "changes elements without gradient too"
        : "looks at all elements at once";
  }

  /** Rules of the catalogue that take sparse gradients as they are by default. */
  static String names() {
    return Catalogue.entries().stream()
        .filter(entry -> entry.kind() == CatalogueEntry.Kind.OPTIMIZER)
        .filter(
            entry -> entry.hyperparameters().list().stream().noneMatch(c -> c.standard().isEmpty()))
        .map(CatalogueEntry::id)
        .filter(id -> {
          Formula formula = Formula.of(Specs.parse(id));
          return takes(formula, Plan.of(formula));
        })
        .collect(Collectors.joining(", "));
  }

  /** Walks the formula itself, in double, from drawn states with a gradient of zero. */
  private static boolean restsAtZero(Formula formula) {
    Random random = new Random(1);
    for (int probe = 0; probe < PROBES; probe++) {
      double[] value = drawn(random);
      List<Buffer> states = new ArrayList<>();
      List<double[]> before = new ArrayList<>();
      for (int i = 0; i < formula.states().size(); i++) {
        double[] state = drawn(random);
        for (int k = 0; k < LENGTH; k++) {
          state[k] = Math.abs(state[k]); // many are sums of squares
        }
        states.add(Buffer.of(state));
        before.add(state.clone());
      }
      double[] start = value.clone();
      Member member =
          new Member(
              "probe",
              List.of((long) LENGTH),
              Buffer.of(value),
              states,
              new double[formula.numbers().size()],
              List.of(),
              1 + random.nextInt(100));
      member.rebind(member.value(), Buffer.of(new double[LENGTH]), null);
      double[] hypers = formula.hypers().stream().mapToDouble(Scalar.Hyper::value).toArray();
      new ReferenceEngine(
              formula, List.of(member), new double[formula.numbers().size()], false, _ -> {})
          .step(hypers);
      boolean moved = !Arrays.equals(start, value);
      for (int i = 0; i < before.size(); i++) {
        moved |= !Arrays.equals(before.get(i), states.get(i).toDoubles());
      }
      if (moved) {
        return false;
      }
    }
    return true;
  }

  private static double[] drawn(Random random) {
    return random.doubles(LENGTH, -2, 2).toArray();
  }
}
