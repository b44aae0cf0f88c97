package thalweg.torch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run is about to do.
 *
 * @param settings optimizer, seed, batching, loss and so on, by name: texts and whole numbers
 * @param metrics names of what is measured
 * @param parameters numbers of the network, those that stand still counted
 * @param learned numbers it learns at first, those with {@code requires_grad}
 * @param epochs how many there will be at most; {@link Integer#MAX_VALUE} if only steps are limited
 * @param stepsPerEpoch updates in one pass
 * @param totalSteps updates after which the run ends, if nothing ends it before
 * @param resumedStep updates made before, by a run that this one goes on from; 0 if there is none
 * @param start the evaluation before the first of all steps
 * @param done epochs finished before
 */
public record RunStart(
    Map<String, Object> settings,
    List<String> metrics,
    long parameters,
    long learned,
    int epochs,
    int stepsPerEpoch,
    long totalSteps,
    long resumedStep,
    Evaluation start,
    List<RunLog.Epoch> done) {
  public RunStart {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    metrics = List.copyOf(metrics);
    done = List.copyOf(done);
  }
}
