package thalweg.checkpoint.pytorch;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import thalweg.formula.Chain;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Transformation;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;

/**
 * One optimizer of {@code torch.optim} and ours of the same mathematics: the table that is read in
 * both directions. Hyperparameters and states have PyTorch's names here as there, so it only says
 * what is not the same.
 *
 * @param name of the class in {@code torch.optim}
 * @param id of ours in the catalogue
 * @param step how it counts its updates
 * @param states all keys that a parameter's state may have, options included, without {@code step}
 * @param begins whether a parameter has a state before its first update
 * @param dialects our hyperparameters that it does not have, and the value that means what it does
 * @param constants what its groups hold beside hyperparameters, as a new optimizer has it
 */
record TorchRule(
    String name,
    String id,
    Step step,
    List<String> states,
    boolean begins,
    Map<String, String> dialects,
    Map<String, Optional<Object>> constants) {
  /** How updates are counted. */
  enum Step {
    /** Not at all: whoever has a state has had an update. */
    NONE,
    /** As a Python int. */
    WHOLE,
    /** As a float32 tensor. */
    TENSOR
  }

  private static final Optional<Object> NONE = Optional.empty();
  private static final Optional<Object> FALSE = Optional.of(false);
  private static final Map<String, String> ADAMS =
      Map.of("eps_placement", "outside", "bias_correction", "true");

  /** In the order in which an unknown state is compared with them. */
  private static final List<TorchRule> ALL =
      List.of(
          of("SGD", "sgd", Step.NONE, "momentum_buffer")
              .with(entry("foreach", NONE), entry("differentiable", FALSE), entry("fused", NONE)),
          of("Adam", "adam", Step.TENSOR, "exp_avg", "exp_avg_sq", "max_exp_avg_sq")
              .dialect(ADAMS)
              .with(
                  entry("foreach", NONE),
                  entry("capturable", FALSE),
                  entry("differentiable", FALSE),
                  entry("fused", NONE)),
          of("AdamW", "adamw", Step.TENSOR, "exp_avg", "exp_avg_sq", "max_exp_avg_sq")
              .dialect(ADAMS)
              .with(
                  entry("foreach", NONE),
                  entry("capturable", FALSE),
                  entry("differentiable", FALSE),
                  entry("fused", NONE),
                  entry("decoupled_weight_decay", Optional.of(true))),
          of("SparseAdam", "sparse_adam", Step.WHOLE, "exp_avg", "exp_avg_sq"),
          of("Adamax", "adamax", Step.TENSOR, "exp_avg", "exp_inf")
              .with(
                  entry("foreach", NONE),
                  entry("differentiable", FALSE),
                  entry("capturable", FALSE)),
          of("NAdam", "nadam", Step.TENSOR, "mu_product", "exp_avg", "exp_avg_sq")
              .with(
                  entry("foreach", NONE),
                  entry("capturable", FALSE),
                  entry("differentiable", FALSE)),
          of("RAdam", "radam", Step.TENSOR, "exp_avg", "exp_avg_sq")
              .with(
                  entry("foreach", NONE),
                  entry("capturable", FALSE),
                  entry("differentiable", FALSE)),
          of("Adagrad", "adagrad", Step.TENSOR, "sum")
              .begin()
              .with(entry("foreach", NONE), entry("differentiable", FALSE), entry("fused", NONE)),
          of("Adadelta", "adadelta", Step.TENSOR, "square_avg", "acc_delta")
              .with(
                  entry("capturable", FALSE),
                  entry("foreach", NONE),
                  entry("differentiable", FALSE)),
          of("RMSprop", "rmsprop", Step.TENSOR, "square_avg", "momentum_buffer", "grad_avg")
              .with(
                  entry("capturable", FALSE),
                  entry("foreach", NONE),
                  entry("differentiable", FALSE)),
          of("Rprop", "rprop", Step.TENSOR, "prev", "step_size")
              .with(
                  entry("foreach", NONE),
                  entry("differentiable", FALSE),
                  entry("capturable", FALSE)),
          of("ASGD", "asgd", Step.TENSOR, "eta", "mu", "ax")
              .with(
                  entry("foreach", NONE),
                  entry("differentiable", FALSE),
                  entry("capturable", FALSE)),
          of("Adafactor", "adafactor", Step.TENSOR, "row_var", "col_var", "variance")
              .with(entry("foreach", NONE)));

  /** Hyperparameters that files of older versions of PyTorch do not have, with what they meant. */
  private static final Map<String, Object> LATER =
      Map.of("maximize", false, "decoupled_weight_decay", false, "initial_accumulator_value", 0.0);

  private static TorchRule of(String name, String id, Step step, String... states) {
    return new TorchRule(name, id, step, List.of(states), false, Map.of(), Map.of());
  }

  private TorchRule begin() {
    return new TorchRule(name, id, step, states, true, dialects, constants);
  }

  private TorchRule dialect(Map<String, String> ours) {
    return new TorchRule(name, id, step, states, begins, ours, constants);
  }

  @SafeVarargs
  private TorchRule with(Map.Entry<String, Optional<Object>>... entries) {
    Map<String, Optional<Object>> ordered = new LinkedHashMap<>();
    for (var entry : entries) {
      ordered.put(entry.getKey(), entry.getValue());
    }
    return new TorchRule(name, id, step, states, begins, dialects, ordered);
  }

  static List<TorchRule> all() {
    return ALL;
  }

  /** PyTorch's of one of ours, if it has it. */
  static Optional<TorchRule> of(Transformation ours) {
    return ALL.stream().filter(rule -> rule.id.equals(ours.name())).findFirst();
  }

  /** The one link of a rule or chain that PyTorch has; nothing if there is none or more. */
  static Optional<Transformation> link(Transformation rule) {
    List<Transformation> links =
        rule instanceof Chain(List<Transformation> all) ? all : List.of(rule);
    List<Transformation> known = links.stream().filter(each -> of(each).isPresent()).toList();
    return known.size() == 1 ? Optional.of(known.getFirst()) : Optional.empty();
  }

  /** One of its hyperparameters: several of ours make a tuple, such as {@code betas}. */
  record Option(String name, List<Hyperparameters.Component> ours) {}

  /** Its hyperparameters. */
  List<Option> options() {
    CatalogueEntry entry = Catalogue.find(id).orElseThrow();
    List<Option> options = new ArrayList<>();
    for (int i = 0; i < entry.textNames().size(); i++) {
      if (!dialects.containsKey(entry.textNames().get(i))) {
        options.add(new Option(entry.textNames().get(i), entry.textComponents().get(i)));
      }
    }
    return options;
  }

  /** What a hyperparameter meant before it was there; nothing for one that always was. */
  static Optional<Object> before(String option) {
    return Optional.ofNullable(LATER.get(option));
  }

  /** Why groups and states cannot be this optimizer's; empty if they can. */
  Optional<String> against(TorchOptimizerState.Group group) {
    Set<String> missing = new LinkedHashSet<>();
    Set<String> own = new LinkedHashSet<>(constants.keySet());
    for (Option option : options()) {
      own.add(option.name());
      if (!group.options().containsKey(option.name()) && before(option.name()).isEmpty()) {
        missing.add(option.name());
      }
    }
    Set<String> strange = new LinkedHashSet<>(group.options().keySet());
    strange.removeAll(own);
    strange.removeIf(name -> ALL.stream().noneMatch(rule -> rule.has(name)));
    Set<String> keys = new LinkedHashSet<>();
    for (TorchOptimizerState.Entry parameter : group.parameters()) {
      keys.addAll(parameter.state().keySet());
    }
    keys.removeAll(states);
    if (step != Step.NONE) {
      keys.remove("step");
    }
    List<String> reasons = new ArrayList<>();
    if (!missing.isEmpty()) {
      reasons.add("no " + String.join(", ", missing));
    }
    if (!strange.isEmpty()) {
      reasons.add("options " + String.join(", ", strange));
    }
    if (!keys.isEmpty()) {
      reasons.add("states " + Text.shown(String.join(", ", keys)));
    }
    Object decoupled = group.options().getOrDefault("decoupled_weight_decay", Optional.empty());
    if (id.equals("adamw") && decoupled.equals(false)) {
      reasons.add("decoupled_weight_decay=False");
    }
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
  }

  private boolean has(String option) {
    return constants.containsKey(option)
        || options().stream().anyMatch(known -> known.name().equals(option));
  }
}
