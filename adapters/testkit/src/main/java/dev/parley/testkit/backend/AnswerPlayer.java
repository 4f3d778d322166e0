package dev.parley.testkit.backend;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends one answer the way one behaviour asks, on the request's event loop, and notes whether the
 * caller stayed.
 */
final class AnswerPlayer {
  private final ServiceRequestContext ctx;
  private final RecordedRequest request;
  private final Answer answer;
  private final Behaviour behaviour;
  private final HttpResponseWriter writer = HttpResponse.streaming();
  private volatile boolean cutByFake;

  AnswerPlayer(
      ServiceRequestContext ctx, RecordedRequest request, Answer answer, Behaviour behaviour) {
    this.ctx = ctx;
    this.request = request;
    this.answer = answer;
    this.behaviour = behaviour;
  }

  HttpResponse play() {
    watchCaller();
    then(behaviour.beforeHeaders(), -1, this::begin);
    return writer;
  }

  /**
   * Armeria gives a response a second after its connection closed; whoever measures cancellation
   * needs to know at once.
   */
  private void watchCaller() {
    var channel = channel();
    ChannelFutureListener closed = _ -> over(true);
    if (channel != null) {
      var _ = channel.closeFuture().addListener(closed);
    }
    var _ =
        writer
            .whenComplete()
            .handle((_, cause) -> {
              if (channel != null) {
                var _ = channel.closeFuture().removeListener(closed);
              }
              over(cause != null);
              return null;
            });
  }

  private void over(boolean early) {
    if (early && !cutByFake) {
      request.markCancelled();
    } else {
      request.markOver();
    }
  }

  private void begin() {
    if (behaviour.stopAfter() < 0) {
      end();
      return;
    }
    var headers = ResponseHeaders.builder(answer.status());
    answer.headers().forEach(headers::set);
    if (!answer.streamed()) {
      headers.contentLength(answer.frames().stream().mapToLong(f -> f.length).sum());
    }
    if (writer.tryWrite(headers.build())) {
      if (ctx.method() == HttpMethod.HEAD) {
        writer.close();
      } else {
        frame(0);
      }
    }
  }

  private void frame(int index) {
    if (index >= behaviour.framesToSend(answer)) {
      end();
      return;
    }
    then(
        index == 0 ? Duration.ZERO : behaviour.betweenFrames(),
        index,
        () -> {
          if (writer.tryWrite(HttpData.wrap(answer.frames().get(index)))) {
            // Only the next frame's turn comes when this one is on its way: frames stay separate
            // writes.
            var _ = writer.whenConsumed().thenRunAsync(() -> frame(index + 1), ctx.eventLoop());
          }
        });
  }

  private void end() {
    switch (behaviour.ending()) {
      case COMPLETE -> writer.close();
      case HANG -> {
        // The caller ends it, or the server's stop does.
      }
      case CLOSE -> cut(false);
      case RESET -> cut(true);
    }
  }

  private void cut(boolean reset) {
    cutByFake = true;
    var channel = channel();
    if (channel == null) {
      writer.abort();
      return;
    }
    channel
        .eventLoop()
        .execute(() -> {
          if (reset) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
          }
          channel.flush();
          // From the pipeline's head, so that no handler holds the close back for other streams.
          var _ = channel.pipeline().firstContext().close();
        });
  }

  private @Nullable Channel channel() {
    return ctx.log().ensureAvailable(RequestLogProperty.SESSION).channel();
  }

  private void then(Duration delay, int before, Runnable step) {
    var gate = behaviour.gate();
    if (gate != null && behaviour.gateBefore() == before) {
      var _ = gate.arrive().thenRunAsync(step, ctx.eventLoop());
    } else if (delay.isZero()) {
      step.run();
    } else {
      var _ = ctx.eventLoop().schedule(step, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
