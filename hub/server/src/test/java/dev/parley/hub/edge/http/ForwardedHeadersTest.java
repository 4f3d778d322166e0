package dev.parley.hub.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForwardedHeadersTest {

  @Test
  void forwardsWhatIsListedAndNothingElse() {
    RequestHeaders headers =
        RequestHeaders.builder(HttpMethod.POST, "/v1/chat/completions")
            .add("OpenAI-Organization", "org")
            .add("traceparent", "00-1-2-01")
            .add("authorization", "Bearer key")
            .add("proxy-authorization", "Basic key")
            .add("cookie", "session=1")
            .add("x-api-key", "key")
            .add("connection", "close")
            .add("host", "hub")
            .build();
    assertThat(ForwardedHeaders.of(headers))
        .isEqualTo(Map.of("openai-organization", "org", "traceparent", "00-1-2-01"));
  }

  @Test
  void forwardsNothingWhereNothingIsListed() {
    assertThat(ForwardedHeaders.of(RequestHeaders.of(HttpMethod.POST, "/"))).isEmpty();
  }
}
