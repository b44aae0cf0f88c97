import org.jspecify.annotations.NullMarked;

/**
 * What an update is: formulas, plans, rules, state and the portable backends. Needs java.base only.
 */
@NullMarked
module thalweg.core {
  requires static transitive org.jspecify;

  exports thalweg.account;
  exports thalweg.execute;
  exports thalweg.formula;
  exports thalweg.memory;
  exports thalweg.optimizer;
  exports thalweg.plan;
  exports thalweg.print;
  exports thalweg.rules;
  exports thalweg.schedule;
  exports thalweg.text;
  exports thalweg.transforms;

  uses thalweg.execute.Backend;
  uses thalweg.optimizer.StateFormat;

  provides thalweg.execute.Backend with
      thalweg.execute.BlockBackend;
}
