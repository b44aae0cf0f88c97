package thalweg.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import thalweg.formula.Comparison;
import thalweg.formula.Rule;
import thalweg.formula.Scalar;
import thalweg.formula.Scope;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;

/**
 * A formula from a seed: states, hyperparameters, selections and reductions, nested at random.
 *
 * @param smooth only operations that keep errors small: every value stays in [−2, 2] and no
 *     operation lets an error grow more than fourfold
 */
public record RandomFormula(long seed, boolean smooth) implements Rule {
  @Override
  public String name() {
    return "random";
  }

  @Override
  public Tensor apply(Tensor direction, Step step) {
    return smooth
        ? new Writer(seed, step).smooth(direction)
        : new Writer(seed, step).any(direction);
  }

  /** Writes one formula down. */
  private static final class Writer {
    private final RandomGenerator random;
    private final Step step;
    private final List<Scalar> scalars = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();

    Writer(long seed, Step step) {
      random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      this.step = step;
      scalars.add(step.t());
      scalars.add(Scalar.of(random.nextGaussian()));
      for (int i = random.nextInt(4); i >= 0; i--) {
        scalars.add(step.hyper("h" + i, random.nextDouble()));
      }
      tensors.add(step.parameter());
    }

    /** Anything goes; results may be NaN or infinite. */
    Tensor any(Tensor gradient) {
      tensors.add(gradient);
      List<State> states = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        State state = step.state("s" + i, "s" + i, random.nextInt(3) - 1);
        states.add(state);
        tensors.add(state.old());
      }
      for (int i = 5 + random.nextInt(30); i > 0; i--) {
        if (random.nextInt(12) == 0) {
          Scalar reduced = reduction();
          scalars.add(reduced);
          tensors.add(recent().times(reduced));
        } else if (random.nextInt(4) == 0) {
          scalars.add(scalar());
        } else {
          tensors.add(tensor());
        }
      }
      for (State state : states) {
        tensors.add(state.becomes(recent()));
      }
      return step.descend(recent().plus(gradient), step.hyper("lr", 0.01));
    }

    private Tensor recent() {
      return tensors.get(tensors.size() - 1 - random.nextInt(Math.min(4, tensors.size())));
    }

    private Tensor some() {
      return tensors.get(random.nextInt(tensors.size()));
    }

    private Scalar someScalar() {
      return scalars.get(random.nextInt(scalars.size()));
    }

    private Comparison comparison() {
      return Comparison.values()[random.nextInt(Comparison.values().length)];
    }

    private Scope scope() {
      return Scope.values()[random.nextInt(Scope.values().length)];
    }

    private Scalar reduction() {
      return switch (random.nextInt(4)) {
        case 0 -> some().sum(scope());
        case 1 -> some().largest(scope());
        case 2 -> some().mean(scope());
        default -> recent().norm(scope());
      };
    }

    private Scalar scalar() {
      Scalar x = someScalar();
      Scalar y = someScalar();
      return switch (random.nextInt(9)) {
        case 0 -> x.plus(y);
        case 1 -> x.minus(y);
        case 2 -> x.times(y);
        case 3 -> x.over(y);
        case 4 -> x.min(y);
        case 5 -> x.max(y);
        case 6 -> x.abs().sqrt();
        case 7 -> x.abs().pow(y.min(Scalar.of(3)));
        default -> x.choose(comparison(), y, someScalar(), x.negate());
      };
    }

    private Tensor tensor() {
      Tensor x = recent();
      Tensor y = some();
      return switch (random.nextInt(17)) {
        case 0 -> x.plus(y);
        case 1 -> x.minus(y);
        case 2 -> x.times(y);
        case 3 -> x.over(y);
        case 4 -> x.min(y);
        case 5 -> x.max(y);
        case 6 -> x.sqrt();
        case 7 -> x.abs().sqrt();
        case 8 -> x.sign();
        case 9 -> x.negate();
        case 10 -> x.times(someScalar());
        case 11 -> x.plus(someScalar());
        case 12 -> x.over(someScalar());
        case 13 -> x.choose(comparison(), y, some(), some());
        case 14 -> x.clamp(Scalar.of(-1.5), Scalar.of(2));
        case 15 -> random.nextInt(4) == 0 ? x.pow(someScalar()) : x.square();
        default -> step.let("l", x.plus(y));
      };
    }

    /** Well-conditioned: running means of shallow expressions, and a shallow direction. */
    Tensor smooth(Tensor gradient) {
      tensors.clear();
      tensors.add(bounded(gradient));
      tensors.add(bounded(step.parameter()));
      Scalar mean = bounded(gradient).mean(scope());
      Scalar largest = bounded(step.parameter()).largest(Scope.TENSOR);
      int inputs = tensors.size();
      List<Tensor> means = new ArrayList<>();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        while (tensors.size() > inputs) {
          tensors.removeLast();
        }
        Tensor x = gentle(gentle(some(), some()), gentle(some(), some()));
        means.add(step.ema("m" + i, "m" + i, x, step.hyper("beta" + i, random.nextDouble())));
      }
      tensors.addAll(means);
      Tensor direction = gentle(gentle(some(), some()), gentle(some(), some()));
      direction = bounded(direction.plus(mean.times(Scalar.of(0.5))));
      direction = bounded(direction.minus(largest.max(Scalar.of(-1)).min(Scalar.ONE)));
      return step.descend(direction, step.hyper("lr", 1e-3));
    }

    private static Tensor bounded(Tensor x) {
      return x.clamp(Scalar.of(-2), Scalar.of(2));
    }

    private Tensor gentle(Tensor x, Tensor y) {
      return bounded(
          switch (random.nextInt(8)) {
            case 0 -> x.plus(y);
            case 1 -> x.minus(y);
            case 2 -> x.times(y);
            case 3 -> x.min(y);
            case 4 -> x.abs().max(y.negate());
            case 5 -> x.over(y.square().plus(Scalar.ONE));
            case 6 -> x.square().plus(y.square()).plus(Scalar.ONE).sqrt();
            default -> x.times(step.hyper("c", 0.75)).plus(y);
          });
    }
  }
}
