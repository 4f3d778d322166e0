package dev.parley.hub.edge.health;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** {@code /metrics}: the figures of the hub as text, put together off the event loops. */
public final class MetricsRoute implements HttpService {

  private final MediaType type;
  private final Supplier<String> scrape;

  /**
   * @param scrape makes the text; may take some milliseconds
   */
  public MetricsRoute(String mediaType, Supplier<String> scrape) {
    this.type = MediaType.parse(mediaType);
    this.scrape = scrape;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    return HttpResponse.of(
        CompletableFuture.supplyAsync(
            () -> HttpResponse.of(HttpStatus.OK, type, scrape.get()), ctx.blockingTaskExecutor()));
  }
}
