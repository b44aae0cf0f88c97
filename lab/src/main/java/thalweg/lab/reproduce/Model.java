package thalweg.lab.reproduce;

import java.util.List;
import thalweg.torch.Activation;
import thalweg.torch.Feed;
import thalweg.torch.Mlp;
import thalweg.torch.Samples;
import thalweg.torch.Training;

/** A network as a trial names it. */
record Model(Mlp module) implements AutoCloseable {
  static Model of(Trial trial, long seed) {
    return new Model(
        Mlp.of(
            new Mlp.Shape(
                trial.problem().form().columns(),
                trial.network().startsWith("linear") ? List.of() : List.of(32),
                trial.problem().outputs(),
                Activation.RELU),
            seed));
  }

  Training training(Feed feed, Samples validation, int epochs) {
    return Training.of(module, feed, validation, epochs);
  }

  @Override
  public void close() {
    module.close();
  }
}
