package dev.parley.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.ResponseHeaders;
import dev.parley.core.error.HubError;
import dev.parley.core.model.Target;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shapes that the backends' pages show. */
class ErrorBodyTest {

  private static ErrorBody parse(String body) {
    return ErrorBody.parse(body.getBytes(StandardCharsets.UTF_8));
  }

  private static HubError classify(ResponseHeaders headers, String body) {
    return BackendFailures.classify(
        new Target("b", "m"), headers, body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"error\":{\"message\":\"no model\",\"type\":\"NotFoundError\",\"code\":404}}"
            + "|no model|NotFoundError|~~|~~",
        "{\"error\":\"Unauthorized\"}|Unauthorized|~~|~~|~~",
        "{\"error\":\"batch size\",\"error_type\":\"Validation\"}|batch size|Validation|~~|~~",
        "{\"message\":\"batch size\",\"code\":422,\"type\":\"Validation\"}"
            + "|batch size|Validation|~~|~~",
        "{\"detail\":\"not found\"}|not found|~~|~~|~~",
        "{\"detail\":[{\"loc\":[\"body\",\"text\"],\"msg\":\"field required\"}]}"
            + "|text: field required|~~|~~|text",
        "{\"detail\":{\"error\":\"validation_error\",\"message\":\"no voice\",\"type\":\"t\"}}"
            + "|no voice|t|~~|~~",
        "{\"detail\":{\"error\":\"busy\"}}|busy|~~|~~|~~",
        "{\"error\":{\"message\":\"busy\",\"metadata\":{\"error_type\":\"server\"}}}"
            + "|busy|~~|server|~~",
        "Internal Server Error|Internal Server Error|~~|~~|~~",
        "~~|no reason given|~~|~~|~~",
        "{\"error\":{}}|no reason given|~~|~~|~~",
      })
  void everyShapeIsRead(String body, String message, String type, String code, String param) {
    ErrorBody found = parse(body);
    assertThat(found.message()).isEqualTo(message);
    assertThat(found.type()).isEqualTo(type);
    assertThat(found.code()).isEqualTo(code);
    assertThat(found.param()).isEqualTo(param);
  }

  @Test
  void longAndBrokenTextsAreTamed() {
    assertThat(parse("a\r\nb\u0000c").message()).isEqualTo("a b c");
    assertThat(parse("x".repeat(9_000)).message()).hasSizeLessThan(2_002);
  }

  @Test
  void llamasLongTextIsTheCallersMistake() {
    assertThat(
            classify(
                ResponseHeaders.of(500),
                "{\"error\":{\"code\":500,\"message\":\"input is too large to process\"}}"))
        .isInstanceOfSatisfying(
            HubError.BackendRejected.class, e -> assertThat(e.status()).isEqualTo(400));
  }

  @Test
  void llamasContextErrorKeepsItsTypeAndGetsTheUsualCode() {
    assertThat(
            classify(
                ResponseHeaders.of(400),
                "{\"error\":{\"message\":\"long\",\"type\":\"exceed_context_size_error\"}}"))
        .isInstanceOfSatisfying(
            HubError.BackendRejected.class,
            e -> {
              assertThat(e.type()).isEqualTo("exceed_context_size_error");
              assertThat(e.code()).isEqualTo("context_length_exceeded");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "retry-after,7,7000",
    "retry-after,0.5,500",
    "retry-after-ms,250,250",
    "retry-after,999999,3600000",
    "retry-after,'Sat, 21 Nov 2026 10:00:30 GMT',30000",
    "retry-after,'Sat, 21 Nov 2026 09:00:00 GMT',0",
    "retry-after,'Thu, 21 Nov 2999 09:00:00 GMT',3600000",
    "retry-after,99999999999999999999999,3600000",
    "retry-after, 7 ,7000",
    "retry-after-ms,0.4,0",
    "x-ms-retry-after-ms,1500,1500",
  })
  void delaysAreReadInEveryForm(String name, String value, long millis) {
    ResponseHeaders headers =
        ResponseHeaders.builder(429)
            .set("date", "Sat, 21 Nov 2026 10:00:00 GMT")
            .set(name, value)
            .build();
    assertThat(RetryAfter.of(headers)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({
    "-1",
    "soon",
    "NaN",
    "Infinity",
    "1e300",
    "0x10p3",
    "7d",
    "'7, 9'",
    "''",
    "'Sat, 21 Nov 2026 25:00:00 GMT'"
  })
  void senselessDelaysAreNone(String value) {
    ResponseHeaders headers =
        ResponseHeaders.builder(429)
            .set("date", "Sat, 21 Nov 2026 10:00:00 GMT")
            .set("retry-after", value)
            .set("retry-after-ms", value)
            .build();
    assertThat(RetryAfter.of(headers)).isNull();
  }

  @Test
  void aDateWithoutAClockBesideItIsNone() {
    ResponseHeaders headers =
        ResponseHeaders.builder(429).set("retry-after", "Sat, 21 Nov 2026 10:00:30 GMT").build();
    assertThat(RetryAfter.of(headers)).isNull();
  }

  @Test
  void delaysInsideABodyAreBoundedToo() {
    String body = "{\"error\":{\"message\":\"busy\",\"availability\":{\"retry_after\":90000}}}";
    assertThat(classify(ResponseHeaders.of(429), body))
        .isInstanceOfSatisfying(
            HubError.RateLimited.class, e -> assertThat(e.retryAfter()).hasHours(1));
    assertThat(classify(ResponseHeaders.of(503), "{}"))
        .isInstanceOfSatisfying(
            HubError.Overloaded.class, e -> assertThat(e.retryAfter()).isZero());
  }

  @ParameterizedTest
  @CsvSource({
    "https://openrouter.ai/api/v1,/api",
    "http://h:1/v1/,''",
    "http://h:1,''",
    "http://h:1/x,/x",
  })
  void baseUrlsMeanTheSameWithAndWithoutV1(String url, String root) {
    assertThat(BaseUrl.of(URI.create(url)).root()).isEqualTo(root);
  }
}
