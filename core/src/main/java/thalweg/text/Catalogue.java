package thalweg.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thalweg.formula.Rule;
import thalweg.formula.Transformation;
import thalweg.rules.AdaBelief;
import thalweg.rules.AdaBound;
import thalweg.rules.Adadelta;
import thalweg.rules.Adafactor;
import thalweg.rules.Adagrad;
import thalweg.rules.Adam;
import thalweg.rules.AdamW;
import thalweg.rules.Adamax;
import thalweg.rules.Adan;
import thalweg.rules.AmsBound;
import thalweg.rules.AmsgradCorrected;
import thalweg.rules.Asgd;
import thalweg.rules.EmaMomentum;
import thalweg.rules.Fista;
import thalweg.rules.HeavyBall;
import thalweg.rules.Lamb;
import thalweg.rules.Lars;
import thalweg.rules.Lion;
import thalweg.rules.Momentum;
import thalweg.rules.NAdam;
import thalweg.rules.Nag;
import thalweg.rules.NovoGrad;
import thalweg.rules.RAdam;
import thalweg.rules.RmsProp;
import thalweg.rules.Rprop;
import thalweg.rules.Sag;
import thalweg.rules.Saga;
import thalweg.rules.Sgd;
import thalweg.rules.Signum;
import thalweg.rules.SparseAdam;
import thalweg.rules.Svrg;
import thalweg.rules.Swats;
import thalweg.rules.Yogi;
import thalweg.transforms.Accumulate;
import thalweg.transforms.AdaptiveGradientClip;
import thalweg.transforms.AddDecayedWeights;
import thalweg.transforms.AddNoise;
import thalweg.transforms.Centralize;
import thalweg.transforms.ClipByGlobalNorm;
import thalweg.transforms.ClipByNorm;
import thalweg.transforms.ClipByValue;
import thalweg.transforms.DecayWeights;
import thalweg.transforms.Descend;
import thalweg.transforms.Ema;
import thalweg.transforms.Freeze;
import thalweg.transforms.Lookahead;
import thalweg.transforms.Negate;
import thalweg.transforms.ProjectBox;
import thalweg.transforms.ProjectL2Ball;
import thalweg.transforms.ProjectNonnegative;
import thalweg.transforms.ProjectSimplex;
import thalweg.transforms.ProxElasticNet;
import thalweg.transforms.ProxL1;
import thalweg.transforms.ProxL2;
import thalweg.transforms.Scale;
import thalweg.transforms.ScaleByAdadelta;
import thalweg.transforms.ScaleByAdam;
import thalweg.transforms.ScaleByAdamax;
import thalweg.transforms.ScaleByAdan;
import thalweg.transforms.ScaleByAmsgrad;
import thalweg.transforms.ScaleByBelief;
import thalweg.transforms.ScaleByFactoredRms;
import thalweg.transforms.ScaleByLion;
import thalweg.transforms.ScaleByNadam;
import thalweg.transforms.ScaleByRadam;
import thalweg.transforms.ScaleByRms;
import thalweg.transforms.ScaleByRss;
import thalweg.transforms.ScaleByTrustRatio;
import thalweg.transforms.ScaleByYogi;
import thalweg.transforms.Sign;
import thalweg.transforms.SkipNonfinite;
import thalweg.transforms.Trace;
import thalweg.transforms.Unscale;

/**
 * Every rule and transformation that has a text form. To add one, add its line, a transformation's
 * with its purpose: the name, the hyperparameters and the words come from the record.
 */
public final class Catalogue {
  private static final List<CatalogueEntry> ENTRIES =
      List.of(
          entry(Sgd.class),
          entry(Momentum.class),
          entry(HeavyBall.class),
          entry(EmaMomentum.class),
          entry(Nag.class),
          entry(Adagrad.class),
          entry(Adadelta.class),
          entry(RmsProp.class),
          entry(Adam.class),
          entry(AdamW.class),
          entry(SparseAdam.class),
          entry(Adafactor.class),
          entry(AmsgradCorrected.class),
          entry(Adamax.class),
          entry(NAdam.class),
          entry(RAdam.class),
          entry(AdaBelief.class),
          entry(AdaBound.class),
          entry(AmsBound.class),
          entry(Swats.class),
          entry(Yogi.class),
          entry(Adan.class),
          entry(Lion.class),
          entry(Signum.class),
          entry(Rprop.class),
          entry(Asgd.class),
          entry(Lamb.class),
          entry(Lars.class),
          entry(NovoGrad.class),
          entry(Fista.class),
          entry(Sag.class),
          entry(Saga.class),
          entry(Svrg.class),
          entry(Purpose.CLIPPING, ClipByValue.class),
          entry(Purpose.CLIPPING, ClipByGlobalNorm.class),
          entry(Purpose.CLIPPING, AdaptiveGradientClip.class),
          entry(Purpose.CLIPPING, ClipByNorm.class),
          entry(Purpose.DECAY, AddDecayedWeights.class),
          entry(Purpose.DECAY, DecayWeights.class),
          entry(Purpose.MOMENTUM, Trace.class),
          entry(Purpose.MOMENTUM, Ema.class),
          entry(Purpose.SCALING, ScaleByRss.class),
          entry(Purpose.SCALING, ScaleByAdadelta.class),
          entry(Purpose.SCALING, ScaleByRms.class),
          entry(Purpose.SCALING, ScaleByAdam.class),
          entry(Purpose.SCALING, ScaleByFactoredRms.class),
          entry(Purpose.SCALING, Scale.class),
          entry(Purpose.SCALING, Unscale.class),
          entry(Purpose.SCALING, ScaleByAmsgrad.class),
          entry(Purpose.SCALING, ScaleByAdamax.class),
          entry(Purpose.SCALING, ScaleByNadam.class),
          entry(Purpose.SCALING, ScaleByRadam.class),
          entry(Purpose.SCALING, ScaleByBelief.class),
          entry(Purpose.SCALING, ScaleByYogi.class),
          entry(Purpose.SCALING, ScaleByAdan.class),
          entry(Purpose.SCALING, ScaleByLion.class),
          entry(Purpose.SCALING, ScaleByTrustRatio.class),
          entry(Purpose.DIRECTION, Negate.class),
          entry(Purpose.DIRECTION, Centralize.class),
          entry(Purpose.DIRECTION, AddNoise.class),
          entry(Purpose.DIRECTION, Sign.class),
          entry(Purpose.DESCENT, Descend.class),
          entry(Purpose.PROJECTION, ProjectNonnegative.class),
          entry(Purpose.PROJECTION, ProjectBox.class),
          entry(Purpose.PROJECTION, ProjectL2Ball.class),
          entry(Purpose.PROJECTION, ProjectSimplex.class),
          entry(Purpose.PROJECTION, ProxL1.class),
          entry(Purpose.PROJECTION, ProxL2.class),
          entry(Purpose.PROJECTION, ProxElasticNet.class),
          entry(Purpose.WRAPPER, Accumulate.class),
          entry(Purpose.WRAPPER, SkipNonfinite.class),
          entry(Purpose.WRAPPER, Freeze.class),
          entry(Purpose.WRAPPER, Lookahead.class));

  private static final Map<String, CatalogueEntry> BY_ID = byId();

  private Catalogue() {}

  /** All entries: optimizers first, in the order the documentation shows them. */
  public static List<CatalogueEntry> entries() {
    return ENTRIES;
  }

  /** The entry with this text name. */
  public static Optional<CatalogueEntry> find(String id) {
    return Optional.ofNullable(BY_ID.get(id));
  }

  /** All text names, in the order of {@link #entries()}. */
  public static List<String> ids() {
    return ENTRIES.stream().map(CatalogueEntry::id).toList();
  }

  private static <T extends Record & Rule> CatalogueEntry entry(Class<T> type) {
    return CatalogueEntry.of(Purpose.OPTIMIZER, type);
  }

  private static <T extends Record & Transformation> CatalogueEntry entry(
      Purpose purpose, Class<T> type) {
    return CatalogueEntry.of(purpose, type);
  }

  private static Map<String, CatalogueEntry> byId() {
    Map<String, CatalogueEntry> map = new LinkedHashMap<>();
    for (CatalogueEntry entry : ENTRIES) {
      CatalogueEntry other = map.put(entry.id(), entry);
      if (other != null) {
        throw new IllegalStateException(
            "%s and %s both call themselves '%s'"
                .formatted(other.type().getName(), entry.type().getName(), entry.id()));
      }
    }
    return map;
  }
}
