package thalweg.lab.reproduce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import thalweg.lab.FiniteNumbers;

/**
 * The JSON form of a reproduction, described in docs/json.md. Intervals and verdicts are written
 * with the values they follow from.
 */
public final class ReproductionJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .addModule(new FiniteNumbers())
          .build();

  private ReproductionJson() {}

  /** On one line, as the page carries it. */
  public static String compact(Reproduction reproduction) {
    try {
      return MAPPER.writeValueAsString(reproduction);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a reproduction does not turn into JSON", e);
    }
  }
}
