package thalweg.lab.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Transformation;
import thalweg.rules.AdamW;
import thalweg.torch.Libtorch;
import thalweg.torch.peers.FusedAdamW;
import thalweg.torch.peers.LibtorchOptimizer;
import thalweg.torch.peers.Peer;

/** libtorch's own optimizers, where it has the rule that is measured. */
record OtherLibrary(Peer peer) implements Contestant {
  /** The peers of a rule; none when libtorch lacks it or one of its options. */
  static List<Contestant> of(Transformation rule, List<List<Long>> shapes, int threads) {
    List<Long> lengths =
        shapes.stream().map(shape -> shape.stream().reduce(1L, (a, b) -> a * b)).toList();
    List<Contestant> peers = new ArrayList<>();
    Map<String, Double> hypers = numbers(rule);
    for (LibtorchOptimizer.Kind kind : LibtorchOptimizer.Kind.values()) {
      if (kind.text().equals(rule.name()) && kind.hyperparameters().containsAll(hypers.keySet())) {
        Libtorch.threads(threads);
        if (rule instanceof AdamW w && !w.amsgrad()) {
          peers.add(
              new OtherLibrary(
                  FusedAdamW.of(w.lr(), w.beta1(), w.beta2(), w.eps(), w.weightDecay(), lengths)));
        }
        peers.add(new OtherLibrary(LibtorchOptimizer.of(kind, hypers, lengths)));
      }
    }
    return peers;
  }

  /** What differs from the default, as numbers; a switch is 0 or 1. */
  private static Map<String, Double> numbers(Transformation rule) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    if (!(rule instanceof Record)) {
      return numbers;
    }
    for (Hyperparameters.Component hyper : Hyperparameters.of(rule).list()) {
      Object value = Hyperparameters.get(rule, hyper.name());
      boolean standard =
          !hyper.standard().isEmpty() && hyper.parse(rule.name(), hyper.standard()).equals(value);
      if (!standard || hyper.name().equals("lr")) {
        numbers.put(
            hyper.name(),
            switch (value) {
              case Double number -> number;
              case Boolean flag -> flag ? 1.0 : 0.0;
              default -> Double.NaN; // a choice that libtorch does not have
            });
      }
    }
    return numbers;
  }

  @Override
  public String name() {
    return peer.name();
  }

  @Override
  public void step() {
    peer.step();
  }

  @Override
  public void close() {
    peer.close();
  }
}
