package dev.parley.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.BackendTypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows can be pasted. */
class ReadmeTest {

  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @Test
  void everyConfigurationInItIsRight() throws Exception {
    String readme = Files.readString(Path.of("../../README.md"));
    List<String> blocks = YAML.matcher(readme).results().map(this::content).toList();
    assertThat(blocks).hasSizeGreaterThan(1);
    for (String block : blocks) {
      HubConfig config =
          ConfigReader.parse(block, "README.md", BackendTypes.NAMES, Configs::everyOtherVariable);
      assertThat(ConfigPrinter.lines(config))
          .as(block)
          .anyMatch(line -> line.contains("README.md:"));
      assertThat(RouteAdvice.of(config)).isEmpty();
    }
  }

  private String content(MatchResult block) {
    return block.group(1);
  }
}
