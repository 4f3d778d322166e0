package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.error.ErrorView;
import dev.parley.hub.edge.error.OpenAiErrors;
import dev.parley.hub.edge.grpc.json.ProtoJson;
import dev.parley.hub.edge.http.AccessLog;
import dev.parley.hub.edge.http.ServerSentEvents;
import dev.parley.proto.admin.v1.SystemStatus;
import org.jspecify.annotations.Nullable;

/** The state of the hub as server-sent events, one at each interval. */
final class StatusEvents implements HttpService {

  private final StatusTurns turns;

  StatusEvents(StatusTurns turns) {
    this.turns = turns;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    req.abort();
    int interval = interval(ctx.queryParam("interval_ms"));
    if (interval < 0) {
      return refused(
          ctx,
          new HubError.InvalidRequest(
              "interval_ms",
              "not such a number",
              "0 or a whole number of milliseconds from " + StatusTurns.INTERVAL_MS_MIN));
    }
    HttpResponseWriter writer = HttpResponse.streaming();
    if (!turns.watch(ctx, interval, new Reader(writer))) {
      writer.abort();
      return refused(ctx, StatusTurns.TOO_MANY);
    }
    return writer;
  }

  private static HttpResponse refused(ServiceRequestContext ctx, HubError error) {
    ErrorView view = ErrorMapper.view(error);
    AccessLog.refused(ctx, view.reason());
    return OpenAiErrors.response(view);
  }

  private static int interval(@Nullable String said) {
    if (said == null || said.isEmpty()) {
      return 0;
    }
    if (!said.matches("[0-9]{1,9}")) {
      return -1;
    }
    int millis = Integer.parseInt(said);
    return millis == 0 || millis >= StatusTurns.INTERVAL_MS_MIN ? millis : -1;
  }

  /** Gets the next event when the one before has left. */
  private static final class Reader implements StatusTurns.Watcher {

    private final HttpResponseWriter writer;
    private boolean ready = true;

    Reader(HttpResponseWriter writer) {
      this.writer = writer;
      writer.write(ServerSentEvents.head().build());
    }

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public boolean isGone() {
      return !writer.isOpen();
    }

    @Override
    public void show(SystemStatus status) {
      ready = false;
      if (writer.tryWrite(ServerSentEvents.event(ProtoJson.write(status).toBytes()))) {
        var _ = writer.whenConsumed().thenRun(() -> ready = true);
      }
    }

    @Override
    public void end() {
      writer.close();
    }
  }
}
