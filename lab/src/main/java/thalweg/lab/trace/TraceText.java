package thalweg.lab.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import thalweg.lab.Count;
import thalweg.lab.RangeEnd;
import thalweg.lab.TextTable;
import thalweg.lab.compare.Comparison;
import thalweg.lab.compare.ResultTable;
import thalweg.lab.surface.PlaceText;
import thalweg.lab.surface.Surface;
import thalweg.text.NumberText;

/** Traces and sweeps for a terminal. */
public final class TraceText {
  private static final String NEVER = "-";
  private static final String NONE = "none tried";
  private static final int MOST_OF_A_FORMULA = 120;

  private TraceText() {}

  /** What was walked, and one line for each walk. */
  public static String of(Trace trace) {
    Surface surface = trace.request().surface();
    TextTable table = new TextTable().column("optimizer", TextTable.Side.LEFT);
    boolean tuned = !trace.tunings().isEmpty();
    if (tuned) {
      table.column("lr", TextTable.Side.LEFT);
    }
    for (double within : Targets.WITHIN) {
      table.column("to " + NumberText.of(within), TextTable.Side.RIGHT);
    }
    table.column("final loss", TextTable.Side.RIGHT);
    table.column("distance", TextTable.Side.RIGHT);
    boolean early = trace.walks().stream().anyMatch(walk -> walk.stop() != null);
    if (early) {
      table.column("ends early", TextTable.Side.LEFT);
    }
    for (int i = 0; i < trace.walks().size(); i++) {
      Walk walk = trace.walks().get(i);
      List<String> cells = new ArrayList<>();
      cells.add(walk.label());
      if (tuned) {
        cells.add(NumberText.of(trace.tunings().get(i).rate()));
      }
      for (OptionalInt step : Targets.of(surface, walk).steps()) {
        cells.add(step.isPresent() ? Integer.toString(step.getAsInt()) : NEVER);
      }
      cells.add(number(walk.loss()[walk.steps()]));
      OptionalDouble distance = Targets.distance(surface, walk.x()[walk.steps()]);
      cells.add(distance.isPresent() ? number(distance.getAsDouble()) : NEVER);
      if (early) {
        cells.add(walk.stop() == null ? "" : walk.stop().cell());
      }
      table.row(cells);
    }
    StringBuilder text = new StringBuilder(head(trace.request()));
    if (tuned) {
      text.append("lr: ").append(trace.tunings().getFirst().method()).append('\n');
    }
    for (int i = 0; i < trace.tunings().size(); i++) {
      String label = trace.walks().get(i).label();
      trace
          .tunings()
          .get(i)
          .note(trace.request().seed())
          .ifPresent(note -> text.append("lr of %s: %s\n".formatted(label, note)));
    }
    return text.append("\nsteps until %s is at most that\n\n".formatted(Targets.measured(surface)))
        .append(table)
        .append(undefined(trace))
        .toString();
  }

  /** A line for each walk that ends where the surface is not defined. */
  private static String undefined(Trace trace) {
    StringBuilder lines = new StringBuilder();
    for (Walk walk : trace.walks()) {
      if (walk.stop() != null && walk.stop().why() == Stop.Why.UNDEFINED) {
        List<Double> place =
            Arrays.stream(walk.x()[walk.steps()]).map(TraceText::rounded).boxed().toList();
        lines.append(
            "%s: %s, from %s\n"
                .formatted(walk.label(), walk.stop().words(), PlaceText.of(place, ",")));
      }
    }
    return lines.isEmpty() ? "" : "\n" + lines;
  }

  /** What was swept, and one line for each optimizer. */
  public static String of(Sweep sweep) {
    SweepRange range = sweep.range();
    TextTable table =
        new TextTable()
            .column("optimizer", TextTable.Side.LEFT)
            .column("too small", TextTable.Side.LEFT)
            .column("loss", TextTable.Side.RIGHT)
            .column("right", TextTable.Side.LEFT)
            .column("loss", TextTable.Side.RIGHT)
            .column("too large", TextTable.Side.LEFT)
            .column("loss", TextTable.Side.RIGHT);
    for (Swept swept : sweep.optimizers()) {
      List<String> cells = new ArrayList<>(List.of(swept.label()));
      cells.addAll(cells(swept.small(), swept, range, NONE));
      cells.addAll(cells(swept.right(), swept, range, "none ends below the start"));
      cells.addAll(cells(swept.large(), swept, range, NONE));
      table.row(cells);
    }
    return head(sweep.request())
        + "%s of %s from %s to %s; loss: the highest of the last tenth of the steps\n\n"
            .formatted(
                Count.of(range.values().size(), "value"),
                range.name(),
                NumberText.of(range.values().getFirst().doubleValue()),
                NumberText.of(range.values().getLast().doubleValue()))
        + table
        + atAnEnd(sweep);
  }

  /** What a reader should know of the right values: which are at an end of the range. */
  private static String atAnEnd(Sweep sweep) {
    List<Double> values = sweep.range().values();
    StringBuilder text = new StringBuilder();
    for (Swept swept : sweep.optimizers()) {
      Swept.Kept right = swept.right();
      if (right != null) {
        String value = NumberText.of(values.get(right.index()).doubleValue());
        RangeEnd.of(right.index(), values.size() - 1)
            .map(end -> "%s: %s\n".formatted(swept.label(), end.said(value, "value")))
            .ifPresent(line -> text.append(text.isEmpty() ? "\n" : "").append(line));
      }
    }
    return text.toString();
  }

  /** The value and what its walk ended with. */
  private static List<String> cells(
      Swept.@Nullable Kept kept, Swept swept, SweepRange range, String none) {
    if (kept == null) {
      return List.of(none, "");
    }
    Stop stop = swept.stops().get(kept.index());
    return List.of(
        NumberText.of(range.values().get(kept.index()).doubleValue()),
        stop == null ? number(swept.endings().get(kept.index()).loss()) : stop.cell());
  }

  /** One table after the other. */
  public static String of(Gallery gallery) {
    StringBuilder text = new StringBuilder();
    gallery.traces().forEach(trace -> text.append(of(trace)).append("\n\n"));
    text.append(of(gallery.rates()));
    gallery.networks().forEach(network -> text.append("\n\n").append(of(network)));
    return text.toString();
  }

  private static String of(Comparison network) {
    return "%s: %s\n%d epochs, %d seeds; the best of %d learning rates for each optimizer\n\n%s"
        .formatted(
            network.data().name(),
            network.settings().model(),
            network.settings().epochs(),
            network.settings().seeds().size(),
            network.settings().grid().size(),
            ResultTable.text(network));
  }

  private static String head(TraceRequest request) {
    Surface surface = request.surface();
    String noise =
        request.noise() == 0
            ? ""
            : "; noise of standard deviation %s in each component of each gradient, seed %d"
                .formatted(NumberText.of(request.noise()), request.seed());
    String formula = surface.formula();
    String title =
        surface.text().contains(formula) // an expression is its own name
            ? surface.text()
            : surface.text() + ": " + shortened(formula);
    return "%s\n%s from %s%s\n"
        .formatted(
            title, Count.of(request.steps(), "step"), PlaceText.of(request.start(), ","), noise);
  }

  private static String shortened(String formula) {
    return formula.length() <= MOST_OF_A_FORMULA
        ? formula
        : formula.substring(0, MOST_OF_A_FORMULA) + " …";
  }

  /** Three digits. */
  private static String number(double value) {
    return NumberText.of(rounded(value));
  }

  private static double rounded(double value) {
    return Double.parseDouble("%.2e".formatted(value));
  }
}
