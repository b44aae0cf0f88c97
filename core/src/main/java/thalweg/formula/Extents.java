package thalweg.formula;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds for what the tensor expressions of one formula have one number, each once. */
public final class Extents {
  private final Map<Tensor, Extent> known = new IdentityHashMap<>();

  /** The extent of a tensor expression; null if it is the same for all elements. */
  public @Nullable Extent of(Tensor tensor) {
    if (!known.containsKey(tensor)) {
      for (Expr part : Expr.bottomUp(tensor, known::containsKey)) {
        if (part instanceof Tensor made && !known.containsKey(made)) {
          known.put(made, compute(made));
        }
      }
    }
    return known.get(tensor);
  }

  private @Nullable Extent compute(Tensor tensor) {
    return switch (tensor) {
      case Tensor.Gradient _, Tensor.Noise _, Tensor.Also _, Tensor.Parameter _, Tensor.Spent _ ->
          Extent.ELEMENT;
      case Tensor.Old(State state) -> state.extent();
      case Tensor.Along(var _, Extent extent, Tensor _) -> extent;
      case Tensor.Spread _ -> null;
      case Tensor.Ref(Assignment line) -> of((Tensor) line.value());
      case Tensor.Unary(var _, Tensor x) -> of(x);
      case Tensor.Binary(var _, Tensor x, Tensor y) -> join(of(x), of(y));
      case Tensor.Select(var _, Tensor x, Tensor y, Tensor then, Tensor otherwise) ->
          join(join(of(x), of(y)), join(of(then), of(otherwise)));
    };
  }

  private static @Nullable Extent join(@Nullable Extent x, @Nullable Extent y) {
    if (x == null || y == null) {
      return x == null ? y : x;
    }
    return Extent.join(x, y);
  }
}
