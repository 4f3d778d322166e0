package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.BackendTypes;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.ConfigReader;
import dev.parley.hub.config.HubConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReloadTest {

  private static final String FIRST =
      "backends: [{ id: a, type: openai, base_url: \"http://127.0.0.1:1\" }]\n";

  @TempDir Path folder;
  private final List<HubConfig> applied = new ArrayList<>();
  private final List<String> reports = new ArrayList<>();

  private Path file = Path.of("");

  @BeforeEach
  void inFolder() {
    file = folder.resolve("hub.yaml");
  }

  private static HubConfig read(Path file) throws ConfigException {
    return ConfigReader.read(file, BackendTypes.NAMES, _ -> null);
  }

  private void change(String... texts) throws IOException, ConfigException {
    Files.writeString(file, FIRST);
    FileReload reload =
        new FileReload(read(file), FileReloadTest::read, applied::add, reports::add);
    for (String text : texts) {
      Files.writeString(file, text);
      reload.changed(file);
    }
  }

  @Test
  void appliesOtherBackends() throws Exception {
    change(FIRST.replace("id: a", "id: b"));
    assertThat(applied).hasSize(1);
    assertThat(applied.getFirst().backends().getFirst().id()).isEqualTo("b");
    assertThat(reports).containsExactly("configuration applied: 1 backend, 0 aliases");
  }

  @Test
  void aBrokenFileChangesNothingAndAllItsMistakesAreTold() throws Exception {
    change("backends: [{ id: a, typ: openai, base_url: 5 }]\n");
    assertThat(applied).isEmpty();
    assertThat(reports).hasSizeGreaterThan(2).anyMatch(line -> line.contains("hub.yaml:1"));
  }

  @Test
  void refusesStaticChangesByNameAndAppliesTheRest() throws Exception {
    change("server: { port: 9, json_depth_max: 9 }\n" + FIRST.replace("id: a", "id: b"));
    assertThat(applied).hasSize(1);
    assertThat(reports.subList(0, 2))
        .containsExactly(
            "server.port changed: this needs a restart, the running value stays",
            "server.json_depth_max changed: this needs a restart, the running value stays");
  }

  @Test
  void recoversAfterAMistake() throws Exception {
    change("nonsense: 1\n", FIRST.replace("id: a", "id: c"));
    assertThat(applied).hasSize(1);
  }

  @Test
  void movedLinesAreNoChange() throws Exception {
    change("\n\n# a remark\n" + FIRST);
    assertThat(applied).isEmpty();
    assertThat(reports).containsExactly("configuration read again: nothing to change");
  }

  @Test
  void warnsOfWhatIsHardlyMeantAndAppliesIt() throws Exception {
    change(FIRST + "models: [{ id: x, targets: [{ backend: a, model: m, weight: 2 }] }]\n");
    assertThat(applied).hasSize(1);
    assertThat(reports)
        .containsExactly(
            "warning: hub.yaml:2 models[0].targets[0].weight: no effect, as the strategy is priority"
                + " and not weighted",
            "configuration applied: 1 backend, 1 alias");
  }
}
