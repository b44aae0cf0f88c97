import org.jspecify.annotations.NullMarked;

/** libtorch seen from Java: parameters without a copy, networks, batches and the training loop. */
@NullMarked
module thalweg.torch {
  requires static transitive org.jspecify;
  requires transitive org.bytedeco.pytorch;
  requires transitive thalweg.checkpoint;
  requires transitive thalweg.core;

  exports thalweg.torch;
  exports thalweg.torch.log;
  exports thalweg.torch.nets;
  exports thalweg.torch.peers;
}
