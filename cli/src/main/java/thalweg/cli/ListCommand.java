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
    description = "The catalogue: every optimizer and transformation with its hyperparameters.")
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Common common;

  @Option(names = "--json", description = "As JSON, format catalogue/1.")
  private boolean json;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(json ? CatalogueView.json() + "\n" : CatalogueView.text());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
