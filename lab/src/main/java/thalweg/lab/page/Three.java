package thalweg.lab.page;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * three.js as one ordinary script that defines {@code THREE}: the library itself, its orbit
 * controls and its wide lines.
 *
 * <p>It is published as modules, which are only to be had by loading them, and a page of ours loads
 * nothing. So each module becomes the body of a function: what it exports goes into one object, and
 * what it imports are constants from there.
 */
public final class Three {
  private static final String BASE = "/META-INF/resources/webjars/three/";
  private static final List<String> MODULES =
      List.of(
          "build/three.core.min.js",
          "build/three.module.min.js",
          "examples/jsm/lines/LineSegmentsGeometry.js",
          "examples/jsm/lines/LineMaterial.js",
          "examples/jsm/lines/LineSegments2.js",
          "examples/jsm/controls/OrbitControls.js");
  private static final Pattern DOOR =
      Pattern.compile(
          "(?:^|(?<=[;}]))(import|export)\\s*\\{([^}]*)}\\s*(from\\s*[\"'][^\"']+[\"'])?;?",
          Pattern.MULTILINE);
  private static final Pattern RENAMED = Pattern.compile("([\\w$]+)\\s+as\\s+([\\w$]+)");

  private Three() {}

  /** The version. */
  public static String version() {
    return Page.version("org.webjars.npm", "three");
  }

  /** The script. */
  public static String script() {
    StringBuilder script =
        new StringBuilder("const THREE = (() => {\n\"use strict\";\nconst THREE = {};\n");
    for (String module : MODULES) {
      String text = Page.resource(BASE + version() + "/" + module);
      script
          .append("(() => {\n")
          .append(DOOR.matcher(text).replaceAll(Three::opened))
          .append("\n})();\n");
    }
    return script.append("return THREE;\n})();\n").toString();
  }

  /** What an import or export of a module is in the script; one that passes on is nothing. */
  private static String opened(MatchResult door) {
    String names = door.group(2);
    @Nullable String from = door.group(3);
    String statement =
        switch (door.group(1)) {
          case "import" -> "const {%s} = THREE;".formatted(renamed(names, "$1: $2"));
          default ->
              from == null ? "Object.assign(THREE, {%s});".formatted(renamed(names, "$2: $1")) : "";
        };
    return Matcher.quoteReplacement(statement);
  }

  private static String renamed(String names, String to) {
    return RENAMED.matcher(names).replaceAll(to);
  }
}
