package thalweg.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import thalweg.formula.Digits;
import thalweg.formula.Schedule;
import thalweg.text.Syntax.Argument;
import thalweg.text.Syntax.Call;
import thalweg.text.Syntax.Items;
import thalweg.text.Syntax.Link;
import thalweg.text.Syntax.Place;
import thalweg.text.Syntax.Value;
import thalweg.text.Syntax.Word;

/** Makes the schedule that stands in the place of a value. */
final class ScheduleBinder {
  private static final List<String> METHODS = List.of("then", "times", "until", "per_epoch");

  /** What every schedule takes, whatever its record. */
  private static final List<String> BASES = List.of("base", "lr", "base_lr");

  private ScheduleBinder() {}

  /** The schedule that a value is; null if it is none. */
  static @Nullable Schedule schedule(Value value) {
    return switch (value) {
      case Call(Link link, List<Link> methods) -> {
        Schedule schedule = bind(link);
        for (Link method : methods) {
          schedule = join(schedule, method);
        }
        yield schedule;
      }
      case Word(String text, Place at) when ScheduleCatalogue.find(text).isPresent() ->
          bind(new Link(text, at, List.of()));
      case Word _, Items _ -> null;
    };
  }

  static SpecException unknown(Value value) {
    return value instanceof Word(String text, Place at)
        ? unknown(text, at)
        : value.at().error("expected a schedule such as cosine_annealing(T_max=100), got a list");
  }

  private static SpecException unknown(String name, Place at) {
    if (Catalogue.find(name).isPresent()) {
      return at.error("'%s' is an optimizer or transformation, no schedule", name);
    }
    String near = Nearest.question(name, ScheduleCatalogue.ids());
    return at.error(
        "no schedule is called '%s'%s",
        name,
        near.isEmpty()
            ? "; among others there are step, linear, cosine_annealing, one_cycle, warmup"
            : near);
  }

  /** The schedule of a name with its arguments. */
  static Schedule bind(Link link) {
    ScheduleEntry entry =
        ScheduleCatalogue.find(link.name()).orElseThrow(() -> unknown(link.name(), link.at()));
    if (entry.inJavaOnly()) {
      throw link.at()
          .error(
              "%s is a function, which has no text form; make it in Java with Schedules.%s(k -> …)",
              link.name(), link.name());
    }
    List<Argument> own = new ArrayList<>();
    Argument base = null;
    boolean perEpoch = false;
    for (Argument argument : link.arguments()) {
      String key = argument.key();
      if (key != null && BASES.contains(key) && !entry.hyperparameters().names().contains(key)) {
        if (base != null) {
          throw argument.at().error("the base is given twice; remove %s", key);
        }
        base = argument;
      } else if ("per".equals(key)) {
        perEpoch = isPerEpoch(argument);
      } else if ("last_epoch".equals(key)) {
        if (!isDefault(argument, "-1")) {
          throw argument
              .at()
              .error(
                  "last_epoch must be -1: a run goes on from its checkpoint, not from a schedule");
        }
      } else if (!"verbose".equals(key) && !isScaleFunction(link, argument)) {
        own.add(withoutList(entry, argument));
      }
    }
    Schedule schedule = SpecBinder.bind(new Link(link.name(), link.at(), own), entry);
    if (base != null && !isDefault(base, "none")) {
      schedule = from(schedule, number(base, link.name()), base);
    }
    return perEpoch ? schedule.perEpoch() : schedule;
  }

  private static Schedule from(Schedule schedule, double base, Argument given) {
    boolean own = schedule.base().isPresent() && !schedule.name().equals("noam");
    if (own) {
      throw given
          .at()
          .error(
              "%s has its base already, %s; remove one of them",
              schedule.name(), Digits.of(schedule.base().getAsDouble()));
    }
    try {
      return schedule.from(base);
    } catch (IllegalArgumentException e) {
      throw given.value().at().error(e);
    }
  }

  /** PyTorch takes a list with one number for each group; here each group has its schedule. */
  private static Argument withoutList(ScheduleEntry entry, Argument argument) {
    boolean number =
        entry.hyperparameters().list().stream()
            .anyMatch(c -> c.isNumber() && c.name().equalsIgnoreCase(argument.key()));
    if (!number || !(argument.value() instanceof Items(List<Value> values, Place at))) {
      return argument;
    }
    if (values.size() == 1) {
      return new Argument(argument.key(), argument.at(), values.getFirst());
    }
    throw at.error(
        "%s.%s takes one number, got a list of %d; give each group a schedule of its own",
        entry.id(), String.valueOf(argument.key()), values.size());
  }

  private static boolean isScaleFunction(Link link, Argument argument) {
    if (!link.name().equals("cyclic") || !"scale_fn".equals(argument.key())) {
      return false;
    }
    if (!isDefault(argument, "none")) {
      throw argument
          .at()
          .error("cyclic.scale_fn is a function, which has no text form; write a lambda in Java");
    }
    return true;
  }

  private static boolean isDefault(Argument argument, String standard) {
    return argument.value() instanceof Word(String text, Place _)
        && (text.equalsIgnoreCase(standard) || text.equalsIgnoreCase(SpecBinder.DEFAULT));
  }

  private static boolean isPerEpoch(Argument argument) {
    String text =
        argument.value() instanceof Word(String word, Place _) ? word.toLowerCase(Locale.ROOT) : "";
    return switch (text) {
      case "epoch" -> true;
      case "update", "step" -> false;
      default -> throw argument.value().at().error("per must be epoch or update");
    };
  }

  private static double number(Argument argument, String owner) {
    if (argument.value() instanceof Word(String text, Place at)) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException _) {
        throw at.error(
            "%s.%s must be a number, got '%s'", owner, String.valueOf(argument.key()), text);
      }
    }
    throw argument
        .value()
        .at()
        .error("%s.%s must be a number", owner, String.valueOf(argument.key()));
  }

  private static Schedule join(Schedule schedule, Link method) {
    try {
      return switch (method.name()) {
        case "then" -> schedule.then(other(method));
        case "times" -> schedule.times(other(method));
        case "until" -> schedule.until(steps(method));
        case "per_epoch" -> {
          if (!method.arguments().isEmpty()) {
            throw method.at().error("per_epoch takes nothing; write .per_epoch()");
          }
          yield schedule.perEpoch();
        }
        default -> {
          String near = Nearest.question(method.name(), METHODS);
          throw method
              .at()
              .error(
                  "a schedule has no '.%s'%s %s has %s",
                  method.name(),
                  near.isEmpty() ? ";" : near,
                  near.isEmpty() ? "it" : "It",
                  String.join(", ", METHODS));
        }
      };
    } catch (SpecException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw method.at().error(e);
    }
  }

  private static Value only(Link method, String what) {
    if (method.arguments().size() != 1 || method.arguments().getFirst().key() != null) {
      throw method
          .at()
          .error("%s takes %s, got %d values", method.name(), what, method.arguments().size());
    }
    return method.arguments().getFirst().value();
  }

  private static Schedule other(Link method) {
    Value value = only(method, "one schedule");
    Schedule schedule = schedule(value);
    if (schedule == null) {
      throw unknown(value);
    }
    return schedule;
  }

  private static long steps(Link method) {
    Value value = only(method, "one whole number");
    if (value instanceof Word(String text, Place _) && text.matches("\\d{1,18}")) {
      return Long.parseLong(text);
    }
    throw value.at().error("until takes a whole number of steps");
  }
}
