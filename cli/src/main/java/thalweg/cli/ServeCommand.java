package thalweg.cli;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import thalweg.lab.serve.LiveServer;
import thalweg.lab.serve.ServeSettings;
import thalweg.lab.serve.http.Limits;

@Command(
    name = "serve",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "The live page: optimizers on surfaces to play with, and the runs of train and compare as"
          + " they go.",
      "",
      "Prints the address to open in a browser and answers until Ctrl-C. Only this machine reaches"
          + " it, and the pages load nothing from elsewhere.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./thalweg serve",
      "  ./thalweg serve --port 0 --runs experiments",
      "",
      "Runs to watch: ./thalweg train ..., and ./thalweg compare ... --run runs/NAME.",
      "Exit codes: 2 bad input, such as a port in use; 130 ended by Ctrl-C."
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8420",
      description = "Where to listen; 0 takes any port that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "Name or address to listen on (default: ${DEFAULT-VALUE}, this machine alone).")
  private String host;

  @Option(
      names = "--network",
      description =
          "Let --host be one that other machines reach. There is no password: they may watch, stop"
              + " and continue your runs.")
  private boolean network;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "The folder whose runs are shown (default: ${DEFAULT-VALUE}).")
  private Path runs;

  @Mixin private Common common;

  @Override
  public Integer call() throws InterruptedException {
    ServeSettings settings =
        new ServeSettings(
            host,
            port,
            network,
            runs,
            common.threads(),
            Version.text(),
            ServeCommand::continuing,
            Limits.USUAL);
    PrintWriter out = spec.commandLine().getOut();
    try (LiveServer server = LiveServer.start(settings)) {
      out.println("playground  " + server.url());
      out.println("runs        " + server.url() + "runs");
      out.println("Ctrl-C ends it.");
      out.flush();
      Thread ending = new Thread(server::close, "close the server");
      Runtime.getRuntime().addShutdownHook(ending);
      server.await();
    }
    return 0;
  }

  /** This very program, with the flags it was started with. */
  private static List<String> continuing(String verb, Path run) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("thalweg.cli.Main", verb, "--resume", run.toString(), "--quiet"));
    return command;
  }
}
