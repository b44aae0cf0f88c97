package thalweg.lab.serve.play;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Transformation;
import thalweg.lab.catalogue.Argument;
import thalweg.lab.page.Look;
import thalweg.lab.page.Looks;
import thalweg.lab.schedule.LearningRate;
import thalweg.lab.surface.Surface;
import thalweg.lab.surface.Surfaces;
import thalweg.lab.trace.TraceRequests;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;
import thalweg.text.NumberText;
import thalweg.text.Specs;

/** What the playground offers and what can be set by hand, as JSON. */
final class Views {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Views() {}

  /** The surfaces and optimizers there are, and the bounds of requests. */
  static ObjectNode catalogue() {
    ObjectNode json = MAPPER.createObjectNode().put("format", "play/1");
    ArrayNode surfaces = json.putArray("surfaces");
    for (Surface surface : Surfaces.all()) {
      surfaces
          .addObject()
          .put("name", Specs.firstName(surface.text()))
          .put("formula", surface.formula());
    }
    ArrayNode optimizers = json.putArray("optimizers");
    for (CatalogueEntry entry : Catalogue.entries()) {
      if (entry.kind() == CatalogueEntry.Kind.OPTIMIZER) {
        optimizers
            .addObject()
            .put("id", entry.id())
            .put("text", text(entry))
            .put("summary", entry.summary());
      }
    }
    json.putObject("most")
        .put("optimizers", PlayRequest.MOST_OPTIMIZERS)
        .put("steps", PlayRequest.MOST_STEPS)
        .put("noise", PlayRequest.MOST_NOISE)
        .put("seed", PlayRequest.LAST_SEED)
        .put("updates", PlayRequest.MOST_UPDATES)
        .put("surface_characters", PlayRequest.LONGEST_SURFACE)
        .put("optimizer_characters", PlayRequest.LONGEST_OPTIMIZER);
    return json;
  }

  /** With what has to be given: of the rules for finite sums, how many terms there are. */
  private static String text(CatalogueEntry entry) {
    Transformation plain = entry.plain();
    for (String name : entry.mustBeGiven()) {
      if (name.equals("terms")) {
        plain = Hyperparameters.with(plain, name, (Object) TraceRequests.USUAL_TERMS);
      }
    }
    return Specs.print(plain);
  }

  /**
   * Optimizers that are shown together: each with its look, its links, and their arguments.
   *
   * @throws thalweg.text.SpecException if one is none
   */
  static ObjectNode optimizers(List<String> specs) {
    List<Transformation> rules = rules(specs);
    List<Look> looks = looksOf(rules);
    ObjectNode json = MAPPER.createObjectNode();
    ArrayNode list = json.putArray("optimizers");
    for (int i = 0; i < rules.size(); i++) {
      ObjectNode one = list.addObject().put("spec", Specs.print(rules.get(i)));
      one.set("look", MAPPER.valueToTree(looks.get(i)));
      ArrayNode links = one.putArray("links");
      LearningRate.links(rules.get(i)).forEach(link -> links.add(link(link)));
    }
    return json;
  }

  /** How each of some optimizers is drawn. */
  static JsonNode looks(List<String> specs) {
    return MAPPER.valueToTree(looksOf(rules(specs)));
  }

  private static List<Transformation> rules(List<String> specs) {
    return specs.stream().map(Specs::parseOptimizer).toList();
  }

  private static List<Look> looksOf(List<Transformation> rules) {
    return Looks.of(rules.stream().map(Specs::print).toList());
  }

  private static JsonNode link(Transformation link) {
    ObjectNode json = MAPPER.createObjectNode().put("name", link.name());
    json.put("summary", Catalogue.find(link.name()).map(CatalogueEntry::summary).orElse(""));
    ArrayNode arguments = json.putArray("arguments");
    for (Argument argument : Argument.of(link)) {
      List<Hyperparameters.Component> components = argument.components();
      ObjectNode one = arguments.addObject().put("name", argument.name());
      ArrayNode parts = one.putArray("parts");
      for (Hyperparameters.Component component : components) {
        part(parts, component, NumberText.of(Hyperparameters.get(link, component.name())));
      }
    }
    return json;
  }

  /** The arguments of a surface that has some; of an expression none. */
  static ObjectNode surface(String text) {
    ObjectNode json = MAPPER.createObjectNode();
    List<ObjectNode> arguments = new ArrayList<>();
    Surfaces.named(text)
        .ifPresent(record -> {
          List<Object> values = Hyperparameters.values(record);
          List<Hyperparameters.Component> components = Hyperparameters.of(record.getClass()).list();
          json.put("name", Specs.firstName(text));
          for (int i = 0; i < components.size(); i++) {
            ObjectNode one = MAPPER.createObjectNode().put("name", components.get(i).name());
            part(one.putArray("parts"), components.get(i), NumberText.of(values.get(i)));
            arguments.add(one);
          }
        });
    json.putArray("arguments").addAll(arguments);
    return json;
  }

  private static void part(ArrayNode parts, Hyperparameters.Component component, String value) {
    ObjectNode part = Slider.of(component).put("value", value);
    if (component.standard().isEmpty()) {
      part.putNull("standard");
    } else {
      part.put("standard", NumberText.of(component.parse(component.name(), component.standard())));
    }
    parts.add(part);
  }
}
