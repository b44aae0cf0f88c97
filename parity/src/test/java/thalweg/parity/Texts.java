package thalweg.parity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import thalweg.formula.Chain;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Transformation;

/** Reads the text form as far as the golden files use it. */
final class Texts {
  private static final Pattern LINK = Pattern.compile("(\\w+)(?:\\((.*)\\))?");
  private static final Pattern ARGUMENT = Pattern.compile("\\s*(?:(\\w+)=)?(\\[[^]]*]|[^,]+)");

  private Texts() {}

  /** The chain, or nothing if one of its links does not exist here. */
  static Optional<Transformation> parse(String text) {
    List<Transformation> links = new ArrayList<>();
    for (String part : text.split("\\|", -1)) {
      Matcher link = LINK.matcher(part.strip());
      if (!link.matches()) {
        throw new IllegalArgumentException("not a rule: '" + part + "'");
      }
      Optional<Class<? extends Record>> type =
          Cases.types().stream()
              .filter(known -> Cases.standard(known).name().equals(link.group(1)))
              .findFirst();
      if (type.isEmpty()) {
        return Optional.empty();
      }
      links.add(make(type.get(), link.group(2) == null ? "" : link.group(2)));
    }
    return Optional.of(links.size() == 1 ? links.getFirst() : new Chain(links));
  }

  private static Transformation make(Class<? extends Record> type, String arguments) {
    Hyperparameters hypers = Hyperparameters.of(type);
    Map<String, String> given = new HashMap<>();
    Matcher argument = ARGUMENT.matcher(arguments);
    int position = 0;
    while (argument.find()) {
      String name =
          argument.group(1) == null ? hypers.names().get(position) : argument.group(1).strip();
      String value = argument.group(2).strip();
      if (value.startsWith("[")) {
        String[] betas = value.substring(1, value.length() - 1).split(",", -1);
        for (int i = 0; i < betas.length; i++) {
          given.put("beta" + (i + 1), betas[i].strip());
        }
      } else {
        given.put(name, value);
      }
      position++;
    }
    Object[] values =
        hypers.list().stream()
            .map(hyper -> {
              String text = given.remove(hyper.name());
              return hyper.parse(type.getSimpleName(), text == null ? hyper.standard() : text);
            })
            .toArray();
    if (!given.isEmpty()) {
      throw new IllegalArgumentException(type.getSimpleName() + " has no " + given.keySet());
    }
    return (Transformation) hypers.construct(type, values);
  }
}
