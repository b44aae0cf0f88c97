package thalweg.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import thalweg.formula.BinaryOp;
import thalweg.formula.Chain;
import thalweg.formula.Comparison;
import thalweg.formula.Extent;
import thalweg.formula.Formula;
import thalweg.formula.FormulaException;
import thalweg.formula.Reduction;
import thalweg.formula.Scalar;
import thalweg.formula.ScalarState;
import thalweg.formula.Scope;
import thalweg.formula.Stage;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;
import thalweg.formula.UnaryOp;
import thalweg.rules.Adam;
import thalweg.rules.AdamW;
import thalweg.rules.RmsProp;
import thalweg.rules.Sgd;
import thalweg.text.Specs;
import thalweg.transforms.ClipByGlobalNorm;
import thalweg.transforms.Descend;
import thalweg.walk.Walk;

class PlanTest {
  private record Custom(BiFunction<Tensor, Step, Tensor> body) implements Transformation {
    @Override
    public String name() {
      return "custom";
    }

    @Override
    public Tensor apply(Tensor direction, Step step) {
      return body.apply(direction, step);
    }
  }

  private static Transformation descending(BiFunction<Tensor, Step, Tensor> direction) {
    return Chain.of(new Custom(direction), new Descend(1));
  }

  private static Plan plan(Transformation rule) {
    return Plan.of(Formula.of(rule));
  }

  private static List<Integer> traffic(Transformation rule) {
    return plan(rule).trips().stream().map(trip -> trip.pass().traffic()).toList();
  }

  private static long count(Pass pass, Class<? extends Op> kind) {
    return pass.ops().stream().filter(kind::isInstance).count();
  }

  @Test
  void anElementwiseRuleIsOneTripOverMemory() {
    // parameter and gradient read, parameter written
    assertThat(traffic(Sgd.lr(0.1))).containsExactly(2 + 1);
    assertThat(traffic(Sgd.lr(0.1).weightDecay(0.1).maximize(true))).containsExactly(2 + 1);
    // one buffer more, read and written
    assertThat(traffic(Sgd.lr(0.1).momentum(0.9))).containsExactly(3 + 2);
    assertThat(traffic(Sgd.lr(0.1).momentum(0.9).nesterov(true))).containsExactly(3 + 2);
    // two more
    assertThat(traffic(Adam.lr(0.1))).containsExactly(4 + 3);
    assertThat(traffic(AdamW.lr(0.1).weightDecay(0.1))).containsExactly(4 + 3);
    assertThat(traffic(Adam.lr(0.1).amsgrad(true))).containsExactly(5 + 4);
    assertThat(traffic(RmsProp.lr(0.1).centered(true).momentum(0.9))).containsExactly(5 + 4);
  }

  @Test
  void clippingByTheGlobalNormAddsOneTripThatReadsTheGradientOnly() {
    Plan plan = plan(Chain.of(new ClipByGlobalNorm(1), AdamW.lr(0.1)));
    assertThat(plan.trips()).hasSize(2);
    Plan.Trip norm = plan.trips().getFirst();
    assertThat(norm.buffers()).containsExactly(new Plan.Source.Gradient());
    assertThat(norm.pass().traffic()).isEqualTo(1);
    assertThat(norm.results()).containsExactly(new Plan.Result.Over(Scope.MODEL));
    assertThat(norm.pass().reductions()).extracting(Op.Reduce::kind).containsExactly(Reduction.SUM);
    assertThat(plan.trips().getLast().pass().traffic()).isEqualTo(4 + 3);
    assertThat(plan.differsBetweenTensors()).isFalse();
  }

  @Test
  void onlyTheLastTripWrites() {
    Plan plan = plan(Chain.of(new ClipByGlobalNorm(1), AdamW.lr(0.1)));
    assertThat(count(plan.trips().getFirst().pass(), Op.Store.class)).isZero();
    assertThat(count(plan.trips().getLast().pass(), Op.Store.class)).isEqualTo(3);
  }

  @Test
  void allLoadsComeBeforeAllStores() {
    List<Op> ops = plan(Adam.lr(0.1).amsgrad(true)).trips().getLast().pass().ops();
    int lastLoad = -1;
    int firstStore = ops.size();
    for (int i = 0; i < ops.size(); i++) {
      if (ops.get(i) instanceof Op.Load) {
        lastLoad = i;
      }
      if (ops.get(i) instanceof Op.Store) {
        firstStore = Math.min(firstStore, i);
      }
    }
    assertThat(lastLoad).isBetween(0, firstStore - 1);
  }

  @Test
  void operandsAreEarlierInstructions() {
    List<Op> ops =
        plan(RmsProp.lr(0.1).centered(true).momentum(0.9)).trips().getLast().pass().ops();
    for (int i = 0; i < ops.size(); i++) {
      List<Integer> operands =
          switch (ops.get(i)) {
            case Op.Load _, Op.Spread _ -> List.of();
            case Op.Unary(UnaryOp _, int x) -> List.of(x);
            case Op.Binary(BinaryOp _, int x, int y) -> List.of(x, y);
            case Op.Select(var _, int x, int y, int then, int otherwise) ->
                List.of(x, y, then, otherwise);
            case Op.Store(int _, int x) -> List.of(x);
            case Op.Reduce(Reduction _, int x, int _) -> List.of(x);
          };
      for (int operand : operands) {
        assertThat(operand).isBetween(0, i - 1);
      }
    }
  }

  @Test
  void whatIsWrittenTwiceIsComputedOnce() {
    Pass pass =
        plan(descending((g, s) -> g.times(g).plus(g.times(g)).over(g.times(g).sqrt())))
            .trips()
            .getLast()
            .pass();
    // g·g once; then + , /, and the descent's lr·d
    assertThat(
            pass.ops().stream()
                .filter(op ->
                    op instanceof Op.Binary(var kind, int x, int y)
                        && kind == BinaryOp.MULTIPLY
                        && x == y))
        .hasSize(1);
    assertThat(count(pass, Op.Load.class)).isEqualTo(2);
  }

  @Test
  void whatNobodyUsesIsNotComputed() {
    Pass pass =
        plan(descending((g, s) -> {
          s.let("unused", g.sqrt());
          return g;
        }))
            .trips()
            .getLast()
            .pass();
    assertThat(count(pass, Op.Unary.class)).isZero();
  }

  @Test
  void numbersAreArgumentsSoOneKernelServesThemAll() {
    Plan one = plan(Chain.of(new ClipByGlobalNorm(1), AdamW.lr(1e-3)));
    Plan other =
        plan(
            Chain.of(
                new ClipByGlobalNorm(7),
                AdamW.lr(0.5).beta1(0.2).beta2(0.3).eps(1).weightDecay(0.7)));
    for (int i = 0; i < 2; i++) {
      assertThat(one.trips().get(i).pass()).isEqualTo(other.trips().get(i).pass());
      assertThat(one.trips().get(i).pass()).hasSameHashCodeAs(other.trips().get(i).pass());
    }
    Transformation three = descending((g, s) -> g.times(Scalar.of(3)));
    Transformation four = descending((g, s) -> g.times(Scalar.of(4)));
    assertThat(plan(three).trips().getLast().pass()).isEqualTo(plan(four).trips().getLast().pass());
  }

  @Test
  void otherMathematicsIsAnotherPass() {
    assertThat(plan(Adam.lr(0.1)).trips()).isNotEqualTo(plan(Adam.lr(0.1).amsgrad(true)).trips());
    assertThat(plan(descending((g, s) -> g.sqrt())).trips())
        .isNotEqualTo(plan(descending((g, s) -> g.abs())).trips());
  }

  @Test
  void twoReductionsOfOneLevelShareATrip() {
    Plan plan =
        plan(descending((g, s) -> g.over(g.norm(Scope.TENSOR)).over(g.abs().largest(Scope.MODEL))));
    assertThat(plan.trips()).hasSize(2);
    assertThat(plan.trips().getFirst().pass().reductions()).hasSize(2);
    assertThat(plan.trips().getFirst().results())
        .containsExactlyInAnyOrder(
            new Plan.Result.Over(Scope.TENSOR), new Plan.Result.Over(Scope.MODEL));
    assertThat(plan.trips().getFirst().pass().traffic()).isEqualTo(1);
    assertThat(plan.differsBetweenTensors()).isTrue();
  }

  @Test
  void oneReductionWrittenTwiceIsReducedOnce() {
    Plan plan = plan(descending((g, s) -> g.over(g.norm(Scope.MODEL)).minus(g.norm(Scope.MODEL))));
    assertThat(plan.trips().getFirst().pass().reductions()).hasSize(1);
  }

  @Test
  void aReductionOfAReductionIsAThirdTrip() {
    Plan plan =
        plan(
            descending((g, s) -> {
              Tensor centered = g.minus(g.mean(Scope.TENSOR));
              return centered.over(centered.norm(Scope.TENSOR));
            }));
    assertThat(plan.trips()).hasSize(3);
    assertThat(plan.trips().get(1).pass().traffic()).isEqualTo(1);
  }

  @Test
  void normMeanAndLargestGiveTheirNumbers() {
    // |(3, −4)| = 5
    Walk.of(descending((g, s) -> g.over(g.norm(Scope.TENSOR))), 0, 0).step(3, -4).isAt(-0.6, 0.8);
    // mean −0.5
    Walk.of(descending((g, s) -> g.minus(g.mean(Scope.TENSOR))), 0, 0).step(3, -4).isAt(-3.5, 3.5);
    // largest 3; of the sizes 4
    Walk.of(descending((g, s) -> g.over(g.largest(Scope.MODEL))), 0, 0)
        .step(3, -4)
        .isAt(-1, 4 / 3.0);
    Walk.of(descending((g, s) -> g.over(g.abs().largest(Scope.MODEL))), 0, 0)
        .step(3, -4)
        .isAt(-0.75, 1);
    // centered (3.5, −3.5), its norm 3.5·√2
    Walk.of(
            descending((g, s) -> {
              Tensor centered = g.minus(g.mean(Scope.TENSOR));
              return centered.over(centered.norm(Scope.TENSOR));
            }),
            0,
            0)
        .step(3, -4)
        .isAt(-Math.sqrt(0.5), Math.sqrt(0.5));
  }

  @Test
  void reductionsMayReadStatesAndTheParameter() {
    // trust ratio |θ|/|g| = 5/10: direction (3, 4)·…
    Walk.of(
            descending(
                (g, s) -> g.times(s.parameter().norm(Scope.TENSOR).over(g.norm(Scope.TENSOR)))),
            3,
            4)
        .step(6, -8)
        .isAt(0, 8);
  }

  @Test
  void theStageOfAScalarIsThatOfTheSlowestThingItNeeds() {
    Plan plan = plan(Chain.of(new ClipByGlobalNorm(1), AdamW.lr(0.1)));
    List<Stage> stages = registers(plan).map(plan::stage).distinct().toList();
    assertThat(stages).containsExactlyInAnyOrder(Stage.STEP, Stage.MODEL);
    Plan perTensor = plan(descending((g, s) -> g.over(g.norm(Scope.TENSOR))));
    assertThat(registers(perTensor).map(perTensor::stage)).contains(Stage.TENSOR);
  }

  private static Stream<Integer> registers(Plan plan) {
    return plan.trips().getLast().arguments().stream()
        .map(argument -> ((Plan.Argument.Register) argument).index());
  }

  /** What each pass over the elements reads and writes for an element. */
  private static List<Integer> passes(String spec) {
    return plan(Specs.parse(spec)).passes().stream().map(trip -> trip.pass().traffic()).toList();
  }

  private static Set<Plan.Source> read(Plan.Trip trip) {
    return IntStream.range(0, trip.buffers().size())
        .filter(buffer -> trip.pass().reads(buffer) && !trip.pass().aside().contains(buffer))
        .mapToObj(trip.buffers()::get)
        .collect(Collectors.toSet());
  }

  @Test
  void adafactorPassesOverTheElementsThreeTimes() {
    // squares of g along rows and columns, and |θ|; the rms of the update; the move
    assertThat(passes("adafactor")).containsExactly(2, 1, 2 + 1);
    Plan plan = plan(Specs.parse("adafactor"));
    Plan.Source gradient = new Plan.Source.Gradient();
    Plan.Source values = new Plan.Source.Values();
    assertThat(plan.passes().stream().map(PlanTest::read))
        .containsExactly(Set.of(gradient, values), Set.of(gradient), Set.of(gradient, values));
    for (Plan.Trip trip : plan.passes()) {
      int value = trip.buffers().indexOf(values);
      assertThat(value >= 0 && trip.pass().writes(value))
          .isEqualTo(trip == plan.passes().getLast());
    }
    // what is left passes over rows and columns only
    assertThat(plan.trips())
        .allMatch(trip ->
            trip.domain() == Extent.ELEMENT
                || trip.domain() == Extent.ROW
                || trip.domain() == Extent.COLUMN
                || trip.domain() == Extent.MATRIX);
  }

  @Test
  void aReductionAlongRowsAddsOnePass() {
    assertThat(passes("centralize | sgd(lr=0.1)")).containsExactly(1, 2 + 1);
    assertThat(passes("adaptive_gradient_clip(0.1) | sgd(lr=0.1)")).containsExactly(2, 2 + 1);
    assertThat(passes("adaptive_gradient_clip(0.1, units=rows) | sgd(lr=0.1)"))
        .containsExactly(2, 2 + 1);
  }

  @Test
  void clippingInFrontOfAdafactorAddsOnePassOverTheGradient() {
    // |g| and |θ| together; then as adafactor alone
    assertThat(passes("clip_by_global_norm(1) | adafactor")).containsExactly(2, 1, 1, 2 + 1);
  }

  @Test
  void slowWeightsAndSumsAreOneMoreBufferInTheOnePass() {
    assertThat(passes("adam(lr=0.1) | lookahead")).containsExactly(5 + 4);
    assertThat(passes("accumulate(4) | adam(lr=0.1)")).containsExactly(5 + 4);
    assertThat(passes("skip_nonfinite | adam(lr=0.1)")).containsExactly(1, 4 + 3);
    assertThat(plan(Specs.parse("adam(lr=0.1) | lookahead")).trips()).hasSize(1);
  }

  @Test
  void aParameterMayBeSetToWhatIsFewerThanItsElements() {
    // rows' sums 3 and 7, twice that and one more
    BiFunction<Tensor, Step, Tensor> body =
        (g, s) -> {
          Tensor spent = s.descend(g, s.hyper("lr", 1));
          s.move(g.sum(Extent.ROW).times(Scalar.of(2)).plus(Scalar.ONE));
          return spent;
        };
    Walk.shaped(new Custom(body), List.of(2L, 2L), 0, 0, 0, 0).step(1, 2, 3, 4).isAt(7, 7, 15, 15);
    Walk.shaped(new Custom(body), List.of(2L, 2L), 0, 0, 0, 0)
        .step(1, 2, 3, 4)
        .step(0, 0, 0, 0)
        .isAt(1, 1, 1, 1);
  }

  @Test
  void aLinkMayPauseTwice() {
    // the first lets odd steps pass (the counter is 1, 0, 1, …), the second its own first update
    Transformation rule =
        descending((g, s) -> {
          ScalarState odd = s.groupNumber("odd", "o", 0);
          s.onlyWhen(odd.becomes(Scalar.ONE.minus(odd.old())));
          s.onlyWhen(s.t().is(Comparison.EQUAL, Scalar.ONE).is(Comparison.EQUAL, Scalar.ZERO));
          return g;
        });
    Walk.of(rule, 10)
        .step(1)
        .isAt(10) // t of the first pause is 1
        .step(1)
        .isAt(10)
        .step(1)
        .isAt(9);
    assertThat(Formula.of(rule).numbers())
        .extracting(ScalarState::key)
        .containsExactly("custom/odd", "custom/updates", "custom/updates2");
  }

  private static void fails(BiFunction<Tensor, Step, Tensor> body, String... parts) {
    assertThatThrownBy(() -> plan(descending(body)))
        .isInstanceOf(FormulaException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void aNumberOfTheGroupMustNotDifferBetweenTensors() {
    fails(
        (g, s) -> {
          ScalarState number = s.groupNumber("size", "n", 0);
          number.becomes(g.norm(Scope.TENSOR));
          return g;
        },
        "number 'custom/size' belongs to the group",
        "differs from tensor to tensor",
        "reduce over the model");
    fails(
        (g, s) -> {
          s.onlyWhen(s.rank().is(Comparison.LESS, Scalar.of(2)));
          ScalarState number = s.groupNumber("count", "n", 0);
          number.becomes(number.old().plus(Scalar.ONE));
          return g;
        },
        "number 'custom/count' belongs to the group");
  }

  @Test
  void aStateOfRowsTakesNoElements() {
    fails(
        (g, s) -> {
          s.state("rows", "r", 0, Extent.ROW).becomes(g.square());
          return g;
        },
        "state 'custom/rows' is remembered for each row",
        "one for each element");
    fails(
        (g, s) -> {
          s.state("rows", "r", 0, Extent.ROW).becomes(g.sum(Extent.COLUMN));
          return g;
        },
        "for each row",
        "for each column");
  }

  @Test
  void columnsAreNotReducedToRows() {
    fails(
        (g, s) -> g.minus(g.sum(Extent.COLUMN).sum(Extent.ROW)),
        "one number for each column cannot be reduced to one for each row");
    fails(
        (g, s) -> g.minus(Tensor.of(Scalar.ONE).sum(Extent.ROW)),
        "one number for each tensor cannot be reduced to one for each row");
  }

  @Test
  void columnsAndUnitsDoNotMeetInOnePass() {
    fails(
        (g, s) -> g.minus(g.sum(Extent.COLUMN)).minus(g.sum(Extent.UNIT)),
        "columns and of units",
        "use rows");
  }
}
