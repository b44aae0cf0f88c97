package thalweg.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import thalweg.lab.catalogue.CatalogueView;

@Command(
    name = "list",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "The catalogue: every optimizer, transformation and schedule with its hyperparameters, their"
          + " defaults and its paper."
    },
    footer = {
      "",
      "Examples:",
      "  ./thalweg list",
      "  ./thalweg list --short clip",
      "  ./thalweg list --json"
    })
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "WORD",
      arity = "0..*",
      description = "Only what has these words in its name, heading, sentence or paper.")
  private List<String> words = List.of();

  /** Two forms that exclude each other. */
  private static final class Form {
    @Option(names = "--short", description = "Names and sentences alone, one line each.")
    private boolean brief;

    @Option(names = "--json", description = "As JSON, format catalogue/1, with ranges too.")
    private boolean json;
  }

  @ArgGroup private Form form = new Form();

  @Mixin private Common common;

  @Override
  public Integer call() {
    CatalogueView view = CatalogueView.of(words);
    spec.commandLine()
        .getOut()
        .print(form.json ? view.json() + "\n" : form.brief ? view.brief() : view.text());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
