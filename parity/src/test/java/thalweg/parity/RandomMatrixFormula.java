package thalweg.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import thalweg.formula.Comparison;
import thalweg.formula.Extent;
import thalweg.formula.Extents;
import thalweg.formula.Reduction;
import thalweg.formula.Rule;
import thalweg.formula.Scalar;
import thalweg.formula.ScalarState;
import thalweg.formula.Scope;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;

/**
 * A formula from a seed that looks at shapes: numbers of rows, columns, slices and units, states of
 * them, remembered numbers of tensors and of the group, and pauses.
 *
 * @param smooth only operations that keep errors small: every value stays in [−2, 2], no operation
 *     lets an error grow more than fourfold, and nothing is more than three of them deep from the
 *     inputs to a state, and three from there to the direction
 */
public record RandomMatrixFormula(long seed, boolean smooth) implements Rule {
  @Override
  public String name() {
    return "random";
  }

  @Override
  public Tensor apply(Tensor gradient, Step step) {
    return new Writer(seed, smooth, step).write(gradient);
  }

  /** A tensor and how many operations lie behind it. */
  private record Made(Tensor tensor, int depth) {}

  /** A scalar, how many operations lie behind it, and whether all tensors have the same. */
  private record Number(Scalar scalar, int depth, boolean ofGroup) {}

  /** Writes one formula down. */
  private static final class Writer {
    private static final int DEEP = 3;

    private final RandomGenerator random;
    private final boolean smooth;
    private final Step step;
    private final List<Extent> family;
    private final Extents extents = new Extents();
    private final List<Made> tensors = new ArrayList<>();
    private final List<Number> numbers = new ArrayList<>();
    private boolean pausedByTensor;
    private int names;

    Writer(long seed, boolean smooth, Step step) {
      random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      this.smooth = smooth;
      this.step = step;
      // columns and units do not meet in one pass
      Extent along = random.nextBoolean() ? Extent.COLUMN : Extent.UNIT;
      family = List.of(Extent.ROW, along, Extent.MATRIX, Extent.SLICE, along);
    }

    Tensor write(Tensor gradient) {
      tensors.add(new Made(bounded(gradient), 0));
      tensors.add(new Made(bounded(step.parameter()), 0));
      numbers.add(new Number(step.hyper("h", 0.75), 0, true));
      numbers.add(new Number(bounded(step.rank()), 0, false));
      numbers.add(
          new Number(Scalar.ONE.over(new Scalar.Shared(some(family)).plus(Scalar.ONE)), 0, false));
      ScalarState counter = step.groupNumber("counter", "n", 0);
      Scalar n = counter.becomes(counter.old().plus(Scalar.ONE));
      List<State> states = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        Extent extent = random.nextInt(3) == 0 ? Extent.ELEMENT : some(family);
        states.add(step.state("s" + i, "s" + i, random.nextInt(3) - 1, extent));
      }
      if (!smooth) {
        states.forEach(state -> tensors.add(new Made(state.old(), 0)));
      }
      if (random.nextInt(3) == 0) {
        pause(n);
      }
      grow(6 + random.nextInt(smooth ? 8 : 20), DEEP);
      for (State state : states) {
        remember(state);
      }
      if (random.nextInt(3) == 0) {
        pause(n);
      }
      grow(4 + random.nextInt(smooth ? 6 : 12), 2 * DEEP);
      Tensor direction = bounded(recent(2 * DEEP).tensor().plus(tensors.getFirst().tensor()));
      Tensor spent = step.descend(direction, step.hyper("lr", 1e-3));
      if (random.nextInt(4) == 0) {
        // nothing but a number of few elements, or one added to the parameter
        Tensor small = recent(DEEP).tensor().times(Scalar.of(1e-3));
        step.move(random.nextBoolean() ? small : step.moved().plus(small));
      }
      return spent;
    }

    private void pause(Scalar n) {
      Scalar two = Scalar.of(2);
      switch (random.nextInt(5)) {
        case 0 -> {
          String name = "odd" + names++;
          ScalarState odd =
              pausedByTensor ? step.number(name, "o", 0) : step.groupNumber(name, "o", 0);
          step.onlyWhen(odd.becomes(Scalar.ONE.minus(odd.old())));
        }
        case 1 -> step.onlyWhen(n.is(Comparison.LESS, Scalar.of(5)));
        case 2 -> {
          pausedByTensor = true;
          step.onlyWhen(step.rank().is(Comparison.LESS_OR_EQUAL, Scalar.ONE));
        }
        case 3 -> {
          pausedByTensor = true;
          step.onlyWhen(two.is(Comparison.LESS, new Scalar.Shared(some(family))));
        }
        default -> {
          pausedByTensor = true;
          step.onlyWhen(step.t().is(Comparison.EQUAL, two).is(Comparison.EQUAL, Scalar.ZERO));
        }
      }
    }

    private void grow(int operations, int deepest) {
      for (int i = 0; i < operations; i++) {
        switch (random.nextInt(8)) {
          case 0, 1 -> along(deepest);
          case 2 -> reduce(deepest);
          case 3 -> number(deepest);
          case 4 -> scalar(deepest);
          default -> {
            Made x = recent(deepest - 1);
            Made y = any(deepest - 1);
            int depth = 1 + Math.max(x.depth(), y.depth());
            tensors.add(new Made(combined(x.tensor(), y.tensor(), deepest), depth));
          }
        }
      }
    }

    /** One number for each row, … of something, where the language allows it. */
    private void along(int deepest) {
      Made x = any(deepest - 1);
      Extent from = extents.of(x.tensor());
      Extent to = some(family);
      if (from == null || from != Extent.ELEMENT) {
        if (from != Extent.ROW && from != Extent.COLUMN) {
          return;
        }
        to = Extent.MATRIX;
      }
      Tensor y = x.tensor();
      Tensor made =
          switch (random.nextInt(4)) {
            case 0 -> y.mean(to);
            case 1 -> new Tensor.Along(Reduction.MAX, to, y);
            case 2 -> smooth ? y.square().mean(to).plus(Scalar.ONE).sqrt() : y.norm(to);
            default -> smooth ? y.mean(to) : y.sum(to);
          };
      tensors.add(new Made(bounded(made), x.depth() + 1));
    }

    private void reduce(int deepest) {
      Made x = any(deepest - 1);
      Scope scope = Scope.values()[random.nextInt(2)];
      boolean isElements = extents.of(x.tensor()) == Extent.ELEMENT;
      Scalar made =
          isElements && random.nextBoolean() ? x.tensor().mean(scope) : x.tensor().largest(scope);
      if (!smooth && random.nextBoolean()) {
        made = x.tensor().sum(scope);
      }
      numbers.add(new Number(bounded(made), x.depth() + 1, scope == Scope.MODEL));
    }

    /** A running mean of a number, of a tensor's or of the group's. */
    private void number(int deepest) {
      Number x = someNumber(deepest - 1);
      boolean ofGroup = x.ofGroup() && !pausedByTensor && random.nextBoolean();
      String name = "n" + names++;
      ScalarState number = ofGroup ? step.groupNumber(name, "n", 1) : step.number(name, "n", 1);
      Scalar next =
          number.becomes(number.old().times(Scalar.of(0.5)).plus(x.scalar().times(Scalar.of(0.5))));
      numbers.add(new Number(random.nextBoolean() ? next : number.old(), x.depth() + 1, ofGroup));
    }

    private void scalar(int deepest) {
      Number x = someNumber(deepest - 1);
      Number y = someNumber(deepest - 1);
      Scalar made =
          switch (random.nextInt(4)) {
            case 0 -> x.scalar().plus(y.scalar());
            case 1 -> x.scalar().minus(y.scalar());
            case 2 -> x.scalar().times(y.scalar());
            default -> smooth ? x.scalar().min(y.scalar()) : x.scalar().over(y.scalar());
          };
      numbers.add(
          new Number(
              bounded(made), 1 + Math.max(x.depth(), y.depth()), x.ofGroup() && y.ofGroup()));
    }

    private void remember(State state) {
      List<Made> fitting = new ArrayList<>();
      for (Made made : tensors) {
        Extent extent = extents.of(made.tensor());
        if (made.depth() <= DEEP
            && (extent == null || extent == state.extent() || state.extent() == Extent.ELEMENT)) {
          fitting.add(made);
        }
      }
      Tensor x = fitting.isEmpty() ? Tensor.of(someNumber(DEEP).scalar()) : some(fitting).tensor();
      Tensor next =
          !smooth && random.nextBoolean()
              ? x
              : state.old().times(Scalar.of(0.5)).plus(x.times(Scalar.of(0.5)));
      Tensor became = state.becomes(next);
      tensors.add(new Made(random.nextBoolean() ? became : state.old(), DEEP));
    }

    private Tensor combined(Tensor x, Tensor y, int deepest) {
      Scalar a = someNumber(deepest - 1).scalar();
      return switch (random.nextInt(smooth ? 9 : 14)) {
        case 0 -> bounded(x.plus(y));
        case 1 -> bounded(x.minus(y));
        case 2 -> bounded(x.times(y));
        case 3 -> x.min(y);
        case 4 -> bounded(x.over(y.square().plus(Scalar.ONE)));
        case 5 -> bounded(x.times(a));
        case 6 -> bounded(x.plus(a));
        case 7 -> step.let("l", x.max(y));
        case 8 ->
            step.rank()
                .is(Comparison.LESS, Scalar.of(2))
                .choose(x, bounded(y.plus(x.times(Scalar.of(0.5)))));
        case 9 -> x.over(y);
        case 10 -> x.choose(Comparison.LESS, y, any(deepest).tensor(), y.negate());
        case 11 -> x.abs().sqrt();
        case 12 -> x.sign();
        default -> x.over(a);
      };
    }

    private Tensor bounded(Tensor x) {
      return smooth ? x.clamp(Scalar.of(-2), Scalar.of(2)) : x;
    }

    private Scalar bounded(Scalar x) {
      return smooth ? x.max(Scalar.of(-2)).min(Scalar.of(2)) : x;
    }

    private <T> T some(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }

    private Made any(int deepest) {
      return some(tensors.stream().filter(made -> made.depth() <= deepest).toList());
    }

    private Made recent(int deepest) {
      List<Made> fitting = tensors.stream().filter(made -> made.depth() <= deepest).toList();
      return fitting.get(fitting.size() - 1 - random.nextInt(Math.min(4, fitting.size())));
    }

    private Number someNumber(int deepest) {
      return some(numbers.stream().filter(made -> made.depth() <= deepest).toList());
    }
  }
}
