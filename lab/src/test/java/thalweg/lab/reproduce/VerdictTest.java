package thalweg.lab.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {
  private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L);

  private static Claim claim(Claim.By by, Claim.Side side, double bound) {
    return new Claim("c", "a is more", "somebody, 1900", "loss", "a", "b", by, side, bound);
  }

  private static Finding difference(double a, double b, double c, double d) {
    return new Finding(
        claim(Claim.By.DIFFERENCE, Claim.Side.ABOVE, 0),
        SEEDS,
        List.of(5 + a, 6 + b, 7 + c, 8 + d),
        List.of(5.0, 6.0, 7.0, 8.0));
  }

  @Test
  void theSameClaimMeetsAllThreeVerdictsByItsNumbersAlone() {
    assertThat(difference(1, 1.5, 0.5, 1).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(difference(-1, -1.5, -0.5, -1).verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(difference(1, -1.5, 0.5, -1).verdict()).isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void theOppositeClaimTurnsTheVerdictRound() {
    Finding holds = difference(1, 1.5, 0.5, 1);
    assertThat(opposite(holds).verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(opposite(opposite(holds)).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(opposite(difference(1, -1.5, 0.5, -1)).verdict()).isEqualTo(Verdict.UNDECIDED);
  }

  private static Finding opposite(Finding finding) {
    return new Finding(
        finding.claim().opposite(), finding.seeds(), finding.first(), finding.second());
  }

  @Test
  void anIntervalThatOnlyTouchesTheBoundDecidesNothing() {
    Claim claim = claim(Claim.By.DIFFERENCE, Claim.Side.ABOVE, 1);
    assertThat(Verdict.of(claim, new Interval(2, 1, 3))).isEqualTo(Verdict.UNDECIDED);
    assertThat(Verdict.of(claim, new Interval(0, -1, 1))).isEqualTo(Verdict.UNDECIDED);
    assertThat(Verdict.of(claim, new Interval(2, Math.nextUp(1), 3))).isEqualTo(Verdict.HOLDS);
  }

  @Test
  void pairsCancelWhatSeedsHaveInCommon() {
    // The sides scatter by 10, their differences by nothing.
    Finding finding =
        new Finding(
            claim(Claim.By.DIFFERENCE, Claim.Side.ABOVE, 0),
            SEEDS,
            List.of(1.5, 11.5, 21.5, 31.5),
            List.of(1.0, 11.0, 21.0, 31.0));
    assertThat(finding.interval()).isEqualTo(new Interval(0.5, 0.5, 0.5));
    assertThat(finding.verdict()).isEqualTo(Verdict.HOLDS);
  }

  @Test
  void ratiosAreAveragedAsLogarithms() {
    Finding finding =
        new Finding(
            claim(Claim.By.RATIO, Claim.Side.BELOW, 1),
            List.of(1L, 2L),
            List.of(1.0, 8.0),
            List.of(2.0, 4.0));
    assertThat(finding.interval().mean()).isCloseTo(1, within(1e-15));
    assertThat(finding.verdict()).isEqualTo(Verdict.UNDECIDED);
    Finding halved =
        new Finding(
            finding.claim(), SEEDS, List.of(1.0, 2.0, 3.0, 4.0), List.of(2.0, 4.0, 6.0, 8.0));
    assertThat(halved.interval().high()).isCloseTo(0.5, within(1e-15));
    assertThat(halved.verdict()).isEqualTo(Verdict.HOLDS);
  }

  @Test
  void oneSeedDecidesNothing() {
    Finding finding =
        new Finding(
            claim(Claim.By.DIFFERENCE, Claim.Side.ABOVE, 0),
            List.of(1L),
            List.of(100.0),
            List.of(0.0));
    assertThat(finding.verdict()).isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void theIntervalIsStudents() {
    // Mean 3, sample deviation sqrt(2.5), 4 degrees of freedom.
    Interval interval = Interval.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0));
    double half = 2.776445 * Math.sqrt(2.5 / 5);
    assertThat(interval.low()).isCloseTo(3 - half, within(1e-12));
    assertThat(interval.high()).isCloseTo(3 + half, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"31, 2.0395134", "40, 2.0210754", "60, 2.0002978", "120, 1.9799304"})
  void quantilesBeyondTheTableAgreeWithPrintedOnes(int freedom, double printed) {
    assertThat(Interval.quantile(freedom)).isCloseTo(printed, within(2e-5));
  }

  @ParameterizedTest
  @EnumSource(Claim.By.class)
  void whatIsNoNumberIsRefused(Claim.By by) {
    Finding finding =
        new Finding(
            claim(by, Claim.Side.ABOVE, 1),
            List.of(1L, 2L),
            List.of(Double.NaN, 1.0),
            List.of(1.0, 1.0));
    assertThatThrownBy(finding::verdict).hasMessageContaining("finite");
  }

  @Test
  void aRatioOfZeroIsRefused() {
    Finding finding =
        new Finding(
            claim(Claim.By.RATIO, Claim.Side.ABOVE, 1),
            List.of(1L, 2L),
            List.of(0.0, 1.0),
            List.of(1.0, 1.0));
    assertThatThrownBy(finding::verdict).hasMessageContaining("finite");
  }
}
