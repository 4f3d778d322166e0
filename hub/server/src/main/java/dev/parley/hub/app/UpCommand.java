package dev.parley.hub.app;

import dev.parley.adapters.BackendTypes;
import dev.parley.core.error.Shown;
import dev.parley.hub.config.BackendConfig;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.ConfigPrinter;
import dev.parley.hub.config.EnvironmentKeys;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.QuickConfig;
import dev.parley.hub.config.ServerConfig;
import dev.parley.hub.discovery.Discovery;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code parley up}: the hub itself. */
final class UpCommand implements Command {

  private static final Option DATA =
      new Option(
          "data", "FOLDER", "where the hub keeps what it stores; default data, or PARLEY_DATA");
  private static final Option HOST =
      new Option("host", "ADDRESS", "listen here; default 127.0.0.1, and :: is every address");
  private static final Option PORT =
      new Option("port", "NUMBER", "listen here; default 8080, and 0 is any free port");
  private static final Option PRINT =
      new Option("print-config", "", "print the values in effect and where each comes from");

  /** Backends on this machine answer sooner; others are shown as unknown rather than waited for. */
  private static final int FIRST_ROUND_MILLIS_MAX = 1_000;

  private static final Logger log = LoggerFactory.getLogger("dev.parley.hub.Config");

  @Override
  public String name() {
    return "up";
  }

  @Override
  public String summary() {
    return "start the hub";
  }

  @Override
  public String lesson() {
    return """
    Serves the backends of the configuration. Without one it serves the backends that answer
    on their usual ports of this machine, and looks again every 15 seconds. A changed
    configuration applies while the hub runs; one with mistakes changes nothing.

      parley up                       what there is, on http://127.0.0.1:8080
      parley up --config lab.yaml --port 9000

    PARLEY_DISCOVER_PORTS adds ports to look at, such as 9000,ollama=12345.

    Without a configuration file the environment can name servers, too. They come before those
    that are found; a file decides alone, and may read the same variables as ${NAME}.

      TTS_MODE            local or remote; remote where TTS_REMOTE_URL is set
      TTS_REMOTE_URL      the server that speaks; what kind it is, it is asked
      TTS_API_KEY         its key
      ASR_BACKEND         who writes down speech: local (as WHISPER_MODE says), openai or router
      WHISPER_MODE        local, remote or openai-api; remote where WHISPER_REMOTE_URL is set
      WHISPER_REMOTE_URL  the server that writes down speech
      OPENAI_API_KEY, OPENAI_MODEL (gpt-4o-transcribe and whisper-1)
      ROUTER_API_KEY, ROUTER_BASE_URL (OpenRouter), ROUTER_MODEL (openai/whisper-large-v3)

    OPENAI_API_KEY alone sends nothing anywhere: only ASR_BACKEND=openai or
    WHISPER_MODE=openai-api does. An empty variable is not set.

    Stop with Ctrl-C or SIGTERM: running streams may end, within server.drain_timeout. A second
    signal ends the hub at once.
    """;
  }

  @Override
  public List<Option> options() {
    return List.of(Option.CONFIG, HOST, PORT, DATA, PRINT);
  }

  @Override
  public int run(Arguments arguments, Shell shell)
      throws UsageException, ConfigException, InterruptedException {
    Optional<Integer> port = arguments.number(PORT, 0, 65_535);
    Optional<Path> file = Setup.file(arguments, shell);
    return file.isPresent()
        ? fromFile(file.get(), port, arguments, shell)
        : fromThisMachine(port, arguments, shell);
  }

  private static int fromFile(Path file, Optional<Integer> port, Arguments arguments, Shell shell)
      throws UsageException, ConfigException, InterruptedException {
    try (FollowedFile followed = new FollowedFile(file, shell)) {
      HubConfig config = overridden(followed.first(), arguments, port);
      printIfAsked(arguments, shell, config);
      try (Hub hub = new Hub(config, Places.of(arguments.get(DATA), shell), shell.clock())) {
        StopSignal stop = StopSignal.install();
        CompletableFuture<Void> firstRound = hub.start();
        followed.follow(hub);
        Setup.ignored(config, shell).ifPresent(shell.err()::println);
        announce(hub, config.server(), either(firstRound, stop), file + ", followed", shell);
        stop.await();
        farewell(config.server(), shell);
      }
    }
    return Exit.FINE;
  }

  private static int fromThisMachine(Optional<Integer> port, Arguments arguments, Shell shell)
      throws UsageException, ConfigException, InterruptedException {
    QuickConfig quick = Setup.quick(shell);
    try (Discovery discovery = Setup.discovery(shell)) {
      NamedServers named = new NamedServers(quick, discovery);
      ServerConfig server = overridden(HubConfig.EMPTY, arguments, port).server();
      named.refuse(server.port());
      named.look();
      List<BackendConfig> found = discovery.look(Set.of(server.port()));
      HubConfig config = withKeys(named.with(server, found), shell);
      printIfAsked(arguments, shell, config);
      try (Hub hub = new Hub(config, Places.of(arguments.get(DATA), shell), shell.clock())) {
        StopSignal stop = StopSignal.install();
        CompletableFuture<Void> firstRound = hub.start();
        try (Rediscovery again =
            new Rediscovery(
                discovery,
                Rediscovery.INTERVAL_DEFAULT,
                found,
                Set.of(hub.port()),
                named::look,
                backends -> {
                  HubConfig read = named.with(server, backends);
                  HubConfig next =
                      new HubConfig(
                          config.own(),
                          read.backends(),
                          read.models(),
                          read.defaults(),
                          read.origins());
                  log.info("backends named or on this machine: {}", next.backends().size());
                  hub.apply(next);
                })) {
          again.start();
          quick.meanings().forEach(shell.err()::println);
          quick.advice().forEach(advice -> shell.err().println("warning: " + advice));
          announce(hub, server, either(firstRound, stop), source(quick), shell);
          if (config.backends().isEmpty()) {
            shell.err().println(Setup.nothingFound(discovery));
          }
          stop.await();
        }
        farewell(server, shell);
      }
    }
    return Exit.FINE;
  }

  /** Without a file the environment alone gives keys. */
  private static HubConfig withKeys(HubConfig config, Shell shell) throws ConfigException {
    return new HubConfig(
        config.own().with(EnvironmentKeys.with(config.own().access(), shell.environment())),
        config.backends(),
        config.models(),
        config.defaults(),
        config.origins());
  }

  private static String source(QuickConfig quick) {
    return quick.servers().isEmpty()
        ? "no hub.yaml: serving what this machine has"
        : "no hub.yaml: serving what the environment names and this machine has";
  }

  /** The command line's word counts more than the file's. */
  private static HubConfig overridden(HubConfig config, Arguments arguments, Optional<Integer> port)
      throws UsageException {
    ServerConfig said = config.server();
    try {
      ServerConfig server =
          said.at(arguments.get(HOST).orElse(said.host()), port.orElse(said.port()));
      return new HubConfig(
          config.own().with(server),
          config.backends(),
          config.models(),
          config.defaults(),
          config.origins());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--host: " + e.getMessage());
    }
  }

  private static void printIfAsked(Arguments arguments, Shell shell, HubConfig config) {
    if (!arguments.has(PRINT)) {
      return;
    }
    for (String line : ConfigPrinter.lines(config, BackendTypes::usualConcurrency)) {
      boolean host = arguments.has(HOST) && line.startsWith("server.host = ");
      boolean port = arguments.has(PORT) && line.startsWith("server.port = ");
      String origin = host ? " (--host)" : port ? " (--port)" : "";
      shell
          .err()
          .println(origin.isEmpty() ? line : line.substring(0, line.lastIndexOf(" (")) + origin);
    }
    Places places = Places.of(arguments.get(DATA), shell);
    shell.err().println("data = " + Shown.quoted("" + places.data()));
    shell.err().println("models = " + Shown.quoted("" + places.modelFolder(config.own())));
  }

  /** A slow backend is no reason to keep the operator waiting, one who wants to stop even less. */
  private static CompletableFuture<?> either(CompletableFuture<Void> firstRound, StopSignal stop) {
    return CompletableFuture.anyOf(
        firstRound.copy().completeOnTimeout(null, FIRST_ROUND_MILLIS_MAX, TimeUnit.MILLISECONDS),
        stop.whenAsked());
  }

  private static void announce(
      Hub hub, ServerConfig server, CompletableFuture<?> known, String source, Shell shell) {
    known.join();
    String url = Banner.url(server, hub.port());
    Banner.lines(hub.registry().snapshot(), url, source).forEach(shell.err()::println);
  }

  private static void farewell(ServerConfig server, Shell shell) {
    shell
        .err()
        .println(
            "stopping; running calls may end within "
                + server.drainTimeout().toSeconds()
                + " s (again to stop at once)");
  }
}
