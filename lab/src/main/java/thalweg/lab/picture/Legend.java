package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import thalweg.lab.page.Look;
import thalweg.lab.trace.Stop;
import thalweg.lab.trace.Walk;

/** Which line is whose and how low it came, and what the marks mean. */
record Legend(Scene scene, double left, double top, int rows, boolean specs) implements Panel {
  private static final double ROW = 22;
  private static final double SPEC = 16;
  private static final double SMALL = 11.5;

  /** As many as have room for their text form too. */
  private static final int FEW = 10;

  private static final double SWATCH = 40;
  private static final double SIZE = 13;
  private static final double MOST = 150;
  private static final double LOSS = 74;
  private static final double GAP = 22;

  /** A circle, in a square of 24. */
  private static final String ANY = "M2 12A10 10 0 1 1 22 12A10 10 0 1 1 2 12Z";

  /** A legend that is not much higher than the panels beside it. */
  static Legend of(Scene scene, double left, double top, double height) {
    List<Walk> walks = scene.trace().walks();
    boolean specs =
        walks.size() <= FEW
            && walks.stream().anyMatch(walk -> isLong(walk) || !walk.spec().equals(walk.label()));
    return new Legend(scene, left, top, Math.max(FEW, (int) (height / ROW) - 5), specs);
  }

  private static boolean isLong(Walk walk) {
    return TextWidth.of(walk.label(), SIZE) > MOST;
  }

  double width() {
    int columns = Math.ceilDiv(scene.trace().walks().size(), rows);
    return columns * column() - GAP;
  }

  private double column() {
    double widest = widest(Walk::label);
    return SWATCH + Math.clamp(widest, specs ? MOST : 90, MOST) + loss() + GAP;
  }

  private double loss() {
    return Math.max(LOSS, 8 + widest(walk -> walk.stop() instanceof Stop stop ? stop.cell() : ""));
  }

  private double widest(Function<Walk, String> text) {
    return scene.trace().walks().stream()
        .mapToDouble(walk -> TextWidth.of(text.apply(walk), SIZE))
        .max()
        .orElse(0);
  }

  private double row() {
    return specs ? ROW + SPEC : ROW;
  }

  private double x(int i) {
    return left + i / rows * column();
  }

  private double y(int i) {
    return top + ROW * 1.6 + row() * (i % rows);
  }

  @Override
  public List<Figure> ground() {
    Paper paper = scene.paper();
    Ink ink = scene.ink();
    List<Figure> figures = new ArrayList<>();
    List<Walk> walks = scene.trace().walks();
    for (int i = 0; i < walks.size(); i++) {
      Look look = scene.looks().get(i);
      double x = x(i);
      double y = y(i);
      figures.add(
          Plane.line(new Figure.Pen(ink.colour(look), 2, look.dash()), x, y, x + SWATCH - 10, y));
      figures.add(ink.marker(look, new double[] {x + (SWATCH - 10) / 2, y}));
      String name = walks.get(i).label();
      String more = walks.get(i).spec().equals(name) ? "" : walks.get(i).spec();
      if (specs && more.isEmpty() && isLong(walks.get(i))) {
        List<String> lines = TextWidth.lines(name, SIZE, MOST);
        name = lines.getFirst();
        more = String.join(" ", lines.subList(1, lines.size()));
      }
      String label = TextWidth.shortened(name, SIZE, MOST);
      figures.add(text(label, x + SWATCH, y, paper.ink(), Figure.Anchor.START));
      if (specs && !more.isEmpty()) {
        String spec = TextWidth.shortened(more, SMALL, MOST + loss());
        figures.add(
            new Figure.Text(
                spec,
                x + SWATCH,
                y + 4 + SPEC,
                Figure.Letters.of(SMALL, paper.soft()),
                Figure.Anchor.START));
      }
    }
    marks(figures, top + ROW * 2.4 + row() * Math.min(rows, walks.size()));
    return figures;
  }

  private void marks(List<Figure> figures, double below) {
    double y = below;
    double middle = left + (SWATCH - 10) / 2;
    String soft = scene.paper().soft();
    figures.addAll(scene.ink().start(new double[] {middle, y}));
    figures.add(text("start", left + SWATCH, y, soft, Figure.Anchor.START));
    for (boolean global : new boolean[] {true, false}) {
      long lows = scene.lows().stream().filter(low -> low.global() == global).count();
      if (lows > 0) {
        y += ROW;
        figures.addAll(scene.ink().minimum(new double[] {middle, y}, global, false));
        String text = (global ? "global " : "local ") + (lows > 1 ? "minima" : "minimum");
        figures.add(text(text, left + SWATCH, y, soft, Figure.Anchor.START));
      }
    }
    var any = new Look(soft, soft, List.of(), ANY);
    for (Head head : scene.heads()) {
      if (head != Head.INSIDE) {
        y += ROW;
        figures.addAll(scene.ink().head(any, new double[] {middle, y}, head));
        figures.add(text(head.words(), left + SWATCH, y, soft, Figure.Anchor.START));
      }
    }
  }

  @Override
  public List<Figure> until(int step) {
    Paper paper = scene.paper();
    List<Figure> figures = new ArrayList<>();
    List<Walk> walks = scene.trace().walks();
    double end = column() - GAP;
    for (int i = 0; i < walks.size(); i += rows) {
      figures.add(
          text(
              "f after %d %s".formatted(step, step == 1 ? "step" : "steps"),
              x(i) + end,
              top + ROW * 0.5,
              paper.soft(),
              Figure.Anchor.END));
    }
    for (int i = 0; i < walks.size(); i++) {
      Walk walk = walks.get(i);
      Stop stop = Head.stopped(walk, step);
      String text =
          stop != null ? stop.cell() : Numbers.text(walk.loss()[Math.min(step, walk.steps())]);
      figures.add(text(text, x(i) + end, y(i), paper.soft(), Figure.Anchor.END));
    }
    return figures;
  }

  private static Figure text(
      String text, double x, double middle, String colour, Figure.Anchor anchor) {
    return new Figure.Text(text, x, middle + 4.5, Figure.Letters.of(SIZE, colour), anchor);
  }
}
