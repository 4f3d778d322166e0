package dev.parley.hub.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpRequestWriter;
import com.linecorp.armeria.common.RequestHeaders;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestBodyTest {

  private final MemoryBudget budget = new MemoryBudget(10);
  private final List<String> bodies = new ArrayList<>();
  private final List<HubError> failures = new ArrayList<>();
  private final HttpRequestWriter caller =
      HttpRequest.streaming(RequestHeaders.of(HttpMethod.POST, "/"));

  @Test
  void collectsThePiecesAndHoldsTheirMemoryUntilReleased() {
    RequestBody body = collect(8);
    caller.write(HttpData.ofUtf8("abc"));
    caller.write(HttpData.ofUtf8("def"));
    caller.close();
    assertThat(bodies).containsExactly("abcdef");
    assertThat(budget.held()).isEqualTo(6);
    body.release();
    body.release();
    assertThat(budget.held()).isZero();
  }

  @Test
  void refusesMoreThanItsLimit() {
    RequestBody body = collect(5);
    caller.write(HttpData.ofUtf8("abc"));
    caller.write(HttpData.ofUtf8("def"));
    assertThat(failures).containsExactly(new HubError.TooLarge("the request body", "the.limit", 5));
    body.release();
    assertThat(budget.held()).isZero();
  }

  @Test
  void refusesWhatTheHubHasNoMemoryFor() {
    assertThat(budget.reserve(8)).isTrue();
    RequestBody body = collect(8);
    caller.write(HttpData.ofUtf8("abc"));
    assertThat(failures).hasOnlyElementsOfType(HubError.Overloaded.class).hasSize(1);
    body.release();
    assertThat(budget.held()).isEqualTo(8);
  }

  @Test
  void takesNoMoreOnceReleased() {
    RequestBody body = collect(8);
    caller.write(HttpData.ofUtf8("abc"));
    body.release();
    var _ = caller.tryWrite(HttpData.ofUtf8("def"));
    assertThat(budget.held()).isZero();
    assertThat(bodies).isEmpty();
  }

  @Test
  void aCallerThatBreaksOffIsGone() {
    collect(8);
    caller.write(HttpData.ofUtf8("abc"));
    caller.close(new IllegalStateException("reset"));
    assertThat(failures).containsExactly(new HubError.Cancelled());
  }

  private RequestBody collect(long bytesMax) {
    return RequestBody.collect(
        caller,
        ImmediateEventExecutor.INSTANCE,
        bytesMax,
        "the.limit",
        budget,
        new RequestBody.Receiver() {
          @Override
          public void body(byte[] bytes, int length) {
            bodies.add(new String(bytes, 0, length, StandardCharsets.UTF_8));
          }

          @Override
          public void failed(Throwable failure) {
            failures.add(((HubException) failure).error());
          }
        });
  }
}
