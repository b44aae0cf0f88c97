package thalweg.torch.nets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import thalweg.formula.Hyperparameters;
import thalweg.torch.Activation;
import thalweg.torch.Form;
import thalweg.torch.Mlp;
import thalweg.torch.ModuleTensors;

/** docs/networks.md says what the records say. */
class NetworksPageTest {
  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/networks.md"));
  }

  @Test
  void the_table_has_every_network_with_its_defaults() throws IOException {
    String page = page();
    Networks.SPECS
        .kinds()
        .forEach((name, type) -> {
          String defaults =
              Hyperparameters.of(type).list().stream()
                  .map(component -> "`" + component.name() + "=" + component.standard() + "`")
                  .collect(Collectors.joining(", "));
          assertThat(page).containsPattern("\\| `" + name + "` \\| [^|]+ \\| ").contains(defaults);
        });
  }

  @Test
  void every_initialization_is_named() throws IOException {
    for (Init init : Init.values()) {
      assertThat(page()).contains("`" + init.toString().toLowerCase(Locale.ROOT) + "`");
    }
  }

  @Test
  void text_and_record_of_the_example_are_the_same() throws IOException {
    assertThat(page()).contains("Cnn.standard().channels(16, 32).dropout(0.25)");
    Architecture record = Cnn.standard().channels(16, 32).dropout(0.25);
    assertThat(Networks.parse("cnn(channels=[16, 32], dropout=0.25)")).isEqualTo(record);
    Form image = new Form.Image(1, 8, 8);
    try (Network text = Networks.of("cnn(channels=[16, 32], dropout=0.25)", image, 10, 1);
        Network same = Networks.of(record, image, 10, 1)) {
      assertThat(NetworksTest.numbers(text).keySet())
          .isEqualTo(NetworksTest.numbers(same).keySet());
    }
  }

  @Test
  void mlp_has_the_names_of_Mlp() {
    try (Network network = Networks.of("mlp(hidden=[4, 3])", new Form.Table(5), 2, 1);
        var mlp = Mlp.of(new Mlp.Shape(5, List.of(4, 3), 2, Activation.RELU), 1)) {
      assertThat(ModuleTensors.of(network).keySet()).isEqualTo(ModuleTensors.of(mlp).keySet());
    }
  }
}
