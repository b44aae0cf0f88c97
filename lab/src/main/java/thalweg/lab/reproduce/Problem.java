package thalweg.lab.reproduce;

import thalweg.torch.Form;
import thalweg.torch.Samples;

/** Something to learn: training and validation samples for each seed, equal for equal seeds. */
sealed interface Problem permits Digits, RareFeatures {
  /** What the data are, in a few words. */
  String describe();

  Form form();

  /** Outputs a network needs. */
  int outputs();

  /** Makes or reads the samples. */
  Samples.Split samples(long seed);
}
