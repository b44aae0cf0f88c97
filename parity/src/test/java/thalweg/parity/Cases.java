package thalweg.parity;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import thalweg.formula.Chain;
import thalweg.formula.Formula;
import thalweg.formula.FormulaException;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Transformation;
import thalweg.rules.AdamW;
import thalweg.rules.HeavyBall;
import thalweg.rules.Lamb;
import thalweg.rules.Lars;
import thalweg.rules.Lion;
import thalweg.rules.RmsProp;
import thalweg.rules.Rprop;
import thalweg.rules.Sgd;
import thalweg.rules.Signum;
import thalweg.rules.Swats;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;
import thalweg.text.Specs;
import thalweg.transforms.AddDecayedWeights;
import thalweg.transforms.ClipByGlobalNorm;
import thalweg.transforms.ClipByNorm;
import thalweg.transforms.ClipByValue;
import thalweg.transforms.DecayWeights;
import thalweg.transforms.Descend;
import thalweg.transforms.Ema;
import thalweg.transforms.ProjectBox;
import thalweg.transforms.ProjectL2Ball;
import thalweg.transforms.ProxElasticNet;
import thalweg.transforms.ScaleByLion;
import thalweg.transforms.ScaleByTrustRatio;
import thalweg.transforms.Trace;

/**
 * Every rule and transformation there is, with each of its options: what the contract is asked of.
 * A type in the catalogue brings its cases along, read off its record.
 */
final class Cases {
  private static final List<Class<? extends Record>> TYPES =
      Catalogue.entries().stream()
          .<Class<? extends Record>>map(CatalogueEntry::type)
          .filter(type -> type != Descend.class) // it stands behind every case that needs it
          .toList();

  /**
   * What jumps where a number reaches 0: a sign, a trust ratio, which is 1 for a norm of 0, and
   * SWATS' projected rate, a quotient of sums of products. A number that underflows is 0 in float32
   * and is not in float64, so that the two part by a whole step.
   */
  private static final Set<Class<?>> JUMPING =
      Set.of(
          Lion.class,
          Signum.class,
          ScaleByLion.class,
          Lamb.class,
          Lars.class,
          ScaleByTrustRatio.class,
          Swats.class);

  private Cases() {}

  /** The types of the catalogue. */
  static List<Class<? extends Record>> types() {
    return TYPES;
  }

  /** Each type as it is by default, with each option changed, and with all changed at once. */
  static List<Transformation> all() {
    List<Transformation> cases = new ArrayList<>();
    for (Class<? extends Record> type : TYPES) {
      variants(type).forEach(variant -> cases.add(moving(variant)));
    }
    cases.addAll(chains());
    return cases;
  }

  /** Each type as it is by default and with all options changed: where all() takes too long. */
  static List<Transformation> few() {
    List<Transformation> cases = new ArrayList<>();
    for (Class<? extends Record> type : TYPES) {
      List<Transformation> variants = variants(type);
      cases.add(moving(variants.getFirst()));
      if (variants.size() > 1) {
        cases.add(moving(variants.getLast()));
      }
    }
    cases.addAll(chains());
    return cases;
  }

  /** Gradients on which float32 can be compared with float64. */
  static Gradients comparable(Transformation rule) {
    boolean jumps =
        rule instanceof Chain(List<Transformation> links)
            ? links.stream().anyMatch(link -> JUMPING.contains(link.getClass()))
            : JUMPING.contains(rule.getClass());
    return jumps ? Gradients.AUDIBLE : Gradients.TAME;
  }

  /**
   * Whether a state is divided by a sum in which numbers of both signs cancel, so that its relative
   * error is larger than those of its terms.
   */
  static boolean isQuotientOfSums(String state) {
    return state.equals("default/swats/lambda");
  }

  /** The same with a rate of zero, which is to move nothing. */
  static Transformation atRateZero(Transformation rule) {
    if (rule instanceof Chain(List<Transformation> links)) {
      return new Chain(links.stream().map(Cases::atRateZero).toList());
    }
    if (rule instanceof Rprop rprop) {
      // its rate is the first step size only, which is then kept above the smallest
      return Hyperparameters.with(rprop.stepSize1(0), "lr", 0.0);
    }
    return Hyperparameters.of(rule).names().contains("lr")
        ? Hyperparameters.with(rule, "lr", 0.0)
        : rule;
  }

  /** Schedules of every kind: joined, on top of each other, of epochs, waiting for a metric. */
  private static Transformation scheduled() {
    return Specs.parse(
        "clip_by_global_norm(linear(base=2, start_factor=0.5, end_factor=1, total_iters=3))"
            + " | adamw(lr=warmup(base=0.01, steps=2, start_factor=0.5)"
            + ".then(cosine_annealing(T_max=9, eta_min=1e-3))"
            + ".times(reduce_on_plateau(patience=0)).times(step(step_size=2).per_epoch()),"
            + " betas=[cyclic(base_lr=0.8, max_lr=0.9, step_size_up=2.5), 0.99],"
            + " weight_decay=sequential([constant(base=0.1, factor=0), inverse_sqrt], [4]))");
  }

  /** Chains whose links work on each other. */
  private static List<Transformation> chains() {
    return List.of(
        scheduled(),
        Chain.of(new ClipByGlobalNorm(1), AdamW.lr(0.01).weightDecay(0.1)),
        Chain.of(new ClipByValue(0.3), Sgd.lr(0.01).momentum(0.9)),
        Chain.of(
            new ClipByValue(10),
            new ClipByGlobalNorm(5),
            new AddDecayedWeights(0.1),
            new DecayWeights(0.1),
            new Trace(0.9, 0.1, true),
            new Descend(0.01)),
        Chain.of(new Ema(0.5), new Ema(0.9), RmsProp.lr(0.01).centered(true).momentum(0.5)),
        Chain.of(
            new ClipByNorm(1),
            HeavyBall.lr(0.01),
            new ProxElasticNet(0.1, 0.2),
            new ProjectBox(-0.5, Double.POSITIVE_INFINITY),
            new ProjectL2Ball(20)));
  }

  /** A transformation that does not descend gets a descent behind it, or in front. */
  private static Transformation moving(Transformation link) {
    if (link instanceof Rule) {
      return link;
    }
    Chain before = Chain.of(link, new Descend(0.01));
    try {
      Formula.of(before);
      return before;
    } catch (FormulaException _) {
      return Chain.of(new Descend(0.01), link);
    }
  }

  /** One option of a record: a hyperparameter and a value that is not its default. */
  private record Option(String name, Object value) {
    /** Nothing where the record refuses the combination. */
    Optional<Transformation> on(Transformation rule) {
      try {
        return Optional.of(Hyperparameters.with(rule, name, value));
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }
  }

  private static List<Transformation> variants(Class<? extends Record> type) {
    Transformation standard = standard(type);
    List<Option> options = options(type);
    Set<Transformation> variants = new LinkedHashSet<>();
    variants.add(standard);
    for (Option option : options) {
      // some options need another one: nesterov needs momentum
      variants.add(
          option
              .on(standard)
              .or(() ->
                  options.stream()
                      .flatMap(other -> other.on(standard).flatMap(option::on).stream())
                      .findFirst())
              .orElseThrow());
    }
    Transformation most = standard;
    for (Option option : options) {
      most = option.on(most).orElse(most);
    }
    variants.add(most);
    return List.copyOf(variants);
  }

  private static List<Option> options(Class<? extends Record> type) {
    Transformation standard = standard(type);
    return Hyperparameters.of(type).list().stream()
        .flatMap(hyper ->
            otherValues(hyper, Hyperparameters.get(standard, hyper.name())).stream()
                .map(value -> new Option(hyper.name(), value)))
        .toList();
  }

  /** The defaults; 1/2 for what has none, and a rate that is neither too small nor too large. */
  private static Transformation standard(Class<? extends Record> type) {
    Hyperparameters hypers = Hyperparameters.of(type);
    Object[] values =
        hypers.list().stream()
            .map(hyper -> {
              if (hyper.name().equals("lr")) {
                return 0.01;
              }
              return hyper.parse(
                  type.getSimpleName(),
                  !hyper.standard().isEmpty()
                      ? hyper.standard()
                      : hyper.type() == double.class
                          ? "0.5"
                          : hyper.type() == boolean.class ? "false" : first(hyper.type()));
            })
            .toArray();
    return (Transformation) hypers.construct(type, values);
  }

  private static String first(Class<?> type) {
    Object[] choices = type.getEnumConstants();
    return choices == null ? "2" : choices[0].toString();
  }

  /** A switch turned, every other choice, and 0.1 where a zero leaves a term away. */
  private static List<Object> otherValues(Hyperparameters.Component hyper, Object standard) {
    if (standard instanceof Boolean on) {
      return List.of(!on);
    }
    if (hyper.type().isEnum()) {
      return Stream.of(hyper.type().getEnumConstants())
          .filter(choice -> !choice.equals(standard))
          .map(Object.class::cast)
          .toList();
    }
    return standard.equals(0.0) ? List.of(0.1) : List.of();
  }
}
