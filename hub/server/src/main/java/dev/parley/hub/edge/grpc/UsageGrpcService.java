package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.hub.edge.usage.UsageAnswers;
import dev.parley.hub.usage.UsageDesk;
import dev.parley.hub.usage.UsageFilter;
import dev.parley.hub.usage.UsageQueries;
import dev.parley.hub.usage.UsageRow;
import dev.parley.proto.admin.v1.ExportUsageRequest;
import dev.parley.proto.admin.v1.QueryUsageRequest;
import dev.parley.proto.admin.v1.QueryUsageResponse;
import dev.parley.proto.admin.v1.UsageRecord;
import dev.parley.proto.admin.v1.UsageServiceGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Tells what was used. The database is waited for on threads that may block. */
final class UsageGrpcService extends UsageServiceGrpc.UsageServiceImplBase {

  private final UsageDesk desk;
  private final CallFailures failures;

  UsageGrpcService(UsageDesk desk, CallFailures failures) {
    this.desk = desk;
    this.failures = failures;
  }

  @Override
  public void queryUsage(QueryUsageRequest request, StreamObserver<QueryUsageResponse> caller) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    var _ =
        CompletableFuture.supplyAsync(
                () -> UsageAnswers.sums(desk, request), ctx.blockingTaskExecutor())
            .whenCompleteAsync(
                (sums, failure) -> {
                  if (failure != null) {
                    caller.onError(failures.status(ctx, cause(failure)));
                  } else {
                    caller.onNext(sums);
                    caller.onCompleted();
                  }
                },
                ctx.eventLoop());
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : cause;
  }

  @Override
  public void exportUsage(ExportUsageRequest request, StreamObserver<UsageRecord> caller) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    ServerCallStreamObserver<UsageRecord> reader = (ServerCallStreamObserver<UsageRecord>) caller;
    UsageFilter filter;
    try {
      filter = UsageAnswers.filter(desk, request.getQuery());
    } catch (RuntimeException e) {
      caller.onError(failures.status(ctx, e));
      return;
    }
    Export export = new Export(filter, reader, ctx);
    reader.setOnReadyHandler(export::more);
    reader.setOnCancelHandler(() -> {});
    export.more();
  }

  /** Reads a page when the caller has room for it. On the call's event loop. */
  private final class Export {

    private final UsageFilter filter;
    private final ServerCallStreamObserver<UsageRecord> caller;
    private final ServiceRequestContext ctx;
    private final Executor threads;
    private String last;
    private boolean reading;
    private boolean over;

    Export(
        UsageFilter filter,
        ServerCallStreamObserver<UsageRecord> caller,
        ServiceRequestContext ctx) {
      this.filter = filter;
      this.caller = caller;
      this.ctx = ctx;
      this.threads = ctx.blockingTaskExecutor();
      this.last = UsageQueries.start(filter);
    }

    void more() {
      if (reading || over || caller.isCancelled() || !caller.isReady()) {
        return;
      }
      reading = true;
      String after = last;
      var _ =
          CompletableFuture.supplyAsync(() -> desk.page(filter, after), threads)
              .whenCompleteAsync(this::tell, ctx.eventLoop());
    }

    private void tell(List<UsageRow> page, @Nullable Throwable failure) {
      reading = false;
      if (caller.isCancelled()) {
        return;
      }
      if (failure != null) {
        over = true;
        caller.onError(failures.status(ctx, cause(failure)));
        return;
      }
      page.forEach(row -> caller.onNext(UsageAnswers.message(row)));
      if (page.size() < UsageQueries.PAGE_ROWS) {
        over = true;
        caller.onCompleted();
      } else {
        last = page.getLast().id();
        more();
      }
    }
  }
}
