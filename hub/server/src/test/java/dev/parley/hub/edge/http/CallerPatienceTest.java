package dev.parley.hub.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerPatienceTest {

  @ParameterizedTest
  @CsvSource({
    "1H, PT1H",
    "2M, PT2M",
    "30S, PT30S",
    "250m, PT0.25S",
    "7u, PT0.000007S",
    "9n, PT0.000000009S",
    "0S, PT0S",
    "99999999H, PT99999999H"
  })
  void readsEveryUnit(String text, Duration expected) {
    assertThat(CallerPatience.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "S", "30", "30s", "-1S", "1.5S", "123456789S", " 1S", "١S", "1S1S"})
  void refusesWhatIsNoTimeout(String text) {
    assertThatThrownBy(() -> CallerPatience.parse(text))
        .isInstanceOfSatisfying(
            HubException.class,
            e ->
                assertThat(e.error())
                    .isInstanceOfSatisfying(
                        HubError.InvalidRequest.class,
                        error -> assertThat(error.field()).isEqualTo("grpc-timeout")));
  }

  @Test
  void waitsLongForWhoSaysNothing() {
    assertThat(CallerPatience.of(RequestHeaders.of(HttpMethod.POST, "/")))
        .isGreaterThan(Duration.ofDays(1));
  }
}
