package dev.parley.adapters.espeak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.sound.Heard;
import dev.parley.core.error.HubError;
import dev.parley.core.model.Target;
import dev.parley.core.spi.BackendStatus;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EspeakAbsentTest {

  private static final String HOW =
      "espeak-ng is not installed; Debian and Ubuntu: apt-get install espeak-ng, macOS: brew"
          + " install espeak-ng";

  @Test
  void saysHowToInstallIt(@TempDir Path empty) {
    try (EspeakBackend absent = EspeakLoops.backend(new Program(empty.toString()))) {
      assertThat(absent.probe().join()).isEqualTo(new BackendStatus.Down(HOW));
      Target target = new Target("espeak-ng", "espeak-ng");
      assertThat(Heard.all(absent.speak(Heard.call("Hello."), target)).error())
          .isEqualTo(
              new HubError.BackendFailed(
                  target, OptionalInt.empty(), HOW, HubError.Reached.NOBODY));
      assertThat(Heard.errorOf(absent.models())).isInstanceOf(HubError.BackendFailed.class);
    }
  }

  @Test
  void isNotFoundOnAPathOfNonsense() {
    assertThat(new Program("::\u0000:/no/such/folder").find()).isEmpty();
  }
}
