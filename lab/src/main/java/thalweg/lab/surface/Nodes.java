package thalweg.lab.surface;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.analysis.differentiation.Gradient;
import thalweg.lab.surface.Node.Call;
import thalweg.lab.surface.Node.Constant;
import thalweg.lab.surface.Node.Extreme;
import thalweg.lab.surface.Node.Power;
import thalweg.lab.surface.Node.Product;
import thalweg.lab.surface.Node.Quotient;
import thalweg.lab.surface.Node.Scaled;
import thalweg.lab.surface.Node.Sum;
import thalweg.lab.surface.Node.VariablePower;

/** Makes nodes, each as simple as it can be: what has no variable in it is a number. */
final class Nodes {
  private Nodes() {}

  static Node sum(List<Node> terms) {
    List<Node> flat = new ArrayList<>();
    double constant = 0;
    for (Node term : terms) {
      switch (term) {
        case Constant(double value) -> constant += value;
        case Sum(List<Node> inner, double more) -> {
          flat.addAll(inner);
          constant += more;
        }
        default -> flat.add(term);
      }
    }
    if (flat.isEmpty()) {
      return new Constant(constant);
    }
    return flat.size() == 1 && constant == 0
        ? flat.getFirst()
        : new Sum(List.copyOf(flat), constant);
  }

  static Node scaled(double factor, Node of) {
    return switch (of) {
      case Constant(double value) -> new Constant(factor * value);
      case Scaled(double inner, Node node) when factor == -1 -> new Scaled(-inner, node);
      default -> factor == 1 ? of : new Scaled(factor, of);
    };
  }

  static Node product(Node left, Node right) {
    if (left instanceof Constant(double factor)) {
      return scaled(factor, right);
    }
    return right instanceof Constant(double factor)
        ? scaled(factor, left)
        : new Product(left, right);
  }

  static Node quotient(Node over, Node under) {
    return folded(new Quotient(over, under), over, under);
  }

  static Node power(Node base, Node exponent) {
    if (exponent instanceof Constant(double value)) {
      if (value == 0) {
        return new Constant(1);
      }
      return value == 1 ? base : folded(new Power(base, value), base);
    }
    return new VariablePower(base, exponent);
  }

  static Node call(Function function, Node argument) {
    return folded(new Call(function, argument), argument);
  }

  static Node extreme(boolean largest, Node first, Node second) {
    return folded(new Extreme(largest, first, second), first, second);
  }

  private static Node folded(Node node, Node... parts) {
    for (Node part : parts) {
      if (!(part instanceof Constant)) {
        return node;
      }
    }
    return new Constant(node.at(new Gradient[0]).getValue());
  }
}
