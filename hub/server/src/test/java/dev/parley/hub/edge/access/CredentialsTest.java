package dev.parley.hub.edge.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import dev.parley.hub.config.AddressBlock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {

  private static RequestHeaders headers(String... pairs) {
    var headers = RequestHeaders.builder(HttpMethod.GET, "/");
    for (int i = 0; i < pairs.length; i += 2) {
      headers.add(pairs[i], pairs[i + 1]);
    }
    return headers.build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "authorization; Bearer sk-1",
        "authorization; bEARER   sk-1",
        "x-api-key; sk-1",
        "api-key; sk-1",
        "sec-websocket-protocol; realtime, openai-insecure-api-key.sk-1, openai-beta.realtime-v1"
      })
  void findsAKeyWhereverItIsShown(String name, String value) {
    assertThat(Credentials.of(headers(name, value))).isEqualTo(new Credentials.One("sk-1"));
  }

  @Test
  void theSameKeyTwiceIsOne() {
    assertThat(Credentials.of(headers("authorization", "Bearer sk-1", "x-api-key", "sk-1")))
        .isEqualTo(new Credentials.One("sk-1"));
  }

  @Test
  void twoThatDifferAreTooMany() {
    assertThat(Credentials.of(headers("authorization", "Bearer sk-1", "x-api-key", "sk-2")))
        .isEqualTo(new Credentials.Several());
    assertThat(Credentials.of(headers("x-api-key", "sk-1", "x-api-key", "sk-2")))
        .isEqualTo(new Credentials.Several());
  }

  @Test
  void otherSchemesAndEmptyValuesShowNothing() {
    assertThat(Credentials.of(headers("authorization", "Basic dTpzay0x", "api-key", " ")))
        .isEqualTo(new Credentials.None());
    assertThat(new Credentials.One("sk-1").toString()).doesNotContain("sk-1");
  }

  @ParameterizedTest
  @CsvSource({
    // connection, what it says of where the request comes from, who is meant
    "192.0.2.1, 198.51.100.7, 192.0.2.1",
    "10.0.0.1, 198.51.100.7, 198.51.100.7",
    "10.0.0.1, 6.6.6.6|198.51.100.7|10.9.9.9, 198.51.100.7",
    "10.0.0.1, 198.51.100.7:4711, 198.51.100.7",
    "10.0.0.1, [2001:db8::1]:4711, 2001:db8::1",
    "10.0.0.1, nonsense, 10.0.0.1",
    "10.0.0.1, , 10.0.0.1"
  })
  void takesTheWordOfTrustedProxiesOnly(String connection, String forwarded, String meant) {
    RequestHeaders headers =
        forwarded == null
            ? headers()
            : headers(HttpHeaderNames.X_FORWARDED_FOR.toString(), forwarded.replace('|', ','));
    assertThat(
            CallerAddress.of(
                InetAddress.ofLiteral(connection),
                headers,
                List.of(AddressBlock.parse("10.0.0.0/8").orElseThrow())))
        .isEqualTo(InetAddress.ofLiteral(meant));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "1, 1ms",
    "999, 999ms",
    "1000, 1s",
    "1001, 2s",
    "59999, 1m0s",
    "360000, 6m0s",
    "3661000, 1h1m1s",
    "86400000, 24h0m0s"
  })
  void writesResetsAsOpenAiDoes(long millis, String text) {
    assertThat(StandingHeaders.text(Duration.ofMillis(millis))).isEqualTo(text);
  }
}
