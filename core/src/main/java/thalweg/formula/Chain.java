package thalweg.formula;

import java.util.ArrayList;
import java.util.List;

/** Transformations applied one after the other; nested chains are the same as one flat chain. */
public record Chain(List<Transformation> links) implements Transformation {
  public Chain {
    List<Transformation> flat = new ArrayList<>();
    for (Transformation link : links) {
      if (link instanceof Chain(List<Transformation> inner)) {
        flat.addAll(inner);
      } else {
        flat.add(link);
      }
    }
    links = List.copyOf(flat);
  }

  public static Chain of(Transformation... links) {
    return new Chain(List.of(links));
  }

  @Override
  public String name() {
    return "chain";
  }

  @Override
  public Tensor apply(Tensor direction, Step step) {
    Tensor result = direction;
    for (Transformation link : links) {
      result = step.enter(link, result);
    }
    return result;
  }
}
