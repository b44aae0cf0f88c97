package thalweg.benchmarks;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import thalweg.execute.Chunk;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.rules.AdamW;
import thalweg.torch.Libtorch;
import thalweg.torch.peers.FusedAdamW;
import thalweg.torch.peers.LibtorchOptimizer;
import thalweg.torch.peers.Peer;

/** Somebody's AdamW step over tensors of given size, on one thread. */
enum Contestant {
  GENERATED("generated"),
  HAND_WRITTEN("hand-written"),
  FUSED("libtorch fused"),
  LIBTORCH("libtorch C++"),
  DIVIDER("limit: divider"),
  TRAFFIC("limit: traffic");

  private static final AdamW RULE = AdamW.lr(1e-3);

  final String title;

  Contestant(String title) {
    this.title = title;
  }

  /** The step, ready to run again and again. */
  Runnable step(int tensors, long length) {
    List<Long> lengths = Collections.nCopies(tensors, length);
    return switch (this) {
      case GENERATED -> generated(lengths);
      case HAND_WRITTEN -> loop(lengths, HandWritten::adamW);
      case DIVIDER -> loop(lengths, HandWritten::divider);
      case TRAFFIC -> loop(lengths, HandWritten::traffic);
      case FUSED ->
          peer(
              FusedAdamW.of(
                  RULE.lr(), RULE.beta1(), RULE.beta2(), RULE.eps(), RULE.weightDecay(), lengths));
      case LIBTORCH ->
          peer(LibtorchOptimizer.of(LibtorchOptimizer.Kind.ADAMW, Collections.emptyMap(), lengths));
    };
  }

  private static Runnable peer(Peer peer) {
    Libtorch.threads(1);
    return peer::step;
  }

  private static Runnable generated(List<Long> lengths) {
    List<ArrayParameter> parameters = new ArrayList<>();
    for (long length : lengths) {
      ArrayParameter parameter =
          ArrayParameter.allocate("p" + parameters.size(), NumberType.FLOAT32, length);
      fill(parameter.value());
      fill(Objects.requireNonNull(parameter.gradient()));
      parameters.add(parameter);
    }
    Optimizer optimizer =
        Optimizer.over(Parameters.of(parameters))
            .otherwise(RULE)
            .backend("vector")
            .threads(1)
            .build();
    return optimizer::step;
  }

  /** The buffers are there to keep the memory alive. */
  private record Stretch(
      MemorySegment theta,
      MemorySegment g,
      MemorySegment m,
      MemorySegment v,
      int count,
      List<Buffer> buffers) {}

  /** A hand-written loop over the same stretches that the engine cuts. */
  private static Runnable loop(List<Long> lengths, HandWritten.Loop loop) {
    float[] scalars = {0.9f, 0.1f, 0.999f, 0.001f, 2, 20, 1e-8f, 0.99999f, 1e-3f};
    List<Stretch> stretches = new ArrayList<>();
    for (long length : lengths) {
      List<Buffer> buffers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Buffer buffer = Buffer.allocate(length, NumberType.FLOAT32);
        if (i < 2) {
          fill(buffer);
        }
        buffers.add(buffer);
      }
      for (long from = 0; from < length; from += Chunk.MAXIMUM) {
        int count = (int) Math.min(Chunk.MAXIMUM, length - from);
        long start = from;
        List<MemorySegment> parts =
            buffers.stream().map(buffer -> buffer.slice(start, count).segment()).toList();
        stretches.add(
            new Stretch(parts.get(0), parts.get(1), parts.get(2), parts.get(3), count, buffers));
      }
    }
    Stretch[] array = stretches.toArray(Stretch[]::new);
    return () -> {
      for (Stretch s : array) {
        loop.run(s.theta, s.g, s.m, s.v, s.count, scalars);
      }
    };
  }

  private static void fill(Buffer buffer) {
    SplittableRandom random = new SplittableRandom(1);
    float[] block = new float[4096];
    for (long from = 0; from < buffer.length(); from += block.length) {
      int count = (int) Math.min(block.length, buffer.length() - from);
      for (int i = 0; i < count; i++) {
        block[i] = (float) random.nextDouble(-1, 1);
      }
      buffer.write(from, block, count);
    }
  }
}
