package thalweg.torch.nets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Module;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.torch.TorchParameters;

/** Lists a module's layers. */
final class Description {
  private Description() {}

  private record Layer(String name, String shapes, long numbers) {
    Layer and(String shape, long more) {
      return new Layer(name, shapes + ", " + shape, numbers + more);
    }
  }

  static String of(Module module) {
    SequencedMap<String, Layer> layers = new LinkedHashMap<>();
    Parameters parameters = TorchParameters.of(module);
    long sum = 0;
    for (Parameter parameter : parameters) {
      int dot = parameter.name().lastIndexOf('.');
      String layer = dot < 0 ? "" : parameter.name().substring(0, dot);
      String shape = parameter.name().substring(dot + 1) + " " + parameter.shape();
      layers.merge(
          layer,
          new Layer(layer, shape, parameter.length()),
          (before, now) -> before.and(now.shapes, now.numbers));
      sum += parameter.length();
    }
    TorchParameters.release(parameters);
    List<Layer> rows = new ArrayList<>(layers.sequencedValues());
    rows.add(new Layer("all", "", sum));
    int names = width(rows.stream().map(Layer::name).toList());
    int shapes = width(rows.stream().map(Layer::shapes).toList());
    StringBuilder text = new StringBuilder();
    for (Layer row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-" + names + "s  %-" + shapes + "s  %,12d%n",
              row.name,
              row.shapes,
              row.numbers));
    }
    return text.toString();
  }

  private static int width(List<String> column) {
    return Math.max(1, column.stream().mapToInt(String::length).max().orElse(1));
  }
}
