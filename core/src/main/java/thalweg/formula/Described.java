package thalweg.formula;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the catalogue, {@code explain} and the generated pages say beside the printed formula. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Described {
  /** One sentence: the effect. */
  String value();

  /** The source: authors, year, title, algorithm or equation number. */
  String paper();

  /** The formula, where it is not printed from the code: one line. */
  String formula() default "";

  /** Numbered list of differences from PyTorch, from Optax or from the paper. */
  String[] differs() default {};
}
