package thalweg.torch;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.StringTensorDict;
import org.bytedeco.pytorch.StringTensorDictItem;
import thalweg.formula.Schedule;
import thalweg.formula.Transformation;
import thalweg.optimizer.Group;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.schedule.Constant;

/**
 * Trains a network that has learned something before: its last layer, the head, at the full rate,
 * all before it, the body, at a smaller one, or not at all, or only after some epochs.
 *
 * <pre>{@code
 * FineTune tuning = FineTune.of(network).bodyRate(0.1).frozenEpochs(2);
 * Optimizer optimizer = tuning.optimizer(TorchParameters.of(network), AdamW.lr(1e-3));
 * Training.of(network, feed, validation).listener(tuning.listener()).epochs(10).run(optimizer, spec);
 * }</pre>
 *
 * <p>A frozen parameter has {@code requires_grad(false)}: backward spends no time on it. The
 * running means of a batch normalization are no parameters and go on moving.
 *
 * @param isHead by the parameter's name
 * @param bodyRate what the body's learning rate is multiplied with, in [0, 1]; 0 freezes it for
 *     good, without any state
 * @param frozenEpochs epochs at the beginning in which the body stands still, at least 0
 */
public record FineTune(Module module, Predicate<String> isHead, double bodyRate, int frozenEpochs) {
  /** Name of the group of the last layer. */
  public static final String HEAD = "head";

  /** Name of the group of all before it. */
  public static final String BODY = "body";

  public FineTune {
    if (!(bodyRate >= 0 && bodyRate <= 1)) {
      throw new IllegalArgumentException("FineTune.bodyRate must be in [0, 1], got " + bodyRate);
    }
    if (frozenEpochs < 0) {
      throw new IllegalArgumentException("FineTune.frozenEpochs must be >= 0, got " + frozenEpochs);
    }
  }

  /** Head and body as the network has them, both at the full rate. */
  public static FineTune of(Network network) {
    return of(network, network::isHead);
  }

  /** Head and body by the names of the parameters, both at the full rate. */
  public static FineTune of(Module module, Predicate<String> isHead) {
    return new FineTune(module, isHead, 1, 0);
  }

  /** The same with another factor on the body's rate; 0 freezes it. */
  public FineTune bodyRate(double factor) {
    return new FineTune(module, isHead, factor, frozenEpochs);
  }

  /** The same with a body that joins in after so many epochs; needs {@link #listener}. */
  public FineTune frozenEpochs(int epochs) {
    return new FineTune(module, isHead, bodyRate, epochs);
  }

  /** An optimizer with a group for the head and, unless that is frozen, one for the body. */
  public Optimizer optimizer(Parameters parameters, Transformation rule) {
    return optimizer(parameters, rule, UnaryOperator.identity());
  }

  /**
   * An optimizer with a group for the head and, unless that is frozen, one for the body.
   *
   * @param parameters the module's
   * @param options backend, threads, storage and so on
   * @throws IllegalArgumentException if no parameter is of the head, or if the rule has no {@code
   *     lr} to be made smaller
   */
  public Optimizer optimizer(
      Parameters parameters, Transformation rule, UnaryOperator<Optimizer.Builder> options) {
    boolean frozen = bodyRate == 0;
    freezeBody(frozen || frozenEpochs > 0);
    List<Parameter> heads =
        parameters.list().stream().filter(each -> isHead.test(each.name())).toList();
    if (heads.isEmpty()) {
      throw new IllegalArgumentException(
          "no parameter is of the head; names are %s"
              .formatted(parameters.list().stream().map(Parameter::name).toList()));
    }
    Optimizer.Builder builder = Optimizer.over(frozen ? Parameters.of(heads) : parameters);
    builder.group(HEAD, each -> isHead.test(each.name()), rule);
    if (frozen || heads.size() == parameters.size()) {
      return options.apply(builder).build();
    }
    Optimizer optimizer =
        options.apply(builder.group(BODY, each -> !isHead.test(each.name()), rule)).build();
    slow(optimizer.group(BODY));
    return optimizer;
  }

  private void slow(Group body) {
    if (bodyRate == 1) {
      return;
    }
    if (body.schedule("lr").isPresent()) {
      Schedule schedule = body.schedule("lr").get();
      body.set("lr", schedule.times(new Constant(bodyRate, 0)));
    } else if (body.get("lr") instanceof Number rate) {
      body.set("lr", rate.doubleValue() * bodyRate);
    }
  }

  /** Thaws the body when its time has come, in a run that goes on from a checkpoint as well. */
  public TrainingListener listener() {
    return new TrainingListener() {
      @Override
      public void onStart(RunStart start) {
        freezeBody(bodyRate == 0 || start.done().size() < frozenEpochs);
      }

      @Override
      public void onEpoch(RunLog.Epoch epoch) {
        freezeBody(bodyRate == 0 || epoch.epoch() < frozenEpochs);
      }
    };
  }

  private void freezeBody(boolean frozen) {
    try (var scope = new PointerScope()) {
      StringTensorDict named = module.named_parameters();
      for (long i = 0; i < named.size(); i++) {
        StringTensorDictItem item = named.get(i);
        if (!isHead.test(item.key().getString())) {
          item.value().set_requires_grad(!frozen);
        }
      }
    }
  }
}
