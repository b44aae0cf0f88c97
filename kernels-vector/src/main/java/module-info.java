import org.jspecify.annotations.NullMarked;

/**
 * Runs passes as vector code generated for them. The incubating Vector API is used here and nowhere
 * else; without it the module still loads and its backend says which flag is missing.
 */
@NullMarked
module thalweg.kernels.vector {
  requires static jdk.incubator.vector;
  requires static org.jspecify;
  requires thalweg.core;

  provides thalweg.execute.Backend with
      thalweg.kernels.vector.VectorBackend;
}
