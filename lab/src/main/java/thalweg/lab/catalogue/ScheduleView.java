package thalweg.lab.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import thalweg.formula.Hyperparameters.Component;
import thalweg.formula.Schedule;
import thalweg.lab.TextTable;
import thalweg.text.ScheduleCatalogue;
import thalweg.text.ScheduleEntry;
import thalweg.text.Specs;

/** What there is to know about a schedule, or about each of several that are joined. */
public final class ScheduleView {
  private static final int COLUMNS = 80;

  private ScheduleView() {}

  /** The explanation of a name or of a whole schedule, for a terminal. */
  public static String of(String spec) {
    StringBuilder text = new StringBuilder();
    for (ScheduleEntry entry : entries(spec.strip())) {
      text.append(text.isEmpty() ? "" : "\n");
      explain(text, entry);
    }
    return text.toString();
  }

  private static Set<ScheduleEntry> entries(String spec) {
    Set<ScheduleEntry> entries = new LinkedHashSet<>();
    ScheduleCatalogue.find(spec).ifPresent(entries::add); // a name alone need not be complete
    if (entries.isEmpty()) {
      collect(Specs.parseSchedule(spec), entries);
    }
    return entries;
  }

  private static void collect(Schedule schedule, Set<ScheduleEntry> entries) {
    ScheduleCatalogue.entries().stream()
        .filter(entry -> entry.type().isInstance(schedule))
        .forEach(entries::add);
    schedule.parts().forEach(part -> collect(part, entries));
  }

  private static void explain(StringBuilder text, ScheduleEntry entry) {
    wrap(text, "", entry.id() + ": " + entry.summary());
    text.append("\nFormula (k = 0 at the first update)\n");
    wrap(text, "  ", entry.formula());
    List<Component> components = entry.hyperparameters().list();
    text.append("\nArguments\n");
    TextTable table =
        new TextTable()
            .column("name", TextTable.Side.LEFT)
            .column("default", TextTable.Side.LEFT)
            .column("range", TextTable.Side.LEFT);
    components.forEach(
        component -> table.row(List.of(component.name(), standard(component), range(component))));
    if (!entry.inJavaOnly()) {
      if (components.stream().noneMatch(c -> c.name().equals("base_lr"))) {
        table.row(
            List.of(
                "base",
                entry.id().equals("noam")
                    ? "1"
                    : entry.id().equals("one_cycle") ? "max_lr" : "the hyperparameter's",
                "finite"));
      }
      table.row(List.of("per", "update", "update, epoch"));
    }
    table.toString().lines().forEach(line -> text.append("  ").append(line).append('\n'));
    if (!entry.differs().isEmpty()) {
      text.append("\nDiffers\n");
      for (int i = 0; i < entry.differs().size(); i++) {
        wrap(text, "  ", (i + 1) + ". " + entry.differs().get(i));
      }
    }
    text.append("\nSource\n");
    wrap(text, "  ", entry.paper());
  }

  static String standard(Component component) {
    return component.standard().isEmpty() ? "must be given" : component.standard();
  }

  static String range(Component component) {
    if (component.type().isEnum()) {
      List<String> choices = new ArrayList<>();
      for (Object choice : component.type().getEnumConstants()) {
        choices.add(choice.toString().toLowerCase(Locale.ROOT));
      }
      return String.join(", ", choices);
    }
    if (component.isNumber()) {
      return (component.type() == double.class ? "" : "whole, ")
          + (component.range().isEmpty() ? "(-inf, inf)" : component.range());
    }
    return component.type() == boolean.class ? "true, false" : component.kind();
  }

  private static void wrap(StringBuilder text, String indent, String sentence) {
    StringBuilder line = new StringBuilder(indent);
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + word.length() > COLUMNS && line.length() > indent.length()) {
        text.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
        line.append(indent);
      }
      line.append(word).append(' ');
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
