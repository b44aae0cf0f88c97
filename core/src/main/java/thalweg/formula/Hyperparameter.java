package thalweg.formula;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says the default and the range of one component of a rule's or transformation's record. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Hyperparameter {
  /**
   * The default in text form, such as {@code 1e-3} or {@code false}; empty if there is none, {@code
   * none} if it may stay open.
   */
  String value() default "";

  /** Its name in text form where that is not the component's in snake_case, such as T_max. */
  String name() default "";

  /**
   * The allowed interval, such as {@code [0, 1)} or {@code (0, inf)}; empty for anything finite.
   */
  String range() default "";
}
