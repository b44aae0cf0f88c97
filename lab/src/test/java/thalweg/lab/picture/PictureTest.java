package thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static thalweg.lab.picture.Head.LEFT;
import static thalweg.lab.picture.Head.UNDEFINED;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.lab.BadInput;
import thalweg.lab.page.Look;
import thalweg.lab.surface.Minimum;
import thalweg.lab.surface.Surface;
import thalweg.lab.surface.Surfaces;
import thalweg.lab.trace.Stop;
import thalweg.lab.trace.Trace;
import thalweg.lab.trace.TraceRequest;
import thalweg.lab.trace.Walk;

class PictureTest {
  private static final String[] USUAL = {
    "sgd(lr=0.001)", "momentum(lr=0.0005)", "nag(lr=0.001)", "adam(lr=0.1)"
  };
  private static final List<View> ALL = List.of(View.MAP, View.SURFACE, View.LOSS);

  private static List<String> texts(Drawing drawing) {
    return texts(drawing.figures()).stream().map(Figure.Text::text).toList();
  }

  private static List<Figure.Text> texts(List<Figure> figures) {
    return figures.stream()
        .filter(Figure.Text.class::isInstance)
        .map(Figure.Text.class::cast)
        .toList();
  }

  private static List<Figure.Path> paths(Drawing drawing, String stroke) {
    return drawing.figures().stream()
        .filter(Figure.Path.class::isInstance)
        .map(Figure.Path.class::cast)
        .filter(path -> path.pen() != null && path.pen().colour().equals(stroke))
        .toList();
  }

  static List<String> surfaces() {
    List<String> surfaces = new ArrayList<>(Surfaces.all().stream().map(Surface::text).toList());
    surfaces.add("rosenbrock(dimension=5)");
    surfaces.add("expression(log(x) + x*y^2 + 1/x, box=[0.1, 3, -1000, 1000])");
    surfaces.add("expression(x*0 + y*0 - 3)");
    return surfaces;
  }

  @ParameterizedTest
  @MethodSource("surfaces")
  void noTextLiesOnAnotherOrOutside(String surface) {
    Drawing drawing = Picture.of(Samples.trace(surface, 40, USUAL), ALL, Paper.LIGHT).still();
    var paper = new Rectangle2D.Double(0, 0, drawing.width(), drawing.height());
    List<Rectangle2D> before = new ArrayList<>();
    for (Figure.Text text : texts(drawing.figures())) {
      Rectangle2D box = box(text);
      assertThat(paper.contains(box)).as(text + " in " + paper).isTrue();
      assertThat(before).as(text.toString()).noneMatch(box::intersects);
      before.add(box);
    }
  }

  private static Rectangle2D box(Figure.Text text) {
    double size = text.letters().size();
    double width = TextWidth.of(text.text(), size);
    if (text.letters().upwards()) {
      return new Rectangle2D.Double(text.x() - 0.7 * size, text.y() - width / 2, size, width);
    }
    double left =
        switch (text.anchor()) {
          case START -> text.x();
          case MIDDLE -> text.x() - width / 2;
          case END -> text.x() - width;
        };
    return new Rectangle2D.Double(left, text.y() - 0.7 * size, width, 0.9 * size);
  }

  @Test
  void everyWalkHasItsNameAndItsLoss() {
    Trace trace = Samples.trace("rosenbrock", 40, USUAL);
    Drawing drawing = Picture.of(trace, List.of(View.MAP), Paper.LIGHT).still();
    trace
        .walks()
        .forEach(walk ->
            assertThat(texts(drawing)).contains(walk.label(), Numbers.text(walk.loss()[40])));
    assertThat(texts(drawing))
        .contains("rosenbrock", "f = (1 - x)^2 + 100*(y - x^2)^2", "x", "y", "f after 40 steps")
        .contains("start", "global minimum")
        .doesNotContain("left for good", "outside the picture", "ends where f is undefined");
    assertThat(texts(drawing).getLast()).isNotEmpty();
    assertThat(String.join(" ", texts(drawing)))
        .contains("Start (−1.2, 1), 40 steps; heights evenly spaced in log(1 + f / ");
  }

  @Test
  void aWalksLineGoesThroughItsPlaces() {
    Trace trace = Samples.trace("quadratic(condition=3)", 3, "sgd(lr=0.1)");
    var scene = Scene.of(trace, Paper.LIGHT);
    MapPanel map = MapPanel.of(scene, List.of("x", "y"), 0, 0, 440);
    Figure.Path line =
        (Figure.Path)
            map.until(3).stream()
                .filter(f -> f instanceof Figure.Path p && p.fill() == null && p.opacity() == 1)
                .findFirst()
                .orElseThrow();
    List<double[]> points = line.lines().getFirst().points();
    double[] first = map.plane().place(trace.walks().getFirst().x()[0]);
    double[] last = map.plane().place(trace.walks().getFirst().x()[3]);
    assertThat(points.getFirst()).containsExactly(first);
    assertThat(points.getLast()).containsExactly(last);
    Look look = scene.looks().getFirst();
    assertThat(line.pen()).isEqualTo(new Figure.Pen(look.light(), 2, look.dash()));
  }

  @Test
  void aWalkThatLeavesForGoodIsDrawnToTheBorderAndCrossedThere() {
    Trace trace = Samples.trace("rosenbrock", 40, "sgd(lr=1)", "adam");
    var scene = Scene.of(trace, Paper.LIGHT);
    Drawing drawing = Picture.of(trace, List.of(View.MAP), Paper.LIGHT).still();
    assertThat(trace.walks().getFirst().leftAt()).isNotNull();
    assertThat(texts(drawing))
        .contains("left for good", "left at " + trace.walks().getFirst().leftAt())
        .doesNotContain("outside the picture", "ends where f is undefined");
    MapPanel map = MapPanel.of(scene, List.of("x", "y"), 0, 0, 440);
    Figure.Path line =
        map.until(40).stream()
            .filter(Figure.Path.class::isInstance)
            .map(Figure.Path.class::cast)
            .filter(p -> p.pen() != null && p.pen().width() == 2 && p.fill() == null)
            .findFirst()
            .orElseThrow();
    double[] end = line.lines().getFirst().points().getLast();
    Plane plane = map.plane();
    assertThat(
            Arrays.asList(
                end[0] - plane.left(),
                plane.right() - end[0],
                end[1] - plane.top(),
                plane.bottom() - end[1]))
        .allSatisfy(inside -> assertThat(inside).isGreaterThan(-1e-9))
        .anySatisfy(inside -> assertThat(inside).isLessThan(1e-9));
    assertThat(written(heads(map, 40)))
        .containsSubsequence(written(scene.ink().head(sgd(scene), end, LEFT)));
  }

  private static Look sgd(Scene scene) {
    return scene.looks().getFirst();
  }

  /** The last figures, those on top of all. */
  private static List<Figure> heads(Panel panel, int step) {
    List<Figure> figures = panel.until(step);
    Figure.Pen start = Figure.Pen.of(Paper.LIGHT.ink(), 2);
    int from = figures.size() - 1;
    while (!(figures.get(from) instanceof Figure.Path path && start.equals(path.pen()))) {
      from--;
    }
    return figures.subList(from + 1, figures.size());
  }

  private static List<String> written(List<Figure> figures) {
    return Svg.of(new Drawing(1, 1, "#ffffff", "", "", figures))
        .lines()
        .filter(line -> line.startsWith("<path") && !line.contains("H1V1"))
        .toList();
  }

  @Test
  void aWalkThatEndsWhereFIsUndefinedIsNotSaidToLeave() {
    Trace trace =
        Samples.trace("expression(log(x) + y^2 + x/10, box=[0.1, 3, -2, 2])", 40, "sgd(lr=0.3)");
    Walk walk = trace.walks().getFirst();
    assertThat(Objects.requireNonNull(walk.stop()).why()).isEqualTo(Stop.Why.UNDEFINED);
    Drawing drawing = Picture.of(trace, ALL, Paper.LIGHT).still();
    assertThat(texts(drawing))
        .contains("ends where f is undefined", walk.stop().cell())
        .doesNotContain("left for good", "outside the picture");
    var scene = Scene.of(trace, Paper.LIGHT);
    MapPanel map = MapPanel.of(scene, List.of("x", "y"), 0, 0, 440);
    double[] end = map.plane().place(walk.x()[walk.steps()]);
    assertThat(written(heads(map, 40)))
        .isEqualTo(written(scene.ink().head(sgd(scene), end, UNDEFINED)));
    assertThat(written(heads(map, walk.stop().at() - 1)))
        .as("before it ends")
        .isEqualTo(written(List.of(scene.ink().marker(sgd(scene), end))));
    SurfacePanel side = SurfacePanel.of(scene, List.of("x", "y"), 0, 0, 440);
    assertThat(heads(side, 40)).hasSize(2);
    assertThat(heads(side, 40).getLast())
        .extracting(figure -> ((Figure.Path) figure).pen())
        .isEqualTo(Figure.Pen.of(sgd(scene).light(), 2.6));
  }

  @Test
  void aWalkThatIsOutsideAtTheEndIsARingAtTheBorder() {
    Trace trace = Samples.trace("saddle", 45, "sgd(lr=0.1)");
    Walk walk = trace.walks().getFirst();
    assertThat(walk.stop()).isNull();
    var scene = Scene.of(trace, Paper.LIGHT);
    assertThat(scene.grid().box().contains(walk.x()[45])).isFalse();
    assertThat(texts(Picture.of(trace, ALL, Paper.LIGHT).still()))
        .contains("outside the picture")
        .doesNotContain("left for good");
    MapPanel map = MapPanel.of(scene, List.of("x", "y"), 0, 0, 440);
    assertThat(heads(map, 45).getFirst())
        .extracting(figure -> ((Figure.Path) figure).fill())
        .isEqualTo(Paper.LIGHT.card());
  }

  @Test
  void theLowestMinimaAreFilledStarsAndOthersAreHollow() {
    List<Minimum> minima =
        List.of(
            new Minimum(List.of(0.0, 0.0), -1),
            new Minimum(List.of(0.5, 0.5), -1),
            new Minimum(List.of(-0.5, 0.5), 2));
    var surface = new Samples.Sample((x, y) -> x, 2, Samples.SQUARE, minima, List.of(0.0, 0.0));
    var walk =
        new Walk(
            "sgd",
            "sgd",
            "sgd(lr=0.1)",
            new double[][] {{0, 0}, {0.1, 0}},
            new double[] {0, 0.1},
            new double[2],
            new double[2],
            new double[0],
            null);
    var request = new TraceRequest(surface, List.of("sgd"), surface.start(), 1, 0, 0);
    Trace trace = new Trace(request, List.of(walk));
    assertThat(Scene.of(trace, Paper.LIGHT).lows())
        .extracting(Scene.Low::global)
        .containsExactly(true, true, false);
    assertThat(texts(Picture.of(trace, List.of(View.MAP), Paper.LIGHT).still()))
        .contains("global minima", "local minimum");
    var ink = new Ink(Paper.LIGHT, false);
    double[] at = {9, 9};
    assertThat(((Figure.Path) ink.minimum(at, true, false).getLast()).fill())
        .isEqualTo(Paper.LIGHT.ink());
    assertThat(((Figure.Path) ink.minimum(at, false, false).getLast()).fill())
        .isEqualTo(Paper.LIGHT.card());
  }

  @Test
  void minimaOfOtherCoordinatesAreSaid() {
    Drawing drawing =
        Picture.of(
                Samples.trace("rosenbrock(dimension=4)", 5, USUAL), List.of(View.MAP), Paper.DARK)
            .still();
    assertThat(texts(drawing)).contains("x1", "x2");
    assertThat(String.join(" ", texts(drawing)))
        .contains("its other coordinates are those of the minimum");
  }

  @Test
  void manyWalksStandInColumns() {
    String[] many = new String[45];
    Arrays.setAll(many, i -> "sgd(lr=%s)".formatted((i + 1) / 1e6));
    Trace trace = Samples.trace("rosenbrock", 3, many);
    Drawing few = Picture.of(Samples.trace("rosenbrock", 3, USUAL), ALL, Paper.LIGHT).still();
    Drawing drawing = Picture.of(trace, ALL, Paper.LIGHT).still();
    assertThat(drawing.height()).isEqualTo(few.height());
    assertThat(drawing.width()).isGreaterThan(few.width());
    assertThat(texts(drawing))
        .containsAll(trace.walks().stream().map(walk -> walk.label()).toList());
  }

  @Test
  void onDarkPaperEveryLineIsItsDarkOne() {
    Trace trace = Samples.trace("beale", 10, USUAL);
    Drawing dark = Picture.of(trace, ALL, Paper.DARK).still();
    Scene.of(trace, Paper.DARK)
        .looks()
        .forEach(look -> {
          assertThat(paths(dark, look.dark())).isNotEmpty();
          assertThat(paths(dark, look.light())).isEmpty();
        });
    assertThat(dark.paper()).isEqualTo(Paper.DARK.paper());
  }

  @Test
  void aMapIsSmallAsSvg() {
    Trace trace = Samples.trace("rastrigin", 200, USUAL);
    assertThat(Svg.of(Picture.of(trace, List.of(View.MAP), Paper.LIGHT).still()).length())
        .isLessThan(300_000);
    assertThat(Svg.of(Picture.of(trace, List.of(View.SURFACE), Paper.LIGHT).still()).length())
        .isLessThan(300_000);
  }

  @Test
  void viewsAreReadByName() {
    assertThat(View.list("loss, 3d")).containsExactly(View.LOSS, View.SURFACE);
    assertThatThrownBy(() -> View.list("map,side"))
        .isInstanceOf(BadInput.class)
        .hasMessage("there is no view 'side'; views are map, 3d, loss, with commas between them");
    assertThatThrownBy(() -> View.list("map,map"))
        .isInstanceOf(BadInput.class)
        .hasMessage("the view map comes twice; name each once");
  }
}
