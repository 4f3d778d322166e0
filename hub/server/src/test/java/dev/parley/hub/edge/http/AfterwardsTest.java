package dev.parley.hub.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AfterwardsTest {

  private final ServiceRequestContext ctx =
      ServiceRequestContext.of(HttpRequest.of(HttpMethod.GET, "/"));
  private final List<String> done = new ArrayList<>();

  private void end() throws Exception {
    ctx.logBuilder().endRequest();
    answered(200);
  }

  private void answered(int status) throws Exception {
    ctx.logBuilder().responseHeaders(ResponseHeaders.of(status));
    ctx.logBuilder().endResponse();
    // Whoever listens to the log is told on the event loop.
    var _ = ctx.eventLoop().submit(() -> {}).get(10, TimeUnit.SECONDS);
  }

  @Test
  void runsInOrderOnceTheAnswerHasEnded() throws Exception {
    Afterwards.run(ctx, () -> done.add("first"));
    Afterwards.run(ctx, () -> done.add("second"));
    assertThat(done).isEmpty();
    end();
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void runsAtOnceWhereTheAnswerHasEnded() throws Exception {
    Afterwards.run(ctx, () -> done.add("before"));
    end();
    Afterwards.run(ctx, () -> done.add("late"));
    assertThat(done).containsExactly("before", "late");
  }

  @Test
  void runsTheRestWhereOneFails() throws Exception {
    Afterwards.run(
        ctx,
        () -> {
          throw new IllegalStateException("expected by the test");
        });
    Afterwards.run(ctx, () -> done.add("rest"));
    end();
    assertThat(done).containsExactly("rest");
  }

  @Test
  void runsForARequestThatNeverCameToItsEnd() throws Exception {
    Afterwards.run(ctx, () -> done.add("refused"));
    answered(401);
    assertThat(done).containsExactly("refused");
  }
}
