package thalweg.lab.surface;

import java.util.List;
import org.hipparchus.analysis.differentiation.Gradient;

/** The surface of a formula; value and gradient are read off the one tree. */
final class FormulaSurface implements Surface {
  private final String text;
  private final Definition definition;
  private final Node tree;

  FormulaSurface(String text, Definition definition, Node tree) {
    this.text = text;
    this.definition = definition;
    this.tree = tree;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public String formula() {
    return definition.formula();
  }

  @Override
  public int dimension() {
    return definition.dimension();
  }

  @Override
  public double value(double[] x) {
    Gradient[] variables = new Gradient[x.length];
    for (int i = 0; i < x.length; i++) {
      variables[i] = Gradient.constant(0, x[i]);
    }
    return tree.at(variables).getValue();
  }

  @Override
  public double gradient(double[] x, double[] gradient) {
    Gradient[] variables = new Gradient[x.length];
    for (int i = 0; i < x.length; i++) {
      variables[i] = Gradient.variable(x.length, i, x[i]);
    }
    Gradient result = tree.at(variables);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = result.getPartialDerivative(i);
    }
    return result.getValue();
  }

  @Override
  public Box box() {
    return definition.box();
  }

  @Override
  public List<Minimum> minima() {
    return definition.minima();
  }

  @Override
  public List<Double> start() {
    return definition.start();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FormulaSurface surface && surface.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
