package dev.parley.adapters.whispercpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {

  @ParameterizedTest
  @CsvSource({
    "http://h:8080, http://h:8080, /inference",
    "http://h:8080/, http://h:8080, /inference",
    "http://h:8080/v1, http://h:8080, /inference",
    "http://h:8080/inference, http://h:8080, /inference",
    "https://h/whisper/inference, https://h/whisper, /inference",
    "http://h:8080/v1/audio/transcriptions, http://h:8080, /v1/audio/transcriptions",
    "http://h/a/v1/audio/transcriptions, http://h/a, /v1/audio/transcriptions",
    "http://h:8080/listen, http://h:8080, /listen",
    "http://h:8080/a/listen/, http://h:8080, /a/listen"
  })
  void aPathIsThatOfInference(URI base, URI server, String inference) {
    assertThat(Address.of(base)).isEqualTo(new Address(server, inference));
  }
}
