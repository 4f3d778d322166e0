package dev.parley.hub.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientSubjectTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CN=batch, OU=Research, O=Example   | batch",
        "EMAILADDRESS=a@example.com, CN=lab | lab",
        "CN=inner, CN=outer                 | inner",
        "UID=7+CN=both, O=Example           | both",
        "CN=\"a, b\"                        | a, b",
        "OU=Research, O=Example             | OU=Research,O=Example",
      })
  void isTheCommonNameOrElseTheSubject(String subject, String told) {
    assertThat(ClientSubject.of(new X500Principal(subject))).isEqualTo(told);
  }

  @Test
  void isShortAndOnOneLine() {
    assertThat(ClientSubject.of(new X500Principal("CN=\"a\nb\u001b[2J\u202e\"")))
        .isEqualTo("a?b?[2J?");
    assertThat(ClientSubject.of(new X500Principal("CN=" + "x".repeat(5_000))))
        .hasSize(ClientSubject.CHARS_MAX);
    assertThat(ClientSubject.of(new X500Principal(""))).isEmpty();
  }
}
