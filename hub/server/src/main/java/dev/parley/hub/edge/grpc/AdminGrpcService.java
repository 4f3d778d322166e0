package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.proto.admin.v1.AdminServiceGrpc;
import dev.parley.proto.admin.v1.GetStatusRequest;
import dev.parley.proto.admin.v1.SystemStatus;
import dev.parley.proto.admin.v1.WatchStatusRequest;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Set;

/** Tells the state of the hub, once or again and again. What takes time is done elsewhere. */
final class AdminGrpcService extends AdminServiceGrpc.AdminServiceImplBase {

  private final StatusTurns turns;
  private final CallFailures failures;

  private AdminGrpcService(StatusTurns turns, CallFailures failures) {
    this.turns = turns;
    this.failures = failures;
  }

  static ServerServiceDefinition definition(StatusTurns turns, CallFailures failures) {
    return NotConfiguredService.besides(
        new AdminGrpcService(turns, failures).bindService(),
        Set.of("GetStatus", "WatchStatus"),
        failures);
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<SystemStatus> caller) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    var _ =
        turns
            .state(ctx)
            .whenCompleteAsync(
                (status, failure) -> {
                  if (failure != null) {
                    caller.onError(failures.status(ctx, failure));
                  } else {
                    caller.onNext(status);
                    caller.onCompleted();
                  }
                },
                ctx.eventLoop());
  }

  @Override
  public void watchStatus(WatchStatusRequest request, StreamObserver<SystemStatus> caller) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    if (!(caller instanceof ServerCallStreamObserver<SystemStatus> watcher)) {
      throw new IllegalStateException("not a stream of the server");
    }
    boolean taken =
        turns.watch(
            ctx,
            request.getIntervalMs(),
            new StatusTurns.Watcher() {
              @Override
              public boolean isReady() {
                return watcher.isReady();
              }

              @Override
              public boolean isGone() {
                return watcher.isCancelled();
              }

              @Override
              public void show(SystemStatus status) {
                watcher.onNext(status);
              }

              @Override
              public void end() {
                watcher.onCompleted();
              }
            });
    if (!taken) {
      caller.onError(failures.status(ctx, StatusTurns.TOO_MANY));
    } else {
      watcher.setOnCancelHandler(() -> {});
    }
  }
}
