package dev.parley.hub.app;

import dev.parley.core.spi.BackendStatus;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.StatusWords;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** {@code parley backends}. */
final class BackendsCommand implements Command {

  private record Probed(RegisteredBackend backend, BackendStatus status, double millis) {}

  @Override
  public String name() {
    return "backends";
  }

  @Override
  public String summary() {
    return "ask every backend how it is, and how long it takes to say so";
  }

  @Override
  public String lesson() {
    return """
    Asks the backends of the configuration, or those found on this machine when there is
    none, and shows a line for each. Exit code 0 when all are healthy, else 1.

      parley backends --config hub.yaml
    """;
  }

  @Override
  public List<Option> options() {
    return List.of(Option.CONFIG);
  }

  @Override
  public int run(Arguments arguments, Shell shell)
      throws UsageException, ConfigException, InterruptedException {
    HubConfig config = Setup.readOrDiscover(arguments, shell);
    if (config.backends().isEmpty()) {
      shell.err().println("no backends: none is configured, and none answers on this machine");
      return Exit.FAILED;
    }
    try (BackendAssembly backends = BackendAssembly.of(config)) {
      // The first round opens connections and lists models, so that the second measures the way.
      backends.registry().refresh().join();
      List<CompletableFuture<Probed>> probes =
          backends.registry().snapshot().backends().stream()
              .map(backend -> probe(backend, shell.clock()))
              .toList();
      return show(probes.stream().map(CompletableFuture::join).toList(), shell);
    }
  }

  private static CompletableFuture<Probed> probe(RegisteredBackend backend, Clock clock) {
    long start = clock.nanoTime();
    return backend
        .backend()
        .probe()
        .thenApply(status -> new Probed(backend, status, (clock.nanoTime() - start) / 1e6));
  }

  private static int show(List<Probed> rows, Shell shell) {
    Table table = new Table("ID", "TYPE", "URL", "STATE", "MS", "MODELS", "DETAIL");
    boolean healthy = true;
    for (Probed row : rows) {
      boolean fine = row.status() instanceof BackendStatus.Healthy;
      healthy &= fine;
      table.row(
          row.backend().id(),
          row.backend().config().type(),
          row.backend().config().baseUrl().toString(),
          StatusWords.of(row.status()),
          fine ? String.format(Locale.ROOT, "%.1f", row.millis()) : "-",
          Integer.toString(row.backend().models().size()),
          row.status().detail().replaceAll("\\p{Cntrl}", " "));
    }
    table.lines().forEach(shell.out()::println);
    return healthy ? Exit.FINE : Exit.FAILED;
  }
}
