package dev.parley.hub.edge.usage;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Shown;
import dev.parley.core.model.NearestName;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.error.OpenAiErrors;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.usage.UsageCsv;
import dev.parley.hub.usage.UsageDesk;
import dev.parley.hub.usage.UsageFilter;
import dev.parley.hub.usage.UsageQueries;
import dev.parley.hub.usage.UsageRow;
import dev.parley.proto.admin.v1.QueryUsageRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * {@code GET /api/admin/usage.csv}: every call as a line. A page is read when the caller has taken
 * the one before, so a slow one costs a page of memory.
 */
public final class UsageCsvRoute implements HttpService {

  private static final List<String> FILTERS =
      QueryUsageRequest.getDescriptor().getFields().stream()
          .map(FieldDescriptor::getName)
          .filter(name -> !name.startsWith("group"))
          .toList();

  private final UsageDesk desk;

  public UsageCsvRoute(UsageDesk desk) {
    this.desk = desk;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    UsageFilter filter;
    try {
      filter = Asking.filter(asked(ctx.queryParams()), desk.today());
    } catch (RuntimeException e) {
      return OpenAiErrors.response(ErrorMapper.view(e, RequestIds.of(ctx)));
    }
    return HttpResponse.of(
        CompletableFuture.supplyAsync(() -> begin(ctx, filter), ctx.blockingTaskExecutor()));
  }

  /** What the first page shows decides the status. */
  private HttpResponse begin(ServiceRequestContext ctx, UsageFilter filter) {
    List<UsageRow> first;
    try {
      first = desk.page(filter, UsageQueries.start(filter));
    } catch (RuntimeException e) {
      return OpenAiErrors.response(ErrorMapper.view(e, RequestIds.of(ctx)));
    }
    HttpResponseWriter writer = HttpResponse.streaming();
    writer.write(
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.parse("text/csv; charset=utf-8; header=present"))
            .set(HttpHeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"usage.csv\"")
            .build());
    writer.write(HttpData.ofUtf8(UsageCsv.HEAD));
    write(writer, filter, first, ctx.blockingTaskExecutor());
    return writer;
  }

  private void write(
      HttpResponseWriter writer, UsageFilter filter, List<UsageRow> page, Executor threads) {
    StringBuilder lines = new StringBuilder(page.size() * 256);
    page.forEach(row -> lines.append(UsageCsv.line(row)));
    if (!lines.isEmpty() && !writer.tryWrite(HttpData.ofUtf8(lines))) {
      return;
    }
    if (page.size() < UsageQueries.PAGE_ROWS) {
      writer.close();
      return;
    }
    String last = page.getLast().id();
    var _ =
        writer
            .whenConsumed()
            .thenRunAsync(
                () -> {
                  try {
                    write(writer, filter, desk.page(filter, last), threads);
                  } catch (RuntimeException e) {
                    writer.close(e);
                  }
                },
                threads);
  }

  private static HubException unknown(String name) {
    return Asking.refused(
        Shown.text(name),
        "an unknown parameter",
        "one of "
            + String.join(", ", FILTERS)
            + NearestName.of(name, FILTERS)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse(""));
  }

  private static QueryUsageRequest asked(QueryParams given) {
    QueryUsageRequest.Builder asked = QueryUsageRequest.newBuilder();
    for (String name : given.names()) {
      FieldDescriptor field = QueryUsageRequest.getDescriptor().findFieldByName(name);
      if (field == null || !FILTERS.contains(name)) {
        throw unknown(name);
      }
      asked.setField(field, given.get(name, ""));
    }
    return asked.build();
  }
}
