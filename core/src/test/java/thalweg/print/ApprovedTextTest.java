package thalweg.print;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.formula.Formula;
import thalweg.formula.Transformation;
import thalweg.plan.Plan;
import thalweg.text.Specs;

/**
 * Formulas in both notations, explanations and plans, against files that were read and approved.
 */
class ApprovedTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          sgd;                     sgd
          sgd-everything;          sgd(lr=0.02, momentum=0.9, dampening=0.3, weight_decay=0.01, maximize=true)
          sgd-nesterov;            sgd(lr=0.02, momentum=0.9, nesterov=true)
          momentum;                momentum
          heavy_ball;              heavy_ball
          ema_momentum;            ema_momentum
          adagrad;                 adagrad
          adagrad-everything;      adagrad(lr_decay=0.01, weight_decay=0.02, initial_accumulator_value=0.1)
          adadelta;                adadelta
          rmsprop;                 rmsprop
          rmsprop-centered;        rmsprop(alpha=0.9, momentum=0.8, centered=true)
          adam;                    adam
          adam-amsgrad-inside;     adam(amsgrad=true, eps_placement=inside)
          adam-uncorrected;        adam(bias_correction=false)
          adamw;                   adamw
          amsgrad_corrected;       amsgrad_corrected
          adamax;                  adamax
          nadam;                   nadam
          adabound;                adabound
          amsbound;                amsbound
          swats;                   swats
          asgd;                    asgd
          nag;                     nag
          fista;                   fista(l1=0.1)
          svrg;                    svrg(inner=10)
          saga;                    saga(terms=100)
          sag;                     sag(terms=100)
          novograd;                novograd(weight_decay=0.1)
          radam;                   radam(weight_decay=0.1, decoupled_weight_decay=true)
          adabelief;               adabelief
          yogi;                    yogi
          adan;                    adan(weight_decay=0.1)
          lion;                    lion
          signum;                  signum
          rprop;                   rprop
          lamb;                    lamb(weight_decay=0.1)
          lars;                    lars(weight_decay=0.1)
          adamw-clipped;           clip_by_global_norm(1) | adamw(lr=3e-4, betas=[0.9, 0.95])
          constrained;             clip_by_norm(1) | heavy_ball | project_l2_ball(2) | project_box(-inf, 1) | project_nonnegative
          proximal;                ema(debias=true) | sign | scale(0.5) | descend(0.1) | prox_l1(0.1) | prox_l2(0.2) | prox_elastic_net(0.3, 0.4)
          chain-of-alike;          clip_by_value(0.5) | clip_by_global_norm(2) | ema | scale_by_adam | decay_weights(0.1) | decay_weights(0.2) | descend(0.1)
          """)
  void explanationsAreAsApproved(String name, String spec) throws IOException {
    Transformation rule = Specs.parse(spec);
    Explanation explained = Explanation.of(rule);
    Approved.check(name, explained.toText() + "\nLaTeX\n" + explained.latex() + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          plan-sgd;            sgd
          plan-adamw-clipped;  clip_by_global_norm(1) | adamw(lr=3e-4)
          """)
  void plansAreAsApproved(String name, String spec) throws IOException {
    Approved.check(name, PlanPrinter.text(Plan.of(Formula.of(Specs.parse(spec)))));
  }
}
