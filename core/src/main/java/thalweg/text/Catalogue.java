package thalweg.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thalweg.formula.Transformation;
import thalweg.rules.Adadelta;
import thalweg.rules.Adafactor;
import thalweg.rules.Adagrad;
import thalweg.rules.Adam;
import thalweg.rules.AdamW;
import thalweg.rules.EmaMomentum;
import thalweg.rules.HeavyBall;
import thalweg.rules.Momentum;
import thalweg.rules.RmsProp;
import thalweg.rules.Sgd;
import thalweg.transforms.Accumulate;
import thalweg.transforms.AdaptiveGradientClip;
import thalweg.transforms.AddDecayedWeights;
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
import thalweg.transforms.ScaleByFactoredRms;
import thalweg.transforms.ScaleByRms;
import thalweg.transforms.ScaleByRss;
import thalweg.transforms.Sign;
import thalweg.transforms.SkipNonfinite;
import thalweg.transforms.Trace;

/**
 * Every rule and transformation that has a text form. To add one, add its line: the name, the
 * hyperparameters and the words come from the record.
 */
public final class Catalogue {
  private static final List<CatalogueEntry> ENTRIES =
      List.of(
          entry(Sgd.class),
          entry(Momentum.class),
          entry(HeavyBall.class),
          entry(EmaMomentum.class),
          entry(Adagrad.class),
          entry(Adadelta.class),
          entry(RmsProp.class),
          entry(Adam.class),
          entry(AdamW.class),
          entry(Adafactor.class),
          entry(ClipByValue.class),
          entry(ClipByNorm.class),
          entry(ClipByGlobalNorm.class),
          entry(AdaptiveGradientClip.class),
          entry(Centralize.class),
          entry(Accumulate.class),
          entry(SkipNonfinite.class),
          entry(Freeze.class),
          entry(Lookahead.class),
          entry(AddDecayedWeights.class),
          entry(DecayWeights.class),
          entry(Negate.class),
          entry(Scale.class),
          entry(Sign.class),
          entry(Trace.class),
          entry(Ema.class),
          entry(ScaleByRss.class),
          entry(ScaleByAdadelta.class),
          entry(ScaleByRms.class),
          entry(ScaleByAdam.class),
          entry(ScaleByFactoredRms.class),
          entry(Descend.class),
          entry(ProjectNonnegative.class),
          entry(ProjectBox.class),
          entry(ProjectL2Ball.class),
          entry(ProjectSimplex.class),
          entry(ProxL1.class),
          entry(ProxL2.class),
          entry(ProxElasticNet.class));

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

  private static <T extends Record & Transformation> CatalogueEntry entry(Class<T> type) {
    return CatalogueEntry.of(type);
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
