package dev.parley.hub.edge.error;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RequestInfo;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** Renders a failure as a gRPC status with details. */
public final class GrpcErrors {

  private static final String DOMAIN = "parley.v1";

  private GrpcErrors() {}

  /** Always has ErrorInfo and RequestInfo, and the typed detail that the reason asks for. */
  public static StatusRuntimeException exception(ErrorView view, String requestId) {
    Status.Builder status =
        Status.newBuilder().setCode(view.grpc().value()).setMessage(view.message());
    add(
        status,
        ErrorInfo.newBuilder()
            .setReason(view.reason())
            .setDomain(DOMAIN)
            .putAllMetadata(view.metadata())
            .build());
    add(status, RequestInfo.newBuilder().setRequestId(requestId).build());
    addDetail(status, view.detail());
    if (view.retry() instanceof ErrorView.Retry.After(var delay)) {
      Duration wait =
          Duration.newBuilder().setSeconds(delay.toSeconds()).setNanos(delay.toNanosPart()).build();
      add(status, RetryInfo.newBuilder().setRetryDelay(wait).build());
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  private static void addDetail(Status.Builder status, ErrorView.Detail detail) {
    switch (detail) {
      case ErrorView.Detail.None() -> {}
      case ErrorView.Detail.Field(String path, String description) ->
          add(
              status,
              BadRequest.newBuilder()
                  .addFieldViolations(
                      BadRequest.FieldViolation.newBuilder()
                          .setField(path)
                          .setDescription(description))
                  .build());
      case ErrorView.Detail.Resource(String kind, String name) ->
          add(
              status,
              ResourceInfo.newBuilder().setResourceType(kind).setResourceName(name).build());
      case ErrorView.Detail.Limit(String subject, String description) ->
          add(
              status,
              QuotaFailure.newBuilder()
                  .addViolations(
                      QuotaFailure.Violation.newBuilder()
                          .setSubject(subject)
                          .setDescription(description))
                  .build());
      case ErrorView.Detail.Precondition(String subject, String description) ->
          add(
              status,
              PreconditionFailure.newBuilder()
                  .addViolations(
                      PreconditionFailure.Violation.newBuilder()
                          .setSubject(subject)
                          .setDescription(description))
                  .build());
    }
  }

  private static void add(Status.Builder status, Message detail) {
    status.addDetails(Any.pack(detail));
  }
}
