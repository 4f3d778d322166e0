package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads a configuration file whole, or tells every mistake in it at once. No state; any thread, but
 * {@link #read} waits for the disk.
 *
 * <p>Besides the full form it reads the older flat one: entries of {@code backends}, of {@code
 * model_backends} or of a bare list, each of which names a model and means one backend with one
 * model. Without a {@code type} such an entry is a {@code vllm-omni} when it gives audio, else
 * {@code openai}.
 */
public final class ConfigReader {

  private static final List<String> KEYS =
      List.of(
          "server",
          "media",
          "local",
          "voices",
          "database",
          "access",
          "limits",
          "usage",
          "telemetry",
          "cache",
          "backends",
          "models",
          "defaults",
          "model_backends");

  private ConfigReader() {}

  /**
   * Reads a file of at most 1 MiB.
   *
   * @param backendTypes what {@code type} of a backend may say
   * @param environment a variable's value, or null when it is not set
   */
  public static HubConfig read(
      Path file, Set<String> backendTypes, Function<String, @Nullable String> environment)
      throws ConfigException {
    String name = Optional.ofNullable(file.getFileName()).orElse(file).toString();
    try (InputStream in = Files.newInputStream(file)) {
      // One byte more than allowed is enough for the size to be refused.
      ByteBuffer bytes = ByteBuffer.wrap(in.readNBytes(YamlText.BYTES_MAX + 1));
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return parse(text, name, backendTypes, environment);
    } catch (CharacterCodingException e) {
      throw unreadable(name, "bytes that are not UTF-8", e);
    } catch (NoSuchFileException e) {
      throw unreadable(name, "no such file", e);
    } catch (IOException e) {
      throw unreadable(name, "a file that cannot be read", e);
    }
  }

  /** Like {@link #read}, of text in memory; the name stands before each problem. */
  public static HubConfig parse(
      String text,
      String name,
      Set<String> backendTypes,
      Function<String, @Nullable String> environment)
      throws ConfigException {
    Reading reading = new Reading(Shown.escaped(name, 255), Set.copyOf(backendTypes), environment);
    reading.origin(
        AccessPrinter.ENVIRONMENT,
        new Origin.Variable(String.join(" and ", EnvironmentKeys.VARIABLES)));
    Optional<HubConfig> config =
        YamlText.root(reading, text).flatMap(root -> document(reading, root));
    reading.throwProblems();
    HubConfig read = config.orElseThrow();
    OwnConfig own = read.own();
    return new HubConfig(
        own.with(EnvironmentKeys.with(own.access(), environment)),
        read.backends(),
        read.models(),
        read.defaults(),
        read.origins());
  }

  /** Empty when a problem was reported: what was read may not be consistent then. */
  private static Optional<HubConfig> document(Reading reading, Node root) {
    if (root instanceof SequenceNode) {
      List<Node> items = YamlMap.items(reading, root, Spot.ROOT);
      List<BackendConfig> backends =
          BackendsReader.read(reading, items, Spot.ROOT.standingFor("backends"));
      return config(reading, OwnConfig.DEFAULT, backends, List.of(), Defaults.NONE);
    }
    YamlMap map = YamlMap.of(reading, root, Spot.ROOT, KEYS);
    OwnConfig own =
        new OwnConfig(
            map.node("server")
                .map(node -> ServerReader.read(reading, node))
                .orElse(ServerConfig.DEFAULT),
            map.node("media")
                .map(node -> MediaReader.read(reading, node))
                .orElse(MediaConfig.DEFAULT),
            map.node("local")
                .map(node -> LocalReader.read(reading, node))
                .orElse(LocalConfig.DEFAULT),
            map.node("voices")
                .map(node -> VoicesReader.read(reading, node))
                .orElse(VoicesConfig.DEFAULT),
            map.node("database").flatMap(node -> DatabaseReader.read(reading, node)),
            map.node("access")
                .map(node -> AccessReader.read(reading, node))
                .orElse(AccessConfig.DEFAULT),
            map.node("limits")
                .map(node -> QuotasReader.read(reading, node))
                .orElse(QuotasConfig.DEFAULT),
            map.node("usage")
                .map(node -> UsageReader.read(reading, node))
                .orElse(UsageConfig.DEFAULT),
            map.node("telemetry")
                .map(node -> TelemetryReader.read(reading, node))
                .orElseGet(() -> TelemetryReader.unsaid(reading)),
            map.node("cache")
                .map(node -> CacheReader.read(reading, node))
                .orElse(CacheConfig.DEFAULT));
    QuotasReader.check(reading, map, own);
    List<BackendConfig> backends = backends(reading, map);
    List<ModelConfig> models = ModelsReader.read(reading, map, backends);
    Defaults defaults =
        map.node("defaults")
            .map(node -> DefaultsReader.read(reading, node, backends, models))
            .orElse(Defaults.NONE);
    return config(reading, own, backends, models, defaults);
  }

  private static List<BackendConfig> backends(Reading reading, YamlMap map) {
    if (!map.has("model_backends")) {
      return BackendsReader.read(reading, map.items("backends"), map.spot("backends"));
    }
    if (map.has("backends")) {
      reading.problem(
          map.line("model_backends"), "model_backends", "given besides backends", "one of both");
    }
    Spot spot = map.spot("model_backends").standingFor("backends");
    return BackendsReader.read(reading, map.items("model_backends"), spot);
  }

  private static Optional<HubConfig> config(
      Reading reading,
      OwnConfig own,
      List<BackendConfig> backends,
      List<ModelConfig> models,
      Defaults defaults) {
    return reading.hasProblems()
        ? Optional.empty()
        : Optional.of(new HubConfig(own, backends, models, defaults, reading.origins()));
  }

  private static ConfigException unreadable(String name, String found, IOException cause) {
    Problem problem =
        new Problem(
            Shown.escaped(name, 255), 0, "", found, "a readable YAML file", Optional.empty());
    ConfigException exception = new ConfigException(List.of(problem));
    exception.initCause(cause);
    return exception;
  }
}
