package dev.parley.hub.bench.process;

import dev.parley.hub.bench.fake.FakeBackendMain;
import dev.parley.hub.bench.fake.FakeRecognizerMain;
import dev.parley.hub.bench.fake.FakeSpeechMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Starts the servers of a benchmark, each on a free port, with files in one directory. */
public final class Servers {

  private static final String HUB_MAIN = "dev.parley.hub.app.Main";
  private static final List<String> HUB_OPTIONS = List.of("-XX:+UseG1GC", "-Xms32m", "-Xmx256m");

  private final Path directory;

  public Servers(Path directory) {
    this.directory = directory;
  }

  /** The options that the launcher hands on, else the same defaults. */
  public static List<String> hubOptions() {
    String shipped = System.getenv("PARLEY_HUB_OPTS");
    return shipped == null || shipped.isBlank()
        ? HUB_OPTIONS
        : Arrays.asList(shipped.strip().split("\\s+"));
  }

  /** The backend. */
  public Child backend() {
    return fake("backend", FakeBackendMain.class);
  }

  /** The backend that speaks. */
  public Child speech() {
    return fake("speech", FakeSpeechMain.class);
  }

  /** The backend that listens, and takes a while for each answer. */
  public Child recognizer(long delayMillis) {
    return fake("recognizer", FakeRecognizerMain.class, Long.toString(delayMillis));
  }

  private Child fake(String name, Class<?> main, String... more) {
    int port = Child.freePort();
    List<String> options = List.of("-XX:+UseSerialGC", "-Xms32m", "-Xmx128m");
    List<String> arguments =
        Stream.concat(Stream.of(Integer.toString(port)), Arrays.stream(more)).toList();
    List<String> command = JavaCommand.of(options, main.getName(), arguments);
    return Child.start("fake " + name, command, log(name), port);
  }

  /** The hub, as shipped: its configuration names the backend and widens the limits. */
  public Child hub(int backendPort) {
    return hub(
        "hub",
        port ->
            """
            server:
              host: 127.0.0.1
              port: %d
            backends:
              - id: fake
                type: openai
                base_url: http://127.0.0.1:%d/v1
                models:
                  - id: bench
                    capabilities: [chat]
                limits: { concurrency: 2000, queue: 2000 }
            """
                .formatted(port, backendPort),
        List.of());
  }

  /**
   * The hub.
   *
   * @param config makes its configuration for the port it is to listen on
   * @param options of the virtual machine, behind those it is shipped with
   */
  public Child hub(IntFunction<String> config, List<String> options) {
    return hub("hub", config, options);
  }

  /**
   * One of several hubs.
   *
   * @param name of its files and its log
   */
  public Child hub(String name, IntFunction<String> config, List<String> options) {
    int port = Child.freePort();
    Path file = write(name + ".yaml", config.apply(port));
    List<String> all = Stream.concat(hubOptions().stream(), options.stream()).toList();
    String data = data(name).toString();
    List<String> arguments = List.of("up", "--config", file.toString(), "--data", data);
    return Child.start(name, JavaCommand.of(all, HUB_MAIN, arguments), log(name), port);
  }

  /**
   * nginx with one worker in front of the backend: kept connections on both sides and a line in its
   * log for each request. What lies under {@link #UNBUFFERED} is passed on unbuffered.
   */
  public Optional<Child> nginx(int backendPort) {
    Optional<Path> program = program("nginx");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    int port = Child.freePort();
    String text = NginxConfig.of(directory, port, backendPort);
    Path config = write("nginx.conf", text);
    List<String> command =
        List.of(
            program.get().toString(),
            "-p",
            directory.toString(),
            "-e",
            "stderr",
            "-c",
            config.toString());
    return Optional.of(Child.start("nginx", command, log("nginx"), port));
  }

  /** Where a program lies that can be run, on the path or where servers usually are. */
  public static Optional<Path> program(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Arrays.stream(path.split(File.pathSeparator, -1)), Stream.of("/usr/sbin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Before the path of a request to nginx that is not to be buffered. */
  public static final String UNBUFFERED = NginxConfig.UNBUFFERED;

  /** Where the hub of this name keeps things. */
  public Path data(String name) {
    return directory.resolve(name + "-data");
  }

  private Path log(String name) {
    return directory.resolve(name + ".log");
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new BenchFailure("cannot write " + name + ": " + e.getMessage(), e);
    }
  }
}
