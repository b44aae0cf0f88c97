package thalweg.lab.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One look for each optimizer, the same on every page. Relatives share a hue; those that are
 * compared most have a hue each.
 */
public final class Looks {
  private record Place(Hue hue, int turn) {}

  private static final Map<String, Place> PLACES = new HashMap<>();

  static {
    family(Hue.BLUE, "sgd", "asgd");
    family(Hue.SKY, "momentum", "heavy_ball", "ema_momentum");
    family(Hue.INK, "nag", "nadam", "adan", "fista");
    family(Hue.GREEN, "adagrad", "adafactor", "svrg");
    family(Hue.BROWN, "adadelta", "lion", "signum", "rprop");
    family(Hue.PINK, "rmsprop", "yogi", "adabelief", "novograd", "sag");
    family(Hue.VERMILLION, "adam", "adamax", "radam", "amsgrad_corrected", "sparse_adam");
    family(Hue.AMBER, "adamw", "lamb", "lars", "adabound", "amsbound", "swats", "saga");
  }

  private static final Pattern MOMENTUM = Pattern.compile("\\bmomentum=(?!0[,)])");
  private static final Pattern NESTEROV = Pattern.compile("\\bnesterov=true");

  private Looks() {}

  private static void family(Hue hue, String... names) {
    for (int turn = 0; turn < names.length; turn++) {
      PLACES.put(names[turn], new Place(hue, turn));
    }
  }

  /**
   * The looks of optimizers that are shown together, in their order. Of several with one name the
   * one with the fewest settings has the name's look; the others have the same hue, in another
   * shade, dash and marker.
   *
   * @param specs in canonical text form, as {@code clip_by_value(1) | adam}
   */
  public static List<Look> of(List<String> specs) {
    List<String> names = specs.stream().map(Looks::name).toList();
    List<@Nullable Place> places = new ArrayList<>(Collections.nCopies(names.size(), null));
    Set<Place> taken = new HashSet<>();
    for (int i : plainFirst(specs)) {
      @Nullable Place own = PLACES.get(names.get(i));
      if (own != null && taken.add(own)) {
        places.set(i, own);
      }
    }
    List<Look> looks = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      @Nullable Place own = places.get(i);
      Place place = own == null ? free(names.get(i), taken) : own;
      looks.add(place.hue().look(place.turn()));
    }
    return looks;
  }

  /** Looks of lines that are no optimizers: by place, hue after hue. */
  public static List<Look> places(int count) {
    Hue[] hues = Hue.values();
    return IntStream.range(0, count)
        .mapToObj(i -> hues[i % hues.length].look(i / hues.length))
        .toList();
  }

  /**
   * The optimizer that a text is about: of a chain the last link that the catalogue calls an
   * optimizer. Sgd with momentum is {@code momentum}, with Nesterov's {@code nag}.
   */
  static String name(String spec) {
    List<String> links = Arrays.asList(spec.split("\\|", -1));
    for (String link : links.reversed()) {
      String name = first(link);
      if (name.equals("sgd") && MOMENTUM.matcher(link).find()) {
        return NESTEROV.matcher(link).find() ? "nag" : "momentum";
      }
      if (PLACES.containsKey(name)) {
        return name;
      }
    }
    return first(links.getFirst());
  }

  private static List<Integer> plainFirst(List<String> specs) {
    return IntStream.range(0, specs.size())
        .boxed()
        .sorted(Comparator.comparingLong(i -> specs.get(i).chars().filter(c -> c == '=').count()))
        .toList();
  }

  private static String first(String link) {
    return link.strip().split("\\W", 2)[0];
  }

  /** A place nobody has yet: of names that have none of their own from the far end. */
  private static Place free(String name, Set<Place> taken) {
    @Nullable Place own = PLACES.get(name);
    Hue[] hues = Hue.values();
    Hue hue = own == null ? hues[Math.floorMod(name.hashCode(), hues.length)] : own.hue();
    for (int k = 0; k < Hue.TURNS; k++) {
      Place place = new Place(hue, own == null ? Hue.TURNS - 1 - k : k);
      if (taken.add(place)) {
        return place;
      }
    }
    return new Place(hue, 0);
  }
}
