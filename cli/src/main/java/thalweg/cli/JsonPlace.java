package thalweg.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Reads {@code --json} and {@code --json=FILE}. The next argument is never taken: in {@code --json
 * FILE} it is a file to read, and taking it would overwrite that.
 */
final class JsonPlace implements IParameterPreprocessor {
  static final Path STANDARD_OUTPUT = Path.of("-");

  @Override
  @SuppressWarnings("JdkObsolete") // picocli's signature
  public boolean preprocess(
      Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    boolean attached = "=".equals(info.get("separator"));
    option.setValue(attached ? Path.of(args.pop()) : STANDARD_OUTPUT);
    return true;
  }
}
