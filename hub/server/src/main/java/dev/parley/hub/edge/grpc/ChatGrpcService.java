package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.CallHead;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.hub.dispatch.Dispatched;
import dev.parley.hub.edge.grpc.document.AnswerReader;
import dev.parley.hub.edge.grpc.document.ChatAnswer;
import dev.parley.hub.edge.grpc.document.ChatCodec;
import dev.parley.hub.edge.grpc.document.CompletionAnswer;
import dev.parley.hub.edge.grpc.document.CompletionCodec;
import dev.parley.hub.edge.grpc.document.EmbeddingCodec;
import dev.parley.hub.edge.http.CallerHeaders;
import dev.parley.hub.edge.http.ServedBy;
import dev.parley.proto.v1.ChatServiceGrpc;
import dev.parley.proto.v1.CompleteRequest;
import dev.parley.proto.v1.CompleteResponse;
import dev.parley.proto.v1.CompleteTextRequest;
import dev.parley.proto.v1.CompleteTextResponse;
import dev.parley.proto.v1.EmbedRequest;
import dev.parley.proto.v1.EmbedResponse;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Conversations, completions and embeddings. Runs on event loops and never waits. */
final class ChatGrpcService extends ChatServiceGrpc.ChatServiceImplBase {

  private final DocumentGateway gateway;
  private final CallFailures failures;
  private final Function<ServiceRequestContext, Map<String, String>> travellingHeaders;

  ChatGrpcService(
      DocumentGateway gateway,
      CallFailures failures,
      Function<ServiceRequestContext, Map<String, String>> travellingHeaders) {
    this.gateway = gateway;
    this.failures = failures;
    this.travellingHeaders = travellingHeaders;
  }

  @Override
  public void complete(CompleteRequest request, StreamObserver<CompleteResponse> caller) {
    whole(
        caller,
        CallKind.CHAT,
        ChatCodec.head(request, false),
        () -> ChatCodec.document(request, false),
        json -> new ChatAnswer().read(json));
  }

  @Override
  public void streamComplete(CompleteRequest request, StreamObserver<CompleteResponse> caller) {
    stream(
        caller,
        CallKind.CHAT,
        ChatCodec.head(request, true),
        () -> ChatCodec.document(request, true),
        new ChatAnswer());
  }

  @Override
  public void completeText(
      CompleteTextRequest request, StreamObserver<CompleteTextResponse> caller) {
    whole(
        caller,
        CallKind.COMPLETION,
        CompletionCodec.head(request, false),
        () -> CompletionCodec.document(request, false),
        json -> new CompletionAnswer().read(json));
  }

  @Override
  public void streamCompleteText(
      CompleteTextRequest request, StreamObserver<CompleteTextResponse> caller) {
    stream(
        caller,
        CallKind.COMPLETION,
        CompletionCodec.head(request, true),
        () -> CompletionCodec.document(request, true),
        new CompletionAnswer());
  }

  @Override
  public void embed(EmbedRequest request, StreamObserver<EmbedResponse> caller) {
    whole(
        caller,
        CallKind.EMBEDDING,
        EmbeddingCodec.head(request),
        () -> EmbeddingCodec.document(request),
        EmbeddingCodec::read);
  }

  private <R> void whole(
      StreamObserver<R> caller,
      CallKind kind,
      CallHead head,
      Supplier<JsonValue> document,
      Function<JsonValue, R> read) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    open(
        ctx, caller, kind, head, document, new WholeReply<>(ctx, failures, observer(caller), read));
  }

  private <R> void stream(
      StreamObserver<R> caller,
      CallKind kind,
      CallHead head,
      Supplier<JsonValue> document,
      AnswerReader<R> reader) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    EventReply<DocumentEvent, R> reply =
        new EventReply<>(
            ctx,
            failures,
            observer(caller),
            new DocumentAnswers<>(ctx, reader, head.includeUsage()),
            EventReply.Watcher.NONE);
    open(ctx, caller, kind, head, document, reply);
  }

  private void open(
      ServiceRequestContext ctx,
      StreamObserver<?> caller,
      CallKind kind,
      CallHead head,
      Supplier<JsonValue> document,
      Flow.Subscriber<DocumentEvent> reply) {
    Dispatched answer;
    try {
      JsonValue written = document.get();
      DocumentCall call =
          new DocumentCall(
              kind,
              written,
              kind == CallKind.CHAT ? ChatCodec.linked(head, written) : head,
              failures.requestId(ctx),
              travellingHeaders.apply(ctx),
              CallerHeaders.of(ctx));
      answer = gateway.open(call, ctx.eventLoop().withoutContext(), patience(ctx));
    } catch (RuntimeException e) {
      caller.onError(failures.status(ctx, e));
      return;
    }
    ServedBy.note(ctx, answer.record());
    answer.events().subscribe(reply);
  }

  /** The nearer of the transport's deadline and that of the gRPC context. */
  static Duration patience(ServiceRequestContext ctx) {
    long limitMs = ctx.requestTimeoutMillis();
    Duration patience = limitMs > 0 ? Duration.ofMillis(limitMs) : DocumentGateway.UNLIMITED;
    Deadline deadline = Context.current().getDeadline();
    if (deadline == null) {
      return patience;
    }
    Duration remaining =
        Duration.ofNanos(Math.max(1, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
    return remaining.compareTo(patience) < 0 ? remaining : patience;
  }

  private static <R> ServerCallStreamObserver<R> observer(StreamObserver<R> caller) {
    return (ServerCallStreamObserver<R>) caller;
  }
}
