package dev.parley.hub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.core.model.Privacy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigRecordsTest {

  @Test
  void refuseWhatTheFileMayNotSay() {
    refused(() -> new TargetConfig.Served("a", "m", 0));
    refused(() -> new TargetConfig.Served("a b", "m", 1));
    refused(() -> ModelConfig.of("m", List.of()));
    refused(() -> new LimitsConfig(0, 0, Optional.empty()));
    refused(() -> new Secret("a\r\nb"));
    refused(() -> new AuthConfig.Basic("a:b", new Secret("x")));
    refused(() -> new AuthConfig.Header("content-length", new Secret("1")));
    refused(() -> BackendModelConfig.named("a b"));
    refused(() -> backend("http://user@h"));
    refused(() -> backend("ftp://h"));
    refused(() -> backend("http:///v1"));
    refused(() -> backend("http://h?x=1"));
    refused(() -> backend("http://h:99999"));
    OptionalLong none = OptionalLong.empty();
    refused(() -> new PriceConfig(OptionalLong.of(-1), none, none, none));
    refused(() -> new HedgeConfig(Duration.ZERO, 5));
    refused(() -> context(2, 1));
  }

  @Test
  void aConfigurationRefusesNamesThatLeadNowhere() {
    TargetConfig served = new TargetConfig.Served("a", "m", 1);
    config(name("x", served), name("y", new TargetConfig.Alias("x", 1)));
    refused(() -> config(name("x", new TargetConfig.Alias("y", 1))));
    refused(() -> config(name("x", served, new TargetConfig.Alias("x", 1))));
    refused(() ->
        config(
            name("x", served, new TargetConfig.Alias("y", 1)),
            name("y", new TargetConfig.Alias("x", 1))));
    refused(() -> config(name("x", new TargetConfig.Served("b", "m", 1))));
    refused(() ->
        config(
            new ModelConfig(
                "x",
                Strategy.PRIORITY,
                List.of(served),
                List.of(
                    new RuleConfig(
                        ConditionsConfig.NONE,
                        Optional.empty(),
                        List.of(new TargetConfig.Alias("y", 1)))),
                Stickiness.NONE,
                Privacy.ANYWHERE,
                Duration.ZERO,
                false,
                Optional.empty(),
                Optional.empty())));
  }

  private static ModelConfig name(String id, TargetConfig... targets) {
    return ModelConfig.of(id, List.of(targets));
  }

  private static HubConfig config(ModelConfig... models) {
    return new HubConfig(
        OwnConfig.DEFAULT,
        List.of(backend("http://h")),
        List.of(models),
        Defaults.NONE,
        Origins.NONE);
  }

  @Test
  void dropsClosingSlashes() {
    assertThat(backend("http://h:1/v1//").baseUrl()).isEqualTo(URI.create("http://h:1/v1"));
    assertThat(backend("http://h/").baseUrl()).isEqualTo(URI.create("http://h"));
  }

  @Test
  void writesDurationsAndSizesAsItReadsThem() {
    for (String text : List.of("900ms", "0s", "1s", "60s", "90s", "2m", "5m", "2h", "24h")) {
      assertThat(DurationText.parse(text).map(DurationText::format)).contains(text);
    }
    for (String text : List.of("0", "1000", "1KiB", "64KiB", "32MiB", "1GiB")) {
      assertThat(SizeText.format(SizeText.parse(text).orElseThrow())).isEqualTo(text);
    }
    assertThat(DurationText.parse("1h")).contains(Duration.ofMinutes(60));
    assertThat(DurationText.parse("999999999999h")).isPresent();
    assertThat(DurationText.parse("-1s")).isEmpty();
    assertThat(DurationText.parse("1.5s")).isEmpty();
    assertThat(SizeText.parse("32MB")).isEqualTo(OptionalLong.empty());
    assertThat(SizeText.parse("12B")).hasValue(12);
  }

  @Test
  void refusesUnreadableFiles(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("hub.yaml");
    assertThat(problem(file)).isEqualTo("hub.yaml: no such file (expected: a readable YAML file)");
    Files.write(file, new byte[] {'a', (byte) 0xff});
    assertThat(problem(file))
        .isEqualTo("hub.yaml: bytes that are not UTF-8 (expected: a readable YAML file)");
    Files.write(file, new byte[(1 << 20) + 1]);
    assertThat(problem(file))
        .isEqualTo("hub.yaml: more than 1MiB (expected: a file of at most that size)");
  }

  private static String problem(Path file) {
    try {
      ConfigReader.read(file, Configs.TYPES, name -> null);
      return "";
    } catch (ConfigException e) {
      return e.problems().getFirst().toString();
    }
  }

  private static ConditionsConfig context(long min, long max) {
    ConditionsConfig none = ConditionsConfig.NONE;
    return new ConditionsConfig(
        none.capabilities(),
        none.languages(),
        none.inputs(),
        none.outputs(),
        none.stream(),
        none.keys(),
        none.tags(),
        none.priorities(),
        none.audioMin(),
        none.audioMax(),
        none.bytesMin(),
        none.bytesMax(),
        OptionalLong.of(min),
        OptionalLong.of(max));
  }

  private static BackendConfig backend(String url) {
    return new BackendConfig(
        "a",
        "vllm",
        URI.create(url),
        new AuthConfig.None(),
        List.of(),
        TimeoutsConfig.DEFAULT,
        LimitsConfig.DEFAULT,
        BreakerConfig.DEFAULT,
        RetryConfig.DEFAULT,
        false,
        Map.of());
  }

  private static void refused(Runnable making) {
    assertThatThrownBy(making::run).isInstanceOf(IllegalArgumentException.class);
  }
}
