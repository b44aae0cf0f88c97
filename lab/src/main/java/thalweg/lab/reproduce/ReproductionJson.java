package thalweg.lab.reproduce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import thalweg.lab.BadInput;
import thalweg.lab.FiniteNumbers;
import thalweg.lab.SafeFile;

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

  /**
   * Writes a file, wholly or not at all.
   *
   * @throws BadInput if the place cannot be written
   */
  public static void write(Path file, Reproduction reproduction) {
    SafeFile.write(file, (compact(reproduction) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
