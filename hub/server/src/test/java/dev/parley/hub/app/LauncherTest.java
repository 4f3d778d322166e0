package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search for a JDK in the script that starts Parley. */
class LauncherTest {

  private static final Path BASH = Path.of("/bin/bash");
  private static final Path LAUNCHER = Path.of("").toAbsolutePath().resolve("../../parley");

  @TempDir Path places;

  private record Ended(int code, String out) {}

  @BeforeAll
  static void needsBash() {
    assumeTrue(Files.isExecutable(BASH), "there is no bash here");
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = places.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    for (String program : new String[] {"java", "javac"}) {
      Path file = Files.writeString(home.resolve("bin").resolve(program), "#!/bin/sh\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private Ended launch(Map<String, String> variables) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(BASH.toString(), LAUNCHER.toString(), "jdk");
    builder.environment().remove("JAVA_HOME");
    builder.environment().remove("PARLEY_JAVA_HOME");
    builder.environment().put("PARLEY_JDK_PLACES", places.toString());
    builder.environment().putAll(variables);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), out.strip());
  }

  @Test
  void takesTheOldestThatIsNewEnough() throws Exception {
    jdk("a-26", "26.0.1");
    Path right = jdk("b-25", "25.0.3");
    jdk("c-17", "17.0.15");
    assertThat(launch(Map.of())).isEqualTo(new Ended(0, right.toString()));
  }

  @Test
  void passesOverAnOldJavaHome() throws Exception {
    Path old = jdk("old", "17.0.15");
    Path right = jdk("right", "25");
    assertThat(launch(Map.of("JAVA_HOME", old.toString())))
        .isEqualTo(new Ended(0, right.toString()));
  }

  @Test
  void theNamedOneCountsFirst() throws Exception {
    jdk("other", "25");
    Path named = jdk("named", "26-ea");
    assertThat(launch(Map.of("PARLEY_JAVA_HOME", named.toString())))
        .isEqualTo(new Ended(0, named.toString()));
  }

  @Test
  void tellsTheRemedyWhereThereIsNone() throws Exception {
    jdk("old", "1.8.0_402");
    Ended ended = launch(Map.of());
    assertThat(ended.code()).isEqualTo(78);
    assertThat(ended.out())
        .contains("needs a JDK 25")
        .contains("Install")
        .contains("PARLEY_JAVA_HOME");
  }
}
