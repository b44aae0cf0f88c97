package thalweg.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake in a text form is one line: where, what was found, what to do. */
class SpecErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          adamm(lr=1) ~ 'adamm(lr=1)', position 1: no optimizer or transformation is called 'adamm'; did you mean adam, adamw or adamax?
          Adam ~ 'Adam', position 1: no optimizer or transformation is called 'Adam'; did you mean adam, adamw or adamax?
          shampoo(lr=1) ~ 'shampoo(lr=1)', position 1: no optimizer or transformation is called 'shampoo'; among others there are sgd, momentum, rmsprop, adam, adamw
          adamw(lrr=1) ~ 'adamw(lrr=1)', position 7: adamw has no hyperparameter 'lrr'; did you mean lr? It has lr, betas, eps, weight_decay, amsgrad, eps_placement, bias_correction, maximize
          adamw(learning_rate=1) ~ 'adamw(learning_rate=1)', position 7: adamw has no hyperparameter 'learning_rate'; it has lr, betas, eps, weight_decay, amsgrad, eps_placement, bias_correction, maximize
          negate(x=1) | sgd ~ 'negate(x=1) | sgd', position 8: negate has no hyperparameters, got 'x'; remove it
          adamw(lr=-1) ~ 'adamw(lr=-1)', position 10: adamw.lr must be in [0, inf), got -1.0
          adamw(beta2=1.0) ~ 'adamw(beta2=1.0)', position 13: adamw.beta2 must be in [0, 1), got 1.0
          adamw(betas=[0.9, 1.5]) ~ 'adamw(betas=[0.9, 1.5])', position 19: adamw.beta2 must be in [0, 1), got 1.5
          adamw(lr=nan) ~ 'adamw(lr=nan)', position 10: adamw.lr must be in [0, inf), got NaN
          adamw(lr=inf) ~ 'adamw(lr=inf)', position 10: adamw.lr must be in [0, inf), got Infinity
          adamw(lr=fast) ~ 'adamw(lr=fast)', position 10: adamw.lr must be a number, got 'fast'
          adamw(lr=1d) ~ 'adamw(lr=1d)', position 10: adamw.lr must be a number, got '1d'
          adamw(lr=[1, 2]) ~ 'adamw(lr=[1, 2])', position 10: adamw.lr must be a number, got a list
          adamw(amsgrad=1) ~ 'adamw(amsgrad=1)', position 15: adamw.amsgrad must be true or false, got '1'
          adamw(eps_placement=left) ~ 'adamw(eps_placement=left)', position 21: adamw.eps_placement must be one of outside, inside, got 'left'
          adamw(betas=0.9) ~ 'adamw(betas=0.9)', position 13: adamw.betas takes 2 values (beta1, beta2), got '0.9'; write betas=[0.9, 0.999]
          adamw(betas=[0.9]) ~ 'adamw(betas=[0.9])', position 13: adamw.betas takes 2 values (beta1, beta2), got 1; write betas=[0.9, 0.999]
          adamw(betas=[0.9, 0.99, 0.999]) ~ 'adamw(betas=[0.9, 0.99, 0.999])', position 13: adamw.betas takes 2 values (beta1, beta2), got 3; write betas=[0.9, 0.999]
          adamw(betas=[]) ~ 'adamw(betas=[])', position 13: adamw.betas takes 2 values (beta1, beta2), got 0; write betas=[0.9, 0.999]
          clip_by_global_norm() | adam ~ 'clip_by_global_norm() | adam', position 1: clip_by_global_norm needs max_norm in (0, inf); write clip_by_global_norm(max_norm=…)
          clip_by_global_norm | adam ~ 'clip_by_global_norm | adam', position 1: clip_by_global_norm needs max_norm in (0, inf); write clip_by_global_norm(max_norm=…)
          adam(lr=1, lr=2) ~ 'adam(lr=1, lr=2)', position 12: lr is given twice, first at 6; remove one
          adam(0.1, lr=2) ~ 'adam(0.1, lr=2)', position 11: lr is given twice, first at 6; remove one
          adam(betas=[0.9, 0.99], beta2=0.9) ~ 'adam(betas=[0.9, 0.99], beta2=0.9)', position 25: beta2 is given twice, first at 6; remove one
          adam(lr=1, 0.9) ~ 'adam(lr=1, 0.9)', position 12: a value without a name stands after a named one; name it
          descend(1, 2) ~ 'descend(1, 2)', position 12: descend has no hyperparameter after lr; remove this value
          negate(1) | sgd ~ 'negate(1) | sgd', position 8: negate has no hyperparameters; remove this value
          sgd(nesterov=true) ~ 'sgd(nesterov=true)', position 1: sgd.nesterov needs momentum > 0 and dampening = 0, got momentum 0.0, dampening 0.0
          adam(lr=1 ~ 'adam(lr=1', position 10: '(' at 5 is not closed; add ')'
          adam(betas=[0.9, 0.99 ~ 'adam(betas=[0.9, 0.99', position 22: '[' at 12 is not closed; add ']'
          adam(betas=[0.9, 0.99) ~ 'adam(betas=[0.9, 0.99)', position 22: '[' at 12 is closed by ')'; write ']'
          adam(lr=1] ~ 'adam(lr=1]', position 10: '(' at 5 is closed by ']'; write ')'
          adam) ~ 'adam)', position 5: ')' closes nothing; remove it
          ) ~ ')', position 1: ')' closes nothing; remove it
          adam(lr=1)) ~ 'adam(lr=1))', position 11: ')' closes nothing; remove it
          adam(lr=) ~ 'adam(lr=)', position 9: the value of 'lr' is missing; write lr=…
          adam(lr=1 momentum=2) ~ 'adam(lr=1 momentum=2)', position 11: expected ',' or ')', got 'momentum'
          adam(=1) ~ 'adam(=1)', position 6: expected a value or name=value, got '='
          adam(,) ~ 'adam(,)', position 6: expected a value or name=value, got ','
          adam(lr==1) ~ 'adam(lr==1)', position 9: expected a value, got '='
          adam lr=1 ~ 'adam lr=1', position 6: expected '|' or the end, got 'lr'; write a | b to chain a and b
          adam() | | sgd() ~ 'adam() | | sgd()', position 10: a link is missing between '|' and '|'; write a name or remove one '|'
          | adam ~ '| adam', position 1: a link is missing before '|'; write a name or remove the '|'
          adam | ~ 'adam |', position 7: a link is missing after '|'; write a name or remove the '|'
          (adam) ~ '(adam)', position 1: expected a name such as adamw, got '('
          clip_by_value(1) ~ 'clip_by_value(1)': nothing moves the parameter; end the chain with descend(lr) or a named optimizer such as adam
          adam | sgd ~ 'adam | sgd': sgd descends after adam has; a chain moves the parameter once: remove one of them
          adam | clip_by_value(1) ~ 'adam | clip_by_value(1)': clip_by_value stands after adam, which has already used the direction; put it before
          sgd | decay_weights(0.1) ~ 'sgd | decay_weights(0.1)': decay_weights stands after sgd, which has already moved the parameter; put it before
          """)
  void eachMistakeHasItsLine(String text, String message) {
    assertThatThrownBy(() -> Specs.parseOptimizer(text))
        .isInstanceOf(SpecException.class)
        .hasMessage(message);
  }

  @Test
  void anEmptyTextSaysWhatToWrite() {
    for (String text : List.of("", "  ", "\n")) {
      assertThatThrownBy(() -> Specs.parse(text))
          .isInstanceOf(SpecException.class)
          .hasMessageEndingWith(
              ", position 1: there is nothing to read; write an optimizer such as adamw(lr=3e-4)");
    }
  }

  @Test
  void aMessageIsOneLineAndShortWhateverTheText() {
    String text = "adam(\n  lr = 1,\n" + " ".repeat(300) + "lrr=2)" + " ".repeat(300);
    assertThatThrownBy(() -> Specs.parse(text))
        .isInstanceOf(SpecException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300).doesNotContain("\n"))
        .hasMessageContaining("lrr=2)")
        .hasMessageContaining("…', position 317: adam has no hyperparameter 'lrr'");
  }

  @Test
  void hyperparametersBesideANameAreCheckedAlike() {
    assertMapMessage("adamw", "lr", -1.0, "'adamw', lr: adamw.lr must be in [0, inf), got -1.0");
    assertMapMessage("adamw", "lr", "fast", "'adamw', lr: adamw.lr must be a number, got 'fast'");
    assertMapMessage(
        "adamw",
        "betas",
        List.of(0.9),
        "'adamw', betas: adamw.betas takes 2 values (beta1, beta2), got 1; write betas=[0.9,"
            + " 0.999]");
    assertMapMessage(
        "adamw", "lr", null, "'adamw', lr: the value is null; leave it out for the default");
    assertMapMessage(
        "adamw",
        "lr",
        Map.of(),
        "'adamw', lr: a value must be a number, true, false, a word or a list, got MapN");
    assertMapMessage(
        "adamm",
        "lr",
        1,
        "'adamm': no optimizer or transformation is called 'adamm'; did you mean adam, adamw or"
            + " adamax?");
    assertMapMessage(
        "clip_by_value(1) | adam",
        "lr",
        1,
        "'clip_by_value(1) | adam': hyperparameters beside it (lr) need one plain name such as"
            + " adamw; write them into the text instead");
  }

  private static void assertMapMessage(
      String name, String key, @Nullable Object value, String message) {
    Map<String, Object> hyperparameters = new HashMap<>();
    hyperparameters.put(key, value);
    assertThatThrownBy(() -> Specs.parse(name, hyperparameters))
        .isInstanceOf(SpecException.class)
        .hasMessage(message);
  }
}
