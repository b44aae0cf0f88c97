package thalweg.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.formula.Rule;
import thalweg.formula.Transformation;
import thalweg.rules.Adam;
import thalweg.rules.AdamW;
import thalweg.transforms.Descend;

class CatalogueTest {
  @Test
  void everyRuleAndTransformationIsInIt() throws IOException, URISyntaxException {
    List<Class<?>> written =
        Stream.concat(classes(Adam.class), classes(Descend.class))
            .filter(type -> type.isRecord() && Transformation.class.isAssignableFrom(type))
            .toList();
    assertThat(written).hasSizeGreaterThan(20);
    assertThat(Catalogue.entries().stream().<Class<?>>map(CatalogueEntry::type))
        .containsExactlyInAnyOrderElementsOf(written);
  }

  /** The classes in the package of one of them. */
  private static Stream<Class<?>> classes(Class<?> one) throws IOException, URISyntaxException {
    Path folder = Path.of(one.getResource(one.getSimpleName() + ".class").toURI()).getParent();
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.toList();
    }
    return files.stream()
        .map(file -> file.getFileName().toString())
        .filter(name -> name.endsWith(".class"))
        .map(name -> load(one.getPackageName() + "." + name.replace(".class", "")));
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("thalweg.text.Catalogue#entries")
  void anEntrySaysWhatItIs(CatalogueEntry entry) {
    assertThat(entry.id()).matches("[a-z][a-z0-9_]*");
    assertThat(entry.summary()).isNotBlank();
    assertThat(entry.paper()).isNotBlank();
    assertThat(Catalogue.find(entry.id())).contains(entry);
    assertThat(entry.kind() == CatalogueEntry.Kind.OPTIMIZER)
        .isEqualTo(Rule.class.isAssignableFrom(entry.type()));
  }

  @ParameterizedTest
  @MethodSource("thalweg.text.Catalogue#entries")
  void everyDefaultLiesInItsRange(CatalogueEntry entry) {
    entry.hyperparameters().list().stream()
        .filter(component -> !component.standard().isEmpty())
        .forEach(component ->
            component.check(entry.id(), component.parse(entry.id(), component.standard())));
  }

  @Test
  void entriesAreInTheOrderOfTheirPurposesOptimizersFirst() {
    assertThat(Catalogue.ids()).startsWith("sgd");
    assertThat(Catalogue.entries().stream().map(CatalogueEntry::purpose)).isSorted();
  }

  @Test
  void anEntryIsFoundByItsName() {
    assertThat(Catalogue.find("adamw").orElseThrow().type()).isEqualTo(AdamW.class);
    assertThat(Catalogue.find("adamw").orElseThrow().textNames()).startsWith("lr", "betas", "eps");
    assertThat(Catalogue.find("no_such_thing")).isEmpty();
  }
}
