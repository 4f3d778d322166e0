package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.chatterbox.FakeChatterbox;
import dev.parley.testkit.sound.Babble;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A voice of the library speaks through a backend that keeps recordings. */
final class ClonedSpeechTest {

  private static final FakeChatterbox FAKE = new FakeChatterbox();

  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of(
              """
              server: { port: 0 }
              local: { speech: off }
              backends:
                - id: box
                  type: chatterbox
                  base_url: ${box}
                  models: [ { id: chatterbox-turbo, capabilities: [tts] } ]
              """)
          .behind("box", FAKE);

  private final Http http = new Http(hub);

  private Reply speak(String voice) {
    return http.post(
        "/tts/synthesize", "{\"text\":\"Hello there.\",\"voice_id\":\"%s\"}".formatted(voice));
  }

  private void create(String name) {
    String sound = Base64.getEncoder().encodeToString(Babble.wav(24_000, 8, name.hashCode()));
    Reply made =
        http.post(
            "/voices",
            "{\"name\":\"%s\",\"references\":[{\"audio\":{\"content\":\"%s\"}}]}"
                .formatted(name, sound));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
  }

  @Test
  void givesTheRecordingsToABackendOnceAndAgainWhenItHasLostThem() {
    create("Anna");
    FAKE.forgetRequests();
    assertThat(speak("Anna").status()).isEqualTo(200);
    assertThat(speak("anna").status()).isEqualTo(200);
    assertThat(FAKE.requests("/upload_reference")).hasSize(1);
    FAKE.loseReferences();
    Reply again = speak("Anna");
    assertThat(again.status()).as(again.text()).isEqualTo(200);
    assertThat(FAKE.requests("/upload_reference")).hasSize(2);
    assertThat(http.send("/voices/Anna", "DELETE", BodyPublishers.noBody()).status())
        .isEqualTo(200);
  }

  @Test
  void namesTheNearestVoiceOfOneThatNobodyKnows() {
    Reply refused = speak("Emilly.wav");
    assertThat(refused.status()).as(refused.text()).isEqualTo(404);
    assertThat(refused.text()).contains("voice_not_found", "Emily.wav");
  }

  @Test
  void saysHowAMixtureCameAbout() {
    create("Bert");
    create("Cleo");
    Reply mixed =
        http.post(
            "/tts/interpolate",
            "{\"text\":\"Hello.\",\"voices\":[{\"voice_id\":\"Bert\",\"weight\":3},"
                + "{\"voice_id\":\"Cleo\",\"weight\":1}]}");
    assertThat(mixed.status()).as(mixed.text()).isEqualTo(200);
    assertThat(mixed.header("x-parley-blend")).contains("recordings-in-turn");
  }
}
