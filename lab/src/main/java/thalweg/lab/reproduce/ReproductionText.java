package thalweg.lab.reproduce;

import java.util.List;
import thalweg.lab.TextTable;

/** A reproduction as plain text for the terminal. */
public final class ReproductionText {
  private ReproductionText() {}

  /** Claim, measurement and verdict of each, then a table of them; ends in a line break. */
  public static String of(Reproduction reproduction) {
    StringBuilder text = new StringBuilder();
    TextTable table =
        new TextTable()
            .column("claim", TextTable.Side.LEFT)
            .column("compared", TextTable.Side.LEFT)
            .column("mean [95 % interval]", TextTable.Side.LEFT)
            .column("claimed", TextTable.Side.LEFT)
            .column("verdict", TextTable.Side.LEFT);
    for (Result result : reproduction.experiments()) {
      text.append("%s: %s%n".formatted(result.name(), result.title()));
      for (Finding finding : result.findings()) {
        Claim claim = finding.claim();
        text.append(
            "  %s%n    %s%n    %s: %s (%s)%n    %s%n"
                .formatted(
                    claim.says(),
                    claim.source(),
                    claim.measured(),
                    Wording.sides(finding),
                    Wording.compared(claim),
                    finding.verdict()));
        table.row(
            List.of(
                result.name() + "/" + claim.name(),
                Wording.compared(claim),
                Wording.measured(finding.interval()),
                Wording.claimed(claim),
                finding.verdict().toString()));
      }
      text.append('\n');
    }
    return text.append(table)
        .append('\n')
        .append(Wording.tally(reproduction))
        .append('\n')
        .toString();
  }

  /** The names of the experiments with their titles. */
  public static String list() {
    TextTable table =
        new TextTable()
            .column("experiment", TextTable.Side.LEFT)
            .column("about", TextTable.Side.LEFT);
    for (Experiment experiment : Experiments.all()) {
      table.row(List.of(experiment.name(), experiment.title()));
    }
    return table.toString();
  }
}
