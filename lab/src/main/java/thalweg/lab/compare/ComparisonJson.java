package thalweg.lab.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import thalweg.lab.BadInput;
import thalweg.lab.FiniteNumbers;
import thalweg.lab.SafeFile;

/**
 * The JSON form of a comparison, described in docs/json.md.
 *
 * <p>A number that is infinite or not a number is null, and is read back as NaN: JSON has neither.
 */
public final class ComparisonJson {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(new FiniteNumbers())
          .build();

  private ComparisonJson() {}

  /** On one line, as the report carries it. */
  public static String compact(Comparison comparison) {
    try {
      return MAPPER.writeValueAsString(comparison);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a comparison does not turn into JSON", e);
    }
  }

  /** Indented, with a line break at the end, as a file holds it. */
  public static String text(Comparison comparison) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(comparison) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a comparison does not turn into JSON", e);
    }
  }

  /**
   * Writes a file, wholly or not at all.
   *
   * @throws BadInput if the place cannot be written
   */
  public static void write(Path file, Comparison comparison) {
    SafeFile.write(file, text(comparison).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a file back. Fields of later versions of the format are passed over.
   *
   * @throws BadInput if it cannot be read, is not JSON, or is another format
   */
  public static Comparison read(Path file) {
    try {
      JsonNode tree = MAPPER.readTree(Files.readAllBytes(file));
      String format = tree.path("format").asText("none");
      if (!format.equals(Comparison.FORMAT)) {
        throw new BadInput(
            "%s: format '%s', expected '%s'; give a file that compare --json wrote"
                .formatted(file, format, Comparison.FORMAT));
      }
      EarlierFiles.complete(tree);
      return MAPPER.treeToValue(tree, Comparison.class);
    } catch (NoSuchFileException e) {
      throw new BadInput(
          "cannot read %s: there is no such file; check the path".formatted(file), e);
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new BadInput(
          "%s%s: %s; write the file again with compare --json"
              .formatted(file, line > 0 ? ":" + line : "", e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new BadInput("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
