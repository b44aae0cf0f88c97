package thalweg.lab.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import thalweg.lab.BadInput;
import thalweg.text.Nearest;

/**
 * A network everybody knows, as the shapes of what it learns, written out from its configuration.
 * Weights that are used twice (GPT-2's and T5's embedding, which is their output too) count once;
 * running statistics of batch norms are not learned and do not count.
 *
 * @param name what it is asked for by
 * @param configuration where the sizes are from
 * @param make writes the shapes out
 */
public record KnownModel(String name, String configuration, Supplier<List<List<Long>>> make) {
  private static final List<KnownModel> ALL =
      List.of(
          new KnownModel("digits-mlp", "what compare digits trains", () -> mlp(64, 64, 10)),
          new KnownModel("resnet-18", "He et al. 2016, Table 1; torchvision", KnownModel::resnet18),
          new KnownModel("resnet-50", "He et al. 2016, Table 1; torchvision", KnownModel::resnet50),
          new KnownModel(
              "vit-b-16", "Dosovitskiy et al. 2021, Table 1; torchvision", KnownModel::vit),
          bert("bert-base", 768, 12),
          bert("bert-large", 1024, 24),
          new KnownModel(
              "t5-base", "Raffel et al. 2020, section 3.1.2", () -> t5(768, 3072, 12, 12)),
          gpt2("gpt2", 768, 12),
          gpt2("gpt2-medium", 1024, 24),
          gpt2("gpt2-large", 1280, 36),
          gpt2("gpt2-xl", 1600, 48),
          llama("llama-2-7b", "Touvron et al. 2023b", 32_000, 4096, 11_008, 32, 32, 32),
          llama("llama-2-13b", "Touvron et al. 2023b", 32_000, 5120, 13_824, 40, 40, 40),
          llama("llama-2-70b", "Touvron et al. 2023b", 32_000, 8192, 28_672, 80, 64, 8),
          llama("llama-3-8b", "Llama Team 2024, Table 3", 128_256, 4096, 14_336, 32, 32, 8),
          llama("llama-3-70b", "Llama Team 2024, Table 3", 128_256, 8192, 28_672, 80, 64, 8));

  /** All of them, small ones first within a family. */
  public static List<KnownModel> all() {
    return ALL;
  }

  /**
   * The model of a name.
   *
   * @throws BadInput if there is none; the message offers names
   */
  public static KnownModel named(String name) {
    List<String> names = ALL.stream().map(KnownModel::name).toList();
    return ALL.stream()
        .filter(model -> model.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new BadInput("no model '%s'; %s".formatted(name, offer(name, names))));
  }

  private static String offer(String name, List<String> names) {
    return Nearest.to(name, names).isEmpty()
        ? "there are " + String.join(", ", names)
        : Nearest.offer(name, names);
  }

  /** The shapes of its parameters, layer by layer. */
  public List<List<Long>> shapes() {
    return make.get();
  }

  /** Collects shapes, as layers have them in PyTorch: weights {@code [out, in]}. */
  private static final class Layers {
    private final List<List<Long>> shapes = new ArrayList<>();

    void weight(long... shape) {
      List<Long> sizes = new ArrayList<>();
      for (long size : shape) {
        sizes.add(size);
      }
      shapes.add(List.copyOf(sizes));
    }

    void linear(long in, long out) {
      weight(out, in);
      weight(out);
    }

    /** Scale and shift. */
    void norm(long width) {
      weight(width);
      weight(width);
    }

    /** A convolution without bias and its batch norm. */
    void convolution(long in, long out, long size) {
      weight(out, in, size, size);
      norm(out);
    }
  }

  private static List<List<Long>> layers(Consumer<Layers> network) {
    Layers layers = new Layers();
    network.accept(layers);
    return List.copyOf(layers.shapes);
  }

  private static List<List<Long>> mlp(long... widths) {
    return layers(net -> {
      for (int i = 1; i < widths.length; i++) {
        net.linear(widths[i - 1], widths[i]);
      }
    });
  }

  private static List<List<Long>> resnet18() {
    return layers(net -> {
      net.convolution(3, 64, 7);
      long in = 64;
      for (long width : new long[] {64, 128, 256, 512}) {
        for (int block = 0; block < 2; block++) {
          net.convolution(in, width, 3);
          net.convolution(width, width, 3);
          if (in != width) {
            net.convolution(in, width, 1);
          }
          in = width;
        }
      }
      net.linear(in, 1000);
    });
  }

  private static List<List<Long>> resnet50() {
    return layers(net -> {
      net.convolution(3, 64, 7);
      long in = 64;
      long width = 64;
      for (int blocks : new int[] {3, 4, 6, 3}) {
        for (int block = 0; block < blocks; block++) {
          net.convolution(in, width, 1);
          net.convolution(width, width, 3);
          net.convolution(width, 4 * width, 1);
          if (block == 0) {
            net.convolution(in, 4 * width, 1);
          }
          in = 4 * width;
        }
        width *= 2;
      }
      net.linear(in, 1000);
    });
  }

  private static List<List<Long>> vit() {
    return layers(net -> {
      net.weight(768, 3, 16, 16);
      net.weight(768);
      net.weight(1, 1, 768);
      net.weight(1, 197, 768); // 14 x 14 patches and the class
      for (int layer = 0; layer < 12; layer++) {
        net.norm(768);
        net.linear(768, 3 * 768);
        net.linear(768, 768);
        net.norm(768);
        net.linear(768, 3072);
        net.linear(3072, 768);
      }
      net.norm(768);
      net.linear(768, 1000);
    });
  }

  /** The encoder with its pooler, without the heads of pre-training. */
  private static KnownModel bert(String name, long width, int depth) {
    return new KnownModel(
        name,
        "Devlin et al. 2019, section 3; uncased vocabulary",
        () ->
            layers(net -> {
              net.weight(30_522, width);
              net.weight(512, width);
              net.weight(2, width);
              net.norm(width);
              for (int layer = 0; layer < depth; layer++) {
                for (int projection = 0; projection < 4; projection++) {
                  net.linear(width, width);
                }
                net.norm(width);
                net.linear(width, 4 * width);
                net.linear(4 * width, width);
                net.norm(width);
              }
              net.linear(width, width);
            }));
  }

  private static KnownModel gpt2(String name, long width, int depth) {
    return new KnownModel(
        name,
        "Radford et al. 2019, Table 2; the published vocabulary of 50257",
        () ->
            layers(net -> {
              net.weight(50_257, width);
              net.weight(1024, width);
              for (int layer = 0; layer < depth; layer++) {
                net.norm(width);
                net.linear(width, 3 * width);
                net.linear(width, width);
                net.norm(width);
                net.linear(width, 4 * width);
                net.linear(4 * width, width);
              }
              net.norm(width);
            }));
  }

  private static KnownModel llama(
      String name,
      String paper,
      long vocabulary,
      long width,
      long hidden,
      int depth,
      long heads,
      long keyHeads) {
    return new KnownModel(
        name,
        paper,
        () ->
            layers(net -> {
              long keys = width / heads * keyHeads;
              net.weight(vocabulary, width);
              for (int layer = 0; layer < depth; layer++) {
                net.weight(width, width);
                net.weight(keys, width);
                net.weight(keys, width);
                net.weight(width, width);
                net.weight(hidden, width);
                net.weight(hidden, width);
                net.weight(width, hidden);
                net.weight(width);
                net.weight(width);
              }
              net.weight(width);
              net.weight(vocabulary, width);
            }));
  }

  private static List<List<Long>> t5(long width, long hidden, int depth, long heads) {
    return layers(net -> {
      net.weight(32_128, width);
      for (int attentions = 1; attentions <= 2; attentions++) { // the encoder, then the decoder
        net.weight(32, heads); // biases of 32 distances, in the first layer alone
        for (int layer = 0; layer < depth; layer++) {
          for (int attention = 0; attention < attentions; attention++) {
            for (int projection = 0; projection < 4; projection++) {
              net.weight(width, width);
            }
            net.weight(width);
          }
          net.weight(hidden, width);
          net.weight(width, hidden);
          net.weight(width);
        }
        net.weight(width);
      }
    });
  }
}
