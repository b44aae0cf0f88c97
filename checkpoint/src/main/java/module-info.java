import org.jspecify.annotations.NullMarked;

/** Files: optimizer states and whole runs as safetensors, and PyTorch's checkpoints. */
@NullMarked
module thalweg.checkpoint {
  requires com.fasterxml.jackson.databind;
  requires transitive thalweg.core;
  requires static transitive org.jspecify;

  exports thalweg.checkpoint;
  exports thalweg.checkpoint.pytorch;

  provides thalweg.optimizer.StateFormat with
      thalweg.checkpoint.SafetensorsStates;
}
