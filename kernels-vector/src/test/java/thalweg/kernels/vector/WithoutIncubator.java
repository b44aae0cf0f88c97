package thalweg.kernels.vector;

import java.util.List;
import java.util.ServiceLoader;
import thalweg.execute.Backend;

/** A program started without the incubating module: prints what the vector backend says. */
final class WithoutIncubator {
  private WithoutIncubator() {}

  public static void main(String[] arguments) {
    for (Backend backend : ServiceLoader.load(Backend.class)) {
      if (backend.name().equals("vector")) {
        System.out.println(backend.unavailable().orElse("available"));
        try {
          backend.bind(Passes.norms(), List.of(), 0, 0);
        } catch (IllegalStateException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }
}
