package thalweg.lab.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import thalweg.formula.Chain;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.Scheduled;
import thalweg.formula.Transformation;
import thalweg.text.Specs;

/** The learning rate of a rule: of a chain, that of the last link which has one. */
public final class LearningRate {
  private LearningRate() {}

  /** The links of a chain, or the rule alone. */
  public static List<Transformation> links(Transformation rule) {
    return rule instanceof Chain(List<Transformation> links) ? links : List.of(rule);
  }

  /** The place of the link that has it; -1 if none does. */
  public static int place(List<Transformation> links) {
    for (int i = links.size() - 1; i >= 0; i--) {
      if (Hyperparameters.of(links.get(i)).names().contains("lr")) {
        return i;
      }
    }
    return -1;
  }

  /** The rate it is configured with; of a schedule its base; empty if it has none. */
  public static OptionalDouble of(Transformation rule) {
    List<Transformation> links = links(rule);
    int place = place(links);
    return place < 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) Hyperparameters.get(Scheduled.plain(links.get(place)), "lr"));
  }

  /** What its rate follows; empty if it stays as it is. */
  public static Optional<Schedule> schedule(Transformation rule) {
    List<Transformation> links = links(rule);
    int place = place(links);
    return place >= 0 && Hyperparameters.get(links.get(place), "lr") instanceof Schedule schedule
        ? Optional.of(schedule)
        : Optional.empty();
  }

  /**
   * What a group of an optimizer calls the rate, as {@code descend.lr}: with the name of its link,
   * which for the second of two alike ends in 2.
   *
   * @throws IllegalArgumentException if the rule has none
   */
  public static String fullName(Transformation rule) {
    List<Transformation> links = links(rule);
    int place = place(links);
    if (place < 0) {
      throw new IllegalArgumentException(rule.name() + " has no learning rate");
    }
    String name = links.get(place).name();
    long alike =
        links.subList(0, place + 1).stream().filter(link -> link.name().equals(name)).count();
    return name + (alike == 1 ? "" : alike) + ".lr";
  }

  /** The rule at another rate, which of a schedule is the base; itself if it has none. */
  public static Transformation with(Transformation rule, double rate) {
    int place = place(links(rule));
    Object changed =
        schedule(rule).<Object>map(schedule -> schedule.from(rate)).orElse((Object) rate);
    return place < 0 ? rule : replaced(rule, place, changed);
  }

  /** The canonical text form with the rate written out, also where it is the default. */
  public static String shown(Transformation rule) {
    return Specs.print(rule, Set.of("lr"));
  }

  /** The rule with its rate following a schedule; itself if it has none. */
  public static Transformation with(Transformation rule, Schedule schedule) {
    int place = place(links(rule));
    return place < 0 ? rule : replaced(rule, place, schedule);
  }

  private static Transformation replaced(Transformation rule, int place, Object value) {
    List<Transformation> links = new ArrayList<>(links(rule));
    links.set(place, Scheduled.with(links.get(place), "lr", value));
    return rule instanceof Chain ? new Chain(links) : links.getFirst();
  }
}
