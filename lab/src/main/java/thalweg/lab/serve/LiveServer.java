package thalweg.lab.serve;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import thalweg.formula.FormulaException;
import thalweg.formula.ScheduleException;
import thalweg.lab.BadInput;
import thalweg.lab.serve.http.Guard;
import thalweg.lab.serve.http.Site;
import thalweg.lab.serve.play.Play;
import thalweg.lab.serve.runs.Runs;
import thalweg.text.SpecException;

/** The live page: a playground for optimizers on surfaces, and a monitor for runs. Close it. */
public final class LiveServer implements AutoCloseable {
  private final Site site;
  private final String url;
  private final CountDownLatch closed = new CountDownLatch(1);

  private LiveServer(Site site, String url) {
    this.site = site;
    this.url = url;
  }

  /**
   * Begins to listen.
   *
   * @throws BadInput if it cannot: the port is in use, there is no such host, other machines would
   *     reach it without that having been allowed, or the runs are no folder of runs
   */
  public static LiveServer start(ServeSettings settings) {
    InetAddress address = address(settings);
    check(settings);
    Guard guard = new Guard(settings.host());
    Site site = new Site(Pages.assets(), guard, settings.limits(), LiveServer::badInput);
    Runs runs = new Runs(settings.runs(), settings.continuing());
    new Pages(guard, settings, runs::whyNot).addTo(site);
    Play play = new Play(settings.threads());
    play.addTo(site);
    runs.addTo(site);
    try {
      play.warmUp();
      int port = site.start(new InetSocketAddress(address, settings.port())).getPort();
      String host = address.isAnyLocalAddress() ? "127.0.0.1" : settings.host();
      return new LiveServer(
          site, "http://%s:%d/".formatted(host.contains(":") ? "[" + host + "]" : host, port));
    } catch (BindException e) {
      site.close();
      throw new BadInput(
          "cannot listen on %s port %d: %s; give another with --port, or --port 0 for any that is free"
              .formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    } catch (IOException e) {
      site.close();
      throw new BadInput(
          "cannot listen on %s port %d: %s"
              .formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    }
  }

  private static InetAddress address(ServeSettings settings) {
    if (settings.port() < 0 || settings.port() > 65_535) {
      throw new BadInput("--port must be from 0 to 65535, got " + settings.port());
    }
    if (settings.host().isBlank()) {
      throw new BadInput("--host is empty; give --host 127.0.0.1, or leave it out");
    }
    try {
      InetAddress address = InetAddress.getByName(settings.host());
      if (!address.isLoopbackAddress() && !settings.network()) {
        throw new BadInput(
            "--host %s would let other machines in without a password, to watch, stop and continue your runs; add --network to allow that, or leave --host out for this machine alone"
                .formatted(settings.host()));
      }
      return address;
    } catch (UnknownHostException e) {
      throw new BadInput(
          "there is no host '%s' here; give --host 127.0.0.1, or leave it out"
              .formatted(settings.host()),
          e);
    }
  }

  private static void check(ServeSettings settings) {
    if (settings.runs().toString().isBlank()) {
      throw new BadInput("--runs is empty; give the folder that runs lie in, or leave it out");
    }
    if (Files.exists(settings.runs()) && !Files.isDirectory(settings.runs())) {
      throw new BadInput(
          "--runs %s is a file; give the folder that runs lie in".formatted(settings.runs()));
    }
    if (Files.exists(settings.runs().resolve("log.jsonl"))) {
      throw new BadInput(
          "--runs %s is itself a run; give the folder it lies in".formatted(settings.runs()));
    }
  }

  /** The line of what a user can put right. */
  private static Optional<String> badInput(RuntimeException e) {
    boolean bad =
        e instanceof BadInput
            || e instanceof SpecException
            || e instanceof FormulaException
            || e instanceof ScheduleException;
    return bad ? Optional.of(String.valueOf(e.getMessage())) : Optional.empty();
  }

  /** Where a browser finds it, ending in a slash. */
  public String url() {
    return url;
  }

  /** Waits until it is closed. */
  public void await() throws InterruptedException {
    closed.await();
  }

  @Override
  public void close() {
    site.close();
    closed.countDown();
  }
}
