package thalweg.lab.surface;

import java.util.List;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.util.FastMath;

/**
 * A formula as a tree. Each node knows its own derivative, by Hipparchus; the value alone is a
 * gradient with no free parameters, so both come from the same arithmetic in every bit. Not defined
 * is NaN, never an exception.
 */
sealed interface Node {
  /** The value and its derivatives at a place. */
  Gradient at(Gradient[] x);

  /** A number. */
  record Constant(double value) implements Node {
    @Override
    public Gradient at(Gradient[] x) {
      return Gradient.constant(x.length == 0 ? 0 : x[0].getFreeParameters(), value);
    }
  }

  /** A coordinate of the place, from 0. */
  record Variable(int index) implements Node {
    @Override
    public Gradient at(Gradient[] x) {
      return x[index];
    }
  }

  /** Several terms and a number. */
  record Sum(List<Node> terms, double constant) implements Node {
    @Override
    public Gradient at(Gradient[] x) {
      Gradient sum = terms.getFirst().at(x);
      for (int i = 1; i < terms.size(); i++) {
        sum = sum.add(terms.get(i).at(x));
      }
      return constant == 0 ? sum : sum.add(constant);
    }
  }

  /** A number times a node. */
  record Scaled(double factor, Node of) implements Node {
    @Override
    public Gradient at(Gradient[] x) {
      return of.at(x).multiply(factor);
    }
  }

  record Product(Node left, Node right) implements Node {
    @Override
    public Gradient at(Gradient[] x) {
      return left.at(x).multiply(right.at(x));
    }
  }

  record Quotient(Node over, Node under) implements Node {
    @Override
    public Gradient at(Gradient[] x) {
      return over.at(x).divide(under.at(x));
    }
  }

  /** A power whose exponent is a number; whole ones are products, exact for negative bases. */
  record Power(Node base, double exponent) implements Node {
    private static final int LARGEST_PRODUCT = 64;

    @Override
    public Gradient at(Gradient[] x) {
      Gradient b = base.at(x);
      double v = b.getValue();
      return b.compose(power(v, exponent), exponent * power(v, exponent - 1));
    }

    private static double power(double v, double exponent) {
      int whole = (int) exponent;
      if (whole != exponent || whole < 0 || whole > LARGEST_PRODUCT) {
        return FastMath.pow(v, exponent);
      }
      double product = 1;
      double square = v;
      for (int rest = whole; rest > 0; rest >>= 1) {
        if ((rest & 1) == 1) {
          product *= square;
        }
        square *= square;
      }
      return product;
    }
  }

  /** A power whose exponent varies. */
  record VariablePower(Node base, Node exponent) implements Node {
    @Override
    public Gradient at(Gradient[] x) {
      Gradient b = base.at(x);
      Gradient e = exponent.at(x);
      double value = FastMath.pow(b.getValue(), e.getValue());
      double byBase = e.getValue() * FastMath.pow(b.getValue(), e.getValue() - 1);
      double byExponent = value == 0 ? 0 : value * FastMath.log(b.getValue());
      double[] gradient = new double[b.getFreeParameters()];
      for (int i = 0; i < gradient.length; i++) {
        double down = b.getPartialDerivative(i);
        double up = e.getPartialDerivative(i);
        gradient[i] = (down == 0 ? 0 : byBase * down) + (up == 0 ? 0 : byExponent * up);
      }
      return new Gradient(value, gradient);
    }
  }

  record Call(Function function, Node argument) implements Node {
    @Override
    public Gradient at(Gradient[] x) {
      return function.at(argument.at(x));
    }
  }

  /** The smaller or the larger of two; the first where they are equal. */
  record Extreme(boolean largest, Node first, Node second) implements Node {
    @Override
    public Gradient at(Gradient[] x) {
      Gradient a = first.at(x);
      Gradient b = second.at(x);
      if (Double.isNaN(a.getValue()) || Double.isNaN(b.getValue())) {
        return a.add(b);
      }
      return (largest ? a.getValue() >= b.getValue() : a.getValue() <= b.getValue()) ? a : b;
    }
  }
}
