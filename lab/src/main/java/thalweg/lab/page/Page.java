package thalweg.lab.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One HTML file that needs nothing else: style, chart library and numbers are inside, and its own
 * policy forbids it to load anything. What is put into it has been escaped.
 */
public final class Page {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z_]+)}}");

  private Page() {}

  /** A template with a part in each place {@code {{name}}}. */
  public static String of(String template, Map<String, String> parts) {
    return PLACE
        .matcher(template)
        .replaceAll(place -> {
          @Nullable String part = parts.get(place.group(1));
          if (part == null) {
            throw new IllegalStateException("the page asks for unknown " + place.group());
          }
          return Matcher.quoteReplacement(part);
        });
  }

  /** The style of all pages, light and dark. */
  public static String css() {
    return resource("/thalweg/lab/page/page.css");
  }

  /** The chart library. */
  public static String echarts() {
    return resource("/META-INF/resources/webjars/echarts/" + echartsVersion() + "/echarts.min.js");
  }

  /** Its version. */
  public static String echartsVersion() {
    Properties properties = new Properties();
    try {
      properties.load(
          new StringReader(resource("/META-INF/maven/org.webjars/echarts/pom.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }

  /** A text on the class path. */
  public static String resource(String path) {
    try (@Nullable InputStream in = Page.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(
            "%s is not on the class path; the page needs it (org.webjars:echarts holds the charts)"
                .formatted(path));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }
}
