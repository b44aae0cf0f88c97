package thalweg.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import thalweg.lab.catalogue.CatalogueView;

@Command(
    name = "list",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "The catalogue: every optimizer and transformation with its hyperparameters.",
    footer = {"", "Examples:", "  ./thalweg list", "  ./thalweg list --json"})
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "As JSON, format catalogue/1, with papers and ranges.")
  private boolean json;

  @Mixin private Common common;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(json ? CatalogueView.json() + "\n" : CatalogueView.text());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
