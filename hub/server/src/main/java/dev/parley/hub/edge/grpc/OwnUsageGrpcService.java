package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.hub.edge.http.Visitors;
import dev.parley.hub.edge.usage.OwnUsage;
import dev.parley.proto.v1.GetUsageRequest;
import dev.parley.proto.v1.GetUsageResponse;
import dev.parley.proto.v1.UsageServiceGrpc;
import io.grpc.stub.StreamObserver;

/** Tells a caller what its key used. The database is waited for on threads that may block. */
final class OwnUsageGrpcService extends UsageServiceGrpc.UsageServiceImplBase {

  private final OwnUsage own;
  private final CallFailures failures;

  OwnUsageGrpcService(OwnUsage own, CallFailures failures) {
    this.own = own;
    this.failures = failures;
  }

  @Override
  public void getUsage(GetUsageRequest request, StreamObserver<GetUsageResponse> caller) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    var _ =
        own.of(Visitors.caller(ctx), request, ctx.blockingTaskExecutor())
            .whenCompleteAsync(
                (answer, failure) -> {
                  if (failure != null) {
                    caller.onError(failures.status(ctx, failure));
                  } else {
                    caller.onNext(answer);
                    caller.onCompleted();
                  }
                },
                ctx.eventLoop().withoutContext());
  }
}
